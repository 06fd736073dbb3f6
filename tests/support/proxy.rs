//! A proxy on loopback between a client and a store, for what goes wrong on the way: a bit that flips, an
//! answer that is lost, a store that asks for patience, a wire that is cut, a line that stands still.
//!
//! It passes requests on as they came, the Host header included, because the client's signature covers that.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use socket2::SockRef;

use crate::wire::{Message, header, read_body, read_head};

/// A request that comes by.
pub struct Asked {
    /// `GET`, `PUT` and so on.
    pub method: String,
    /// The path with its query, as it was sent.
    pub target: String,
}

impl Asked {
    /// Whether it is about an object, or a part of one, by this method.
    pub fn is_object(&self, method: &str) -> bool {
        let path = self.target.split('?').next().unwrap_or_default();
        let has_key = path.trim_start_matches('/').split_once('/').is_some_and(|(_, key)| !key.is_empty());
        self.method == method && has_key && !self.is_account()
    }

    /// Whether it makes an object out of its parts.
    pub fn is_completion(&self) -> bool {
        self.is_object("POST") && self.target.contains("uploadId=")
    }

    /// Whether it asks for a page of the list of objects.
    pub fn is_listing(&self) -> bool {
        self.method == "GET" && self.target.contains("list-type=2")
    }

    /// Whether it is about Block Public Access, of a bucket or the account.
    pub fn is_public_access_block(&self) -> bool {
        self.is_account() || self.target.contains("?publicAccessBlock")
    }

    fn is_account(&self) -> bool {
        self.target.starts_with("/v20180820/")
    }
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is passed on, and so is its answer.
    Passed,
    /// It does not come through: the answer is this status with S3's error document for this code. 200 is such a
    /// status: S3 has begun to answer before it knew.
    Refused(u16, &'static str),
    /// It is passed on, and the answer to it is this refusal all the same.
    RefusedWhenDone(u16, &'static str),
    /// It is passed on twice, and the second answer comes through.
    Twice,
    /// It comes through so many bytes a second.
    Slow(u32),
    /// It is passed on with the last bit of its body flipped.
    FlippedThere,
    /// It is passed on without the last byte of its body, after which the wire to the store ends.
    ShortenedThere,
    /// It is passed on, and the last bit of the answer's body flips; with `unsigned`, the checksum that came
    /// with the answer is lost as well.
    Flipped {
        /// Whether the answer's own checksum is taken away.
        unsigned: bool,
    },
    /// It is passed on, and the answer's body lacks its last byte, which its head does not tell; with `unsigned`, the
    /// checksum that came with the answer is lost as well.
    Shortened {
        /// Whether the answer's own checksum is taken away.
        unsigned: bool,
    },
    /// It is passed on, and a header of the answer gets another value, where the answer has it.
    Relabelled(&'static str, &'static str),
    /// It does not come through, and the wire is cut.
    Cut,
    /// So many bytes of its body come, then the connection is reset; nothing is passed on.
    ResetThere(u64),
    /// It is passed on, and the wire is cut before its answer comes through.
    Unanswered,
    /// It is passed on, and after so many bytes of its answer, head and all, the connection is reset.
    ResetBack(usize),
    /// It does not come through, and nothing ever answers it.
    Stalled,
    /// It is passed on, and after so many bytes of its answer, head and all, nothing more comes.
    StalledBack(usize),
    /// The store goes away: this wire and all others are cut, and nobody listens any more.
    Gone,
}

type Script = dyn Fn(&Asked) -> Fate + Send + Sync;

/// A proxy, until the test's process ends or a request's fate is [`Fate::Gone`].
pub struct Proxy {
    endpoint: String,
}

/// What the wires of a proxy share.
struct Door {
    address: SocketAddr,
    store: String,
    script: Box<Script>,
    gone: AtomicBool,
    wires: Mutex<Vec<Weak<TcpStream>>>,
}

impl Proxy {
    /// Listens on any free port, passes on to `store` (such as `http://127.0.0.1:9000`), and asks `script` what
    /// becomes of each request once its head has come in. The script may wait; other requests don't wait
    /// for it.
    pub fn start(store: &str, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let door = Arc::new(Door {
            address,
            store: store.strip_prefix("http://").expect("a loopback endpoint").to_owned(),
            script: Box::new(script),
            gone: AtomicBool::new(false),
            wires: Mutex::default(),
        });
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if door.gone.load(Ordering::SeqCst) {
                    break;
                }
                let door = Arc::clone(&door);
                // A wire that breaks is the end of it, not of the test.
                std::thread::spawn(move || door.serve(&Arc::new(client)));
            }
        });
        Self { endpoint: format!("http://{address}") }
    }

    /// Where it is reached.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl Door {
    /// Serves a client until one of the wires breaks.
    fn serve(&self, client: &Arc<TcpStream>) {
        self.wires.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(client));
        let mut requests = BufReader::new(&**client);
        while self.serve_one(&mut requests, client).is_some() {}
    }

    /// Serves one request; nothing where it was the last on this wire.
    fn serve_one(&self, requests: &mut BufReader<&TcpStream>, mut client: &TcpStream) -> Option<()> {
        let mut head = read_head(requests)?;
        if header(&head, "expect").is_some() {
            client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
            head.retain(|line| !line.to_ascii_lowercase().starts_with("expect:"));
        }
        if let Some(origin_form) = origin_form(&head[0]) {
            head[0] = origin_form;
        }
        let mut words = head[0].split_whitespace().map(str::to_owned);
        let asked = Asked { method: words.next()?, target: words.next()? };
        let fate = (self.script)(&asked);
        if let Fate::ResetThere(bytes) = fate {
            std::io::copy(&mut requests.take(bytes), &mut std::io::sink()).ok()?;
            return reset(client);
        }
        let rate = if let Fate::Slow(rate) = fate { Some(rate) } else { None };
        let body = read_body(requests, &head, rate)?;
        let mut request = Message { head, body };
        match fate {
            Fate::FlippedThere => request.flip(),
            Fate::ShortenedThere => drop(request.body.pop()),
            _ => {}
        }
        let is_head = asked.method == "HEAD";
        let mut answer = match fate {
            Fate::Refused(status, code) => Message::error(status, code),
            Fate::Cut => return None,
            Fate::Gone => return self.leave(),
            Fate::Stalled => return stall(client),
            _ => self.pass_on(&request, is_head)?,
        };
        match fate {
            Fate::RefusedWhenDone(status, code) => answer = Message::error(status, code),
            Fate::Twice => answer = self.pass_on(&request, is_head)?,
            Fate::Unanswered => return None,
            Fate::Flipped { unsigned } => {
                answer.flip();
                if unsigned {
                    answer.unsign();
                }
            }
            Fate::Shortened { unsigned } => {
                answer.shorten();
                if unsigned {
                    answer.unsign();
                }
            }
            Fate::Relabelled(name, value) => answer.relabel(name, value),
            _ => {}
        }
        if is_head {
            answer.body.clear();
        }
        let bytes = answer.bytes();
        match fate {
            Fate::ResetBack(first) => {
                client.write_all(&bytes[..first.min(bytes.len())]).ok()?;
                reset(client)
            }
            Fate::StalledBack(first) => {
                client.write_all(&bytes[..first.min(bytes.len())]).ok()?;
                stall(client)
            }
            _ => client.write_all(&bytes).ok(),
        }
    }

    /// Sends a request to the store and reads its answer.
    fn pass_on(&self, request: &Message, is_head: bool) -> Option<Message> {
        let mut wire = TcpStream::connect(&self.store).ok()?;
        wire.write_all(&request.bytes()).ok()?;
        if header(&request.head, "content-length").is_some_and(|length| length != request.body.len().to_string()) {
            wire.shutdown(Shutdown::Write).ok()?;
        }
        let mut answers = BufReader::new(wire);
        loop {
            let head = read_head(&mut answers)?;
            let answer = Message { head, body: Vec::new() };
            if answer.status() == 100 {
                continue;
            }
            let bodiless = is_head || matches!(answer.status(), 204 | 304);
            let body = if bodiless { Vec::new() } else { read_body(&mut answers, &answer.head, None)? };
            return Some(Message { body, ..answer });
        }
    }

    /// Cuts every wire and listens no more.
    fn leave(&self) -> Option<()> {
        self.gone.store(true, Ordering::SeqCst);
        // Wakes whoever listens, so that it sees.
        drop(TcpStream::connect(self.address));
        for wire in self.wires.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Wires that are cut already can't be cut again.
            let _ = wire.upgrade().map(|wire| wire.shutdown(Shutdown::Both));
        }
        None
    }
}

/// Has the connection end as in a crash: what is on its way is lost, and the other side is told so.
fn reset(client: &TcpStream) -> Option<()> {
    // With nothing to linger for, closing sends a reset (RFC 9293, 3.5.2; SO_LINGER of socket(7)).
    SockRef::from(client).set_linger(Some(Duration::ZERO)).ok()?;
    None
}

/// Holds a wire open and says nothing, until the client goes.
fn stall(mut client: &TcpStream) -> Option<()> {
    std::io::copy(&mut client, &mut std::io::sink()).ok()?;
    None
}

/// The first line of a request by a client that was told to use a proxy, as a store expects it: without the host.
fn origin_form(line: &str) -> Option<String> {
    let (method, rest) = line.split_once(" http://")?;
    let (_, path) = rest.split_once('/')?;
    Some(format!("{method} /{path}"))
}

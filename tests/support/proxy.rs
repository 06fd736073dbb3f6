//! A proxy on loopback between a client and a store, for what goes wrong on the way: a bit that flips, an
//! answer that is lost, a store that asks for patience, a wire that is cut.
//!
//! It passes requests on as they came, the Host header included, because the client's signature covers that.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;

/// A request that came by.
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
    /// It is passed on, and the last bit of the answer's body flips; with `unsigned`, the checksum that came
    /// with the answer is lost as well.
    Flipped {
        /// Whether the answer's own checksum is taken away.
        unsigned: bool,
    },
    /// It is passed on, and the wire is cut before its answer comes through.
    Unanswered,
    /// It does not come through: the answer is this status with S3's error document for this code.
    Refused(u16, &'static str),
    /// It does not come through, and the wire is cut.
    Cut,
}

type Script = dyn Fn(&Asked) -> Fate + Send + Sync;

/// A proxy, until the test's process ends.
pub struct Proxy {
    endpoint: String,
}

impl Proxy {
    /// Listens on any free port, passes on to `store` (such as `http://127.0.0.1:9000`), and asks `script` what
    /// becomes of each request once that has come in wholly. The script may wait; other requests don't wait
    /// for it.
    pub fn start(store: &str, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Self {
        let store: Arc<str> = store.strip_prefix("http://").expect("a loopback endpoint").into();
        let script: Arc<Script> = Arc::new(script);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (store, script) = (Arc::clone(&store), Arc::clone(&script));
                // A wire that breaks is the end of it, not of the test.
                std::thread::spawn(move || serve(client, &store, &*script));
            }
        });
        Self { endpoint }
    }

    /// Where it is reached.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// A request or an answer.
struct Message {
    /// The first line and the headers, each with its line end.
    head: Vec<String>,
    body: Vec<u8>,
}

impl Message {
    /// The status of an answer.
    fn status(&self) -> u16 {
        self.head[0].split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    fn write(&self, wire: &mut TcpStream) -> std::io::Result<()> {
        let mut bytes = self.head.concat().into_bytes();
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        wire.write_all(&bytes)
    }

    fn flip(&mut self, unsigned: bool) {
        if unsigned {
            self.head.retain(|line| !line.to_ascii_lowercase().starts_with("x-amz-checksum-"));
        }
        if let Some(last) = self.body.last_mut() {
            *last ^= 1;
        }
    }
}

/// Serves a client until one of the wires breaks.
fn serve(mut client: TcpStream, store: &str, script: &Script) -> Option<()> {
    let mut requests = BufReader::new(client.try_clone().ok()?);
    loop {
        let mut head = read_head(&mut requests)?;
        if header(&head, "expect").is_some() {
            client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
            head.retain(|line| !line.to_ascii_lowercase().starts_with("expect:"));
        }
        if let Some(origin_form) = origin_form(&head[0]) {
            head[0] = origin_form;
        }
        let body = read_body(&mut requests, &head)?;
        let request = Message { head, body };
        let mut words = request.head[0].split_whitespace().map(str::to_owned);
        let asked = Asked { method: words.next()?, target: words.next()? };
        let mut answer = match script(&asked) {
            Fate::Refused(status, code) => refusal(status, code),
            Fate::Cut => break,
            Fate::Unanswered => {
                pass_on(&request, &asked, store)?;
                break;
            }
            Fate::Passed => pass_on(&request, &asked, store)?,
            Fate::Flipped { unsigned } => {
                let mut answer = pass_on(&request, &asked, store)?;
                answer.flip(unsigned);
                answer
            }
        };
        if asked.method == "HEAD" {
            answer.body.clear();
        }
        answer.write(&mut client).ok()?;
    }
    client.shutdown(Shutdown::Both).ok()
}

/// The first line of a request by a client that was told to use a proxy, as a store expects it: without the host.
fn origin_form(line: &str) -> Option<String> {
    let (method, rest) = line.split_once(" http://")?;
    let (_, path) = rest.split_once('/')?;
    Some(format!("{method} /{path}"))
}

/// Sends a request to the store and reads its answer.
fn pass_on(request: &Message, asked: &Asked, store: &str) -> Option<Message> {
    let mut wire = TcpStream::connect(store).ok()?;
    request.write(&mut wire).ok()?;
    let mut answers = BufReader::new(wire);
    loop {
        let head = read_head(&mut answers)?;
        let answer = Message { head, body: Vec::new() };
        if answer.status() == 100 {
            continue;
        }
        let bodiless = asked.method == "HEAD" || matches!(answer.status(), 204 | 304);
        let body = if bodiless { Vec::new() } else { read_body(&mut answers, &answer.head)? };
        return Some(Message { body, ..answer });
    }
}

fn refusal(status: u16, code: &str) -> Message {
    let body = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>").into_bytes();
    let head = vec![
        format!("HTTP/1.1 {status} Refused\r\n"),
        "Content-Type: application/xml\r\n".to_owned(),
        format!("Content-Length: {}\r\n", body.len()),
    ];
    Message { head, body }
}

/// The lines up to the empty one; nothing at the end of the wire.
fn read_head(wire: &mut impl BufRead) -> Option<Vec<String>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            return (!head.is_empty()).then_some(head);
        }
        head.push(line);
    }
}

/// The body as it is on the wire, chunks and all.
fn read_body(wire: &mut impl BufRead, head: &[String]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    if header(head, "transfer-encoding").is_some() {
        loop {
            let mut size = String::new();
            wire.read_line(&mut size).ok()?;
            body.extend_from_slice(size.as_bytes());
            let length = u64::from_str_radix(size.trim(), 16).ok()?;
            wire.take(length + 2).read_to_end(&mut body).ok()?;
            if length == 0 {
                return Some(body);
            }
        }
    }
    let length: u64 = header(head, "content-length").map_or(Some(0), |length| length.parse().ok())?;
    wire.take(length).read_to_end(&mut body).ok()?;
    (body.len() as u64 == length).then_some(body)
}

fn header<'h>(head: &'h [String], name: &str) -> Option<&'h str> {
    head.iter().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

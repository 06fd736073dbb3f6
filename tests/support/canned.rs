//! A server on loopback that answers every request the same way: for what goes wrong on the other side.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// A server that answers every request with one status and body.
pub struct CannedServer {
    endpoint: String,
}

impl CannedServer {
    /// Answers with the error document for this code: S3's, or STS's to a POST.
    pub fn refusing(status: u16, code: &str) -> Self {
        let error = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        // Ends with the test's process: nobody waits for a server that only answers.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let error = error.clone();
                std::thread::spawn(move || answer_all(stream, status, &error));
            }
        });
        Self { endpoint }
    }

    /// Where it is reached.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// Answers one request after the other until the client goes.
fn answer_all(stream: TcpStream, status: u16, error: &str) {
    let Ok(mut answers) = stream.try_clone() else { return };
    let mut requests = BufReader::new(stream);
    while let Some(method) = read_request(&mut requests) {
        let body = if method == "POST" { format!("<ErrorResponse>{error}</ErrorResponse>") } else { error.to_owned() };
        let shown = if method == "HEAD" { "" } else { &body };
        let answer = format!(
            "HTTP/1.1 {status} Canned\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\r\n{shown}",
            body.len()
        );
        if answers.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Reads one request and answers its method; nothing at the end.
fn read_request(requests: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    if requests.read_line(&mut first).ok()? == 0 {
        return None;
    }
    let mut length = 0;
    loop {
        let mut line = String::new();
        requests.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    std::io::copy(&mut requests.take(length), &mut std::io::sink()).ok()?;
    first.split_whitespace().next().map(str::to_owned)
}

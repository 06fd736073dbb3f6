//! What a stranger gets.

use std::io::{Read, Write};
use std::net::TcpStream;

/// The status and body of an unsigned GET of `/path` at an endpoint such as `http://127.0.0.1:9000`.
pub fn unsigned_get(endpoint: &str, path: &str) -> (u16, Vec<u8>) {
    let address = endpoint.strip_prefix("http://").expect("a loopback endpoint");
    let mut stream = TcpStream::connect(address).expect("the endpoint answers");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .expect("the request goes out");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the answer comes");
    let head_end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("the answer has a head");
    let head = String::from_utf8_lossy(&answer[..head_end]).into_owned();
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, answer.split_off(head_end + 4))
}

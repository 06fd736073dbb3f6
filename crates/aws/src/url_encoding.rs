//! Keys and tags as S3 encodes them for URLs, in listings, inventories and headers.

use std::fmt::Write;

/// The text behind URL-encoded `text`, where `+` stands for a space. `None` when it is not well encoded or
/// not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let high = char::from(bytes.next()?).to_digit(16)?;
                let low = char::from(bytes.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' => b' ',
            plain => plain,
        });
    }
    String::from_utf8(decoded).ok()
}

/// Text with all but the unreserved characters of RFC 3986 percent-encoded.
pub(crate) fn encode(text: &str) -> String {
    encode_but(text, |_| false)
}

/// A key with its slashes as they are.
pub(crate) fn encode_path(key: &str) -> String {
    encode_but(key, |byte| byte == b'/')
}

fn encode_but(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || plain(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        let text = "2026/a b+c%&=é\n~.txt";
        assert_eq!(encode_path(text), "2026/a%20b%2Bc%25%26%3D%C3%A9%0A~.txt");
        assert_eq!(decode(&encode(text)).as_deref(), Some(text));
    }

    #[test]
    fn encoded_keys_come_back() {
        assert_eq!(decode("a/b+c%2Bd%0A%C3%A9").as_deref(), Some("a/b c+d\né"));
        assert_eq!(decode("100%"), None);
        assert_eq!(decode("%zz"), None);
        assert_eq!(decode("%ff"), None);
    }
}

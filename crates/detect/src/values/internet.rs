//! Addresses of the Internet Protocol.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::identifier::{Alone, Found, Support};
use crate::text;

/// The longest text of an IPv6 address, with an IPv4 address at its end (RFC 4291, section 2.2).
const LONGEST: usize = 45;

/// The address that begins with the digit at `at`. Without keyword four numbers may be a version: they must be
/// large, and an address that is used in public networks.
pub(crate) fn address(text: &str, at: usize) -> Option<Found> {
    let bytes = &text.as_bytes()[at..];
    if is_argument(text, at) {
        return None;
    }
    let first = bytes.iter().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    match bytes.get(first)? {
        b'.' if first <= 3 => version_4(text, at),
        b':' if first <= 4 => version_6(text, at),
        _ => None,
    }
}

fn version_4(text: &str, at: usize) -> Option<Found> {
    let bytes = &text.as_bytes()[at..];
    let length = bytes.iter().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let written = text[at..at + length].trim_end_matches('.');
    let end = at + written.len();
    let address: Ipv4Addr = written.parse().ok()?;
    let goes_on = text::alnum_at(text, end) || text::number_goes_on_before(text, at) || joined_behind(text, end);
    if goes_on || address.is_loopback() || address.is_unspecified() || address.octets()[0] == 255 {
        return None;
    }
    let public = !address.is_private() && !address.is_link_local() && !address.is_documentation();
    let octets = address.octets();
    let large = octets.iter().filter(|number| (100..255).contains(*number)).count() >= 2;
    let counted = octets.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) <= 1);
    let drawn = !counted && !octets.contains(&255) && !octets.contains(&0);
    let plain = public && large && drawn && (11..224).contains(&octets[0]);
    Some(Found { range: at..end, support: Support::shape(if plain { Alone::Unlabelled } else { Alone::Never })? })
}

/// Whether a program hands the address to a function: `IPv4Address('192.0.2.0')`.
fn is_argument(text: &str, at: usize) -> bool {
    matches!(text.as_bytes()[..at], [.., b'(' | b'[', b'"' | b'\''])
}

/// Whether a longer number, a network, or a method of a program's text follows.
fn joined_behind(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    (matches!(bytes.get(end), Some(b'.' | b'-' | b'/')) && text::digit_at(text, end + 1))
        || (matches!(bytes.get(end), Some(b'"' | b'\'')) && bytes.get(end + 1) == Some(&b'.'))
}

/// Two groups of three digits and more tell an address from times and paths of code.
fn version_6(text: &str, at: usize) -> Option<Found> {
    let bytes = &text.as_bytes()[at..];
    let belongs = |byte: &&u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let length = bytes.iter().take(LONGEST + 1).take_while(belongs).count();
    let written = text.get(at..at + length)?.trim_end_matches(['.', ':']);
    let long = written.split(':').filter(|group| group.len() >= 3).count();
    if long < 2 || text::alnum_at(text, at + written.len()) || joined_behind(text, at + written.len()) {
        return None;
    }
    let address: Ipv6Addr = written.parse().ok()?;
    let known = !address.is_loopback() && !address.is_unspecified();
    let documented = address.segments()[..2] == [0x2001, 0xDB8];
    let counted = address.segments().windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) <= 1);
    let alone = if long >= 3 && !documented && !counted { Alone::Unlabelled } else { Alone::Never };
    known.then_some(Found { range: at..at + written.len(), support: Support::shape(alone)? })
}

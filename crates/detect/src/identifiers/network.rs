//! Where somebody is reached in networks, and links that open without asking who comes.

use super::entry::entry;
use super::{MEDIUM, SCATTERED, finds};
use crate::identifier::{Finder, Identifier, Start};
use crate::values::{internet, link};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("IP_ADDRESS", "IP address", "Any", SCATTERED)
        .near_to(&["ip", "ip address", "ip addr", "ipaddress", "ipv4", "ipv4 address", "ipv6", "ipv6 address", "client ip", "client address", "remote ip", "remote addr", "remote address", "source ip", "src ip", "user ip", "login ip", "x forwarded for", "x real ip", "adresse ip"])
        .read_by(Finder::Starting(Start::Number, internet::address))
        .known_from("RFC 791, RFC 4291, RFC 5952; special addresses of RFC 6890")
        .proved_by(
            &[
                finds("IP address: 192.0.2.10", "192.0.2.10"),
                finds("ip=198.51.100.7;", "198.51.100.7"),
                finds("X-Forwarded-For: 203.0.113.195, proxy", "203.0.113.195"),
                finds("IPv6: 2001:db8::8a2e:370:7334", "2001:db8::8a2e:370:7334"),
                finds("signed in from 2a02:0db8:85a3:1234:5678:8a2e:0370:7334", "2a02:0db8:85a3:1234:5678:8a2e:0370:7334"),
            ],
            &[
                "version 1.2.3.4",
                "1.2.3.4",
                "v10.20.30.40",
                "IP address: 300.1.2.3",
                "IP: 127.0.0.1",
                "ip 0.0.0.0",
                "Section 12.10.11.13",
                "10:30:45",
                "IP: 1.2.3.4.5",
                "mask 255.255.255.0",
                "std::10::20",
                "ip = IPv4Address('192.0.2.0')",
                "ip: 192.168.1.0/24",
                "ED448 1.3.101.113",
                "101.102.103.104:65000",
                "[1001:1002:1003:1004:1005:1006:1007:1008]",
            ],
        ),
    entry("URL_WITH_TOKEN", "Link with a token", "Any", MEDIUM)
        .near_to(&["http", "https"])
        .showing(0)
        .read_by(Finder::Beside(link::with_token))
        .known_from("RFC 3986; AWS Signature Version 4 query parameters; RFC 6750, section 2.3")
        .proved_by(
            &[
                finds("https://example.org/s?token=abc", "https://example.org/s?token=abc"),
                finds(
                    "See https://bucket.example.com/a.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b2c3d4e5f.",
                    "https://bucket.example.com/a.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b2c3d4e5f",
                ),
                finds("<a href=\"http://example.com/#access_token=q1w2e3\">", "http://example.com/#access_token=q1w2e3"),
                finds(
                    "https://example.org/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74/view",
                    "https://example.org/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74/view",
                ),
                finds(
                    "Open https://scripts.erx.com.au/scripts/2BQ7XK93LMPD4T8VWZ now",
                    "https://scripts.erx.com.au/scripts/2BQ7XK93LMPD4T8VWZ",
                ),
            ],
            &[
                "https://example.org/a/b?page=2",
                "https://example.org/s?token={token}",
                "https://example.org/s?token=",
                "https://example.org/?code=200",
                "https://example.org/commit/da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "https://example.org/a-very-long-path-of-words/that-means-nothing",
                "http://example.org/?key=name",
                "token=abc",
            ],
        ),
];

//! Keys and tokens.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, NEAR, finds};
use crate::identifier::{Finder, Identifier, Start};
use crate::values::{pem, token};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    Identifier {
        id: IdentifierId::of("AWS_CREDENTIALS"),
        name: "AWS secret access key",
        category: Category::Credentials,
        severity: HIGH,
        country: "Any",
        keywords: &[
            "aws_secret_access_key",
            "aws secret access key",
            "secret access key",
            "secret key",
            "secretaccesskey",
            "awssecretkey",
            "credentials",
            "credential",
            "set-awscredential",
            "aws secret",
            "aws secret key",
            "aws key",
            "aws credentials",
        ],
        near: 60,
        next_only: false,
        visible: 0,
        source: "AWS Macie User Guide, credentials; IAM User Guide, access keys",
        examples: &[
            finds(
                "aws_secret_access_key = Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe",
                "Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe",
            ),
            finds("Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe (secret key)", "Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe"),
            finds(
                "\"SecretAccessKey\": \"Zq3vN8pLx0R/Y6uWbE2kS9d+fJ4mC7aG1oTiVnQe\"",
                "Zq3vN8pLx0R/Y6uWbE2kS9d+fJ4mC7aG1oTiVnQe",
            ),
        ],
        counterexamples: &[
            "Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe",
            "secret key: da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "credentials: /usr/share/practice/settings/credentials",
            "secret key: Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQeX",
        ],
        finder: Finder::Beside(token::aws_secret),
    },
    Identifier {
        id: IdentifierId::of("HTTP_BASIC_AUTH_HEADER"),
        name: "HTTP Basic Authorization header",
        category: Category::Credentials,
        severity: HIGH,
        country: "Any",
        keywords: &["authorization", "proxy authorization"],
        near: NEAR,
        next_only: false,
        visible: 0,
        source: "RFC 7617",
        examples: &[
            finds("Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
            finds("{\"Proxy-Authorization\": \"basic dXNlcjpwYXNz\"}", "dXNlcjpwYXNz"),
        ],
        counterexamples: &[
            "Authorization: Basic dXNlcg==",
            "Basic dXNlcjpwYXNz",
            "Authorization: Bearer dXNlcjpwYXNz",
            "Authorization: Basic medicine",
        ],
        finder: Finder::Beside(token::basic_credentials),
    },
    Identifier {
        id: IdentifierId::of("JSON_WEB_TOKEN"),
        name: "JSON Web Token",
        category: Category::Credentials,
        severity: HIGH,
        country: "Any",
        keywords: &[],
        near: NEAR,
        next_only: false,
        visible: 0,
        source: "RFC 7519, RFC 7515",
        examples: &[
            finds("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."),
            finds(
                "token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl;",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            ),
        ],
        counterexamples: &[
            "eyJhbGciOiJub25lIn0",
            "eyJ.eyJ.eyJ",
            "eyJzdWIiOiIxIn0.eyJzdWIiOiIxIn0.c2ln",
            "eyJhbGciOiJub25lIn0.bm90IGpzb24.",
        ],
        finder: Finder::Starting(Start::Jose, token::json_web_token),
    },
    Identifier {
        id: IdentifierId::of("OPENSSH_PRIVATE_KEY"),
        name: "OpenSSH private key",
        category: Category::Credentials,
        severity: HIGH,
        country: "Any",
        keywords: &[],
        near: NEAR,
        next_only: false,
        visible: 0,
        source: "OpenSSH, PROTOCOL.key",
        examples: &[
            finds("-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----"),
            finds(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----",
            ),
        ],
        counterexamples: &[
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN OPENSSH PUBLIC KEY-----",
            "BEGIN OPENSSH PRIVATE KEY",
        ],
        finder: Finder::Starting(Start::Dashes, pem::openssh),
    },
    Identifier {
        id: IdentifierId::of("PKCS"),
        name: "Private key (PKCS)",
        category: Category::Credentials,
        severity: HIGH,
        country: "Any",
        keywords: &[],
        near: NEAR,
        next_only: false,
        visible: 0,
        source: "RFC 7468; RFC 5208; RFC 8017",
        examples: &[
            finds("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"),
            finds("-----BEGIN ... PRIVATE KEY-----", "-----BEGIN ... PRIVATE KEY-----"),
            finds(
                "key:\r\n-----BEGIN PRIVATE KEY-----\r\nMC4CAQAwBQYDK2Vw\r\n-----END PRIVATE KEY-----\r\n",
                "-----BEGIN PRIVATE KEY-----\r\nMC4CAQAwBQYDK2Vw\r\n-----END PRIVATE KEY-----",
            ),
            finds(
                "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbc\nthat is all of it",
                "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbc",
            ),
        ],
        counterexamples: &[
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
        ],
        finder: Finder::Starting(Start::Dashes, pem::pkcs),
    },
];

//! Texts that are made to be slow.

use pillbox_detect::Engine;

use crate::corpus::prescriptions;

/// What a text is made of, again and again.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// What it is made of, in words.
    pub name: &'static str,
    piece: String,
}

impl Hostile {
    fn of(name: &'static str, piece: impl Into<String>) -> Self {
        Self { name, piece: piece.into() }
    }

    /// A text of at least `size` bytes.
    pub fn text(&self, size: usize) -> String {
        self.piece.repeat(size / self.piece.len().max(1) + 1)
    }
}

/// The texts whose cost per byte must be near that of prescriptions.
pub fn even(engine: &Engine) -> Vec<Hostile> {
    let line = prescriptions(3, 1_000_000).0.replace(['\n', '\r'], " ");
    vec![
        Hostile::of("the letter a", "a"),
        Hostile::of("digits", "7"),
        Hostile::of("one line", line),
        Hostile::of("keywords only", keywords(engine)),
        Hostile::of("keywords and values that nearly fit", nearly(engine)),
    ]
}

/// More that looks expensive: what starts a value and is none, again and again.
pub fn candidates(engine: &Engine) -> Vec<Hostile> {
    let mut all = vec![
        Hostile::of("digits one by one", "1 2 3 4 5 6 7 8 9 0 "),
        Hostile::of("digits and dashes", "12-34-"),
        Hostile::of("digits in fours", "4111 1111 1111 1112 "),
        Hostile::of("dates", "12/12/2012 "),
        Hostile::of("pluses", "+1+6+4"),
        Hostile::of("at signs", "a@"),
        Hostile::of("addresses that go on", "a.b@c.d-e."),
        Hostile::of("letters and digits", "A1B2C3"),
        Hostile::of("capital words", "Anna Maria "),
        Hostile::of("titles", "Dr Mr Mrs "),
        Hostile::of("one name after another", "Smith, Jones, Brown, "),
        Hostile::of("streets without end", "1 High Street, "),
        Hostile::of("labels without values", "Name: DOB: Address: "),
        Hostile::of("leaders", "Name ........................................ "),
        Hostile::of("heads of keys", "-----BEGIN RSA PRIVATE KEY-----\n"),
        Hostile::of("heads of tokens", "eyJhbGciOiJIUzI1NiJ9."),
        Hostile::of("heads of accounts", "GB00 DE00 FR00 "),
        Hostile::of("links", "http://a?token="),
        Hostile::of("bars", "|"),
        Hostile::of("line ends", "\n"),
        Hostile::of("blanks", " "),
        Hostile::of("letters beyond ASCII", "é"),
        Hostile::of("one keyword", "dob "),
    ];
    all.extend(even(engine));
    all
}

/// Every keyword of every identifier.
fn keywords(engine: &Engine) -> String {
    let all = engine.identifiers().iter().flat_map(|identifier| identifier.keywords);
    all.fold(String::new(), |text, keyword| text + keyword + " ")
}

/// Every keyword of every identifier, each with an example's value whose last digit is another.
fn nearly(engine: &Engine) -> String {
    let mut text = String::new();
    for identifier in engine.identifiers() {
        let value = identifier.examples.first().map_or("1234567890", |example| example.value);
        let value = spoiled(value);
        for keyword in identifier.keywords {
            text.push_str(&format!("{keyword}: {value} "));
        }
        text.push('\n');
    }
    text
}

fn spoiled(value: &str) -> String {
    match value.rfind(|character: char| character.is_ascii_digit()) {
        Some(at) => {
            format!("{}{}{}", &value[..at], if value.as_bytes()[at] == b'7' { '8' } else { '7' }, &value[at + 1..])
        }
        None => value.to_owned(),
    }
}

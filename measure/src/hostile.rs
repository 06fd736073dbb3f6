//! Texts that are made to be slow.

use pillbox_detect::Engine;

/// A text and what it is made of.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// What it is made of.
    pub name: &'static str,
    /// The text.
    pub text: String,
}

/// What the issue of speed names: texts of `size` bytes whose cost per byte must be near that of any other.
pub fn even(engine: &Engine, size: usize) -> Vec<Hostile> {
    let line = crate::corpus::prescriptions(3, size).0.replace(['\n', '\r'], " ");
    vec![
        of("the letter a", &["a"], size),
        of("digits", &["7"], size),
        Hostile { name: "one line", text: line },
        Hostile { name: "keywords only", text: repeated(&keywords(engine), size) },
        Hostile { name: "keywords and values that nearly fit", text: repeated(&nearly(engine), size) },
    ]
}

/// More that looks expensive: what starts a value and is none, again and again.
pub fn candidates(engine: &Engine, size: usize) -> Vec<Hostile> {
    let mut all = vec![
        of("digits one by one", &["1 2 3 4 5 6 7 8 9 0 "], size),
        of("digits and dashes", &["12-34-"], size),
        of("digits in fours", &["4111 1111 1111 1112 "], size),
        of("dates", &["12/12/2012 "], size),
        of("pluses", &["+1+6+4"], size),
        of("at signs", &["a@"], size),
        of("addresses that go on", &["a.b@c.d-e."], size),
        of("letters and digits", &["A1B2C3"], size),
        of("capital words", &["Anna Maria "], size),
        of("titles", &["Dr Mr Mrs "], size),
        of("one name after another", &["Smith, Jones, Brown, "], size),
        of("streets without end", &["1 High Street, "], size),
        of("labels without values", &["Name: DOB: Address: "], size),
        of("leaders", &["Name ........................................ "], size),
        of("heads of keys", &["-----BEGIN RSA PRIVATE KEY-----\n"], size),
        of("heads of tokens", &["eyJhbGciOiJIUzI1NiJ9."], size),
        of("heads of accounts", &["GB00 DE00 FR00 "], size),
        of("links", &["http://a?token="], size),
        of("bars", &["|"], size),
        of("line ends", &["\n"], size),
        of("blanks", &[" "], size),
        of("letters beyond ASCII", &["é"], size),
        of("one keyword", &["dob "], size),
    ];
    all.extend(even(engine, size));
    all
}

fn of(name: &'static str, pieces: &[&str], size: usize) -> Hostile {
    Hostile { name, text: repeated(&pieces.concat(), size) }
}

fn repeated(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len().max(1) + 1)
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

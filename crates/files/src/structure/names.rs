//! Names of columns and elements, as far as they may be shown: whoever wrote the file may have named them after people.

/// Characters that a shown name has at most.
const LONGEST_NAME: usize = 40;

/// Characters that a shown path has at most, as Macie's `jsonPath`.
const LONGEST_PATH: usize = 250;

/// Digits in a row that make a name look like a value.
const LONGEST_NUMBER: usize = 4;

/// Words that names of columns are made of, and names of people are not.
const COLUMN_WORDS: [&str; 40] = [
    "account",
    "address",
    "allergies",
    "birth",
    "card",
    "code",
    "contact",
    "country",
    "date",
    "dob",
    "doctor",
    "dose",
    "drug",
    "email",
    "expiry",
    "family",
    "fax",
    "first",
    "gender",
    "given",
    "id",
    "last",
    "licence",
    "license",
    "medicare",
    "mobile",
    "name",
    "no",
    "number",
    "passport",
    "patient",
    "phone",
    "postcode",
    "provider",
    "ssn",
    "state",
    "street",
    "tfn",
    "type",
    "zip",
];

/// The name where it looks like one that a program or a form gave, else `*`.
pub(super) fn shown(name: &str) -> &str {
    if is_plain(name) { name } else { "*" }
}

/// As [`shown`], for a column: words may stand in it when one of them is usual in names of columns.
pub(crate) fn shown_column(name: &str) -> &str {
    let usual = |word: &str| COLUMN_WORDS.iter().any(|usual| word.eq_ignore_ascii_case(usual));
    let mut words = name.split(' ').filter(|word| !word.is_empty());
    if is_plain(name) || name.len() <= LONGEST_NAME && words.clone().all(is_plain) && words.any(usual) {
        name
    } else {
        "*"
    }
}

fn is_plain(name: &str) -> bool {
    let mut digits = 0;
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.bytes().all(|byte| {
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            digits <= LONGEST_NUMBER && (byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        })
}

/// The end of a path that is too long to be shown whole.
pub(super) fn shown_path(path: String) -> String {
    let Some(from) = path.len().checked_sub(LONGEST_PATH) else { return path };
    path.get(path.ceil_char_boundary(from)..).unwrap_or_default().to_owned()
}

use pillbox_files::{PrefixError, expand_prefix, object_key};
use pillbox_model::{ErrorCode, Failure, SkipReason};
use proptest::prelude::*;

const DATE: (i32, u8, u8) = (2026, 3, 9);

#[test]
fn a_prefix_takes_the_date_in() {
    assert_eq!(expand_prefix("prescriptions/{yyyy}/{mm}/", DATE).unwrap(), "prescriptions/2026/03/");
    assert_eq!(expand_prefix("/a\\{dd}", DATE).unwrap(), "a/09/");
}

#[test]
fn no_prefix_is_the_top_of_the_bucket() {
    for template in ["", "/", "  "] {
        assert_eq!(expand_prefix(template, DATE).unwrap(), "");
    }
}

#[test]
fn a_prefix_that_makes_no_sense_is_refused() {
    let unknown = |text: &str| Err(PrefixError::UnknownPlaceholder(text.to_owned()));
    assert_eq!(expand_prefix("a/{month}/", DATE), unknown("{month}"));
    assert_eq!(expand_prefix("a/{mm", DATE), unknown("{mm"));
    assert_eq!(expand_prefix("a/}b", DATE), unknown("}b"));
    for template in ["a//b", "a/../b", "./a", "a\nb"] {
        assert_eq!(expand_prefix(template, DATE), Err(PrefixError::FolderName), "{template:?}");
    }
    assert_eq!(expand_prefix(&"x".repeat(1023), DATE), Err(PrefixError::TooLong));
    assert_eq!(Failure::from(PrefixError::TooLong).code, ErrorCode::InvalidInput);
}

#[test]
fn a_key_is_the_prefix_and_the_path() {
    for (prefix, relative, key) in [
        ("rx/", "a.txt", "rx/a.txt"),
        ("", "a.txt", "a.txt"),
        ("rx", "b\\c d.txt", "rx/b/c d.txt"),
        ("rx/", "Zoe\u{308}.txt", "rx/Zo\u{eb}.txt"),
        ("rx/", "it's \"so\" 💊.txt", "rx/it's \"so\" 💊.txt"),
        ("rx/", "...", "rx/..."),
    ] {
        assert_eq!(object_key(prefix, relative).as_deref(), Ok(key));
    }
}

#[test]
fn a_path_that_is_no_key_is_refused() {
    let long = "x".repeat(1000);
    for (prefix, relative) in [
        ("rx/", ""),
        ("rx/", "../a"),
        ("rx/", "a/./b"),
        ("rx/", "a\\..\\b"),
        ("rx/", "/a"),
        ("rx/", "a//b"),
        ("rx/", "a/"),
        ("rx/", "a\nb.txt"),
        ("rx/", "a\u{85}b.txt"),
        ("/", "a"),
        ("/rx/", "a"),
        ("prescriptions/2026/11/and-so-on/", long.as_str()),
    ] {
        assert_eq!(object_key(prefix, relative), Err(SkipReason::NameNotUsable), "{prefix:?} {relative:?}");
    }
}

#[test]
fn a_key_may_have_1024_bytes() {
    assert!(object_key("", &"ü".repeat(512)).is_ok());
    assert!(object_key("", &format!("{}x", "ü".repeat(512))).is_err());
}

proptest! {
    #[test]
    fn any_path_gives_a_key_within_the_prefix_or_a_reason(prefix in ".{0,20}", relative in ".{0,60}") {
        if let Ok(prefix) = expand_prefix(&prefix, DATE) && let Ok(key) = object_key(&prefix, &relative) {
            prop_assert!(key.starts_with(&prefix) && key.len() > prefix.len() && key.len() <= 1024);
            prop_assert!(key.split('/').all(|name| !matches!(name, "" | "." | "..")));
        }
    }
}

//! Identifiers of a practice's own: any that can be used is looked for without a panic, in a whole text as in pieces.

use pillbox_detect::{Engine, Selection, VALIDATORS};
use pillbox_model::{AllowEntries, AllowList, CustomIdentifier, Detection};

use crate::first;

/// Pattern, keyword, word to ignore, allowed pattern and text, each on a line of its own.
pub fn custom(data: &[u8]) {
    let (options, data) = first(data);
    let data = String::from_utf8_lossy(data);
    let mut lines = data.splitn(5, '\n').map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    let given = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    let identifier = CustomIdentifier {
        name: "own".to_owned(),
        description: String::new(),
        regex: next(),
        keywords: given(next()),
        ignore_words: given(next()),
        maximum_match_distance: u16::from(options) + 1,
        validator: VALIDATORS.get(usize::from(options % 32)).map(|(name, _)| (*name).to_owned()),
        severity_levels: Vec::new(),
    };
    let allow = given(next()).into_iter().map(|regex| AllowList {
        name: "allowed".to_owned(),
        description: String::new(),
        enabled: true,
        entries: AllowEntries::Regex { regex },
    });
    let allow: Vec<_> = allow.collect();
    let text = next();
    let selection = Selection { custom: &[identifier], allow: &allow, ..Selection::default() };
    let Ok(engine) = Engine::with(selection) else { return };
    let mut whole: Vec<Detection> = Vec::new();
    engine.scan(&text, &|| true, &mut whole).expect("nobody stops it");
    let mut pieces: Vec<Detection> = Vec::new();
    let mut stream = engine.stream();
    for character in text.chars() {
        stream.push(character.encode_utf8(&mut [0; 4]), &|| true, &mut pieces).expect("nobody stops it");
    }
    stream.finish(&|| true, &mut pieces).expect("nobody stops it");
    assert!(whole == pieces, "a stream finds something else");
}

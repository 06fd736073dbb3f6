//! Names without their accents.

/// A word in ASCII: `Siobhan` for `Siobhán`. `None` when a letter of it is none of the Latin letters that names
/// in the lists have.
pub(super) fn fold(word: &str) -> Option<String> {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            _ if letter.is_ascii() => folded.push(letter),
            '\u{300}'..='\u{36F}' => {}
            _ => folded.push_str(plain(letter)?),
        }
    }
    Some(folded)
}

/// The base letters of the Latin letters of Unicode's blocks Latin-1 Supplement, Latin Extended-A and -B and Latin
/// Extended Additional that European, Māori, Pacific, Turkish and Vietnamese names have.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{C0}'..='\u{C5}' | '\u{E0}'..='\u{E5}' | '\u{100}'..='\u{105}' | '\u{1EA0}'..='\u{1EB7}' => "a",
        '\u{C6}' | '\u{E6}' => "ae",
        '\u{C7}' | '\u{E7}' | '\u{106}'..='\u{10D}' => "c",
        '\u{10E}'..='\u{111}' | '\u{D0}' | '\u{F0}' => "d",
        '\u{C8}'..='\u{CB}' | '\u{E8}'..='\u{EB}' | '\u{112}'..='\u{11B}' | '\u{1EB8}'..='\u{1EC7}' => "e",
        '\u{11C}'..='\u{123}' => "g",
        '\u{124}'..='\u{127}' => "h",
        '\u{CC}'..='\u{CF}' | '\u{EC}'..='\u{EF}' | '\u{128}'..='\u{131}' | '\u{1EC8}'..='\u{1ECB}' => "i",
        '\u{139}'..='\u{142}' => "l",
        '\u{D1}' | '\u{F1}' | '\u{143}'..='\u{148}' => "n",
        '\u{D2}'..='\u{D6}' | '\u{D8}' | '\u{F2}'..='\u{F6}' | '\u{F8}' => "o",
        '\u{14C}'..='\u{151}' | '\u{1A0}' | '\u{1A1}' | '\u{1ECC}'..='\u{1EE3}' => "o",
        '\u{152}' | '\u{153}' => "oe",
        '\u{154}'..='\u{159}' => "r",
        '\u{15A}'..='\u{161}' | '\u{218}' | '\u{219}' => "s",
        '\u{DF}' => "ss",
        '\u{162}'..='\u{167}' | '\u{21A}' | '\u{21B}' => "t",
        '\u{D9}'..='\u{DC}' | '\u{F9}'..='\u{FC}' | '\u{168}'..='\u{173}' => "u",
        '\u{1AF}' | '\u{1B0}' | '\u{1EE4}'..='\u{1EF1}' => "u",
        '\u{DD}' | '\u{FD}' | '\u{FF}' | '\u{176}'..='\u{178}' | '\u{1EF2}'..='\u{1EF9}' => "y",
        '\u{179}'..='\u{17E}' => "z",
        _ => return None,
    })
}

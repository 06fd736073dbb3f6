//! The code pages of DOS, which programs with a DOS past still write: 437 (United States) and 850 (Western Europe,
//! Australia, New Zealand). Below 0x80 both are ASCII. The tables are those of the Unicode Consortium
//! (`MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT`, `CP850.TXT`).

/// One of the two code pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CodePage {
    /// With box drawing and Greek letters.
    Cp437,
    /// With all letters of Western Europe.
    Cp850,
}

/// The characters of the bytes from 0x80, sixteen a row.
const CP437: [&str; 8] = [
    "ÇüéâäàåçêëèïîìÄÅ",
    "ÉæÆôöòûùÿÖÜ¢£¥₧ƒ",
    "áíóúñÑªº¿⌐¬½¼¡«»",
    "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧",
    "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
    "αßΓπΣσµτΦΘΩδ∞φε∩",
    "≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
];

/// As [`CP437`].
const CP850: [&str; 8] = [
    "ÇüéâäàåçêëèïîìÄÅ",
    "ÉæÆôöòûùÿÖÜø£Ø×ƒ",
    "áíóúñÑªº¿®¬½¼¡«»",
    "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤",
    "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´",
    "\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
];

impl CodePage {
    /// The characters of all bytes from 0x80, in their order.
    pub(crate) fn upper_half(self) -> impl Iterator<Item = char> {
        let rows = match self {
            Self::Cp437 => CP437,
            Self::Cp850 => CP850,
        };
        rows.into_iter().flat_map(str::chars)
    }

    /// Decodes bytes; each is a character.
    pub(crate) fn decode(self, bytes: &[u8], out: &mut String) {
        let mut upper = ['\0'; 128];
        for (slot, c) in upper.iter_mut().zip(self.upper_half()) {
            *slot = c;
        }
        out.extend(bytes.iter().map(|byte| match byte.checked_sub(0x80) {
            Some(index) => upper[usize::from(index)],
            None => char::from(*byte),
        }));
    }
}

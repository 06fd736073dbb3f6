//! What the words of Rich Text stand for in a text.

use encoding_rs as codecs;

use crate::code_page::CodePage;

/// Characters that a word stands for.
pub(super) fn text_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "par" | "line" | "sect" | "page" | "column" | "row" | "softline" | "softpage" => "\n",
        "tab" | "cell" | "nestcell" => "\t",
        "nestrow" => "\n",
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "bullet" => "\u{2022}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

/// Destinations whose content is no text.
pub(super) fn is_no_text(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "stylesheet"
            | "pict"
            | "objdata"
            | "themedata"
            | "colorschememapping"
            | "datastore"
            | "latentstyles"
            | "listtable"
            | "listoverridetable"
            | "revtbl"
            | "rsidtbl"
            | "filetbl"
            | "xmlnstbl"
            | "generator"
            | "datafield"
    )
}

/// Destinations that programs may ignore, and that hold what people wrote or addresses.
pub(super) fn is_ignorable_text(word: &str) -> bool {
    matches!(word, "fldinst" | "annotation" | "atnauthor" | "company" | "manager" | "shptxt" | "shppict" | "userprops")
}

/// Destinations that stand on lines of their own.
pub(super) fn is_block(word: &str) -> bool {
    matches!(
        word,
        "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "footnote"
            | "annotation"
            | "title"
            | "subject"
            | "author"
            | "operator"
            | "keywords"
            | "comment"
            | "doccomm"
            | "company"
            | "manager"
    )
}

/// How bytes are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bytes {
    Codec(&'static codecs::Encoding),
    Dos(CodePage),
}

impl Bytes {
    /// What the number behind `\ansicpg` stands for.
    pub(super) fn of_code_page(number: i32) -> Self {
        Self::Codec(match number {
            437 => return Self::Dos(CodePage::Cp437),
            850 => return Self::Dos(CodePage::Cp850),
            874 => codecs::WINDOWS_874,
            932 => codecs::SHIFT_JIS,
            936 => codecs::GBK,
            949 => codecs::EUC_KR,
            950 => codecs::BIG5,
            1250 => codecs::WINDOWS_1250,
            1251 => codecs::WINDOWS_1251,
            1253 => codecs::WINDOWS_1253,
            1254 => codecs::WINDOWS_1254,
            1255 => codecs::WINDOWS_1255,
            1256 => codecs::WINDOWS_1256,
            1257 => codecs::WINDOWS_1257,
            1258 => codecs::WINDOWS_1258,
            10_000 => codecs::MACINTOSH,
            65_001 => codecs::UTF_8,
            _ => codecs::WINDOWS_1252,
        })
    }

    /// What the number behind `\fcharset` stands for; `None` where it leaves it to the document.
    pub(super) fn of_character_set(number: i32) -> Option<Self> {
        Some(Self::of_code_page(match number {
            0 => 1252,
            77 => 10_000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            254 => 437,
            255 => 850,
            _ => return None,
        }))
    }

    pub(super) fn decode(self, bytes: &[u8], out: &mut String) {
        match self {
            Self::Codec(codec) => out.push_str(&codec.decode_without_bom_handling(bytes).0),
            Self::Dos(page) => page.decode(bytes, out),
        }
    }
}

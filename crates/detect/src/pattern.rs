//! Patterns that people write, read once and made ready: linear in the text by construction, bounded in size.

use regex_automata::meta;
use regex_automata::util::syntax;
use regex_syntax::hir::{Hir, Look};
use regex_syntax::{ParserBuilder, ast};

use crate::invalid::{Problem, text};

/// The most characters of a pattern: Macie's `regex`.
const LONGEST: usize = 512;
/// Bytes of a pattern's states: what `[0-9]{1000}` needs, and far from what `\w{1000}` would.
const STATES: usize = 1 << 20;
/// Bytes that one pattern's search may remember.
const MEMORY: usize = 1 << 18;
/// Groups in groups.
const NESTING: u32 = 50;

/// Reads a pattern. `^` and `$` are the start and end of a line, whichever of LF, CR and CR LF ends it.
///
/// # Errors
/// What of it is not supported, by the part that asks for it.
pub(crate) fn read(pattern: &str) -> Result<Hir, Problem> {
    text(pattern, 1, LONGEST)?;
    let hir = ParserBuilder::new()
        .multi_line(true)
        .crlf(true)
        .nest_limit(NESTING)
        .build()
        .parse(pattern)
        .map_err(|error| problem(pattern, &error))?;
    let anchors = hir.properties().look_set();
    if anchors.contains(Look::Start) || anchors.contains(Look::End) {
        return Err(Problem::TextAnchor);
    }
    if hir.properties().minimum_len().unwrap_or(0) == 0 {
        return Err(Problem::MatchesNothing);
    }
    Ok(hir)
}

/// Makes one pattern ready to be looked for.
///
/// # Errors
/// [`Problem::TooLarge`].
pub(crate) fn one(hir: &Hir) -> Result<meta::Regex, Problem> {
    meta::Builder::new()
        .configure(config().nfa_size_limit(Some(STATES)))
        .build_from_hir(hir)
        .map_err(|_| Problem::TooLarge)
}

/// Makes a pattern ready that has to match a value as a whole.
///
/// # Errors
/// [`Problem::TooLarge`].
pub(crate) fn whole(hir: &Hir) -> Result<meta::Regex, Problem> {
    one(&Hir::concat(vec![Hir::look(Look::Start), hir.clone(), Hir::look(Look::End)]))
}

/// Makes keywords ready to be looked for together; of those that begin at one place the first is found.
///
/// # Errors
/// [`Problem::TooLarge`].
pub(crate) fn first(hirs: &[Hir]) -> Result<meta::Regex, Problem> {
    meta::Builder::new()
        .configure(config().nfa_size_limit(Some(STATES)))
        .build_many_from_hir(hirs)
        .map_err(|_| Problem::TooLarge)
}

/// Makes patterns, each of which was ready by itself, ready to be looked for together.
///
/// # Errors
/// [`Problem::TooLarge`].
pub(crate) fn many(hirs: &[Hir]) -> Result<meta::Regex, Problem> {
    meta::Builder::new()
        .configure(config().nfa_size_limit(None).match_kind(regex_automata::MatchKind::All))
        .build_many_from_hir(hirs)
        .map_err(|_| Problem::TooLarge)
}

/// A keyword, whatever its case; a space in it is one blank, dash or underscore, or nothing. No ASCII letter follows
/// it; where it ends with a letter itself, the digit or underscore behind it is part of the match.
pub(crate) fn keyword(keyword: &str) -> Hir {
    let parts: Vec<String> = keyword.split_whitespace().map(regex_syntax::escape).collect();
    let end = if ends_with_letter(keyword) { r"(?:(?-u:\b{end-half})|[0-9_])" } else { "" };
    let pattern = format!(r"(?i:{}){end}", parts.join(r"[ \t\u{A0}_-]?"));
    // Escaped letters are a pattern whatever they are; were they not, the keyword would match nothing.
    syntax::parse_with(&pattern, &syntax::Config::new().utf8(false)).unwrap_or_else(|_| Hir::fail())
}

/// Whether a keyword can have a digit right behind it.
pub(crate) fn ends_with_letter(keyword: &str) -> bool {
    keyword.chars().next_back().is_some_and(char::is_alphabetic)
}

fn config() -> meta::Config {
    meta::Config::new().hybrid_cache_capacity(MEMORY)
}

fn problem(pattern: &str, error: &regex_syntax::Error) -> Problem {
    let part = |span: &ast::Span| pattern.get(span.start.offset..span.end.offset).unwrap_or_default().to_owned();
    match error {
        regex_syntax::Error::Parse(error) => {
            let part = part(error.span());
            match error.kind() {
                ast::ErrorKind::UnsupportedLookAround => Problem::LookAround { part },
                ast::ErrorKind::UnsupportedBackreference => Problem::BackReference { part },
                kind => Problem::Syntax { part, why: kind.to_string() },
            }
        }
        regex_syntax::Error::Translate(error) => {
            Problem::Syntax { part: part(error.span()), why: error.kind().to_string() }
        }
        _ => Problem::Syntax { part: pattern.to_owned(), why: "unknown".to_owned() },
    }
}

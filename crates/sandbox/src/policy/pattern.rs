//! Wildcards and variables of policies.

use super::condition::Context;

/// Whether the text matches the pattern, where `*` stands for any run and `?` for one character.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&one) if one == '?' || one == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                // Let the last `*` take one character more, and go on behind it.
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|one| *one == '*')
}

/// Whether the pattern stands for more than one text.
pub(crate) fn is_fixed(pattern: &str) -> bool {
    !pattern.contains(['*', '?']) && !pattern.contains("${")
}

/// Puts the request's values in place of `${key}`; none where the request has no such value, in
/// which case nothing matches. The value's own wildcards stay wildcards, as in AWS.
pub(crate) fn expand(pattern: &str, context: &Context) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let end = inside.find('}')?;
        let name = &inside[..end];
        match name {
            "*" | "?" | "$" => out.push_str(name),
            _ => out.push_str(context.first(name)?),
        }
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

//! Values that are made to be valid: check digits, ranges, grouping. What is made here is made from the published
//! rule of each number, not from the detector's validators, so that an error there shows.

pub(crate) mod australia;
pub(crate) mod canada;
pub(crate) mod checks;
pub(crate) mod general;
pub(crate) mod new_zealand;
pub(crate) mod united_kingdom;
pub(crate) mod united_states;

use crate::random::Random;

/// Cuts digits into groups with one of `separators` between them, the same throughout.
pub(crate) fn grouped(random: &mut Random, digits: &str, groups: &[usize], separators: &[&str]) -> String {
    let separator = random.pick(separators);
    let mut rest = digits;
    let mut parts = Vec::new();
    for length in groups {
        let (part, behind) = rest.split_at((*length).min(rest.len()));
        parts.push(part);
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.join(separator)
}

/// Tries until `make` gives a value. Every caller's rule is met by at least one random number in twelve.
pub(crate) fn until<T>(random: &mut Random, make: impl Fn(&mut Random) -> Option<T>) -> T {
    loop {
        if let Some(value) = make(random) {
            return value;
        }
    }
}

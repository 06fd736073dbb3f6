//! Days that are in the calendar, for the birth dates inside numbers.

/// Whether the Gregorian calendar has the day.
pub(crate) fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether the day is in the calendar of some century. The year 2000 was a leap year, as is each that divides by four.
pub(crate) fn is_day_of_a_century(year: u32, month: u32, day: u32) -> bool {
    is_day(2000 + year % 100, month, day)
}

/// The values of the three pairs of digits that six digits are.
pub(crate) fn pairs(digits: &[u32]) -> Option<(u32, u32, u32)> {
    match digits {
        [a, b, c, d, e, f, ..] => Some((a * 10 + b, c * 10 + d, e * 10 + f)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_day, is_day_of_a_century};

    #[test]
    fn leap_days_are_in_leap_years() {
        assert!(is_day(2000, 2, 29) && is_day(1996, 2, 29) && is_day_of_a_century(0, 2, 29));
        assert!(!is_day(1900, 2, 29) && !is_day(1999, 2, 29) && !is_day(1999, 4, 31) && !is_day(1999, 13, 1));
        assert!(!is_day(1999, 0, 1) && !is_day(1999, 1, 0));
    }
}

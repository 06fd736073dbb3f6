//! What time it is, as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

use pillbox_model::Timestamp;

/// Tells the time. Tests pass their own.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Timestamp;

    /// Today's year, month (1 to 12) and day where this computer is.
    fn today(&self) -> (i32, u8, u8);
}

/// The computer's own clock and time zone.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    fn today(&self) -> (i32, u8, u8) {
        let date = jiff::Zoned::now().date();
        (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
    }
}

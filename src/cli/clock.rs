//! Today and now: from `--as-of`, from `SOURCE_DATE_EPOCH`, or from the clock.

use std::env;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::exit::Failure;
use crate::record::Day;

/// The day that counts, and the moment that signatures claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub day: Day,
    #[cfg_attr(not(feature = "verify"), expect(dead_code, reason = "only seals carry a moment"))]
    pub at: Timestamp,
}

/// The moment a command works by: midnight UTC of `--as-of`, else `SOURCE_DATE_EPOCH`, else the clock.
#[expect(clippy::disallowed_methods, reason = "the command line is where clock and environment come in")]
pub(super) fn now(as_of: Option<Day>) -> Result<Now, Failure> {
    let at = match (as_of, env::var("SOURCE_DATE_EPOCH")) {
        (Some(day), _) => midnight(day)?,
        (None, Ok(epoch)) => {
            let seconds = epoch.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            seconds.ok_or_else(|| {
                Failure::usage(
                    "SOURCE_DATE_EPOCH is not a number of seconds",
                    "Set it to seconds since 1970, or unset it.",
                )
            })?
        }
        (None, Err(_)) => Timestamp::now(),
    };
    let day = Day(at.to_zoned(TimeZone::UTC).date());
    // Signatures carry whole seconds.
    let at = Timestamp::from_second(at.as_second()).map_err(|error| Failure::caused(&error))?;
    Ok(Now { day, at })
}

fn midnight(day: Day) -> Result<Timestamp, Failure> {
    let zoned = day.0.to_zoned(TimeZone::UTC);
    zoned
        .map(|zoned| zoned.timestamp())
        .map_err(|_range| Failure::usage("--as-of is out of range", "Give a date such as 2026-07-10."))
}

#[cfg(feature = "verify")]
impl Now {
    /// The moment to judge seals by: with `--as-of` the last second of that day, so that a seal made on it is not in
    /// the future.
    pub(super) fn at_end_of_day(self, as_of: bool) -> Timestamp {
        const DAY: i64 = 24 * 60 * 60;
        if as_of { Timestamp::from_second(self.at.as_second() + DAY - 1).unwrap_or(self.at) } else { self.at }
    }
}

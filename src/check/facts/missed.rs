//! How missed appointments ended.

use crate::check::words::says_any;
use crate::record::{Missed, MissedEnd, MissedOutcome};

/// Whether a missed appointment counts as one that the child was not brought to.
pub(in crate::check) fn is_not_brought(missed: &Missed) -> bool {
    missed.outcome == Some(MissedOutcome::WasNotBrought)
}

/// Whether it ended with nobody seeing the child.
pub(in crate::check) fn is_discharged(missed: &Missed) -> bool {
    missed.ended == Some(MissedEnd::Discharged) || missed.followed_up_by.as_deref().is_some_and(is_no_follow_up)
}

/// Whether what stands as a follow-up says only that the service gave up.
pub(in crate::check) fn is_no_follow_up(text: &str) -> bool {
    const GAVE_UP: [&str; 14] = [
        "discharged",
        "discharge",
        "closed",
        "case closed",
        "closed to the service",
        "no further action",
        "nfa",
        "removed",
        "taken off",
        "referral closed",
        "struck off",
        "nobody",
        "no one",
        "none",
    ];
    const SOMEBODY: [&str; 20] = [
        "school",
        "senco",
        "dsl",
        "nurse",
        "rang",
        "called",
        "visited",
        "visit",
        "spoke",
        "asked",
        "new",
        "re referred",
        "referred",
        "met",
        "letter",
        "family worker",
        "teacher",
        "gp",
        "appointment made",
        "rebooked",
    ];
    says_any(text, &GAVE_UP) && !says_any(text, &SOMEBODY)
}

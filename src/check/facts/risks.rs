//! Risks: when they were last looked at, and of which kinds they are.

use crate::check::context::Context;
use crate::record::{Day, Risk, RiskKind};

/// When the risks were last looked at: the newest reappraisal, or the statement that none are known.
pub(in crate::check) fn newest_look(c: &Context<'_>) -> Option<Day> {
    let of_risks = c.record.risks.iter().filter_map(|risk| risk.reappraised_on);
    of_risks.chain(c.record.no_known_risks.iter().filter_map(|statement| statement.stated_on)).max()
}

/// Whether there is a risk of one of some kinds, current or resolved.
pub(in crate::check) fn has_risk(c: &Context<'_>, of: &[RiskKind]) -> bool {
    c.record.risks.iter().any(|risk| risk.kind.is_some_and(|kind| of.contains(&kind)))
}

pub(in crate::check) fn is_abuse(kind: RiskKind) -> bool {
    matches!(
        kind,
        RiskKind::Neglect
            | RiskKind::DomesticAbuse
            | RiskKind::PhysicalAbuse
            | RiskKind::SexualAbuse
            | RiskKind::EmotionalAbuse
            | RiskKind::Exploitation
    )
}

/// Whether a current risk says what somebody does or fails to do.
pub(in crate::check) fn names_somebody(c: &Context<'_>) -> bool {
    c.record.risks.iter().any(|risk| risk.is_current() && is_about_somebody(risk))
}

/// Whether a risk is of a kind that speaks of what somebody does or fails to do; not of health, school, housing, a loss, or
/// of something that has no name.
pub(in crate::check) fn is_about_somebody(risk: &Risk) -> bool {
    const OF_NO_ONE: [RiskKind; 5] =
        [RiskKind::Health, RiskKind::OutOfSchool, RiskKind::Housing, RiskKind::Bereavement, RiskKind::Other];
    risk.kind.is_some_and(|kind| !OF_NO_ONE.contains(&kind))
}

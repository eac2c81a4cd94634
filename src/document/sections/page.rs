//! What a section builder may know.

use crate::check::Override;
use crate::circle::PackKind;
use crate::document::fit::Fit;
use crate::document::subject::PackDetails;
use crate::picture::Pictures;
use crate::record::Record;

/// What a section builder may know.
pub(super) struct Page<'a> {
    pub(super) record: &'a Record,
    /// The name the child goes by.
    pub(super) name: &'a str,
    pub(super) kind: PackKind,
    pub(super) details: &'a PackDetails<'a>,
    /// Errors in spite of which the pack goes out.
    pub(super) overrides: &'a [Override],
    pub(super) pictures: &'a Pictures,
    pub(super) fit: &'a Fit,
}

impl Page<'_> {
    /// Whether this is a safeguarding pack with little to tell: no risk, no open plan, few events. Then no drawing tells
    /// more than a line of text.
    pub(super) fn is_compact(&self) -> bool {
        const FEW: usize = 6;
        let record = self.record;
        let calm = record.no_known_risks.is_some() && record.risks.is_empty();
        let open = record.plans.iter().any(|plan| plan.is_open(self.details.day));
        self.fit.runs_on && self.kind == PackKind::Safeguarding && calm && !open && record.chronology.len() <= FEW
    }
}

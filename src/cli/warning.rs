//! The warning that lies in a folder opened from somebody who is not confirmed.

use crate::verify::Verdict;

/// The warning that stays in the folder of a bundle whose school is not confirmed.
pub(super) const WARNING: &str = "UNCONFIRMED.txt";

/// What the warning says.
pub(super) fn warning(verdict: &Verdict) -> String {
    format!("{}\n\nThis was opened with --unconfirmed.\n", verdict.words())
}

/// All warnings that may lie in an opened folder.
pub(super) fn warnings() -> Vec<String> {
    Verdict::cannot_tell().iter().map(warning).collect()
}

//! Why a signature is refused: a stable code, and one sentence.

use super::reason_code::ReasonCode;

/// A reason for which a file or signature is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The stable code.
    pub code: ReasonCode,
    /// What is wrong, in one sentence.
    pub why: &'static str,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub const fn new(code: ReasonCode, why: &'static str) -> Self {
        Self { code, why }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.why, self.code)
    }
}

impl std::error::Error for Refusal {}

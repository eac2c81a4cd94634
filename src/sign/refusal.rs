//! Why a signature is refused: stable codes, one sentence each.

/// A reason for which a file or signature is not accepted. The code is stable; the letters name the family:
/// F file, S signature field, D certification, B byte range, A active content, C signature data, K certificate, T time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The stable code.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub why: &'static str,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub const fn new(code: &'static str, why: &'static str) -> Self {
        Self { code, why }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.why, self.code)
    }
}

impl std::error::Error for Refusal {}

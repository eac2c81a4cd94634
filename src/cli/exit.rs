//! How a run ends: all exit codes in one type, and the one kind of error that ends a command early.

use std::error::Error;
use std::fmt;

/// The exit codes. The README has the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is in order.
    Good = 0,
    /// Records have problems; with `pack`, nothing was made.
    Problems = 1,
    /// The command was not used as it is meant.
    Usage = 2,
    /// Something could not be read or written.
    Files = 3,
    /// A signature or a bundle is not acceptable.
    NotAcceptable = 4,
    /// Some packs were made, some records were refused.
    Partly = 5,
    /// A mistake of this program.
    Bug = 70,
    /// Somebody stopped the run; what was not finished was taken away.
    Stopped = 130,
}

#[cfg(feature = "pack")]
impl Exit {
    /// What it means, in a few words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Good => "all is made",
            Self::Problems => "records have problems, and nothing was made",
            Self::Usage => "it cannot be packed like this",
            Self::Files => "something could not be read or written",
            Self::NotAcceptable => "a signature or timestamp is not acceptable",
            Self::Partly => "some records were refused",
            Self::Bug => "a mistake in handover",
            Self::Stopped => "it was stopped",
        }
    }
}

/// Why a command ends early.
#[derive(Debug)]
pub(super) struct Failure {
    pub exit: Exit,
    /// What went wrong, in one sentence without a full stop.
    pub what: String,
    /// What to do next.
    pub next: Option<String>,
}

impl Failure {
    pub(super) fn usage(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, what: what.into(), next: Some(next.into()) }
    }

    #[cfg(feature = "verify")]
    pub(super) fn not_acceptable(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { exit: Exit::NotAcceptable, what: what.into(), next: Some(next.into()) }
    }

    pub(super) fn files(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { exit: Exit::Files, what: what.into(), next: Some(next.into()) }
    }

    pub(super) fn bug(what: impl Into<String>) -> Self {
        let next =
            "This is a mistake in handover, not in your record. Please report it, without the record.".to_owned();
        Self { exit: Exit::Bug, what: what.into(), next: Some(next) }
    }

    /// A mistake of this program, with all that led to it.
    pub(super) fn caused(error: &dyn Error) -> Self {
        let mut causes = vec![error.to_string()];
        let mut at = error;
        while let Some(cause) = at.source() {
            causes.push(cause.to_string());
            at = cause;
        }
        // An error that only hands on another says the same.
        causes.dedup();
        Self::bug(causes.join(": "))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        self.next.as_ref().map_or(Ok(()), |next| write!(f, "\n  help: {next}"))
    }
}

/// The answer of a command: how it ends, or why it ends early.
pub(super) type Outcome = Result<Exit, Failure>;

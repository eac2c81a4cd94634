//! The documents that show a record, each for one circle of readers.

use serde::{Deserialize, Serialize};

use super::audience::Audience;

/// The kinds of document that show a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackKind {
    /// The one-page profile for all staff.
    Profile,
    /// The general pack for Head of Year and tutor.
    General,
    /// The pack for the SENCO.
    Send,
    /// The pack for the designated safeguarding lead.
    Safeguarding,
    /// What all staff will read, in large type, for the child to look through before anyone signs.
    Child,
}

impl PackKind {
    /// The packs that travel.
    pub const SENT: [Self; 4] = [Self::Profile, Self::General, Self::Send, Self::Safeguarding];

    /// The widest circle that may read it.
    #[must_use]
    pub fn reader(self) -> Audience {
        match self {
            Self::Profile | Self::Child => Audience::AllStaff,
            Self::General => Audience::Pastoral,
            Self::Send => Audience::Senco,
            Self::Safeguarding => Audience::Dsl,
        }
    }

    /// The word in file names and data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::General => "general",
            Self::Send => "send",
            Self::Safeguarding => "safeguarding",
            Self::Child => "child",
        }
    }

    /// The pack that travels to some readers.
    #[must_use]
    pub fn sent_to(readers: Audience) -> Option<Self> {
        Self::SENT.into_iter().find(|kind| kind.reader() == readers)
    }

    /// The pack that travels under a word in file names, if it is one.
    #[must_use]
    pub fn sent(key: &str) -> Option<Self> {
        Self::SENT.into_iter().find(|kind| kind.key() == key)
    }

    /// The words on the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Profile => "One-page profile",
            Self::General => "Transition pack",
            Self::Send => "SEND pack",
            Self::Safeguarding => "Safeguarding pack",
            Self::Child => "About me",
        }
    }
}

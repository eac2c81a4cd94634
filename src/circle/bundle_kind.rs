//! The bundles that travel, each for one circle of readers.

use serde::{Deserialize, Serialize};

use super::pack_kind::PackKind;

/// For whom a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleKind {
    /// Head of Year and tutors; the profile in it is for all staff.
    General,
    /// The SENCO.
    Send,
    /// The designated safeguarding lead alone.
    Safeguarding,
}

impl BundleKind {
    /// All kinds, widest circle first.
    pub const ALL: [Self; 3] = [Self::General, Self::Send, Self::Safeguarding];

    /// The word in file names and data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Send => "send",
            Self::Safeguarding => "safeguarding",
        }
    }

    /// The packs in it.
    #[must_use]
    pub fn packs(self) -> &'static [PackKind] {
        match self {
            Self::General => &[PackKind::Profile, PackKind::General],
            Self::Send => &[PackKind::Send],
            Self::Safeguarding => &[PackKind::Safeguarding],
        }
    }

    /// The bundle that a pack travels in, if it travels.
    #[must_use]
    pub fn of(pack: PackKind) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.packs().contains(&pack))
    }

    /// Who opens it, in words.
    #[must_use]
    pub fn readers(self) -> &'static str {
        match self {
            Self::General => "Head of Year and tutors",
            Self::Send => "SENCO",
            Self::Safeguarding => "designated safeguarding lead only",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_data_say() {
        for kind in BundleKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
        }
        for kind in PackKind::SENT.into_iter().chain([PackKind::Child]) {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
        }
    }
}

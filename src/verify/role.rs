//! In what role somebody signs, and what that role may sign.

use serde::{Deserialize, Serialize};

use crate::circle::BundleKind;

/// In what role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The school's seal.
    Seal,
    /// The designated safeguarding lead.
    Dsl,
    /// The SENCO.
    Senco,
    /// The head teacher.
    Head,
    /// A local authority or trust that signs lists of schools; it signs no packs.
    Authority,
    /// A timestamp service; it signs no packs.
    Timestamps,
}

impl Role {
    /// The role in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Seal => "the school's seal",
            Self::Dsl => "designated safeguarding lead",
            Self::Senco => "SENCO",
            Self::Head => "head teacher",
            Self::Authority => "authority",
            Self::Timestamps => "timestamp service",
        }
    }

    /// Whether somebody in this role may sign for these readers; `None` where a file does not say for whom it is.
    #[must_use]
    pub fn may_sign(self, kind: Option<BundleKind>) -> bool {
        match self {
            Self::Seal => true,
            Self::Dsl => kind == Some(BundleKind::Safeguarding),
            Self::Senco => kind == Some(BundleKind::Send),
            Self::Head => matches!(kind, Some(BundleKind::General | BundleKind::Send)),
            Self::Authority | Self::Timestamps => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_decides() {
        use BundleKind::{General, Safeguarding, Send};
        let allowed = |role: Role| {
            [None, Some(General), Some(Send), Some(Safeguarding)]
                .into_iter()
                .filter(|kind| role.may_sign(*kind))
                .count()
        };
        assert_eq!([Role::Seal, Role::Dsl, Role::Senco, Role::Head, Role::Authority].map(allowed), [4, 1, 1, 2, 0]);
        assert!(Role::Dsl.may_sign(Some(Safeguarding)) && !Role::Head.may_sign(Some(Safeguarding)));
    }
}

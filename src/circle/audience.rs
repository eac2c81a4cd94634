//! Who may read what, from the widest circle to the narrowest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A circle of readers; each later one may read all that the earlier ones may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every member of staff who teaches or looks after the child.
    AllStaff,
    /// Head of Year and tutor.
    Pastoral,
    /// The special educational needs co-ordinator.
    Senco,
    /// The designated safeguarding lead alone.
    Dsl,
}

impl Audience {
    /// All circles, widest first.
    pub const ALL: [Self; 4] = [Self::AllStaff, Self::Pastoral, Self::Senco, Self::Dsl];

    /// The key as it stands in records.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AllStaff => "all_staff",
            Self::Pastoral => "pastoral",
            Self::Senco => "senco",
            Self::Dsl => "dsl",
        }
    }

    /// The circle of a key, if it is one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_narrow_in_order() {
        assert!(Audience::ALL.windows(2).all(|pair| pair.first() < pair.last()));
        assert!(Audience::ALL.iter().all(|&a| Audience::from_key(a.key()) == Some(a)));
    }
}

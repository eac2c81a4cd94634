//! What the record in a pack says of the pack itself: for whom it is, about which child, from whom to whom.

use serde::Deserialize;

use crate::bundle::{Listed, Manifest};
use crate::school::{Laestab, School, Urn};
use crate::text::PlainLine;

/// What the record in a pack says of the pack. The rest of it is for the readers.
#[derive(Debug, Default, Deserialize)]
pub(super) struct About {
    readers: String,
    reference: String,
    made_on: String,
    #[serde(default)]
    record: Schools,
}

#[derive(Debug, Default, Deserialize)]
struct Schools {
    sending_school: Option<Named>,
    receiving_school: Option<Named>,
    pupil: Option<Names>,
}

/// The child's names, as far as these readers may see them.
#[derive(Debug, Default, Deserialize)]
struct Names {
    preferred_forename: Option<String>,
    legal_forename: Option<String>,
    preferred_surname: Option<String>,
    legal_surname: Option<String>,
}

impl Names {
    /// Whether a name can be that of the child.
    fn may_be(&self, name: &str) -> bool {
        let filled =
            |names: [&Option<String>; 2]| names.into_iter().flatten().find(|name| !name.trim().is_empty()).cloned();
        let first = filled([&self.preferred_forename, &self.legal_forename]);
        let last = filled([&self.preferred_surname, &self.legal_surname]);
        match (first, last) {
            (Some(first), Some(last)) => name == format!("{first} {last}"),
            (Some(first), None) => name.starts_with(&first),
            (None, Some(last)) => name.ends_with(&last),
            (None, None) => true,
        }
    }
}

/// A school as the record in a pack names it: in a pack for one circle, some of it may have been cut out.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its name.
    pub name: Option<String>,
    /// Its Unique Reference Number.
    pub urn: Option<Urn>,
    /// Its DfE number.
    pub laestab: Option<Laestab>,
}

impl Named {
    /// Whether nothing in it contradicts a school.
    fn may_be(&self, school: &School) -> bool {
        self.urn.as_ref().is_none_or(|urn| *urn == school.urn)
            && self.laestab.as_ref().is_none_or(|laestab| *laestab == school.laestab)
    }
}

impl From<&School> for Named {
    fn from(school: &School) -> Self {
        let name = Some(school.name.to_string());
        Self { name, urn: Some(school.urn.clone()), laestab: Some(school.laestab.clone()) }
    }
}

impl About {
    /// Of the record in a pack; nothing where it is none.
    pub(super) fn of(record: &[u8]) -> Option<Self> {
        serde_json::from_slice(record).ok()
    }

    /// The readers, as the end of the pack's name says them.
    pub(super) fn pack(&self) -> Option<&'static str> {
        match self.readers.as_str() {
            "all_staff" => Some("profile"),
            "pastoral" => Some("general"),
            "senco" => Some("send"),
            "dsl" => Some("safeguarding"),
            _ => None,
        }
    }

    /// The sending and the receiving school, as far as these readers may see them.
    pub(super) fn schools(&self) -> [Option<Named>; 2] {
        [self.record.sending_school.clone(), self.record.receiving_school.clone()]
    }

    /// Whether it is about the child and the transfer that the manifest says.
    pub(super) fn fits(&self, listed: &Listed, manifest: &Manifest) -> bool {
        let same = |named: Option<Named>, school: &School| named.is_none_or(|named| named.may_be(school));
        let [from, to] = self.schools();
        let names = self.record.pupil.as_ref();
        let named = |child: &PlainLine<200>| names.is_none_or(|names| names.may_be(child.as_str()));
        Some(&self.reference) == listed.reference.as_ref()
            && listed.child.as_ref().is_none_or(named)
            && self.made_on == manifest.made_on
            && same(from, &manifest.from)
            && same(to, &manifest.to)
    }
}

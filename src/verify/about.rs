//! What the record in a pack says of the pack itself: for whom it is, about which child, from whom to whom.

use serde::Deserialize;

use crate::bundle::{Listed, Manifest, Party};

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
    sending_school: Option<Numbers>,
    receiving_school: Option<Numbers>,
}

#[derive(Debug, Default, Deserialize)]
struct Numbers {
    name: Option<String>,
    urn: Option<String>,
    laestab: Option<String>,
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
    pub(super) fn parties(&self) -> [Option<Party>; 2] {
        let party = |school: &Option<Numbers>| school.as_ref().and_then(Numbers::party);
        [party(&self.record.sending_school), party(&self.record.receiving_school)]
    }

    /// Whether it is about the child and the transfer that the manifest says.
    pub(super) fn fits(&self, listed: &Listed, manifest: &Manifest) -> bool {
        let same = |party: Option<Party>, of: &Party| {
            let equal = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
            party.is_none_or(|party| equal(&party.urn, &of.urn) && equal(&party.laestab, &of.laestab))
        };
        let [from, to] = self.parties();
        Some(&self.reference) == listed.reference.as_ref()
            && self.made_on == manifest.made_on
            && same(from, &manifest.from)
            && same(to, &manifest.to)
    }
}

impl Numbers {
    /// As a manifest writes them: digits alone. Nothing where there is no number.
    fn party(&self) -> Option<Party> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let digits =
            |number: &Option<String>| -> String { text(number).chars().filter(char::is_ascii_digit).collect() };
        let party = Party { name: text(&self.name), urn: digits(&self.urn), laestab: digits(&self.laestab) };
        (!party.urn.is_empty() || !party.laestab.is_empty()).then_some(party)
    }
}

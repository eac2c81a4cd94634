//! Who is expected: children of the school's own list, held against what was received.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::register::Register;
use crate::circle::BundleKind;
use crate::record::plain_upn;

/// A child on the list of those who are expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedChild {
    /// The name.
    pub name: String,
    /// The UPN.
    pub upn: String,
    /// The date of birth, `2015-02-03`; empty where the list has none.
    pub dob: String,
    /// The school that the child comes from, where the list says it.
    pub from: String,
}

/// What is not there, and what is there and not expected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Children of whom nothing was received.
    pub nothing: Vec<ExpectedChild>,
    /// Children of whom something was received, and the circles of which nothing was.
    pub partly: Vec<(ExpectedChild, Vec<BundleKind>)>,
    /// Children of whom something was received and whom the list does not name: name, reference, school.
    pub unexpected: Vec<(String, String, String)>,
    /// Children of the list who may be one of those received under another UPN or none: who, and who it may be.
    pub possible: Vec<(ExpectedChild, String)>,
}

/// The UPN as it is compared.
#[must_use]
pub fn expected_of(name: &str, upn: &str, dob: &str, from: &str) -> ExpectedChild {
    let own = |text: &str| text.trim().to_owned();
    ExpectedChild { name: own(name), upn: plain_upn(upn), dob: own(dob), from: own(from) }
}

/// Holds a list against the register. Nobody is taken for somebody by name: a match without the UPN is only possible.
#[must_use]
pub fn missing(expected: &[ExpectedChild], register: &Register) -> Missing {
    let mut received: BTreeMap<String, Vec<&super::Child>> = BTreeMap::new();
    for child in register.children.iter().filter(|child| !child.upn.is_empty()) {
        received.entry(plain_upn(&child.upn)).or_default().push(child);
    }
    let mut found = Missing::default();
    for wanted in expected {
        let by_upn = if wanted.upn.is_empty() { None } else { received.get(&wanted.upn) };
        match by_upn {
            // Nobody is asked for what was taken back, or for a child who is not ours.
            Some(children) if children.iter().all(|child| child.is_settled()) => {}
            Some(children) => {
                let has = |kind: &BundleKind| {
                    children.iter().any(|child| kind.packs().iter().any(|pack| child.current(*pack).is_some()))
                };
                let absent: Vec<BundleKind> = BundleKind::ALL.into_iter().filter(|kind| !has(kind)).collect();
                // Not every child has something for the SENCO alone.
                let absent: Vec<BundleKind> = absent.into_iter().filter(|kind| *kind != BundleKind::Send).collect();
                if !absent.is_empty() {
                    found.partly.push((wanted.clone(), absent));
                }
            }
            None => {
                let alike = register.children.iter().find(|child| is_alike(wanted, child));
                match alike {
                    Some(child) => {
                        found.possible.push((wanted.clone(), format!("{} ({})", child.name, child.reference)))
                    }
                    None => found.nothing.push(wanted.clone()),
                }
            }
        }
    }
    let upns: BTreeSet<&str> =
        expected.iter().map(|wanted| wanted.upn.as_str()).filter(|upn| !upn.is_empty()).collect();
    let is_expected = |upn: &str| upns.contains(plain_upn(upn).as_str());
    let names = |child: &super::Child| (child.name.clone(), child.reference.clone(), child.from.name.to_string());
    found.unexpected = register.children.iter().filter(|child| !is_expected(&child.upn)).map(names).collect();
    found
}

/// Whether names and date of birth are the same.
fn is_alike(wanted: &ExpectedChild, child: &super::Child) -> bool {
    let words = |name: &str| {
        let mut words: Vec<String> =
            name.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
        words.retain(|word| !word.is_empty());
        words.sort();
        words
    };
    let (listed, known, legal) = (words(&wanted.name), words(&child.name), words(&child.legal_name));
    let is_named = listed == known || listed == legal;
    // Another spelling of the first name, with the family name and the day.
    let same_day = !wanted.dob.is_empty() && wanted.dob == child.dob;
    let shares = |other: &[String]| listed.iter().any(|word| word.chars().count() > 2 && other.contains(word));
    if same_day && (shares(&known) || shares(&legal)) {
        return true;
    }
    is_named && (wanted.dob.is_empty() || child.dob.is_empty() || wanted.dob == child.dob)
}

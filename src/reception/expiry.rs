//! What may not be kept any longer: what was taken back, who does not come, and what has come to the end of its time. What is
//! under a legal hold stays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::recall::Recall;
use super::received::Accepted;
use super::register::Register;
use crate::circle::PackKind;
use crate::record::Day;
use crate::text::{Note, PersonName};

/// Something that somebody has decided to keep, whatever its time: an inquiry, a claim, a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalHold {
    /// The child's reference at the sending school.
    pub reference: String,
    /// Why.
    pub why: Note,
    /// Who has decided.
    pub by: PersonName,
    /// The day.
    pub on: String,
}

/// Why a pack is due to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DueReason {
    /// Its sender has taken it back.
    Recalled,
    /// The child does not come to this school.
    NotOurChild,
    /// The time for which it is kept is over.
    TimeIsOver,
}

impl DueReason {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Recalled => "taken back by the sending school",
            Self::NotOurChild => "not our child",
            Self::TimeIsOver => "its time is over",
        }
    }
}

/// A pack that is due to be deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePack {
    /// The number of its bundle among those that were accepted.
    pub bundle: usize,
    /// The child's reference.
    pub reference: String,
    /// Which pack.
    pub kind: PackKind,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
    /// The day it was made.
    pub made_on: String,
    /// Where it lies, seen from the receiving folder.
    pub path: String,
    /// Why.
    pub why: DueReason,
    /// Why it is kept all the same, where it is.
    pub held: Option<String>,
}

/// Every pack that is due on a day, if packs are kept until so many years after the child's birth.
#[must_use]
pub fn due_packs(all: &[Accepted], recalls: &[Recall], holds: &[LegalHold], years: i16, today: Day) -> Vec<DuePack> {
    let register = Register::of(all, recalls, None);
    // Who is held is held under every reference that the same UPN has.
    let held_upns: Vec<(&str, &LegalHold)> = holds
        .iter()
        .flat_map(|hold| register.children.iter().map(move |child| (child, hold)))
        .filter(|(child, hold)| child.reference == hold.reference && !child.upn.is_empty())
        .map(|(child, hold)| (child.upn.as_str(), hold))
        .collect();
    let births: BTreeMap<(&str, &str), &str> = register
        .children
        .iter()
        .map(|child| ((child.from.urn.as_str(), child.reference.as_str()), child.dob.as_str()))
        .collect();
    let is_over = |dob: &str| {
        let Ok(dob) = dob.parse::<Day>() else { return false };
        dob.0.checked_add(jiff::Span::new().years(years)).is_ok_and(|end| today.0 > end)
    };
    let mut due = Vec::new();
    for (number, Accepted { folder, received, manifest }) in all.iter().enumerate() {
        for pack in received.packs.iter().filter(|pack| pack.deleted_on.is_none()) {
            let from = &manifest.from.urn;
            let is_recalled = recalls.iter().any(|recall| recall.is_about(from, &manifest.transfer, &pack.sha256));
            let dob = births.get(&(from.as_str(), pack.reference.as_str())).copied().unwrap_or_default();
            let why = if is_recalled {
                DueReason::Recalled
            } else if received.not_ours.contains(&pack.reference) {
                DueReason::NotOurChild
            } else if is_over(dob) {
                DueReason::TimeIsOver
            } else {
                continue;
            };
            let own = |child: &&super::register::Child| child.from.urn == *from && child.reference == pack.reference;
            let upn = register.children.iter().find(own).map_or("", |child| child.upn.as_str());
            let same = held_upns.iter().find(|(held, _)| *held == upn).map(|(_, hold)| *hold);
            let held = holds.iter().find(|hold| hold.reference == pack.reference).or(same);
            due.push(DuePack {
                bundle: number,
                reference: pack.reference.clone(),
                kind: pack.kind,
                sha256: pack.sha256.clone(),
                made_on: manifest.made_on.clone(),
                path: format!("{folder}/{}", pack.file),
                why,
                held: held.map(|hold| format!("{} ({}, {})", hold.why.as_str(), hold.by.as_str(), hold.on)),
            });
        }
    }
    due.sort_by(|one, other| (one.why, &one.reference, one.kind).cmp(&(other.why, &other.reference, other.kind)));
    due
}

//! The register: every child of whom anything was received, with the packs that count today.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::recall::Recall;
use super::received::{Accepted, ReceivedPack};
use crate::circle::{BundleKind, PackKind};
use crate::school::School;

/// How a pack stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is the latest.
    Current,
    /// A later one has taken its place.
    Replaced,
    /// Its sender has taken it back.
    Recalled,
}

/// A pack in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// Which.
    pub kind: PackKind,
    /// The day it was made.
    pub made_on: String,
    /// The day it was received.
    pub received_on: String,
    /// Where it lies, seen from the receiving folder.
    pub path: String,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
    /// How it stands.
    pub state: State,
    /// Why its sender has taken it back, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recalled: Option<String>,
}

/// A child in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Child {
    /// The name the child goes by.
    pub name: String,
    /// First and last name, where a pack says them.
    pub legal_name: String,
    /// The UPN; empty where no pack says it.
    pub upn: String,
    /// The date of birth; empty where no pack says it.
    pub dob: String,
    /// The reference at the sending school.
    pub reference: String,
    /// The sending school.
    pub from: School,
    /// Its packs, the latest of each kind first.
    pub packs: Vec<Pack>,
    /// Of what other school packs about the same UPN came.
    pub also_from: Vec<String>,
    /// Whether somebody here has said that the child does not come to this school.
    pub is_not_ours: bool,
}

impl Child {
    /// The pack of a kind that counts.
    #[must_use]
    pub fn current(&self, kind: PackKind) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.kind == kind && pack.state == State::Current)
    }

    /// Whether nothing more is to come: all was taken back, or the child is not ours.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_not_ours || (!self.packs.is_empty() && self.packs.iter().all(|pack| pack.state == State::Recalled))
    }

    /// The pack of a kind that counted before the one that does.
    #[must_use]
    pub fn before(&self, kind: PackKind) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.kind == kind && pack.state == State::Replaced)
    }
}

/// Every child of whom anything was received.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Register {
    /// The children, in order of name.
    pub children: Vec<Child>,
}

/// What says which of two bundles is the later one: the day it was made, or the latest day of those that it replaces, as a
/// clock may be wrong; how many it replaces, one after the other; when it was sealed; and its digest, so that there is always
/// one order. When it arrived counts for nothing.
type Rank<'a> = (&'a str, usize, &'a str, &'a str);

/// A transfer of one sender to one circle: by its sender's URN, the circle, and its id.
type TransferKey<'a> = (&'a str, BundleKind, &'a str);

/// The day on which a transfer was made, and which one it replaces.
type Link<'a> = (&'a str, Option<&'a str>);

fn key(bundle: &Accepted) -> TransferKey<'_> {
    (bundle.manifest.from.urn.as_str(), bundle.manifest.kind, &bundle.manifest.transfer)
}

fn link(bundle: &Accepted) -> Link<'_> {
    (&bundle.manifest.made_on, bundle.manifest.replaces.as_deref())
}

fn rank<'a>(links: &BTreeMap<TransferKey<'a>, Link<'a>>, bundle: &'a Accepted) -> Rank<'a> {
    let (day, depth) = chain(links, key(bundle));
    (day, depth, &bundle.received.sealed_at, &bundle.received.manifest_sha256)
}

/// The day and the number of those it replaces, along the chain of transfers. A chain that goes round is cut off.
fn chain<'a>(links: &BTreeMap<TransferKey<'a>, Link<'a>>, (urn, kind, transfer): TransferKey<'a>) -> (&'a str, usize) {
    let (mut day, mut depth, mut at) = ("", 0, Some(transfer));
    while let Some((made_on, replaces)) = at.and_then(|transfer| links.get(&(urn, kind, transfer))) {
        day = day.max(made_on);
        at = *replaces;
        if depth == links.len() {
            break;
        }
        depth += 1;
    }
    (day, depth)
}

impl Register {
    /// Out of all that was accepted and all that was taken back. `circle` leaves only what one circle has got.
    #[must_use]
    pub fn of(all: &[Accepted], recalls: &[Recall], circle: Option<BundleKind>) -> Self {
        let is_wanted = |bundle: &&Accepted| circle.is_none_or(|circle| bundle.manifest.kind == circle);
        let links: BTreeMap<TransferKey<'_>, Link<'_>> = all.iter().map(|bundle| (key(bundle), link(bundle))).collect();
        let mut bundles: Vec<(Rank<'_>, &Accepted)> =
            all.iter().filter(is_wanted).map(|bundle| (rank(&links, bundle), bundle)).collect();
        // The latest first.
        bundles.sort_by_key(|(rank, _)| Reverse(*rank));
        let mut children: BTreeMap<(&str, &str), Child> = BTreeMap::new();
        for (_, bundle) in &bundles {
            for pack in bundle.received.packs.iter().filter(|pack| pack.deleted_on.is_none()) {
                let key = (bundle.manifest.from.urn.as_str(), pack.reference.as_str());
                children.entry(key).or_insert_with(|| child_of(bundle, pack)).add(bundle, pack, recalls);
            }
        }
        let mut children: Vec<Child> = children.into_values().collect();
        let mut senders: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for child in children.iter().filter(|child| !child.upn.is_empty()) {
            let own = (child.from.urn.to_string(), child.from.name.as_str().to_owned());
            senders.entry(child.upn.clone()).or_default().push(own);
        }
        for child in &mut children {
            let urn = child.from.urn.to_string();
            let others = senders.get(&child.upn).into_iter().flatten().filter(|(other, _)| *other != urn);
            child.also_from = others.map(|(_, name)| name.clone()).collect();
        }
        children.sort_by_cached_key(|child| (child.name.to_lowercase(), child.reference.clone()));
        Self { children }
    }
}

impl Register {
    /// The children of whom there are packs here and none of a kind that counts, unless nothing more is to come of them.
    pub fn without(&self, kind: PackKind) -> impl Iterator<Item = &Child> {
        self.children.iter().filter(move |child| !child.is_settled() && child.current(kind).is_none())
    }

    /// The same with references alone.
    #[must_use]
    pub fn without_names(&self) -> Self {
        let mut register = self.clone();
        for child in &mut register.children {
            for words in [&mut child.name, &mut child.legal_name, &mut child.upn, &mut child.dob] {
                words.clear();
            }
        }
        register
    }
}

fn child_of(bundle: &Accepted, pack: &ReceivedPack) -> Child {
    Child {
        name: pack.child.clone(),
        legal_name: String::new(),
        upn: String::new(),
        dob: String::new(),
        reference: pack.reference.clone(),
        from: bundle.manifest.from.clone(),
        packs: Vec::new(),
        also_from: Vec::new(),
        is_not_ours: false,
    }
}

impl Child {
    fn add(&mut self, bundle: &Accepted, pack: &ReceivedPack, recalls: &[Recall]) {
        let fill = |own: &mut String, other: &str| {
            if own.is_empty() {
                other.clone_into(own);
            }
        };
        fill(&mut self.name, &pack.child);
        fill(&mut self.legal_name, &pack.legal_name);
        fill(&mut self.upn, &pack.upn);
        fill(&mut self.dob, &pack.dob);
        let (from, transfer) = (&bundle.manifest.from.urn, &bundle.manifest.transfer);
        let recall = recalls.iter().find(|recall| recall.is_about(from, transfer, &pack.sha256));
        self.is_not_ours |= bundle.received.not_ours.contains(&pack.reference);
        // The same file in two bundles is one pack, unless it was taken back out of one of them. It was received when it came
        // first.
        let is_same = |known: &&mut Pack| {
            known.kind == pack.kind && known.sha256 == pack.sha256 && known.recalled.is_some() == recall.is_some()
        };
        if let Some(known) = self.packs.iter_mut().find(is_same) {
            known.received_on = known.received_on.clone().min(bundle.received.received_on.clone());
            known.made_on = known.made_on.clone().min(bundle.manifest.made_on.clone());
            return;
        }
        let is_known = self.packs.iter().any(|known| known.kind == pack.kind && known.state == State::Current);
        self.packs.push(Pack {
            kind: pack.kind,
            made_on: bundle.manifest.made_on.clone(),
            received_on: bundle.received.received_on.clone(),
            path: format!("{}/{}", bundle.folder, pack.file),
            sha256: pack.sha256.clone(),
            state: match recall {
                Some(_) => State::Recalled,
                None if is_known => State::Replaced,
                None => State::Current,
            },
            recalled: recall.map(|recall| format!("{}: {}", recall.made_on, recall.reason.words())),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The transfers of a chain, as id, day and what each replaces, from the latest.
    fn in_order(transfers: &[(&'static str, &'static str, Option<&'static str>)]) -> Vec<&'static str> {
        let key = |id| ("999201", BundleKind::General, id);
        let links = transfers.iter().map(|(id, day, replaces)| (key(*id), (*day, *replaces))).collect();
        let mut ids: Vec<&str> = transfers.iter().map(|(id, ..)| *id).collect();
        ids.sort_by_key(|id| Reverse(chain(&links, key(id))));
        ids
    }

    #[test]
    fn what_replaces_another_is_later_whatever_its_clock_says_and_otherwise_the_day_decides() {
        let (first, second, third) = ("2026-07-01", "2026-07-02", "2026-07-03");
        assert_eq!(in_order(&[("A", first, None), ("B", third, None), ("C", second, None)]), ["B", "C", "A"]);
        // Made on a computer whose clock is a day behind.
        assert_eq!(in_order(&[("A", second, None), ("B", first, Some("A"))]), ["B", "A"]);
        assert_eq!(in_order(&[("A", third, None), ("B", second, Some("A")), ("C", first, Some("B"))]), ["C", "B", "A"]);
        // A ledger that was lost: nothing is said to be replaced, and the day is later.
        assert_eq!(in_order(&[("A", first, None), ("B", first, Some("A")), ("C", second, None)]), ["C", "B", "A"]);
        // What it replaces never arrived.
        assert_eq!(in_order(&[("B", first, Some("A")), ("C", second, None)]), ["C", "B"]);
    }

    #[test]
    fn transfers_that_replace_one_another_in_a_circle_have_an_order_too() {
        let transfers =
            [("A", "2026-07-01", Some("B")), ("B", "2026-07-02", Some("C")), ("C", "2026-07-03", Some("A"))];
        assert_eq!(in_order(&transfers).len(), 3);
    }
}

//! The register: every child of whom anything was received, with the packs that count today.

use std::collections::BTreeMap;

use serde::Serialize;

use super::received::{Received, ReceivedPack};
use crate::bundle::Manifest;
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
}

impl Child {
    /// The pack of a kind that counts.
    #[must_use]
    pub fn current(&self, kind: PackKind) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.kind == kind && pack.state == State::Current)
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

/// What a bundle was, for putting one before another.
struct Version<'a> {
    received: &'a Received,
    manifest: Manifest,
    folder: &'a str,
}

impl Version<'_> {
    /// Whether this one is later than another of the same sender and circle: by what replaces what, then by the day it was
    /// made, then by when it was sealed. When it arrived counts for nothing.
    fn is_after(&self, other: &Self) -> bool {
        let replaces = |one: &Manifest, other: &Manifest| one.replaces.as_ref() == Some(&other.transfer);
        if replaces(&self.manifest, &other.manifest) || replaces(&other.manifest, &self.manifest) {
            return replaces(&self.manifest, &other.manifest);
        }
        let key = |version: &Self| (version.manifest.made_on.clone(), version.received.sealed_at.clone());
        key(self) > key(other)
    }
}

impl Register {
    /// Out of all that was accepted: each with the folder in which it lies, seen from the receiving folder. `circle` leaves
    /// only what one circle has got.
    #[must_use]
    pub fn of(all: &[(String, Received)], circle: Option<BundleKind>) -> Self {
        let mut versions: Vec<Version<'_>> = all
            .iter()
            .filter_map(|(folder, received)| Some(Version { manifest: received.list()?, received, folder }))
            .filter(|version| circle.is_none_or(|circle| version.manifest.kind == circle))
            .collect();
        // The latest first; where neither is later, the one whose digest is greater: always the same one.
        versions.sort_by(|one, other| match (one.is_after(other), other.is_after(one)) {
            (true, false) => std::cmp::Ordering::Less,
            (false, true) => std::cmp::Ordering::Greater,
            _ => other.received.manifest_sha256.cmp(&one.received.manifest_sha256),
        });
        let mut children: BTreeMap<(String, String), Child> = BTreeMap::new();
        for version in &versions {
            for pack in &version.received.packs {
                let key = (version.manifest.from.urn.to_string(), pack.reference.clone());
                let child = children.entry(key).or_insert_with(|| child_of(version, pack));
                child.add(version, pack);
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

fn child_of(version: &Version<'_>, pack: &ReceivedPack) -> Child {
    Child {
        name: pack.child.clone(),
        legal_name: String::new(),
        upn: String::new(),
        dob: String::new(),
        reference: pack.reference.clone(),
        from: version.manifest.from.clone(),
        packs: Vec::new(),
        also_from: Vec::new(),
    }
}

impl Child {
    fn add(&mut self, version: &Version<'_>, pack: &ReceivedPack) {
        let fill = |own: &mut String, other: &str| {
            if own.is_empty() {
                other.clone_into(own);
            }
        };
        fill(&mut self.name, &pack.child);
        fill(&mut self.legal_name, &pack.legal_name);
        fill(&mut self.upn, &pack.upn);
        fill(&mut self.dob, &pack.dob);
        // The same file in two bundles is one pack.
        if self.packs.iter().any(|known| known.kind == pack.kind && known.sha256 == pack.sha256) {
            return;
        }
        let is_known = self.packs.iter().any(|known| known.kind == pack.kind);
        self.packs.push(Pack {
            kind: pack.kind,
            made_on: version.manifest.made_on.clone(),
            received_on: version.received.received_on.clone(),
            path: format!("{}/{}", version.folder, pack.file),
            sha256: pack.sha256.clone(),
            state: if is_known { State::Replaced } else { State::Current },
        });
    }
}

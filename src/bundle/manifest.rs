//! The manifest: sender, receiver, and every file with its size and digest.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::spool::Spooled;
use crate::circle::{BundleKind, PackKind};
use crate::school::School;
use crate::sign::Fingerprint;
use crate::text::{Note, PersonName, PlainLine, is_plain_line, is_reference, json_lines};

/// The names of the files that are about no single child.
pub(super) const LETTER: &str = "COVER-LETTER.pdf";

pub(super) const LETTER_TEXT: &str = "COVER-LETTER.txt";

pub(super) const START_HERE: &str = "START-HERE.html";

/// What a file in a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The page to begin with.
    StartHere,
    /// The sealed cover letter.
    Letter,
    /// The cover letter as text.
    LetterText,
    /// A sealed PDF about one child.
    Pack,
    /// The machine-readable record.
    Record,
}

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// The child's opaque reference, where it is about one child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The name the child goes by, of a pack: for the page to begin with. Whoever opens a bundle may know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<PersonName>,
    /// Of a pack that was made before its bundle: the day, `2026-07-03`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_on: Option<String>,
    /// Of a pack: whether the receiving school has this very file from an earlier transfer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unchanged: bool,
    /// Its size in bytes.
    pub size: usize,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_false(is: &bool) -> bool {
    !is
}

/// An error in spite of which a child's pack went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideNote {
    /// The child's opaque reference.
    pub reference: String,
    /// The rule.
    pub rule: PlainLine<8>,
    /// Why the pack could not wait.
    pub reason: Note,
    /// Who decided.
    pub by: Note,
    /// The day, `2026-07-10`.
    pub on: String,
}

/// The manifest of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `handover-bundle`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The id of the transfer that sister bundles share.
    pub transfer: String,
    /// The earlier transfer whose packs of the same children it replaces, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// For whom.
    pub kind: BundleKind,
    /// The day it was made, `2026-07-10`.
    pub made_on: String,
    /// The program and version.
    pub made_by: String,
    /// The sending school.
    pub from: School,
    /// The receiving school.
    pub to: School,
    /// The SHA-256 of the certificate of the person who signs beside the school, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersigned_by: Option<String>,
    /// The SHA-256 of the school's own templates, where the packs were not made with the built-in ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<String>,
    /// Errors in spite of which packs went out; in the safeguarding bundle alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideNote>,
    /// Every other file, in order of name.
    pub files: Vec<Listed>,
}

impl Manifest {
    /// The name of the manifest in a bundle.
    pub const PATH: &'static str = "manifest.json";
    /// The name of its signature.
    pub const SIGNATURE_PATH: &'static str = "manifest.json.p7s";
    /// The name of a person's signature over the same bytes, where there is one.
    pub const COUNTERSIGNATURE_PATH: &'static str = "manifest.json.countersigned.p7s";
    /// The name of the page to begin with.
    pub const START_HERE_PATH: &'static str = START_HERE;
    /// The name of the sealed cover letter.
    pub const LETTER_PATH: &'static str = LETTER;
    /// What lies in every bundle and nowhere else.
    pub const OWN_PARTS: [&'static str; 5] =
        [Self::PATH, Self::SIGNATURE_PATH, Self::COUNTERSIGNATURE_PATH, START_HERE, LETTER_TEXT];
    /// What `format` says.
    pub const FORMAT: &'static str = "handover-bundle";
    /// The version written and read here.
    pub const VERSION: u32 = 1;

    /// The one way to write it: fields in order, two spaces, line feed at the end.
    ///
    /// # Errors
    /// Only if serialising fails, which plain strings and numbers do not.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        json_lines(self)
    }

    /// A manifest from its bytes; `None` unless they are the one way to write it.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let ours = manifest.format == Self::FORMAT && manifest.version == Self::VERSION;
        let again = manifest.to_bytes().ok()?;
        let plain = manifest.has_plain_numbers() && manifest.has_plain_words();
        (ours && again == bytes && plain && manifest.lists_what_bundles_hold()).then_some(manifest)
    }

    /// The day it was made; a manifest that was read has one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.made_on.parse().ok()
    }

    /// Whether every file stands once, in order, and is one that a bundle for these readers holds; packs with their
    /// records.
    fn lists_what_bundles_hold(&self) -> bool {
        let in_order = self.files.windows(2).all(|two| matches!(two, [a, b] if a.path < b.path));
        let stems = |kind: FileKind| {
            let of_kind = self.files.iter().filter(move |listed| listed.kind == kind);
            of_kind.map(|listed| listed.path.rsplit_once('.').map(|(stem, _)| stem))
        };
        let once = |kind| self.files.iter().filter(|listed| listed.kind == kind).count() == 1;
        let children: BTreeSet<_> = self.files.iter().filter_map(|listed| listed.reference.as_ref()).collect();
        let packs = stems(FileKind::Pack).count();
        in_order
            && self.files.iter().all(|listed| listed.is_held_by(self.kind))
            && stems(FileKind::Pack).eq(stems(FileKind::Record))
            // Each child has all packs that these readers get.
            && packs == children.len() * self.kind.packs().len()
            && [FileKind::StartHere, FileKind::Letter, FileKind::LetterText].into_iter().all(once)
    }

    /// Whether the words in it stand where they belong; that they draw no lines of their own their types have seen to.
    fn has_plain_words(&self) -> bool {
        let note = |note: &OverrideNote| {
            self.kind == BundleKind::Safeguarding
                && self.files.iter().any(|listed| listed.reference.as_ref() == Some(&note.reference))
                && note.on.parse::<Date>().is_ok()
        };
        is_plain_line(&self.made_by, 40)
            && [&self.countersigned_by, &self.templates]
                .into_iter()
                .flatten()
                .all(|digest| Fingerprint::from_hex(digest).is_some())
            && self.overrides.iter().all(note)
    }

    /// Whether id and day, which name folders and files, are what they should be: whoever signs chooses them.
    fn has_plain_numbers(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        let is_id = |id: &str| (1..=16).contains(&id.len()) && id.bytes().all(plain);
        let replaces = self.replaces.as_ref().is_none_or(|other| is_id(other) && *other != self.transfer);
        let is_day = |text: &str| text.parse::<Date>().is_ok_and(|day| day.to_string() == text);
        // Days of four digits, in order of time as in order of letters.
        let earlier = |listed: &Listed| match &listed.made_on {
            Some(day) => listed.kind == FileKind::Pack && is_day(day) && *day < self.made_on,
            None => true,
        };
        let known = |listed: &Listed| !listed.unchanged || (listed.kind == FileKind::Pack && self.replaces.is_some());
        is_id(&self.transfer)
            && replaces
            && is_day(&self.made_on)
            && self.files.iter().all(|listed| earlier(listed) && known(listed))
    }

    /// The day on which one of its packs was made.
    #[must_use]
    pub fn pack_day<'a>(&'a self, listed: &'a Listed) -> &'a str {
        listed.made_on.as_deref().unwrap_or(&self.made_on)
    }
}

impl Listed {
    /// Which pack it or its record is, by the word at the end of its name: `general` of `K7Q2-9M3XA-general.pdf`.
    #[must_use]
    pub fn pack(&self) -> Option<PackKind> {
        let (stem, _) = self.path.rsplit_once('.')?;
        PackKind::sent(stem.strip_prefix(self.reference.as_deref()?)?.strip_prefix('-')?)
    }

    /// Whether its name is the one that a file of its kind has in a bundle of a kind.
    fn is_held_by(&self, bundle: BundleKind) -> bool {
        let own = |name: &str| self.reference.is_none() && self.path == name;
        let of_child = |ending: &str| {
            self.reference.as_deref().is_some_and(is_reference)
                && self.path.ends_with(ending)
                && self.pack().is_some_and(|pack| bundle.packs().contains(&pack))
        };
        let named = self.child.is_none() || self.kind == FileKind::Pack;
        let held = match self.kind {
            FileKind::StartHere => own(START_HERE),
            FileKind::Letter => own(LETTER),
            FileKind::LetterText => own(LETTER_TEXT),
            FileKind::Pack => of_child(".pdf"),
            FileKind::Record => of_child(".json"),
        };
        held && named
    }

    /// The entry of a file.
    #[must_use]
    pub fn new(path: &str, kind: FileKind, reference: Option<&str>, file: Spooled) -> Self {
        let Spooled { sha256, size } = file;
        let (path, reference) = (path.to_owned(), reference.map(str::to_owned));
        Self { path, kind, reference, child: None, made_on: None, unchanged: false, size, sha256 }
    }

    /// Whether bytes are this file's.
    #[must_use]
    pub fn matches(&self, bytes: &[u8]) -> bool {
        Spooled::of(bytes) == Spooled { sha256: self.sha256.clone(), size: self.size }
    }
}

//! Puts sealed packs and records of several children into one bundle and signs its manifest.

use std::collections::BTreeMap;

use super::archive::ArchiveWriter;
use super::manifest::{FileKind, LETTER, LETTER_TEXT, Listed, Manifest, OverrideNote, START_HERE};
use super::spool::{Spool, SpoolError, Spooled};
use super::start_here::start_here;
use crate::circle::BundleKind;
use crate::problem::MADE_BY;
use crate::school::School;
use crate::sign::{Identity, sign_detached};
use crate::text::PersonName;

/// One child's files for one bundle.
#[derive(Debug, Clone)]
pub struct Child {
    /// The opaque reference.
    pub reference: String,
    /// The name the child goes by, where it is a plain line.
    pub name: Option<PersonName>,
    /// The files.
    pub files: Vec<ChildFile>,
    /// What the manifest says about errors in spite of which the packs go out.
    pub overrides: Vec<OverrideNote>,
}

/// One file about one child.
#[derive(Debug, Clone)]
pub struct ChildFile {
    /// Its name in the bundle, made of the reference.
    pub path: String,
    /// A sealed PDF or a record.
    pub kind: FileKind,
    /// Where its content lies.
    pub content: Spooled,
    /// The day it was made, `2026-07-10`.
    pub made_on: String,
    /// Whether the receiving school has it from an earlier transfer.
    pub unchanged: bool,
}

/// A finished bundle.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its manifest.
    pub manifest: Manifest,
    /// The ZIP.
    pub zip: Vec<u8>,
}

/// Why a bundle could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleError {
    /// A finished document is gone, or another.
    Spool(SpoolError),
    /// Our own mistake.
    Ours(String),
}

impl std::fmt::Display for BundleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Spool(error) => error.fmt(f),
            Self::Ours(error) => write!(f, "the bundle could not be made: {error}"),
        }
    }
}

impl std::error::Error for BundleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spool(error) => Some(error),
            Self::Ours(_) => None,
        }
    }
}

/// What goes into one bundle.
#[derive(Debug, Clone)]
pub struct Contents {
    /// For whom.
    pub kind: BundleKind,
    /// The id of the transfer.
    pub transfer: String,
    /// The transfer that it replaces, where there is one.
    pub replaces: Option<String>,
    /// The day it is made, `2026-07-10`.
    pub made_on: String,
    /// The sending school.
    pub from: School,
    /// The receiving school.
    pub to: School,
    /// The SHA-256 of the templates, where they are not the built-in ones.
    pub templates: Option<String>,
    /// The sealed cover letter, and its text.
    pub letter: (Vec<u8>, String),
    /// The children.
    pub children: Vec<Child>,
}

/// What a file of a bundle is, before it is in the archive.
enum Content {
    Held(Vec<u8>),
    Spooled(Spooled),
}

/// Makes one bundle out of what lies in a spool. A person may sign its manifest beside the school.
///
/// # Errors
/// [`BundleError`] where a finished document is gone, or a part refuses, which it does not for files that this program made.
pub fn assemble(
    identity: &Identity,
    person: Option<&Identity>,
    contents: Contents,
    spool: &dyn Spool,
) -> Result<Bundle, BundleError> {
    let mut files = BTreeMap::new();
    let mut listed = Vec::new();
    let mut overrides = Vec::new();
    for child in contents.children {
        overrides.extend(child.overrides);
        for file in child.files {
            let entry = Listed::new(&file.path, file.kind, Some(&child.reference), file.content.clone());
            let is_pack = file.kind == FileKind::Pack;
            listed.push(Listed {
                child: child.name.clone().filter(|_| is_pack),
                made_on: Some(file.made_on).filter(|day| is_pack && *day != contents.made_on),
                unchanged: file.unchanged,
                ..entry
            });
            files.insert(file.path, Content::Spooled(file.content));
        }
    }
    let (letter, text) = contents.letter;
    for (path, kind, bytes) in
        [(LETTER, FileKind::Letter, letter), (LETTER_TEXT, FileKind::LetterText, text.into_bytes())]
    {
        listed.push(Listed::new(path, kind, None, Spooled::of(&bytes)));
        files.insert(path.to_owned(), Content::Held(bytes));
    }
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    let mut manifest = Manifest {
        format: Manifest::FORMAT.to_owned(),
        version: Manifest::VERSION,
        transfer: contents.transfer,
        replaces: contents.replaces,
        kind: contents.kind,
        made_on: contents.made_on,
        made_by: MADE_BY.to_owned(),
        from: contents.from,
        to: contents.to,
        countersigned_by: person.map(|person| person.certificate().fingerprint().to_string()),
        templates: contents.templates,
        overrides,
        files: listed,
    };
    let page = start_here(&manifest, identity.certificate()).map_err(|error| BundleError::Ours(error.to_string()))?;
    manifest.files.push(Listed::new(START_HERE, FileKind::StartHere, None, Spooled::of(&page)));
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    let bytes = manifest.to_bytes().map_err(|error| BundleError::Ours(error.to_string()))?;
    let signature =
        sign_detached(identity, &bytes).ok_or_else(|| BundleError::Ours("the key refused to sign".into()))?;
    if let Some(person) = person {
        let beside = sign_detached(person, &bytes)
            .ok_or_else(|| BundleError::Ours("the person's key refused to sign".into()))?;
        files.insert(Manifest::COUNTERSIGNATURE_PATH.to_owned(), Content::Held(beside));
    }
    for (path, bytes) in [(START_HERE, page), (Manifest::PATH, bytes), (Manifest::SIGNATURE_PATH, signature)] {
        files.insert(path.to_owned(), Content::Held(bytes));
    }
    Ok(Bundle { manifest, zip: archive(&files, spool)? })
}

/// The archive of all files, of which one at a time is taken out of the spool.
fn archive(files: &BTreeMap<String, Content>, spool: &dyn Spool) -> Result<Vec<u8>, BundleError> {
    let size = |content: &Content| match content {
        Content::Held(bytes) => bytes.len(),
        Content::Spooled(file) => file.size,
    };
    let mut archive = ArchiveWriter::new(files.len(), files.values().map(size).fold(0, usize::saturating_add));
    for (path, content) in files {
        let added = match content {
            Content::Held(bytes) => archive.add(path, bytes),
            Content::Spooled(file) => archive.add(path, &spool.get(file).map_err(BundleError::Spool)?),
        };
        added.map_err(|error| BundleError::Ours(format!("{error:?}")))?;
    }
    archive.finish().map_err(|error| BundleError::Ours(format!("{error:?}")))
}

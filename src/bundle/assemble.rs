//! Puts sealed packs and records of several children into one bundle and signs its manifest.

use std::collections::BTreeMap;

use super::archive::write_archive;
use super::manifest::{FileKind, LETTER, LETTER_TEXT, Listed, Manifest, OverrideNote, START_HERE};
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
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A finished bundle.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its manifest.
    pub manifest: Manifest,
    /// The ZIP.
    pub zip: Vec<u8>,
}

/// Why a bundle could not be made: always our own mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError(pub String);

impl std::fmt::Display for BundleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the bundle could not be made: {}", self.0)
    }
}

impl std::error::Error for BundleError {}

/// What goes into one bundle.
#[derive(Debug, Clone)]
pub struct Contents {
    /// For whom.
    pub kind: BundleKind,
    /// The id of the transfer.
    pub transfer: String,
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

/// Makes one bundle. A person may sign its manifest beside the school.
///
/// # Errors
/// [`BundleError`] where a part refuses, which it does not for files that this program made.
pub fn assemble(identity: &Identity, person: Option<&Identity>, contents: Contents) -> Result<Bundle, BundleError> {
    let mut files = BTreeMap::new();
    let mut listed = Vec::new();
    let mut overrides = Vec::new();
    for child in contents.children {
        overrides.extend(child.overrides);
        for file in child.files {
            let entry = Listed::new(&file.path, file.kind, Some(&child.reference), &file.bytes);
            let name = child.name.clone().filter(|_| file.kind == FileKind::Pack);
            listed.push(Listed { child: name, ..entry });
            files.insert(file.path, file.bytes);
        }
    }
    let (letter, text) = contents.letter;
    for (path, kind, bytes) in
        [(LETTER, FileKind::Letter, letter), (LETTER_TEXT, FileKind::LetterText, text.into_bytes())]
    {
        listed.push(Listed::new(path, kind, None, &bytes));
        files.insert(path.to_owned(), bytes);
    }
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    let mut manifest = Manifest {
        format: Manifest::FORMAT.to_owned(),
        version: Manifest::VERSION,
        transfer: contents.transfer,
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
    let broken = |error: String| BundleError(error);
    let page = start_here(&manifest, identity.certificate()).map_err(|error| broken(error.to_string()))?;
    manifest.files.push(Listed::new(START_HERE, FileKind::StartHere, None, &page));
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    let bytes = manifest.to_bytes().map_err(|error| broken(error.to_string()))?;
    let signature = sign_detached(identity, &bytes).ok_or_else(|| broken("the key refused to sign".into()))?;
    if let Some(person) = person {
        let beside = sign_detached(person, &bytes).ok_or_else(|| broken("the person's key refused to sign".into()))?;
        files.insert(Manifest::COUNTERSIGNATURE_PATH.to_owned(), beside);
    }
    files.insert(START_HERE.to_owned(), page);
    files.insert(Manifest::PATH.to_owned(), bytes);
    files.insert(Manifest::SIGNATURE_PATH.to_owned(), signature);
    let zip = write_archive(&files).map_err(|error| broken(format!("{error:?}")))?;
    Ok(Bundle { manifest, zip })
}

//! One child's documents: rendered and sealed, or found again where they say the same as before.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::letter::{InLetter, in_letter};
use super::memory::{KnownPack, Memory};
use super::sender::{Sender, TransferError};
use crate::bundle::{Child, ChildFile, FileKind, OverrideNote, Spool, Spooled};
use crate::check::{Checked, CompressedRecord, Override};
use crate::circle::{BundleKind, PackKind};
use crate::document::{OtherPacks, PackContent, Subject, has_send_content, render};
use crate::picture::Pictures;
use crate::record::{Day, child_name};
use crate::sign::SealedPdf;
use crate::text::{PlainLine, hex, said, say};

/// One record that may be packed, with its number in the run.
#[derive(Debug, Clone, Copy)]
pub struct PackInput<'a> {
    /// Its number.
    pub number: usize,
    /// The record.
    pub record: &'a CompressedRecord,
    /// The SHA-256 of the record and of the files of its pictures.
    pub(super) digest: [u8; 32],
}

impl<'a> PackInput<'a> {
    /// A record with the files of its pictures: name and SHA-256 of each.
    #[must_use]
    pub fn new(number: usize, record: &'a CompressedRecord, pictures: &BTreeMap<String, String>) -> Self {
        let mut digest = Sha256::new();
        digest.update(record.digest());
        for (name, sha256) in pictures {
            digest.update(Sha256::digest(name));
            digest.update(sha256);
        }
        Self { number, record, digest: digest.finalize().into() }
    }
}

/// Where finished documents lie, and what is known of those of earlier runs.
#[derive(Clone, Copy)]
pub struct Storage<'a> {
    /// Where they lie until their bundle is made.
    pub spool: &'a dyn Spool,
    /// What was sealed before.
    pub memory: &'a dyn Memory,
}

/// One child's sealed documents, for each bundle in which the child has something.
#[derive(Debug)]
pub struct ChildDocuments<'a> {
    pub(super) input: PackInput<'a>,
    pub(super) parts: BTreeMap<BundleKind, Part>,
}

/// One child's part of one bundle.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) child: Child,
    /// What the letter says of it.
    pub(super) in_letter: InLetter,
    pub(super) is_shortened: bool,
}

impl ChildDocuments<'_> {
    /// The number of the record in the run.
    #[must_use]
    pub fn number(&self) -> usize {
        self.input.number
    }

    /// The child's opaque reference.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.parts.values().next().map_or("", |part| &part.child.reference)
    }

    /// How many bytes its largest part of a bundle has.
    pub(super) fn size(&self) -> usize {
        let of = |part: &Part| part.child.files.iter().map(|file| file.content.size).sum();
        self.parts.values().map(of).max().unwrap_or_default()
    }
}

/// A sealed pack, and the record in it.
struct SealedPack {
    about: KnownPack,
    record: Spooled,
}

impl Sender<'_> {
    /// Renders and seals all documents of one child, or finds those again that were made before and say the same. Nothing
    /// in them depends on who else is in the transfer. `checked` is the record of `input`.
    ///
    /// # Errors
    /// [`TransferError`] for the first document that cannot be made; it is this child's alone, except where a timestamp
    /// service, the disk or the school's own templates are at fault.
    pub fn documents<'a>(
        &self,
        input: PackInput<'a>,
        checked: &Checked,
        pictures: &Pictures,
        storage: Storage<'_>,
    ) -> Result<ChildDocuments<'a>, TransferError> {
        let (mut parts, mut others) = (BTreeMap::new(), OtherPacks::default());
        for kind in BundleKind::ALL {
            if let Some(part) = self.part(checked, pictures, kind, &mut others, storage)? {
                parts.insert(kind, part);
            }
        }
        Ok(ChildDocuments { input, parts })
    }

    /// One child's files for one bundle; none where the child has nothing for these readers. What was made is added to
    /// the packs that the next ones need not repeat.
    fn part(
        &self,
        checked: &Checked,
        pictures: &Pictures,
        kind: BundleKind,
        others: &mut OtherPacks,
        storage: Storage<'_>,
    ) -> Result<Option<Part>, TransferError> {
        let data = |error: serde_json::Error| TransferError::Data(error.to_string());
        if kind == BundleKind::Send && !has_send_content(checked.record()).map_err(data)? {
            return Ok(None);
        }
        let reference = self.reference(checked.upn());
        let (mut files, mut documents, mut is_shortened) = (Vec::new(), Vec::new(), false);
        for pack_kind in kind.packs() {
            let subject = Subject::checked(checked, pictures).beside(others);
            let SealedPack { about, record } = self.pack(subject, *pack_kind, &reference, storage)?;
            let pages = match about.pages {
                1 => say!("1 page"),
                pages => say!("{pages} pages", pages),
            };
            documents.push(format!("{} ({pages})", said(pack_kind.words())));
            is_shortened |= about.is_shortened;
            let stem = format!("{reference}-{}", pack_kind.key());
            let file = |ending: &str, kind, content| ChildFile {
                path: format!("{stem}.{ending}"),
                kind,
                content,
                made_on: about.made_on.to_string(),
                unchanged: false,
            };
            files.push(file("pdf", FileKind::Pack, about.pdf.clone()));
            files.push(file("json", FileKind::Record, record));
            others.add(*pack_kind, about.sections);
        }
        // A reason may tell what only the safeguarding lead may know.
        let given = if kind == BundleKind::Safeguarding { checked.overrides() } else { &[] };
        let overrides = given.iter().map(|given| note(&reference, given)).collect::<Option<Vec<_>>>();
        let overrides = overrides.ok_or_else(|| TransferError::Data("a rule has no code".to_owned()))?;
        let name = PlainLine::parse(&child_name(checked.record())).ok();
        let in_letter = in_letter(checked.record(), kind, self.day, reference.clone(), documents).map_err(data)?;
        Ok(Some(Part { child: Child { reference, name, files, overrides }, in_letter, is_shortened }))
    }

    /// One pack: the file that was sealed before, where it says the same; typeset again with the day of that file, where
    /// it is not to be found; else made anew.
    fn pack(
        &self,
        subject: Subject<'_>,
        kind: PackKind,
        reference: &str,
        storage: Storage<'_>,
    ) -> Result<SealedPack, TransferError> {
        let details = self.details(reference, self.day);
        let content = PackContent::of(subject, kind, &details).map_err(TransferError::Render)?;
        let key = self.key(kind, &content);
        let is_earlier = |known: &KnownPack| known.made_on <= self.day && known.sealed_at <= self.at;
        if let Some(known) = storage.memory.known(&key).filter(is_earlier) {
            let file_name = format!("{reference}-{}.pdf", kind.key());
            let found = storage.memory.found(&known, &file_name);
            if let Some((record, pdf)) = found.and_then(|pdf| Some((record_in(&pdf, &content, known.made_on)?, pdf))) {
                storage.spool.put(&pdf).map_err(TransferError::Spool)?;
                let record = storage.spool.put(&record).map_err(TransferError::Spool)?;
                return Ok(SealedPack { about: known, record });
            }
            // A timestamp is never the same again.
            if self.timestamps.is_none() {
                let made = self.made(subject, kind, (reference, known.made_on, known.sealed_at), storage.spool)?;
                if made.about.pdf == known.pdf {
                    return Ok(made);
                }
            }
        }
        let made = self.made(subject, kind, (reference, self.day, self.at), storage.spool)?;
        storage.memory.remember(&key, reference, kind, &made.about);
        Ok(made)
    }

    /// A pack as on a day, sealed as at a moment.
    fn made(
        &self,
        subject: Subject<'_>,
        kind: PackKind,
        (reference, made_on, sealed_at): (&str, Day, Timestamp),
        spool: &dyn Spool,
    ) -> Result<SealedPack, TransferError> {
        let pack =
            render(self.engine, subject, kind, &self.details(reference, made_on)).map_err(TransferError::Render)?;
        let sealed = self.sealed(&pack.pdf, sealed_at)?;
        let about = KnownPack {
            pdf: spool.put(&sealed).map_err(TransferError::Spool)?,
            made_on,
            sealed_at,
            pages: pack.layout.pages,
            sections: pack.layout.sections,
            is_shortened: pack.is_shortened,
        };
        Ok(SealedPack { about, record: spool.put(&pack.record).map_err(TransferError::Spool)? })
    }

    /// What tells a pack from all that say something else, were sealed by somebody else, or in another way.
    fn key(&self, kind: PackKind, content: &PackContent) -> String {
        let mut digest = Sha256::new();
        digest.update(Sha256::digest(self.identity.certificate().der()));
        digest.update(kind.key());
        digest.update([u8::from(self.timestamps.is_some())]);
        digest.update(content.digest());
        hex(&digest.finalize())
    }
}

/// The record in a sealed pack, if it is the very content that is asked for.
fn record_in(pdf: &[u8], content: &PackContent, made_on: Day) -> Option<Vec<u8>> {
    let record = SealedPdf::parse(pdf).ok()?.source()?;
    content.is_in(&record, made_on).then_some(record)
}

fn note(reference: &str, given: &Override) -> Option<OverrideNote> {
    Some(OverrideNote {
        reference: reference.to_owned(),
        rule: PlainLine::parse(given.code).ok()?,
        reason: given.reason.clone(),
        by: given.by.clone(),
        on: given.on.to_string(),
    })
}

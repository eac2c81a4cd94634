//! One transfer: renders and seals each child's packs by itself, puts them into three bundles, and judges these as their
//! receiver will.
use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::letter::{enclosed_for, letter};
use crate::bundle::{
    Bundle, BundleError, Child, ChildFile, Contents, FileKind, MOST_CHILDREN, OverrideNote, ReferenceMaker, assemble,
};
use crate::check::{Checked, Override, Policy};
use crate::circle::BundleKind;
use crate::document::{
    Branding, OtherPacks, PackDetails, RenderError, Subject, Typesetter, has_send_content, render, render_letter,
};
use crate::picture::Pictures;
use crate::record::{Day, child_name};
use crate::school::{Laestab, School};
use crate::sign::{Certificate, Identity, Refusal, SealError, SealPlace, TimestampService, seal_pdf};
use crate::text::{PlainLine, said, say};
use crate::verify::{Answer, NOT_CONFIRMED, Trust, judge};

/// The most bytes of children's files in one transfer: half of what a bundle may hold, so that there is room for letter,
/// lists and the form of the archive.
const MOST_BYTES: usize = 256 << 20;

/// Where the seal's field lies on the first page: over the footer, beside the page number.
const SEAL_RECTANGLE: [i64; 4] = [51, 28, 400, 62];

/// The sending school at work: its identity, its engine, the day and the moment.
pub struct Sender<'a> {
    /// Who typesets.
    pub engine: &'a dyn Typesetter,
    /// The SHA-256 of the templates, where they are not the built-in ones.
    pub templates: Option<String>,
    /// How the school's pages look.
    pub branding: &'a Branding,
    /// The signing identity.
    pub identity: &'a Identity,
    /// A person who signs the manifests beside the school.
    pub person: Option<&'a Identity>,
    /// Makes opaque references.
    pub references: &'a ReferenceMaker,
    /// The day printed on the packs.
    pub day: Day,
    /// The time the seals claim.
    pub at: Timestamp,
    /// What the school has settled for itself.
    pub policy: &'a Policy,
    /// Who is asked for timestamps, if anybody.
    pub timestamps: Option<&'a dyn TimestampService>,
}

/// One record that may be packed, with its number in the run and its pictures.
#[derive(Debug, Clone, Copy)]
pub struct PackInput<'a> {
    /// Its number.
    pub number: usize,
    /// The record.
    pub checked: &'a Checked,
    /// Its pictures.
    pub pictures: &'a Pictures,
}

/// One child's sealed documents, for each bundle in which the child has something.
#[derive(Debug)]
pub struct ChildDocuments<'a> {
    input: PackInput<'a>,
    parts: BTreeMap<BundleKind, Part>,
}

/// One child's part of one bundle.
#[derive(Debug)]
struct Part {
    child: Child,
    /// The documents with their pages, for the letter.
    documents: Vec<String>,
    is_shortened: bool,
}

/// One bundle with its name, and its sealed PDFs for the sender to read.
#[derive(Debug)]
pub struct BundleOutput {
    /// The bundle.
    pub bundle: Bundle,
    /// A name without ending that tells nothing about children: `9994001-general-K7Q29M3X`.
    pub name: String,
    /// Names and bytes of the sealed PDFs.
    pub pdfs: Vec<(String, Vec<u8>)>,
    /// The numbers of the records whose profile was shortened to keep to its page.
    pub shortened: Vec<usize>,
}

/// Why documents or bundles could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferError {
    /// A document could not be rendered.
    Render(RenderError),
    /// A document could not be sealed.
    Seal(SealError),
    /// A bundle could not be made.
    Bundle(BundleError),
    /// The record could not be written as data.
    Data(String),
    /// What was made is not what its receiver would call genuine: never handed out.
    NotGenuine(Refusal),
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
            Self::Bundle(error) => error.fmt(f),
            Self::Data(error) => f.write_str(error),
            Self::NotGenuine(refusal) => {
                write!(f, "the receiving school would refuse the bundle, so it was not made. {refusal}")
            }
        }
    }
}

impl std::error::Error for TransferError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Render(error) => Some(error),
            Self::Seal(error) => Some(error),
            Self::Bundle(error) => Some(error),
            Self::Data(_) | Self::NotGenuine(_) => None,
        }
    }
}

impl ChildDocuments<'_> {
    /// The number of the record in the run.
    #[must_use]
    pub fn number(&self) -> usize {
        self.input.number
    }

    /// How many bytes its largest part of a bundle has.
    fn size(&self) -> usize {
        let of = |part: &Part| part.child.files.iter().map(|file| file.bytes.len()).sum();
        self.parts.values().map(of).max().unwrap_or_default()
    }
}

/// Children by the school that receives them, in the order of its DfE number; more than one bundle can hold become several
/// transfers.
#[must_use]
pub fn group_by_receiver(children: Vec<ChildDocuments<'_>>) -> Vec<Vec<ChildDocuments<'_>>> {
    let mut groups: BTreeMap<Laestab, Vec<ChildDocuments<'_>>> = BTreeMap::new();
    for child in children {
        groups.entry(child.input.checked.receiver().laestab.clone()).or_default().push(child);
    }
    groups.into_values().flat_map(in_transfers).collect()
}

/// Children of one receiving school in as many transfers as their number and size ask for.
fn in_transfers(mut children: Vec<ChildDocuments<'_>>) -> Vec<Vec<ChildDocuments<'_>>> {
    let sizes: Vec<usize> = children.iter().map(ChildDocuments::size).collect();
    let mut transfers = Vec::new();
    for count in shares(&sizes, MOST_CHILDREN, MOST_BYTES) {
        let rest = children.split_off(count.min(children.len()));
        transfers.push(std::mem::replace(&mut children, rest));
    }
    transfers
}

/// How many of some sizes go together, one after the other, each share as full as it can be; at least one.
fn shares(sizes: &[usize], most: usize, most_bytes: usize) -> Vec<usize> {
    let mut shares: Vec<usize> = Vec::new();
    let mut bytes: usize = 0;
    for size in sizes {
        match shares.last_mut() {
            Some(last) if *last < most && bytes.saturating_add(*size) <= most_bytes => {
                *last += 1;
                bytes += size;
            }
            _ => {
                shares.push(1);
                bytes = *size;
            }
        }
    }
    shares
}

impl Sender<'_> {
    /// Renders and seals all documents of one child. Nothing in them depends on who else is in the transfer.
    ///
    /// # Errors
    /// [`TransferError`] for the first document that cannot be made; it is this child's alone, except where a timestamp
    /// service or the school's own templates are at fault.
    pub fn documents<'a>(&self, input: PackInput<'a>) -> Result<ChildDocuments<'a>, TransferError> {
        let (mut parts, mut rendered) = (BTreeMap::new(), OtherPacks::default());
        for kind in BundleKind::ALL {
            if let Some(part) = self.part(&input, kind, &mut rendered)? {
                parts.insert(kind, part);
            }
        }
        Ok(ChildDocuments { input, parts })
    }

    /// Makes the bundles of one transfer: all children go to the same school. Bundles without a child are left out. Each
    /// is judged as its receiver will judge it.
    ///
    /// # Errors
    /// [`TransferError`] where a bundle cannot be made or would be refused; then nothing of the transfer is answered.
    pub fn transfer(&self, mut children: Vec<ChildDocuments<'_>>) -> Result<Vec<BundleOutput>, TransferError> {
        let Some(first) = children.first() else { return Ok(Vec::new()) };
        let (from, to) = (first.input.checked.sender().clone(), first.input.checked.receiver().clone());
        children.sort_by_cached_key(|child| self.reference(&child.input));
        let transfer = self.transfer_id(children.iter().map(|child| child.input), &to)?;
        let mut made = Vec::new();
        for kind in BundleKind::ALL {
            let parts: Vec<(PackInput<'_>, Part)> =
                children.iter_mut().filter_map(|child| Some((child.input, child.parts.remove(&kind)?))).collect();
            if !parts.is_empty() {
                let output = self.bundle(kind, &transfer, (&from, &to), parts)?;
                self.would_be_genuine(&output.bundle.zip, &from, &to)?;
                made.push(output);
            }
        }
        Ok(made)
    }

    /// The names that the bundles of some children will have, before anything is made: of those who go to the same school
    /// or of each by itself. Where documents turn out too large for one bundle, there will be others.
    ///
    /// # Errors
    /// [`TransferError::Data`] where a record cannot be written as data.
    pub fn bundle_names(&self, inputs: &[PackInput<'_>], per_child: bool) -> Result<Vec<String>, TransferError> {
        let mut groups: BTreeMap<(&Laestab, usize), Vec<PackInput<'_>>> = BTreeMap::new();
        for (number, input) in inputs.iter().enumerate() {
            let own = if per_child { number } else { 0 };
            groups.entry((&input.checked.receiver().laestab, own)).or_default().push(*input);
        }
        let mut names = Vec::new();
        for children in groups.values().flat_map(|children| children.chunks(MOST_CHILDREN)) {
            let Some(to) = children.first().map(|first| first.checked.receiver()) else { continue };
            let mut children = children.to_vec();
            children.sort_by_cached_key(|child| self.reference(child));
            let transfer = self.transfer_id(children.into_iter(), to)?;
            names.extend(BundleKind::ALL.map(|kind| bundle_name(to, kind, &transfer)));
        }
        Ok(names)
    }

    /// Whether a receiver that has confirmed this school, and is the one it is for, would call a bundle genuine.
    fn would_be_genuine(&self, zip: &[u8], from: &School, to: &School) -> Result<(), TransferError> {
        let trust = Trust::of_receiver(self.identity.certificate(), from, to);
        let verdict = judge(zip, &trust, self.at).verdict;
        match verdict.reason {
            None if verdict.answer == Answer::Genuine => Ok(()),
            reason => Err(TransferError::NotGenuine(reason.unwrap_or(NOT_CONFIRMED))),
        }
    }

    fn bundle(
        &self,
        kind: BundleKind,
        transfer: &str,
        (from, to): (&School, &School),
        parts: Vec<(PackInput<'_>, Part)>,
    ) -> Result<BundleOutput, TransferError> {
        let shortened = parts.iter().filter(|(_, part)| part.is_shortened).map(|(one, _)| one.number).collect();
        let mut enclosed = Vec::new();
        for (one, part) in &parts {
            let documents = part.documents.clone();
            let reference = part.child.reference.clone();
            let of_child = enclosed_for(one.checked.record(), kind, self.day, reference, documents);
            enclosed.push(of_child.map_err(|error| TransferError::Data(error.to_string()))?);
        }
        enclosed.sort_by(|a, b| (&a.name, &a.reference).cmp(&(&b.name, &b.reference)));
        let records: Vec<&Checked> = parts.iter().map(|(one, _)| one.checked).collect();
        let certificate = self.identity.certificate();
        let data = letter(kind, transfer, (from, to), &records, enclosed, self.policy, self.day, certificate);
        let written = render_letter(self.engine, &data, &self.details(transfer)).map_err(TransferError::Render)?;
        let sealed = self.sealed(&written.pdf)?;
        let mut pdfs = vec![("COVER-LETTER.pdf".to_owned(), sealed.clone())];
        let is_pdf = |file: &&ChildFile| file.kind == FileKind::Pack;
        let packs = parts.iter().flat_map(|(_, part)| part.child.files.iter().filter(is_pdf));
        pdfs.extend(packs.map(|file| (file.path.clone(), file.bytes.clone())));
        let contents = Contents {
            kind,
            transfer: transfer.to_owned(),
            made_on: self.day.to_string(),
            from: from.clone(),
            to: to.clone(),
            templates: self.templates.clone(),
            letter: (sealed, written.text),
            children: parts.into_iter().map(|(_, part)| part.child).collect(),
        };
        let bundle = assemble(self.identity, self.person, contents).map_err(TransferError::Bundle)?;
        Ok(BundleOutput { bundle, name: bundle_name(to, kind, transfer), pdfs, shortened })
    }

    /// The same records on the same day have the same transfer id; a corrected record gives another.
    fn transfer_id<'p>(
        &self,
        children: impl Iterator<Item = PackInput<'p>>,
        to: &School,
    ) -> Result<String, TransferError> {
        let mut digest = Sha256::new();
        for one in children {
            let json =
                serde_json::to_vec(one.checked.record()).map_err(|error| TransferError::Data(error.to_string()))?;
            digest.update(Sha256::digest(json));
            for (name, picture) in &one.pictures.0 {
                digest.update(Sha256::digest(name));
                digest.update(Sha256::digest(picture.bytes()));
            }
        }
        let (to, day) = (to.laestab.as_str(), self.day.to_string());
        Ok(self.references.transfer(&[to.as_bytes(), day.as_bytes(), &digest.finalize()]))
    }

    /// One child's files for one bundle; none where the child has nothing for these readers. What was rendered is added to
    /// the packs that the next ones need not repeat.
    fn part(
        &self,
        one: &PackInput<'_>,
        kind: BundleKind,
        rendered: &mut OtherPacks,
    ) -> Result<Option<Part>, TransferError> {
        let data = |error: serde_json::Error| TransferError::Data(error.to_string());
        if kind == BundleKind::Send && !has_send_content(one.checked.record()).map_err(data)? {
            return Ok(None);
        }
        let reference = self.reference(one);
        let details = self.details(&reference);
        let (mut files, mut documents, mut is_shortened) = (Vec::new(), Vec::new(), false);
        for pack_kind in kind.packs() {
            let subject = Subject::checked(one.checked, one.pictures).beside(rendered);
            let pack = render(self.engine, subject, *pack_kind, &details).map_err(TransferError::Render)?;
            rendered.add(pack.kind, &pack.layout);
            let sealed = self.sealed(&pack.pdf)?;
            let stem = format!("{reference}-{}", pack_kind.key());
            let pages = match pack.layout.pages {
                1 => say!("1 page"),
                pages => say!("{pages} pages", pages),
            };
            documents.push(format!("{} ({pages})", said(pack_kind.words())));
            is_shortened |= pack.is_shortened;
            files.push(ChildFile { path: format!("{stem}.pdf"), kind: FileKind::Pack, bytes: sealed });
            files.push(ChildFile { path: format!("{stem}.json"), kind: FileKind::Record, bytes: pack.record });
        }
        // A reason may tell what only the safeguarding lead may know.
        let given = if kind == BundleKind::Safeguarding { one.checked.overrides() } else { &[] };
        let overrides = given.iter().map(|given| note(&reference, given)).collect::<Option<Vec<_>>>();
        let overrides = overrides.ok_or_else(|| TransferError::Data("a rule has no code".to_owned()))?;
        let name = PlainLine::parse(&child_name(one.checked.record())).ok();
        Ok(Some(Part { child: Child { reference, name, files, overrides }, documents, is_shortened }))
    }

    /// The child's opaque reference.
    fn reference(&self, one: &PackInput<'_>) -> String {
        self.references.child(&one.checked.upn().to_string())
    }

    fn sealed(&self, pdf: &[u8]) -> Result<Vec<u8>, TransferError> {
        let place = place(self.identity.certificate());
        let sealed = seal_pdf(self.identity, pdf, &place, self.at, self.timestamps);
        sealed.map(|sealed| sealed.pdf).map_err(TransferError::Seal)
    }

    fn details(&self, reference: &str) -> PackDetails<'_> {
        let seal = seal_words(self.identity.certificate(), self.day);
        let details = PackDetails::new(reference, self.day, self.policy, seal, self.branding);
        PackDetails { templates: self.templates.clone(), ..details }
    }
}

/// A name without ending that tells nothing about children: `9994001-general-K7Q29M3X`.
fn bundle_name(to: &School, kind: BundleKind, transfer: &str) -> String {
    format!("{}-{}-{transfer}", to.laestab, kind.key())
}

/// Where a seal lies, and what is said about it.
pub(super) fn place(certificate: &Certificate) -> SealPlace {
    let holder = certificate.holder();
    SealPlace {
        rectangle: SEAL_RECTANGLE,
        description: format!("Electronic seal of {holder}. Click to see whether the document was changed."),
        name: holder,
    }
}

/// What the page says about the seal: no more than it is.
pub(super) fn seal_words(certificate: &Certificate, day: Day) -> Vec<String> {
    vec![
        say!(
            "Sealed electronically by {holder} on {day}. Any later change breaks the seal.",
            holder = certificate.holder(),
            day = day.long()
        ),
        say!(
            "The fingerprint of its certificate is {fingerprint}.",
            fingerprint = certificate.fingerprint().in_groups()
        ),
        say!(
            "Ring the sending school on the number given by Get Information about Schools, and have it confirm its certificate. The words that are asked for then are not printed here: they are to be heard. An electronic seal shows origin and integrity; it makes no claim to a higher legal level."
        ),
        say!("To check it: the signature panel of a PDF reader, or handover verify FILE."),
    ]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_for_one_bundle_becomes_several() {
        assert_eq!(shares(&[1; 1100], 400, 1 << 20), [400, 400, 300]);
        assert_eq!(shares(&[60, 60, 10, 200, 1], 400, 100), [1, 2, 1, 1], "one that is too large goes by itself");
        assert_eq!(shares(&[], 400, 100), [0; 0]);
    }
}

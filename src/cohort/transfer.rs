//! One transfer: renders and seals each child's packs, and puts them into three bundles.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::letter::letter;
use crate::bundle::{
    Bundle, BundleError, BundleKind, Child, ChildFile, Contents, FileKind, OverrideNote, Party, ReferenceMaker,
    assemble,
};
use crate::check::{Checked, Override, Policy};
use crate::document::{
    Branding, Enclosed, PackKind, Pictures, RenderError, Stamp, Subject, Typesetter, has_send_content, render,
    render_letter,
};
use crate::problem::count;
use crate::record::{Day, blank, child_name};
use crate::sign::{Certificate, Identity, SealError, SealPlace, TimestampService, seal_pdf};

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

/// One record that may be packed, with its number in the transfer and its pictures.
#[derive(Debug, Clone, Copy)]
pub struct Ready<'a> {
    /// Its number.
    pub number: usize,
    /// The record.
    pub checked: &'a Checked,
    /// Its pictures.
    pub pictures: &'a Pictures,
}

/// One bundle with its name, and its sealed PDFs for the sender to read.
#[derive(Debug)]
pub struct Made {
    /// The bundle.
    pub bundle: Bundle,
    /// A name without ending that tells nothing about children: `9994001-general-K7Q29M3X`.
    pub name: String,
    /// Names and bytes of the sealed PDFs.
    pub pdfs: Vec<(String, Vec<u8>)>,
    /// The numbers of the records whose profile was shortened to keep to its page.
    pub shortened: Vec<usize>,
}

/// Why a transfer could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferError {
    /// A pack could not be rendered; the number of the record in the transfer.
    Render(usize, RenderError),
    /// A pack could not be sealed.
    Seal(SealError),
    /// A bundle could not be made.
    Bundle(BundleError),
    /// The record could not be written as data.
    Data(String),
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(_, error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
            Self::Bundle(error) => error.fmt(f),
            Self::Data(error) => f.write_str(error),
        }
    }
}

impl std::error::Error for TransferError {}

/// Records by the school that receives them, in the order of its DfE number. The numbers are those of the input.
#[must_use]
pub fn group_by_receiver<'a>(ready: &[Ready<'a>]) -> Vec<Vec<Ready<'a>>> {
    let mut groups: BTreeMap<String, Vec<Ready<'a>>> = BTreeMap::new();
    for one in ready {
        groups.entry(one.checked.receiver().to_string()).or_default().push(*one);
    }
    groups.into_values().collect()
}

/// One child's part of one bundle.
struct Part {
    child: Child,
    /// The documents with their pages, for the letter.
    documents: Vec<String>,
    is_shortened: bool,
}

impl Sender<'_> {
    /// Makes the bundles of one transfer: all records go to the same school. Bundles without a child are left out.
    ///
    /// # Errors
    /// The first record or part that cannot be made; then nothing of the transfer is answered.
    pub fn transfer(&self, records: &[Ready<'_>]) -> Result<Vec<Made>, TransferError> {
        let Some(first) = records.first() else { return Ok(Vec::new()) };
        let mut records = records.to_vec();
        records.sort_by_key(|one| self.references.child(&one.checked.upn().to_string()));
        let (from, to) = parties(first.checked);
        let transfer = self.transfer_id(&records, &to)?;
        let mut made = Vec::new();
        for kind in BundleKind::ALL {
            let mut parts = Vec::new();
            for one in &records {
                parts.extend(self.child(one, kind)?.map(|part| (*one, part)));
            }
            if !parts.is_empty() {
                made.push(self.bundle(kind, &transfer, (&from, &to), parts)?);
            }
        }
        Ok(made)
    }

    fn bundle(
        &self,
        kind: BundleKind,
        transfer: &str,
        (from, to): (&Party, &Party),
        parts: Vec<(Ready<'_>, Part)>,
    ) -> Result<Made, TransferError> {
        let shortened = parts.iter().filter(|(_, part)| part.is_shortened).map(|(one, _)| one.number).collect();
        let enclosed = parts.iter().map(|(one, part)| Enclosed {
            reference: part.child.reference.clone(),
            name: child_name(one.checked.record()),
            documents: part.documents.clone(),
        });
        let records: Vec<&Checked> = parts.iter().map(|(one, _)| one.checked).collect();
        let certificate = self.identity.certificate();
        let data = letter(kind, transfer, (from, to), &records, enclosed.collect(), self.policy, self.day, certificate);
        let first = parts.first().map_or(0, |(one, _)| one.number);
        let written = render_letter(self.engine, &data, &self.stamp(transfer))
            .map_err(|error| TransferError::Render(first, error))?;
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
        Ok(Made { bundle, name: format!("{}-{}-{transfer}", to.laestab, kind.key()), pdfs, shortened })
    }

    /// The same records on the same day have the same transfer id; a corrected record gives another.
    fn transfer_id(&self, records: &[Ready<'_>], to: &Party) -> Result<String, TransferError> {
        let mut digest = Sha256::new();
        for one in records {
            let json =
                serde_json::to_vec(one.checked.record()).map_err(|error| TransferError::Data(error.to_string()))?;
            digest.update(Sha256::digest(json));
            for (name, picture) in &one.pictures.0 {
                digest.update(Sha256::digest(name));
                digest.update(Sha256::digest(picture.bytes()));
            }
        }
        let day = self.day.to_string();
        Ok(self.references.transfer(&[to.laestab.as_bytes(), day.as_bytes(), &digest.finalize()]))
    }

    /// One child's files for one bundle; none where the child has nothing for these readers.
    fn child(&self, one: &Ready<'_>, kind: BundleKind) -> Result<Option<Part>, TransferError> {
        let data = |error: serde_json::Error| TransferError::Data(error.to_string());
        let packs: &[PackKind] = match kind {
            BundleKind::General => &[PackKind::Profile, PackKind::General],
            BundleKind::Send if has_send_content(one.checked.record()).map_err(data)? => &[PackKind::Send],
            BundleKind::Send => return Ok(None),
            BundleKind::Safeguarding => &[PackKind::Safeguarding],
        };
        let reference = self.references.child(&one.checked.upn().to_string());
        let stamp = self.stamp(&reference);
        let (mut files, mut documents, mut is_shortened) = (Vec::new(), Vec::new(), false);
        for pack_kind in packs {
            let pack = render(self.engine, Subject::checked(one.checked, one.pictures), *pack_kind, &stamp)
                .map_err(|error| TransferError::Render(one.number, error))?;
            let sealed = self.sealed(&pack.pdf)?;
            let stem = format!("{reference}-{}", pack_kind.key());
            documents.push(format!("{} ({})", pack_kind.words(), count(pack.layout.pages, "page")));
            is_shortened |= pack.is_shortened;
            files.push(ChildFile { path: format!("{stem}.pdf"), kind: FileKind::Pack, bytes: sealed });
            files.push(ChildFile { path: format!("{stem}.json"), kind: FileKind::Record, bytes: pack.record });
        }
        // A reason may tell what only the safeguarding lead may know.
        let given = if kind == BundleKind::Safeguarding { one.checked.overrides() } else { &[] };
        let overrides = given.iter().map(|given| note(&reference, given)).collect();
        Ok(Some(Part { child: Child { reference, files, overrides }, documents, is_shortened }))
    }

    fn sealed(&self, pdf: &[u8]) -> Result<Vec<u8>, TransferError> {
        let place = place(self.identity.certificate());
        let sealed = seal_pdf(self.identity, pdf, &place, self.at, self.timestamps);
        sealed.map(|sealed| sealed.pdf).map_err(TransferError::Seal)
    }

    fn stamp(&self, reference: &str) -> Stamp<'_> {
        let seal = seal_words(self.identity.certificate(), self.day);
        let stamp = Stamp::new(reference, self.day, self.policy, seal, self.branding);
        Stamp { templates: self.templates.clone(), ..stamp }
    }
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
    let words = certificate.fingerprint().words().join(" ");
    vec![
        format!(
            "Sealed electronically by {} on {}. Any later change breaks the seal.",
            certificate.holder(),
            day.long()
        ),
        format!("The certificate's fingerprint in words: {words}."),
        "Ring the sending school on the number given by Get Information about Schools and have the words read out. \
         An electronic seal shows origin and integrity; it makes no claim to a higher legal level. \
         To check it: handover verify FILE, or the signature panel of a PDF reader."
            .to_owned(),
    ]
}

fn note(reference: &str, given: &Override) -> OverrideNote {
    OverrideNote {
        reference: reference.to_owned(),
        rule: given.code.to_owned(),
        reason: given.reason.clone(),
        by: given.by.clone(),
        on: given.on.to_string(),
    }
}

/// The schools of a record; rules ID-11 and ID-14 have seen to names and numbers.
fn parties(checked: &Checked) -> (Party, Party) {
    let record = checked.record();
    let (sending, receiving) = (record.sending_school.as_ref(), record.receiving_school.as_ref());
    let text = |text: Option<&String>| text.filter(|text| !blank(Some(text))).cloned().unwrap_or_default();
    let from = Party {
        name: text(sending.and_then(|school| school.name.as_ref())),
        urn: text(sending.and_then(|school| school.urn.as_ref())),
        laestab: checked.sender().to_string(),
    };
    let to = Party {
        name: text(receiving.and_then(|school| school.name.as_ref())),
        urn: text(receiving.and_then(|school| school.urn.as_ref())),
        laestab: checked.receiver().to_string(),
    };
    (from, to)
}

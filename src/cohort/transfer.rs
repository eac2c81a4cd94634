//! One transfer: renders and seals each child's packs, and puts them into three bundles.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::bundle::{
    Bundle, BundleError, BundleKind, Child, ChildFile, FileKind, OverrideNote, Party, ReferenceMaker, assemble,
};
use crate::check::{Checked, Override, Policy};
use crate::document::{Engine, PackKind, RenderError, Stamp, has_send_content, render};
use crate::record::{Day, blank};
use crate::sign::{Identity, SealError, SealPlace, seal_pdf};

/// Where the seal's field lies on the first page: over the footer, beside the page number.
const SEAL_RECTANGLE: [i64; 4] = [51, 28, 400, 62];

/// The sending school at work: its identity, its engine, the day and the moment.
pub struct Sender<'a> {
    /// The typesetting engine.
    pub engine: &'a Engine,
    /// The signing identity.
    pub identity: &'a Identity,
    /// Makes opaque references.
    pub references: &'a ReferenceMaker,
    /// The day printed on the packs.
    pub day: Day,
    /// The time the seals claim.
    pub at: Timestamp,
    /// What the school has settled for itself.
    pub policy: &'a Policy,
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
pub fn group_by_receiver<'a>(checked: &[(usize, &'a Checked)]) -> Vec<Vec<(usize, &'a Checked)>> {
    let mut groups: BTreeMap<String, Vec<(usize, &'a Checked)>> = BTreeMap::new();
    for (number, record) in checked {
        groups.entry(record.receiver().to_string()).or_default().push((*number, record));
    }
    groups.into_values().collect()
}

impl Sender<'_> {
    /// Makes the bundles of one transfer: all records go to the same school. Bundles without a child are left out.
    ///
    /// # Errors
    /// The first record or part that cannot be made; then nothing of the transfer is answered.
    pub fn transfer(&self, records: &[(usize, &Checked)]) -> Result<Vec<Made>, TransferError> {
        let Some((_, first)) = records.first() else { return Ok(Vec::new()) };
        let mut records = records.to_vec();
        records.sort_by_key(|(_, checked)| self.references.child(&checked.upn().to_string()));
        let (from, to) = parties(first);
        let transfer = self.transfer_id(&records, &to)?;
        let mut made = Vec::new();
        for kind in BundleKind::ALL {
            let mut children = Vec::new();
            for (number, checked) in &records {
                children.extend(self.child(*number, checked, kind)?);
            }
            if children.is_empty() {
                continue;
            }
            let is_pdf = |file: &&ChildFile| file.kind == FileKind::Pack;
            let pdfs = children.iter().flat_map(|child: &Child| child.files.iter().filter(is_pdf));
            let pdfs = pdfs.map(|file| (file.path.clone(), file.bytes.clone())).collect();
            let made_on = self.day.to_string();
            let bundle = assemble(self.identity, kind, &transfer, &made_on, (&from, &to), children)
                .map_err(TransferError::Bundle)?;
            made.push(Made { bundle, name: format!("{}-{}-{transfer}", to.laestab, kind.key()), pdfs });
        }
        Ok(made)
    }

    /// The same records on the same day have the same transfer id; a corrected record gives another.
    fn transfer_id(&self, records: &[(usize, &Checked)], to: &Party) -> Result<String, TransferError> {
        let mut digest = Sha256::new();
        for (_, checked) in records {
            let json = serde_json::to_vec(checked.record()).map_err(|error| TransferError::Data(error.to_string()))?;
            digest.update(Sha256::digest(json));
        }
        let day = self.day.to_string();
        Ok(self.references.transfer(&[to.laestab.as_bytes(), day.as_bytes(), &digest.finalize()]))
    }

    /// One child's files for one bundle; none where the child has nothing for these readers.
    fn child(&self, number: usize, checked: &Checked, kind: BundleKind) -> Result<Option<Child>, TransferError> {
        let data = |error: serde_json::Error| TransferError::Data(error.to_string());
        let packs: &[PackKind] = match kind {
            BundleKind::General => &[PackKind::Profile, PackKind::General],
            BundleKind::Send if has_send_content(checked).map_err(data)? => &[PackKind::Send],
            BundleKind::Send => return Ok(None),
            BundleKind::Safeguarding => &[PackKind::Safeguarding],
        };
        let reference = self.references.child(&checked.upn().to_string());
        let stamp = Stamp {
            reference: reference.clone(),
            day: self.day,
            early_help_threshold: self.policy.early_help_threshold,
            lower_threshold_reason: self.policy.lower_threshold_reason.clone(),
            early_help_name: self.policy.early_help_name.clone(),
            seal: self.seal_words(),
        };
        let mut files = Vec::new();
        for pack_kind in packs {
            let pack = render(self.engine, checked, *pack_kind, &stamp)
                .map_err(|error| TransferError::Render(number, error))?;
            let sealed = seal_pdf(self.identity, &pack.pdf, &self.place(), self.at).map_err(TransferError::Seal)?;
            let stem = format!("{reference}-{}", pack_kind.key());
            files.push(ChildFile { path: format!("{stem}.pdf"), kind: FileKind::Pack, bytes: sealed.pdf });
            files.push(ChildFile { path: format!("{stem}.json"), kind: FileKind::Record, bytes: pack.record });
        }
        // A reason may tell what only the safeguarding lead may know.
        let given = if kind == BundleKind::Safeguarding { checked.overrides() } else { &[] };
        let overrides = given.iter().map(|given| note(&reference, given)).collect();
        Ok(Some(Child { reference, files, overrides }))
    }

    fn place(&self) -> SealPlace {
        let holder = self.identity.certificate().holder();
        SealPlace {
            rectangle: SEAL_RECTANGLE,
            description: format!("Electronic seal of {holder}. Click to see whether the document was changed."),
            name: holder,
        }
    }

    /// What the page says about the seal: no more than it is.
    fn seal_words(&self) -> Vec<String> {
        let certificate = self.identity.certificate();
        let words = certificate.fingerprint().words().join(" ");
        vec![
            format!("Sealed electronically by {} on {}. Any later change breaks the seal.", certificate.holder(), self.day.long()),
            format!("The certificate's fingerprint in words: {words}."),
            "Ring the sending school on the number given by Get Information about Schools and have the words read out. \
             An electronic seal shows origin and integrity; it makes no claim to a higher legal level. \
             To check it: handover verify FILE, or the signature panel of a PDF reader."
                .to_owned(),
        ]
    }
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

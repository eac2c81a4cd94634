//! One bundle that was accepted, as it is kept beside its packs; and one file that was not.

use serde::{Deserialize, Serialize};

use crate::bundle::{FileKind, Manifest, Spooled};
use crate::circle::{BundleKind, PackKind};
use crate::embedded_record::EmbeddedRecord;
use crate::record::Day;
use crate::school::School;
use crate::text::json_lines;

/// A bundle that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    format: String,
    version: u32,
    /// The day it was received, `2026-09-01`.
    pub received_on: String,
    /// The SHA-256 of the bundle's manifest, in lower-case hexadecimal: what a receipt is bound to.
    pub manifest_sha256: String,
    /// The SHA-256 of the whole bundle, out of its envelope: the same file again is known by it.
    pub bundle_sha256: String,
    /// The manifest as it was signed.
    pub manifest: String,
    /// Its signature (CMS), in lower-case hexadecimal.
    pub signature: String,
    /// When the last of its packs was sealed, by the sender's own word; `2026-07-10T09:30:00Z`.
    pub sealed_at: String,
    /// The packs in it.
    pub packs: Vec<ReceivedPack>,
    /// References of children who do not come to this school, as somebody here has said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_ours: Vec<String>,
    /// References of children who come back to this school, as somebody here has said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returning: Vec<String>,
    /// Who has said that the safeguarding file was read, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<ReadBy>,
}

/// Who has read a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadBy {
    /// First and last name.
    pub name: String,
    /// Role.
    pub role: String,
    /// The day.
    pub on: String,
}

/// A pack that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedPack {
    /// The child's reference at the sending school.
    pub reference: String,
    /// Which pack.
    pub kind: PackKind,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
    /// The name of the file beside this one.
    pub file: String,
    /// The name that the child goes by.
    pub child: String,
    /// First and last name in the register, where the pack says them.
    pub legal_name: String,
    /// The UPN, where the pack says it.
    pub upn: String,
    /// The date of birth, `2015-02-03`, where the pack says it.
    pub dob: String,
}

impl Received {
    /// The name of the file in which it is kept.
    pub const FILE: &'static str = "received.json";
    const FORMAT: &'static str = "handover-received";
    const VERSION: u32 = 1;

    /// Out of a bundle that was judged genuine: its manifest with the signature, the day, and what is embedded in each pack
    /// by the name of the pack. `bundle` is the whole of it. `file` names the file of a pack: the child's name, the reference, the kind.
    #[must_use]
    pub fn new(
        (manifest, bytes, signature): (&Manifest, &[u8], &[u8]),
        bundle: &[u8],
        received_on: Day,
        sealed_at: &str,
        embedded: &dyn Fn(&str) -> Option<EmbeddedRecord>,
        file: &dyn Fn(&str, &str, PackKind) -> String,
    ) -> Self {
        let pack = |listed: &crate::bundle::Listed| {
            let (reference, kind) = (listed.reference.clone()?, listed.pack()?);
            let record = embedded(&listed.path);
            let pupil = |name: &str| {
                let pupil = record.as_ref().and_then(|it| it.record.get("pupil")?.get(name)?.as_str());
                pupil.unwrap_or_default().to_owned()
            };
            let told = record.as_ref().map(|it| it.pages.name.clone()).unwrap_or_default();
            let child = listed.child.as_ref().map_or(told, |child| child.as_str().to_owned());
            let legal = [pupil("legal_forename"), pupil("legal_surname")].join(" ");
            Some(ReceivedPack {
                file: file(&child, &reference, kind),
                reference,
                kind,
                sha256: listed.sha256.clone(),
                child,
                legal_name: legal.trim().to_owned(),
                upn: pupil("upn"),
                dob: pupil("dob"),
            })
        };
        let packs = manifest.files.iter().filter(|listed| listed.kind == FileKind::Pack).filter_map(pack);
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            received_on: received_on.to_string(),
            manifest_sha256: Spooled::of(bytes).sha256,
            bundle_sha256: Spooled::of(bundle).sha256,
            manifest: String::from_utf8_lossy(bytes).into_owned(),
            signature: crate::text::hex(signature),
            sealed_at: sealed_at.to_owned(),
            packs: packs.collect(),
            not_ours: Vec::new(),
            returning: Vec::new(),
            read_by: None,
        }
    }

    /// The one way to write it.
    ///
    /// # Errors
    /// Only if serialising fails, which plain strings do not.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        json_lines(self)
    }

    /// Out of its bytes; `None` where they are no such file or its manifest is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        let ours = read.format == Self::FORMAT && read.version == Self::VERSION;
        (ours && read.list().is_some()).then_some(read)
    }

    /// Its manifest; one that was accepted has one.
    #[must_use]
    pub fn list(&self) -> Option<Manifest> {
        Manifest::from_bytes(self.manifest.as_bytes())
    }

    /// For whom it is.
    #[must_use]
    pub fn kind(&self) -> Option<BundleKind> {
        self.list().map(|manifest| manifest.kind)
    }

    /// Who has sent it.
    #[must_use]
    pub fn from(&self) -> Option<School> {
        self.list().map(|manifest| manifest.from)
    }
}

/// A file that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quarantined {
    /// The name under which it came.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The day.
    pub on: String,
    /// What is wrong, in plain words.
    pub why: String,
    /// What to do, and whom to ring.
    pub next: String,
    /// The school that it says it comes from, where that is confirmed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Whether it waits for something here (a passphrase, a school that is not confirmed), and nothing is wrong with it.
    pub waits: bool,
    /// Whether a copy of it lies beside this note.
    pub is_kept: bool,
}

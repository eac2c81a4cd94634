//! One bundle that was accepted, as it is kept beside its packs; and one file that was not.

use serde::{Deserialize, Serialize};

use super::receipt::{Acknowledged, ReadBy};
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
    /// The day on which it was deleted, as its time was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_on: Option<String>,
}

/// A bundle of which nothing is kept any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoneBundle {
    /// The SHA-256 of its manifest.
    pub manifest_sha256: String,
    /// The SHA-256 of the whole bundle.
    pub bundle_sha256: String,
    /// The day.
    pub on: String,
    /// The school that sent it.
    pub from: School,
    /// The school that it was for.
    pub to: School,
    /// What its receipt says: references alone.
    pub told: Acknowledged,
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
                deleted_on: None,
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
}

/// A bundle that lies in the receiving folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Where it lies, seen from the receiving folder.
    pub folder: String,
    /// What is kept of it.
    pub received: Received,
    /// Its manifest.
    pub manifest: Manifest,
}

impl Accepted {
    /// Out of what is kept of it, as bytes; `None` where they are no such file or the manifest in them is none.
    #[must_use]
    pub fn from_bytes(folder: String, bytes: &[u8]) -> Option<Self> {
        let received: Received = serde_json::from_slice(bytes).ok()?;
        let ours = received.format == Received::FORMAT && received.version == Received::VERSION;
        let manifest = Manifest::from_bytes(received.manifest.as_bytes())?;
        // What lies beside it is what its manifest lists, under names that lead nowhere else.
        let is_listed = |pack: &ReceivedPack| {
            let is_plain =
                !pack.file.contains(['/', '\\', ':']) && !pack.file.starts_with('.') && !pack.file.is_empty();
            let of_pack = |listed: &crate::bundle::Listed| {
                listed.sha256 == pack.sha256
                    && listed.reference.as_ref() == Some(&pack.reference)
                    && listed.pack() == Some(pack.kind)
            };
            is_plain && manifest.files.iter().any(of_pack)
        };
        (ours && received.packs.iter().all(is_listed)).then_some(Self { folder, received, manifest })
    }
}

/// A bundle that a confirmed sender has signed, and of which something was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedBundle {
    /// The sender.
    pub from: School,
    /// The school it was for.
    pub to: School,
    /// The transfer.
    pub transfer: String,
    /// For whom it was.
    pub kind: BundleKind,
    /// The SHA-256 of its manifest.
    pub manifest_sha256: String,
    /// The packs that it should have held: reference, kind, SHA-256.
    pub packs: Vec<(String, PackKind, String)>,
    /// The code of the reason.
    pub code: String,
    /// The day it came.
    pub on: String,
}

impl RejectedBundle {
    /// Out of a manifest, also as bytes; why it was not accepted, and on which day.
    #[must_use]
    pub fn of(manifest: &Manifest, bytes: &[u8], code: &str, on: Day) -> Self {
        let pack = |listed: &crate::bundle::Listed| {
            (listed.kind == FileKind::Pack)
                .then(|| Some((listed.reference.clone()?, listed.pack()?, listed.sha256.clone())))?
        };
        Self {
            from: manifest.from.clone(),
            to: manifest.to.clone(),
            transfer: manifest.transfer.clone(),
            kind: manifest.kind,
            manifest_sha256: Spooled::of(bytes).sha256,
            packs: manifest.files.iter().filter_map(pack).collect(),
            code: code.to_owned(),
            on: on.to_string(),
        }
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
    /// The bundle that it is, where a confirmed school has signed what should be in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<RejectedBundle>,
    /// Whether it waits for something here (a passphrase, a school that is not confirmed), and nothing is wrong with it.
    pub waits: bool,
    /// Whether a copy of it lies beside this note.
    pub is_kept: bool,
}

//! Receipts for every sender of whom something lies in the receiving folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::filing::Filed;
use super::outputs::put;
use crate::bundle::Manifest;
use crate::cli::exit::Failure;
use crate::cli::identity;
use crate::cli::paths::is_absent;
use crate::cli::terminal;
use crate::reception::{Acknowledged, AcknowledgedPack, PackOutcome, Receipt, Received, sign_receipt};
use crate::record::Day;
use crate::school::School;
use crate::sign::Identity;
use crate::text::{PersonName, PlainLine};

/// Who receives.
pub(super) struct Who {
    pub name: PersonName,
    pub role: PlainLine<120>,
    pub identity: Option<PathBuf>,
    pub passphrase_file: Option<PathBuf>,
}

/// Writes a receipt for each sender, signed with the school's identity, which is made where there is none. Answers the
/// names of the files.
pub(super) fn write_receipts(filed: &Filed, who: &Who, day: Day, now: jiff::Timestamp) -> Result<Vec<String>, Failure> {
    let mut senders: BTreeMap<String, Vec<(Manifest, &Received)>> = BTreeMap::new();
    for (_, received) in &filed.all {
        let Some(manifest) = received.list() else { continue };
        senders.entry(manifest.from.urn.to_string()).or_default().push((manifest, received));
    }
    let Some(us) = senders.values().flatten().map(|(manifest, _)| &manifest.to).next().cloned() else {
        return Ok(Vec::new());
    };
    let identity = identity_of(&us, who, now)?;
    let mut written = Vec::new();
    for bundles in senders.values_mut() {
        bundles.sort_by(|(one, _), (other, _)| {
            (&one.made_on, &one.transfer, one.kind).cmp(&(&other.made_on, &other.transfer, other.kind))
        });
        let Some(to) = bundles.last().map(|(manifest, _)| manifest.from.clone()) else { continue };
        let receipt = Receipt {
            format: Receipt::FORMAT.to_owned(),
            version: Receipt::VERSION,
            from: us.clone(),
            made_on: day.to_string(),
            by: who.name.clone(),
            role: who.role.clone(),
            bundles: acknowledged(bundles),
            to,
        };
        let text = sign_receipt(&receipt, &identity).ok_or_else(|| Failure::bug("a receipt could not be signed"))?;
        let name = format!(
            "receipt-{}-{}-{}.txt",
            receipt.to.laestab.as_str(),
            receipt.from.laestab.as_str(),
            receipt.made_on
        );
        put(&filed.into.join("receipts").join(&name), text.as_bytes())?;
        written.push(name);
    }
    Ok(written)
}

/// What became of each pack: one that had come before in another bundle says so.
fn acknowledged(bundles: &[(Manifest, &Received)]) -> Vec<Acknowledged> {
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    let mut all = Vec::new();
    for (manifest, received) in bundles {
        let pack = |pack: &'_ crate::reception::ReceivedPack, is_known: bool| {
            let own = manifest.overrides.iter().filter(|note| note.reference == pack.reference);
            let gaps: Vec<PlainLine<8>> = own.map(|note| note.rule.clone()).collect();
            let outcome = match (received.not_ours.contains(&pack.reference), is_known, gaps.is_empty()) {
                (true, ..) => PackOutcome::NotOurChild,
                (_, true, _) => PackOutcome::Duplicate,
                (.., false) => PackOutcome::AcceptedWithGaps,
                _ if received.returning.contains(&pack.reference) => PackOutcome::ReturningChild,
                _ => PackOutcome::Accepted,
            };
            AcknowledgedPack {
                reference: pack.reference.clone(),
                kind: pack.kind,
                sha256: pack.sha256.clone(),
                outcome,
                gaps,
            }
        };
        let Ok(transfer) = PlainLine::parse(&manifest.transfer) else { continue };
        all.push(Acknowledged {
            transfer,
            kind: manifest.kind,
            manifest_sha256: received.manifest_sha256.clone(),
            received_on: received.received_on.clone(),
            packs: received.packs.iter().map(|one| pack(one, seen.insert(&one.sha256, ()).is_some())).collect(),
            read_by: received.read_by.clone(),
        });
    }
    all
}

/// The identity of the receiving school; a new one where there is none, as `pack` makes one.
fn identity_of(us: &School, who: &Who, now: jiff::Timestamp) -> Result<Identity, Failure> {
    let path = match &who.identity {
        Some(path) => return identity::open(path, who.passphrase_file.as_deref()),
        None => identity::default_path(&us.urn)?,
    };
    if !is_absent(&path) {
        return identity::open(&path, who.passphrase_file.as_deref());
    }
    let made = identity::generate(&us.name, &us.urn, now)?;
    identity::save(&made, &path, "", false)?;
    terminal::say(&format!(
        "A signing identity was made for {}, without a passphrase: {}\nReceipts are signed with it. The sending schools \
         confirm it once, as you confirm theirs.",
        us.name,
        path.display()
    ));
    Ok(made)
}

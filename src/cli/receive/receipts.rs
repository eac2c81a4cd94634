//! Receipts for every sender of whom something lies in the receiving folder.

use std::collections::{BTreeMap, BTreeSet};

use super::filing::Filed;
use super::outputs::put;
use crate::circle::PackKind;
use crate::cli::exit::Failure;
use crate::cli::identity::OwnIdentity;
use crate::reception::{
    Accepted, Acknowledged, AcknowledgedPack, GoneBundle, PackOutcome, Recall, Receipt, RejectedBundle,
};
use crate::record::Day;
use crate::school::{School, Urn};
use crate::sign::{Identity, sign_statement};
use crate::text::{PersonName, PlainLine};

/// Who receives.
pub(super) struct Who {
    pub name: PersonName,
    pub role: PlainLine<120>,
    pub own: OwnIdentity,
}

/// The identity of the receiving school, which is made where there is none; nothing where nothing was received.
pub(super) fn signer(filed: &Filed, who: &Who, urn: &Urn, now: jiff::Timestamp) -> Result<Option<Identity>, Failure> {
    // A sender has no say in who we are.
    let Some(us) = receiver(filed).filter(|us| us.urn == *urn) else { return Ok(None) };
    who.own.open_or_make(Some(&us.name), &us.urn, now).map(Some)
}

/// The school that receives, as its senders call it.
fn receiver(filed: &Filed) -> Option<&School> {
    let accepted = filed.all.iter().map(|bundle| &bundle.manifest.to);
    accepted.chain(filed.rejected().map(|bundle| &bundle.to)).chain(filed.gone.iter().map(|bundle| &bundle.to)).next()
}

/// Writes a receipt for each sender, signed. Answers the names of the files.
pub(super) fn write_receipts(filed: &Filed, who: &Who, identity: &Identity, day: Day) -> Result<Vec<String>, Failure> {
    let mut senders: BTreeMap<&str, Vec<&Accepted>> = BTreeMap::new();
    for bundle in &filed.all {
        senders.entry(bundle.manifest.from.urn.as_str()).or_default().push(bundle);
    }
    let rejected: Vec<&RejectedBundle> = filed.rejected().collect();
    for bundle in &rejected {
        senders.entry(bundle.from.urn.as_str()).or_default();
    }
    for bundle in &filed.gone {
        senders.entry(bundle.from.urn.as_str()).or_default();
    }
    let Some(us) = receiver(filed) else { return Ok(Vec::new()) };
    let mut written = Vec::new();
    for (urn, bundles) in &mut senders {
        bundles.sort_by_key(|Accepted { manifest, .. }| (&manifest.made_on, &manifest.transfer, manifest.kind));
        let refused: Vec<&RejectedBundle> =
            rejected.iter().filter(|bundle| bundle.from.urn.as_str() == *urn).copied().collect();
        let last = bundles.last().map(|bundle| &bundle.manifest.from);
        let gone: Vec<&GoneBundle> = filed.gone.iter().filter(|bundle| bundle.from.urn.as_str() == *urn).collect();
        let last = last.or(refused.first().map(|bundle| &bundle.from)).or(gone.first().map(|bundle| &bundle.from));
        let Some(to) = last.cloned() else { continue };
        // What was deleted here since was received all the same.
        let mut told: Vec<Acknowledged> = gone.iter().map(|bundle| bundle.told.clone()).collect();
        told.extend(acknowledged(bundles, filed));
        told.extend(refused.into_iter().filter_map(not_accepted));
        let receipt = Receipt {
            format: Receipt::FORMAT.to_owned(),
            version: Receipt::VERSION,
            from: us.clone(),
            made_on: day.to_string(),
            by: who.name.clone(),
            role: who.role.clone(),
            bundles: told,
            to,
        };
        let text = sign_statement(&receipt, identity).ok_or_else(|| Failure::bug("a receipt could not be signed"))?;
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
pub(super) fn acknowledged(bundles: &[&Accepted], filed: &Filed) -> Vec<Acknowledged> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut all = Vec::new();
    for Accepted { manifest, received, .. } in bundles {
        let pack = |pack: &'_ crate::reception::ReceivedPack, is_known: bool| {
            let own = manifest.overrides.iter().filter(|note| note.reference == pack.reference);
            let gaps: Vec<PlainLine<8>> = own.map(|note| note.rule.clone()).collect();
            let is_recalled = |recall: &Recall| recall.is_about(&manifest.from.urn, &manifest.transfer, &pack.sha256);
            let outcome = match (received.not_ours.contains(&pack.reference), is_known, gaps.is_empty()) {
                _ if filed.recalls.iter().any(is_recalled) => PackOutcome::Recalled,
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
            packs: received.packs.iter().map(|one| pack(one, !seen.insert(&one.sha256))).collect(),
            read_by: received.read_by.clone(),
        });
    }
    all
}

/// What is said of a bundle of which something was not right: none of its packs was accepted.
fn not_accepted(bundle: &RejectedBundle) -> Option<Acknowledged> {
    let code = PlainLine::parse(&bundle.code).ok()?;
    let pack = |(reference, kind, sha256): &(String, PackKind, String)| AcknowledgedPack {
        reference: reference.clone(),
        kind: *kind,
        sha256: sha256.clone(),
        outcome: PackOutcome::Rejected,
        gaps: vec![code.clone()],
    };
    Some(Acknowledged {
        transfer: PlainLine::parse(&bundle.transfer).ok()?,
        kind: bundle.kind,
        manifest_sha256: bundle.manifest_sha256.clone(),
        received_on: bundle.on.clone(),
        packs: bundle.packs.iter().map(pack).collect(),
        read_by: None,
    })
}

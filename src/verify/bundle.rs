//! A bundle: its manifest's signature first, then every digest, then that nothing is extra or missing, then every seal.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::facts::{Countersigned, Facts, TimestampFound};
use crate::bundle::{ArchiveError, FileKind, Listed, Manifest, entries, is_start_here};
use crate::embedded_record::{Head, NamedSchool};
use crate::parallel::{each, processors};
use crate::school::School;
use crate::sign::{Certificate, ReasonCode, Refusal, Seal, SealedPdf, read_detached};
use crate::text::PersonName;

/// Of a bundle as of a single pack.
pub(super) const OTHER_SENDER: Refusal =
    Refusal::new(ReasonCode::I1, "Another sending school is named than in its signer's certificate");
const UNFIT: Refusal = Refusal::new(ReasonCode::I13, "A pack or page of the bundle does not fit its manifest");
const OTHER_READERS: Refusal = Refusal::new(ReasonCode::I11, "A pack is for other readers than its name says");
const MISSING: Refusal = Refusal::new(ReasonCode::I4, "A file of the bundle is missing");

/// Judges a bundle's bytes; fills in the facts as far as it gets. Answers the signer's certificate.
pub(super) fn judge_bundle(bytes: &[u8], now: Timestamp, facts: &mut Facts) -> Result<Certificate, Refusal> {
    let files = entries(bytes).map_err(archive_refusal)?;
    let part = |path: &str| files.get(path).ok_or(Refusal::new(ReasonCode::I2, "The bundle has no signed manifest"));
    let (manifest_bytes, signature) = (part(Manifest::PATH)?, part(Manifest::SIGNATURE_PATH)?);
    let certificate = manifest_signer(signature, manifest_bytes)?;
    let manifest = Manifest::from_bytes(manifest_bytes)
        .ok_or(Refusal::new(ReasonCode::I3, "The manifest is not in its one canonical form"))?;
    facts.made_on = manifest.day();
    facts.kind = Some(manifest.kind);
    facts.from = Some(NamedSchool::from(&manifest.from));
    facts.to = Some(NamedSchool::from(&manifest.to));
    complete(&files, &manifest)?;
    facts.countersigned = countersigned(&files, &manifest, manifest_bytes, &certificate)?;
    if certificate.urn().is_some_and(|urn| urn != manifest.from.urn) {
        return Err(OTHER_SENDER);
    }
    facts.packs = Some(packs(&files, &manifest, &certificate, now, facts)?);
    let page = files.get(Manifest::START_HERE_PATH).ok_or(MISSING)?;
    if !is_start_here(page, &manifest, &certificate) {
        return Err(UNFIT);
    }
    Ok(certificate)
}

/// Who has signed a manifest; no timestamp belongs there.
fn manifest_signer(signature: &[u8], manifest: &[u8]) -> Result<Certificate, Refusal> {
    let signed = read_detached(signature, manifest, false)?;
    if signed.timestamp.is_some() {
        return Err(Refusal::new(ReasonCode::C4, "The signature is of another form than ours"));
    }
    Ok(signed.certificate)
}

fn archive_refusal(error: ArchiveError) -> Refusal {
    match error {
        ArchiveError::TooLarge => Refusal::new(ReasonCode::Z1, "The file is larger than any bundle"),
        ArchiveError::Name => Refusal::new(ReasonCode::Z2, "The bundle holds a file name that no bundle has"),
        ArchiveError::Form => Refusal::new(ReasonCode::Z3, "The bundle was changed, or was not made by this program"),
    }
}

/// Every listed file is there and unchanged; nothing else is.
fn complete(files: &BTreeMap<String, &[u8]>, manifest: &Manifest) -> Result<(), Refusal> {
    let is_unchanged = |listed: &Listed| {
        let bytes = files.get(&listed.path).ok_or(MISSING)?;
        if listed.matches(bytes) {
            Ok(())
        } else {
            Err(Refusal::new(ReasonCode::I5, "A file of the bundle was changed"))
        }
    };
    each(processors(), &manifest.files, is_unchanged, Result::is_err).into_iter().collect::<Result<(), _>>()?;
    // The manifest and its signatures are the only files that it does not list.
    let own = [Manifest::PATH, Manifest::SIGNATURE_PATH, Manifest::COUNTERSIGNATURE_PATH];
    let may = own.into_iter().take(if manifest.countersigned_by.is_some() { 3 } else { 2 });
    let listed: BTreeSet<&str> = manifest.files.iter().map(|listed| listed.path.as_str()).chain(may).collect();
    if files.keys().all(|name| listed.contains(name.as_str())) {
        Ok(())
    } else {
        Err(Refusal::new(ReasonCode::I6, "The bundle holds a file that its manifest does not list"))
    }
}

/// The person who has signed beside the school: the one whom the manifest names, and nobody else.
fn countersigned(
    files: &BTreeMap<String, &[u8]>,
    manifest: &Manifest,
    bytes: &[u8],
    seal: &Certificate,
) -> Result<Option<Countersigned>, Refusal> {
    let Some(expected) = &manifest.countersigned_by else { return Ok(None) };
    let signature = files.get(Manifest::COUNTERSIGNATURE_PATH).ok_or(MISSING)?;
    let person = manifest_signer(signature, bytes)?;
    if !manifest.day().is_some_and(|day| is_valid_on(&person, day)) {
        return Err(Refusal::new(ReasonCode::T2, "The second signature was made when its certificate was not valid"));
    }
    if person.der() == seal.der() || person.fingerprint().to_string() != *expected {
        return Err(Refusal::new(
            ReasonCode::I10,
            "The second signature is not that of the person whom the manifest names",
        ));
    }
    Ok(Some(Countersigned::of(&person)))
}

/// Whether a certificate is valid at some time of a day.
fn is_valid_on(certificate: &Certificate, day: Date) -> bool {
    let at = |day: Date| day.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    let (from, until) = certificate.validity();
    let next = day.tomorrow().and_then(at);
    at(day).is_ok_and(|begins| begins <= until) && next.is_ok_and(|ends| from < ends)
}

/// The record that lies beside a pack.
fn beside<'a>(files: &BTreeMap<String, &'a [u8]>, pack: &str) -> Option<&'a [u8]> {
    files.get(&format!("{}.json", pack.strip_suffix(".pdf")?)).copied()
}

/// Whether what is embedded in a pack is about the child and the transfer that the manifest says.
fn fits(head: &Head, listed: &Listed, manifest: &Manifest) -> bool {
    let same = |named: Option<&NamedSchool>, school: &School| named.is_none_or(|named| named.may_be(school));
    let [from, to] = head.schools();
    let names = head.record.pupil.as_ref();
    let named = |child: &PersonName| names.is_none_or(|names| names.may_be(child.as_str()));
    Some(&head.reference) == listed.reference.as_ref()
        && listed.child.as_ref().is_none_or(named)
        && head.made_on == manifest.pack_day(listed)
        && same(from, &manifest.from)
        && same(to, &manifest.to)
}

/// Every pack, and the letter, is sealed by the one who signed the manifest; answers how many packs there are.
fn packs(
    files: &BTreeMap<String, &[u8]>,
    manifest: &Manifest,
    certificate: &Certificate,
    now: Timestamp,
    facts: &mut Facts,
) -> Result<usize, Refusal> {
    let sealed: Vec<&Listed> =
        manifest.files.iter().filter(|listed| matches!(listed.kind, FileKind::Pack | FileKind::Letter)).collect();
    let seal_of = |listed: &&Listed| seal_of(listed, files, manifest, certificate, now);
    let seals: Vec<Seal> =
        each(processors(), &sealed, seal_of, Result::is_err).into_iter().collect::<Result<_, _>>()?;
    facts.signed_at = seals.iter().map(|seal| seal.claimed_at).max();
    // Only where every pack has a timestamp can one be told for all: the last.
    let stamps: Option<Vec<TimestampFound>> =
        seals.iter().map(|seal| seal.timestamp.as_ref().map(TimestampFound::of)).collect();
    facts.stamped = stamps.and_then(|stamps| stamps.into_iter().max_by_key(|stamp| stamp.at));
    let count = sealed.iter().filter(|listed| listed.kind == FileKind::Pack).count();
    if count == 0 { Err(Refusal::new(ReasonCode::I8, "There is no pack in the bundle")) } else { Ok(count) }
}

/// The seal of a pack or letter, which fits what the manifest says of it.
fn seal_of(
    listed: &Listed,
    files: &BTreeMap<String, &[u8]>,
    manifest: &Manifest,
    certificate: &Certificate,
    now: Timestamp,
) -> Result<Seal, Refusal> {
    let bytes = files.get(&listed.path).ok_or(MISSING)?;
    let pdf = SealedPdf::parse(bytes)?;
    let seal = pdf.seal(now)?;
    if seal.certificate.der() != certificate.der() {
        return Err(Refusal::new(ReasonCode::I7, "A pack in the bundle is sealed by somebody else than the bundle"));
    }
    let record = pdf.source();
    if listed.kind == FileKind::Letter {
        return if record.is_none() { Ok(seal) } else { Err(OTHER_READERS) };
    }
    let head = record.as_deref().and_then(Head::of).ok_or(OTHER_READERS)?;
    if head.pack() != listed.pack() {
        return Err(OTHER_READERS);
    }
    if !fits(&head, listed, manifest) {
        return Err(UNFIT);
    }
    if beside(files, &listed.path) != record.as_deref() {
        return Err(Refusal::new(ReasonCode::I12, "The record beside a pack is not the record in it"));
    }
    Ok(seal)
}

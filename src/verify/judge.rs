//! One file, one judgement.

use jiff::Timestamp;

use super::bundle::{OTHER_SENDER, judge_bundle};
use super::facts::{Facts, Judgement, RUN_OUT, TimestampFound, Verdict};
use super::trust::{NOT_CONFIRMED, REVOKED, Trust};
use crate::circle::BundleKind;
use crate::embedded_record::Head;
use crate::sign::{Certificate, ReasonCode, Refusal, SealedPdf};

/// Reasons that mean that the file is not as it was signed; others only mean that it cannot be relied on.
const CHANGED: [ReasonCode; 8] = [
    ReasonCode::B1,
    ReasonCode::C8,
    ReasonCode::F2,
    ReasonCode::F3,
    ReasonCode::I4,
    ReasonCode::I5,
    ReasonCode::I6,
    ReasonCode::Z3,
];

/// Judges a bundle or a single PDF. `now` is the moment of judging.
#[must_use]
pub fn judge(bytes: &[u8], trust: &Trust, now: Timestamp) -> Judgement {
    let mut facts = Facts::default();
    let verdict = match signer(bytes, now, &mut facts) {
        Ok(certificate) => {
            facts.intact = Some(true);
            facts.covers_everything = Some(true);
            facts.signer = Some(certificate.holder());
            facts.signer_urn = certificate.urn();
            facts.fingerprint = Some(certificate.fingerprint());
            believe(&certificate, trust, now, &mut facts)
        }
        Err(refusal) => {
            // Facts that rest on what is refused would only mislead.
            let changed = CHANGED.contains(&refusal.code).then_some(false);
            facts = Facts { what: facts.what, intact: changed, ..Facts::default() };
            Verdict::not_genuine(refusal)
        }
    };
    Judgement { facts, verdict }
}

/// The signer of a bundle or PDF in which everything but trust is right.
///
/// # Errors
/// The first rule that is broken.
pub fn signer_of(bytes: &[u8], now: Timestamp) -> Result<Certificate, Refusal> {
    signer(bytes, now, &mut Facts::default())
}

fn signer(bytes: &[u8], now: Timestamp, facts: &mut Facts) -> Result<Certificate, Refusal> {
    if bytes.starts_with(b"PK") {
        facts.what = "bundle";
        judge_bundle(bytes, now, facts)
    } else if bytes.starts_with(b"%PDF") {
        facts.what = "sealed pack";
        judge_pdf(bytes, now, facts)
    } else {
        facts.what = "file of another kind";
        Err(Refusal::new(ReasonCode::F0, "This is neither a pack nor a bundle"))
    }
}

fn judge_pdf(bytes: &[u8], now: Timestamp, facts: &mut Facts) -> Result<Certificate, Refusal> {
    let pdf = SealedPdf::parse(bytes)?;
    let seal = pdf.seal(now)?;
    facts.signed_at = Some(seal.claimed_at);
    facts.stamped = seal.timestamp.as_ref().map(TimestampFound::of);
    let head = pdf.source().as_deref().and_then(Head::of);
    if let Some(head) = &head {
        [facts.from, facts.to] = head.schools().map(Option::<&_>::cloned);
    }
    let from = facts.from.as_ref().and_then(|from| from.urn.clone());
    if from.is_some_and(|from| seal.certificate.urn().is_some_and(|urn| urn != from)) {
        return Err(OTHER_SENDER);
    }
    facts.kind = head.and_then(|head| head.pack()).and_then(BundleKind::of);
    Ok(seal.certificate)
}

fn believe(certificate: &Certificate, trust: &Trust, now: Timestamp, facts: &mut Facts) -> Verdict {
    if let (Some(us), Some(to)) = (&trust.us, &facts.to)
        && !us.is_addressed_by(to)
    {
        return Verdict::not_genuine(Refusal::new(Verdict::MISDIRECTED, "It is addressed to another school"));
    }
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let from = facts.from.as_ref().and_then(|from| from.urn.clone());
    if let Some(person) = &mut facts.countersigned {
        if trust.is_revoked(&person.fingerprint.to_string()) {
            return Verdict::not_genuine(REVOKED);
        }
        let role = trust.role_of(&person.fingerprint, from.as_ref(), today);
        person.confirmed_as = role.filter(|_| now <= person.valid_until);
    }
    if let Some(stamped) = &mut facts.stamped {
        stamped.is_confirmed = trust.confirms_timestamps(&stamped.fingerprints, today);
    }
    match trust.find(certificate, facts.kind, from, today) {
        Ok(Some(signer)) => {
            let (from, until) = certificate.validity();
            if now < from {
                return Verdict::not_genuine(Refusal::new(ReasonCode::T4, "The signer's certificate is not valid yet"));
            }
            // Whoever finds an old key can give its seals any date.
            let is_dated = |stamp: &TimestampFound| stamp.is_confirmed && stamp.at <= until;
            if now > until && !facts.stamped.as_ref().is_some_and(is_dated) {
                return Verdict::cannot_tell_because(RUN_OUT);
            }
            facts.confirmed_as = Some(signer.school.clone());
            Verdict::genuine()
        }
        Ok(None) => Verdict::cannot_tell_because(NOT_CONFIRMED),
        Err(refusal) => Verdict::not_genuine(refusal),
    }
}

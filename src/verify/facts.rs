//! What was found out about a file, and the one line it comes to.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::role::Role;
use super::trust::NOT_CONFIRMED;
use crate::circle::BundleKind;
use crate::embedded_record::NamedSchool;
use crate::school::Urn;
use crate::sign::{Certificate, Fingerprint, ReasonCode, Refusal, Token};

/// The key is past its validity, and nobody vouches for when it signed.
pub(super) const RUN_OUT: Refusal = Refusal::new(
    ReasonCode::T6,
    "The signer's certificate has run out since, and no confirmed timestamp says that the seal is older",
);
const DIFFERENT: Refusal = Refusal::new(ReasonCode::R1, "The pages of a pack do not say what the record in it says");
const NOT_COMPARED: Refusal = Refusal::new(ReasonCode::R2, "The pages could not be compared with the record");

/// The three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Unchanged, and signed by a school that you have confirmed.
    Genuine,
    /// Unchanged, but signed by a school that you have not confirmed.
    CannotTell,
    /// Changed, damaged, or signed by somebody else.
    NotGenuine,
}

/// The bottom line: an answer, and the reason where it is not plain yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// Why, unless it is genuine.
    pub reason: Option<Refusal>,
}

/// Separate facts about a file. What was not reached is `None`.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What the file is: "sealed pack" or "bundle".
    pub what: &'static str,
    /// Whether it is as it was signed.
    pub intact: Option<bool>,
    /// Whether the signature covers all of it.
    pub covers_everything: Option<bool>,
    /// Who signed, by the certificate's own word.
    pub signer: Option<String>,
    /// The signer's URN, by the certificate's own word.
    pub signer_urn: Option<Urn>,
    /// The certificate's fingerprint.
    pub fingerprint: Option<Fingerprint>,
    /// The name under which you have confirmed this certificate.
    pub confirmed_as: Option<String>,
    /// When it was signed, by the signer's own word.
    pub signed_at: Option<Timestamp>,
    /// For a bundle: the person who has signed it beside the school.
    pub countersigned: Option<Countersigned>,
    /// When a timestamp service says that it was there; of a bundle, of the last pack.
    pub stamped: Option<TimestampFound>,
    /// For a bundle: the day it was made, by the signer's own word.
    pub made_on: Option<Date>,
    /// The school it comes from, as the manifest or the record in the pack names it.
    pub from: Option<NamedSchool>,
    /// The school it is for, likewise.
    pub to: Option<NamedSchool>,
    /// Which readers' bundle it is, or goes into.
    pub kind: Option<BundleKind>,
    /// For a bundle: the number of sealed packs.
    pub packs: Option<usize>,
    /// What typesetting the packs again from the records in them came to, where that was tried.
    pub rerendered: Option<Rerendered>,
}

/// A person's signature beside the school's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countersigned {
    /// Who, by the certificate's own word.
    pub by: String,
    /// The certificate's fingerprint.
    pub fingerprint: Fingerprint,
    /// The school and role under which you have confirmed the certificate, if you have.
    pub confirmed_as: Option<(String, Role)>,
    /// Until when the certificate is valid.
    pub valid_until: Timestamp,
}

impl Countersigned {
    /// What a certificate says; whose it is is not confirmed yet.
    #[must_use]
    pub fn of(certificate: &Certificate) -> Self {
        let (_, valid_until) = certificate.validity();
        Self { by: certificate.person(), fingerprint: certificate.fingerprint(), confirmed_as: None, valid_until }
    }
}

/// A time that somebody else than the signer vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampFound {
    /// The time.
    pub at: Timestamp,
    /// The service, by its certificate's own word.
    pub by: String,
    /// Whether the service, or an authority above it, is in the list here.
    pub is_confirmed: bool,
    /// The fingerprints of its certificate and of those above it.
    pub fingerprints: Vec<Fingerprint>,
}

impl TimestampFound {
    /// What a token says; who is behind it is not confirmed yet.
    #[must_use]
    pub fn of(token: &Token) -> Self {
        Self {
            at: token.at,
            by: token.certificates.first().map(Certificate::holder).unwrap_or_default(),
            is_confirmed: false,
            fingerprints: token.certificates.iter().map(Certificate::fingerprint).collect(),
        }
    }
}

impl Facts {
    /// For whom it is.
    #[must_use]
    pub fn addressed_to(&self) -> Option<String> {
        let (to, kind) = (self.to.as_ref()?, self.kind?);
        let number = to.laestab.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
        Some(format!("{}{number}, {}", to.name.as_deref().unwrap_or_default(), kind.readers()))
    }
}

/// What typesetting a pack again from the record in it came to, or all packs of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rerendered {
    /// Byte for byte the same.
    Alike,
    /// It cannot be done here: no record in it, another version of the program, templates that are not at hand.
    NotCompared,
    /// Something else: the pages do not say what the record says.
    Different,
}

impl Rerendered {
    /// The answer in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Alike => "yes, typeset again byte for byte",
            Self::NotCompared => "could not be compared here",
            Self::Different => "no",
        }
    }
}

impl Judgement {
    /// Takes in what typesetting the packs of the file again came to. What is refused already stays refused, and who is
    /// not confirmed stays so.
    pub fn add(&mut self, packs: &[Rerendered]) {
        let rerendered = packs.iter().copied().max().unwrap_or(Rerendered::NotCompared);
        match (self.verdict.answer, rerendered) {
            (Answer::NotGenuine, _) => return,
            (_, Rerendered::Different) => self.verdict = Verdict::not_genuine(DIFFERENT),
            (Answer::Genuine, Rerendered::NotCompared) => {
                self.verdict = Verdict { answer: Answer::CannotTell, reason: Some(NOT_COMPARED) };
            }
            _ => {}
        }
        self.facts.rerendered = Some(rerendered);
    }
}

/// The judgement of one file.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// What was found out.
    pub facts: Facts,
    /// What it comes to.
    pub verdict: Verdict,
}

impl Verdict {
    /// The code for what is addressed to another school.
    pub const MISDIRECTED: ReasonCode = ReasonCode::I9;

    /// Genuine.
    #[must_use]
    pub fn genuine() -> Self {
        Self { answer: Answer::Genuine, reason: None }
    }

    /// Not genuine, for a reason.
    #[must_use]
    pub fn not_genuine(reason: Refusal) -> Self {
        Self { answer: Answer::NotGenuine, reason: Some(reason) }
    }

    /// It cannot be told yet, for a reason.
    #[must_use]
    pub fn cannot_tell_because(reason: Refusal) -> Self {
        Self { answer: Answer::CannotTell, reason: Some(reason) }
    }

    /// The judgements that leave open whether something is genuine, although it is whole.
    #[must_use]
    pub fn cannot_tell() -> [Self; 2] {
        [NOT_CONFIRMED, RUN_OUT].map(Self::cannot_tell_because)
    }

    /// Whether all that is missing is somebody who confirms the signer.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.reason == Some(NOT_CONFIRMED)
    }

    /// The bottom line, in words that cannot be misread.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.answer, self.reason) {
            (Answer::Genuine, _) => "GENUINE: unchanged, and from a school that you have confirmed.".to_owned(),
            (Answer::CannotTell, Some(NOT_COMPARED)) => {
                format!("CANNOT TELL YET: intact, but not compared. {NOT_COMPARED}")
            }
            (Answer::CannotTell, Some(RUN_OUT)) => format!(
                "CANNOT TELL YET: intact, but its seal can no longer be dated. Ring the sending school before you rely on it. {RUN_OUT}"
            ),
            (Answer::CannotTell, _) => {
                "CANNOT TELL YET: intact, from a school that you have not confirmed. Do not rely on it before you have."
                    .to_owned()
            }
            (Answer::NotGenuine, Some(reason)) if reason.code == Self::MISDIRECTED => {
                format!("NOT FOR YOUR SCHOOL: do not read it, and tell the sending school by telephone. {reason}")
            }
            (Answer::NotGenuine, Some(reason)) => format!("NOT GENUINE: do not use this file. {reason}"),
            (Answer::NotGenuine, None) => "NOT GENUINE: do not use this file.".to_owned(),
        }
    }
}

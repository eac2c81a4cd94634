//! The receipt that goes back to a sender: one text file that a person can read and this program can prove. It says nothing of
//! a child beyond the reference.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use crate::circle::{BundleKind, PackKind};
use crate::school::School;
use crate::sign::{Certificate, Identity, Refusal, read_detached, sign_detached};
use crate::text::{PersonName, PlainLine, hex, is_reference, json_lines};

/// What became of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackOutcome {
    /// It is whole and in the register.
    Accepted,
    /// It is in the register, and lacks something that the sender has said is lacking.
    AcceptedWithGaps,
    /// The same pack had come before.
    Duplicate,
    /// The child has come back to this school: what was here before is joined with it.
    ReturningChild,
    /// The child does not come to this school.
    NotOurChild,
    /// It was not accepted.
    Rejected,
}

impl PackOutcome {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithGaps => "accepted, with gaps",
            Self::Duplicate => "had come before",
            Self::ReturningChild => "accepted: the child comes back to us",
            Self::NotOurChild => "not our child",
            Self::Rejected => "not accepted",
        }
    }

    /// The word in data.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithGaps => "accepted_with_gaps",
            Self::Duplicate => "duplicate",
            Self::ReturningChild => "returning_child",
            Self::NotOurChild => "not_our_child",
            Self::Rejected => "rejected",
        }
    }
}

/// One pack in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgedPack {
    /// The child's reference at the sending school.
    pub reference: String,
    /// Which pack.
    pub kind: PackKind,
    /// The SHA-256 of the sealed PDF.
    pub sha256: String,
    /// What became of it.
    pub outcome: PackOutcome,
    /// The codes of the rules that it does not keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<PlainLine<8>>,
}

/// One bundle in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// The transfer.
    pub transfer: PlainLine<16>,
    /// For whom the bundle is.
    pub kind: BundleKind,
    /// The SHA-256 of the bundle's manifest.
    pub manifest_sha256: String,
    /// The day it was received.
    pub received_on: String,
    /// Its packs.
    pub packs: Vec<AcknowledgedPack>,
    /// Who has read it there, and when, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<super::received::ReadBy>,
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always `handover-receipt`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The school that received.
    pub from: School,
    /// The school that sent.
    pub to: School,
    /// The day the receipt was made.
    pub made_on: String,
    /// Who has received: first and last name.
    pub by: PersonName,
    /// In what role.
    pub role: PlainLine<120>,
    /// What was received.
    pub bundles: Vec<Acknowledged>,
}

/// Why a text is no receipt.
#[derive(Debug)]
pub enum ReceiptError {
    /// It has not the form of one.
    Form,
    /// What a person reads in it is not what was signed.
    Words,
    /// The signature is not right.
    Signature(Refusal),
}

impl fmt::Display for ReceiptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("it is no receipt of this program"),
            Self::Words => f.write_str("what stands in it for people is not what was signed"),
            Self::Signature(refusal) => write!(f, "{refusal}"),
        }
    }
}

impl std::error::Error for ReceiptError {}

/// A receipt whose signature is right; whether its signer is the school that it names is for whoever knows the school.
#[derive(Debug)]
pub struct SignedReceipt {
    /// The receipt.
    pub receipt: Receipt,
    /// The signer's certificate.
    pub certificate: Certificate,
}

const BEGIN: &str = "-----BEGIN HANDOVER RECEIPT-----";
const MIDDLE: &str = "-----SIGNATURE-----";
const END: &str = "-----END HANDOVER RECEIPT-----";
/// So many characters stand in a line of the part that machines read.
const WIDTH: usize = 76;

impl Receipt {
    /// What `format` says.
    pub const FORMAT: &'static str = "handover-receipt";
    /// The version written and read here.
    pub const VERSION: u32 = 1;

    /// For people, in lines.
    #[must_use]
    pub fn words(&self) -> String {
        let mut out = String::new();
        let (from, to) = (&self.from, &self.to);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "Receipt of {} (URN {}) for {} (URN {})", from.name, from.urn, to.name, to.urn);
        let _ = writeln!(out, "{}, by {}, {}", self.made_on, self.by.as_str(), self.role.as_str());
        for bundle in &self.bundles {
            let kind = bundle.kind.key();
            let _ =
                writeln!(out, "\nTransfer {} ({kind}), received on {}", bundle.transfer.as_str(), bundle.received_on);
            for pack in &bundle.packs {
                let gaps: Vec<&str> = pack.gaps.iter().map(PlainLine::as_str).collect();
                let gaps = if gaps.is_empty() { String::new() } else { format!(" ({})", gaps.join(", ")) };
                let _ = writeln!(out, "  {} {}: {}{gaps}", pack.reference, pack.kind.key(), pack.outcome.words());
            }
            if let Some(read) = &bundle.read_by {
                let _ = writeln!(out, "  read on {} by {}, {}", read.on, read.name, read.role);
            }
        }
        out.push_str("\nThe part below is for `handover receipt import`. Do not change it.\n");
        out
    }

    /// Whether what stands in it are references and digests, and nothing that draws lines of its own.
    fn is_plain(&self) -> bool {
        let is_day = |text: &str| text.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == text);
        let is_digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_line = |text: &str| crate::text::is_plain_line(text, 200);
        self.format == Self::FORMAT
            && self.version == Self::VERSION
            && is_day(&self.made_on)
            && self.bundles.iter().all(|bundle| {
                is_day(&bundle.received_on)
                    && is_digest(&bundle.manifest_sha256)
                    && bundle.packs.iter().all(|pack| is_reference(&pack.reference) && is_digest(&pack.sha256))
                    && bundle
                        .read_by
                        .as_ref()
                        .is_none_or(|read| is_line(&read.name) && is_line(&read.role) && is_day(&read.on))
            })
    }
}

/// The receipt as a text file, signed; nothing where the key refuses.
#[must_use]
pub fn sign_receipt(receipt: &Receipt, identity: &Identity) -> Option<String> {
    let bytes = json_lines(receipt).ok().filter(|_| receipt.is_plain())?;
    let signature = sign_detached(identity, &bytes)?;
    let lines = |bytes: &[u8]| {
        let text = hex(bytes);
        let lines: Vec<&str> =
            (0..text.len()).step_by(WIDTH).filter_map(|at| text.get(at..(at + WIDTH).min(text.len()))).collect();
        lines.join("\n")
    };
    Some(format!("{}\n{BEGIN}\n{}\n{MIDDLE}\n{}\n{END}\n", receipt.words(), lines(&bytes), lines(&signature)))
}

/// A receipt out of a text, which may have gone through a mail: lines may end in another way, and text may stand around it.
///
/// # Errors
/// [`ReceiptError`].
pub fn read_receipt(text: &str) -> Result<SignedReceipt, ReceiptError> {
    let (words, rest) = text.split_once(BEGIN).ok_or(ReceiptError::Form)?;
    let (data, rest) = rest.split_once(MIDDLE).ok_or(ReceiptError::Form)?;
    let (signature, _) = rest.split_once(END).ok_or(ReceiptError::Form)?;
    let bytes = of_hex(data).ok_or(ReceiptError::Form)?;
    let signature = of_hex(signature).ok_or(ReceiptError::Form)?;
    let signed = read_detached(&signature, &bytes, false).map_err(ReceiptError::Signature)?;
    let receipt: Receipt = serde_json::from_slice(&bytes).map_err(|_error| ReceiptError::Form)?;
    if !receipt.is_plain() || json_lines(&receipt).ok().as_deref() != Some(bytes.as_slice()) {
        return Err(ReceiptError::Form);
    }
    // A mail may break and mark lines; letters it leaves alone.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if !letters(words).ends_with(&letters(&receipt.words())) {
        return Err(ReceiptError::Words);
    }
    Ok(SignedReceipt { receipt, certificate: signed.certificate })
}

/// Bytes out of pairs of digits, whatever white space or mark of a quotation stands between lines.
fn of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'>').collect();
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |two: &[u8]| match two {
        [one, other] => Some(digit(one)? << 4 | digit(other)?),
        _ => None,
    };
    digits.chunks(2).map(pair).collect()
}

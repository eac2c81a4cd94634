//! A school's card as it stands in the list of what is believed here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bundle::is_age_recipient;
use crate::circle::BundleKind;
use crate::school::{Laestab, Urn};
use crate::sign::Fingerprint;

/// A card in the list of what is believed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownCard {
    /// The school's Unique Reference Number.
    pub urn: Urn,
    /// Its DfE number.
    pub laestab: Laestab,
    /// The SHA-256 of the certificate that has signed the card, in lower-case hexadecimal.
    pub certificate_sha256: String,
    /// When the card was made.
    pub made_at: String,
    /// The recipient for each circle.
    pub recipients: BTreeMap<BundleKind, String>,
}

impl KnownCard {
    /// Whether the entry can be one.
    pub(super) fn is_sound(&self) -> bool {
        self.made_at.parse::<Timestamp>().is_ok()
            && Fingerprint::from_hex(&self.certificate_sha256).is_some()
            && self.recipients.values().all(|recipient| is_age_recipient(recipient))
    }
}

//! What stands in a list of signers: the school that receives here, those who were confirmed, what was revoked, and which
//! lists of others were taken over.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::role::Role;
use crate::embedded_record::NamedSchool;
use crate::school::{Laestab, Urn};
use crate::sign::Fingerprint;
use crate::text::{LONGEST_NOTE, is_plain_line};

/// The school that receives here: what is addressed to another is misdirected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalSchool {
    /// The Unique Reference Number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urn: Option<Urn>,
    /// The DfE number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laestab: Option<Laestab>,
}

impl LocalSchool {
    /// Whether something is addressed to this school: both sides know one of its numbers, and no number differs.
    #[must_use]
    pub fn is_addressed_by(&self, to: &NamedSchool) -> bool {
        let urn = self.urn.as_ref().zip(to.urn.as_ref()).map(|(ours, theirs)| ours == theirs);
        let laestab = self.laestab.as_ref().zip(to.laestab.as_ref()).map(|(ours, theirs)| ours == theirs);
        let compared = [urn, laestab];
        compared.contains(&Some(true)) && !compared.contains(&Some(false))
    }
}

/// One signer who was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The school's Unique Reference Number; of an authority, its number.
    pub urn: String,
    /// The school's DfE number, if it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laestab: Option<String>,
    /// The school's name, as whoever confirmed it knows it.
    pub school: String,
    /// Whom to ring there, and on which number, as whoever confirmed it found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// In what role.
    pub role: Role,
    /// The certificate's SHA-256 in lower-case hexadecimal.
    pub certificate_sha256: String,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// When, `2026-07-10`.
    pub confirmed_on: String,
    /// How, for example "read over the telephone, number from Get Information about Schools".
    pub how: String,
    /// The first day on which it is believed, if there is one: `2026-09-01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// The last, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The fingerprint of the authority on whose list it came, if it came on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_by: Option<String>,
    /// The certificate whose key has announced this one, if one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewed_from: Option<String>,
    /// Since when it is no longer believed, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_on: Option<String>,
    /// Why, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_why: Option<String>,
}

/// A certificate that is no longer believed, and has no entry of its own: one of which only others' entries tell, or one
/// that was revoked before anybody confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// The certificate's SHA-256 in lower-case hexadecimal.
    pub certificate_sha256: String,
    /// Since when, `2026-07-10`.
    pub on: String,
    /// Why.
    pub why: String,
}

/// The newest list of an authority that was taken over here: no older one is, also after the authority got a new key or was
/// taken out and confirmed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSeen {
    /// The authority's number.
    pub authority: String,
    /// The serial number of the list.
    pub serial: u64,
    /// Its SHA-256 in lower-case hexadecimal: no two lists have one number.
    pub sha256: String,
}

impl Signer {
    /// Whether a fingerprint, or its beginning of at least eight digits, is this certificate's.
    pub(super) fn is_called(&self, fingerprint: &str) -> bool {
        fingerprint.len() >= 8 && self.certificate_sha256.starts_with(&fingerprint.to_lowercase())
    }

    /// When and why it was revoked, if it was.
    pub(super) fn revocation(&self) -> Option<(String, String)> {
        Some((self.revoked_on.clone()?, self.revoked_why.clone().unwrap_or_default()))
    }

    /// Whether a day lies in the time for which the signer was confirmed.
    pub(super) fn is_believed_on(&self, today: Date) -> bool {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
        day(&self.valid_from).is_none_or(|from| today >= from)
            && day(&self.valid_until).is_none_or(|until| today <= until)
    }

    /// Whether the entry can be an entry: a number, a digest in its one form, and dates that are dates.
    pub(super) fn is_sound(&self) -> bool {
        let urn = match self.role {
            Role::Authority => is_authority(&self.urn),
            Role::Timestamps => self.urn.is_empty(),
            Role::Seal | Role::Dsl | Role::Senco | Role::Head => Urn::parse(&self.urn).is_ok(),
        };
        let dates = [&self.valid_from, &self.valid_until, &self.revoked_on].into_iter().flatten();
        let digests = [&self.listed_by, &self.renewed_from].into_iter().flatten().chain([&self.certificate_sha256]);
        let words =
            [&self.school, &self.confirmed_by, &self.how].into_iter().chain(&self.revoked_why).chain(&self.contact);
        urn && digests.into_iter().all(|digest| Fingerprint::from_hex(digest).is_some())
            && dates.chain([&self.confirmed_on]).all(|date| is_day(date))
            && words.into_iter().all(|words| is_line(words))
    }
}

/// Whether a text is a day in the one way in which days are written: `2026-07-10`.
pub(super) fn is_day(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|day| day.to_string() == text)
}

/// Whether words can stand in a row of what is printed.
pub(super) fn is_line(words: &str) -> bool {
    is_plain_line(words, LONGEST_NOTE)
}

/// Whether a text is the number of an authority.
pub(super) fn is_authority(text: &str) -> bool {
    (3..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A signer for tests, of a certificate whose digest is one digit all through.
#[cfg(test)]
pub(super) fn signer(digest: &str) -> Signer {
    Signer {
        contact: None,
        urn: "100001".into(),
        school: "Example Junior School".into(),
        role: Role::Seal,
        certificate_sha256: digest.repeat(64),
        confirmed_by: "R. Sample".into(),
        confirmed_on: "2026-07-10".into(),
        laestab: None,
        valid_from: None,
        valid_until: None,
        listed_by: None,
        renewed_from: None,
        how: "telephone".into(),
        revoked_on: None,
        revoked_why: None,
    }
}

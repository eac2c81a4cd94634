//! Which schools' certificates are believed: a text file that a person can read and a diff can show.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::known_card::KnownCard;
use super::role::Role;
use super::signer::{ListSeen, LocalSchool, Revoked, Signer, is_authority, is_day, is_line};
use crate::circle::BundleKind;
use crate::school::{School, Urn};
use crate::sign::{Certificate, Fingerprint, ReasonCode, Refusal};

pub(super) const REVOKED: Refusal = Refusal::new(ReasonCode::K7, "This certificate is no longer believed");
/// Nobody here has confirmed the signer.
pub const NOT_CONFIRMED: Refusal = Refusal::new(ReasonCode::K5, "The signer is a school that you have not confirmed");
const OTHER_SCHOOL: Refusal =
    Refusal::new(ReasonCode::I1, "The certificate names another school than the one you have confirmed");

/// The signers that are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// Of a list that is signed for others: its serial number, higher with each new one. The own list has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<u64>,
    /// The school that receives here, once it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub us: Option<LocalSchool>,
    /// The lists that were taken over.
    #[serde(default, rename = "list", skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ListSeen>,
    /// The entries, in the order in which they were confirmed.
    #[serde(default, rename = "signer")]
    pub signers: Vec<Signer>,
    /// The cards of schools, one for each.
    #[serde(default, rename = "card", skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<KnownCard>,
    /// What is no longer believed and has no entry.
    #[serde(default, rename = "revoked", skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<Revoked>,
}

/// Why a trust file or an entry is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustError {
    /// The file is not a trust file; the parser's message without values.
    Format(String),
    /// The school is known with another certificate that was not revoked.
    OtherKey(String),
    /// The certificate is in the list already.
    Known,
    /// The certificate was revoked: the day, and why.
    Revoked(String, String),
    /// A list of an authority without a serial number.
    NoSerial,
    /// A list of an authority that is older than the one taken over: its number, and that one's.
    OldList(u64, u64),
    /// Another list of an authority under the number of the one taken over.
    SameSerial(u64),
    /// A card whose signer nobody here has confirmed as the seal of its school.
    NotConfirmed,
    /// A card that names another school than its certificate.
    OtherSchool,
    /// A card that was made after today.
    FutureCard,
    /// A card that is older than the one that is known: the day of that.
    OldCard(String),
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(message) => write!(f, "the trust file cannot be read: {message}"),
            Self::OtherKey(school) => write!(
                f,
                "{school} is confirmed with another certificate. A changed key is a warning: ring the school, and take the old one out with `handover trust remove` only if the school itself has replaced it"
            ),
            Self::Known => f.write_str("this certificate is confirmed already"),
            Self::Revoked(on, why) => write!(
                f,
                "this certificate was revoked here on {on} ({why}), and a revocation is for good. Ask the school for its new one"
            ),
            Self::NoSerial => f.write_str(
                "the list has no serial number, so an old one could not be told from a new one. Ask whoever signed it to sign it again",
            ),
            Self::OldList(serial, newest) => write!(
                f,
                "the list has the serial number {serial}; a newer one, {newest}, was taken over before. Ask for the newest"
            ),
            Self::SameSerial(serial) => write!(
                f,
                "another list with the serial number {serial} was taken over before. Ask whoever signed it which is right"
            ),
            Self::NotConfirmed => f.write_str("nobody here has confirmed the school whose card it is"),
            Self::OtherSchool => f.write_str("the card names another school than the certificate that has signed it"),
            Self::FutureCard => f.write_str("the card says that it was made after today"),
            Self::OldCard(day) => {
                write!(f, "the card is older than the one of {day} that is known here. Ask the school for its newest")
            }
        }
    }
}

impl std::error::Error for TrustError {}

impl Trust {
    /// The trust file of its text.
    ///
    /// # Errors
    /// [`TrustError::Format`] for anything that is not exactly a list of signers.
    pub fn parse(text: &str) -> Result<Self, TrustError> {
        let trust: Self = toml::from_str(text).map_err(|error| TrustError::Format(error.message().to_owned()))?;
        let is_digest = |text: &str| Fingerprint::from_hex(text).is_some();
        let revoked = |one: &Revoked| is_digest(&one.certificate_sha256) && is_day(&one.on) && is_line(&one.why);
        let seen = |one: &ListSeen| is_digest(&one.sha256) && is_authority(&one.authority);
        if trust.signers.iter().all(Signer::is_sound)
            && trust.revoked.iter().all(revoked)
            && trust.lists.iter().all(seen)
            && trust.cards.iter().all(KnownCard::is_sound)
        {
            Ok(trust)
        } else {
            Err(TrustError::Format(
                "an entry has no URN of six digits, no certificate digest, a date that is none, or words that are not one plain line".to_owned(),
            ))
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// [`TrustError::Format`] only if serialising fails, which plain strings do not.
    pub fn to_text(&self) -> Result<String, TrustError> {
        let text = toml::to_string_pretty(self).map_err(|error| TrustError::Format(error.to_string()))?;
        Ok(format!(
            "# Schools whose seals are believed here. Each was confirmed by a person, over another channel.\n\n{text}"
        ))
    }

    /// The list of a receiving school that has confirmed just one sender: what a sender judges its own work by.
    #[must_use]
    pub fn of_receiver(sender: &Certificate, from: &School, to: &School) -> Self {
        let signer = Signer {
            urn: from.urn.to_string(),
            laestab: Some(from.laestab.to_string()),
            school: from.name.to_string(),
            contact: None,
            role: Role::Seal,
            certificate_sha256: sender.fingerprint().to_string(),
            confirmed_by: String::new(),
            confirmed_on: String::new(),
            how: String::new(),
            valid_from: None,
            valid_until: None,
            listed_by: None,
            renewed_from: None,
            revoked_on: None,
            revoked_why: None,
        };
        let us = LocalSchool { urn: Some(to.urn.clone()), laestab: Some(to.laestab.clone()) };
        Self { us: Some(us), signers: vec![signer], ..Self::default() }
    }

    /// The entries of a certificate.
    fn entries(&self, digest: &str) -> impl Iterator<Item = &Signer> + Clone {
        self.signers.iter().filter(move |signer| signer.certificate_sha256 == digest)
    }

    /// Adds a signer.
    ///
    /// # Errors
    /// [`TrustError::Revoked`], [`TrustError::Known`] or [`TrustError::OtherKey`].
    pub fn add(&mut self, signer: Signer) -> Result<(), TrustError> {
        if !signer.is_sound() {
            return Err(TrustError::Format("the URN must be 6 digits".to_owned()));
        }
        if let Some((on, why)) = self.revocation(&signer.certificate_sha256) {
            return Err(TrustError::Revoked(on, why));
        }
        for known in self.signers.iter().filter(|known| known.urn == signer.urn && known.role == signer.role) {
            if known.certificate_sha256 == signer.certificate_sha256 {
                return Err(TrustError::Known);
            }
            // A school has one seal and an authority one key; people in a role, and timestamp services, are several.
            let has_one = matches!(signer.role, Role::Seal | Role::Authority);
            if has_one && known.revoked_on.is_none() {
                return Err(TrustError::OtherKey(known.school.clone()));
            }
        }
        self.signers.push(signer);
        Ok(())
    }

    /// Removes the entries of a fingerprint (or its beginning, at least eight digits); answers how many.
    ///
    /// # Errors
    /// [`TrustError::Revoked`] where one of them was revoked: it stays, so that it cannot be confirmed again unawares.
    pub fn remove(&mut self, fingerprint: &str) -> Result<usize, TrustError> {
        let mut meant = self.signers.iter().filter(|signer| signer.is_called(fingerprint));
        if let Some((on, why)) = meant.find_map(Signer::revocation) {
            return Err(TrustError::Revoked(on, why));
        }
        let before = self.signers.len();
        self.signers.retain(|signer| !signer.is_called(fingerprint));
        Ok(before - self.signers.len())
    }

    /// When and why a certificate itself was revoked, if it was.
    pub(super) fn revocation(&self, digest: &str) -> Option<(String, String)> {
        let alone = self.revoked.iter().find(|one| one.certificate_sha256 == digest);
        let alone = alone.map(|one| (one.on.clone(), one.why.clone()));
        self.entries(digest).find_map(Signer::revocation).or(alone)
    }

    /// Says of one certificate that it is no longer believed; answers whether that is news.
    pub(super) fn revoke_one(&mut self, digest: &str, on: &str, why: &str) -> bool {
        if self.revocation(digest).is_some() {
            return false;
        }
        let mut is_listed = false;
        for signer in self.signers.iter_mut().filter(|signer| signer.certificate_sha256 == digest) {
            (signer.revoked_on, signer.revoked_why) = (Some(on.to_owned()), Some(why.to_owned()));
            is_listed = true;
        }
        if !is_listed {
            let (on, why) = (on.to_owned(), why.to_owned());
            self.revoked.push(Revoked { certificate_sha256: digest.to_owned(), on, why });
        }
        true
    }

    /// Believes a new certificate of a signer whose old one is believed, has signed it, and names the same school.
    /// Answers the school's name; nothing where the new one is in the list already.
    ///
    /// # Errors
    /// Where the old certificate is not believed (any more), or the new one names another school.
    pub fn renew(&mut self, old: &Certificate, new: &Certificate, today: Date) -> Result<Option<String>, Refusal> {
        let (old_digest, digest) = (old.fingerprint().to_string(), new.fingerprint().to_string());
        if self.is_revoked(&old_digest) {
            return Err(REVOKED);
        }
        let Some(known) = self.entries(&old_digest).find(|signer| signer.is_believed_on(today)).cloned() else {
            return Err(NOT_CONFIRMED);
        };
        if new.urn().is_none_or(|urn| urn.as_str() != known.urn) || old.urn() != new.urn() {
            return Err(OTHER_SCHOOL);
        }
        if self.entries(&digest).next().is_some() {
            return Ok(None);
        }
        let how = format!("signed with the key that was confirmed on {}", known.confirmed_on);
        let school = known.school.clone();
        let (confirmed_on, renewed_from) = (today.to_string(), Some(old_digest));
        self.signers.push(Signer { certificate_sha256: digest, confirmed_on, how, renewed_from, ..known });
        Ok(Some(school))
    }

    /// Says of every certificate of a fingerprint (or its beginning, at least eight digits) that it is no longer believed:
    /// of those with an entry, of those on whose word others are in the list, and of any other whose whole fingerprint is
    /// given. Answers how many there are that were not revoked before.
    pub fn revoke(&mut self, fingerprint: &str, on: Date, why: &str) -> usize {
        let fingerprint = fingerprint.to_lowercase();
        let named = self.signers.iter().flat_map(|signer| {
            [Some(&signer.certificate_sha256), signer.listed_by.as_ref(), signer.renewed_from.as_ref()]
        });
        let is_meant = |digest: &&String| fingerprint.len() >= 8 && digest.starts_with(&fingerprint);
        let mut meant: Vec<String> = named.flatten().filter(is_meant).cloned().collect();
        meant.extend(Fingerprint::from_hex(&fingerprint).map(|whole| whole.to_string()));
        meant.sort_unstable();
        meant.dedup();
        meant.iter().filter(|digest| self.revoke_one(digest, &on.to_string(), why)).count()
    }

    /// The authority that has a fingerprint (or its beginning, at least eight digits).
    #[must_use]
    pub fn authority(&self, fingerprint: &str, today: Date) -> Option<&Signer> {
        let is_meant = |signer: &&Signer| signer.is_called(fingerprint) && signer.role == Role::Authority;
        self.signers
            .iter()
            .find(is_meant)
            .filter(|signer| signer.is_believed_on(today) && !self.is_revoked(&signer.certificate_sha256))
    }

    /// Whether a timestamp service is believed on a day: its certificate or one above it was confirmed, none was revoked.
    #[must_use]
    pub fn confirms_timestamps(&self, chain: &[Fingerprint], today: Date) -> bool {
        let digests: Vec<String> = chain.iter().map(Fingerprint::to_string).collect();
        let is_one = |signer: &&Signer| signer.role == Role::Timestamps && digests.contains(&signer.certificate_sha256);
        self.signers.iter().filter(is_one).any(|signer| signer.is_believed_on(today))
            && !digests.iter().any(|digest| self.is_revoked(digest))
    }

    /// Whether a certificate was revoked, or one on whose word it is in the list: the authority whose list it came on, or
    /// the key that announced it.
    #[must_use]
    pub fn is_revoked(&self, digest: &str) -> bool {
        let mut looked_at: Vec<&str> = Vec::new();
        let mut next = vec![digest];
        while let Some(digest) = next.pop() {
            if looked_at.contains(&digest) {
                continue;
            }
            looked_at.push(digest);
            if self.revoked.iter().any(|one| one.certificate_sha256 == digest) {
                return true;
            }
            for signer in self.entries(digest) {
                if signer.revoked_on.is_some() {
                    return true;
                }
                next.extend([&signer.listed_by, &signer.renewed_from].into_iter().flatten().map(String::as_str));
            }
        }
        false
    }

    /// The school's name and the role under which a person of a school is believed on a day, if so.
    #[must_use]
    pub fn role_of(&self, fingerprint: &Fingerprint, school: Option<&Urn>, today: Date) -> Option<(String, Role)> {
        let digest = fingerprint.to_string();
        self.entries(&digest)
            .find(|signer| signer.is_believed_on(today) && school.is_some_and(|school| school.as_str() == signer.urn))
            .map(|signer| (signer.school.clone(), signer.role))
    }

    /// Who has confirmed a certificate for these readers: `Ok(None)` if nobody has. `from` is the sender's URN by the
    /// bundle's own word.
    ///
    /// # Errors
    /// Where it was revoked, where the certificate names another school than the list, where the role is not enough or
    /// its time is over, or where its school is confirmed with another certificate: a hard stop, not an unknown signer.
    pub fn find(
        &self,
        certificate: &Certificate,
        kind: Option<BundleKind>,
        from: Option<Urn>,
        today: Date,
    ) -> Result<Option<&Signer>, Refusal> {
        let digest = certificate.fingerprint().to_string();
        // A certificate without a number speaks for whom its bundle says it comes from.
        let urn = certificate.urn().or(from);
        let mut same = self.entries(&digest);
        // A certificate that was revoked once stays revoked, whatever other entries say.
        if self.is_revoked(&digest) {
            return Err(REVOKED);
        }
        if let Some(signer) = same.clone().find(|signer| signer.role.may_sign(kind)) {
            if !signer.is_believed_on(today) {
                return Err(Refusal::new(ReasonCode::K10, "You have confirmed this signer for another time"));
            }
            if urn.is_some_and(|urn| urn.as_str() != signer.urn) {
                return Err(OTHER_SCHOOL);
            }
            return Ok(Some(signer));
        }
        if same.next().is_some() {
            return Err(Refusal::new(
                ReasonCode::K9,
                "The signer is confirmed, but in a role that does not sign for these readers",
            ));
        }
        // A forger may leave the number out, but not the name.
        let called = [folded(&certificate.holder()), folded(&certificate.person())];
        let school_is_known = |signer: &Signer| {
            let same =
                urn.as_ref().is_some_and(|urn| urn.as_str() == signer.urn) || called.contains(&folded(&signer.school));
            signer.role == Role::Seal && same && signer.revoked_on.is_none()
        };
        if self.signers.iter().any(school_is_known) {
            return Err(Refusal::new(
                ReasonCode::K6,
                "A school that you have confirmed seems to sign with another key. Ring it before you do anything else",
            ));
        }
        Ok(None)
    }
}

/// A name without its spaces, marks and capitals: what looks alike is alike.
fn folded(name: &str) -> String {
    name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::signer::signer;
    use super::*;
    use crate::embedded_record::NamedSchool;

    #[test]
    fn the_file_reads_what_it_wrote() {
        let mut trust = Trust::default();
        trust.add(signer("a")).unwrap();
        assert_eq!(Trust::parse(&trust.to_text().unwrap()), Ok(trust));
        assert_eq!(Trust::parse("# nothing yet\n"), Ok(Trust::default()));
        assert!(Trust::parse("[[signer]]\nurn = \"1\"\n").is_err() && Trust::parse("x = 1\n").is_err());
    }

    #[test]
    fn an_entry_has_one_form() {
        for (urn, digest) in [("", "a"), ("10000", "a"), ("100001", "A"), ("100001", "+")] {
            let mut trust = Trust::default();
            let entry = Signer { urn: urn.into(), ..signer(digest) };
            assert!(trust.add(entry.clone()).is_err(), "{urn} {digest}");
            trust.signers.push(entry);
            assert!(Trust::parse(&trust.to_text().unwrap()).is_err(), "{urn} {digest}");
        }
    }

    #[test]
    fn what_is_addressed_to_another_school_is_noticed() {
        let to =
            |urn: &str, laestab: &str| NamedSchool { name: None, urn: urn.parse().ok(), laestab: laestab.parse().ok() };
        let us = LocalSchool { urn: "999401".parse().ok(), laestab: "9994001".parse().ok() };
        assert!(us.is_addressed_by(&to("999401", "9994001")) && us.is_addressed_by(&to("", "9994001")));
        assert!(!us.is_addressed_by(&to("999402", "9994001")) && !us.is_addressed_by(&to("", "9994002")));
    }

    #[test]
    fn a_changed_key_is_a_hard_stop() {
        let mut trust = Trust::default();
        trust.add(signer("a")).unwrap();
        assert_eq!(trust.add(signer("a")), Err(TrustError::Known));
        assert!(matches!(trust.add(signer("b")), Err(TrustError::OtherKey(_))));
        assert_eq!(trust.remove("aaaa"), Ok(0), "too short to be meant");
        assert_eq!(trust.remove("AAAAAAAA"), Ok(1));
        assert!(trust.add(signer("b")).is_ok());
        let person = |digest| Signer { role: Role::Dsl, ..signer(digest) };
        assert!(trust.add(person("c")).is_ok() && trust.add(person("d")).is_ok(), "a lead and a deputy");
        let service = |digest| Signer { role: Role::Timestamps, urn: String::new(), ..signer(digest) };
        assert!(trust.add(service("e")).is_ok() && trust.add(service("f")).is_ok());
    }

    #[test]
    fn a_revocation_is_for_good() {
        let mut trust = Trust::default();
        trust.add(signer("a")).unwrap();
        assert_eq!(trust.revoke("aaaaaaaa", "2026-08-01".parse().unwrap(), "stolen"), 1);
        let revoked = TrustError::Revoked("2026-08-01".into(), "stolen".into());
        assert_eq!(trust.remove("aaaaaaaa"), Err(revoked.clone()));
        assert_eq!(trust.add(signer("a")), Err(revoked), "it is said, and not added");
        assert_eq!(trust.signers.len(), 1);
        assert!(trust.add(signer("b")).is_ok(), "the school's new certificate");
        let read = Trust::parse(&trust.to_text().unwrap()).unwrap();
        assert_eq!(read, trust);
    }

    #[test]
    fn what_only_others_tell_of_can_be_revoked_too() {
        let day = "2026-08-01".parse().unwrap();
        let mut trust = Trust::default();
        trust.add(Signer { renewed_from: Some("b".repeat(64)), ..signer("a") }).unwrap();
        trust.add(Signer { urn: "100002".into(), listed_by: Some("c".repeat(64)), ..signer("d") }).unwrap();
        assert_eq!(trust.revoke("bbbbbbbb", day, "stolen"), 1);
        assert!(trust.is_revoked(&"a".repeat(64)) && !trust.is_revoked(&"d".repeat(64)));
        assert_eq!(trust.revoke("cccccccc", day, "stolen"), 1);
        assert!(trust.is_revoked(&"d".repeat(64)));
        assert_eq!((trust.revoke("eeeeeeee", day, "x"), trust.revoke(&"e".repeat(64), day, "x")), (0, 1));
        assert!(matches!(trust.add(signer("e")), Err(TrustError::Revoked(..))), "before anybody has confirmed it");
        assert_eq!(Trust::parse(&trust.to_text().unwrap()), Ok(trust));
    }
}

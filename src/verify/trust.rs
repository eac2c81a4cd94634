//! Which schools' certificates are believed: a text file that a person can read and a diff can show.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::bundle::{BundleKind, Party};
use crate::sign::{Certificate, Fingerprint, Refusal};

pub(super) const REVOKED: Refusal = Refusal::new("K7", "This certificate is no longer believed");
pub(super) const NOT_CONFIRMED: Refusal = Refusal::new("K5", "The signer is a school that you have not confirmed");
const OTHER_SCHOOL: Refusal =
    Refusal::new("I1", "The certificate names another school than the one you have confirmed");

/// In what role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The school's seal.
    Seal,
    /// The designated safeguarding lead.
    Dsl,
    /// The SENCO.
    Senco,
    /// The head teacher.
    Head,
    /// A local authority or trust that signs lists of schools; it signs no packs.
    Authority,
    /// A timestamp service; it signs no packs.
    Timestamps,
}

impl Role {
    /// The role in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Seal => "the school's seal",
            Self::Dsl => "designated safeguarding lead",
            Self::Senco => "SENCO",
            Self::Head => "head teacher",
            Self::Authority => "authority",
            Self::Timestamps => "timestamp service",
        }
    }

    /// Whether somebody in this role may sign for these readers; `None` where a file does not say for whom it is.
    #[must_use]
    pub fn may_sign(self, kind: Option<BundleKind>) -> bool {
        match self {
            Self::Seal => true,
            Self::Dsl => kind == Some(BundleKind::Safeguarding),
            Self::Senco => kind == Some(BundleKind::Send),
            Self::Head => matches!(kind, Some(BundleKind::General | BundleKind::Send)),
            Self::Authority | Self::Timestamps => false,
        }
    }
}

/// The school that receives here: what is addressed to another is misdirected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Us {
    /// The Unique Reference Number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urn: Option<String>,
    /// The DfE number, seven digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laestab: Option<String>,
}

impl Us {
    /// Whether something is addressed to this school: both sides know one of its numbers, and no number differs.
    #[must_use]
    pub fn is_addressed_by(&self, to: &Party) -> bool {
        let compared = |ours: &Option<String>, theirs: &str| {
            ours.as_ref().filter(|_| !theirs.is_empty()).map(|ours| ours == theirs)
        };
        let compared = [compared(&self.urn, &to.urn), compared(&self.laestab, &to.laestab)];
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

/// The signers that are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The school that receives here, once it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub us: Option<Us>,
    /// The entries, in the order in which they were confirmed.
    #[serde(default, rename = "signer")]
    pub signers: Vec<Signer>,
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
        if trust.signers.iter().all(Signer::is_sound) {
            Ok(trust)
        } else {
            Err(TrustError::Format(
                "an entry has no URN of six digits, no certificate digest, or a date that is none".to_owned(),
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

    /// The entries of a certificate.
    fn entries(&self, digest: &str) -> impl Iterator<Item = &Signer> + Clone {
        self.signers.iter().filter(move |signer| signer.certificate_sha256 == digest)
    }

    /// Adds a signer.
    ///
    /// # Errors
    /// [`TrustError::Known`] or [`TrustError::OtherKey`].
    pub fn add(&mut self, signer: Signer) -> Result<(), TrustError> {
        if !signer.is_sound() {
            return Err(TrustError::Format("the URN must be 6 digits".to_owned()));
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
    pub fn remove(&mut self, fingerprint: &str) -> usize {
        let before = self.signers.len();
        self.signers.retain(|signer| !signer.is_called(fingerprint));
        before - self.signers.len()
    }

    /// Takes over the entries of a list that an authority has signed: new ones are added, revocations come into force.
    /// Answers how many entries were added, and how many revoked.
    ///
    /// # Errors
    /// [`TrustError::OtherKey`] where the list has another key for a school that is confirmed: then nothing is changed.
    pub fn import(&mut self, list: Self, authority: &Fingerprint) -> Result<(usize, usize), TrustError> {
        let mut merged = self.clone();
        let (mut added, mut revoked) = (0, 0);
        for mut signer in list.signers {
            if matches!(signer.role, Role::Authority | Role::Timestamps) {
                return Err(TrustError::Format("a list cannot confirm another authority".to_owned()));
            }
            let known = merged
                .signers
                .iter_mut()
                .find(|known| known.certificate_sha256 == signer.certificate_sha256 && known.role == signer.role);
            match known {
                Some(known) if signer.revoked_on.is_some() && known.revoked_on.is_none() => {
                    (known.revoked_on, known.revoked_why) = (signer.revoked_on, signer.revoked_why);
                    revoked += 1;
                }
                Some(_) => {}
                None => {
                    signer.listed_by = Some(authority.to_string());
                    merged.add(signer)?;
                    added += 1;
                }
            }
        }
        *self = merged;
        Ok((added, revoked))
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
        if new.urn().as_ref() != Some(&known.urn) || old.urn() != new.urn() {
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

    /// Says of every entry of a fingerprint (or its beginning, at least eight digits) that it is no longer believed;
    /// answers how many there are.
    pub fn revoke(&mut self, fingerprint: &str, on: Date, why: &str) -> usize {
        let is_meant = |signer: &&mut Signer| signer.is_called(fingerprint) && signer.revoked_on.is_none();
        let mut count = 0;
        for signer in self.signers.iter_mut().filter(is_meant) {
            signer.revoked_on = Some(on.to_string());
            signer.revoked_why = Some(why.to_owned());
            count += 1;
        }
        count
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
    pub fn role_of(&self, fingerprint: &Fingerprint, school: &str, today: Date) -> Option<(String, Role)> {
        let digest = fingerprint.to_string();
        self.entries(&digest)
            .find(|signer| signer.is_believed_on(today) && signer.urn == school)
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
        from: Option<&str>,
        today: Date,
    ) -> Result<Option<&Signer>, Refusal> {
        let digest = certificate.fingerprint().to_string();
        // A certificate without a number speaks for whom its bundle says it comes from.
        let from = from.filter(|urn| !urn.is_empty()).map(str::to_owned);
        let urn = certificate.urn().or(from);
        let mut same = self.entries(&digest);
        // A certificate that was revoked once stays revoked, whatever other entries say.
        if self.is_revoked(&digest) {
            return Err(REVOKED);
        }
        if let Some(signer) = same.clone().find(|signer| signer.role.may_sign(kind)) {
            if !signer.is_believed_on(today) {
                return Err(Refusal::new("K10", "You have confirmed this signer for another time"));
            }
            if urn.is_some_and(|urn| urn != signer.urn) {
                return Err(OTHER_SCHOOL);
            }
            return Ok(Some(signer));
        }
        if same.next().is_some() {
            return Err(Refusal::new(
                "K9",
                "The signer is confirmed, but in a role that does not sign for these readers",
            ));
        }
        // A forger may leave the number out, but not the name.
        let called = [folded(&certificate.holder()), folded(&certificate.person())];
        let school_is_known = |signer: &Signer| {
            let same = Some(&signer.urn) == urn.as_ref() || called.contains(&folded(&signer.school));
            signer.role == Role::Seal && same && signer.revoked_on.is_none()
        };
        if self.signers.iter().any(school_is_known) {
            return Err(Refusal::new(
                "K6",
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

impl Signer {
    /// Whether a fingerprint, or its beginning of at least eight digits, is this certificate's.
    fn is_called(&self, fingerprint: &str) -> bool {
        fingerprint.len() >= 8 && self.certificate_sha256.starts_with(&fingerprint.to_lowercase())
    }

    /// Whether a day lies in the time for which the signer was confirmed.
    fn is_believed_on(&self, today: Date) -> bool {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
        day(&self.valid_from).is_none_or(|from| today >= from)
            && day(&self.valid_until).is_none_or(|until| today <= until)
    }

    /// Whether the entry can be an entry: a number, a digest in its one form, and dates that are dates.
    fn is_sound(&self) -> bool {
        let length = match self.role {
            Role::Authority => 3..=6,
            Role::Timestamps => 0..=0,
            _ => 6..=6,
        };
        let urn = length.contains(&self.urn.len()) && self.urn.bytes().all(|byte| byte.is_ascii_digit());
        let dates = [&self.valid_from, &self.valid_until, &self.revoked_on].into_iter().flatten();
        urn && Fingerprint::from_hex(&self.certificate_sha256).is_some()
            && dates.chain([&self.confirmed_on]).all(|date| date.parse::<Date>().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(digest: &str) -> Signer {
        Signer {
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
    fn a_list_adds_and_revokes_or_does_nothing() {
        let authority = Fingerprint::of(b"authority");
        let list = |signers: &[Signer]| Trust { us: None, signers: signers.to_vec() };
        let mut trust = list(&[signer("a")]);
        let other = |digest| Signer { urn: "100002".into(), ..signer(digest) };
        let revoked =
            Signer { revoked_on: Some("2026-08-01".into()), revoked_why: Some("stolen".into()), ..signer("a") };
        assert_eq!(trust.import(list(&[revoked.clone(), other("b")]), &authority), Ok((1, 1)));
        assert_eq!((trust.signers[0].revoked_on.as_deref(), trust.signers.len()), (Some("2026-08-01"), 2));
        assert_eq!(trust.signers[1].listed_by, Some(authority.to_string()));
        let before = trust.clone();
        let elsewhere = Signer { urn: "100003".into(), ..signer("d") };
        assert!(matches!(trust.import(list(&[elsewhere, other("c")]), &authority), Err(TrustError::OtherKey(_))));
        assert_eq!(trust, before, "nothing is changed by a list that is refused");
        let king = Signer { role: Role::Authority, ..other("e") };
        assert!(trust.import(list(&[king]), &authority).is_err() && trust == before);
    }

    #[test]
    fn the_role_decides() {
        use BundleKind::{General, Safeguarding, Send};
        let allowed = |role: Role| {
            [None, Some(General), Some(Send), Some(Safeguarding)]
                .into_iter()
                .filter(|kind| role.may_sign(*kind))
                .count()
        };
        assert_eq!([Role::Seal, Role::Dsl, Role::Senco, Role::Head, Role::Authority].map(allowed), [4, 1, 1, 2, 0]);
        assert!(Role::Dsl.may_sign(Some(Safeguarding)) && !Role::Head.may_sign(Some(Safeguarding)));
    }

    #[test]
    fn what_is_addressed_to_another_school_is_noticed() {
        let to = |urn: &str, laestab: &str| Party { name: "X".into(), urn: urn.into(), laestab: laestab.into() };
        let us = Us { urn: Some("999401".into()), laestab: Some("9994001".into()) };
        assert!(us.is_addressed_by(&to("999401", "9994001")) && us.is_addressed_by(&to("", "9994001")));
        assert!(!us.is_addressed_by(&to("999402", "9994001")) && !us.is_addressed_by(&to("", "9994002")));
    }

    #[test]
    fn a_changed_key_is_a_hard_stop() {
        let mut trust = Trust::default();
        trust.add(signer("a")).unwrap();
        assert_eq!(trust.add(signer("a")), Err(TrustError::Known));
        assert!(matches!(trust.add(signer("b")), Err(TrustError::OtherKey(_))));
        assert_eq!(trust.remove("aaaa"), 0, "too short to be meant");
        assert_eq!(trust.remove("AAAAAAAA"), 1);
        assert!(trust.add(signer("b")).is_ok());
        let person = |digest| Signer { role: Role::Dsl, ..signer(digest) };
        assert!(trust.add(person("c")).is_ok() && trust.add(person("d")).is_ok(), "a lead and a deputy");
        let service = |digest| Signer { role: Role::Timestamps, urn: String::new(), ..signer(digest) };
        assert!(trust.add(service("e")).is_ok() && trust.add(service("f")).is_ok());
    }
}

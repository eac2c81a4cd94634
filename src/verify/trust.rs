//! Which schools' certificates are believed: a text file that a person can read and a diff can show.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sign::{Certificate, Fingerprint, Refusal};

/// In what role somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// One signer who was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The school's Unique Reference Number.
    pub urn: String,
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
            Err(TrustError::Format("an entry has no URN of six digits or no certificate digest".to_owned()))
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

    /// Adds a signer.
    ///
    /// # Errors
    /// [`TrustError::Known`] or [`TrustError::OtherKey`].
    pub fn add(&mut self, signer: Signer) -> Result<(), TrustError> {
        if !signer.is_sound() {
            return Err(TrustError::Format("the URN must be 6 digits".to_owned()));
        }
        for known in self.signers.iter().filter(|known| known.urn == signer.urn) {
            if known.certificate_sha256 == signer.certificate_sha256 {
                return Err(TrustError::Known);
            }
            if known.revoked_on.is_none() {
                return Err(TrustError::OtherKey(known.school.clone()));
            }
        }
        self.signers.push(signer);
        Ok(())
    }

    /// Removes the entries of a fingerprint (or its beginning, at least eight digits); answers how many.
    pub fn remove(&mut self, fingerprint: &str) -> usize {
        let before = self.signers.len();
        let fingerprint = fingerprint.to_lowercase();
        if fingerprint.len() >= 8 {
            self.signers.retain(|signer| !signer.certificate_sha256.starts_with(&fingerprint));
        }
        before - self.signers.len()
    }

    /// Who has confirmed a certificate: `Ok(None)` if nobody has.
    ///
    /// # Errors
    /// Where it was revoked, where the certificate names another school than the list, or where its school is
    /// confirmed with another certificate: a hard stop, not an unknown signer.
    pub fn find(&self, certificate: &Certificate) -> Result<Option<&Signer>, Refusal> {
        let digest = certificate.fingerprint().to_string();
        let urn = certificate.urn();
        let mut same = self.signers.iter().filter(|signer| signer.certificate_sha256 == digest);
        // A certificate that was revoked once stays revoked, whatever other entries say.
        if same.clone().any(|signer| signer.revoked_on.is_some()) {
            return Err(Refusal::new("K7", "This certificate is no longer believed"));
        }
        if let Some(signer) = same.clone().find(|signer| signer.role == Role::Seal) {
            if urn.is_some_and(|urn| urn != signer.urn) {
                return Err(Refusal::new("I1", "The certificate names another school than the one you have confirmed"));
            }
            return Ok(Some(signer));
        }
        if same.next().is_some() {
            return Err(Refusal::new("K9", "The signer is confirmed, but not as a school's seal"));
        }
        let school_is_known = |signer: &Signer| Some(&signer.urn) == urn.as_ref() && signer.revoked_on.is_none();
        if self.signers.iter().any(school_is_known) {
            return Err(Refusal::new(
                "K6",
                "A school that you have confirmed seems to sign with another key. Ring it before you do anything else",
            ));
        }
        Ok(None)
    }
}

impl Signer {
    /// Whether the entry can be an entry: a URN of six digits and a digest in its one form.
    fn is_sound(&self) -> bool {
        let urn = self.urn.len() == 6 && self.urn.bytes().all(|byte| byte.is_ascii_digit());
        urn && Fingerprint::from_hex(&self.certificate_sha256).is_some()
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
    fn a_changed_key_is_a_hard_stop() {
        let mut trust = Trust::default();
        trust.add(signer("a")).unwrap();
        assert_eq!(trust.add(signer("a")), Err(TrustError::Known));
        assert!(matches!(trust.add(signer("b")), Err(TrustError::OtherKey(_))));
        assert_eq!(trust.remove("aaaa"), 0, "too short to be meant");
        assert_eq!(trust.remove("AAAAAAAA"), 1);
        assert!(trust.add(signer("b")).is_ok());
    }
}

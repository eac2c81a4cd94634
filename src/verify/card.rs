//! A school's card: its certificate, and for each circle of readers the key to which bundles for it are encrypted. It is
//! mailed once and confirmed once; from then on no passphrase is needed.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::known_card::KnownCard;
use super::role::Role;
use super::trust::{Trust, TrustError};
use crate::bundle::is_age_recipient;
use crate::circle::BundleKind;
use crate::school::{School, Urn};
use crate::sign::{Certificate, Stated, Statement};

/// What a school says of itself on its card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Always `handover-card`.
    pub format: String,
    /// The version of this format: 1.
    pub version: u32,
    /// The school.
    pub school: School,
    /// When it was made: `2026-07-10T09:30:00Z`. A later card takes the place of an earlier one.
    pub made_at: String,
    /// For each circle of readers, the `age` recipient (`age1…`) to which its bundles are encrypted.
    pub recipients: BTreeMap<BundleKind, String>,
}

impl Card {
    /// What `format` says.
    pub const FORMAT: &'static str = "handover-card";
    /// The version written and read here.
    pub const VERSION: u32 = 1;

    /// A new card.
    #[must_use]
    pub fn new(school: School, at: Timestamp, recipients: BTreeMap<BundleKind, String>) -> Self {
        let (format, version) = (Self::FORMAT.to_owned(), Self::VERSION);
        Self { format, version, school, made_at: at.to_string(), recipients }
    }
}

impl Statement for Card {
    const NAME: &'static str = "card";

    fn words(&self) -> String {
        let School { name, urn, laestab } = &self.school;
        let day = self.made_at.get(..10).unwrap_or_default();
        let mut out = format!("Card of {name} (URN {urn}, DfE number {laestab})\nMade on {day}\n\n");
        out.push_str(
            "With this card, handover encrypts what it sends to this school so that only this school can open it. It\n\
             holds no secret. Add it with: handover trust add THIS-FILE\n\
             Ring the school while you do, on the number that Get Information about Schools gives.\n\n",
        );
        for (kind, recipient) in &self.recipients {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {}: {recipient}", kind.key());
        }
        out
    }

    fn is_sound(&self) -> bool {
        let is_time = |text: &str| text.parse::<Timestamp>().is_ok_and(|at| at.to_string() == text);
        self.format == Self::FORMAT
            && self.version == Self::VERSION
            && is_time(&self.made_at)
            && self.recipients.len() == BundleKind::ALL.len()
            && self.recipients.values().all(|recipient| is_age_recipient(recipient))
    }
}

impl Trust {
    /// Takes a card into the list, if whoever has signed it is believed as the seal of that school; an earlier card of the
    /// school goes. Answers whether it is new.
    ///
    /// # Errors
    /// [`TrustError::NotConfirmed`], [`TrustError::OtherSchool`] or [`TrustError::OldCard`].
    pub fn take_card(&mut self, card: &Stated<Card>, today: Date) -> Result<bool, TrustError> {
        let Stated { said, certificate } = card;
        if !self.is_seal_of(certificate, &said.school.urn, today) {
            return Err(TrustError::NotConfirmed);
        }
        if certificate.urn().is_some_and(|urn| urn != said.school.urn) {
            return Err(TrustError::OtherSchool);
        }
        let made = |text: &str| text.parse::<Timestamp>().ok();
        let day = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
        if made(&said.made_at).is_none_or(|at| day(at) > today) {
            return Err(TrustError::FutureCard);
        }
        // One whose signer is not believed any more has no say in which is the newest.
        let is_believed =
            |known: &&KnownCard| self.is_believed_seal(&known.certificate_sha256, known.urn.as_str(), today);
        let known = self.cards.iter().filter(|known| known.urn == said.school.urn).find(is_believed);
        if let Some(known) = known {
            if made(&known.made_at) > made(&said.made_at) {
                return Err(TrustError::OldCard(known.made_at.get(..10).unwrap_or_default().to_owned()));
            }
            if known.made_at == said.made_at && known.recipients == said.recipients {
                return Ok(false);
            }
        }
        self.cards.retain(|known| known.urn != said.school.urn);
        self.cards.push(KnownCard {
            urn: said.school.urn.clone(),
            laestab: said.school.laestab.clone(),
            certificate_sha256: certificate.fingerprint().to_string(),
            made_at: said.made_at.clone(),
            recipients: said.recipients.clone(),
        });
        Ok(true)
    }

    /// The `age` recipient to which a bundle for a school and circle is encrypted, and the day of the card that says so;
    /// `None` where no card of the school is known, or whoever has signed it is not believed any more.
    #[must_use]
    pub fn recipient(&self, to: &School, kind: BundleKind, today: Date) -> Option<(&str, &str)> {
        let card = self.cards.iter().find(|card| card.urn == to.urn && card.laestab == to.laestab)?;
        let digest = card.certificate_sha256.as_str();
        self.is_believed_seal(digest, to.urn.as_str(), today).then_some(())?;
        Some((card.recipients.get(&kind)?, card.made_at.get(..10)?))
    }

    fn is_seal_of(&self, certificate: &Certificate, urn: &Urn, today: Date) -> bool {
        self.is_believed_seal(&certificate.fingerprint().to_string(), urn.as_str(), today)
    }

    fn is_believed_seal(&self, digest: &str, urn: &str, today: Date) -> bool {
        let is_seal = self.signers.iter().any(|signer| {
            signer.certificate_sha256 == digest
                && signer.role == Role::Seal
                && signer.urn == urn
                && signer.is_believed_on(today)
        });
        is_seal && !self.is_revoked(digest)
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::bundle::AgeKey;
    use crate::sign::{Identity, read_statement, sign_statement};

    fn school(urn: &str, laestab: &str) -> School {
        serde_json::from_value(serde_json::json!({"name": "Lowther School", "urn": urn, "laestab": laestab})).unwrap()
    }

    fn identity(urn: &str, seed: u8) -> Identity {
        let school = school(urn, "9994001");
        let random = Zeroizing::new([seed; 80]);
        Identity::generate(&school.name, &school.urn, "2026-01-01T00:00:00Z".parse().unwrap(), &random).unwrap()
    }

    fn recipients() -> BTreeMap<BundleKind, String> {
        BundleKind::ALL.into_iter().map(|kind| (kind, AgeKey::new().recipient)).collect()
    }

    fn card(school: School, at: &str, identity: &Identity) -> Stated<Card> {
        let card = Card::new(school, at.parse().unwrap(), recipients());
        read_statement(&sign_statement(&card, identity).unwrap()).unwrap()
    }

    fn believing(identity: &Identity, urn: &str) -> Trust {
        let mut trust =
            Trust::of_receiver(identity.certificate(), &school(urn, "9994001"), &school("999201", "9992001"));
        trust.signers[0].confirmed_on = "2026-01-02".to_owned();
        trust
    }

    #[test]
    fn a_card_counts_for_the_school_that_signed_it_as_long_as_that_is_believed() {
        let (own, today) = (identity("999401", 1), "2026-07-10".parse().unwrap());
        let (us, mut trust) = (school("999401", "9994001"), believing(&own, "999401"));
        let first = card(us.clone(), "2026-07-01T08:00:00Z", &own);
        assert_eq!(trust.take_card(&first, today), Ok(true));
        assert_eq!(trust.take_card(&first, today), Ok(false));
        for kind in BundleKind::ALL {
            let recipient = first.said.recipients[&kind].as_str();
            assert_eq!(trust.recipient(&us, kind, today), Some((recipient, "2026-07-01")));
        }
        assert_eq!(trust.recipient(&school("999401", "9994002"), BundleKind::General, today), None, "another number");
        // A later one takes its place, and the earlier one does not come back.
        let second = card(us.clone(), "2026-07-02T08:00:00Z", &own);
        assert_eq!(trust.take_card(&second, today), Ok(true));
        assert_eq!(trust.take_card(&first, today), Err(TrustError::OldCard("2026-07-02".to_owned())));
        // It outlives being written and read.
        let mut again = Trust::parse(&trust.to_text().unwrap()).unwrap();
        assert_eq!(again.recipient(&us, BundleKind::Send, today), trust.recipient(&us, BundleKind::Send, today));
        assert_eq!(again.revoke(&own.certificate().fingerprint().to_string(), today, "lost"), 1);
        assert_eq!(again.recipient(&us, BundleKind::Send, today), None, "revoked");
    }

    #[test]
    fn nobody_makes_a_card_of_another_school() {
        let (own, other, today) = (identity("999401", 1), identity("999402", 2), "2026-07-10".parse().unwrap());
        let mut trust = believing(&own, "999401");
        let stranger = card(school("999402", "9994002"), "2026-07-01T08:00:00Z", &other);
        assert_eq!(trust.take_card(&stranger, today), Err(TrustError::NotConfirmed));
        trust.signers.extend(believing(&other, "999402").signers);
        let later = card(school("999401", "9994001"), "2026-07-11T08:00:00Z", &own);
        assert_eq!(believing(&own, "999401").take_card(&later, today), Err(TrustError::FutureCard));
        let forged = card(school("999401", "9994001"), "2026-07-01T08:00:00Z", &other);
        assert_eq!(trust.take_card(&forged, today), Err(TrustError::NotConfirmed));
        assert!(trust.cards.is_empty());
        let mut lacking = Card::new(school("999401", "9994001"), "2026-07-01T08:00:00Z".parse().unwrap(), recipients());
        lacking.recipients.remove(&BundleKind::Send);
        assert_eq!(sign_statement(&lacking, &own), None);
        lacking.recipients.insert(BundleKind::Send, "age1nothing".to_owned());
        assert_eq!(sign_statement(&lacking, &own), None);
    }
}

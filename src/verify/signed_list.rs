//! Lists of schools that a local authority or trust has signed, taken over into the own list.
//!
//! A list has a serial number, higher with each new one, so that an old list cannot bring back what a newer one has left
//! out or put right.

use super::role::Role;
use super::signer::{ListSeen, Signer};
use super::trust::{Trust, TrustError};
use crate::sign::Fingerprint;

/// A list as it was signed.
#[derive(Debug, Clone)]
pub struct SignedList {
    /// What stands in it.
    pub list: Trust,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What taking over a list came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// How many entries were added.
    pub added: usize,
    /// How many certificates came to be revoked.
    pub revoked: usize,
    /// What was not added, and why: a school has another key here, or its key was revoked.
    pub left_out: Vec<TrustError>,
}

/// The largest serial number: whoever signs one that nobody can exceed could never sign another list.
pub const LARGEST_SERIAL: u64 = 1_000_000_000_000;

impl Trust {
    /// Takes over the entries of a list that an authority has signed: revocations come into force, then new entries are
    /// added, and its serial number is remembered. What contradicts the own list is left out. The same list again is looked
    /// at again.
    ///
    /// # Errors
    /// [`TrustError::NoSerial`], [`TrustError::OldList`] or [`TrustError::SameSerial`] where the list is not newer;
    /// [`TrustError::Format`] where it confirms other authorities. Then nothing is changed.
    pub fn import(&mut self, signed: SignedList, authority: &Fingerprint) -> Result<Imported, TrustError> {
        let SignedList { list, sha256 } = signed;
        if list.signers.iter().any(|signer| matches!(signer.role, Role::Authority | Role::Timestamps)) {
            return Err(TrustError::Format("a list cannot confirm another authority".to_owned()));
        }
        self.is_next(list.serial, sha256, authority)?;
        let mut imported = Imported::default();
        let (revoked, believed): (Vec<_>, Vec<_>) =
            list.signers.into_iter().partition(|signer| signer.revoked_on.is_some());
        let alone = list.revoked.into_iter().map(|one| (one.certificate_sha256, one.on, one.why));
        let listed = revoked.into_iter().map(|signer| {
            let (on, why) = (signer.revoked_on.unwrap_or_default(), signer.revoked_why.unwrap_or_default());
            (signer.certificate_sha256, on, why)
        });
        for (digest, on, why) in listed.chain(alone) {
            imported.revoked += usize::from(self.revoke_one(&digest, &on, &why));
        }
        for mut signer in believed {
            let is_known =
                |known: &Signer| known.certificate_sha256 == signer.certificate_sha256 && known.role == signer.role;
            if self.signers.iter().any(is_known) {
                continue;
            }
            signer.listed_by = Some(authority.to_string());
            match self.add(signer) {
                Ok(()) => imported.added += 1,
                Err(error) => imported.left_out.push(error),
            }
        }
        Ok(imported)
    }

    /// Remembers the serial number of an authority's list, unless it is not the next.
    fn is_next(&mut self, serial: Option<u64>, sha256: String, authority: &Fingerprint) -> Result<(), TrustError> {
        let serial = serial.filter(|serial| *serial <= LARGEST_SERIAL).ok_or(TrustError::NoSerial)?;
        let digest = authority.to_string();
        let is_meant = |known: &&Signer| known.role == Role::Authority && known.certificate_sha256 == digest;
        let Some(authority) = self.signers.iter().find(is_meant).map(|known| known.urn.clone()) else {
            return Err(TrustError::NoSerial);
        };
        match self.lists.iter_mut().find(|seen| seen.authority == authority) {
            Some(seen) if serial < seen.serial => return Err(TrustError::OldList(serial, seen.serial)),
            Some(seen) if serial == seen.serial && seen.sha256 != sha256 => return Err(TrustError::SameSerial(serial)),
            Some(seen) => (seen.serial, seen.sha256) = (serial, sha256),
            None => self.lists.push(ListSeen { authority, serial, sha256 }),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::signer::signer;
    use super::*;

    fn list(serial: Option<u64>, sha256: &str, signers: &[Signer]) -> SignedList {
        let list = Trust { serial, signers: signers.to_vec(), ..Trust::default() };
        SignedList { list, sha256: sha256.repeat(64) }
    }

    /// A list of one's own in which an authority is confirmed.
    fn own(authority: &Fingerprint) -> Trust {
        let king = Signer {
            role: Role::Authority,
            urn: "999".into(),
            certificate_sha256: authority.to_string(),
            ..signer("0")
        };
        Trust { signers: vec![king, signer("a")], ..Trust::default() }
    }

    #[test]
    fn a_list_revokes_first_and_adds_what_it_can() {
        let authority = Fingerprint::of(b"authority");
        let mut trust = own(&authority);
        let of = |urn: &str, digest| Signer { urn: urn.into(), ..signer(digest) };
        let revoked =
            |one: Signer| Signer { revoked_on: Some("2026-08-01".into()), revoked_why: Some("stolen".into()), ..one };
        // A key that is unknown here, of a school that is confirmed with another; and one that is known.
        let first = list(Some(1), "1", &[of("100002", "b"), revoked(of("100001", "c")), revoked(of("100002", "d"))]);
        let imported = trust.import(first, &authority).unwrap();
        assert_eq!((imported.added, imported.revoked, imported.left_out), (1, 2, vec![]));
        assert!(trust.is_revoked(&"c".repeat(64)) && trust.is_revoked(&"d".repeat(64)));
        assert!(!trust.is_revoked(&"a".repeat(64)));
        assert_eq!(trust.signers[2].listed_by, Some(authority.to_string()));
        let second = list(Some(2), "2", &[of("100001", "e"), of("100003", "f"), revoked(signer("a"))]);
        let imported = trust.import(second, &authority).unwrap();
        assert_eq!((imported.added, imported.revoked), (2, 1), "the school's new key after the old one was revoked");
        let third = list(Some(3), "3", &[of("100003", "9"), of("100004", "c")]);
        let imported = trust.import(third, &authority).unwrap();
        assert!(matches!(imported.left_out.as_slice(), [TrustError::OtherKey(_), TrustError::Revoked(..)]));
        let before = trust.clone();
        let king = Signer { role: Role::Authority, ..of("100005", "8") };
        assert!(trust.import(list(Some(4), "4", &[king]), &authority).is_err() && trust == before);
    }

    #[test]
    fn an_older_list_is_refused_also_after_the_authority_has_a_new_key_or_was_taken_out() {
        let authority = Fingerprint::of(b"authority");
        let mut trust = own(&authority);
        let other = |digest| Signer { urn: "100002".into(), ..signer(digest) };
        assert_eq!(trust.import(list(None, "0", &[]), &authority), Err(TrustError::NoSerial));
        assert_eq!(trust.import(list(Some(u64::MAX), "0", &[]), &authority), Err(TrustError::NoSerial));
        assert!(trust.import(list(Some(7), "7", &[other("b")]), &authority).is_ok());
        assert_eq!(trust.import(list(Some(6), "6", &[other("c")]), &authority), Err(TrustError::OldList(6, 7)));
        assert_eq!(trust.import(list(Some(7), "f", &[]), &authority), Err(TrustError::SameSerial(7)));
        let again = trust.import(list(Some(7), "7", &[other("b")]), &authority);
        assert_eq!(again, Ok(Imported::default()), "the same again");
        let renewed = Fingerprint::of(b"its new key");
        let known = trust.signers[0].clone();
        trust.signers.push(Signer { certificate_sha256: renewed.to_string(), ..known.clone() });
        assert!(trust.import(list(Some(8), "8", &[]), &renewed).is_ok());
        assert_eq!(trust.import(list(Some(7), "7", &[]), &authority), Err(TrustError::OldList(7, 8)));
        assert_eq!(trust.remove(&authority.to_string()[..8]), Ok(1));
        trust.signers.push(known);
        assert_eq!(trust.import(list(Some(7), "7", &[]), &authority), Err(TrustError::OldList(7, 8)));
        assert_eq!(Trust::parse(&trust.to_text().unwrap()), Ok(trust), "the number is kept");
    }
}

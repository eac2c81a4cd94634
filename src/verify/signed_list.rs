//! Lists of schools that a local authority or trust has signed, taken over into the own list.
//!
//! A list has a serial number, higher with each new one, so that an old list cannot bring back what a newer one has left
//! out or put right.

use super::role::Role;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// How many entries were added.
    pub added: usize,
    /// How many came to be revoked.
    pub revoked: usize,
}

impl Trust {
    /// Takes over the entries of a list that an authority has signed: new ones are added, revocations come into force, and
    /// its serial number is remembered. The same list again changes nothing.
    ///
    /// # Errors
    /// [`TrustError::NoSerial`], [`TrustError::OldList`] or [`TrustError::SameSerial`] where the list is not newer;
    /// [`TrustError::OtherKey`] where it has another key for a school that is confirmed, [`TrustError::Revoked`] where it
    /// confirms what was revoked here. Then nothing is changed.
    pub fn import(&mut self, signed: SignedList, authority: &Fingerprint) -> Result<Imported, TrustError> {
        let SignedList { list, sha256 } = signed;
        let mut merged = self.clone();
        merged.is_next(list.serial, &sha256, authority)?;
        let mut imported = Imported::default();
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
                    imported.revoked += 1;
                }
                Some(_) => {}
                None => {
                    signer.listed_by = Some(authority.to_string());
                    merged.add(signer)?;
                    imported.added += 1;
                }
            }
        }
        *self = merged;
        Ok(imported)
    }

    /// Remembers the serial number of an authority's list, unless it is not the next.
    fn is_next(&mut self, serial: Option<u64>, sha256: &str, authority: &Fingerprint) -> Result<(), TrustError> {
        let serial = serial.ok_or(TrustError::NoSerial)?;
        let authority = authority.to_string();
        let is_meant =
            |known: &&mut super::trust::Signer| known.role == Role::Authority && known.certificate_sha256 == authority;
        for known in self.signers.iter_mut().filter(is_meant) {
            match known.list_serial {
                Some(newest) if serial < newest => return Err(TrustError::OldList(serial, newest)),
                Some(newest) if serial == newest && known.list_sha256.as_deref() != Some(sha256) => {
                    return Err(TrustError::SameSerial(serial));
                }
                _ => {}
            }
            (known.list_serial, known.list_sha256) = (Some(serial), Some(sha256.to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Signer;

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
            list_serial: None,
            list_sha256: None,
        }
    }

    fn list(serial: Option<u64>, sha256: &str, signers: &[Signer]) -> SignedList {
        SignedList { list: Trust { serial, us: None, signers: signers.to_vec() }, sha256: sha256.to_owned() }
    }

    /// A list of one's own in which an authority is confirmed.
    fn own(authority: &Fingerprint) -> Trust {
        let king = Signer {
            role: Role::Authority,
            urn: "999".into(),
            certificate_sha256: authority.to_string(),
            ..signer("0")
        };
        Trust { serial: None, us: None, signers: vec![king, signer("a")] }
    }

    #[test]
    fn a_list_adds_and_revokes_or_does_nothing() {
        let authority = Fingerprint::of(b"authority");
        let mut trust = own(&authority);
        let other = |digest| Signer { urn: "100002".into(), ..signer(digest) };
        let revoked =
            Signer { revoked_on: Some("2026-08-01".into()), revoked_why: Some("stolen".into()), ..signer("a") };
        let first = list(Some(1), "1", &[revoked, other("b")]);
        assert_eq!(trust.import(first, &authority), Ok(Imported { added: 1, revoked: 1 }));
        assert_eq!((trust.signers[1].revoked_on.as_deref(), trust.signers.len()), (Some("2026-08-01"), 3));
        assert_eq!(trust.signers[2].listed_by, Some(authority.to_string()));
        let before = trust.clone();
        let elsewhere = Signer { urn: "100003".into(), ..signer("d") };
        let second = list(Some(2), "2", &[elsewhere, other("c")]);
        assert!(matches!(trust.import(second, &authority), Err(TrustError::OtherKey(_))));
        assert_eq!(trust, before, "nothing is changed by a list that is refused");
        let king = Signer { role: Role::Authority, ..other("e") };
        assert!(trust.import(list(Some(2), "2", &[king]), &authority).is_err() && trust == before);
    }

    #[test]
    fn an_older_list_is_refused() {
        let authority = Fingerprint::of(b"authority");
        let mut trust = own(&authority);
        let other = |digest| Signer { urn: "100002".into(), ..signer(digest) };
        assert_eq!(trust.import(list(None, "0", &[]), &authority), Err(TrustError::NoSerial));
        assert!(trust.import(list(Some(7), "7", &[other("b")]), &authority).is_ok());
        assert_eq!(trust.import(list(Some(6), "6", &[other("c")]), &authority), Err(TrustError::OldList(6, 7)));
        assert_eq!(trust.import(list(Some(7), "x", &[]), &authority), Err(TrustError::SameSerial(7)));
        let again = trust.import(list(Some(7), "7", &[other("b")]), &authority);
        assert_eq!(again, Ok(Imported::default()), "the same again");
        assert!(trust.import(list(Some(8), "8", &[]), &authority).is_ok());
        let read = Trust::parse(&trust.to_text().unwrap()).unwrap();
        assert_eq!(read, trust, "the number is kept");
    }
}

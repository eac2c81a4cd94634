//! What somebody puts their name to: the content of a record, as a digest.

use sha2::{Digest, Sha256};

use super::{Record, SignOff};

/// The SHA-256 of what one person signs, in lower-case hexadecimal: the content of the record, and role, name, day and
/// statement of the sign-off. The other sign-offs and the journey of the files, which goes on after it, are left out.
/// Comments and layout do not count.
///
/// `None` only if the record cannot be serialised, which records do not do.
#[must_use]
pub fn content_digest(record: &Record, sign_off: &SignOff) -> Option<String> {
    let signed = SignOff { digest: None, audience: None, ..sign_off.clone() };
    let content = Record { sign_off: vec![signed], transfer: None, ..record.clone() };
    let bytes = serde_json::to_vec(&content).ok()?;
    Some(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Pupil, Transfer};

    #[test]
    fn the_digest_is_of_content_and_signer_alone() {
        let dsl = SignOff { name: Some("R. Sample".into()), ..SignOff::default() };
        let record = Record::default();
        let signed = Record { sign_off: vec![dsl.clone()], transfer: Some(Transfer::default()), ..record.clone() };
        assert_eq!(content_digest(&record, &dsl), content_digest(&signed, &dsl));
        let pupil = Some(Pupil { dob: "2015-02-03".parse().ok(), ..Pupil::default() });
        assert_ne!(content_digest(&record, &dsl), content_digest(&Record { pupil, ..record.clone() }, &dsl));
        let other = SignOff { statement: Some("Read".into()), ..dsl.clone() };
        assert_ne!(content_digest(&record, &dsl), content_digest(&record, &other));
    }
}

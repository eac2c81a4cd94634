//! What somebody puts their name to: the content of a record, as a digest.

use sha2::{Digest, Sha256};

use super::Record;

/// The SHA-256 of a record's content, in lower-case hexadecimal: everything but the sign-off itself and the journey
/// of the files, which goes on after it. Comments and layout do not count.
///
/// `None` only if the record cannot be serialised, which records do not do.
#[must_use]
pub fn content_digest(record: &Record) -> Option<String> {
    let content = Record { sign_off: Vec::new(), transfer: None, ..record.clone() };
    let bytes = serde_json::to_vec(&content).ok()?;
    Some(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Pupil, SignOff, Transfer};

    #[test]
    fn the_digest_is_of_the_content_alone() {
        let record = Record::default();
        let signed =
            Record { sign_off: vec![SignOff::default()], transfer: Some(Transfer::default()), ..record.clone() };
        assert_eq!(content_digest(&record), content_digest(&signed));
        let changed =
            Record { pupil: Some(Pupil { dob: "2015-02-03".parse().ok(), ..Pupil::default() }), ..record.clone() };
        assert_ne!(content_digest(&record), content_digest(&changed));
    }
}

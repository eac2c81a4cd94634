//! A checked record in a small part of its memory: of many records that are packed in one run, most wait.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec;
use sha2::{Digest, Sha256};

use super::outcome::{Checked, Override};
use crate::record::Upn;
use crate::school::School;

/// The lowest level of Deflate: a record's JSON becomes a fifth of itself, and a higher level gains little.
const LEVEL: u8 = 1;

/// A [`Checked`] record that waits.
#[derive(Debug, Clone)]
pub struct CompressedRecord {
    /// The record as JSON, compressed.
    json: Box<[u8]>,
    /// The SHA-256 of the JSON.
    digest: [u8; 32],
    /// All of it but the record, which stands empty.
    rest: Box<Checked>,
}

impl CompressedRecord {
    /// A record to be kept.
    ///
    /// # Errors
    /// Where the record cannot be written as JSON.
    pub fn new(checked: &Checked) -> serde_json::Result<Self> {
        let json = serde_json::to_vec(checked.record())?;
        Ok(Self {
            digest: Sha256::digest(&json).into(),
            json: compress_to_vec(&json, LEVEL).into_boxed_slice(),
            rest: Box::new(checked.without_record()),
        })
    }

    /// The record as it was.
    ///
    /// # Errors
    /// Where it cannot be read again, which is a mistake of the program.
    pub fn checked(&self) -> Result<Checked, String> {
        let json = decompress_to_vec(&self.json).map_err(|error| error.to_string())?;
        let record = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
        Ok(self.rest.with_record(record))
    }

    /// The SHA-256 of the record as JSON.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The child's UPN.
    #[must_use]
    pub fn upn(&self) -> &Upn {
        self.rest.upn()
    }

    /// The school that hands over.
    #[must_use]
    pub fn sender(&self) -> &School {
        self.rest.sender()
    }

    /// The errors in spite of which it goes out.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        self.rest.overrides()
    }

    /// The school that receives.
    #[must_use]
    pub fn receiver(&self) -> &School {
        self.rest.receiver()
    }
}

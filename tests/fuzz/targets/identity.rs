//! Fuzzes the reading of a PKCS#12 or PEM file.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::identity(data));

//! Fuzzes the reading of an encrypted bundle.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::envelope(data));

//! Fuzzes the reading of a text that `fix` mends.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::fix(data));

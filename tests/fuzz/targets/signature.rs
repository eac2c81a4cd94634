//! Fuzzes the reading of a detached signature, also with a timestamp token.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::signature(data));

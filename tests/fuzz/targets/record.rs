//! Fuzzes the reading of a record, judged by every rule.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::record(data));

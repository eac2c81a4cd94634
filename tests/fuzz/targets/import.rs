//! Fuzzes the reading of lists and Common Transfer Files, and what they fill.
#![no_main]

#[path = "../entries.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::import(data));

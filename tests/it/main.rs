//! Everything above the unit tests, in one binary: the program as schools and CI run it, its outputs as other people's
//! tools judge them, and the house rules.
//!
//! `tests/run` installs the tools. A tool that is missing fails its test; nothing is skipped.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop where it stands"
)]

mod attacks;
mod awkward;
mod canary;
mod ci;
mod class;
mod concurrency;
mod county;
#[path = "../fuzz/entries.rs"]
mod entries;
mod envelopes;
mod examples;
mod extremes;
mod faults;
mod files;
mod floors;
mod forge;
#[cfg(unix)]
mod form;
mod house;
mod identities;
mod mistakes;
mod mutants;
mod pages;
mod program;
mod reasons;
mod receive;
mod registry;
mod remembered;
mod rerender;
mod return_path;
mod seeds;
mod snapshots;
mod support;
mod tamper;
mod timestamps;
mod tools;
mod typesetting;
mod typing;
mod vectors;
mod web;
mod words;
mod workers;

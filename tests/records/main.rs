//! Whole records, judged by the rules alone: small cases, children of reviews, ordinary children. Nothing is typeset, so
//! this is built in a minute: `cargo test --release --no-default-features --features validate --test records`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod cases;
#[path = "../children/mod.rs"]
mod children;
mod plausible;
mod sensitivity;

fn root() -> std::path::PathBuf {
    std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

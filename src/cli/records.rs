//! What `validate` and `pack` share: reading and judging records.

use std::path::PathBuf;

use super::clock::Now;
use super::exit::Failure;
use super::files::read_all;
use crate::check::{Outcome, Policy, check};
use crate::record::read;

/// Reads and judges every record under some paths, in order.
pub(super) fn judged(paths: &[PathBuf], policy: &Policy, now: Now) -> Result<Vec<Outcome>, Failure> {
    let inputs = read_all(paths, &["toml"])?;
    let readings = inputs.iter().map(|input| read(&input.name, &input.bytes)).collect();
    Ok(check(readings, policy, now.day))
}

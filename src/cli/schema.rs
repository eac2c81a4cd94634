//! `handover schema`

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::record::json_schema;

/// The schema as it is printed and as it lies in `schemas/`.
pub(super) fn text() -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(&json_schema()).map_err(|error| Failure::bug(error.to_string()))?;
    Ok(text + "\n")
}

pub(super) fn run() -> Outcome {
    terminal::result(&text()?)?;
    Ok(Exit::Good)
}

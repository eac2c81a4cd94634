//! `handover schema`

use clap::{Args as ClapArgs, ValueEnum};
use serde_json::Value;

use super::exit::{Exit, Failure, Outcome};
use super::terminal;
use crate::check::policy_schema;
use crate::{problem, record};

/// The file that editors read to complete and check a record, written beside it.
pub(super) const SCHEMA: &str = "record.schema.json";

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Whose schema.
    #[arg(value_enum, default_value_t = Of::Record)]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// A record.
    Record,
    /// `policy.toml`.
    Policy,
    /// `school.toml`.
    School,
    /// What `validate --format json` prints.
    Problems,
    /// No schema: the texts of the pages, for a translation into another language (gettext's PO format).
    #[cfg(feature = "pack")]
    Words,
}

pub(super) fn run(args: &Args) -> Outcome {
    let schema = match args.of {
        Of::Record => record::json_schema(),
        Of::Policy => policy_schema(),
        Of::School => record::school_schema(),
        Of::Problems => problem::json_schema(),
        #[cfg(feature = "pack")]
        Of::Words => {
            terminal::result(crate::document::WORDS)?;
            return Ok(Exit::Good);
        }
    };
    terminal::result(&text(&schema)?)?;
    Ok(Exit::Good)
}

/// The record's schema as it is printed and as it is written beside a new record.
pub(super) fn of_record() -> Result<String, Failure> {
    text(&record::json_schema())
}

fn text(schema: &Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(schema).map(|text| text + "\n").map_err(|error| Failure::caused(&error))
}

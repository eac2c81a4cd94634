//! `handover diff`

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::Value;

use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::paths::shown;
use super::terminal::{self, plain};
use crate::embedded_record::EmbeddedRecord;
use crate::reception::{changes, in_words};
use crate::record::read;
use crate::sign::attached_source;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The older one: a sealed PDF, a record as TOML, or the JSON that lies beside a pack.
    old: PathBuf,
    /// The newer one, of the same kind.
    new: PathBuf,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let (old, new) = (record(&args.old)?, record(&args.new)?);
    let found = changes(&old, &new);
    let text = if args.json {
        serde_json::to_string_pretty(&found).map_err(|error| Failure::caused(&error))? + "\n"
    } else if found.is_empty() {
        "Nothing changed that is read.\n".to_owned()
    } else {
        found.iter().map(|change| format!("{}\n", plain(&in_words(change)))).collect()
    };
    terminal::result(&text)?;
    Ok(if found.is_empty() { Exit::Good } else { Exit::Problems })
}

/// What a file says of a child. Whether a pack is genuine is for `verify`.
fn record(path: &Path) -> Result<Value, Failure> {
    let input = read_one(path)?;
    let unread =
        |why: &str| Failure::files(format!("{} {why}", shown(path)), "Name packs, records, or the JSON beside a pack.");
    let embedded = |bytes: &[u8]| EmbeddedRecord::from_bytes(bytes).map(|embedded| embedded.record);
    if input.bytes.starts_with(b"%PDF") {
        let source = attached_source(&input.bytes).ok_or_else(|| unread("has no record in it"))?;
        return embedded(&source)
            .ok_or_else(|| unread("has a record in it that another version of this program wrote"));
    }
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return embedded(&input.bytes).ok_or_else(|| unread("is no record of a pack"));
    }
    let reading = read(&input.name, &input.bytes);
    serde_json::to_value(&reading.record).map_err(|error| Failure::caused(&error))
}

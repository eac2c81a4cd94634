//! `handover diff`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::paths::shown;
use super::terminal::{self, plain};
use super::unlock::Keys;
use crate::bundle::{FileKind, Manifest, entries};
use crate::embedded_record::EmbeddedRecord;
use crate::reception::{Change, changes, in_words};
use crate::record::read;
use crate::sign::attached_source;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The older one: a bundle, a sealed PDF, a record as TOML, or the JSON that lies beside a pack.
    old: PathBuf,
    /// The newer one, of the same kind.
    new: PathBuf,
    #[command(flatten)]
    keys: Keys,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
}

/// What a file says: of one child, or of each pack in a bundle by its name.
enum Said {
    Record(Value),
    Bundle(BTreeMap<String, Value>),
}

pub(super) fn run(args: &Args) -> Outcome {
    let found = match (said(&args.old, &args.keys)?, said(&args.new, &args.keys)?) {
        (Said::Record(old), Said::Record(new)) => vec![(String::new(), changes(&old, &new))],
        (Said::Bundle(old), Said::Bundle(new)) => of_bundles(&old, &new),
        _ => return Err(Failure::usage("one is a bundle and the other is none", "Name two of the same kind.")),
    };
    let is_same = found.iter().all(|(_, changes)| changes.is_empty());
    let text = if args.json {
        let of_pack = |(pack, changes): &(String, Vec<Change>)| json!({ "pack": pack, "changes": changes });
        let whole = match found.as_slice() {
            [(name, changes)] if name.is_empty() => json!(changes),
            all => json!(all.iter().map(of_pack).collect::<Vec<_>>()),
        };
        serde_json::to_string_pretty(&whole).map_err(|error| Failure::caused(&error))? + "\n"
    } else if is_same {
        "Nothing changed that is read.\n".to_owned()
    } else {
        found.iter().filter(|(_, changes)| !changes.is_empty()).map(in_lines).collect()
    };
    terminal::result(&text)?;
    Ok(if is_same { Exit::Good } else { Exit::Problems })
}

/// The changes of one pack, under its name where there is one.
fn in_lines((pack, changes): &(String, Vec<Change>)) -> String {
    let (head, indent) = if pack.is_empty() { (String::new(), "") } else { (format!("{}\n", plain(pack)), "  ") };
    let line = |change: &Change| format!("{indent}{}\n", plain(&in_words(change)));
    changes.iter().map(line).fold(head, |text, line| text + &line)
}

/// What changed in each pack of two bundles; one that only one of them has is new, or gone, with all it says.
fn of_bundles(old: &BTreeMap<String, Value>, new: &BTreeMap<String, Value>) -> Vec<(String, Vec<Change>)> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let nothing = Value::Object(serde_json::Map::new());
    let of = |all: &BTreeMap<String, Value>, name: &String| all.get(name).unwrap_or(&nothing).clone();
    names.into_iter().map(|name| (name.clone(), changes(&of(old, name), &of(new, name)))).collect()
}

/// What a file says. Whether it is genuine is for `verify`.
fn said(path: &Path, keys: &Keys) -> Result<Said, Failure> {
    let input = keys.open(read_one(path)?)?;
    let unread = |why: &str| {
        Failure::files(format!("{} {why}", shown(path)), "Name bundles, packs, records, or the JSON beside a pack.")
    };
    let embedded = |bytes: &[u8]| EmbeddedRecord::from_bytes(bytes).map(|embedded| embedded.record);
    if input.bytes.starts_with(b"PK") {
        let files = entries(&input.bytes).map_err(|_error| unread("is no bundle"))?;
        let manifest = files.get(Manifest::PATH).and_then(|bytes| Manifest::from_bytes(bytes));
        let manifest = manifest.ok_or_else(|| unread("is no bundle"))?;
        let mut packs = BTreeMap::new();
        for listed in manifest.files.iter().filter(|listed| listed.kind == FileKind::Record) {
            let bytes = files.get(&listed.path).copied().unwrap_or_default();
            let record = embedded(bytes).ok_or_else(|| unread("has a record in it that cannot be read here"))?;
            packs.insert(listed.path.trim_end_matches(".json").to_owned(), record);
        }
        return Ok(Said::Bundle(packs));
    }
    if input.bytes.starts_with(b"%PDF") {
        let source = attached_source(&input.bytes).ok_or_else(|| unread("has no record in it"))?;
        let record = embedded(&source);
        return record
            .map(Said::Record)
            .ok_or_else(|| unread("has a record in it that another version of this program wrote"));
    }
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return embedded(&input.bytes).map(Said::Record).ok_or_else(|| unread("is no record of a pack"));
    }
    let reading = read(&input.name, &input.bytes);
    serde_json::to_value(&reading.record).map(Said::Record).map_err(|error| Failure::caused(&error))
}

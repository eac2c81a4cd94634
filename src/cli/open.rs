//! `handover open`

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::arrivals::arrivals;
use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{Input, Why};
use super::paths::shown;
use super::staging::Staging;
use super::terminal::plain;
use super::unlock::Keys;
use super::warning::{WARNING, warning};
use super::{config_dir, terminal};
use crate::bundle::{Manifest, read_archive};
use crate::problem::count;
use crate::record::Day;
use crate::verify::{Answer, Judgement, Trust, judge};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Bundles, or folders of them.
    #[arg(required = true, value_name = "BUNDLE")]
    paths: Vec<PathBuf>,
    /// The folder into which the packs go: a folder for each bundle, named for who may read it.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    #[command(flatten)]
    keys: Keys,
    /// Also open bundles that are whole and come from a school that is not confirmed yet. A warning stays with them.
    #[arg(long)]
    unconfirmed: bool,
    /// Judge as on this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let at = now(args.as_of)?.at_end_of_day(args.as_of.is_some());
    let trust = config_dir::trust()?;
    if trust.us.is_none() {
        terminal::say(
            "note: it is not known here which school you are, so a bundle for another school is not noticed.\n  \
             help: Say it once: handover trust us --laestab YOUR-DFE-NUMBER --urn YOUR-URN",
        );
    }
    let arrived = arrivals(&args.paths)?;
    for one in &arrived.not_judged {
        terminal::say(&format!("note: {} was not opened: {}", shown(&one.path), one.why.words()));
    }
    let (mut opened, mut refused) = (0, Vec::new());
    for input in arrived.inputs {
        match one(args, &trust, at, input) {
            Ok(()) => opened += 1,
            Err(failure) => {
                terminal::say(&failure.to_string());
                refused.push(failure.exit);
            }
        }
    }
    let is_whole = arrived.not_judged.iter().all(|one| one.why == Why::System);
    if refused.is_empty() {
        return Ok(if is_whole { Exit::Good } else { Exit::Partly });
    }
    terminal::say(&format!("{} not opened: see above. Nothing of them was written.", count(refused.len(), "bundle")));
    Ok(match (opened, refused.iter().all(|exit| *exit == Exit::NotAcceptable), refused.first()) {
        (0, false, _) if refused.contains(&Exit::Files) => Exit::Files,
        (0, false, Some(exit)) => *exit,
        (0, ..) => Exit::NotAcceptable,
        _ => Exit::Partly,
    })
}

/// Opens one bundle: everything is judged before anything is written.
fn one(args: &Args, trust: &Trust, at: jiff::Timestamp, input: Input) -> Result<(), Failure> {
    let input = args.keys.open(input)?;
    let judgement = judge(&input.bytes, trust, at);
    let is_unconfirmed = match judgement.verdict.answer {
        Answer::Genuine => false,
        Answer::CannotTell if args.unconfirmed => true,
        _ => return Err(refused(&input, &judgement)),
    };
    let no_bundle =
        || Failure::not_acceptable(format!("{} is no bundle", input.name), "`handover verify` judges a single pack.");
    let files = read_archive(&input.bytes).map_err(|_error| no_bundle())?;
    let manifest = files.get(Manifest::PATH).and_then(|bytes| Manifest::from_bytes(bytes)).ok_or_else(no_bundle)?;
    let name = format!("{}-{}-{}", manifest.kind.key(), manifest.from.urn, manifest.transfer);
    let folder = Path::new(&name);
    let place = args.into.join(folder);
    let mut staging = Staging::begin(&args.into)?;
    if place.symlink_metadata().is_ok() {
        let what = format!("{} is there already", plain(&place.display().to_string()));
        return Err(Failure::files(what, "Name another folder with --into, or take that one away."));
    }
    for (name, bytes) in &files {
        staging.write(&folder.join(name), bytes)?;
    }
    if is_unconfirmed {
        staging.write(&folder.join(WARNING), warning(&judgement.verdict).as_bytes())?;
    }
    staging.finish(false)?;
    let packs = count(judgement.facts.packs.unwrap_or_default(), "pack");
    let from = judgement.facts.confirmed_as.as_deref().unwrap_or(manifest.from.name.as_str());
    let (from, readers) = (plain(from), manifest.kind.readers());
    terminal::result(&format!("{}\n    {packs} from {from}, for the {readers}\n", place.display()))?;
    if is_unconfirmed {
        terminal::say(&format!("warning: {}: {}", input.name, judgement.verdict.words()));
    }
    Ok(())
}

fn refused(input: &Input, judgement: &Judgement) -> Failure {
    let next = if judgement.verdict.answer == Answer::CannotTell {
        "Confirm the school with `handover trust add`, or use --unconfirmed."
    } else {
        "Keep the file as it is, do not use it, and ring the school that it seems to come from."
    };
    let what = format!("{}: {}", input.name, judgement.verdict.words());
    Failure::not_acceptable(what, next)
}

//! `handover verify`

use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use serde::Serialize;

use super::arrivals::arrivals;
use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{PassedOver, Why};
use super::paths::shown;
use super::progress::Progress;
#[cfg(feature = "pack")]
use super::rerender::Rerender;
use super::terminal::plain;
use super::unlock::Keys;
use super::{config_dir, terminal};
use crate::record::Day;
use crate::school::Urn;
use crate::verify::{Answer, Judgement, Rerendered, judge};

/// The version of the JSON format.
const JSON_VERSION: u32 = 1;

/// How judgements are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// One line each.
    Concise,
    /// For machines.
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Bundles, sealed PDFs, folders of them, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How judgements are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    progress: Progress,
    #[cfg(feature = "pack")]
    #[command(flatten)]
    rerender: Rerender,
    /// Judge as at the end of this day, for example 2026-09-08.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let at = now(args.as_of)?.at_end_of_day(args.as_of.is_some());
    let trust = config_dir::trust()?;
    #[cfg(feature = "pack")]
    let compare = args.rerender.compare()?;
    let mut judged: Vec<(String, Judgement)> = Vec::new();
    let mut closed = None;
    let arrived = arrivals(&args.paths)?;
    let steps = args.progress.begin("files", arrived.inputs.len());
    for input in arrived.inputs {
        match steps.suspended(|| args.keys.open(input)) {
            Ok(input) => {
                #[cfg_attr(not(feature = "pack"), expect(unused_mut, reason = "nothing is typeset again"))]
                let mut judgement = judge(&input.bytes, &trust, at);
                #[cfg(feature = "pack")]
                compare.iter().for_each(|compare| compare.add(&input.bytes, at, &mut judgement));
                judged.push((input.name, judgement));
            }
            Err(failure) => {
                terminal::say(&failure.to_string());
                closed = Some(failure.exit);
            }
        }
        steps.step();
    }
    drop(steps);
    let not_judged = &arrived.not_judged;
    let text = match args.format {
        Format::Human => {
            let judged = judged.iter().map(|(name, judgement)| human(name, judgement));
            judged.chain(not_judged.iter().map(human_not_judged)).collect()
        }
        Format::Concise => {
            let judged = judged.iter().map(|(name, judgement)| concise(name, judgement));
            let not_judged =
                not_judged.iter().map(|one| format!("{}: not judged: {}\n", shown(&one.path), one.why.words()));
            judged.chain(not_judged).collect()
        }
        Format::Json => json(&judged, not_judged, arrived.has_loose_packs)?,
    };
    terminal::result(&text)?;
    if arrived.has_loose_packs {
        terminal::say(
            "note: packs that lie by themselves were judged one by one; whether any is missing only their bundle says.",
        );
    }
    let genuine = judged.iter().all(|(_, judgement)| judgement.verdict.answer == Answer::Genuine)
        && not_judged.iter().all(|one| one.why == Why::System);
    Ok(match closed {
        Some(exit) if genuine => exit,
        None if genuine => Exit::Good,
        _ => Exit::NotAcceptable,
    })
}

/// Something in a folder that nobody has looked into.
fn human_not_judged(one: &PassedOver) -> String {
    let words = if one.why == Why::System { "Not judged" } else { "NOT JUDGED: do not rely on it" };
    format!("{}\n\n  {words}: {}.\n\n", shown(&one.path), one.why.words())
}

fn human(name: &str, judgement: &Judgement) -> String {
    let facts = &judgement.facts;
    let mut rows = vec![("What it is", facts.what.to_owned())];
    let yes_no = |yes| if yes { "yes" } else { "no" }.to_owned();
    rows.extend(facts.intact.map(|intact| ("Unchanged since signed", yes_no(intact))));
    rows.extend(facts.covers_everything.map(|all| ("Signature covers all of it", yes_no(all))));
    rows.extend(facts.packs.map(|packs| ("Sealed packs in it", packs.to_string())));
    rows.extend(facts.rerendered.map(|again| ("Pages say what data say", again.words().to_owned())));
    rows.extend(facts.addressed_to().map(|to| ("Addressed to", plain(&to))));
    let urn = facts.signer_urn.as_ref().map(|urn| format!(", URN {urn}")).unwrap_or_default();
    rows.extend(
        facts.signer.as_ref().map(|signer| ("Signed by", format!("{}{urn} (so says the certificate)", quoted(signer)))),
    );
    let confirmed = facts.confirmed_as.as_ref().map(|name| format!("yes, as {}", plain(name)));
    if facts.signer.is_some() {
        rows.push(("Confirmed by you", confirmed.unwrap_or_else(|| "no, not yet".to_owned())));
    }
    let signed_at = facts.signed_at.map(|at| at.strftime("%-d %B %Y, %H:%M UTC").to_string());
    rows.extend(facts.countersigned.as_ref().map(|person| {
        let known = match &person.confirmed_as {
            Some((school, role)) => format!("confirmed by you as {} of {}", role.words(), plain(school)),
            None => "not confirmed by you".to_owned(),
        };
        ("Signed by a person too", format!("{}: {known}", quoted(&person.by)))
    }));
    let stamp = facts.stamped.as_ref();
    let alone = if stamp.is_none() { "; no timestamp" } else { "" };
    rows.extend(signed_at.map(|at| ("Signed on", format!("{at} (so says the signer{alone})"))));
    rows.extend(stamp.map(|stamp| {
        let at = stamp.at.strftime("%-d %B %Y, %H:%M UTC");
        // Anybody may put a name into a certificate of their own.
        let by = if stamp.is_confirmed { quoted(&stamp.by) } else { "a service that is not confirmed here".to_owned() };
        ("Timestamp", format!("{at}, by {by}"))
    }));
    rows.extend(facts.made_on.map(|day| ("Made on", format!("{} (so says the signer)", day.strftime("%-d %B %Y")))));
    let mut out = format!("{name}\n");
    for (label, text) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {label:<27} {text}");
    }
    let _ = writeln!(out, "\n  {}\n", judgement.verdict.words());
    if judgement.verdict.is_unconfirmed() {
        // The words are not shown here: they are to be heard, not copied.
        let _ = writeln!(
            out,
            "  How to confirm: ring the school on the number that Get Information about Schools gives for\n  \
             it, and have its twelve words read out while you run\n  \
             handover trust add FILE --by \"YOUR NAME\" --how \"telephone\"\n"
        );
    }
    out
}

/// A name that somebody chose, in quotation marks that it cannot close.
fn quoted(name: &str) -> String {
    format!("\"{}\"", plain(name).replace(['"', '“', '”'], "'"))
}

fn concise(name: &str, judgement: &Judgement) -> String {
    let answer = match judgement.verdict.answer {
        Answer::Genuine => "genuine",
        Answer::CannotTell => "cannot tell yet",
        Answer::NotGenuine => "not genuine",
    };
    let reason = judgement.verdict.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{name}: {answer}{reason}\n")
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    answer: Answer,
    reason_code: Option<&'static str>,
    /// The nearest term of ETSI EN 319 102-1.
    ades_subindication: Option<&'static str>,
    reason: Option<&'static str>,
    what: &'static str,
    intact: Option<bool>,
    covers_everything: Option<bool>,
    signer: Option<&'a str>,
    signer_urn: Option<&'a Urn>,
    fingerprint: Option<String>,
    confirmed_as: Option<&'a str>,
    signed_at: Option<String>,
    signed_at_source: Option<&'static str>,
    countersigned_by: Option<&'a str>,
    countersigner_confirmed: Option<bool>,
    timestamp: Option<String>,
    timestamp_by: Option<&'a str>,
    timestamp_confirmed: Option<bool>,
    addressed_to: Option<String>,
    packs: Option<usize>,
    pages_and_data: Option<Rerendered>,
}

fn json(judged: &[(String, Judgement)], not_judged: &[PassedOver], has_loose_packs: bool) -> Result<String, Failure> {
    let file = |(name, judgement): &'_ (String, Judgement)| {
        let (facts, verdict) = (&judgement.facts, &judgement.verdict);
        serde_json::to_value(File {
            name,
            answer: verdict.answer,
            reason_code: verdict.reason.map(|reason| reason.code.as_str()),
            ades_subindication: verdict.reason.and_then(|reason| reason.code.ades_subindication()),
            reason: verdict.reason.map(|reason| reason.why),
            what: facts.what,
            intact: facts.intact,
            covers_everything: facts.covers_everything,
            signer: facts.signer.as_deref(),
            signer_urn: facts.signer_urn.as_ref(),
            fingerprint: facts.fingerprint.map(|fingerprint| fingerprint.to_string()),
            confirmed_as: facts.confirmed_as.as_deref(),
            signed_at: facts.signed_at.map(|at| at.to_string()),
            signed_at_source: facts.signed_at.map(|_| "signer"),
            countersigned_by: facts.countersigned.as_ref().map(|person| person.by.as_str()),
            countersigner_confirmed: facts.countersigned.as_ref().map(|person| person.confirmed_as.is_some()),
            timestamp: facts.stamped.as_ref().map(|stamp| stamp.at.to_string()),
            timestamp_by: facts.stamped.as_ref().map(|stamp| stamp.by.as_str()),
            timestamp_confirmed: facts.stamped.as_ref().map(|stamp| stamp.is_confirmed),
            addressed_to: facts.addressed_to(),
            packs: facts.packs,
            pages_and_data: facts.rerendered,
        })
    };
    let bug = |error: serde_json::Error| Failure::caused(&error);
    let files = judged.iter().map(file).collect::<Result<Vec<_>, _>>().map_err(bug)?;
    let not_judged: Vec<_> =
        not_judged.iter().map(|one| serde_json::json!({ "name": shown(&one.path), "why": one.why.words() })).collect();
    let output = serde_json::json!({
        "format": "handover-judgements",
        "version": JSON_VERSION,
        "files": files,
        "not_judged": not_judged,
        "has_loose_packs": has_loose_packs,
    });
    Ok(serde_json::to_string_pretty(&output).map_err(bug)? + "\n")
}

//! `handover recall`: takes back what went to the wrong school, or should not have gone.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::history::HistoryFile;
use super::identity::OwnIdentity;
use super::replace::update;
use super::{identity, terminal};
use crate::ledger::SentPack;
use crate::reception::{Recall, RecallReason, RecalledPack};
use crate::record::Day;
use crate::school::Laestab;
use crate::sign::{Identity, sign_statement};
use crate::text::PlainLine;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reason {
    /// The child does not go to this school.
    WrongSchool,
    /// Others take their place.
    Replaced,
    /// They should not have gone out.
    Withdrawn,
}

impl From<Reason> for RecallReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::WrongSchool => Self::WrongSchool,
            Reason::Replaced => Self::Replaced,
            Reason::Withdrawn => Self::Withdrawn,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The child's reference, as `handover status` shows it.
    #[arg(required = true, value_name = "REFERENCE")]
    references: Vec<String>,
    /// Why: wrong-school, replaced, or withdrawn.
    #[arg(long, value_enum)]
    reason: Reason,
    /// Only from the school with this DfE number.
    #[arg(long, value_name = "DFE NUMBER")]
    from: Option<Laestab>,
    /// Only what went out in this transfer.
    #[arg(long, value_name = "TRANSFER")]
    transfer: Option<String>,
    /// Your first and last name.
    #[arg(long)]
    name: String,
    /// Your role.
    #[arg(long)]
    role: String,
    /// The folder for the recalls, one file for each school.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    own: OwnIdentity,
    /// Date as on this day, for example 2026-07-20.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let day = now(args.as_of)?.day;
    let mut history = HistoryFile::open()?;
    let mut schools: BTreeMap<String, Vec<SentPack>> = BTreeMap::new();
    for reference in &args.references {
        let sent = history.sent_packs(reference)?;
        let is_meant = |pack: &SentPack| {
            args.from.as_ref().is_none_or(|from| from.as_str() == pack.to)
                && args.transfer.as_ref().is_none_or(|transfer| *transfer == pack.transfer)
        };
        let meant: Vec<SentPack> = sent.into_iter().filter(|pack| is_meant(pack)).collect();
        if meant.is_empty() && history.recalled_packs(reference)?.iter().any(is_meant) {
            // A run that was stopped may have got so far.
            terminal::say(&format!(
                "note: {} is recalled already; the file that says so was made then",
                terminal::plain(reference)
            ));
            continue;
        }
        if meant.is_empty() {
            let what = format!("nothing went out from here of {}", terminal::plain(reference));
            return Err(Failure::usage(what, "`handover status` shows the references."));
        }
        for pack in meant {
            schools.entry(pack.to.clone()).or_default().push(pack);
        }
    }
    let identity = args.own.open_only()?;
    let mut written = Vec::new();
    // The files first: if the run is stopped between, the same again makes the same files, and notes it.
    for (to, packs) in &schools {
        let recall = recall(args, &identity, day, to, packs)?;
        let text = sign_statement(&recall, &identity).ok_or_else(|| Failure::bug("a recall could not be signed"))?;
        let name = format!("recall-{}-{to}-{day}-{}.txt", recall.from, short(&text));
        update(&args.out.join(&name), |_before| Ok((text.clone().into_bytes(), ())))?;
        written.push(name);
    }
    for packs in schools.values() {
        history.recall(packs, RecallReason::from(args.reason).key(), &day.to_string())?;
    }
    history.sign_off_head()?;
    for name in written {
        terminal::result(&format!("{}\n", args.out.join(name).display()))?;
    }
    if schools.is_empty() {
        return Ok(Exit::Good);
    }
    terminal::say(
        "Send each file to its school, and ring it: `handover receive` shows the recall. A pack that went to the wrong school \
         is a personal data breach: tell whoever looks after data protection at your school today.",
    );
    Ok(Exit::Good)
}

/// So that two recalls of a day have two names.
fn short(text: &str) -> String {
    crate::bundle::Spooled::of(text.as_bytes()).sha256.get(..8).unwrap_or_default().to_owned()
}

fn recall(args: &Args, own: &Identity, day: Day, to: &str, packs: &[SentPack]) -> Result<Recall, Failure> {
    let (by, role) = identity::signatory(&args.name, &args.role)?;
    let unknown = || Failure::usage("your signing identity names no URN", "Name the right one with --identity.");
    let bug = || Failure::bug("the ledger holds something that is no transfer");
    let pack = |pack: &SentPack| {
        Some(RecalledPack {
            transfer: PlainLine::parse(&pack.transfer).ok()?,
            bundle: pack.bundle,
            reference: pack.reference.clone(),
            sha256: pack.sha256.clone(),
        })
    };
    Ok(Recall {
        format: Recall::FORMAT.to_owned(),
        version: Recall::VERSION,
        from: own.certificate().urn().ok_or_else(unknown)?,
        from_name: identity::school_name(&own.certificate().holder())?,
        to: Laestab::parse(to).map_err(|_error| bug())?,
        made_on: day.to_string(),
        by,
        role,
        reason: args.reason.into(),
        packs: packs.iter().map(pack).collect::<Option<_>>().ok_or_else(bug)?,
    })
}

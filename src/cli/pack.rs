//! `handover pack`

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args as ClapArgs;

use super::clock::{Now, now};
use super::deliver::{Delivery, Envelope, to_read};
use super::draft::Drafts;
use super::exit::{Exit, Failure, Outcome};
use super::expected::{tell_missing, without_record};
use super::jobs::Jobs;
use super::many_schools::{REPORT, Schools, chosen, each_school, shared_key};
use super::memory::RunMemory;
use super::overrides::{Overridden, tell_unneeded};
use super::passed_over::tell_passed_over;
use super::pictures::{picture_digests, pictures};
use super::progress::Progress;
use super::records::{Judged, Records, outcomes};
use super::render_options::{RenderOptions, Templates, typesetter};
use super::run_report::{ReportOptions, Reported};
use super::signing::{Signing, SigningOptions};
use super::spool::SpoolFolder;
use super::staging::none_is_there;
use super::{identity, terminal};
use crate::bundle::SpoolError;
use crate::check::{CheckOptions, CompressedRecord, Policy};
use crate::cohort::{ChildDocuments, PackInput, Sender, Storage, TransferError, group_by_receiver};
use crate::document::{Branding, EngineError, RenderError, Typesetter};
use crate::parallel::each;
use crate::problem::{Severity, count, render_human};
use crate::record::Day;
use crate::school::School;
use crate::sign::{SealError, TimestampError, TimestampService};
use crate::text::speaking;

/// What stands after what can only be our own mistake.
const OUR_MISTAKE: &str = "This is a mistake in handover, not in your record. Please report it, without the record";

#[derive(Debug, Clone, ClapArgs)]
#[command(mut_arg("paths", |paths| paths.required(false).required_unless_present_any(["files_from", "schools"])))]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    schools: Schools,
    #[command(flatten)]
    reported: ReportOptions,
    #[command(flatten)]
    progress: Progress,
    #[command(flatten)]
    jobs: Jobs,
    /// The folder for the bundles.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    signing: SigningOptions,
    /// Make bundles for each child instead of one for all children who go to the same school.
    #[arg(long)]
    per_child: bool,
    /// Judge, date and seal as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Overwrite bundles that are there.
    #[arg(long)]
    force: bool,
    /// Make all packs anew, also those that say the same as before.
    #[arg(long, conflicts_with_all = ["draft", "for_child"])]
    fresh: bool,
    /// Typeset drafts of records as they stand, errors or not: watermarked, not sealed, in no bundle.
    #[arg(long, conflicts_with_all = ["identity", "per_child", "overrides"])]
    draft: bool,
    /// Typeset the page to read together with the child before sign-off, in large type; nothing else.
    #[arg(long, conflicts_with_all = ["identity", "per_child", "overrides"])]
    for_child: bool,
    /// Show the first result in whatever shows PDFs here.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    envelope: Envelope,
    #[command(flatten)]
    render_options: RenderOptions,
    #[command(flatten)]
    overridden: Overridden,
    /// Show the record's own lines beside problems even where nobody is at a terminal.
    #[arg(long)]
    show_values: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let Some(list) = &args.schools.schools else { return reported(args) };
    let schools = chosen(list, args.schools.only)?;
    let key = match &args.reported.report_key {
        Some(key) => key.clone(),
        None => shared_key(&args.out)?,
    };
    each_school(schools, |school| {
        let mut args = args.clone();
        args.records.paths = vec![school.records.clone()];
        args.out = args.out.join(&school.name);
        args.reported = ReportOptions { report: Some(args.out.join(REPORT)), report_key: Some(key.clone()) };
        reported(&args)
    })
}

/// Packs the records of one school, and writes a report of it where one is asked for.
fn reported(args: &Args) -> Outcome {
    let now = now(args.as_of)?;
    let mut reported = Reported::new(&args.reported, now.day)?;
    let outcome = one_school(args, now, &mut reported);
    let Some(path) = &args.reported.report else { return outcome };
    match reported.write(path, &outcome) {
        // Why nothing was made matters more than that it cannot be reported.
        Err(failure) if outcome.is_err() => {
            terminal::say(&failure.to_string());
            outcome
        }
        written => written.and(outcome),
    }
}

fn one_school(args: &Args, now: Now, reported: &mut Reported) -> Outcome {
    let found = args.records.found()?;
    let files = &found.files;
    let policy = args.records.policy(files)?;
    let school = args.records.school(files)?;
    let branding = args.render_options.branding(files)?;
    let templates = args.render_options.templates()?;
    if args.draft || args.for_child {
        let (for_child, show_values, force) = (args.for_child, args.show_values, args.force);
        let (policy, branding, templates) = (&policy, &branding, &templates);
        let out = &args.out;
        let school = school.as_ref();
        let drafts =
            Drafts { files, school, policy, branding, templates, day: now.day, for_child, show_values, out, force };
        let ended = drafts.run(args.open)?;
        tell_passed_over(&found.passed_over, args.show_values);
        return Ok(ended);
    }
    let overrides = args.overridden.overrides(files.len(), now.day)?;
    let options = CheckOptions { policy: &policy, today: now.day, overrides: &overrides };
    let outcomes = outcomes(files, school.as_ref(), &options, args.progress)?;
    tell_problems(args, &outcomes);
    tell_unneeded(&overrides, &outcomes);
    let mut refused = Vec::new();
    let looks = (&policy, &branding, &templates);
    let is_made = pack(args, files, &outcomes, looks, now, (&mut refused, reported));
    reported.add_records(&outcomes, &refused);
    let is_made = is_made?;
    tell_refused(&outcomes, &refused);
    if args.records.names_folders() {
        let upns = outcomes.iter().map(|outcome| outcome.upn.clone());
        tell_missing(&without_record(files.iter().zip(upns))?, args.show_values);
    }
    tell_passed_over(&found.passed_over, args.show_values);
    let is_whole = refused.is_empty() && outcomes.iter().all(|outcome| outcome.checked.is_some());
    Ok(match (is_made, is_whole) {
        (true, true) => Exit::Good,
        (true, false) => Exit::Partly,
        (false, _) => {
            terminal::say("No pack was made: put the errors right first.");
            Exit::Problems
        }
    })
}

/// Makes the packs of all records that may be packed; answers whether there are any. Those whose packs cannot be made are
/// named with the reason.
fn pack(
    args: &Args,
    files: &[PathBuf],
    outcomes: &[Judged],
    (policy, branding, templates): (&Policy, &Branding, &Templates),
    now: Now,
    (refused, reported): (&mut Vec<(usize, String)>, &mut Reported),
) -> Result<bool, Failure> {
    let checked: Vec<(usize, &CompressedRecord)> =
        outcomes.iter().enumerate().filter_map(|(number, outcome)| Some((number, outcome.checked.as_ref()?))).collect();
    if checked.is_empty() {
        return Ok(false);
    }
    let signing = Signing::new(&args.signing, &school(&checked)?, now)?;
    let mut inputs = Vec::new();
    for (number, record) in &checked {
        let read = record.checked().map_err(Failure::bug)?;
        let pictures = files.get(*number).map(|file| picture_digests(file, read.record())).unwrap_or_default();
        inputs.push(PackInput::new(*number, record, &pictures));
    }
    let jobs = args.jobs.number(inputs.len());
    let engine = typesetter(templates, jobs);
    let sender = sender(engine.as_ref(), &signing, (policy, branding, templates), now);
    let mut delivery = Delivery::begin(&args.out, &args.envelope, &signing.references, now.day)?;
    // What lies there already, or was just finished for a run that was killed, is no reason to work first and refuse then.
    if !args.force {
        let names = sender.bundle_names(&inputs, args.per_child);
        // The name of a bundle tells its records and its day.
        none_is_there(names.iter().map(|name| args.out.join(to_read(name)))).map_err(|failure| Failure {
            next: Some(
                "The same records were packed for this day already. If their bundles or passphrases are lost, use \
                 --force to make them anew; or another folder."
                    .to_owned(),
            ),
            ..failure
        })?;
    }
    let spool = SpoolFolder::new(delivery.staging.spool());
    let memory = RunMemory::open(&args.out, &spool, args.fresh);
    let storage = Storage { spool: &spool, memory: &memory };
    let documents = Work { args, sender: &sender, templates, files, storage }.documents(&inputs, refused, jobs)?;
    memory.settle();
    if documents.is_empty() {
        return Ok(false);
    }
    let packed = documents.iter().map(|child| (child.number(), child.reference().to_owned())).collect();
    // The workers have done their part, and hold memory that bundles need.
    drop(engine);
    let engine = typesetter(templates, 1);
    let sender = self::sender(engine.as_ref(), &signing, (policy, branding, templates), now);
    speaking(templates.language(), || bundles(args, &sender, templates, documents, (storage, &spool), &mut delivery))?;
    let (first, shortened) = (delivery.first_to_read.clone(), std::mem::take(&mut delivery.shortened));
    let handed_out = std::mem::take(&mut delivery.handed_out);
    put_into_place(args, delivery, &signing)?;
    memory.keep_sent(handed_out.iter().map(|(_, manifest)| manifest));
    memory.sign_head(&signing.identity);
    reported.references = packed;
    reported.add_bundles(handed_out.into_iter().map(|(bundle, _)| bundle).collect());
    tell_shortened(&shortened, outcomes);
    if args.open {
        first.iter().for_each(|folder| terminal::show(folder));
    }
    Ok(true)
}

/// The sending school on a day, with an engine.
fn sender<'a>(
    engine: &'a dyn Typesetter,
    signing: &'a Signing,
    (policy, branding, templates): (&'a Policy, &'a Branding, &Templates),
    now: Now,
) -> Sender<'a> {
    Sender {
        engine,
        templates: templates.digest(),
        branding,
        identity: &signing.identity,
        person: signing.person.as_ref(),
        references: &signing.references,
        day: now.day,
        at: now.at,
        policy,
        timestamps: signing.timestamps.as_ref().map(|service| -> &dyn TimestampService { service }),
    }
}

fn tell_problems(args: &Args, outcomes: &[Judged]) {
    let reports: Vec<_> = outcomes.iter().map(|outcome| outcome.report.clone()).collect();
    let text = render_human(&reports, args.show_values || terminal::talk_is_seen(), false);
    terminal::say(text.trim_end());
}

/// The one school all records come from.
fn school(checked: &[(usize, &CompressedRecord)]) -> Result<School, Failure> {
    let schools: BTreeSet<&School> = checked.iter().map(|(_, record)| record.sender()).collect();
    let numbers: BTreeSet<_> = schools.iter().map(|school| (&school.laestab, &school.urn)).collect();
    match (schools.first(), numbers.len()) {
        (Some(school), 1) => Ok((*school).clone()),
        _ => Err(Failure::usage(
            "the records come from more than one school",
            "Pack the records of one sending school at a time.",
        )),
    }
}

/// Why one child's documents are not made.
enum Why {
    /// A picture that cannot be used: its path in the record, and why.
    Picture(String, String),
    /// Anything else.
    Transfer(TransferError),
}

/// What the documents of all children are made with.
struct Work<'w> {
    args: &'w Args,
    sender: &'w Sender<'w>,
    templates: &'w Templates,
    files: &'w [PathBuf],
    storage: Storage<'w>,
}

impl Work<'_> {
    /// The documents of every child whose documents can be made. What cannot is that child's alone.
    fn documents<'a>(
        &self,
        inputs: &[PackInput<'a>],
        refused: &mut Vec<(usize, String)>,
        jobs: usize,
    ) -> Result<Vec<ChildDocuments<'a>>, Failure> {
        let steps = self.args.progress.begin("children", inputs.len());
        let is_some_made = AtomicBool::new(false);
        let work = |input: &PackInput<'a>| {
            let documents = speaking(self.templates.language(), || self.of_child(input));
            is_some_made.fetch_or(documents.is_ok(), Ordering::Relaxed);
            steps.step();
            documents
        };
        // Without timestamps or room on the disk nothing is made, and what takes all the time there is would take it for
        // everybody.
        let ends = |result: &Result<ChildDocuments<'_>, Why>| match result {
            Err(Why::Transfer(TransferError::Seal(SealError::Timestamp(_)) | TransferError::Spool(_))) => true,
            Err(Why::Transfer(TransferError::Render(RenderError::Engine(EngineError::Stopped(_))))) => {
                self.templates.are_own() && !is_some_made.load(Ordering::Relaxed)
            }
            _ => false,
        };
        let (mut made, mut first_wrong) = (Vec::new(), None);
        for (result, input) in each(jobs, inputs, work, ends).into_iter().zip(inputs) {
            match result {
                Ok(documents) => made.push(documents),
                Err(Why::Picture(path, why)) => refused.push((input.number, format!("the picture `{path}` {why}"))),
                Err(Why::Transfer(TransferError::Seal(SealError::Timestamp(error)))) => {
                    return Err(no_timestamp(&error));
                }
                Err(Why::Transfer(TransferError::Spool(error))) => return Err(no_room(&error)),
                Err(Why::Transfer(TransferError::Render(RenderError::Engine(error)))) if self.templates.are_own() => {
                    let failure = self.templates.failure(&error);
                    refused.push((input.number, failure.what.trim_end().to_owned()));
                    first_wrong.get_or_insert(failure);
                }
                Err(Why::Transfer(error)) => refused.push((input.number, format!("{error}. {OUR_MISTAKE}"))),
            }
        }
        // Templates that are wrong for everybody are wrong, and no child is.
        match first_wrong {
            Some(failure) if made.is_empty() => Err(failure),
            _ => Ok(made),
        }
    }

    /// One child's documents; its pictures are held no longer than that.
    fn of_child<'a>(&self, input: &PackInput<'a>) -> Result<ChildDocuments<'a>, Why> {
        let checked = input.record.checked().map_err(|error| Why::Transfer(TransferError::Data(error)))?;
        let pictures = match self.files.get(input.number) {
            Some(file) => pictures(file, checked.record()),
            None => Default::default(),
        };
        match pictures {
            (pictures, wrong) if wrong.is_empty() => {
                self.sender.documents(*input, &checked, &pictures, self.storage).map_err(Why::Transfer)
            }
            (_, wrong) => {
                let (path, why) = wrong.into_iter().next().unwrap_or_default();
                Err(Why::Picture(path, why))
            }
        }
    }
}

/// Makes and writes all bundles of all transfers, one transfer after the other.
fn bundles(
    args: &Args,
    sender: &Sender<'_>,
    templates: &Templates,
    documents: Vec<ChildDocuments<'_>>,
    (storage, spool): (Storage<'_>, &SpoolFolder),
    delivery: &mut Delivery<'_>,
) -> Result<(), Failure> {
    let transfers = if args.per_child {
        documents.into_iter().map(|child| vec![child]).collect()
    } else {
        group_by_receiver(documents)
    };
    for children in transfers {
        for made in sender.transfer(children, storage) {
            let bundle = made.map_err(|error| match error {
                TransferError::Render(RenderError::Engine(error)) if templates.are_own() => templates.failure(&error),
                TransferError::Seal(SealError::Timestamp(error)) => no_timestamp(&error),
                TransferError::Spool(error) => no_room(&error),
                error => Failure::caused(&error),
            })?;
            delivery.add(bundle, spool)?;
        }
    }
    Ok(())
}

fn no_timestamp(error: &TimestampError) -> Failure {
    let next = "Nothing was made. Try again, or leave --timestamp out.";
    Failure::not_acceptable(error.to_string(), next)
}

fn no_room(error: &SpoolError) -> Failure {
    Failure::files(error.to_string(), "Is the disk full? Nothing was made.")
}

fn tell_shortened(shortened: &[usize], outcomes: &[Judged]) {
    for number in shortened {
        let name = public_name(outcomes, *number);
        terminal::say(&format!(
            "note: {name}: the profile was shortened to keep to one page; the transition pack has all"
        ));
    }
}

/// Bundles, packs to read and, where it is new, the identity. What opens them is shown before anything is put into its
/// place: a bundle whose passphrase nobody has read is lost.
fn put_into_place(args: &Args, mut delivery: Delivery<'_>, signing: &Signing) -> Result<(), Failure> {
    delivery.staging.may_appear(args.force)?;
    delivery.say()?;
    if let Some(path) = &signing.new {
        identity::save(&signing.identity, path, "", false).map_err(|failure| Failure {
            next: Some(
                "Perhaps another run has made it meanwhile. Nothing was put into its place: run it again.".to_owned(),
            ),
            ..failure
        })?;
        let certificate = identity::describe(signing.identity.certificate());
        terminal::say(&format!(
            "A new signing identity was made for this school, without a passphrase: {}\n\
             Whoever has this file can sign in the school's name. Keep it as you keep the safeguarding files.\n\
             {certificate}\
             The receiving school rings you and has the twelve words read out before it trusts your packs.",
            path.display(),
        ));
    }
    delivery.staging.finish(args.force)
}

/// Names every record that was refused, and why: what was said above has scrolled away.
fn tell_refused(outcomes: &[Judged], refused: &[(usize, String)]) {
    let mut lines = Vec::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        let why = match (refused.iter().find(|(refused, _)| *refused == number), &outcome.checked) {
            (Some((_, why)), _) => why.clone(),
            (None, None) => count(outcome.report.count(Severity::Error), "error"),
            (None, Some(_)) => continue,
        };
        lines.push(format!("  {}: {why}", outcome.report.public_name()));
    }
    if !lines.is_empty() {
        let many = count(lines.len(), "record");
        terminal::say(&format!("{many} refused, so no pack was made of:\n{}", lines.join("\n")));
    }
}

fn public_name(outcomes: &[Judged], number: usize) -> String {
    outcomes.get(number).map(|outcome| outcome.report.public_name().to_owned()).unwrap_or_default()
}

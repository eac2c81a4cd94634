//! `handover pack`

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::clock::{Now, now};
use super::deliver::{Envelope, deliver, to_read};
use super::draft::Drafts;
use super::exit::{Exit, Failure, Outcome};
use super::look::{Look, Templates, typesetter};
use super::network::Timestamps;
use super::pictures::pictures;
use super::records::{Records, outcomes};
use super::{identity, terminal};
use crate::bundle::ReferenceMaker;
use crate::check::{Checked, Outcome as Judged, Override, Terms, is_reason, rule};
use crate::cohort::{Made, Ready, Sender, TransferError, group_by_receiver};
use crate::document::{Pictures, RenderError};
use crate::problem::{Severity, count, render_human};
use crate::record::Day;
use crate::sign::{Identity, School, SealError, TimestampService};
use crate::text::misleads;

/// The longest reason for an override, in characters: all of it stands on the first page.
const LONGEST: usize = 300;
/// So many overrides fit on the first page.
const MOST_OVERRIDES: usize = 4;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    /// The folder for the bundles.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Sign with this PKCS#12 file; without it, with the school's identity in the configuration folder.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Read the identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Make bundles for each child instead of one for all children who go to the same school.
    #[arg(long)]
    per_child: bool,
    /// Judge, date and seal as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Overwrite bundles that are there.
    #[arg(long)]
    force: bool,
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
    look: Look,
    /// Also sign the manifests with a person's own identity: the DSL's, the SENCO's, the head's.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "for_child"])]
    countersign: Option<PathBuf>,
    /// Read that identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE", requires = "countersign")]
    countersign_passphrase_file: Option<PathBuf>,
    /// Have each seal timestamped by this service (RFC 3161, http://…). The only thing that uses a network.
    #[arg(long, value_name = "URL", conflicts_with_all = ["as_of", "draft", "for_child"])]
    timestamp: Option<String>,
    /// Pack one child's record in spite of this rule's error. Printed on the first page of the safeguarding pack.
    #[arg(long = "override", value_name = "CODE", requires_all = ["reason", "by"])]
    overrides: Vec<String>,
    /// Why the pack cannot wait.
    #[arg(long, requires = "overrides")]
    reason: Option<String>,
    /// Who decided: name and role.
    #[arg(long, requires = "overrides")]
    by: Option<String>,
    /// Show the record's own lines beside problems even where nobody is at a terminal.
    #[arg(long)]
    show_values: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let now = now(args.as_of)?;
    let files = args.records.files()?;
    let policy = args.records.policy(&files)?;
    let branding = args.look.branding(&files)?;
    let templates = args.look.templates()?;
    if args.draft || args.for_child {
        let (for_child, show_values, force) = (args.for_child, args.show_values, args.force);
        let (files, policy, branding, templates) = (&files, &policy, &branding, &templates);
        let out = &args.out;
        let drafts = Drafts { files, policy, branding, templates, day: now.day, for_child, show_values, out, force };
        return drafts.run(args.open);
    }
    let overrides = overrides(args, files.len(), now)?;
    let outcomes = outcomes(&files, &Terms { policy: &policy, today: now.day, overrides: &overrides })?;
    tell_problems(args, &outcomes);
    tell_unneeded(&overrides, &outcomes);
    let checked: Vec<(usize, &Checked)> =
        outcomes.iter().enumerate().filter_map(|(number, outcome)| Some((number, outcome.checked.as_ref()?))).collect();
    if checked.is_empty() {
        terminal::say("No pack was made: put the errors right first.");
        return Ok(Exit::Problems);
    }
    let signing = Signing::new(args, &school(&checked)?, now)?;
    let pictures = pictures_of(&files, &outcomes, &checked);
    let ready: Vec<Ready<'_>> = checked
        .iter()
        .filter_map(|(number, checked)| Some(Ready { number: *number, checked, pictures: pictures.get(number)? }))
        .collect();
    let engine = typesetter(&templates);
    let sender = Sender {
        engine: engine.as_ref(),
        templates: templates.digest(),
        branding: &branding,
        identity: &signing.identity,
        person: signing.person.as_ref(),
        references: &signing.references,
        day: now.day,
        at: now.at,
        policy: &policy,
        timestamps: signing.timestamps.as_ref().map(|service| -> &dyn TimestampService { service }),
    };
    let (made, refused) = make(args, &sender, &templates, &outcomes, &ready)?;
    let refused = refused + (checked.len() - ready.len());
    if made.is_empty() {
        return Ok(Exit::Problems);
    }
    terminal::result(&write(args, &made, &signing)?)?;
    tell_shortened(&made, &outcomes);
    if args.open {
        made.first().into_iter().for_each(|one| terminal::show(&args.out.join(to_read(one))));
    }
    let refused = refused + (outcomes.len() - checked.len());
    if refused > 0 {
        terminal::say(&format!("{} refused: see above.", count(refused, "record")));
        return Ok(Exit::Partly);
    }
    Ok(Exit::Good)
}

/// The errors in spite of which the one record is to be packed.
fn overrides(args: &Args, records: usize, now: Now) -> Result<Vec<Override>, Failure> {
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (reason, by) = (text(&args.reason), text(&args.by));
    if args.overrides.is_empty() {
        return Ok(Vec::new());
    }
    if records != 1 {
        return Err(Failure::usage(
            "an override is for one child's record",
            "Pack that record by itself, with its reason, and the others without.",
        ));
    }
    let too_long = |text: &str| text.chars().count() > LONGEST || text.chars().any(misleads);
    if !is_reason(&reason) || too_long(&reason) || too_long(&by) || args.overrides.len() > MOST_OVERRIDES {
        return Err(Failure::usage(
            format!(
                "an override is for at most {MOST_OVERRIDES} rules, with a reason of at least 20 and at most {LONGEST} letters"
            ),
            "All of it is printed on the first page for the receiving safeguarding lead.",
        ));
    }
    if by.split_whitespace().count() < 2 {
        return Err(Failure::usage("it is not said who decided", "Give name and role with --by."));
    }
    let given = |code: &String| {
        let rule = rule(code).ok_or_else(|| {
            Failure::usage(format!("there is no rule {}", terminal::plain(code)), "`handover explain` lists them all.")
        })?;
        if rule.severity != Severity::Error || !rule.may_be_overridden() {
            let next = format!("`handover explain {}` says why; put the record right instead.", rule.code);
            return Err(Failure::usage(format!("{} cannot be overridden", rule.code), next));
        }
        Ok(Override { code: rule.code, reason: reason.clone(), by: by.clone(), on: now.day })
    };
    args.overrides.iter().map(given).collect()
}

fn tell_unneeded(overrides: &[Override], outcomes: &[Judged]) {
    let needed = |given: &Override| {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.checked.as_ref())
            .any(|checked| checked.overrides().contains(given))
    };
    for given in overrides.iter().filter(|given| !needed(given)) {
        let made = outcomes.iter().any(|outcome| outcome.checked.is_some());
        let why = if made { "was not needed and is not recorded" } else { "alone does not help: other errors remain" };
        terminal::say(&format!("{} {why}.", given.code));
    }
}

fn tell_problems(args: &Args, outcomes: &[Judged]) {
    let reports: Vec<_> = outcomes.iter().map(|outcome| outcome.report.clone()).collect();
    let text = render_human(&reports, args.show_values || terminal::talk_is_seen(), false);
    terminal::say(text.trim_end());
}

/// The one school all records come from.
fn school(checked: &[(usize, &Checked)]) -> Result<School, Failure> {
    let schools: BTreeSet<String> = checked.iter().map(|(_, record)| record.sender().to_string()).collect();
    if schools.len() > 1 {
        return Err(Failure::usage(
            "the records come from more than one school",
            "Pack the records of one sending school at a time.",
        ));
    }
    let sending = checked.first().and_then(|(_, record)| record.record().sending_school.as_ref());
    let text = |text: Option<&String>| text.map(|text| text.trim().to_owned()).unwrap_or_default();
    let school =
        School { name: text(sending.and_then(|s| s.name.as_ref())), urn: text(sending.and_then(|s| s.urn.as_ref())) };
    if school.urn.is_empty() {
        return Err(Failure {
            exit: Exit::Problems,
            what: "the sending school has no URN, and a seal needs one".to_owned(),
            next: Some("Add `urn` to [sending_school].".to_owned()),
        });
    }
    Ok(school)
}

/// Who signs and vouches; and where the identity is to be kept if it is new.
struct Signing {
    identity: Identity,
    person: Option<Identity>,
    timestamps: Option<Timestamps>,
    references: ReferenceMaker,
    new: Option<PathBuf>,
}

impl Signing {
    fn new(args: &Args, school: &School, now: Now) -> Result<Self, Failure> {
        let (identity, new) = match &args.identity {
            Some(path) => (identity::open(path, args.passphrase_file.as_deref())?, None),
            None => {
                let path = identity::default_path(&school.urn)?;
                if path.exists() {
                    (identity::open(&path, args.passphrase_file.as_deref())?, None)
                } else {
                    (identity::generate(school, now.at)?, Some(path))
                }
            }
        };
        identity::fits(&identity, school, now)?;
        let secret = identity.reference_secret().ok_or_else(|| Failure::bug("no secret for references"))?;
        let passphrase_file = args.countersign_passphrase_file.as_deref();
        let person =
            args.countersign.as_deref().map(|file| identity::open_named(file, passphrase_file, now)).transpose()?;
        let timestamps = args.timestamp.as_deref().map(Timestamps::new).transpose()?;
        Ok(Self { identity, person, timestamps, references: ReferenceMaker::new(secret), new })
    }
}

/// The pictures of each record, by its number; a record with a picture that cannot be used is told and left out.
fn pictures_of(files: &[PathBuf], outcomes: &[Judged], checked: &[(usize, &Checked)]) -> BTreeMap<usize, Pictures> {
    let mut found = BTreeMap::new();
    for (number, checked) in checked {
        let Some(file) = files.get(*number) else { continue };
        let (pictures, wrong) = pictures(file, checked.record());
        let help = "Put it right, or take the picture out of the record.";
        for (path, why) in &wrong {
            let name = public_name(outcomes, *number);
            terminal::say(&format!("error: {name}: the picture `{path}` {why}\n  help: {help}"));
        }
        if wrong.is_empty() {
            found.insert(*number, pictures);
        }
    }
    found
}

fn public_name(outcomes: &[Judged], number: usize) -> String {
    outcomes.get(number).map(|outcome| outcome.report.public_name().to_owned()).unwrap_or_default()
}

/// All bundles, and how many records could not be typeset.
fn make(
    args: &Args,
    sender: &Sender<'_>,
    templates: &Templates,
    outcomes: &[Judged],
    ready: &[Ready<'_>],
) -> Result<(Vec<Made>, usize), Failure> {
    let groups = if args.per_child { ready.iter().map(|one| vec![*one]).collect() } else { group_by_receiver(ready) };
    let (mut made, mut refused) = (Vec::new(), 0);
    for mut group in groups {
        loop {
            match sender.transfer(&group) {
                Ok(bundles) => {
                    made.extend(bundles);
                    break;
                }
                Err(TransferError::Render(_, RenderError::Engine(error))) => return Err(templates.failure(&error)),
                Err(TransferError::Render(number, error)) => {
                    let help = match error {
                        RenderError::MissingGlyph(..) => "write this character in another way",
                        _ => "shorten the actions in [health] and `transition_plan.first_week`",
                    };
                    terminal::say(&format!("error: {}: {error}\n  help: {help}", public_name(outcomes, number)));
                    group.retain(|other| other.number != number);
                    refused += 1;
                }
                Err(TransferError::Seal(SealError::Timestamp(error))) => {
                    let next = "Nothing was made. Try again, or leave --timestamp out.";
                    return Err(Failure::not_acceptable(error.to_string(), next));
                }
                Err(error) => return Err(Failure::bug(error.to_string())),
            }
        }
    }
    Ok((made, refused))
}

fn tell_shortened(made: &[Made], outcomes: &[Judged]) {
    for number in made.iter().flat_map(|one| &one.shortened) {
        let name = public_name(outcomes, *number);
        terminal::say(&format!(
            "note: {name}: the profile was shortened to keep to one page; the transition pack has all"
        ));
    }
}

/// Bundles, packs to read and, where it is new, the identity; answers what is to be said of them.
fn write(args: &Args, made: &[Made], signing: &Signing) -> Result<String, Failure> {
    let (staging, told) = deliver(&args.out, &args.envelope, &signing.references, made)?;
    if let Some(path) = &signing.new {
        identity::save(&signing.identity, path, "", false)?;
        let certificate = identity::describe(signing.identity.certificate());
        terminal::say(&format!(
            "A new signing identity was made for this school, without a passphrase: {}\n\
             Whoever has this file can sign in the school's name. Keep it as you keep the safeguarding files.\n\
             {certificate}\
             The receiving school rings you and has the twelve words read out before it trusts your packs.",
            path.display(),
        ));
    }
    staging.finish(args.force)?;
    Ok(told)
}

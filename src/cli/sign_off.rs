//! `handover sign-off`

use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::folder_notes::{change_notes, notes_in};
use super::passed_over::tell_passed_over;
use super::paths::{file_name, folder_of, shown};
use super::pictures::look_at_pictures;
use super::records::{Records, read_for};
use super::replace::update;
use super::terminal;
use crate::check::{CheckOptions, Policy, check_one};
use crate::problem::{Report, Severity, count, render_human};
use crate::record::{ContentDigest, Day, NewValue, Reading, Record, RecordEditor, SchoolFile, SignOff, SignOffRole};
use crate::text::misleads;

/// So many fields that have changed are named.
const MOST_CHANGES: usize = 12;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    /// In what role.
    #[arg(long, value_enum)]
    role: Role,
    /// Who: first and last name.
    #[arg(long)]
    name: String,
    /// What the person says, in a sentence.
    #[arg(long)]
    statement: Option<String>,
    /// The day of the sign-off.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Show what has changed since the last signature, and what stands in the way, and sign nothing.
    #[arg(long)]
    dry_run: bool,
    /// Name records by their files even where nobody is at a terminal.
    #[arg(long)]
    show_values: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    /// Designated safeguarding lead.
    Dsl,
    /// SENCO.
    Senco,
    /// Head teacher.
    HeadTeacher,
    /// Class teacher.
    ClassTeacher,
    /// Another role.
    Other,
}

impl Role {
    fn role(self) -> (SignOffRole, &'static str) {
        match self {
            Self::Dsl => (SignOffRole::Dsl, "dsl"),
            Self::Senco => (SignOffRole::Senco, "senco"),
            Self::HeadTeacher => (SignOffRole::HeadTeacher, "head_teacher"),
            Self::ClassTeacher => (SignOffRole::ClassTeacher, "class_teacher"),
            Self::Other => (SignOffRole::Other, "other"),
        }
    }
}

/// What signing one record came to.
pub(super) enum Signing {
    /// It is signed, or would be: what has changed since the last signature, where that is known.
    Signed(Option<Vec<String>>),
    /// It is not: what stands in the way.
    Refused(Report),
}

/// What every record is signed with.
pub(super) struct Signer<'a> {
    pub role: Role,
    pub name: &'a str,
    pub statement: Option<&'a str>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    pub policy: &'a Policy,
    pub school: Option<&'a SchoolFile>,
    pub day: Day,
}

pub(super) fn run(args: &Args) -> Outcome {
    if args.records.paths.iter().any(|path| terminal::is_stdin(path)) {
        return Err(Failure::usage("standard input cannot be signed off", "Name a file."));
    }
    if !may_sign(&args.name, args.statement.as_deref()) {
        return Err(Failure::usage("a sign-off needs a name, in characters that can be seen", "Give it with --name."));
    }
    let found = args.records.found()?;
    let policy = args.records.policy(&found.files)?;
    let school = args.records.school(&found.files)?;
    let signer = Signer {
        role: args.role,
        name: &args.name,
        statement: args.statement.as_deref(),
        dry_run: args.dry_run,
        policy: &policy,
        school: school.as_ref(),
        day: now(args.as_of)?.day,
    };
    let (mut signed, mut refused) = (0, Vec::new());
    for path in &found.files {
        match signer.sign(path)? {
            Signing::Signed(changed) => {
                signed += 1;
                terminal::say(&format!("{}: {}", shown(path), changes(changed.as_deref())));
            }
            Signing::Refused(report) => refused.push(report),
        }
    }
    tell_passed_over(&found.passed_over, args.show_values);
    if !refused.is_empty() {
        let values = args.show_values || terminal::talk_is_seen();
        terminal::say(render_human(&refused, values, false).trim_end());
        let lines: Vec<String> = refused
            .iter()
            .map(|report| format!("  {}: {}", report.public_name(), count(report.count(Severity::Error), "error")))
            .collect();
        let many = count(refused.len(), "record");
        terminal::say(&format!("{many} not signed: put the errors right first.\n{}", lines.join("\n")));
    }
    let many = count(signed, "record");
    terminal::say(&if args.dry_run {
        format!("{many} could be signed; nothing was written.")
    } else {
        format!("{many} signed off. A change from now on will be noticed.")
    });
    Ok(match (signed, refused.is_empty()) {
        (_, true) => Exit::Good,
        (0, false) => Exit::Problems,
        (_, false) => Exit::Partly,
    })
}

/// Whether name and statement are of characters that can be seen, and the name of letters.
pub(super) fn may_sign(name: &str, statement: Option<&str>) -> bool {
    let is_seen = |text: &str| !text.chars().any(misleads);
    is_seen(name) && statement.is_none_or(is_seen) && name.chars().any(char::is_alphabetic)
}

/// What has changed, in a line.
pub(super) fn changes(changed: Option<&[String]>) -> String {
    match changed {
        None => "not signed before".to_owned(),
        Some([]) => "nothing has changed since the last signature".to_owned(),
        Some(paths) => {
            let more = paths.len().saturating_sub(MOST_CHANGES);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let named: Vec<&str> = paths.iter().take(MOST_CHANGES).map(String::as_str).collect();
            format!("changed since the last signature: {}{more}", named.join(", "))
        }
    }
}

impl Signer<'_> {
    /// Signs one record, unless something stands in the way.
    pub(super) fn sign(&self, path: &Path) -> Result<Signing, Failure> {
        let name = shown(path);
        let file = file_name(path);
        let mut outcome = None;
        let written = update(path, |bytes| {
            let bytes = bytes.ok_or_else(|| {
                let next = "Look at the name: a record has to be there to be signed.";
                Failure::files(format!("{name} is not there"), next)
            })?;
            let mut reading = read_for(self.school, &name, bytes);
            look_at_pictures(path, &mut reading);
            if !reading.findings.is_empty() {
                outcome = Some(Signing::Refused(Report::new(&name, reading.findings)));
                return Ok((bytes.to_vec(), None));
            }
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            let (text, sign_off) = self.signed(&reading, text).ok_or_else(|| {
                Failure::files(
                    "the sign-off cannot be added by itself here",
                    "Add a [[sign_off]] by hand. Perhaps `sign_off = [...]` stands in the file as a list.",
                )
            })?;
            let mut after = read_for(self.school, &name, text.as_bytes());
            look_at_pictures(path, &mut after);
            let record = after.record.clone();
            let options = CheckOptions { policy: self.policy, today: self.day, overrides: &[] };
            let report = check_one(after, &options).0.report;
            if report.count(Severity::Error) > 0 {
                outcome = Some(Signing::Refused(report));
                return Ok((bytes.to_vec(), None));
            }
            let notes = notes_in(folder_of(path))?;
            let before = notes.records.get(&file).and_then(|notes| notes.signed.as_ref());
            outcome = Some(Signing::Signed(before.map(|signed| signed.changed(&record))));
            let bytes = if self.dry_run { bytes.to_vec() } else { text.into_bytes() };
            Ok((bytes, Some((record, sign_off))))
        })?;
        if let Some((record, sign_off)) = written.filter(|_| !self.dry_run) {
            change_notes(folder_of(path), |notes| notes.sign(&file, &record, &sign_off))?;
        }
        outcome.ok_or_else(|| Failure::bug("a record was neither signed nor refused"))
    }

    /// The record's text with one sign-off more; `None` unless it then reads as the same record and one sign-off more.
    fn signed(&self, reading: &Reading, text: &str) -> Option<(String, SignOff)> {
        let (role, word) = self.role.role();
        let name = self.name.trim();
        let mut sign_off = SignOff {
            role: Some(role),
            name: Some(name.to_owned()),
            on: Some(self.day),
            statement: self.statement.map(str::to_owned),
            digest: None,
            audience: None,
        };
        let (pictures, from_school) = (reading.pictures.as_ref()?, &reading.from_school);
        let digest = ContentDigest::of(&reading.record, &sign_off, pictures, from_school)?.to_string();
        sign_off.digest = Some(digest.clone());
        let text_of = |text: &str| NewValue::Text(text.to_owned());
        let mut fields = vec![("role", text_of(word)), ("name", text_of(name)), ("on", NewValue::Day(self.day))];
        fields.extend(self.statement.map(|statement| ("statement", text_of(statement))));
        fields.push(("digest", NewValue::Text(digest)));
        let mut editor = RecordEditor::new(text).ok()?;
        editor.push("sign_off", &fields).ok()?;
        let text = editor.finish().ok()?;
        let after = read_for(self.school, &reading.source.name, text.as_bytes());
        let mut wanted: Record = reading.record.clone();
        wanted.sign_off.push(sign_off.clone());
        (after.findings.is_empty() && after.record == wanted).then_some((text, sign_off))
    }
}

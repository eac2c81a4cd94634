//! `handover sign-off`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::paths::shown;
use super::pictures::look_at_pictures;
use super::replace::update;
use super::terminal;
use crate::check::{CheckOptions, Policy, check_one};
use crate::problem::{Report, Severity, count, render_human};
use crate::record::{ContentDigest, Day, Reading, Record, SignOff, SignOffRole, read};
use crate::text::misleads;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The record.
    #[arg(value_name = "RECORD")]
    path: PathBuf,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
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

pub(super) fn run(args: &Args) -> Outcome {
    if terminal::is_stdin(&args.path) {
        return Err(Failure::usage("standard input cannot be signed off", "Name a file."));
    }
    let texts = [Some(&args.name), args.statement.as_ref()];
    if texts.into_iter().flatten().any(|text| text.chars().any(misleads)) || !args.name.chars().any(char::is_alphabetic)
    {
        return Err(Failure::usage("a sign-off needs a name, in characters that can be seen", "Give it with --name."));
    }
    let day = now(args.as_of)?.day;
    let shown = shown(&args.path);
    let text = update(&args.path, |bytes| {
        let bytes = bytes.ok_or_else(|| {
            Failure::files(format!("{shown} is not there"), "Look at the name: a record has to be there to be signed.")
        })?;
        let text = with_sign_off(&shown, bytes, args, day)?;
        Ok((text.clone().into_bytes(), text))
    })?;
    terminal::say(&format!("Signed off in {shown}. A change to the record from now on will be noticed."));
    let options = CheckOptions { policy: &Policy::default(), today: day, overrides: &[] };
    let mut reading = read(&shown, text.as_bytes());
    look_at_pictures(&args.path, &mut reading);
    let errors = check_one(reading, &options).0.report.count(Severity::Error);
    if errors > 0 {
        terminal::say(&format!("{} in the record: handover validate", count(errors, "error")));
    }
    Ok(Exit::Good)
}

/// A record's text with one sign-off more.
fn with_sign_off(name: &str, bytes: &[u8], args: &Args, day: Day) -> Result<String, Failure> {
    let mut reading = read(name, bytes);
    look_at_pictures(&args.path, &mut reading);
    if !reading.findings.is_empty() {
        let report = Report::new(name, reading.findings);
        terminal::say(render_human(&[report], terminal::talk_is_seen(), false).trim_end());
        return Err(Failure {
            exit: Exit::Problems,
            what: "nobody can sign what cannot be read in full".to_owned(),
            next: Some("Put right what is said above, then sign.".to_owned()),
        });
    }
    signed(&reading, args, day).ok_or_else(|| {
        Failure::files(
            "the sign-off cannot be added by itself here",
            "Add a [[sign_off]] by hand. Perhaps `sign_off = [...]` stands in the file as a list.",
        )
    })
}

/// The record's text with the sign-off at its end; `None` unless it then reads as the same record and one sign-off more.
fn signed(reading: &Reading, args: &Args, day: Day) -> Option<String> {
    let (role, word) = args.role.role();
    let mut sign_off = SignOff {
        role: Some(role),
        name: Some(args.name.trim().to_owned()),
        on: Some(day),
        statement: args.statement.clone(),
        digest: None,
        audience: None,
    };
    let digest = ContentDigest::of(&reading.record, &sign_off, reading.pictures.as_ref()?)?.to_string();
    sign_off.digest = Some(digest.clone());
    let line = |text: &str| toml::Value::from(text).to_string();
    let newline = if reading.source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = vec![
        reading.source.text.trim_end().to_owned(),
        String::new(),
        "[[sign_off]]".to_owned(),
        format!("role = \"{word}\""),
        format!("name = {}", line(args.name.trim())),
        format!("on = {day}"),
    ];
    lines.extend(args.statement.as_ref().map(|statement| format!("statement = {}", line(statement))));
    lines.extend([format!("digest = \"{digest}\""), String::new()]);
    let text = lines.join(newline);
    let after = read(&reading.source.name, text.as_bytes());
    let mut wanted: Record = reading.record.clone();
    wanted.sign_off.push(sign_off);
    (after.findings.is_empty() && after.record == wanted).then_some(text)
}

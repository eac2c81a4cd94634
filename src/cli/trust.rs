//! `handover trust`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::write_one;
use super::verify::inputs;
use super::{identity, settings, terminal};
use crate::record::Day;
use crate::sign::{Certificate, Fingerprint};
use crate::verify::{Role, Signer, TrustError, signer_of};

/// How many words are asked back: 33 bits that nobody guesses.
const ASKED_BACK: usize = 3;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Believe a school's certificate, after its words were read out over the telephone.
    Add(AddArgs),
    /// List the schools that are believed.
    List,
    /// Believe a certificate no longer.
    Remove {
        /// Its fingerprint, or at least the first eight digits.
        fingerprint: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A certificate (PEM or DER), a sealed PDF, or a bundle of that school.
    file: PathBuf,
    /// The school's URN; it must be the one in the certificate, if there is one.
    #[arg(long)]
    urn: Option<String>,
    /// The school's name as you know it.
    #[arg(long)]
    school: Option<String>,
    /// Who confirmed it: your name and role.
    #[arg(long)]
    by: String,
    /// How: for example "telephone, number from Get Information about Schools".
    #[arg(long)]
    how: String,
    /// The twelve words as they were read out; without them, some are asked for.
    #[arg(long)]
    words: Option<String>,
    /// The day of the confirmation.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Add(args) => add(args),
        Command::List => list(),
        Command::Remove { fingerprint } => remove(fingerprint),
    }
}

fn add(args: &AddArgs) -> Outcome {
    let now = now(args.as_of)?;
    let certificate = certificate(args)?;
    certificate.may_sign().map_err(|refusal| Failure {
        exit: Exit::NotAcceptable,
        what: refusal.to_string(),
        next: None,
    })?;
    let urn = match (certificate.urn(), &args.urn) {
        (Some(own), Some(given)) if own != *given => {
            return Err(Failure::usage(
                format!("the certificate names URN {own}, not {given}"),
                "Do not trust it; ring the school.",
            ));
        }
        (Some(own), _) => own,
        (None, Some(given)) => given.clone(),
        (None, None) => {
            return Err(Failure::usage("the certificate names no URN", "Give the school's URN with --urn."));
        }
    };
    let school = args.school.clone().unwrap_or_else(|| certificate.holder());
    let (path, mut trust) = settings::trust()?;
    let signer = Signer {
        urn,
        school: school.clone(),
        role: Role::Seal,
        certificate_sha256: certificate.fingerprint().to_string(),
        confirmed_by: args.by.clone(),
        confirmed_on: now.day.to_string(),
        how: args.how.clone(),
        revoked_on: None,
        revoked_why: None,
    };
    trust.add(signer).map_err(|error| refused(&error))?;
    confirm(args, &certificate)?;
    save(&path, &trust)?;
    terminal::say(&format!("From now on, packs sealed with this certificate count as genuine packs of {school}."));
    Ok(Exit::Good)
}

fn refused(error: &TrustError) -> Failure {
    Failure { exit: Exit::NotAcceptable, what: error.to_string(), next: None }
}

fn certificate(args: &AddArgs) -> Result<Certificate, Failure> {
    let nothing =
        || Failure::files("there is no pack or bundle in the folder", "Name a certificate, a sealed PDF or a bundle.");
    let input = inputs(std::slice::from_ref(&args.file))?.into_iter().next().ok_or_else(nothing)?;
    if input.bytes.starts_with(b"PK") || input.bytes.starts_with(b"%PDF") {
        // The clock, not --as-of, decides whether a seal lies in the future.
        let at = now(None)?.at;
        let not_acceptable = |refusal: crate::sign::Refusal| Failure {
            exit: Exit::NotAcceptable,
            what: refusal.to_string(),
            next: None,
        };
        return signer_of(&input.bytes, at).map_err(not_acceptable);
    }
    let read = Certificate::from_pem(&input.bytes).or_else(|_problem| Certificate::from_der(&input.bytes));
    read.map_err(|_problem| {
        Failure::files(format!("{} holds no certificate", input.name), "Name a certificate, a sealed PDF or a bundle.")
    })
}

/// Asks for words of the fingerprint that only somebody who heard them can know.
fn confirm(args: &AddArgs, certificate: &Certificate) -> Result<(), Failure> {
    let fingerprint = certificate.fingerprint();
    let wrong = || Failure {
        exit: Exit::NotAcceptable,
        what: "the words do not fit the certificate".to_owned(),
        next: Some(
            "Do not trust it. Ring the school again; if they still differ, the file is not from that school."
                .to_owned(),
        ),
    };
    if let Some(words) = &args.words {
        if words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
            < fingerprint.words().len()
        {
            return Err(Failure::usage(
                "--words needs all twelve words",
                "Without --words, three of them are asked for.",
            ));
        }
        return if fingerprint.matches_words(words) { Ok(()) } else { Err(wrong()) };
    }
    terminal::say(&format!(
        "{}Ring the school on the number that Get Information about Schools gives for it, and have the words read out.",
        identity::describe_school(certificate),
    ));
    for number in positions(&fingerprint)? {
        let needed =
            || Failure::usage("the words have to be typed", "Run it at a terminal, or give all twelve with --words.");
        let typed = terminal::ask(&format!("Word {}: ", number + 1)).ok_or_else(needed)?;
        if fingerprint.words().get(number).is_none_or(|word| !typed.eq_ignore_ascii_case(word)) {
            return Err(wrong());
        }
    }
    Ok(())
}

/// Which words are asked for: others each time, in order.
fn positions(fingerprint: &Fingerprint) -> Result<Vec<usize>, Failure> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| Failure::bug(format!("no randomness: {error}")))?;
    let count = fingerprint.words().len().max(1);
    let mut positions = Vec::new();
    for byte in random {
        let position = usize::from(byte) % count;
        if positions.len() < ASKED_BACK && !positions.contains(&position) {
            positions.push(position);
        }
    }
    positions.sort_unstable();
    Ok(positions)
}

fn list() -> Outcome {
    let (_, trust) = settings::trust()?;
    if trust.signers.is_empty() {
        terminal::say("No school is confirmed yet. `handover trust add` does it.");
    }
    for signer in &trust.signers {
        let revoked = signer.revoked_on.as_ref().map(|on| format!(", revoked on {on}")).unwrap_or_default();
        let fingerprint = Fingerprint::from_hex(&signer.certificate_sha256);
        let words = fingerprint.map(|fingerprint| fingerprint.words().join(" ")).unwrap_or_default();
        terminal::result(&format!(
            "{} (URN {}){revoked}\n  {}\n  {words}\n  confirmed on {} by {}: {}\n",
            signer.school, signer.urn, signer.certificate_sha256, signer.confirmed_on, signer.confirmed_by, signer.how,
        ))?;
    }
    Ok(Exit::Good)
}

fn remove(fingerprint: &str) -> Outcome {
    let (path, mut trust) = settings::trust()?;
    if trust.remove(fingerprint) == 0 {
        return Err(Failure::usage(
            "no confirmed certificate begins like this",
            "`handover trust list` shows them; give at least eight digits.",
        ));
    }
    save(&path, &trust)?;
    terminal::say("Packs sealed with it no longer count as genuine.");
    Ok(Exit::Good)
}

fn save(path: &std::path::Path, trust: &crate::verify::Trust) -> Result<(), Failure> {
    let text = trust.to_text().map_err(|error| Failure::bug(error.to_string()))?;
    write_one(path, text.as_bytes(), true)
}

//! `handover trust add`: a school is believed after its words were read out over the telephone.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::presented::{Presented, is_taken, presented, refused};
use super::unlock::Keys;
use super::{config_dir, identity, terminal};
use crate::record::Day;
use crate::school::Laestab;
use crate::sign::{Certificate, Fingerprint, Stated};
use crate::text::{Note, tidy_line};
use crate::verify::{Card, Role, Signer, TrustError};

/// How many words are asked back: 33 bits that nobody guesses.
const ASKED_BACK: usize = 3;

/// In what role somebody signs, as an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleOption {
    /// The school's seal.
    Seal,
    /// The designated safeguarding lead.
    Dsl,
    /// The SENCO.
    Senco,
    /// The head teacher.
    Head,
    /// A local authority or trust that signs lists of schools; it signs no packs.
    Authority,
    /// A timestamp service; it signs no packs.
    Timestamps,
}

impl From<RoleOption> for Role {
    fn from(option: RoleOption) -> Self {
        match option {
            RoleOption::Seal => Self::Seal,
            RoleOption::Dsl => Self::Dsl,
            RoleOption::Senco => Self::Senco,
            RoleOption::Head => Self::Head,
            RoleOption::Authority => Self::Authority,
            RoleOption::Timestamps => Self::Timestamps,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// The school's card; or a certificate (PEM or DER), a sealed PDF, a bundle or a receipt of it.
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
    /// In what role it signs: seal, dsl, senco, head, or authority for one that signs lists of schools.
    #[arg(long, value_enum, default_value_t = RoleOption::Seal)]
    role: RoleOption,
    /// The school's DfE number.
    #[arg(long)]
    laestab: Option<Laestab>,
    /// Whom to ring there, and on which number, from Get Information about Schools: "the DSL, 01539 496 0001".
    #[arg(long, value_name = "WHO AND NUMBER")]
    contact: Option<String>,
    /// The first day on which it is believed.
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// The last.
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    #[command(flatten)]
    keys: Keys,
    /// The day of the confirmation.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

pub(super) fn add(args: &AddArgs) -> Outcome {
    let now = now(args.as_of)?;
    let Presented { certificate, card } = presented(&args.file, &args.keys)?;
    if let Some(card) = &card
        && is_taken(card, now.day.0)?
    {
        return Ok(Exit::Good);
    }
    let is_service = args.role == RoleOption::Timestamps;
    let may_sign = if is_service { Ok(()) } else { certificate.may_sign() };
    may_sign.map_err(refused)?;
    let signer = signer(args, &certificate, card.as_ref(), now.day)?;
    let school = signer.school.clone();
    // What would be refused is refused before anybody rings up; the list itself is changed afterwards.
    config_dir::trust()?.add(signer.clone()).map_err(refused)?;
    confirm(args, &certificate)?;
    config_dir::change_trust(|trust| {
        trust.add(signer.clone()).map_err(refused)?;
        card.as_ref().map_or(Ok(false), |card| trust.take_card(card, now.day.0).map_err(refused))
    })?;
    terminal::say(&match Role::from(args.role) {
        Role::Authority => format!("From now on, lists of schools that {school} has signed can be imported."),
        Role::Timestamps => format!("From now on, the time in timestamps of {school} is believed."),
        Role::Seal if card.is_some() => format!(
            "From now on, packs of {school} count as genuine, and what you pack for it is encrypted to its card."
        ),
        Role::Seal => format!("From now on, packs sealed with this certificate count as genuine packs of {school}."),
        _ => format!("From now on, this certificate counts for what its role at {school} may sign."),
    });
    if card.is_some() {
        // One call does for both.
        for own in identity::open_unasked()? {
            let words = identity::numbered(&own.certificate().fingerprint().words());
            let holder = terminal::plain(&own.certificate().holder());
            terminal::say(&format!("If they add the card of {holder} in the same call, read these words out: {words}"));
        }
    }
    Ok(Exit::Good)
}

/// The entry of a certificate, as the options describe it.
fn signer(args: &AddArgs, certificate: &Certificate, card: Option<&Stated<Card>>, day: Day) -> Result<Signer, Failure> {
    let is_service = args.role == RoleOption::Timestamps;
    let urn = match (certificate.urn(), &args.urn) {
        (Some(own), Some(given)) if own.as_str() != given => {
            return Err(Failure::usage(
                format!("the certificate names URN {own}, not {}", terminal::plain(given)),
                "Do not trust it; ring the school.",
            ));
        }
        (Some(own), _) if card.is_some_and(|card| card.said.school.urn != own) => {
            return Err(refused(TrustError::OtherSchool));
        }
        (Some(own), _) => own.to_string(),
        (None, Some(given)) => given.clone(),
        (None, None) if is_service => String::new(),
        (None, None) => {
            return Err(Failure::usage("the certificate names no URN", "Give the school's URN with --urn."));
        }
    };
    let school = line(args.school.as_deref().unwrap_or(&certificate.holder()), "--school")?.to_string();
    let laestab = args.laestab.as_ref().or_else(|| Some(&card?.said.school.laestab));
    Ok(Signer {
        urn,
        school,
        laestab: laestab.map(Laestab::to_string),
        contact: args
            .contact
            .as_deref()
            .map(|contact| line(contact, "--contact"))
            .transpose()?
            .map(|it| it.to_string()),
        role: args.role.into(),
        valid_from: args.from.map(|day| day.to_string()),
        valid_until: args.until.map(|day| day.to_string()),
        listed_by: None,
        renewed_from: None,
        certificate_sha256: certificate.fingerprint().to_string(),
        confirmed_by: line(&args.by, "--by")?.to_string(),
        confirmed_on: day.to_string(),
        how: line(&args.how, "--how")?.to_string(),
        revoked_on: None,
        revoked_why: None,
    })
}

/// Words that are kept in the list: one plain line.
pub(super) fn line(text: &str, option: &str) -> Result<Note, Failure> {
    Note::parse(&tidy_line(text))
        .map_err(|flaw| Failure::usage(format!("{option} cannot be used: {flaw}"), "Write it in one plain line."))
}

/// Asks for words of the fingerprint that only somebody who heard them can know.
fn confirm(args: &AddArgs, certificate: &Certificate) -> Result<(), Failure> {
    let fingerprint = certificate.fingerprint();
    let wrong = || {
        Failure::not_acceptable(
            "the words do not fit the certificate",
            "Do not trust it. Ring the school again; if they still differ, the file is not from that school.",
        )
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
    let random = config_dir::random::<16>()?;
    let count = fingerprint.words().len().max(1);
    let mut positions = Vec::new();
    for byte in *random {
        let position = usize::from(byte) % count;
        if positions.len() < ASKED_BACK && !positions.contains(&position) {
            positions.push(position);
        }
    }
    positions.sort_unstable();
    Ok(positions)
}

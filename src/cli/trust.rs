//! `handover trust`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{read_one, write_one};
use super::unlock::Keys;
use super::verify::inputs;
use super::{identity, settings, terminal};
use crate::problem::count;
use crate::record::Day;
use crate::sign::{Certificate, Fingerprint, read_detached, sign_detached};
use crate::verify::{Role, Signer, Trust, TrustError, Us, signer_of};

/// How many words are asked back: 33 bits that nobody guesses.
const ASKED_BACK: usize = 3;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Believe a school's certificate, after its words were read out over the telephone.
    Add(AddArgs),
    /// List the schools that are believed.
    List,
    /// Take a certificate out of the list.
    Remove {
        /// Its fingerprint, or at least the first eight digits.
        fingerprint: String,
    },
    /// Never believe a certificate again: its key was lost, stolen or replaced.
    Revoke(RevokeArgs),
    /// Believe a confirmed school's new certificate, which it has signed with its old key.
    Renew {
        /// The new certificate. Its signature lies beside it, with .p7s added to the name.
        certificate: PathBuf,
        /// The day of the renewal.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Day>,
    },
    /// Say which school you are, so that a bundle for another school is noticed.
    Us {
        /// Your URN, six digits.
        #[arg(long)]
        urn: Option<String>,
        /// Your DfE number, seven digits, which every bundle names.
        #[arg(long)]
        laestab: String,
    },
    /// Take over a list of schools that a local authority or trust has signed.
    Import(ImportArgs),
    /// Sign a list of schools for others to import: for a local authority or trust.
    Sign(SignArgs),
}

#[derive(Debug, Args)]
pub(super) struct RevokeArgs {
    /// Its fingerprint, or at least the first eight digits.
    fingerprint: String,
    /// Why, in a few words.
    #[arg(long)]
    why: String,
    /// Since when.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// A list in the form of trust.toml. Its signature lies beside it, with .p7s added to the name.
    list: PathBuf,
    /// The fingerprint of the authority, or at least its first eight digits. Confirm it first: `trust add --role authority`.
    #[arg(long, value_name = "FINGERPRINT")]
    signed_by: String,
}

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    /// A list in the form of trust.toml.
    list: PathBuf,
    /// The authority's identity, a PKCS#12 file.
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// Read the identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Overwrite a signature that is there.
    #[arg(long)]
    force: bool,
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
    /// In what role it signs: seal, dsl, senco, head, or authority for one that signs lists of schools.
    #[arg(long, value_enum, default_value_t = Role::Seal)]
    role: Role,
    /// The school's DfE number.
    #[arg(long)]
    laestab: Option<String>,
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

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Add(args) => add(args),
        Command::List => list(),
        Command::Remove { fingerprint } => remove(fingerprint),
        Command::Revoke(args) => revoke(args),
        Command::Renew { certificate, as_of } => renew(certificate, *as_of),
        Command::Us { urn, laestab } => us(urn.clone(), Some(laestab.clone())),
        Command::Import(args) => import(args),
        Command::Sign(args) => sign(args),
    }
}

fn add(args: &AddArgs) -> Outcome {
    let now = now(args.as_of)?;
    let certificate = certificate(args)?;
    let is_service = args.role == Role::Timestamps;
    let may_sign = if is_service { Ok(()) } else { certificate.may_sign() };
    may_sign.map_err(refused)?;
    let urn = match (certificate.urn(), &args.urn) {
        (Some(own), Some(given)) if own != *given => {
            return Err(Failure::usage(
                format!("the certificate names URN {own}, not {given}"),
                "Do not trust it; ring the school.",
            ));
        }
        (Some(own), _) => own,
        (None, Some(given)) => given.clone(),
        (None, None) if is_service => String::new(),
        (None, None) => {
            return Err(Failure::usage("the certificate names no URN", "Give the school's URN with --urn."));
        }
    };
    let school = args.school.clone().unwrap_or_else(|| certificate.holder());
    let (path, mut trust) = settings::trust()?;
    let signer = Signer {
        urn,
        school: school.clone(),
        laestab: args.laestab.clone(),
        role: args.role,
        valid_from: args.from.map(|day| day.to_string()),
        valid_until: args.until.map(|day| day.to_string()),
        listed_by: None,
        renewed_from: None,
        certificate_sha256: certificate.fingerprint().to_string(),
        confirmed_by: args.by.clone(),
        confirmed_on: now.day.to_string(),
        how: args.how.clone(),
        revoked_on: None,
        revoked_why: None,
    };
    trust.add(signer).map_err(refused)?;
    confirm(args, &certificate)?;
    save(&path, &trust)?;
    terminal::say(&match args.role {
        Role::Authority => format!("From now on, lists of schools that {school} has signed can be imported."),
        Role::Timestamps => format!("From now on, the time in timestamps of {school} is believed."),
        Role::Seal => format!("From now on, packs sealed with this certificate count as genuine packs of {school}."),
        _ => format!("From now on, this certificate counts for what its role at {school} may sign."),
    });
    Ok(Exit::Good)
}

/// What is not acceptable, where its own words say what to do.
fn refused(error: impl std::fmt::Display) -> Failure {
    Failure { exit: Exit::NotAcceptable, what: error.to_string(), next: None }
}

/// What is not acceptable, so that the list stays as it is.
fn unchanged(error: impl std::fmt::Display) -> Failure {
    Failure::not_acceptable(error.to_string(), "Nothing was changed.")
}

/// A certificate whose time is over, or to come, vouches for nothing.
fn is_valid(certificate: &Certificate, at: Timestamp) -> Result<(), Failure> {
    let why = "the certificate that signed it is not valid today";
    if certificate.is_valid_at(at) { Ok(()) } else { Err(unchanged(why)) }
}

fn certificate(args: &AddArgs) -> Result<Certificate, Failure> {
    let nothing =
        || Failure::files("there is no pack or bundle in the folder", "Name a certificate, a sealed PDF or a bundle.");
    let input = inputs(std::slice::from_ref(&args.file))?.into_iter().next().ok_or_else(nothing)?;
    let input = args.keys.open(input)?;
    if input.bytes.starts_with(b"PK") || input.bytes.starts_with(b"%PDF") {
        // The clock, not --as-of, decides whether a seal lies in the future.
        let at = now(None)?.at;
        return signer_of(&input.bytes, at).map_err(refused);
    }
    let read = Certificate::from_pem(&input.bytes).or_else(|_problem| Certificate::from_der(&input.bytes));
    read.map_err(|_problem| {
        Failure::files(format!("{} holds no certificate", input.name), "Name a certificate, a sealed PDF or a bundle.")
    })
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
    let random = settings::random::<16>()?;
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

fn list() -> Outcome {
    let (_, trust) = settings::trust()?;
    if trust.signers.is_empty() {
        terminal::say("No school is confirmed yet. `handover trust add` does it.");
    }
    for signer in &trust.signers {
        let revoked = signer.revoked_on.as_ref().map(|on| format!(", revoked on {on}")).unwrap_or_default();
        let fingerprint = Fingerprint::from_hex(&signer.certificate_sha256);
        let words = fingerprint.map(|fingerprint| fingerprint.words().join(" ")).unwrap_or_default();
        let number = if signer.urn.is_empty() { String::new() } else { format!("URN {}, ", signer.urn) };
        let listed = signer.listed_by.as_ref().map(|by| format!(", on the list of {}", by.get(..16).unwrap_or(by)));
        terminal::result(&format!(
            "{} ({number}{}){revoked}\n  {}\n  {words}\n  confirmed on {} by {}: {}{}\n",
            terminal::plain(&signer.school),
            signer.role.words(),
            signer.certificate_sha256,
            signer.confirmed_on,
            terminal::plain(&signer.confirmed_by),
            terminal::plain(&signer.how),
            listed.unwrap_or_default(),
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

fn revoke(args: &RevokeArgs) -> Outcome {
    let (path, mut trust) = settings::trust()?;
    if trust.revoke(&args.fingerprint, now(args.as_of)?.day.0, &args.why) == 0 {
        return Err(Failure::usage(
            "no confirmed certificate begins like this",
            "`handover trust list` shows them; give at least eight digits.",
        ));
    }
    save(&path, &trust)?;
    terminal::say(
        "Nothing that it signed is believed any more, whenever it says it was signed; nor what is in the list on its word.",
    );
    Ok(Exit::Good)
}

fn renew(path: &Path, as_of: Option<Day>) -> Outcome {
    let bytes = read_one(path)?.bytes;
    let new = Certificate::from_pem(&bytes)
        .map_err(|_problem| Failure::files("this is no certificate", "Name the file that ends in .renewal.pem."))?;
    new.may_sign().map_err(unchanged)?;
    let signature = read_one(&identity::signature_path(path))?.bytes;
    let signed = read_detached(&signature, &bytes, false).map_err(unchanged)?;
    // Whoever finds an old key must not announce a new one with it.
    is_valid(&signed.certificate, now(as_of)?.at)?;
    let (file, mut trust) = settings::trust()?;
    let renewed = trust.renew(&signed.certificate, &new, now(as_of)?.day.0).map_err(unchanged)?;
    let school = renewed.ok_or_else(|| unchanged(TrustError::Known))?;
    save(&file, &trust)?;
    terminal::say(&format!("From now on, {school} is also believed with its new certificate."));
    Ok(Exit::Good)
}

fn us(urn: Option<String>, laestab: Option<String>) -> Outcome {
    let is_number = |text: &Option<String>, length: usize| {
        text.as_ref().is_none_or(|text| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !is_number(&urn, 6) || !is_number(&laestab, 7) {
        return Err(Failure::usage(
            "a URN has six digits, a DfE number seven",
            "Look them up on Get Information about Schools.",
        ));
    }
    let (path, mut trust) = settings::trust()?;
    trust.us = Some(Us { urn, laestab });
    save(&path, &trust)?;
    terminal::say("From now on, a bundle for another school is refused.");
    Ok(Exit::Good)
}

fn listed(path: &Path) -> Result<(Vec<u8>, Trust), Failure> {
    let bytes = read_one(path)?.bytes;
    let unreadable = |why: String| Failure::files(format!("the list cannot be used: {why}"), "Ask for it again.");
    let text = std::str::from_utf8(&bytes).map_err(|_error| unreadable("it is not UTF-8".to_owned()))?;
    let list = Trust::parse(text).map_err(|error| unreadable(error.to_string()))?;
    Ok((bytes, list))
}

fn import(args: &ImportArgs) -> Outcome {
    let (path, mut trust) = settings::trust()?;
    let Some(authority) = trust.authority(&args.signed_by, now(None)?.day.0) else {
        return Err(unchanged("no authority that you have confirmed begins like this"));
    };
    let (bytes, list) = listed(&args.list)?;
    let signature = read_one(&identity::signature_path(&args.list))?.bytes;
    let signed = read_detached(&signature, &bytes, false).map_err(unchanged)?;
    is_valid(&signed.certificate, now(None)?.at)?;
    let fingerprint = signed.certificate.fingerprint();
    if fingerprint.to_string() != authority.certificate_sha256 {
        return Err(unchanged("the list is signed by somebody else"));
    }
    let (added, revoked) = trust.import(list, &fingerprint).map_err(unchanged)?;
    save(&path, &trust)?;
    terminal::say(&format!("{} added, {revoked} revoked.", count(added, "school")));
    Ok(Exit::Good)
}

fn sign(args: &SignArgs) -> Outcome {
    let (bytes, list) = listed(&args.list)?;
    if list.signers.is_empty() {
        return Err(Failure::usage("the list is empty", "Name a list in the form of trust.toml."));
    }
    let identity = identity::open(&args.identity, args.passphrase_file.as_deref())?;
    let signature = sign_detached(&identity, &bytes).ok_or_else(|| Failure::bug("the key refused to sign"))?;
    let path = identity::signature_path(&args.list);
    write_one(&path, &signature, args.force)?;
    terminal::result(&format!("{}\n{}", path.display(), identity::describe(identity.certificate())))?;
    Ok(Exit::Good)
}

fn save(path: &Path, trust: &Trust) -> Result<(), Failure> {
    let text = trust.to_text().map_err(|error| Failure::bug(error.to_string()))?;
    write_one(path, text.as_bytes(), true)
}

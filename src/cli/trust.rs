//! `handover trust`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::paths::folder_of;
use super::staging::Staging;
use super::trust_add::{AddArgs, add, line};
use super::{config_dir, identity, terminal};
use crate::problem::count;
use crate::record::Day;
use crate::school::{Laestab, Urn};
use crate::sign::{Certificate, Fingerprint, read_detached, sign_detached};
use crate::verify::{LARGEST_SERIAL, LocalSchool, SignedList, Trust, TrustError};

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
        urn: Option<Urn>,
        /// Your DfE number, seven digits, which every bundle names.
        #[arg(long)]
        laestab: Laestab,
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
    /// The list's serial number, higher than that of the last; without it, the next. It is written into the list.
    #[arg(long, value_name = "NUMBER")]
    serial: Option<u64>,
    /// Sign a list again that was signed before.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Add(args) => add(args),
        Command::List => list(),
        Command::Remove { fingerprint } => remove(fingerprint),
        Command::Revoke(args) => revoke(args),
        Command::Renew { certificate, as_of } => renew(certificate, *as_of),
        Command::Us { urn, laestab } => us(urn.as_ref(), laestab),
        Command::Import(args) => import(args),
        Command::Sign(args) => sign(args),
    }
}

/// What is not acceptable, so that the list stays as it is.
fn unchanged(error: impl std::fmt::Display) -> Failure {
    Failure::not_acceptable(terminal::plain(&error.to_string()), "Nothing was changed.")
}

/// A certificate whose time is over, or to come, vouches for nothing.
fn is_valid(certificate: &Certificate, at: Timestamp) -> Result<(), Failure> {
    let why = "the certificate that signed it is not valid today";
    if certificate.is_valid_at(at) { Ok(()) } else { Err(unchanged(why)) }
}

fn list() -> Outcome {
    let trust = config_dir::trust()?;
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

/// How many entries were meant; none is a slip of the hand.
fn some(count: usize) -> Result<(), Failure> {
    if count > 0 {
        return Ok(());
    }
    let next = "`handover trust list` shows them; give at least eight digits.";
    Err(Failure::usage("no confirmed certificate begins like this", next))
}

fn remove(fingerprint: &str) -> Outcome {
    config_dir::change_trust(|trust| trust.remove(fingerprint).map_err(unchanged).and_then(some))?;
    terminal::say("Packs sealed with it no longer count as genuine.");
    Ok(Exit::Good)
}

fn revoke(args: &RevokeArgs) -> Outcome {
    let (day, why) = (now(args.as_of)?.day.0, line(&args.why, "--why")?);
    config_dir::change_trust(|trust| some(trust.revoke(&args.fingerprint, day, why.as_str())))?;
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
    let today = now(as_of)?.day.0;
    let school = config_dir::change_trust(|trust| {
        let renewed = trust.renew(&signed.certificate, &new, today).map_err(unchanged)?;
        renewed.ok_or_else(|| unchanged(TrustError::Known))
    })?;
    let school = terminal::plain(&school);
    terminal::say(&format!("From now on, {school} is also believed with its new certificate."));
    Ok(Exit::Good)
}

fn us(urn: Option<&Urn>, laestab: &Laestab) -> Outcome {
    config_dir::change_trust(|trust| {
        trust.us = Some(LocalSchool { urn: urn.cloned(), laestab: Some(laestab.clone()) });
        Ok(())
    })?;
    terminal::say("From now on, a bundle for another school is refused.");
    Ok(Exit::Good)
}

fn listed(bytes: &[u8]) -> Result<Trust, Failure> {
    let unreadable = |why: String| {
        Failure::files(format!("the list cannot be used: {}", terminal::plain(&why)), "Ask for it again.")
    };
    let text = std::str::from_utf8(bytes).map_err(|_error| unreadable("it is not UTF-8".to_owned()))?;
    Trust::parse(text).map_err(|error| unreadable(error.to_string()))
}

fn import(args: &ImportArgs) -> Outcome {
    let today = now(None)?;
    // Who has signed it is looked at before what stands in it.
    let bytes = read_one(&args.list)?.bytes;
    let signature = read_one(&identity::signature_path(&args.list))?.bytes;
    let signed = read_detached(&signature, &bytes, false).map_err(unchanged)?;
    is_valid(&signed.certificate, today.at)?;
    let fingerprint = signed.certificate.fingerprint();
    let is_signer = |trust: &Trust| match trust.authority(&args.signed_by, today.day.0) {
        None => Err(unchanged("no authority that you have confirmed begins like this")),
        Some(authority) if fingerprint.to_string() != authority.certificate_sha256 => {
            Err(unchanged("the list is signed by somebody else"))
        }
        Some(_) => Ok(()),
    };
    is_signer(&config_dir::trust()?)?;
    let list = listed(&bytes)?;
    let imported = config_dir::change_trust(|trust| {
        is_signer(trust)?;
        let signed = SignedList { list: list.clone(), sha256: Fingerprint::of(&bytes).to_string() };
        trust.import(signed, &fingerprint).map_err(unchanged)
    })?;
    terminal::say(&format!("{} added, {} revoked.", count(imported.added, "school"), imported.revoked));
    for error in &imported.left_out {
        terminal::say(&format!("warning: not added: {}", terminal::plain(&error.to_string())));
    }
    Ok(if imported.left_out.is_empty() { Exit::Good } else { Exit::NotAcceptable })
}

fn sign(args: &SignArgs) -> Outcome {
    let mut list = listed(&read_one(&args.list)?.bytes)?;
    if list.signers.is_empty() {
        return Err(Failure::usage("the list is empty", "Name a list in the form of trust.toml."));
    }
    let path = identity::signature_path(&args.list);
    if !args.force && path.symlink_metadata().is_ok() {
        let what = format!("{} is there already", path.display());
        return Err(Failure::files(what, "Use --force to sign the list again, under its next number."));
    }
    let identity = identity::open(&args.identity, args.passphrase_file.as_deref())?;
    let serial = next_serial(args.serial, list.serial)?;
    list.serial = Some(serial);
    // What stands here about this school itself is nobody else's.
    (list.us, list.lists, list.cards) = (None, Vec::new(), Vec::new());
    let text = list.to_text().map_err(|error| Failure::caused(&error))?;
    let signature = sign_detached(&identity, text.as_bytes()).ok_or_else(|| Failure::bug("the key refused to sign"))?;
    let mut staging = Staging::begin(folder_of(&args.list))?;
    for (path, bytes) in [(args.list.as_path(), text.as_bytes()), (path.as_path(), signature.as_slice())] {
        staging.write(Path::new(path.file_name().unwrap_or_default()), bytes)?;
    }
    staging.finish(true)?;
    let described = identity::describe(identity.certificate());
    terminal::result(&format!("{}\n  Serial       {serial}\n{described}", path.display()))?;
    Ok(Exit::Good)
}

/// The number of a list: the one that was asked for, else the one after that of the list as it was.
fn next_serial(asked: Option<u64>, last: Option<u64>) -> Result<u64, Failure> {
    let next = last.map_or(Some(1), |last| last.checked_add(1));
    match asked.or(next) {
        Some(serial) if serial > LARGEST_SERIAL => {
            let what = format!("a serial number is at most {LARGEST_SERIAL}");
            Err(Failure::usage(what, "Leave --serial out: then it is the next."))
        }
        Some(serial) if last.is_none_or(|last| serial > last) => Ok(serial),
        _ => {
            let what = format!("the list has the serial number {} already", last.unwrap_or_default());
            Err(Failure::usage(what, "Schools take over a list only if its number is higher than the last."))
        }
    }
}

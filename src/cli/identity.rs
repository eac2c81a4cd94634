//! `handover identity`, and the identity that `pack` uses.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::paths::{folder_of, is_absent};
use super::replace::write_one;
use super::staging::Staging;
use super::{config_dir, terminal};
use crate::record::Day;
use crate::school::{SchoolName, Urn};
use crate::sign::{Certificate, Identity, IdentityError, sign_detached};
use crate::text::tidy_line;
#[cfg(feature = "receive")]
use crate::text::{PersonName, PlainLine};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a key and a self-signed certificate for a school.
    New(NewArgs),
    /// Show an identity: school, validity, fingerprint.
    Show(ShowArgs),
    /// Make a new key for the same school, and announce its certificate with a signature of the old key.
    Renew(RenewArgs),
}

#[derive(Debug, Args)]
pub(super) struct RenewArgs {
    /// The old identity.
    file: PathBuf,
    /// Read the old identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Where to write the new identity. Its certificate and the signature are written beside it, to be sent to the schools
    /// that know the old one.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Read the new identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    new_passphrase_file: Option<PathBuf>,
    /// Protect the new file by its permissions alone.
    #[arg(long)]
    no_passphrase: bool,
    /// The day from which the new certificate is valid.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Overwrite files that are there.
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The school's name.
    #[arg(long)]
    school: String,
    /// The school's Unique Reference Number, 6 digits.
    #[arg(long)]
    urn: String,
    /// Where to write it; without it, in the user's configuration folder.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Read the passphrase from the first line of a file.
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    passphrase_file: Option<PathBuf>,
    /// Protect the file by its permissions alone.
    #[arg(long)]
    no_passphrase: bool,
    /// The day from which the certificate is valid.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Overwrite a file that is there. The old key is lost.
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// A PKCS#12 file; without it, the identities in the user's configuration folder.
    file: Option<PathBuf>,
    /// Read the passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Print the certificate in PEM, and the one above it, to give to other schools and programs.
    #[arg(long)]
    pem: bool,
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::New(args) => new(args),
        Command::Show(args) => show(args),
        Command::Renew(args) => renew(args),
    }
}

fn new(args: &NewArgs) -> Outcome {
    let urn = Urn::parse(&args.urn)
        .map_err(|_error| Failure::usage("the URN must be 6 digits", "Look it up on Get Information about Schools."))?;
    let school = school_name(&args.school)?;
    let path = match &args.out {
        Some(path) => path.clone(),
        None => default_path(&urn)?,
    };
    let question = "New passphrase for the identity: ";
    let passphrase = new_passphrase(args.no_passphrase, args.passphrase_file.as_deref(), question)?;
    let identity = generate(&school, &urn, now(args.as_of)?.at)?;
    save(&identity, &path, &passphrase, args.force)?;
    terminal::say(&format!("Written: {}", path.display()));
    terminal::result(&describe(identity.certificate()))?;
    Ok(Exit::Good)
}

/// A school's name as it was typed, its spaces made plain.
pub(super) fn school_name(text: &str) -> Result<SchoolName, Failure> {
    SchoolName::parse(&tidy_line(text)).map_err(|flaw| {
        Failure::usage(
            format!("the school's name cannot be used: {flaw}"),
            "Write it as on Get Information about Schools.",
        )
    })
}

fn renew(args: &RenewArgs) -> Outcome {
    let old = open(&args.file, args.passphrase_file.as_deref())?;
    let holder = school_name(&old.certificate().holder())?;
    let urn = old.certificate().urn().ok_or_else(|| {
        Failure::usage("the old certificate names no URN", "Make a new identity with `handover identity new`.")
    })?;
    let Some(name) = args.out.file_name() else {
        return Err(Failure::usage("--out is not the name of a file", "Name a file, for example new.p12."));
    };
    let question = "New passphrase for the new identity: ";
    let passphrase = new_passphrase(args.no_passphrase, args.new_passphrase_file.as_deref(), question)?;
    let new = generate(&holder, &urn, now(args.as_of)?.at)?;
    let pem = new.certificate().pem();
    let signature = sign_detached(&old, pem.as_bytes()).ok_or_else(|| Failure::bug("the key refused to sign"))?;
    let key = new.to_pkcs12(&passphrase).map_err(|error| Failure::caused(&error))?;
    let announced = args.out.with_extension("renewal.pem");
    let file = |path: &Path| PathBuf::from(path.file_name().unwrap_or(name));
    // All three or none: a key without its announcement is one that no school believes.
    let mut staging = Staging::begin(folder_of(&args.out))?;
    staging.write(&file(&args.out), &key)?;
    staging.write(&file(&announced), pem.as_bytes())?;
    staging.write(&file(&signature_path(&announced)), &signature)?;
    staging.finish(args.force)?;
    terminal::say(&format!("Written: {}", args.out.display()));
    terminal::say(&format!(
        "Send {} and {} to the schools that know your old certificate;\nthey run: handover trust renew {}",
        announced.display(),
        signature_path(&announced).display(),
        announced.display()
    ));
    terminal::result(&describe(new.certificate()))?;
    Ok(Exit::Good)
}

/// The passphrase of an identity that is about to be written; an empty one where none is wanted.
fn new_passphrase(none: bool, file: Option<&Path>, question: &str) -> Result<Zeroizing<String>, Failure> {
    if none { Ok(Zeroizing::new(String::new())) } else { config_dir::passphrase(file, question) }
}

/// The detached signature beside a file.
pub(super) fn signature_path(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".p7s");
    name.into()
}

fn show(args: &ShowArgs) -> Outcome {
    let files = match &args.file {
        Some(file) => vec![file.clone()],
        None => identities()?,
    };
    if files.is_empty() {
        let next = "The first `handover pack` makes one, or `handover identity new`.";
        return Err(Failure::files("there is no identity yet", next));
    }
    for file in files {
        let identity = open(&file, args.passphrase_file.as_deref())?;
        let certificate = identity.certificate();
        let text = if args.pem { identity.pem() } else { format!("{}\n{}", file.display(), describe(certificate)) };
        terminal::result(&text)?;
    }
    Ok(Exit::Good)
}

/// The identities of the configuration folder that open without a passphrase, or with the one of the environment.
pub(super) fn open_unasked() -> Result<Vec<Identity>, Failure> {
    let open = |path: PathBuf| {
        let bytes = read_one(&path).ok()?.bytes;
        let known = config_dir::passphrase_of_environment();
        let tried = std::iter::once(Zeroizing::new(String::new())).chain(known);
        tried.filter_map(|passphrase| Identity::from_pkcs12(&bytes, &passphrase).ok()).next()
    };
    Ok(identities()?.into_iter().filter_map(open).collect())
}

/// The certificates of these identities.
#[cfg(feature = "pack")]
pub(super) fn certificates() -> Result<Vec<Certificate>, Failure> {
    Ok(open_unasked()?.iter().map(|identity| identity.certificate().clone()).collect())
}

fn identities() -> Result<Vec<PathBuf>, Failure> {
    let folder = config_dir::folder()?;
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "p12"));
    files.sort();
    Ok(files)
}

/// Which identity this school signs with.
#[derive(Debug, Clone, Args)]
pub(super) struct OwnIdentity {
    /// Sign with this PKCS#12 file; without it, with the school's identity in the configuration folder.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Read the identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl OwnIdentity {
    fn open(&self, path: &Path) -> Result<Identity, Failure> {
        open(path, self.passphrase_file.as_deref())
    }

    /// The identity that was named, or the only one of the configuration folder.
    #[cfg(feature = "pack")]
    pub(super) fn open_only(&self) -> Result<Identity, Failure> {
        if let Some(path) = &self.identity {
            return self.open(path);
        }
        match identities()?.as_slice() {
            [only] => self.open(only),
            [] => Err(Failure::files("there is no signing identity here", "The first `handover pack` makes one.")),
            _ => Err(Failure::usage("there are several signing identities here", "Name the one with --identity.")),
        }
    }

    /// The identity that was named, or the school's own in the configuration folder; a new one where there is none, as `pack`
    /// makes one, for which the school must have been named.
    pub(super) fn open_or_make(
        &self,
        school: Option<&SchoolName>,
        urn: &Urn,
        now: Timestamp,
    ) -> Result<Identity, Failure> {
        let path = match &self.identity {
            Some(path) => return self.open(path),
            None => default_path(urn)?,
        };
        if !is_absent(&path) {
            return self.open(&path);
        }
        let Some(school) = school else {
            let next = "Give the school's name with --school: then one is made.";
            return Err(Failure::usage("there is no signing identity of your school here yet", next));
        };
        let made = generate(school, urn, now)?;
        save(&made, &path, "", false)?;
        terminal::say(&format!(
            "A signing identity was made for {school}, without a passphrase: {}\nWhoever has this file can sign in the \
             school's name. Keep it as you keep the safeguarding files.",
            path.display()
        ));
        Ok(made)
    }
}

/// First and last name, and role, of whoever puts a name to something that is signed.
#[cfg(feature = "receive")]
pub(super) fn signatory(name: &str, role: &str) -> Result<(PersonName, PlainLine<120>), Failure> {
    let bad = || {
        Failure::usage("this name or role cannot be used", "Write first and last name, and the role, in plain words.")
    };
    let name = PersonName::parse(name.trim()).map_err(|_flaw| bad())?;
    Ok((name, PlainLine::parse(role.trim()).map_err(|_flaw| bad())?))
}

/// Where the identity of a school lies if it is not named.
pub(super) fn default_path(urn: &Urn) -> Result<PathBuf, Failure> {
    Ok(config_dir::folder()?.join(format!("identity-{urn}.p12")))
}

/// A new identity from the operating system's randomness.
pub(super) fn generate(school: &SchoolName, urn: &Urn, from: Timestamp) -> Result<Identity, Failure> {
    Identity::generate(school, urn, from, &config_dir::random()?).map_err(|error| Failure::caused(&error))
}

/// Writes an identity, readable by its owner alone.
pub(super) fn save(identity: &Identity, path: &Path, passphrase: &str, force: bool) -> Result<(), Failure> {
    let bytes = identity.to_pkcs12(passphrase).map_err(|error| Failure::caused(&error))?;
    write_one(path, &bytes, force)
}

/// Opens an identity; asks for the passphrase only where an empty one does not do.
pub(super) fn open(path: &Path, passphrase_file: Option<&Path>) -> Result<Identity, Failure> {
    let bytes = Zeroizing::new(read_one(path)?.bytes);
    let refused = |error: IdentityError| {
        Failure::files(
            format!("{}: {error}", path.display()),
            "Export key and certificate together as PKCS#12 (.p12 or .pfx), or put both into one PEM file.",
        )
    };
    if passphrase_file.is_none() {
        match Identity::from_file(&bytes, "") {
            Err(IdentityError::Passphrase) => {}
            other => return other.map_err(refused),
        }
    }
    let passphrase = config_dir::passphrase(passphrase_file, &format!("Passphrase for {}: ", path.display()))?;
    Identity::from_file(&bytes, &passphrase).map_err(refused)
}

/// What a person wants to know of a certificate.
pub(super) fn describe(certificate: &Certificate) -> String {
    let fingerprint = certificate.fingerprint();
    let words = numbered(&fingerprint.words());
    let groups = fingerprint.in_groups();
    let school = describe_school(certificate);
    format!("{school}  Fingerprint  {fingerprint}\n  In groups    {groups}\n  In words     {words}\n")
}

/// The same without the fingerprint, which is to be heard over the telephone.
pub(super) fn describe_school(certificate: &Certificate) -> String {
    let (from, until) = certificate.validity();
    let urn = certificate.urn().map_or_else(|| "not in the certificate".to_owned(), |urn| urn.to_string());
    let holder = terminal::plain(&certificate.holder());
    format!("  School       {holder}\n  URN          {urn}\n  Valid        {} to {}\n", day(from), day(until))
}

/// Words with their numbers, so that two people on the telephone stay together.
pub(super) fn numbered(words: &[&str]) -> String {
    words.iter().enumerate().map(|(index, word)| format!("{} {word}", index + 1)).collect::<Vec<_>>().join(", ")
}

pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

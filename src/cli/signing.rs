//! Who signs what `pack` makes, and who vouches for its time.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::clock::Now;
use super::exit::Failure;
use super::identity;
use super::network::Timestamps;
use super::paths::is_absent;
use crate::bundle::ReferenceMaker;
use crate::school::School;
use crate::sign::{Certificate, Identity};

/// With what is signed.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct SigningOptions {
    /// Sign with this PKCS#12 file; without it, with the school's identity in the configuration folder.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Read the identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Also sign the manifests with a person's own identity: the DSL's, the SENCO's, the head's.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "for_child"])]
    countersign: Option<PathBuf>,
    /// Read that identity's passphrase from the first line of a file.
    #[arg(long, value_name = "FILE", requires = "countersign")]
    countersign_passphrase_file: Option<PathBuf>,
    /// Have each seal timestamped by this service (RFC 3161, http://…). The only thing that uses a network.
    #[arg(long, value_name = "URL", conflicts_with_all = ["as_of", "draft", "for_child"])]
    timestamp: Option<String>,
}

/// Who signs and vouches; and where the identity is to be kept if it is new.
pub(super) struct Signing {
    pub identity: Identity,
    pub person: Option<Identity>,
    pub timestamps: Option<Timestamps>,
    pub references: ReferenceMaker,
    pub new: Option<PathBuf>,
}

impl Signing {
    pub(super) fn new(args: &SigningOptions, school: &School, now: Now) -> Result<Self, Failure> {
        let (identity, new) = match &args.identity {
            Some(path) => (identity::open(path, args.passphrase_file.as_deref())?, None),
            None => {
                let path = identity::default_path(&school.urn)?;
                // An identity that cannot be opened is no reason for another.
                if is_absent(&path) {
                    (identity::generate(&school.name, &school.urn, now.at)?, Some(path))
                } else {
                    (identity::open(&path, args.passphrase_file.as_deref())?, None)
                }
            }
        };
        fits(&identity, school, now)?;
        let secret = identity.reference_secret().ok_or_else(|| Failure::bug("no secret for references"))?;
        let passphrase_file = args.countersign_passphrase_file.as_deref();
        let person = args.countersign.as_deref().map(|file| open_named(file, passphrase_file, now)).transpose()?;
        let timestamps = args.timestamp.as_deref().map(Timestamps::new).transpose()?;
        Ok(Self { identity, person, timestamps, references: ReferenceMaker::new(secret), new })
    }
}

/// Opens an identity that must be valid at a moment.
fn open_named(path: &Path, passphrase_file: Option<&Path>, now: Now) -> Result<Identity, Failure> {
    let identity = identity::open(path, passphrase_file)?;
    is_valid(identity.certificate(), now)?;
    Ok(identity)
}

/// Whether an identity may seal for a school at a moment.
fn fits(identity: &Identity, school: &School, now: Now) -> Result<(), Failure> {
    let certificate = identity.certificate();
    if let Some(urn) = certificate.urn().filter(|urn| *urn != school.urn) {
        let what =
            format!("the identity belongs to the school with URN {urn}, the records come from URN {}", school.urn);
        return Err(Failure::usage(what, "Name the right identity with --identity."));
    }
    is_valid(certificate, now)
}

fn is_valid(certificate: &Certificate, now: Now) -> Result<(), Failure> {
    let (from, until) = certificate.validity();
    if now.at < from || now.at > until {
        let what =
            format!("the identity's certificate is valid from {} to {}", identity::day(from), identity::day(until));
        return Err(Failure::usage(
            what,
            "Use another day with --as-of, or make a new identity with `handover identity new`.",
        ));
    }
    Ok(())
}

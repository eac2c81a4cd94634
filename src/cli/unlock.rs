//! Opening the envelope of a bundle, for the commands that look inside.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use zeroize::Zeroizing;

use super::exit::Failure;
use super::files::Input;
use super::{circle_keys, config_dir, terminal};
use crate::bundle::{EnvelopeError, Lock, Passphrase, lock_of, unlock, unlock_with_age};

/// What opens encrypted bundles.
#[derive(Debug, Default, ClapArgs)]
pub(super) struct Keys {
    /// Read the passphrases of encrypted bundles from a file, one a line; without it, each is asked for.
    #[arg(long, value_name = "FILE")]
    bundle_passphrase_file: Option<PathBuf>,
    /// Open bundles that were encrypted to a key with this `age` identity file; without it, with the keys of your card.
    #[arg(long, value_name = "FILE")]
    age_identity: Option<PathBuf>,
}

impl Keys {
    /// The text of the file with passphrases, one a line, where one is named.
    #[cfg(feature = "receive")]
    pub(super) fn passphrases(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let read = |path: &PathBuf| config_dir::secret(path, "the passphrase file", "Save it as UTF-8.");
        self.bundle_passphrase_file.as_ref().map(read).transpose()
    }

    /// The text of the `age` identity file, where one is named.
    pub(super) fn identity(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let read =
            |path: &PathBuf| config_dir::secret(path, "the age identity", "Name the file that age-keygen wrote.");
        self.age_identity.as_ref().map(read).transpose()
    }

    /// What is in an envelope; anything else as it is.
    pub(super) fn open(&self, input: Input) -> Result<Input, Failure> {
        let name = input.name.clone();
        let bytes = match lock_of(&input.bytes) {
            None => return Ok(input),
            Some(Lock::Age) => self.with_age(&input),
            Some(Lock::Passphrase) => self.with_passphrase(&input),
        }?;
        Ok(Input { name, bytes })
    }

    fn with_age(&self, input: &Input) -> Result<Vec<u8>, Failure> {
        let keys = match self.identity()? {
            Some(named) => vec![named],
            None => circle_keys::all()?,
        };
        if keys.is_empty() {
            let next = "Name your school's key with --age-identity.";
            return Err(Failure::usage(format!("{} is encrypted to a key", input.name), next));
        }
        let mut results = keys.iter().map(|key| unlock_with_age(&input.bytes, key));
        results
            .find(|result| !matches!(result, Err(EnvelopeError::Key)))
            .unwrap_or(Err(EnvelopeError::Key))
            .map_err(|error| closed(input, &error))
    }

    fn with_passphrase(&self, input: &Input) -> Result<Vec<u8>, Failure> {
        if let Some(path) = &self.bundle_passphrase_file {
            let text = config_dir::secret(path, "the passphrase file", "Save it as UTF-8.")?;
            let tried = text.lines().filter(|line| !line.trim().is_empty());
            let mut results = tried.map(|line| unlock(&input.bytes, &Passphrase::typed(line)));
            return results
                .find(|result| !matches!(result, Err(EnvelopeError::Key)))
                .unwrap_or(Err(EnvelopeError::Key))
                .map_err(|error| closed(input, &error));
        }
        let words = config_dir::bundle_passphrase(&format!("Passphrase of {}: ", input.name))?;
        unlock(&input.bytes, &Passphrase::typed(&words)).map_err(|error| closed(input, &error))
    }
}

/// Why an envelope cannot be opened by anything, in plain words.
#[cfg(feature = "receive")]
pub(super) fn why_closed(error: &EnvelopeError) -> &'static str {
    match error {
        EnvelopeError::Form => "It is encrypted, and not as this program does it; or it was cut short on the way",
        EnvelopeError::TooLarge => "What is in it is larger than any bundle",
        EnvelopeError::Key | EnvelopeError::Failed(_) => "It cannot be opened",
    }
}

fn closed(input: &Input, error: &EnvelopeError) -> Failure {
    let next = match error {
        EnvelopeError::Key if lock_of(&input.bytes) == Some(Lock::Age) => {
            "It is encrypted to a key that is not here: that of another circle of readers, or of another school."
        }
        EnvelopeError::Key => {
            "Have the words read out again by the sending school, on the number that Get Information about Schools gives."
        }
        _ => "Do not use this file. Ring the school that it seems to come from.",
    };
    let what = format!("{} cannot be opened: {error}", terminal::plain(&input.name));
    Failure::not_acceptable(what, next)
}

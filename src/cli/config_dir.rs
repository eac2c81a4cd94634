//! The user's configuration folder, and passphrases from wherever they may come from.

use std::env;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use zeroize::Zeroizing;

use super::exit::Failure;
use super::files::read_one;
use super::paths::is_absent;
use super::recovery::look_after;
use super::replace::update;
use super::secret_variables::{BUNDLE_PASSPHRASE_VARIABLE, PASSPHRASE_VARIABLE};
use super::terminal;
use crate::verify::Trust;

/// Names another configuration folder.
const FOLDER_VARIABLE: &str = "HANDOVER_CONFIG_DIR";

/// The folder for identities and trust: `HANDOVER_CONFIG_DIR`, else `handover` in the user's configuration folder.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
pub(super) fn folder() -> Result<PathBuf, Failure> {
    let named = env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let folder = named.map_or_else(home_folder, Ok)?;
    look_after(&folder);
    Ok(folder)
}

fn home_folder() -> Result<PathBuf, Failure> {
    let strategy = etcetera::choose_base_strategy().map_err(|_error| {
        Failure::files("there is no home folder", format!("Set {FOLDER_VARIABLE} to a folder of your own."))
    })?;
    Ok(strategy.config_dir().join("handover"))
}

/// The trust file of the folder; empty where there is none yet.
pub(super) fn trust() -> Result<Trust, Failure> {
    let path = trust_path()?;
    // A list that cannot be read is no empty list.
    if is_absent(&path) {
        return Ok(Trust::default());
    }
    parsed(&path, &read_one(&path)?.bytes)
}

/// Changes the trust file, with nobody else in between; answers what the change says.
pub(super) fn change_trust<T>(mut change: impl FnMut(&mut Trust) -> Result<T, Failure>) -> Result<T, Failure> {
    let path = trust_path()?;
    update(&path, |before| {
        let mut trust = before.map_or_else(|| Ok(Trust::default()), |bytes| parsed(&path, bytes))?;
        let said = change(&mut trust)?;
        let text = trust.to_text().map_err(|error| Failure::caused(&error))?;
        Ok((text.into_bytes(), said))
    })
}

fn trust_path() -> Result<PathBuf, Failure> {
    Ok(folder()?.join("trust.toml"))
}

fn parsed(path: &Path, bytes: &[u8]) -> Result<Trust, Failure> {
    let mend = || format!("Mend {} by hand.", path.display());
    let text = std::str::from_utf8(bytes).map_err(|_error| Failure::files("the trust file is not UTF-8", mend()))?;
    Trust::parse(text).map_err(|error| Failure::files(terminal::plain(&error.to_string()), mend()))
}

/// The passphrase of a bundle: from the environment, or asked for. Never from an argument.
pub(super) fn bundle_passphrase(question: &str) -> Result<Zeroizing<String>, Failure> {
    let what = "the bundle is encrypted, and nobody is there to type its passphrase";
    from_environment_or_asked(BUNDLE_PASSPHRASE_VARIABLE, question, what, "--bundle-passphrase-file")
}

/// The passphrase of bundles out of the environment, where there is one.
#[cfg(feature = "receive")]
pub(super) fn bundle_passphrase_of_environment() -> Option<Zeroizing<String>> {
    of_environment(BUNDLE_PASSPHRASE_VARIABLE).filter(|text| !text.trim().is_empty())
}

/// The passphrase of identities out of the environment, where there is one.
pub(super) fn passphrase_of_environment() -> Option<Zeroizing<String>> {
    of_environment(PASSPHRASE_VARIABLE).filter(|text| !text.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment comes in")]
fn of_environment(variable: &str) -> Option<Zeroizing<String>> {
    env::var(variable).ok().map(Zeroizing::new)
}

/// A passphrase: from a file, from the environment, or asked for. Never from an argument.
pub(super) fn passphrase(file: Option<&Path>, question: &str) -> Result<Zeroizing<String>, Failure> {
    if let Some(path) = file {
        let text = secret(path, "the passphrase file", "Save it as UTF-8.")?;
        return Ok(first_line(&text));
    }
    let what = "a passphrase is needed, and nobody is there to type it";
    from_environment_or_asked(PASSPHRASE_VARIABLE, question, what, "--passphrase-file")
}

fn from_environment_or_asked(
    variable: &str,
    question: &str,
    what: &str,
    option: &str,
) -> Result<Zeroizing<String>, Failure> {
    if let Some(passphrase) = of_environment(variable) {
        if passphrase.is_empty() {
            let next = "Unset it to be asked, or put the passphrase into it.";
            return Err(Failure::usage(format!("{variable} is set and empty"), next));
        }
        return Ok(passphrase);
    }
    let next = format!("Set {variable}, or name a file with {option}.");
    terminal::ask_passphrase(question).ok_or_else(|| Failure::usage(what, next))
}

/// The text of a file that holds a secret.
pub(super) fn secret(path: &Path, what: &str, next: &str) -> Result<Zeroizing<String>, Failure> {
    let bytes = Zeroizing::new(read_one(path)?.bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_error| Failure::files(format!("{what} is not UTF-8"), next))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The first line of a file that holds a secret: what editors add after it does not belong to it.
fn first_line(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
}

/// Bytes of the operating system's randomness.
pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Failure> {
    let mut random = Zeroizing::new([0; N]);
    getrandom::fill(&mut *random).map_err(|error| Failure::bug(format!("no randomness: {error}")))?;
    Ok(random)
}

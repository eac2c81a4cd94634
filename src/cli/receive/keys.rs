//! What opens the bundles that arrived: passphrases, each asked for once and tried on all that is locked, and keys.

use zeroize::Zeroizing;

use crate::bundle::{EnvelopeError, Lock, Passphrase, is_whole_envelope, lock_of, unlock, unlock_with_age};
use crate::cli::exit::Failure;
use crate::cli::unlock::Keys;
use crate::cli::{circle_keys, config_dir, terminal};

/// So many words a passphrase of ours has: several of them may be typed one after the other.
const WORDS: usize = 7;

/// What was learned so far.
pub(super) struct Known {
    passphrases: Vec<Passphrase>,
    identities: Vec<Zeroizing<String>>,
}

/// What became of a locked file.
pub(super) enum Opened {
    /// It was not locked.
    Open,
    /// What is inside.
    Inside(Vec<u8>),
    /// Nothing that is known opens it.
    Locked,
    /// It cannot be opened by anything.
    Broken(EnvelopeError),
}

impl Known {
    /// What the options name.
    pub(super) fn of(keys: &Keys) -> Result<Self, Failure> {
        let mut known = Self { passphrases: Vec::new(), identities: Vec::new() };
        if let Some(text) = keys.passphrases()? {
            known.passphrases.extend(text.lines().filter(|line| !line.trim().is_empty()).map(Passphrase::typed));
        }
        known.identities.extend(keys.identity()?);
        known.identities.extend(circle_keys::all()?);
        Ok(known)
    }

    /// Tries all that is known.
    pub(super) fn open(&self, bytes: &[u8]) -> Opened {
        let Some(lock) = lock_of(bytes) else { return Opened::Open };
        if lock == Lock::Passphrase && !is_whole_envelope(bytes) {
            return Opened::Broken(EnvelopeError::Form);
        }
        let tried: Box<dyn Iterator<Item = Result<Vec<u8>, EnvelopeError>>> = match lock {
            Lock::Passphrase => Box::new(self.passphrases.iter().map(|passphrase| unlock(bytes, passphrase))),
            Lock::Age => Box::new(self.identities.iter().map(|identity| unlock_with_age(bytes, identity))),
        };
        for result in tried {
            match result {
                Ok(inside) => return Opened::Inside(inside),
                Err(EnvelopeError::Key) => {}
                Err(error) => return Opened::Broken(error),
            }
        }
        Opened::Locked
    }

    /// Asks for more passphrases while something is locked; answers whether any was given.
    pub(super) fn ask(&mut self, locked: usize) -> bool {
        let files = if locked == 1 { "1 file is".to_owned() } else { format!("{locked} files are") };
        let question = format!(
            "{files} still locked. Passphrase (several one after the other are taken, too; nothing to go on without): "
        );
        // Where it stands in the environment it has been tried.
        let Some(typed) = terminal::ask_passphrase(&question).filter(|typed| !typed.trim().is_empty()) else {
            return false;
        };
        self.add(&typed);
        true
    }

    /// A passphrase from the environment, where there is one.
    pub(super) fn add_from_environment(&mut self) {
        if let Some(text) = config_dir::bundle_passphrase_of_environment() {
            self.add(&text);
        }
    }

    fn add(&mut self, typed: &str) {
        let whole = Passphrase::typed(typed);
        let words: Vec<String> = whole.words().split(' ').map(str::to_owned).collect();
        if words.len() > WORDS && words.len().is_multiple_of(WORDS) {
            self.passphrases.extend(words.chunks(WORDS).map(|chunk| Passphrase::typed(&chunk.join(" "))));
        }
        self.passphrases.push(whole);
    }
}

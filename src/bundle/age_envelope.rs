//! Envelopes that only the holder of an `age` key opens.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::envelope::{EnvelopeError, bounded};

/// The most recipients of an `age` file.
const MOST_STANZAS: usize = 32;

/// A key that opens envelopes, and the recipient to which they are encrypted.
pub struct AgeKey {
    /// The secret: `AGE-SECRET-KEY-1…`, a line of an `age` identity file.
    pub secret: Zeroizing<String>,
    /// What everybody may know: `age1…`.
    pub recipient: String,
}

impl AgeKey {
    /// A new key, out of the operating system's randomness.
    #[expect(clippy::new_without_default, reason = "each one is another")]
    #[must_use]
    pub fn new() -> Self {
        Self::of(&age::x25519::Identity::generate())
    }

    fn of(key: &age::x25519::Identity) -> Self {
        let secret = Zeroizing::new(key.to_string().expose_secret().to_owned());
        Self { secret, recipient: key.to_public().to_string() }
    }

    /// The first key of an `age` identity file; `None` where there is none.
    #[must_use]
    pub fn first_of(identity_file: &str) -> Option<Self> {
        let key = identity_file.lines().find_map(|line| age::x25519::Identity::from_str(line.trim()).ok())?;
        Some(Self::of(&key))
    }
}

impl fmt::Debug for AgeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgeKey").field("recipient", &self.recipient).finish_non_exhaustive()
    }
}

/// Whether a text is a recipient to which an envelope can be encrypted.
#[must_use]
pub fn is_age_recipient(text: &str) -> bool {
    age::x25519::Recipient::from_str(text).is_ok_and(|recipient| recipient.to_string() == text)
}

/// Puts a bundle into an envelope that only the holder of a key opens: `age1…`.
///
/// # Errors
/// [`EnvelopeError::Key`] for what is no recipient.
pub fn lock_to_age(bundle: &[u8], recipient: &str) -> Result<Vec<u8>, EnvelopeError> {
    let recipient = age::x25519::Recipient::from_str(recipient).map_err(|_error| EnvelopeError::Key)?;
    age::encrypt(&recipient, bundle).map_err(|error| EnvelopeError::Failed(error.into()))
}

/// Takes a bundle out of an envelope with the keys of an `age` identity file.
///
/// # Errors
/// As [`super::unlock`].
pub fn unlock_with_age(bytes: &[u8], identity_file: &str) -> Result<Vec<u8>, EnvelopeError> {
    let lines = identity_file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Vec<age::x25519::Identity> =
        lines.map(age::x25519::Identity::from_str).collect::<Result<_, _>>().map_err(|_error| EnvelopeError::Key)?;
    if !has_whole_stanzas(bytes) {
        return Err(EnvelopeError::Form);
    }
    let decryptor = age::Decryptor::new_buffered(bytes).map_err(|_error| EnvelopeError::Form)?;
    let keys = keys.iter().map(|key| -> &dyn age::Identity { key });
    bounded(decryptor.decrypt(keys).map_err(|_error| EnvelopeError::Key)?, bytes.len())
}

/// Whether each stanza of an `age` header ends with a line of less than 64 characters, as the format wants it (the library
/// also takes an older form), and whether there are no more of them than anybody needs: each costs time.
fn has_whole_stanzas(bytes: &[u8]) -> bool {
    let (mut is_whole, mut stanzas) = (true, 0);
    for line in bytes.split(|byte| *byte == b'\n').skip(1) {
        if line.starts_with(b"---") {
            return is_whole;
        } else if line.starts_with(b"->") {
            stanzas += 1;
            if !is_whole || stanzas > MOST_STANZAS {
                return false;
            }
            is_whole = false;
        } else {
            is_whole = line.len() < 64;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_key_opens_what_was_locked_to_it() {
        let (own, other) = (AgeKey::new(), AgeKey::new());
        let envelope = lock_to_age(b"the bundle", &own.recipient).unwrap();
        let text = |key: &AgeKey| format!("# our key\n{}\n", *key.secret);
        assert_eq!(AgeKey::first_of(&text(&own)).unwrap().recipient, own.recipient);
        assert!(AgeKey::first_of("# nothing\n").is_none() && !format!("{own:?}").contains(&*own.secret));
        assert_eq!(unlock_with_age(&envelope, &text(&own)).unwrap(), b"the bundle");
        assert!(matches!(unlock_with_age(&envelope, &text(&other)), Err(EnvelopeError::Key)));
        let many = "-> X25519 x\n\n".repeat(MOST_STANZAS + 1);
        let crowded = [&b"age-encryption.org/v1\n"[..], many.as_bytes(), b"--- x\n"].concat();
        assert!(matches!(unlock_with_age(&crowded, &text(&own)), Err(EnvelopeError::Form)));
        assert!(matches!(lock_to_age(b"x", "age1nonsense"), Err(EnvelopeError::Key)));
        for at in 0..envelope.len() {
            let mut changed = envelope.clone();
            changed[at] ^= 1;
            assert!(unlock_with_age(&changed, &text(&own)).is_err(), "byte {at}");
        }
    }
}

//! The environment variables that hold secrets.

/// Holds the passphrase of the identity file.
pub(super) const PASSPHRASE_VARIABLE: &str = "HANDOVER_PASSPHRASE";

/// Holds the passphrase of an encrypted bundle.
pub(super) const BUNDLE_PASSPHRASE_VARIABLE: &str = "HANDOVER_BUNDLE_PASSPHRASE";

/// What no other program is to get.
#[cfg(feature = "form")]
pub(super) const SECRET_VARIABLES: [&str; 2] = [PASSPHRASE_VARIABLE, BUNDLE_PASSPHRASE_VARIABLE];

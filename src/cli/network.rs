//! The one place that speaks to a network, and only when `--timestamp` asks for it.

use std::io::Read;
use std::time::Duration;

use super::exit::Failure;
use crate::sign::{TimestampError, TimestampService};

/// How long a service may take, altogether.
const PATIENCE: Duration = Duration::from_secs(20);
/// The largest answer that is read, in bytes.
const LARGEST: u64 = 64 << 10;

/// A timestamp service that answers over HTTP (RFC 3161, section 3.4). What travels is the digest of a signature, which
/// tells nothing; the answer is signed, so that plain HTTP does.
pub(super) struct Timestamps {
    url: String,
    agent: ureq::Agent,
}

impl Timestamps {
    /// The service of an address.
    pub(super) fn new(url: &str) -> Result<Self, Failure> {
        if !url.starts_with("http://") || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Failure::usage(
                "the address of a timestamp service begins with http://",
                "The answer is signed and verified, so that plain HTTP does.",
            ));
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .proxy(None)
            .build()
            .new_agent();
        Ok(Self { url: url.to_owned(), agent })
    }
}

impl TimestampService for Timestamps {
    fn nonce(&self) -> Result<[u8; 8], TimestampError> {
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|error| TimestampError::Unreachable(error.to_string()))?;
        Ok(nonce)
    }

    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, TimestampError> {
        let unreachable = |error: ureq::Error| TimestampError::Unreachable(error.to_string());
        let response = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/timestamp-query")
            .send(request)
            .map_err(unreachable)?;
        let mut answer = Vec::new();
        response
            .into_body()
            .into_reader()
            .take(LARGEST)
            .read_to_end(&mut answer)
            .map_err(|error| TimestampError::Unreachable(error.to_string()))?;
        Ok(answer)
    }
}

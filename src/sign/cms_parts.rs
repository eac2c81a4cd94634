//! Parts of CMS signed data that signatures and timestamps share.

use cms::cert::CertificateChoices;
use cms::signed_data::SignedData;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::ID_SHA_256;
use der::Encode as _;
use spki::AlgorithmIdentifierOwned;

use super::certificate::Certificate;

/// The most certificates in a signature.
const MOST_CERTIFICATES: usize = 8;

/// Attribute: the signer's certificate and those above it by their digests (RFC 5035).
pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

pub(super) fn sha256() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None }
}

/// The certificates that stand in signed data, few and in DER.
pub(super) fn bag(data: &SignedData) -> Option<Vec<Certificate>> {
    let choices = data.certificates.as_ref()?.0.as_slice();
    let certificate = |choice: &CertificateChoices| match choice {
        CertificateChoices::Certificate(inner) => Certificate::from_der(&inner.to_der().ok()?).ok(),
        _ => None,
    };
    if choices.is_empty() || choices.len() > MOST_CERTIFICATES {
        None
    } else {
        choices.iter().map(certificate).collect()
    }
}

//! A signer's certificate: what it says, and whether it may sign packs. The K rules.

use std::fmt;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_KP_EMAIL_PROTECTION};
use const_oid::db::rfc5912::ID_SHA_256;
use der::asn1::{AnyRef, Ia5StringRef, PrintableStringRef, Utf8StringRef};
use der::{Decode, DecodePem, Encode, EncodePem, Tag, Tagged};
use jiff::Timestamp;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::name::Name;

use super::fingerprint::Fingerprint;
use super::key::verify_foreign;
use super::reason_code::ReasonCode;
use super::refusal::Refusal;
use crate::school::Urn;
use crate::text::{LONGEST_CERTIFICATE_NAME, is_plain_line};

/// Purpose: signing documents (RFC 9336).
pub(super) const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
/// Purpose: e-mail protection, which OpenSSL asks for by default.
pub(super) const EMAIL_PROTECTION: ObjectIdentifier = ID_KP_EMAIL_PROTECTION;
/// Attribute: the organisation's registered number.
pub(super) const ORGANISATION_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.97");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// How a school's URN is written in a certificate of ours.
pub(super) const URN_PREFIX: &str = "URN:GB-";

/// A signer's certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    pub(super) inner: x509_cert::Certificate,
    der: Vec<u8>,
}

/// Why a file is not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateProblem;

impl fmt::Display for CertificateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file is no certificate")
    }
}

impl std::error::Error for CertificateProblem {}

impl Certificate {
    /// A certificate from DER.
    ///
    /// # Errors
    /// [`CertificateProblem`] unless the bytes are exactly one certificate in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateProblem> {
        let inner = x509_cert::Certificate::from_der(der).map_err(|_not_der| CertificateProblem)?;
        Ok(Self { inner, der: der.to_vec() })
    }

    /// A certificate from PEM: the first, where those above it follow.
    ///
    /// # Errors
    /// [`CertificateProblem`] unless the text begins with a certificate in PEM.
    pub fn from_pem(pem: &[u8]) -> Result<Self, CertificateProblem> {
        const END: &[u8] = b"-----END CERTIFICATE-----";
        let end = pem.windows(END.len()).position(|window| window == END).ok_or(CertificateProblem)?;
        let first = pem.get(..end + END.len()).ok_or(CertificateProblem)?;
        let inner = x509_cert::Certificate::from_pem(first).map_err(|_not_pem| CertificateProblem)?;
        Self::from_der(&inner.to_der().map_err(|_not_der| CertificateProblem)?)
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        self.inner.to_pem(der::pem::LineEnding::LF).unwrap_or_default()
    }

    /// Its fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.der)
    }

    /// The name of the holder: its organisation, else its common name.
    #[must_use]
    pub fn holder(&self) -> String {
        let subject = self.inner.tbs_certificate().subject();
        attribute(subject, ORGANISATION)
            .or_else(|| attribute(subject, COMMON_NAME))
            .unwrap_or_else(|| "nobody named".to_owned())
    }

    /// The name of a person who holds it: its common name, else its organisation.
    #[must_use]
    pub fn person(&self) -> String {
        attribute(self.inner.tbs_certificate().subject(), COMMON_NAME).unwrap_or_else(|| self.holder())
    }

    /// The URN of the school, where the certificate carries one.
    #[must_use]
    pub fn urn(&self) -> Option<Urn> {
        let identifier = attribute(self.inner.tbs_certificate().subject(), ORGANISATION_IDENTIFIER)?;
        Urn::parse(identifier.strip_prefix(URN_PREFIX)?).ok()
    }

    /// From when and until when it is valid.
    #[must_use]
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = self.inner.tbs_certificate().validity();
        let at = |time: x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(0);
            Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
        };
        (at(validity.not_before), at(validity.not_after))
    }

    /// Whether a time lies in its validity.
    #[must_use]
    pub fn is_valid_at(&self, time: Timestamp) -> bool {
        let (from, until) = self.validity();
        (from..=until).contains(&time)
    }

    /// Whether it may sign packs at all, whoever holds it.
    ///
    /// # Errors
    /// The first K rule it breaks.
    pub fn may_sign(&self) -> Result<(), Refusal> {
        let tbs = self.inner.tbs_certificate();
        if !self.names_are_plain() {
            return Err(Refusal::new(ReasonCode::K8, "The signer's certificate has a name that could mislead"));
        }
        for extension in tbs.extensions().into_iter().flatten() {
            let known = [ID_CE_KEY_USAGE, ID_CE_EXT_KEY_USAGE, ID_CE_BASIC_CONSTRAINTS].contains(&extension.extn_id);
            if extension.critical && !known {
                return Err(Refusal::new(
                    ReasonCode::K1,
                    "The signer's certificate has a condition that this program does not know",
                ));
            }
        }
        let damaged = |_error| Refusal::new(ReasonCode::K1, "The signer's certificate is damaged");
        let usage = tbs.get_extension::<KeyUsage>().map_err(damaged)?;
        if !usage.is_some_and(|(_, usage)| usage.digital_signature() || usage.non_repudiation()) {
            return Err(Refusal::new(ReasonCode::K2, "The signer's certificate is not meant for signatures"));
        }
        let purposes = tbs.get_extension::<ExtendedKeyUsage>().map_err(damaged)?;
        let fits = |(_, purposes): (bool, ExtendedKeyUsage)| {
            purposes.0.iter().any(|purpose| [DOCUMENT_SIGNING, EMAIL_PROTECTION].contains(purpose))
        };
        if !purposes.is_none_or(fits) {
            return Err(Refusal::new(ReasonCode::K3, "The signer's certificate is meant for another purpose"));
        }
        let authority = tbs.get_extension::<BasicConstraints>().map_err(damaged)?;
        if authority.is_some_and(|(_, constraints)| constraints.ca) {
            return Err(Refusal::new(
                ReasonCode::K4,
                "The certificate of an authority has signed, not that of a school",
            ));
        }
        Ok(())
    }

    /// Whether the names are short and hold no character that hides, reorders or breaks lines; and whether the
    /// registered number, if it is written as a URN, is one.
    pub(super) fn names_are_plain(&self) -> bool {
        let subject = self.inner.tbs_certificate().subject();
        let names = [COMMON_NAME, ORGANISATION, ORGANISATION_IDENTIFIER].map(|oid| attribute(subject, oid));
        let identifier = names.last().cloned().flatten().unwrap_or_default();
        let urn_is_one = !identifier.to_uppercase().starts_with("URN:") || self.urn().is_some();
        // Names that stand in a row of facts, not names that draw rows of their own.
        urn_is_one && names.iter().flatten().all(|name| is_plain_line(name, LONGEST_CERTIFICATE_NAME))
    }

    /// Whether another certificate issued this one.
    #[must_use]
    pub(super) fn is_issued_by(&self, issuer: &Self) -> bool {
        let (tbs, of_issuer) = (self.inner.tbs_certificate(), issuer.inner.tbs_certificate());
        let authority = of_issuer.get_extension::<BasicConstraints>().ok().flatten();
        let may_issue = authority.is_some_and(|(_, constraints)| constraints.ca);
        let Some(signature) = self.inner.signature().as_bytes() else { return false };
        let Ok(signed) = tbs.to_der() else { return false };
        let key = of_issuer.subject_public_key_info();
        may_issue
            && tbs.issuer() == of_issuer.subject()
            && tbs.signature() == self.inner.signature_algorithm()
            && verify_foreign(key, self.inner.signature_algorithm(), ID_SHA_256, &signed, signature)
    }
}

/// The text of a name's attribute.
fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let found = name.iter().find(|attribute| attribute.oid == oid)?;
    let value = AnyRef::from(&found.value);
    match value.tag() {
        Tag::Utf8String => value.decode_as::<Utf8StringRef<'_>>().ok().map(|text| text.as_str().to_owned()),
        Tag::PrintableString => value.decode_as::<PrintableStringRef<'_>>().ok().map(|text| text.as_str().to_owned()),
        Tag::Ia5String => value.decode_as::<Ia5StringRef<'_>>().ok().map(|text| text.as_str().to_owned()),
        _ => None,
    }
}

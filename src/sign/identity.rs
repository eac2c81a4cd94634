//! A school's signing identity: a private key, its certificate and the certificates above it.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use der::asn1::{ObjectIdentifier, PrintableString, Utf8StringRef};
use der::flagset::FlagSet;
use der::{Any, Decode, Encode};
use jiff::Timestamp;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy, PrivateKeyChain};
use pkcs8::{EncodePrivateKey, EncryptedPrivateKeyInfoRef};
use spki::SubjectPublicKeyInfoRef;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

use super::certificate::{Certificate, DOCUMENT_SIGNING, EMAIL_PROTECTION, ORGANISATION_IDENTIFIER, URN_PREFIX};
use super::key::{PrivateKey, reference_secret};
use super::refusal::Refusal;
use crate::school::{SchoolName, Urn};
use crate::text::LONGEST_CERTIFICATE_NAME;

/// What each block of a PEM file begins with.
const PEM_BEGIN: &str = "-----BEGIN ";
/// How long a certificate made here is valid.
const VALID_FOR: Duration = Duration::from_secs(2 * 365 * 24 * 3600);

/// A private key with its certificate. The key is wiped from memory when this goes away.
pub struct Identity {
    pub(super) key: PrivateKey,
    pkcs8: Zeroizing<Vec<u8>>,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

/// How often a passphrase is stretched (PBKDF2; OWASP, Password Storage Cheat Sheet, for HMAC-SHA-256).
const ITERATIONS: u32 = 600_000;
/// The least that other programs take (RFC 8018, section 4.2).
const LEAST_ITERATIONS: u32 = 1_000;

/// Why an identity could not be had.
#[derive(Debug)]
pub enum IdentityError {
    /// The passphrase does not open the file.
    Passphrase,
    /// The file is not PKCS#12, or is damaged.
    Format,
    /// PKCS#12 in an open-ended form, as Firefox and Thunderbird export it.
    OpenEnded,
    /// There is no private key with a certificate in it, or more than one.
    NoKey,
    /// The key is written in an older form than PKCS#8.
    KeyForm,
    /// The key is of a kind that is not supported.
    KeyKind,
    /// The key and the certificate do not belong together.
    Mismatch,
    /// The certificate may not sign packs.
    Certificate(Refusal),
    /// A library refused; it should not have. And why.
    Internal(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passphrase => f.write_str("the passphrase does not open the identity file"),
            Self::Format => f.write_str("the identity file is neither PKCS#12 (.p12 or .pfx) nor PEM, or is damaged"),
            Self::OpenEnded => f.write_str(
                "the identity file is PKCS#12 in a form that is not read here, as Firefox and Thunderbird export it; \
                 import it into the computer's own certificate store, and export it from there",
            ),
            Self::NoKey => f.write_str("the identity file must hold exactly one private key with its certificate"),
            Self::KeyForm => {
                f.write_str("the key is in an older form; `openssl pkcs8 -topk8 -in KEY` writes it as PKCS#8")
            }
            Self::KeyKind => f.write_str("the key must be P-256, P-384 or RSA of 2048 to 4096 bits"),
            Self::Mismatch => f.write_str("the private key does not fit the certificate"),
            Self::Certificate(refusal) => write!(f, "the certificate cannot be used: {refusal}"),
            Self::Internal(_) => f.write_str("the identity could not be made"),
        }
    }
}

impl Error for IdentityError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificate(refusal) => Some(refusal),
            Self::Internal(cause) => Some(&**cause),
            Self::Passphrase
            | Self::Format
            | Self::OpenEnded
            | Self::NoKey
            | Self::KeyForm
            | Self::KeyKind
            | Self::Mismatch => None,
        }
    }
}

impl fmt::Debug for Identity {
    /// Never the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("holder", &self.certificate.holder()).finish_non_exhaustive()
    }
}

impl Identity {
    /// Opens a PKCS#12 file.
    ///
    /// # Errors
    /// Says which of passphrase, format, key and certificate is at fault.
    pub fn from_pkcs12(bytes: &[u8], passphrase: &str) -> Result<Self, IdentityError> {
        // A sequence without a length: BER, where the library reads DER.
        if bytes.starts_with(&[0x30, 0x80]) {
            return Err(IdentityError::OpenEnded);
        }
        let store =
            KeyStore::from_pkcs12(bytes, passphrase, Pkcs12ImportPolicy::Relaxed).map_err(|error| match error {
                p12_keystore::error::Error::MacError(_) => IdentityError::Passphrase,
                _ => IdentityError::Format,
            })?;
        let mut chains = store.entries().filter_map(|(_, entry)| match entry {
            KeyStoreEntry::PrivateKeyChain(chain) => Some(chain),
            KeyStoreEntry::Certificate(_) | KeyStoreEntry::Secret(_) => None,
        });
        let (Some(chain), None) = (chains.next(), chains.next()) else { return Err(IdentityError::NoKey) };
        let parse = |der: &[u8]| Certificate::from_der(der).map_err(|_problem| IdentityError::Format);
        let mut certificates = chain.certs().iter().map(|certificate| parse(certificate.as_der()));
        let leaf = certificates.next().ok_or(IdentityError::NoKey)??;
        let above = certificates.collect::<Result<Vec<_>, _>>()?;
        Self::new(Zeroizing::new(chain.key().as_der().to_vec()), leaf, &above)
    }

    /// Opens PKCS#12, or PEM: a private key with its certificate, and those above it, in one file.
    ///
    /// # Errors
    /// As [`Identity::from_pkcs12`] and [`Identity::from_pem`].
    pub fn from_file(bytes: &[u8], passphrase: &str) -> Result<Self, IdentityError> {
        let is_pem = bytes.windows(PEM_BEGIN.len()).any(|part| part == PEM_BEGIN.as_bytes());
        if is_pem { Self::from_pem(bytes, passphrase) } else { Self::from_pkcs12(bytes, passphrase) }
    }

    /// Opens a PEM file with one private key (PKCS#8, encrypted or not) and certificates, in any order.
    ///
    /// # Errors
    /// Says which of passphrase, format, key and certificate is at fault.
    pub fn from_pem(bytes: &[u8], passphrase: &str) -> Result<Self, IdentityError> {
        let text = std::str::from_utf8(bytes).map_err(|_error| IdentityError::Format)?;
        let (mut keys, mut certificates) = (Vec::new(), Vec::new());
        for block in text.split(PEM_BEGIN).skip(1) {
            let block = Zeroizing::new(format!("{PEM_BEGIN}{block}"));
            // What stands after the end of a block is somebody's remark.
            let end = block.find("-----END ").and_then(|at| Some(at + 9 + block.get(at + 9..)?.find("-----")? + 5));
            let block = end.and_then(|end| block.get(..end)).ok_or(IdentityError::Format)?;
            let (label, der) = der::pem::decode_vec(block.as_bytes()).map_err(|_error| IdentityError::Format)?;
            let der = Zeroizing::new(der);
            match label {
                "PRIVATE KEY" => keys.push(der),
                "ENCRYPTED PRIVATE KEY" => {
                    let locked = EncryptedPrivateKeyInfoRef::from_der(&der).map_err(|_error| IdentityError::Format)?;
                    let key = locked.decrypt(passphrase).map_err(|_error| IdentityError::Passphrase)?;
                    keys.push(Zeroizing::new(key.as_bytes().to_vec()));
                }
                "CERTIFICATE" => {
                    certificates.push(Certificate::from_der(&der).map_err(|_problem| IdentityError::Format)?);
                }
                _ => return Err(IdentityError::KeyForm),
            }
        }
        let (Some(pkcs8), true) = (keys.pop(), keys.is_empty()) else { return Err(IdentityError::NoKey) };
        let key = PrivateKey::from_pkcs8(&pkcs8).ok_or(IdentityError::KeyKind)?;
        let public = key.public().ok_or_else(|| internal("the key has no public half"))?;
        let fits = |one: &Certificate| *one.inner.tbs_certificate().subject_public_key_info() == public;
        let at = certificates.iter().position(fits).ok_or(IdentityError::Mismatch)?;
        let leaf = certificates.remove(at);
        Self::new(pkcs8, leaf, &certificates)
    }

    fn new(pkcs8: Zeroizing<Vec<u8>>, certificate: Certificate, above: &[Certificate]) -> Result<Self, IdentityError> {
        let key = PrivateKey::from_pkcs8(&pkcs8).ok_or(IdentityError::KeyKind)?;
        let public = key.public().ok_or_else(|| internal("the key has no public half"))?;
        if public != *certificate.inner.tbs_certificate().subject_public_key_info() {
            return Err(IdentityError::Mismatch);
        }
        certificate.may_sign().map_err(IdentityError::Certificate)?;
        let chain = chain(&certificate, above);
        Ok(Self { key, pkcs8, certificate, chain })
    }

    /// Makes a P-256 key and a certificate for a school, valid for two years from a moment.
    ///
    /// Other programs believe an authority, not a single certificate: so it is issued by one that was made for it alone.
    /// Nobody can issue another, as the authority's key is gone with `random`: 80 bytes of the operating system's
    /// randomness, for each of the two certificates 32 for the key and 8 for the serial number.
    ///
    /// # Errors
    /// [`IdentityError::Internal`] if a library refuses, which it does for one key in 2^32 at most.
    pub fn generate(
        school: &SchoolName,
        urn: &Urn,
        from: Timestamp,
        random: &Zeroizing<[u8; 80]>,
    ) -> Result<Self, IdentityError> {
        let (seal, authority) = random.split_at(40);
        let authority = Half::new(authority, authority_name(school).map_err(internal)?)?;
        let seal = Half::new(seal, subject(school, urn).map_err(internal)?)?;
        let above = authority.certified_by(&authority, from, authority_extensions)?;
        let certificate = seal.certified_by(&authority, from, seal_extensions)?;
        let pkcs8 = p256::SecretKey::from(seal.key).to_pkcs8_der().map_err(internal)?;
        Self::new(Zeroizing::new(pkcs8.as_bytes().to_vec()), certificate, &[above])
    }

    /// The identity as a PKCS#12 file under a passphrase (AES-256, HMAC-SHA-256).
    ///
    /// # Errors
    /// [`IdentityError::Internal`] if the library refuses.
    pub fn to_pkcs12(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, IdentityError> {
        let key = p12_keystore::PrivateKey::from_der(&self.pkcs8).map_err(internal)?;
        let all = std::iter::once(&self.certificate).chain(&self.chain);
        let certificates = all.map(|certificate| p12_keystore::Certificate::from_der(certificate.der()));
        let certificates = certificates.collect::<Result<Vec<_>, _>>().map_err(internal)?;
        let mut store = KeyStore::new();
        let chain = PrivateKeyChain::new(&b"handover"[..], key, certificates);
        store.add_entry("handover", KeyStoreEntry::PrivateKeyChain(chain));
        // Stretching a passphrase slows whoever guesses it. Where there is none it would slow every run, and nobody else.
        let iterations = if passphrase.is_empty() { LEAST_ITERATIONS } else { ITERATIONS };
        let writer = store.writer(passphrase).encryption_iterations(iterations).mac_iterations(iterations);
        writer.write().map(Zeroizing::new).map_err(internal)
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificate in PEM, and those above it: for programs that believe an authority.
    #[must_use]
    pub fn pem(&self) -> String {
        std::iter::once(&self.certificate).chain(&self.chain).map(Certificate::pem).collect()
    }

    /// The certificates above it, each the issuer of the one before.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// A secret from which opaque references are made; `None` only if a library refuses.
    #[must_use]
    pub fn reference_secret(&self) -> Option<Zeroizing<[u8; 32]>> {
        reference_secret(&self.pkcs8)
    }
}

fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> IdentityError {
    IdentityError::Internal(cause.into())
}

/// The issuers of a certificate among some others, in order.
fn chain(leaf: &Certificate, above: &[Certificate]) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    while let Some(next) = above.iter().find(|candidate| {
        let below = chain.last().unwrap_or(leaf);
        below.der() != candidate.der()
            && below.is_issued_by(candidate)
            && !chain.iter().any(|known| known.der() == candidate.der())
    }) {
        chain.push(next.clone());
    }
    chain
}

/// A key and what its certificate will say of it.
struct Half {
    key: p256::ecdsa::SigningKey,
    serial: SerialNumber,
    name: Name,
}

impl Half {
    /// Of 32 bytes for the key and 8 for the serial number.
    fn new(random: &[u8], name: Name) -> Result<Self, IdentityError> {
        let (scalar, serial) = random.split_at_checked(32).ok_or_else(|| internal("too little randomness"))?;
        // A serial number is positive: its first bit is 0, its second 1, so that its length is always the same.
        let mut serial = serial.to_vec();
        if let Some(first) = serial.first_mut() {
            *first = (*first & 0x3f) | 0x40;
        }
        let key = p256::ecdsa::SigningKey::from_slice(scalar).map_err(internal)?;
        Ok(Self { key, serial: SerialNumber::new(&serial).map_err(internal)?, name })
    }

    fn certified_by(
        &self,
        issuer: &Self,
        from: Timestamp,
        extensions: Extensions,
    ) -> Result<Certificate, IdentityError> {
        let spki = PrivateKey::P256(self.key.clone()).public().ok_or_else(|| internal("the key has no public half"))?;
        let not_before = Duration::from_secs(u64::try_from(from.as_second()).map_err(internal)?);
        let time = |at: Duration| der::DateTime::from_unix_duration(at).map(Time::from).map_err(internal);
        let validity = Validity::new(time(not_before)?, time(not_before + VALID_FOR)?);
        let profile = Profile { subject: self.name.clone(), issuer: issuer.name.clone(), extensions };
        let builder = CertificateBuilder::new(profile, self.serial.clone(), validity, spki).map_err(internal)?;
        let certificate = builder.build::<_, p256::ecdsa::DerSignature>(&issuer.key).map_err(internal)?;
        Certificate::from_der(&certificate.to_der().map_err(internal)?).map_err(internal)
    }
}

/// The school's name with what follows it in a certificate; a long name ends between two words, where that can be.
fn short(school: &SchoolName, then: &str) -> String {
    let most = LONGEST_CERTIFICATE_NAME - then.len();
    let name = school.as_str();
    let Some((end, _)) = name.char_indices().nth(most) else { return format!("{name}{then}") };
    let beginning = name.get(..end).unwrap_or(name);
    let words = beginning.rfind(' ').filter(|at| *at > end / 2).and_then(|at| beginning.get(..at));
    format!("{}{then}", words.unwrap_or(beginning).trim_end())
}

/// Country, school, registered number, and "seal" as the common name.
fn subject(school: &SchoolName, urn: &Urn) -> der::Result<Name> {
    name(&[
        ("2.5.4.10", short(school, "")),
        (&ORGANISATION_IDENTIFIER.to_string(), format!("{URN_PREFIX}{urn}")),
        ("2.5.4.3", short(school, " seal")),
    ])
}

/// Country, school, and that it issues the seal as the common name.
fn authority_name(school: &SchoolName) -> der::Result<Name> {
    name(&[("2.5.4.10", short(school, "")), ("2.5.4.3", short(school, " seal issuer"))])
}

fn name(parts: &[(&str, String)]) -> der::Result<Name> {
    let mut attributes = vec![("2.5.4.6", Any::encode_from(&PrintableString::new("GB")?)?)];
    for (oid, text) in parts {
        attributes.push((oid, Utf8StringRef::new(text).and_then(|text| Any::encode_from(&text))?));
    }
    let mut sequence = RdnSequence::default();
    for (oid, value) in attributes {
        let oid = ObjectIdentifier::new(oid).map_err(|_wrong| der::ErrorKind::OidMalformed)?;
        sequence.push(RelativeDistinguishedName::try_from(vec![AttributeTypeAndValue { oid, value }])?);
    }
    Name::from_der(&sequence.to_der()?)
}

type Extensions = fn(&Name) -> x509_cert::builder::Result<Vec<Extension>>;

/// The school's own certificate: signs documents, issues nothing.
fn seal_extensions(subject: &Name) -> x509_cert::builder::Result<Vec<Extension>> {
    let usages: FlagSet<KeyUsages> = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    let purposes = ExtendedKeyUsage(vec![DOCUMENT_SIGNING, EMAIL_PROTECTION]);
    let constraints = BasicConstraints { ca: false, path_len_constraint: None };
    Ok(vec![
        (&constraints).to_extension(subject, &[])?,
        (&KeyUsage(usages)).to_extension(subject, &[])?,
        (&purposes).to_extension(subject, &[])?,
    ])
}

/// The one above it: issues that one, signs nothing else.
fn authority_extensions(subject: &Name) -> x509_cert::builder::Result<Vec<Extension>> {
    let constraints = BasicConstraints { ca: true, path_len_constraint: Some(0) };
    let usages: FlagSet<KeyUsages> = KeyUsages::KeyCertSign.into();
    Ok(vec![(&constraints).to_extension(subject, &[])?, (&KeyUsage(usages)).to_extension(subject, &[])?])
}

/// What the builder asks for.
struct Profile {
    subject: Name,
    issuer: Name,
    extensions: Extensions,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _subject_key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        (self.extensions)(tbs.subject())
    }
}

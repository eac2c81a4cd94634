//! Timestamps by RFC 3161: asking a service that a signature existed at a time, and reading its token in full.
//!
//! The token stands in the signature as its one unsigned statement. Nothing in it is left unchecked: what its signer did
//! not sign (which certificates stand beside it) is allowed only if it is bound by digest or by the next certificate.

use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{CertificateSet, SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{ID_CE_EXT_KEY_USAGE, ID_KP_TIME_STAMPING};
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use const_oid::db::rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512};
use der::asn1::{Int, OctetString, OctetStringRef, SetOfVec};
use der::{Any, Decode, Encode, Sequence, Tagged};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::ExtendedKeyUsage;

use super::certificate::Certificate;
use super::cms_parts::{SIGNING_CERTIFICATE_V2, bag, sha256};
use super::key::verify_foreign;
use super::reason_code::ReasonCode;
use super::refusal::Refusal;

/// What a token's content is (RFC 3161, section 2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// Unsigned attribute: a timestamp of the signature (RFC 3161, appendix A).
pub(super) const TIMESTAMP_TOKEN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// Attribute: the signer's certificate by its SHA-1 (RFC 2634).
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");

/// The largest answer of a service that is looked at, in bytes.
const LARGEST_ANSWER: usize = 32 << 10;

const BAD: Refusal = Refusal::new(ReasonCode::C10, "The timestamp in the seal is not right");

/// Somebody who can be asked for a timestamp.
pub trait TimestampService: Sync {
    /// Eight bytes that nobody can foresee.
    ///
    /// # Errors
    /// [`TimestampError::Unreachable`] where the operating system has no randomness.
    fn nonce(&self) -> Result<[u8; 8], TimestampError>;

    /// Sends a request in DER and answers the service's response in DER.
    ///
    /// # Errors
    /// [`TimestampError::Unreachable`] where there is no answer, or none in time.
    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, TimestampError>;
}

/// Why there is no timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimestampError {
    /// No answer, or none in time.
    Unreachable(String),
    /// The service says no.
    Refused,
    /// The answer is not what was asked for, or not right.
    Wrong,
}

impl std::fmt::Display for TimestampError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "the timestamp service does not answer: {why}"),
            Self::Refused => f.write_str("the timestamp service refuses to give a timestamp"),
            Self::Wrong => f.write_str("the timestamp service's answer is not right, so it was not used"),
        }
    }
}

impl std::error::Error for TimestampError {}

/// A timestamp that is right. Whether anybody trusts its service is another question.
#[derive(Debug, Clone)]
pub struct Token {
    /// The time it vouches for.
    pub at: Timestamp,
    /// The service's certificate, then those above it that came with it.
    pub certificates: Vec<Certificate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct Imprint {
    algorithm: AlgorithmIdentifierOwned,
    hash: OctetString,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct Request {
    version: u8,
    imprint: Imprint,
    nonce: Int,
    with_certificates: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct Status {
    status: u8,
    #[asn1(optional = "true")]
    text: Option<Vec<Any>>,
    #[asn1(optional = "true")]
    failure: Option<der::asn1::BitString>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct Response {
    status: Status,
    #[asn1(optional = "true")]
    token: Option<ContentInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct Accuracy {
    #[asn1(optional = "true")]
    seconds: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    micros: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct TstInfo {
    version: u8,
    policy: ObjectIdentifier,
    imprint: Imprint,
    serial: Int,
    /// Its own type: with a fraction of a second it is no `GeneralizedTime` of the DER library.
    at: Any,
    #[asn1(optional = "true")]
    accuracy: Option<Accuracy>,
    #[asn1(default = "bool::default")]
    ordering: bool,
    #[asn1(optional = "true")]
    nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    service: Option<Any>,
}

/// `ESSCertID` (RFC 2634): the SHA-1 of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct IdV1 {
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<Any>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct NamedV1 {
    certificates: Vec<IdV1>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// `ESSCertIDv2` (RFC 5035) as others write it.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct IdV2 {
    #[asn1(optional = "true")]
    algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<Any>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct NamedV2 {
    certificates: Vec<IdV2>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

fn imprint(signature: &[u8]) -> der::Result<Imprint> {
    Ok(Imprint { algorithm: sha256(), hash: OctetString::new(Sha256::digest(signature).to_vec())? })
}

/// A timestamp of a signature, verified in full, as the attribute that holds it.
pub(super) fn obtain(signature: &[u8], service: &dyn TimestampService) -> Result<Attribute, TimestampError> {
    let wrong = |_error: der::Error| TimestampError::Wrong;
    // A positive number: the first bit is not set, the second is.
    let mut nonce = service.nonce()?;
    nonce[0] = nonce[0] & 0x7f | 0x40;
    let nonce = Int::new(&nonce).map_err(wrong)?;
    let request = Request {
        version: 1,
        imprint: imprint(signature).map_err(wrong)?,
        nonce: nonce.clone(),
        with_certificates: true,
    };
    let answer = service.ask(&request.to_der().map_err(wrong)?)?;
    if answer.len() > LARGEST_ANSWER {
        return Err(TimestampError::Wrong);
    }
    let response = Response::from_der(&answer).map_err(wrong)?;
    // Granted, or granted with changes.
    if response.status.status > 1 {
        return Err(TimestampError::Refused);
    }
    let token = pruned(&response.token.ok_or(TimestampError::Wrong)?).ok_or(TimestampError::Wrong)?;
    let value = Any::encode_from(&token).map_err(wrong)?;
    let (_, info) = read(&value, signature).map_err(|_refusal| TimestampError::Wrong)?;
    if info.nonce != Some(nonce) {
        return Err(TimestampError::Wrong);
    }
    Ok(Attribute { oid: TIMESTAMP_TOKEN, values: SetOfVec::try_from(vec![value]).map_err(wrong)? })
}

/// Reads the token of a signature.
///
/// # Errors
/// C10 unless all of it is right.
pub(super) fn read_token(value: &Any, signature: &[u8]) -> Result<Token, Refusal> {
    read(value, signature).map(|(token, _)| token)
}

fn read(value: &Any, signature: &[u8]) -> Result<(Token, TstInfo), Refusal> {
    let bad = |_error: der::Error| BAD;
    let content: ContentInfo = value.decode_as().map_err(bad)?;
    let data: SignedData = content.content.decode_as().map_err(bad)?;
    let again = Any::encode_from(&data)
        .and_then(|content| Any::encode_from(&ContentInfo { content_type: ID_SIGNED_DATA, content }));
    if content.content_type != ID_SIGNED_DATA || again.ok().as_ref() != Some(value) {
        return Err(BAD);
    }
    let signer = only_signer(&data).ok_or(BAD)?;
    let info = data.encap_content_info.econtent.as_ref().ok_or(BAD)?;
    let info: &OctetStringRef = info.decode_as().map_err(bad)?;
    let certificates = chain(&data, signer).ok_or(BAD)?;
    let certificate = certificates.first().ok_or(BAD)?;
    if !is_signed(signer, certificate, info.as_bytes()) {
        return Err(BAD);
    }
    let statement = TstInfo::from_der(info.as_bytes()).map_err(bad)?;
    let exact = statement.to_der().is_ok_and(|again| again == info.as_bytes());
    if statement.version != 1 || !exact || imprint(signature).ok().as_ref() != Some(&normal(&statement.imprint)) {
        return Err(BAD);
    }
    let at = time(&statement.at).ok_or(BAD)?;
    if !certificate.is_valid_at(at) || !gives_timestamps(certificate) || !certificate.names_are_plain() {
        return Err(BAD);
    }
    Ok((Token { at, certificates }, statement))
}

/// The imprint with its algorithm's parameters left out: services write them as null or not at all.
fn normal(imprint: &Imprint) -> Imprint {
    let mut normal = imprint.clone();
    normal.algorithm.parameters = normal.algorithm.parameters.filter(|parameters| *parameters != Any::null());
    normal
}

/// The one signer of a token; nothing beside it that nobody signed.
fn only_signer(data: &SignedData) -> Option<&SignerInfo> {
    let mut signers = data.signer_infos.0.iter();
    let (Some(signer), None) = (signers.next(), signers.next()) else { return None };
    let digests = data.digest_algorithms.as_slice();
    let right = data.version == CmsVersion::V3
        && signer.version == CmsVersion::V1
        && data.encap_content_info.econtent_type == TST_INFO
        && data.crls.is_none()
        && signer.unsigned_attrs.is_none()
        && digests.len() == 1
        && digests.first() == Some(&signer.digest_alg);
    right.then_some(signer)
}

/// The certificates of a token: the signer's, bound by the signed statements, then each the issuer of the one before it.
/// The last has issued itself; none is left over.
fn chain(data: &SignedData, signer: &SignerInfo) -> Option<Vec<Certificate>> {
    let mut bag = bag(data)?;
    let mut chain = vec![bag.swap_remove(bag.iter().position(|one| is_named(signer, one))?)];
    let SignerIdentifier::IssuerAndSerialNumber(sid) = &signer.sid else { return None };
    let tbs = chain.first()?.inner.tbs_certificate();
    if *tbs.issuer() != sid.issuer || *tbs.serial_number() != sid.serial_number {
        return None;
    }
    while !bag.is_empty() {
        let last = chain.last()?;
        let at = bag.iter().position(|one| last.is_issued_by(one))?;
        chain.push(bag.swap_remove(at));
    }
    let last = chain.last()?;
    (chain.len() == 1 || last.is_issued_by(last)).then_some(chain)
}

/// A token with those of its certificates alone that can be checked: the service's, and a whole chain above it if there
/// is one. Which stand beside it is not part of what the service signed.
fn pruned(token: &ContentInfo) -> Option<ContentInfo> {
    let mut data: SignedData = token.content.decode_as().ok()?;
    let signer = only_signer(&data)?.clone();
    if chain(&data, &signer).is_none() {
        let own = bag(&data)?.into_iter().find(|one| is_named(&signer, one))?;
        let alone = CertificateSet::try_from(vec![CertificateChoices::Certificate(own.inner)]).ok()?;
        data.certificates = Some(alone);
    }
    Some(ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&data).ok()? })
}

/// Whether the signed statements name this certificate, by the digest that they choose. SHA-1, which RFC 3161 was written
/// with, binds a certificate that is there already: nobody can make another with its digest.
fn is_named(signer: &SignerInfo, certificate: &Certificate) -> bool {
    if let Some(value) = only(signer, SIGNING_CERTIFICATE_V2) {
        let Ok(named) = value.decode_as::<NamedV2>() else { return false };
        let Some(id) = named.certificates.first() else { return false };
        let algorithm = id.algorithm.clone().unwrap_or_else(sha256);
        return digest(&algorithm, certificate.der()).as_deref() == Some(id.hash.as_bytes());
    }
    let named = only(signer, SIGNING_CERTIFICATE).and_then(|value| value.decode_as::<NamedV1>().ok());
    let id = named.and_then(|named| named.certificates.into_iter().next());
    id.is_some_and(|id| Sha1::digest(certificate.der()).as_slice() == id.hash.as_bytes())
}

/// The one value of the one attribute of a kind.
fn only(signer: &SignerInfo, oid: ObjectIdentifier) -> Option<&Any> {
    let mut found = signer.signed_attrs.as_ref()?.iter().filter(|attribute| attribute.oid == oid);
    let (Some(attribute), None) = (found.next(), found.next()) else { return None };
    let mut values = attribute.values.iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    Some(value)
}

/// Whether the signed statements speak of this content, and the signature fits.
fn is_signed(signer: &SignerInfo, certificate: &Certificate, content: &[u8]) -> bool {
    let Some(digest) = digest(&signer.digest_alg, content) else { return false };
    let kind = only(signer, ID_CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
    let stated = only(signer, ID_MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    let Some(signed) = signer.signed_attrs.as_ref().and_then(|attributes| attributes.to_der().ok()) else {
        return false;
    };
    let key = certificate.inner.tbs_certificate().subject_public_key_info();
    kind == Some(TST_INFO)
        && stated.is_some_and(|stated| stated.as_bytes() == digest)
        && verify_foreign(key, &signer.signature_algorithm, signer.digest_alg.oid, &signed, signer.signature.as_bytes())
}

fn digest(algorithm: &AlgorithmIdentifierOwned, bytes: &[u8]) -> Option<Vec<u8>> {
    if algorithm.parameters.as_ref().is_some_and(|parameters| *parameters != Any::null()) {
        return None;
    }
    match algorithm.oid {
        ID_SHA_256 => Some(Sha256::digest(bytes).to_vec()),
        ID_SHA_384 => Some(Sha384::digest(bytes).to_vec()),
        ID_SHA_512 => Some(Sha512::digest(bytes).to_vec()),
        _ => None,
    }
}

/// Whether a certificate is for timestamps and for nothing else, as RFC 3161 asks.
fn gives_timestamps(certificate: &Certificate) -> bool {
    let tbs = certificate.inner.tbs_certificate();
    let is_critical = tbs
        .extensions()
        .into_iter()
        .flatten()
        .any(|extension| extension.extn_id == ID_CE_EXT_KEY_USAGE && extension.critical);
    let purposes = tbs.get_extension::<ExtendedKeyUsage>().ok().flatten();
    is_critical && purposes.is_some_and(|(_, purposes)| purposes.0 == [ID_KP_TIME_STAMPING])
}

/// The time of a token: UTC, with or without a fraction of a second.
fn time(at: &Any) -> Option<Timestamp> {
    if at.tag() != der::Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(at.value()).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_fraction =
        |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.ends_with('0');
    if whole.len() != 14 || !whole.bytes().all(|b| b.is_ascii_digit()) || !fraction.is_none_or(is_fraction) {
        return None;
    }
    let time = DateTime::strptime("%Y%m%d%H%M%S", whole).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

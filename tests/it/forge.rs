//! A forger's bench: sealed packs and signatures taken apart, changed, and signed soundly again by a key of the test's
//! own, so that only the rule under test is left to refuse them.

use std::fs;

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::ContentInfo;
use cms::signed_data::{CertificateSet, SignedData, SignerIdentifier, SignerInfo, SignerInfos};
use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use handover::sign::{Identity, SealPlace, seal_pdf, sign_detached};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::support::{packed, with_ending};

/// The day from which the forger's certificates are valid, and on which packs are sealed.
pub(crate) const FROM: &str = "2026-07-10T00:00:00Z";

pub(crate) fn at(time: &str) -> jiff::Timestamp {
    time.parse().unwrap()
}

/// An identity whose key is known here: 32 times the seed.
pub(crate) fn identity(seed: u8, name: &str, urn: &str) -> Identity {
    let (name, urn) = (name.to_owned().try_into().unwrap(), urn.parse().unwrap());
    Identity::generate(&name, &urn, at(FROM), &Zeroizing::new([seed; 80])).unwrap()
}

/// The forger: the school's name, a key of the forger's own.
pub(crate) fn forger() -> Identity {
    identity(7, "Millbeck Example Junior School", "999201")
}

/// The key of [`identity`].
pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

/// A profile as it was before it was sealed.
pub(crate) fn unsealed() -> Vec<u8> {
    let mut pdf = fs::read(with_ending(&packed().1, "-profile.pdf").remove(0)).unwrap();
    let end = find(&pdf, b"%%EOF") + 5;
    pdf.truncate(end);
    pdf
}

pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

pub(crate) fn place() -> SealPlace {
    SealPlace { rectangle: [51, 28, 400, 62], description: "Seal".to_owned(), name: "School".to_owned() }
}

/// A sealed pack, its second revision taken apart.
pub(crate) struct Forgery {
    pub(crate) first: Vec<u8>,
    /// Number and text of each object.
    pub(crate) objects: Vec<(u32, String)>,
    pub(crate) trailer: String,
}

impl Forgery {
    pub(crate) fn new() -> Self {
        let first = unsealed();
        let sealed = seal_pdf(&forger(), &first, &place(), at(FROM), None).unwrap().pdf;
        Self::of(&first, &sealed)
    }

    /// A file before it was sealed, and after.
    pub(crate) fn of(first: &[u8], sealed: &[u8]) -> Self {
        let update = String::from_utf8(sealed[first.len() + 1..].to_vec()).unwrap();
        let (objects, rest) = update.split_once("xref\n").unwrap();
        let trailer = rest.split_once("trailer\n").unwrap().1.split_once("\nstartxref").unwrap().0.to_owned();
        let object = |text: &str| {
            let (number, body) = text.split_once(" 0 obj\n").unwrap();
            (number.parse().unwrap(), body.to_owned())
        };
        let objects = objects.split("\nendobj\n").filter(|text| !text.is_empty()).map(object).collect();
        Self { first: first.to_vec(), objects, trailer }
    }

    /// Replaces words in every object that has them; one must.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        assert!(self.objects.iter().any(|(_, body)| body.contains(old)), "{old}");
        self.objects.iter_mut().for_each(|(_, body)| *body = body.replace(old, new));
    }

    /// Adds an object; answers its number.
    pub(crate) fn add(&mut self, body: &str) -> u32 {
        let number = self.objects.iter().map(|(number, _)| number + 1).max().unwrap();
        self.objects.push((number, body.to_owned()));
        number
    }

    /// Puts it together and seals it with whatever makes a signature of the bytes that are covered.
    pub(crate) fn sealed_by(&self, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let mut out = [&self.first[..], b"\n"].concat();
        let mut places = Vec::new();
        for (number, body) in &self.objects {
            places.push((*number, out.len()));
            out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        places.sort_unstable();
        let mut table = String::from("xref\n");
        for run in places.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
            table.push_str(&format!("{} {}\n", run[0].0, run.len()));
            run.iter().for_each(|(_, at)| table.push_str(&format!("{at:010} 00000 n\r\n")));
        }
        let start = out.len();
        out.extend(format!("{table}trailer\n{}\nstartxref\n{start}\n%%EOF\n", self.trailer).bytes());
        let update = self.first.len();
        // The room that the seal itself has left, and not what an attack has put beside it.
        let room = places_of(&out, b"/ByteRange [").find(|at| find(&out[*at..], b"]") > 40);
        let (Some(range), Some(contents)) = (room, places_of(&out[update..], b"/Contents <").next()) else {
            return out;
        };
        let from = update + contents - 1;
        let until = from + find(&out[from..], b">") + 1;
        let words = format!("0 {from} {until} {}", out.len() - until);
        let width = find(&out[range..], b"]");
        out[range..range + width].copy_from_slice(format!("{words:<width$}").as_bytes());
        out[from + 1..until - 1].fill(b'0');
        let signature = sign(&[&out[..from], &out[until..]].concat());
        for (number, byte) in signature.iter().enumerate() {
            out[from + 1 + 2 * number..from + 3 + 2 * number].copy_from_slice(format!("{byte:02x}").as_bytes());
        }
        out
    }

    /// The same, soundly signed by the forger.
    pub(crate) fn sealed(&self) -> Vec<u8> {
        self.sealed_by(|covered| sign_detached(&forger(), covered).unwrap())
    }
}

/// Where something ends, wherever it stands.
fn places_of<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let windows = bytes.windows(wanted.len()).enumerate();
    windows.filter(move |(_, window)| *window == wanted).map(|(at, _)| at + wanted.len())
}

/// A pack with a change in its second revision, soundly sealed.
pub(crate) fn pack(change: impl FnOnce(&mut Forgery)) -> Vec<u8> {
    let mut forgery = Forgery::new();
    change(&mut forgery);
    forgery.sealed()
}

/// A pack with an object more, soundly sealed.
pub(crate) fn with_object(body: &str) -> Vec<u8> {
    pack(|forgery| {
        forgery.add(body);
    })
}

/// A pack with another signature.
pub(crate) fn pack_signed(sign: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    Forgery::new().sealed_by(sign)
}

/// A signature with a change that its signer knows nothing of.
pub(crate) fn edited(signature: &[u8], change: impl FnOnce(&mut SignedData)) -> Vec<u8> {
    let mut content = ContentInfo::from_der(signature).unwrap();
    let mut data: SignedData = content.content.decode_as().unwrap();
    change(&mut data);
    content.content = Any::encode_from(&data).unwrap();
    content.to_der().unwrap()
}

/// A signature with a change that its signer has signed.
pub(crate) fn resigned(signature: &[u8], by: &SigningKey, change: impl FnOnce(&mut SignedData)) -> Vec<u8> {
    edited(signature, |data| {
        change(data);
        with_signer(data, |signer| {
            let made: Signature = by.sign(&signer.signed_attrs.as_ref().unwrap().to_der().unwrap());
            signer.signature = OctetString::new(made.normalize_s().to_der().as_bytes()).unwrap();
        });
    })
}

/// Changes the one signer.
pub(crate) fn with_signer(data: &mut SignedData, change: impl FnOnce(&mut SignerInfo)) {
    let mut signer = data.signer_infos.0.iter().next().unwrap().clone();
    change(&mut signer);
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![signer]).unwrap());
}

/// Changes the signed statements.
pub(crate) fn with_attributes(data: &mut SignedData, change: impl FnOnce(&mut Vec<x509_cert::attr::Attribute>)) {
    with_signer(data, |signer| {
        let mut attributes = signer.signed_attrs.take().unwrap().into_vec();
        change(&mut attributes);
        signer.signed_attrs = Some(SetOfVec::try_from(attributes).unwrap());
    });
}

/// A signature of [`identity`]`(seed, …)` over bytes, in which its certificate is replaced by another of the same key:
/// everything in it fits that certificate.
pub(crate) fn signed_with(certificate: &x509_cert::Certificate, seed: u8, bytes: &[u8]) -> Vec<u8> {
    let honest = sign_detached(&identity(seed, "Example", "999201"), bytes).unwrap();
    let digest = Sha256::digest(certificate.to_der().unwrap());
    let id = OctetString::new(digest.to_vec()).unwrap();
    // SigningCertificateV2: a sequence of a sequence of identifiers, each a sequence of the digest.
    let named = Any::encode_from(&vec![vec![vec![id]]]).unwrap();
    resigned(&honest, &key(seed), |data| {
        let tbs = certificate.tbs_certificate();
        data.certificates =
            Some(CertificateSet::try_from(vec![CertificateChoices::Certificate(certificate.clone())]).unwrap());
        with_signer(data, |signer| {
            signer.sid = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: tbs.issuer().clone(),
                serial_number: tbs.serial_number().clone(),
            });
        });
        with_attributes(data, |attributes| {
            let signing = attributes.iter_mut().find(|one| one.oid.to_string() == SIGNING_CERTIFICATE_V2).unwrap();
            signing.values = SetOfVec::try_from(vec![named]).unwrap();
        });
    })
}

/// The object identifier of the statement that names the signer's certificate.
pub(crate) const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";

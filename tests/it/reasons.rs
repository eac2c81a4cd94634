//! For every reason code an attack that it stops. Each is made from a good file of ours and, where a signature covers what
//! was changed, soundly signed again, so that nothing but the rule under test is in its way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use cms::content_info::CmsVersion;
use cms::revocation::RevocationInfoChoices;
use cms::signed_data::{EncapsulatedContentInfo, SignerInfos};
use const_oid::ObjectIdentifier;
use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use handover::bundle::{Listed, Manifest, Spooled, read_archive, write_archive};
use handover::sign::{Identity, ReasonCode, read_detached, seal_pdf, sign_detached};
use handover::verify::{Answer, Trust, judge};
use p256::ecdsa::Signature;
use sha2::{Digest, Sha256};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::attr::Attribute;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

use super::forge::{
    FROM, Forgery, SIGNING_CERTIFICATE_V2, at, edited, find, forger, identity, key, pack, pack_signed, place, resigned,
    signed_with, unsealed, with_attributes, with_object, with_signer,
};
use super::support::{Workspace, examples, packed, with_ending};
use super::timestamps::truly;

const NOW: &str = "2026-09-01T00:00:00Z";
const CONTENT: &[u8] = b"content";

/// An attack: the code that has to stop it, what it is, the code that did.
type Attack = (&'static str, String, String);

fn judged_by(bytes: &[u8], trust: &Trust, now: &str) -> String {
    let verdict = judge(bytes, trust, at(now)).verdict;
    assert_ne!(verdict.answer, Answer::Genuine);
    verdict.reason.unwrap().code.to_string()
}

fn judged(bytes: &[u8]) -> String {
    judged_by(bytes, &Trust::default(), NOW)
}

fn attack(code: &'static str, what: impl Into<String>, bytes: &[u8]) -> Attack {
    (code, what.into(), judged(bytes))
}

/// What a forger does to a pack's second revision before sealing it.
fn on_pack(code: &'static str, old: &str, new: &str) -> Attack {
    attack(code, format!("{old} -> {new}"), &pack(|forgery| forgery.replace(old, new)))
}

#[test]
fn every_reason_has_an_attack_that_it_stops() {
    assert_eq!(judged(&Forgery::new().sealed()), "K5", "what is put together unchanged is only not confirmed");
    let families = [
        files,
        fields,
        certification,
        coverage,
        active_content,
        signatures,
        certificates,
        trust,
        times,
        bundles,
        packs_in_bundles,
        bundles_that_do_not_fit,
        bundles_that_lack_something,
        archives,
    ];
    let mut tried = BTreeSet::new();
    let mut wrong = Vec::new();
    for family in families {
        for (code, what, found) in family() {
            tried.insert(code);
            if code != found {
                wrong.push(format!("{code} {what}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What is typeset again has tests of its own.
    tried.extend(["R1", "R2"]);
    let all: BTreeSet<&str> = ReasonCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(tried, all);
}

fn files() -> Vec<Attack> {
    let good = Forgery::new().sealed();
    let mut attacks = vec![
        attack("F0", "a letter", b"Dear colleague"),
        attack("F0", "something before it", &[b"x", good.as_slice()].concat()),
        attack("F1", "another version", &String::from_utf8_lossy(&good[..8]).replace("1.7", "1.4").into_bytes()),
        attack("F2", "something after it", &[good.as_slice(), b" "].concat()),
        attack("F2", "a second end", &[good.as_slice(), b"%%EOF\n"].concat()),
        attack("F6", "33 MiB", &[good.as_slice(), &vec![b'\n'; 33 << 20]].concat()),
    ];
    let more = |what: &str, update: &str| {
        let table = good.len() + update.len();
        let start = find(&good[good.len() - 40..], b"startxref\n") + good.len() - 30;
        let previous: usize = String::from_utf8_lossy(&good[start..good.len() - 7]).parse().unwrap();
        let rest = format!(
            "xref\n1 1\n{:010} 00000 n\r\ntrailer\n<</Size 999/Root 1 0 R/Prev {previous}>>\nstartxref\n{table}\n%%EOF\n",
            good.len()
        );
        attack("F3", what, &[good.as_slice(), update.as_bytes(), rest.as_bytes()].concat())
    };
    attacks.push(more("incremental saving: other pages", "1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"));
    attacks.push(more("incremental saving: an annotation", "1 0 obj\n<</Type/Annot/Subtype/FreeText>>\nendobj\n"));
    attacks.push(attack("F3", "an object of the first revision", &{
        let mut forgery = Forgery::new();
        forgery.trailer = forgery.trailer.replace("/Prev ", "/Prev 9");
        forgery.sealed()
    }));
    for key in ["/Encrypt 1 0 R", "/XRefStm 17", "/Colour 1"] {
        let mut forgery = Forgery::new();
        forgery.trailer = forgery.trailer.replace("<<", &format!("<<{key}"));
        attacks.push(attack("F4", key, &forgery.sealed()));
    }
    for body in ["<</A 1/A 2>>", "<</A#42 1>>", "<</Length 4>>\nstream\nabcdefg\nendstream", "(", "[[[", "1 0 obj 2"] {
        attacks.push(attack("F5", body, &with_object(body)));
    }
    for body in
        ["<</Type /ObjStm/N 0/First 0/Length 0>>\nstream\n\nendstream", "<</Type /XRef/Length 0>>\nstream\n\nendstream"]
    {
        attacks.push(attack("F7", body, &with_object(body)));
    }
    attacks
}

fn fields() -> Vec<Attack> {
    let second = "<</Type /Sig/Filter /Adobe.PPKLite/ByteRange [0 1 2 3]/Contents <00>>>";
    vec![
        attack("S1", "a pack without a seal", &unsealed()),
        on_pack("S2", "/SubFilter /ETSI.CAdES.detached", "/SubFilter /adbe.pkcs7.detached"),
        on_pack("S2", "/SubFilter /ETSI.CAdES.detached", "/SubFilter /adbe.x509.rsa_sha1"),
        on_pack("S2", "/Filter /Adobe.PPKLite", "/Filter /Evil.Handler"),
        on_pack("S2", "/Type /Sig/", "/Type /Sig/Reason (I approve)/"),
        on_pack("S2", "/Type /Sig/", "/Type /Sig/Cert (x)/"),
        on_pack("S2", "/Type /Sig/", "/Type /DocTimeStamp/"),
        on_pack("S2", "/FT /Sig", "/FT /Sig/Lock 1 0 R"),
        on_pack("S2", "/FT /Sig", "/FT /Sig/Kids []"),
        on_pack("S2", "/FT /Sig", "/FT /Sig/MK <<>>"),
        on_pack("S2", "/FT /Sig", "/FT /Tx"),
        on_pack("S2", "/Subtype /Widget", "/Subtype /PackDetails"),
        on_pack("S2", "/SigFlags 3", "/SigFlags 3/DA (x)"),
        attack(
            "S2",
            "no field",
            &pack(|forgery| {
                let at = forgery.objects.iter().position(|(_, body)| body.contains("/FT /Sig")).unwrap();
                let number = forgery.objects[at].0;
                forgery.replace(&format!("/Fields [{number} 0 R]"), "/Fields []");
            }),
        ),
        attack(
            "S2",
            "two fields",
            &pack(|forgery| {
                let at = forgery.objects.iter().position(|(_, body)| body.contains("/FT /Sig")).unwrap();
                let (number, widget) = forgery.objects[at].clone();
                let other = forgery.add(&widget);
                forgery.replace(&format!("/Fields [{number} 0 R]"), &format!("/Fields [{number} 0 R {other} 0 R]"));
            }),
        ),
        attack("S3", "a second signature", &with_object(second)),
        attack("S4", "a text field", &with_object("<</FT /Tx/T (x)>>")),
        attack("S4", "a field in a field", &with_object("[<</Kids [<</FT /Btn>>]>>]")),
    ]
}

fn certification() -> Vec<Attack> {
    vec![
        on_pack("D1", "/P 1/V", "/P 2/V"),
        on_pack("D1", "/P 1/V", "/P 3/V"),
        on_pack("D1", "/P 1/V", "/P 1.0/V"),
        on_pack("D1", "/P 1/V", "/V"),
        on_pack("D1", "/TransformMethod /DocMDP", "/TransformMethod /FieldMDP"),
        on_pack("D1", "/TransformMethod /DocMDP", "/TransformMethod /UR3"),
        on_pack("D1", "/Perms <<", "/Perms <</UR3 1 0 R"),
        on_pack("D1", "/Perms <<", "/Permissions <<"),
        on_pack("D1", "/Reference [", "/Reference [<<>>"),
        attack(
            "D1",
            "another signature certifies",
            &pack(|forgery| {
                let other = forgery.add("<</Type /Sig>>");
                let (number, _) = forgery.objects.iter().find(|(_, body)| body.contains("/ByteRange")).unwrap();
                forgery
                    .replace(&format!("/Perms <</DocMDP {number} 0 R>>"), &format!("/Perms <</DocMDP {other} 0 R>>"));
            }),
        ),
    ]
}

/// A good pack in which the byte range, or where the signature stands, reads otherwise.
fn coverage() -> Vec<Attack> {
    let good = Forgery::new().sealed();
    let start = find(&good, b"/ByteRange [") + 12;
    let width = find(&good[start..], b"]");
    let words = String::from_utf8_lossy(&good[start..start + width]).trim().to_owned();
    let numbers: Vec<i64> = words.split(' ').map(|number| number.parse().unwrap()).collect();
    let [_, before, after, rest] = numbers.as_slice() else { panic!() };
    let (whole, middle) = (before + rest + (after - before), before / 2);
    let ranges = [
        String::new(),
        format!("0 {before} {after}"),
        format!("0 {before} {after} {}", rest - 1),
        format!("0 {before} {after} {}", rest + 1),
        format!("0 {before} {after} -{rest}"),
        format!("0 {before} {after}.0 {rest}"),
        format!("1 {} {after} {rest}", before - 1),
        format!("0 {} {after} {rest}", before - 1),
        format!("0 {} {after} {rest}", before + 1),
        format!("0 {before} {} {}", after - 1, rest + 1),
        format!("0 {before} {} {}", after + 1, rest - 1),
        format!("0 {before} {before} {}", whole - before),
        format!("0 {middle} {middle} {} {after} {rest}", before - middle),
        format!("0 0 0 {whole}"),
        format!("0 {before} {after} null"),
        format!("0 {before} {after} 1 0 R"),
    ];
    let mut attacks: Vec<Attack> = ranges
        .iter()
        .map(|range| {
            let mut changed = good.clone();
            changed[start..start + width].copy_from_slice(format!("{range:<width$}").as_bytes());
            attack("B1", format!("[{range}]"), &changed)
        })
        .collect();
    attacks.extend(contents(&good));
    attacks
}

/// A good pack whose signature is written otherwise, or stands elsewhere.
fn contents(good: &[u8]) -> Vec<Attack> {
    let mut attacks = Vec::new();
    let contents = find(good, b"/Contents <") + 11;
    let end = contents + find(&good[contents..], b">");
    let mut upper = good.to_vec();
    upper[contents..end].make_ascii_uppercase();
    attacks.push(attack("B2", "capital digits", &upper));
    let mut odd = good.to_vec();
    odd[end - 1] = b' ';
    attacks.push(attack("B2", "a space among the digits", &odd));
    let removed = |old: &str, new: &str| {
        let mut forgery = Forgery::new();
        let whole = forgery.objects.iter().find(|(_, body)| body.contains(old)).unwrap().1.clone();
        let at = whole.find(old).unwrap();
        forgery.replace(&whole[at..], new);
        attack("B1", new, &forgery.sealed())
    };
    attacks.extend([
        removed("/ByteRange [", ">>"),
        removed("/ByteRange [", "/ByteRange null/Contents <00>>>"),
        removed("/Contents <", ">>"),
        removed("/Contents <", "/Contents null>>"),
        removed("/Contents <", "/Contents (00)>>"),
        removed("/Contents <", "/Contents 1 0 R>>"),
    ]);
    // Signature wrapping: the signed bytes stand where the range says, and another signature where a reader looks.
    attacks.push(attack(
        "F5",
        "two byte ranges",
        &pack(|forgery| {
            forgery.replace("/ByteRange [", "/ByteRange [0 1 2 3]/ByteRange [");
        }),
    ));
    attacks.push(attack(
        "F5",
        "a hidden name",
        &pack(|forgery| {
            forgery.replace("/Type /Sig/", "/#42yteRange [0 1 2 3]/Type /Sig/");
        }),
    ));
    attacks.push(attack(
        "F5",
        "two signatures in one",
        &pack(|forgery| {
            forgery.replace("/Type /Sig/", "/Contents (x)/Type /Sig/");
        }),
    ));
    attacks
}

fn active_content() -> Vec<Attack> {
    let catalog = "/Type /Catalog";
    let keys = [
        "/OpenAction 1 0 R",
        "/AA <<>>",
        "/JavaScript 1 0 R",
        "/XFA []",
        "/NeedAppearances true",
        "/OCProperties <<>>",
        "/Collection <<>>",
        "/Requirements []",
        "/DSS <<>>",
    ];
    let names = "/EmbeddedFiles <</Names [";
    let attached = [
        on_pack("A2", names, "/EmbeddedFiles <</Names [(another) 1 0 R "),
        on_pack("A2", names, "/EmbeddedFiles <</Kids []/Names ["),
        on_pack("A2", "/EmbeddedFiles", "/AlternatePresentations"),
        attack("A2", "a file that belongs to nothing", &with_object("<</Type /Filespec/F (x)/EF <</F 1 0 R>>>>")),
        attack("A1", "a file on a page", &with_object("<</Type /Annot/Subtype /FileAttachment/FS 1 0 R>>")),
    ];
    let mut attacks: Vec<Attack> = keys.map(|key| on_pack("A1", catalog, &format!("{catalog}{key}"))).to_vec();
    for kind in
        ["JavaScript", "Launch", "SubmitForm", "ImportData", "ResetForm", "GoToE", "GoToR", "Rendition", "Movie"]
    {
        let action = format!("<</Type /Action/S /{kind}>>");
        attacks.push(attack("A1", &action, &with_object(&action)));
    }
    for deep in
        ["[[<</A <</S /Hide>>>>]]", "<</S /SetOCGState>>", "<</S /Sound>>", "<</X <</JS (x)>>>>", "<</RichMedia 1>>"]
    {
        attacks.push(attack("A1", deep, &with_object(deep)));
    }
    attacks.extend(attached);
    attacks
}

/// The code by which a signature over [`CONTENT`] is refused.
fn detached(code: &'static str, what: &str, signature: &[u8]) -> Attack {
    let found = read_detached(signature, CONTENT, false).err().map_or("", |refusal| refusal.code.as_str());
    (code, what.to_owned(), found.to_owned())
}

fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

fn statement(kind: &str, value: Any) -> Attribute {
    Attribute { oid: oid(kind), values: SetOfVec::try_from(vec![value]).unwrap() }
}

fn signatures() -> Vec<Attack> {
    let good = sign_detached(&forger(), CONTENT).unwrap();
    [forms(&good), algorithms(&good), statements(&good), digests(&good), statements_twice(&good), keys(&good)].concat()
}

fn forms(good: &[u8]) -> Vec<Attack> {
    vec![
        detached("C0", "a megabyte", &vec![0x30; 1 << 20]),
        detached("C1", "nothing", b""),
        detached("C1", "a length in more bytes than it needs", &{
            let mut long = good.to_vec();
            long.splice(1..4, [0x83, 0, good[2], good[3]]);
            long
        }),
        detached("C2", "a byte after it", &[good, &[1]].concat()),
        attack(
            "C2",
            "a byte in the padding",
            &pack_signed(|covered| {
                let mut signature = sign_detached(&forger(), covered).unwrap();
                signature.extend([0, 0, 1]);
                signature
            }),
        ),
        detached("C3", "no signer", &edited(good, |data| data.signer_infos = SignerInfos(SetOfVec::new()))),
        detached(
            "C3",
            "two signers",
            &edited(good, |data| {
                let mut signers = data.signer_infos.0.clone().into_vec();
                let other = sign_detached(&identity(9, "Other", "999201"), CONTENT).unwrap();
                edited(&other, |other| signers.extend(other.signer_infos.0.clone().into_vec()));
                data.signer_infos = SignerInfos(SetOfVec::try_from(signers).unwrap());
            }),
        ),
        detached(
            "C4",
            "its content in it",
            &edited(good, |data| {
                let content = Any::encode_from(&OctetString::new(CONTENT).unwrap()).unwrap();
                data.encap_content_info = EncapsulatedContentInfo {
                    econtent_type: data.encap_content_info.econtent_type,
                    econtent: Some(content),
                };
            }),
        ),
        detached("C4", "another version", &edited(good, |data| data.version = CmsVersion::V3)),
        detached(
            "C4",
            "another version of its signer",
            &edited(good, |data| {
                with_signer(data, |signer| signer.version = CmsVersion::V3);
            }),
        ),
        detached(
            "C4",
            "a revocation list",
            &edited(good, |data| {
                data.crls = Some(RevocationInfoChoices(SetOfVec::new()));
            }),
        ),
    ]
}

fn algorithms(good: &[u8]) -> Vec<Attack> {
    let sha1 = AlgorithmIdentifierOwned { oid: oid("1.3.14.3.2.26"), parameters: None };
    vec![
        detached(
            "C5",
            "SHA-1 for the whole",
            &edited(good, |data| {
                data.digest_algorithms = SetOfVec::try_from(vec![sha1.clone()]).unwrap();
            }),
        ),
        detached(
            "C5",
            "SHA-1 for the signer",
            &resigned(good, &key(7), |data| {
                with_signer(data, |signer| signer.digest_alg = sha1.clone());
            }),
        ),
        detached(
            "C5",
            "an unsigned statement",
            &edited(good, |data| {
                let extra = statement("1.2.840.113549.1.9.6", Any::null());
                with_signer(data, |signer| signer.unsigned_attrs = Some(SetOfVec::try_from(vec![extra]).unwrap()));
            }),
        ),
    ]
}

fn statements(good: &[u8]) -> Vec<Attack> {
    vec![
        detached(
            "C6",
            "one statement more",
            &resigned(good, &key(7), |data| {
                with_attributes(data, |all| all.push(statement("1.2.840.113549.1.9.5", Any::null())));
            }),
        ),
        detached(
            "C6",
            "the algorithms not protected",
            &resigned(good, &key(7), |data| {
                with_attributes(data, |all| all.retain(|one| one.oid != oid("1.2.840.113549.1.9.52")));
            }),
        ),
        detached(
            "C7",
            "no certificate named",
            &resigned(good, &key(7), |data| {
                with_attributes(data, |all| all.retain(|one| one.oid.to_string() != SIGNING_CERTIFICATE_V2));
            }),
        ),
        detached(
            "C7",
            "no statements at all",
            &edited(good, |data| {
                with_signer(data, |signer| signer.signed_attrs = None);
            }),
        ),
        detached(
            "C7",
            "a statement that names another certificate",
            &resigned(good, &key(7), |data| {
                with_attributes(data, |all| {
                    let named = all.iter_mut().find(|one| one.oid.to_string() == SIGNING_CERTIFICATE_V2).unwrap();
                    let wrong = Any::encode_from(&vec![vec![vec![OctetString::new([0; 32]).unwrap()]]]).unwrap();
                    named.values = SetOfVec::try_from(vec![wrong]).unwrap();
                });
            }),
        ),
        detached(
            "C7",
            "a certificate of the same name and another key",
            &edited(good, |data| {
                let other = sign_detached(&identity(9, "Millbeck Example Junior School", "999201"), CONTENT).unwrap();
                edited(&other, |other| data.certificates.clone_from(&other.certificates));
            }),
        ),
        detached("C7", "no certificate", &edited(good, |data| data.certificates = None)),
    ]
}

fn digests(good: &[u8]) -> Vec<Attack> {
    let digest = oid("1.2.840.113549.1.9.4");
    vec![
        detached("C8", "other content", &sign_detached(&forger(), b"other").unwrap()),
        detached(
            "C8",
            "a statement with another digest",
            &resigned(good, &key(7), |data| {
                with_attributes(data, |all| {
                    let stated = all.iter_mut().find(|one| one.oid == digest).unwrap();
                    let wrong = Any::encode_from(&OctetString::new([0; 32]).unwrap()).unwrap();
                    stated.values = SetOfVec::try_from(vec![wrong]).unwrap();
                });
            }),
        ),
    ]
}

fn keys(good: &[u8]) -> Vec<Attack> {
    vec![
        detached("C9", "another key", &resigned(good, &key(9), |_| ())),
        // (r, n - s) is a second signature of the same key over the same bytes, made without the key.
        detached(
            "C9",
            "the same signature mirrored",
            &edited(good, |data| {
                with_signer(data, |signer| {
                    let made = Signature::from_der(signer.signature.as_bytes()).unwrap();
                    let (r, s) = made.split_scalars();
                    let mirrored = Signature::from_scalars(r, -s.as_ref()).unwrap();
                    signer.signature = OctetString::new(mirrored.to_der().as_bytes()).unwrap();
                });
            }),
        ),
    ]
}

/// Each signed statement with two values instead of one.
fn statements_twice(good: &[u8]) -> Vec<Attack> {
    let twice = |number: usize| {
        resigned(good, &key(7), |data| {
            with_attributes(data, |all| {
                let mut values = all[number].values.clone().into_vec();
                values.push(Any::null());
                all[number].values = SetOfVec::try_from(values).unwrap();
            });
        })
    };
    (0..4)
        .map(|number| {
            let signature = twice(number);
            let refusal = read_detached(&signature, CONTENT, false).unwrap_err().code.as_str();
            assert!(["C7", "C8"].contains(&refusal), "{number}: {refusal}");
            (refusal, format!("statement {number} twice"), refusal.to_owned())
        })
        .collect()
}

/// What stands in a certificate that nobody should sign with.
struct Odd {
    subject: Name,
    extensions: Vec<Extension>,
}

impl BuilderProfile for Odd {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        _: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        Ok(self.extensions.clone())
    }
}

const KEY_USAGE: (&str, &[u8]) = ("2.5.29.15", &[0x03, 0x02, 0x06, 0xC0]);

fn certificate(name: &str, extensions: &[(&str, &[u8])]) -> x509_cert::Certificate {
    let extension = |(id, value): &(&str, &[u8])| Extension {
        extn_id: oid(id),
        critical: true,
        extn_value: OctetString::new(*value).unwrap(),
    };
    let profile = Odd { subject: name.parse().unwrap(), extensions: extensions.iter().map(extension).collect() };
    let time = |seconds| Time::from(der::DateTime::from_unix_duration(Duration::from_secs(seconds)).unwrap());
    let from = u64::try_from(at(FROM).as_second()).unwrap();
    let validity = Validity::new(time(from), time(from + 40_000_000));
    let signing = key(8);
    let spki = SubjectPublicKeyInfoOwned::from_key(signing.verifying_key()).unwrap();
    let builder = CertificateBuilder::new(profile, SerialNumber::new(&[0x41]).unwrap(), validity, spki).unwrap();
    builder.build::<_, p256::ecdsa::DerSignature>(&signing).unwrap()
}

fn certificates() -> Vec<Attack> {
    let with = |code, what: &str, name: &str, extensions: &[(&str, &[u8])]| {
        let certificate = certificate(name, extensions);
        detached(code, what, &signed_with(&certificate, 8, CONTENT))
    };
    let server: &[u8] = &[0x30, 0x0A, 0x06, 0x08, 0x2B, 6, 1, 5, 5, 7, 3, 1];
    let sound = with("", "a plain certificate is no reason", "O=School", &[KEY_USAGE]);
    assert_eq!(sound.0, sound.2, "{}", sound.1);
    vec![
        with("K1", "a condition that is not known", "O=School", &[KEY_USAGE, ("1.2.3.4", &[5, 0])]),
        with("K1", "an extension that is no DER", "O=School", &[("2.5.29.15", &[3, 9])]),
        with("K2", "no usage at all", "O=School", &[]),
        with("K2", "a key for encryption", "O=School", &[("2.5.29.15", &[3, 2, 5, 0x20])]),
        with("K3", "the certificate of a web server", "O=School", &[KEY_USAGE, ("2.5.29.37", server)]),
        with("K4", "an authority", "O=School", &[KEY_USAGE, ("2.5.29.19", &[0x30, 3, 1, 1, 0xFF])]),
        with("K8", "words from right to left", "O=School\u{202E}loohcS", &[KEY_USAGE]),
        with("K8", "a hidden character", "O=Mill\u{200B}beck School", &[KEY_USAGE]),
        with("K8", "a struck-out letter", "O=Sch\u{336}ool", &[KEY_USAGE]),
        with("K8", "spaces that draw a line", "O=School\u{3000}\u{3000}\u{3000}GENUINE", &[KEY_USAGE]),
        with("K8", "a line break", "O=School\n  GENUINE", &[KEY_USAGE]),
    ]
}

/// An entry of a list for the forger's certificate.
fn entry(role: &str, urn: &str, digest: &str, more: &str) -> String {
    format!(
        "[[signer]]\nurn = \"{urn}\"\nschool = \"Millbeck\"\nrole = \"{role}\"\ncertificate_sha256 = \"{digest}\"\n\
         confirmed_by = \"X\"\nconfirmed_on = \"2026-07-10\"\nhow = \"telephone\"\n{more}\n"
    )
}

fn trust() -> Vec<Attack> {
    let good = Forgery::new().sealed();
    let digest = forger().certificate().fingerprint().to_string();
    let list = |role, urn, digest: &str, more| Trust::parse(&entry(role, urn, digest, more)).unwrap();
    let with = |code: &'static str, what: &str, trust: &Trust| (code, what.to_owned(), judged_by(&good, trust, NOW));
    let known = list("seal", "999201", &digest, "");
    assert_eq!(judge(&good, &known, at(NOW)).verdict.answer, Answer::Genuine);
    // Before the certificate's first minute, by a clock that is within bounds.
    let early = judge(&good, &known, at("2026-07-09T23:55:00Z")).verdict.reason.unwrap().code.as_str();
    // A certificate without a number, in the name of a school that is known.
    let nameless = certificate("O=MILLBECK", &[KEY_USAGE]);
    let signed = read_detached(&signed_with(&nameless, 8, CONTENT), CONTENT, false).unwrap();
    let other = list("seal", "999201", &"a".repeat(64), "");
    let found = other.find(&signed.certificate, None, None, "2026-09-01".parse().unwrap()).unwrap_err().code.as_str();
    let us = Trust::parse("[us]\nurn = \"999999\"\nlaestab = \"9999999\"\n").unwrap();
    let alone = fs::read(with_ending(&packed().1, "-safeguarding.pdf").remove(0)).unwrap();
    vec![
        ("K6", "the school's name without its number".to_owned(), found.to_owned()),
        attack("I1", "a single pack sealed by another school", &sealed_elsewhere(&alone)),
        ("I9", "a single pack for another school".to_owned(), judged_by(&alone, &us, NOW)),
        with("K5", "nobody has confirmed it", &Trust::default()),
        with("K6", "another key in the school's name", &list("seal", "999201", &"a".repeat(64), "")),
        with("K7", "revoked", &list("seal", "999201", &digest, "revoked_on = \"2026-08-01\"")),
        with("K9", "a SENCO's certificate on a general pack", &list("senco", "999201", &digest, "")),
        with("K9", "an authority's certificate", &list("authority", "999", &digest, "")),
        with("K10", "its time is over", &list("seal", "999201", &digest, "valid_until = \"2026-08-31\"")),
        with("K10", "its time is to come", &list("seal", "999201", &digest, "valid_from = \"2026-09-02\"")),
        with("I1", "confirmed as another school", &list("seal", "999202", &digest, "")),
        ("T4", "not valid yet".to_owned(), early.to_owned()),
        ("T6", "an old key".to_owned(), judged_by(&good, &known, "2028-09-01T00:00:00Z")),
    ]
}

/// A pack of one school under the seal of another.
fn sealed_elsewhere(pack: &[u8]) -> Vec<u8> {
    let first = &pack[..find(pack, b"%%EOF") + 5];
    seal_pdf(&identity(9, "Elsewhere School", "999777"), first, &place(), at(FROM), None).unwrap().pdf
}

fn times() -> Vec<Attack> {
    let claimed = "/M (D:20260710000000Z)";
    let mut attacks = vec![
        on_pack("T1", claimed, ""),
        on_pack("T1", claimed, "/M (D:20260710000000+01'00')"),
        on_pack("T1", claimed, "/M (D:20260710)"),
        on_pack("T1", claimed, "/M (D:20260730256161Z)"),
        on_pack("T2", claimed, "/M (D:20250710000000Z)"),
        on_pack("T2", claimed, "/M (D:20290710000000Z)"),
        on_pack("T3", claimed, "/M (D:20270710000000Z)"),
    ];
    // The service has its own clock, and so has the disk.
    let desk = Workspace::new();
    let now = jiff::Timestamp::try_from(fs::metadata(desk.write("now", "")).unwrap().modified().unwrap())
        .unwrap()
        .to_string();
    let stamped = |code, what: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut forgery = Forgery::new();
        forgery.replace("/Contents <", &format!("/Contents <{}", "0".repeat(24 << 10)));
        let forged = forgery.sealed_by(|covered| {
            let signature = sign_detached(&forger(), covered).unwrap();
            let token = timestamp(&signature, change);
            edited(&signature, |data| {
                let token = Any::from_der(&token).unwrap();
                let stamp = statement("1.2.840.113549.1.9.16.2.14", token);
                with_signer(data, |signer| signer.unsigned_attrs = Some(SetOfVec::try_from(vec![stamp]).unwrap()));
            })
        });
        (code, what.to_owned(), judged_by(&forged, &Trust::default(), &now))
    };
    attacks.push(stamped("T5", "sealed in July, stamped today", &|_| ()));
    let mut stripped = Forgery::new();
    stripped.replace("/Contents <", &format!("/Contents <{}", "0".repeat(24 << 10)));
    attacks.push(attack("C10", "a timestamp taken out", &stripped.sealed()));
    stripped.replace("/Contents <", "/Contents <00");
    attacks.push(attack("B2", "more room than any seal has", &stripped.sealed()));
    attacks.push(attack("C4", "a timestamp in a countersignature", &countersigned(FROM, true)));
    attacks.push(attack("T2", "a countersigner whose time is over", &countersigned("2020-07-10T00:00:00Z", false)));
    assert_eq!(judged(&countersigned(FROM, false)), "K5");
    attacks.push(stamped("C10", "a timestamp of another signature", &|request| request[30] ^= 1));
    attacks.push(detached(
        "C10",
        "a timestamp that is none",
        &edited(&sign_detached(&forger(), CONTENT).unwrap(), |data| {
            let stamp = statement("1.2.840.113549.1.9.16.2.14", Any::null());
            with_signer(data, |signer| signer.unsigned_attrs = Some(SetOfVec::try_from(vec![stamp]).unwrap()));
        }),
    ));
    attacks
}

/// A bundle that a person countersigns whose certificate begins on a day.
fn countersigned(from: &str, with_timestamp: bool) -> Vec<u8> {
    let (name, urn) = ("Ruth Halloran".to_owned().try_into().unwrap(), "999201".parse().unwrap());
    let person = Identity::generate(&name, &urn, at(from), &Zeroizing::new([9; 80])).unwrap();
    rewritten("send", |manifest, files| {
        manifest.countersigned_by = Some(person.certificate().fingerprint().to_string());
        let signature = sign_detached(&person, &manifest.to_bytes().unwrap()).unwrap();
        let stamped = |signature: &[u8]| {
            let token = Any::from_der(&timestamp(signature, &|_| ())).unwrap();
            edited(signature, |data| {
                let stamp = statement("1.2.840.113549.1.9.16.2.14", token);
                with_signer(data, |signer| signer.unsigned_attrs = Some(SetOfVec::try_from(vec![stamp]).unwrap()));
            })
        };
        let signature = if with_timestamp { stamped(&signature) } else { signature };
        files.insert(Manifest::COUNTERSIGNATURE_PATH.to_owned(), signature);
    })
}

/// The token of the real service for a signature, or for a request that was changed.
fn timestamp(signature: &[u8], change: &dyn Fn(&mut Vec<u8>)) -> Vec<u8> {
    let value = edited_signature(signature);
    let mut request =
        vec![0x30, 0x3C, 2, 1, 1, 0x30, 0x31, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
    request.extend(Sha256::digest(value));
    request.extend([1, 1, 0xFF]);
    request[1] = u8::try_from(request.len() - 2).unwrap();
    change(&mut request);
    let answer: Vec<Any> = Vec::from_der(&truly(&request)).unwrap();
    answer[1].to_der().unwrap()
}

fn edited_signature(signature: &[u8]) -> Vec<u8> {
    let mut value = Vec::new();
    edited(signature, |data| with_signer(data, |signer| value = signer.signature.as_bytes().to_vec()));
    value
}

/// A bundle of the examples, by its readers.
fn bundle(kind: &str) -> BTreeMap<String, Vec<u8>> {
    let path = with_ending(&packed().1, ".zip").into_iter().find(|path| path.to_str().unwrap().contains(kind)).unwrap();
    read_archive(&fs::read(path).unwrap()).unwrap()
}

/// The identity that packed the examples.
fn school() -> Identity {
    let file = packed().0.path("config/identity-999201.p12");
    Identity::from_pkcs12(&fs::read(file).unwrap(), "").unwrap()
}

/// A bundle with changes, its manifest fitting the files and signed again by the school itself.
fn rewritten(kind: &str, change: impl FnOnce(&mut Manifest, &mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let mut files = bundle(kind);
    let mut manifest = Manifest::from_bytes(&files[Manifest::PATH]).unwrap();
    change(&mut manifest, &mut files);
    let bytes = manifest.to_bytes().unwrap();
    files.insert(Manifest::SIGNATURE_PATH.to_owned(), sign_detached(&school(), &bytes).unwrap());
    files.insert(Manifest::PATH.to_owned(), bytes);
    write_archive(&files).unwrap()
}

/// A bundle whose manifest says something else than any manifest can, signed again by the school itself.
fn reworded(kind: &str, from: &str, to: &str) -> Vec<u8> {
    let mut files = bundle(kind);
    let text = String::from_utf8(files[Manifest::PATH].clone()).unwrap();
    assert!(text.contains(from), "{text}");
    let bytes = text.replace(from, to).into_bytes();
    files.insert(Manifest::SIGNATURE_PATH.to_owned(), sign_detached(&school(), &bytes).unwrap());
    files.insert(Manifest::PATH.to_owned(), bytes);
    write_archive(&files).unwrap()
}

/// Puts other bytes in the place of a file, in the bundle and in the manifest.
fn exchange(manifest: &mut Manifest, files: &mut BTreeMap<String, Vec<u8>>, path: &str, bytes: Vec<u8>) {
    let listed = manifest.files.iter_mut().find(|listed| listed.path == path).unwrap();
    let entry = Listed::new(path, listed.kind, listed.reference.as_deref(), Spooled::of(&bytes));
    *listed = Listed { child: listed.child.clone(), ..entry };
    files.insert(path.to_owned(), bytes);
}

fn first(files: &BTreeMap<String, Vec<u8>>, ending: &str) -> String {
    files.keys().find(|name| name.ends_with(ending)).unwrap().clone()
}

fn bundles() -> Vec<Attack> {
    assert_eq!(judged(&rewritten("send", |_, _| ())), "K5", "what is signed again unchanged is only not confirmed");
    let mut attacks = vec![
        attack(
            "I1",
            "another school's number",
            &rewritten("send", |manifest, _| manifest.from.urn = "999777".parse().unwrap()),
        ),
        attack("I2", "no signature", &{
            let mut files = bundle("send");
            files.remove(Manifest::SIGNATURE_PATH);
            write_archive(&files).unwrap()
        }),
        attack("I3", "another version", &rewritten("send", |manifest, _| manifest.version = 2)),
        attack(
            "I3",
            "a folder that leads elsewhere",
            &rewritten("send", |manifest, _| manifest.transfer = "../X".into()),
        ),
        attack(
            "I3",
            "a pack without its record",
            &rewritten("send", |manifest, files| {
                let record = first(files, "-send.json");
                manifest.files.retain(|listed| listed.path != record);
                files.remove(&record);
            }),
        ),
        attack("I4", "a file is missing", &rewritten("send", |_, files| drop(files.remove("START-HERE.html")))),
        attack(
            "I5",
            "a file is another",
            &rewritten("send", |_, files| drop(files.insert("START-HERE.html".into(), vec![1]))),
        ),
        attack("I6", "a file more", &rewritten("send", |_, files| drop(files.insert("extra.pdf".into(), vec![1])))),
    ];
    let us = Trust::parse("[us]\nurn = \"999999\"\n").unwrap();
    attacks.push(("I9", "for another school".to_owned(), judged_by(&rewritten("send", |_, _| ()), &us, NOW)));
    attacks
}

fn packs_in_bundles() -> Vec<Attack> {
    vec![
        attack(
            "I7",
            "a pack that somebody else has sealed",
            &rewritten("send", |manifest, files| {
                let path = first(files, "-send.pdf");
                let end = find(&files[&path], b"%%EOF") + 5;
                let sealed = seal_pdf(&forger(), &files[&path][..end], &place(), at(FROM), None).unwrap().pdf;
                exchange(manifest, files, &path, sealed);
            }),
        ),
        attack(
            "I8",
            "no pack",
            &rewritten("send", |manifest, files| {
                manifest.files.retain(|listed| listed.reference.is_none());
                files.retain(|name, _| !name.contains("-send."));
            }),
        ),
        attack(
            "I10",
            "a stranger signs for the person who is named",
            &rewritten("send", |manifest, files| {
                manifest.countersigned_by = Some("a".repeat(64));
                let bytes = manifest.to_bytes().unwrap();
                let stranger = sign_detached(&identity(9, "R. Sample", "999201"), &bytes).unwrap();
                files.insert(Manifest::COUNTERSIGNATURE_PATH.to_owned(), stranger);
            }),
        ),
        attack(
            "I11",
            "a pack for others",
            &rewritten("general", |manifest, files| {
                let (profile, general) = (first(files, "-profile.pdf"), first(files, "-general.pdf"));
                let (profile_bytes, general_bytes) = (files[&profile].clone(), files[&general].clone());
                exchange(manifest, files, &profile, general_bytes);
                exchange(manifest, files, &general, profile_bytes);
            }),
        ),
        attack(
            "I12",
            "another record beside a pack",
            &rewritten("send", |manifest, files| {
                let path = first(files, "-send.json");
                let text = String::from_utf8(files[&path].clone()).unwrap();
                exchange(manifest, files, &path, text.replace("\"version\": 1", "\"version\":  1").into_bytes());
            }),
        ),
    ]
}

/// What the school itself could put together wrongly, or by somebody with its key.
fn bundles_that_do_not_fit() -> Vec<Attack> {
    let day = |manifest: &mut Manifest, _: &mut BTreeMap<String, Vec<u8>>| manifest.made_on = "2026-07-11".into();
    let page = |text: &'static str| {
        rewritten("send", move |manifest, files| {
            manifest.made_by = "handover 9.9.9".into();
            exchange(manifest, files, Manifest::START_HERE_PATH, text.as_bytes().to_vec());
        })
    };
    assert_eq!(judged(&page("<p>Start here</p>")), "K5", "a page of another version that does nothing");
    vec![
        attack("I13", "another day", &rewritten("send", day)),
        attack(
            "I13",
            "another sender",
            &rewritten("send", |manifest, _| manifest.from.laestab = "9992999".parse().unwrap()),
        ),
        attack(
            "I13",
            "another receiver",
            &rewritten("send", |manifest, _| manifest.to.laestab = "9994999".parse().unwrap()),
        ),
        attack(
            "I13",
            "two children exchanged",
            &rewritten("send", |manifest, files| {
                for ending in ["-send.pdf", "-send.json"] {
                    let names: Vec<String> = files.keys().filter(|name| name.ends_with(ending)).cloned().collect();
                    let (one, other) = (files[&names[0]].clone(), files[&names[1]].clone());
                    exchange(manifest, files, &names[0], other);
                    exchange(manifest, files, &names[1], one);
                }
            }),
        ),
        attack(
            "I13",
            "the children's names exchanged",
            &rewritten("send", |manifest, files| {
                manifest.made_by = "handover 9.9.9".into();
                exchange(manifest, files, Manifest::START_HERE_PATH, b"<p>Start here</p>".to_vec());
                let mut packs: Vec<_> = manifest.files.iter_mut().filter(|listed| listed.child.is_some()).collect();
                let name = packs[0].child.take();
                packs[0].child = std::mem::replace(&mut packs[1].child, name);
            }),
        ),
        attack(
            "I13",
            "another page to begin with",
            &rewritten("send", |manifest, files| {
                let page = String::from_utf8(files[Manifest::START_HERE_PATH].clone()).unwrap();
                let page = page.replace("<h1>", "<h1>Ring 0900 000000. ").into_bytes();
                exchange(manifest, files, Manifest::START_HERE_PATH, page);
            }),
        ),
        attack("I13", "a page that acts", &page("<p>Hello</p><ScRiPt>alert(1)</script>")),
        attack("I13", "a page that acts on a touch", &page("<p/onclick=alert(1)>Hello</p>")),
    ]
}

/// What such a bundle lacks, or says where it should not.
fn bundles_that_lack_something() -> Vec<Attack> {
    vec![
        attack(
            "I11",
            "a pack as cover letter",
            &rewritten("send", |manifest, files| {
                let pack = files[&first(files, "-send.pdf")].clone();
                exchange(manifest, files, "COVER-LETTER.pdf", pack);
            }),
        ),
        attack(
            "I3",
            "a child without a profile",
            &rewritten("general", |manifest, files| {
                for ending in ["-profile.pdf", "-profile.json"] {
                    let name = first(files, ending);
                    manifest.files.retain(|listed| listed.path != name);
                    files.remove(&name);
                }
            }),
        ),
        attack(
            "I3",
            "no letter",
            &rewritten("send", |manifest, files| {
                manifest.files.retain(|listed| listed.path != "COVER-LETTER.pdf");
                files.remove("COVER-LETTER.pdf");
            }),
        ),
        attack(
            "I3",
            "a school's name that draws lines",
            &reworded("send", "Northgate Example Academy", &format!("A{}GENUINE", " ".repeat(90))),
        ),
        attack(
            "I3",
            "a name beside what is no pack",
            &rewritten("send", |manifest, _| {
                let letter = manifest.files.iter_mut().find(|listed| listed.path == "COVER-LETTER.pdf").unwrap();
                letter.child = Some("Alex Example".parse().unwrap());
            }),
        ),
        attack(
            "I3",
            "templates without a digest",
            &rewritten("send", |manifest, _| manifest.templates = Some("x".into())),
        ),
    ]
}

fn archives() -> Vec<Attack> {
    let good = write_archive(&bundle("send")).unwrap();
    let renamed = |old: &str, new: &str| {
        assert_eq!(old.len(), new.len());
        let mut changed = good.clone();
        while let Some(at) = changed.windows(old.len()).position(|part| part == old.as_bytes()) {
            changed[at..at + old.len()].copy_from_slice(new.as_bytes());
        }
        changed
    };
    let many: BTreeMap<String, Vec<u8>> = (0..4000).map(|number| (format!("f{number}"), Vec::new())).collect();
    let one = write_archive(&BTreeMap::from([("a".to_owned(), Vec::new())])).unwrap();
    let many = [&one[..find(&one, b"PK\x01\x02")], &write_archive(&many).unwrap()].concat();
    let mut attacks = vec![
        attack("Z1", "more files than any bundle has", &many),
        attack("Z3", "something before it", &[b"PK\x03\x05", good.as_slice()].concat()),
        attack("Z3", "something after it", &[good.as_slice(), b"PK"].concat()),
        attack("Z3", "two archives", &[good.as_slice(), good.as_slice()].concat()),
    ];
    for new in [
        "../RT-HERE.html",
        "/TART-HERE.html",
        "C:ART-HERE.html",
        "START\\HERE.html",
        "START-HERE:html",
        "START HERE.html",
    ] {
        attacks.push(attack("Z2", new, &renamed("START-HERE.html", new)));
    }
    attacks.push(attack("Z2", "a device", &renamed("START-HERE.html", "con.T-HERE.html")));
    let local = find(&good, b"START-HERE.html");
    let mut two_names = good.clone();
    two_names[local] = b'Z';
    attacks.push(attack("Z3", "two names for one file", &two_names));
    attacks
}

#[test]
fn every_open_and_verify_says_the_code() {
    let desk = Workspace::new();
    let path = desk.write("forged.pdf", pack(|forgery| forgery.replace("/P 1/V", "/P 2/V")));
    let run = desk.run(&["verify", path.to_str().unwrap(), "--as-of", "2026-09-01", "--format", "concise"]);
    assert!(run.code == 4 && run.out.contains("[D1]"), "{}", run.out);
    let record = examples().join("04-looked-after.toml");
    let run = desk.run(&["verify", record.to_str().unwrap()]);
    assert!(run.code == 4 && run.out.contains("[F0]"), "{}{}", run.out, run.err);
}

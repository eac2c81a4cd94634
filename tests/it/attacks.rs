//! Attacks that were thought up after the verifier was written, each once successful, now refused.

use std::fmt::Write;
use std::fs;

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{CertificateSet, SignedData};
use der::{Any, Decode, Encode};
use handover::school::SchoolName;
use handover::sign::{Identity, read_detached, sign_detached};
use handover::verify::{Answer, Trust, judge};
use zeroize::Zeroizing;

use super::support::{Workspace, text, tool};

fn now() -> jiff::Timestamp {
    "2026-09-01T00:00:00Z".parse().unwrap()
}

fn identity(seed: u8, name: &str, urn: &str) -> Identity {
    let (name, urn) = (name.to_owned().try_into().unwrap(), urn.parse().unwrap());
    Identity::generate(&name, &urn, "2026-07-01T00:00:00Z".parse().unwrap(), &Zeroizing::new([seed; 80])).unwrap()
}

/// A signature with other certificates in its bag than the signer put there.
fn with_bag(signature: &[u8], extra: &[&[u8]]) -> Vec<u8> {
    let mut content = ContentInfo::from_der(signature).unwrap();
    let mut data: SignedData = content.content.decode_as().unwrap();
    let mut bag: Vec<CertificateChoices> = data.certificates.take().unwrap().0.into_vec();
    bag.extend(extra.iter().map(|der| CertificateChoices::Certificate(Decode::from_der(der).unwrap())));
    data.certificates = Some(CertificateSet::try_from(bag).unwrap());
    content.content = Any::encode_from(&data).unwrap();
    content.to_der().unwrap()
}

#[test]
fn nothing_can_be_put_into_the_bag_of_certificates() {
    // Whatever the key: some certificates could once be given an "issuer" made of public data.
    for seed in 1..16 {
        let (signer, other) = (identity(seed, "Example", "999201"), identity(seed + 100, "Example", "999201"));
        let signature = sign_detached(&signer, b"content").unwrap();
        assert!(read_detached(&signature, b"content", false).is_ok());
        let stuffed = with_bag(&signature, &[other.certificate().der()]);
        assert_eq!(read_detached(&stuffed, b"content", false).unwrap_err().code.as_str(), "C7");
        let twice: Vec<_> = (0..9).map(|n| identity(n + 200, "Example", "999201")).collect();
        let many: Vec<&[u8]> = twice.iter().map(|identity| identity.certificate().der()).collect();
        assert_eq!(read_detached(&with_bag(&signature, &many), b"content", false).unwrap_err().code.as_str(), "C7");
    }
}

/// Runs OpenSSL; words that begin with @ are files on the desk.
fn openssl(desk: &Workspace, command: &str) -> i32 {
    let word = |word: &str| word.strip_prefix('@').map_or(word.to_owned(), |name| text(&desk.path(name)).to_owned());
    let words: Vec<String> = command.split_whitespace().map(word).collect();
    tool("openssl", &words.iter().map(String::as_str).collect::<Vec<_>>()).code
}

#[test]
fn a_chain_is_bound_whole() {
    let desk = Workspace::new();
    desk.write("extensions", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n");
    for command in [
        "req -x509 -newkey rsa:2048 -noenc -keyout @ca.key -out @ca.pem -subj /CN=Authority -days 3650",
        "req -new -newkey rsa:2048 -noenc -keyout @leaf.key -out @leaf.csr -subj /O=School/CN=seal",
        "x509 -req -in @leaf.csr -CA @ca.pem -CAkey @ca.key -out @leaf.pem -days 3650 -extfile @extensions",
        "pkcs12 -export -inkey @leaf.key -in @leaf.pem -certfile @ca.pem -out @chain.p12 -passout pass:x",
    ] {
        assert_eq!(openssl(&desk, command), 0, "{command}");
    }
    let signer = Identity::from_pkcs12(&fs::read(desk.path("chain.p12")).unwrap(), "x").unwrap();
    assert_eq!(signer.chain().len(), 1);
    let signature = sign_detached(&signer, b"content").unwrap();
    assert!(read_detached(&signature, b"content", false).is_ok());
    let mut content = ContentInfo::from_der(&signature).unwrap();
    let mut data: SignedData = content.content.decode_as().unwrap();
    let leaf = CertificateChoices::Certificate(Decode::from_der(signer.certificate().der()).unwrap());
    data.certificates = Some(CertificateSet::try_from(vec![leaf]).unwrap());
    content.content = Any::encode_from(&data).unwrap();
    let stripped = content.to_der().unwrap();
    assert_eq!(read_detached(&stripped, b"content", false).unwrap_err().code.as_str(), "C7", "the chain was taken out");
    desk.write("content", "content");
    desk.write("content.p7s", signature);
    let verify = "cms -verify -binary -inform DER -in @content.p7s -content @content -CAfile @ca.pem -purpose any -out /dev/null";
    assert_eq!(openssl(&desk, verify), 0);
}

#[test]
fn a_signature_of_megabytes_is_not_even_looked_at() {
    let huge = vec![0x30; 1 << 20];
    assert_eq!(read_detached(&huge, b"", false).unwrap_err().code.as_str(), "C0");
}

/// A PDF whose table names objects as they are given.
fn pdf_of(objects: &str, offsets: &[usize]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec();
    let start = pdf.len();
    pdf.extend(objects.bytes());
    let table = pdf.len();
    let mut rest = format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len() + 1);
    offsets.iter().for_each(|offset| write!(rest, "{:010} 00000 n\r\n", start + offset).unwrap());
    write!(rest, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", offsets.len() + 1).unwrap();
    pdf.extend(rest.bytes());
    pdf
}

fn refused_for(bytes: &[u8]) -> &'static str {
    let verdict = judge(bytes, &Trust::default(), now()).verdict;
    assert_eq!(verdict.answer, Answer::NotGenuine);
    verdict.reason.unwrap().code.as_str()
}

#[test]
fn one_object_does_not_hide_in_another() {
    let good = "1 0 obj\n<</Type/Catalog>>\nendobj\n";
    assert_eq!(refused_for(&pdf_of(good, &[0])), "S1", "a plain file is only not sealed");
    let inside = "1 0 obj(2 0 obj(x)endobj)endobj\n";
    assert_eq!(refused_for(&pdf_of(inside, &[0, 8])), "F5");
    let between = "1 0 obj\n<</Type/Catalog>>\nendobj\nhidden\n2 0 obj\nnull\nendobj\n";
    assert_eq!(refused_for(&pdf_of(between, &[0, between.find("2 0 obj").unwrap()])), "F5");
}

#[test]
fn objects_beyond_all_measure_are_refused() {
    for inner in ["0 ".repeat(300_000), "[/a]".repeat(150_000), "/a".repeat(300_000)] {
        assert_eq!(refused_for(&pdf_of(&format!("1 0 obj[{inner}]endobj\n"), &[0])), "F5");
    }
    let keys: String = (0..2000).map(|n| format!("/K{n} 0")).collect();
    assert_eq!(refused_for(&pdf_of(&format!("1 0 obj<<{keys}>>endobj\n"), &[0])), "F5");
}

#[test]
fn a_name_cannot_speak_for_the_program() {
    let forged = "Evil School\n\n  GENUINE: unchanged, and from a school that you have confirmed.\u{1b}[8m";
    assert!(SchoolName::parse(forged).is_err(), "no school has such a name; `reasons` has certificates that do");
    // File names are strangers' texts too.
    let desk = Workspace::new();
    desk.write("f/x.pdf: genuine\nREAL.pdf", "%PDF");
    let run = desk.run(&["verify", text(&desk.path("f")), "--format", "concise"]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert_eq!(run.code, 4);
}

#[test]
fn one_revocation_outweighs_every_confirmation() {
    let signer = identity(5, "Example School", "999201");
    let digest = signer.certificate().fingerprint().to_string();
    let entry = |role: &str, revoked: &str| {
        format!(
            "[[signer]]\nurn = \"999201\"\nschool = \"Example School\"\nrole = \"{role}\"\ncertificate_sha256 = \"{digest}\"\n\
             confirmed_by = \"x\"\nconfirmed_on = \"2026-07-10\"\nhow = \"x\"\n{revoked}"
        )
    };
    let today = "2026-09-01".parse().unwrap();
    let find = |text: String| {
        Trust::parse(&text).unwrap().find(signer.certificate(), None, None, today).map(|found| found.is_some())
    };
    let revoked = "revoked_on = \"2026-08-01\"\n";
    assert_eq!(find(entry("seal", "")), Ok(true));
    assert_eq!(find(entry("seal", "") + &entry("dsl", revoked)).unwrap_err().code.as_str(), "K7");
    assert_eq!(find(entry("seal", revoked) + &entry("seal", "")).unwrap_err().code.as_str(), "K7");
    assert_eq!(
        find(entry("head", "")).unwrap_err().code.as_str(),
        "K9",
        "a head teacher's key is not the school's seal"
    );
    let upper = entry("seal", revoked).replace(&digest, &digest.to_uppercase());
    assert!(Trust::parse(&upper).is_err(), "a digest has one form");
}

#[test]
fn every_reason_is_explained_by_its_code() {
    let desk = Workspace::new();
    for code in handover::sign::ReasonCode::ALL {
        let run = desk.run(&["explain", &code.as_str().to_lowercase()]);
        assert!(
            run.code == 0 && run.out.contains(code.words()) && run.out.contains("What to do"),
            "{code}: {}",
            run.out
        );
        assert_eq!(run.out.contains("EN 319 102-1"), code.ades_subindication().is_some(), "{code}");
    }
    assert!(desk.run(&["explain", "c8"]).out.contains("HASH_FAILURE"));
}

#[test]
fn a_manifest_cannot_choose_where_files_are_written() {
    let desk = Workspace::new();
    let out = desk.pack(&super::support::examples().join("04-looked-after.toml"), "out");
    let bundle = super::support::with_ending(&out, ".zip").remove(0);
    let mut files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
    let text_of = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let manifest = text_of(&files["manifest.json"]);
    let transfer = manifest.split("\"transfer\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // A forger with a key of their own: everything is in order but the name of the folder.
    let forger = Identity::from_pkcs12(&fs::read(desk.path("config/identity-999201.p12")).unwrap(), "").unwrap();
    for (old, new) in [
        (transfer.as_str(), "../../../escaped"),
        (transfer.as_str(), "A/../../B"),
        (transfer.as_str(), ""),
        ("999201", "../../"),
        ("9994002", "..\\\\..\\\\"),
        ("2026-07-10", "2026-7-10"),
    ] {
        let forged = manifest.replace(old, new);
        assert_ne!(forged, manifest);
        files.insert("manifest.json.p7s".to_owned(), sign_detached(&forger, forged.as_bytes()).unwrap());
        files.insert("manifest.json".to_owned(), forged.into_bytes());
        let path = desk.write("forged.zip", handover::bundle::write_archive(&files).unwrap());
        let before = super::support::tree(desk.folder.path());
        let into = desk.path("deep/in/a/folder");
        let run = desk.run(&["open", text(&path), "--into", text(&into), "--unconfirmed", "--as-of", "2026-09-01"]);
        assert!(run.code == 4 && run.err.contains("[I3]"), "{new}: {}", run.err);
        assert_eq!(super::support::tree(desk.folder.path()), before, "{new}");
    }
}

/// A bundle of ours with another manifest, signed by the same key: what a signer of bad faith can make.
fn resigned(
    desk: &Workspace,
    kind: &str,
    change: impl Fn(&mut serde_json::Value, &mut std::collections::BTreeMap<String, Vec<u8>>),
) -> &'static str {
    let out = desk.path("bad-faith");
    if !out.exists() {
        desk.pack(&super::support::examples().join("04-looked-after.toml"), "bad-faith");
    }
    let bundles = super::support::with_ending(&out, ".zip");
    let bundle = bundles.into_iter().find(|path| text(path).contains(kind)).unwrap();
    let mut files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
    let manifest: handover::bundle::Manifest = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let mut json = serde_json::to_value(&manifest).unwrap();
    change(&mut json, &mut files);
    let manifest: handover::bundle::Manifest = serde_json::from_value(json).unwrap();
    let bytes = manifest.to_bytes().unwrap();
    let signer = Identity::from_pkcs12(&fs::read(desk.path("config/identity-999201.p12")).unwrap(), "").unwrap();
    files.insert("manifest.json.p7s".to_owned(), sign_detached(&signer, &bytes).unwrap());
    files.insert("manifest.json".to_owned(), bytes);
    let zip = handover::bundle::write_archive(&files).unwrap();
    judge(&zip, &Trust::default(), now()).verdict.reason.unwrap().code.as_str()
}

#[test]
fn a_signer_of_bad_faith_gets_nothing_in_either() {
    let desk = Workspace::new();
    assert_eq!(resigned(&desk, "send", |_, _| ()), "K5", "as it was made it is only not confirmed");
    let listed = |path: &str, kind: &str, bytes: &[u8]| {
        let kind = serde_json::from_value(serde_json::json!(kind)).unwrap();
        serde_json::to_value(handover::bundle::Listed::new(path, kind, None, handover::bundle::Spooled::of(bytes)))
            .unwrap()
    };
    // One file listed twice makes room for another that is not listed.
    let twice = resigned(&desk, "send", |manifest, files| {
        let all = manifest["files"].as_array_mut().unwrap();
        all.insert(0, all[0].clone());
        files.insert("Urgent-note.pdf".to_owned(), b"unsigned".to_vec());
    });
    assert_eq!(twice, "I3");
    // A program among the packs.
    let program = resigned(&desk, "send", |manifest, files| {
        manifest["files"].as_array_mut().unwrap().push(listed("setup.exe", "record", b"MZ"));
        files.insert("setup.exe".to_owned(), b"MZ".to_vec());
    });
    assert_eq!(program, "I3");
    // The safeguarding pack in a bundle for everybody, under its own name and under another.
    let kind = resigned(&desk, "safeguarding", |manifest, _| manifest["kind"] = "general".into());
    assert_eq!(kind, "I3");
    let renamed = resigned(&desk, "safeguarding", |manifest, files| {
        manifest["kind"] = "general".into();
        let all = manifest["files"].as_array_mut().unwrap();
        for file in all.iter_mut() {
            let old = file["path"].as_str().unwrap().to_owned();
            let new = old.replace("-safeguarding.", "-general.");
            let bytes = files.remove(&old).unwrap();
            files.insert(new.clone(), bytes);
            file["path"] = new.into();
        }
    });
    assert_eq!(renamed, "I3", "a general bundle has a profile and a pack of each child");
}

#[test]
fn nobody_countersigns_who_was_not_asked_to() {
    let desk = Workspace::new();
    let out = desk.pack(&super::support::examples().join("04-looked-after.toml"), "out");
    let bundle = super::support::with_ending(&out, ".zip").remove(0);
    let mut files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
    let stranger = identity(77, "R. Sample DSL", "999201");
    let name = handover::bundle::Manifest::COUNTERSIGNATURE_PATH;
    files.insert(name.to_owned(), sign_detached(&stranger, &files["manifest.json"]).unwrap());
    let zip = handover::bundle::write_archive(&files).unwrap();
    assert_eq!(judge(&zip, &Trust::default(), now()).verdict.reason.unwrap().code.as_str(), "I6");
}

#[test]
fn what_rests_on_a_revoked_word_is_not_believed() {
    let (old, new) = (identity(1, "Example", "999201"), identity(2, "Example", "999201"));
    let today = "2026-09-01".parse().unwrap();
    let digest = |identity: &Identity| identity.certificate().fingerprint().to_string();
    let entry = format!(
        "[[signer]]\nurn = \"999201\"\nschool = \"Example\"\nrole = \"seal\"\ncertificate_sha256 = \"{}\"\nconfirmed_by = \"X\"\nconfirmed_on = \"2026-07-10\"\nhow = \"telephone\"\n",
        digest(&old)
    );
    let mut trust = Trust::parse(&entry).unwrap();
    trust.renew(old.certificate(), new.certificate(), today).unwrap();
    assert!(trust.find(new.certificate(), None, None, today).unwrap().is_some());
    assert_eq!(trust.revoke(&digest(&old), today, "stolen"), 1);
    assert_eq!(trust.find(new.certificate(), None, None, today).unwrap_err().code.as_str(), "K7");
    let third = identity(3, "Example", "999201");
    assert_eq!(trust.renew(new.certificate(), third.certificate(), today).unwrap_err().code.as_str(), "K7");
    let list = |until: &str| {
        Trust::parse(
            &entry
                .replace("999201", "999")
                .replace("seal", "authority")
                .replace("how =", &format!("valid_until = \"{until}\"\nhow =")),
        )
        .unwrap()
    };
    assert!(list("2026-12-31").authority(&digest(&old), today).is_some());
    assert!(list("2026-08-31").authority(&digest(&old), today).is_none(), "its time is over");
}

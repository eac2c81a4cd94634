//! Identities of other makers: keys and PKCS#12 files from OpenSSL, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{DAY, Workspace, examples, root, text, tool, with_ending, words_in};

/// A certificate and PKCS#12 file from OpenSSL.
fn openssl(desk: &Workspace, name: &str, key: &[&str], usage: &str, export: &[&str]) -> PathBuf {
    let (pem, certificate, p12) =
        (desk.path(&format!("{name}.key")), desk.path(&format!("{name}.pem")), desk.path(&format!("{name}.p12")));
    let mut arguments = vec!["genpkey"];
    arguments.extend(key);
    arguments.extend(["-out", text(&pem)]);
    assert_eq!(tool("openssl", &arguments).code, 0);
    let made = tool(
        "openssl",
        &[
            "req",
            "-x509",
            "-new",
            "-key",
            text(&pem),
            "-out",
            text(&certificate),
            "-days",
            "3650",
            "-sha256",
            "-subj",
            "/C=GB/O=Millbeck Example Junior School/CN=seal",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-addext",
            usage,
        ],
    );
    assert_eq!(made.code, 0, "{}", made.err);
    let mut arguments = vec![
        "pkcs12",
        "-export",
        "-inkey",
        text(&pem),
        "-in",
        text(&certificate),
        "-out",
        text(&p12),
        "-passout",
        "pass:correct horse",
    ];
    arguments.extend(export);
    assert_eq!(tool("openssl", &arguments).code, 0);
    p12
}

const SIGNING: &str = "keyUsage=critical,digitalSignature,nonRepudiation";
const P256: [&str; 4] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

fn pack(desk: &Workspace, p12: &Path, passphrase: &str) -> super::support::Ran {
    let (out, secret) = (desk.path("out"), desk.write("secret", format!("{passphrase}\n")));
    // OpenSSL's certificates begin now, so the packs cannot be dated before.
    let record = examples().join("01-nothing-to-worry.toml");
    desk.run(&[
        "pack",
        text(&record),
        "--out",
        text(&out),
        "--force",
        "--identity",
        text(p12),
        "--passphrase-file",
        text(&secret),
        "--no-encrypt",
    ])
}

#[test]
fn keys_of_every_supported_kind_seal_packs_that_others_accept() {
    let kinds: [(&str, &[&str]); 5] = [
        ("p256", &P256),
        ("p384", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
        ("rsa2048", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
        ("rsa3072", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"]),
        ("rsa4096", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"]),
    ];
    for (name, key) in kinds {
        let desk = Workspace::new();
        let p12 = openssl(&desk, name, key, SIGNING, &[]);
        let run = pack(&desk, &p12, "correct horse");
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let out = desk.path("out");
        let verdict = desk.run(&["verify", text(&out), "--format", "concise"]);
        assert!(verdict.out.lines().all(|line| line.contains("cannot tell yet")), "{name}: {}", verdict.out);
        let pdf = with_ending(&out, "-general.pdf").remove(0);
        let seen = tool("pdfsig", &["-nocert", text(&pdf)]).out;
        assert!(seen.contains("Signature is Valid") && seen.contains("Total document signed"), "{name}: {seen}");
        let certificate = desk.path(&format!("{name}.pem"));
        let judged =
            tool("pyhanko", &["sign", "validate", "--trust", text(&certificate), "--pretty-print", text(&pdf)]);
        assert!(judged.out.contains("The signature is judged VALID"), "{name}: {}{}", judged.out, judged.err);
        assert_eq!(tool("qpdf", &["--check", text(&pdf)]).code, 0, "{name}");
        let bundle = fs::read(with_ending(&out, ".zip").remove(0)).unwrap();
        let files = handover::bundle::read_archive(&bundle).unwrap();
        let manifest = desk.write("manifest.json", &files["manifest.json"]);
        let signature = desk.write("manifest.json.p7s", &files["manifest.json.p7s"]);
        let verify = ["cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"];
        let of = ["-in", text(&signature), "-content", text(&manifest), "-CAfile", text(&certificate)];
        let run = tool("openssl", &[&verify[..], &of].concat());
        assert_eq!(run.code, 0, "{name}: {}", run.err);
    }
}

/// What Windows writes beside a key.
const CSP: &str = "Microsoft Software Key Storage Provider";

#[test]
fn what_other_programs_export_is_opened_or_its_form_is_named() {
    let desk = Workspace::new();
    let secret = desk.write("secret", "correct horse\n");
    for file in with_ending(&root().join("tests/it/keys"), ".p12") {
        let shown = desk.run(&["identity", "show", text(&file), "--passphrase-file", text(&secret)]);
        if text(&file).ends_with("thunderbird.p12") {
            assert!(shown.code == 3 && shown.err.contains("Thunderbird"), "{}", shown.err);
            continue;
        }
        assert!(shown.code == 0 && shown.out.contains("Millbeck Example Junior School"), "{}", shown.err);
        let out = desk.path(file.file_name().unwrap().to_str().unwrap());
        let record = examples().join("01-nothing-to-worry.toml");
        let identity = ["--identity", text(&file), "--passphrase-file", text(&secret), "--no-encrypt"];
        let run = desk.run(&[&["pack", text(&record), "--out", text(&out), "--as-of", DAY], &identity[..]].concat());
        assert_eq!(run.code, 0, "{}: {}", file.display(), run.err);
        let pdf = with_ending(&out, "-general.pdf").remove(0);
        let seen = tool("pdfsig", &["-nocert", text(&pdf)]).out;
        assert!(seen.contains("Signature is Valid"), "{}: {seen}", file.display());
    }
}

#[test]
fn older_and_newer_pkcs12_files_open() {
    let exports: [(&str, &[&str]); 5] = [
        // The attributes and algorithms that Windows' export wizard writes, in both of its settings.
        ("windows-aes", &["-CSP", CSP, "-LMK", "-name", "te-1f", "-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC"]),
        (
            "windows-3des",
            &["-CSP", CSP, "-LMK", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
        ),
        ("modern", &[]),
        ("legacy", &["-legacy"]),
        ("triple-des", &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"]),
    ];
    for (name, export) in exports {
        let desk = Workspace::new();
        let p12 = openssl(&desk, name, &P256, SIGNING, export);
        let secret = desk.write("secret", "correct horse\n");
        let shown = desk.run(&["identity", "show", text(&p12), "--passphrase-file", text(&secret)]);
        assert_eq!(shown.code, 0, "{name}: {}", shown.err);
        assert!(shown.out.contains("Millbeck Example Junior School"), "{}", shown.out);
    }
}

#[test]
fn what_cannot_be_used_is_named() {
    let desk = Workspace::new();
    let good = openssl(&desk, "good", &P256, SIGNING, &[]);
    let cases = [
        (pack(&desk, &good, "wrong"), "the passphrase does not open"),
        (
            pack(&desk, &openssl(&desk, "tls", &P256, "keyUsage=critical,keyEncipherment", &[]), "correct horse"),
            "not meant for signatures",
        ),
        (
            pack(
                &desk,
                &openssl(&desk, "small", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], SIGNING, &[]),
                "correct horse",
            ),
            "2048 to 4096 bits",
        ),
        (pack(&desk, &desk.write("not.p12", "hello"), "correct horse"), "neither PKCS#12"),
    ];
    for (run, words) in cases {
        assert_eq!(run.code, 3, "{words}: {}", run.err);
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    assert!(!desk.path("out").exists());
    // A certificate that was not valid on the day.
    let record = examples().join("01-nothing-to-worry.toml");
    let secret = desk.write("secret", "correct horse");
    let early = desk.run(&[
        "pack",
        text(&record),
        "--out",
        text(&desk.path("out")),
        "--as-of",
        DAY,
        "--identity",
        text(&good),
        "--passphrase-file",
        text(&secret),
    ]);
    assert_eq!(early.code, 2);
    assert!(early.err.contains("valid from"), "{}", early.err);
}

#[test]
fn a_passphrase_is_never_an_argument_and_never_shown() {
    let desk = Workspace::new();
    let p12 = openssl(&desk, "good", &P256, SIGNING, &[]);
    let mut command = desk.command(&["identity", "show", text(&p12)]);
    let output = super::support::ran(command.env("HANDOVER_PASSPHRASE", "correct horse").output().unwrap());
    assert_eq!(output.code, 0, "{}", output.err);
    assert!(!output.out.contains("correct horse") && !output.err.contains("correct horse"));
    assert_eq!(desk.run(&["identity", "show", text(&p12), "--passphrase", "correct horse"]).code, 2);
    assert_eq!(desk.run(&["identity", "show", text(&p12)]).code, 2, "nobody is there to type it");
    let bytes = fs::read(&p12).unwrap();
    let identity = handover::sign::Identity::from_pkcs12(&bytes, "correct horse").unwrap();
    assert!(!format!("{identity:?}").contains("key"), "{identity:?}");
}

#[test]
fn the_identity_of_another_school_is_refused() {
    let desk = Workspace::new();
    let p12 = desk.identity("other.p12", "Elsewhere School", "999777", "2026-07-01");
    let record = examples().join("01-nothing-to-worry.toml");
    let run =
        desk.run(&["pack", text(&record), "--out", text(&desk.path("out")), "--as-of", DAY, "--identity", text(&p12)]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("belongs to the school with URN 999777"), "{}", run.err);
}

#[test]
fn a_key_in_pem_signs_with_its_certificate_and_says_what_is_wrong() {
    let desk = Workspace::new();
    let p12 = openssl(&desk, "good", &P256, SIGNING, &[]);
    let pass = ["-passin", "pass:correct horse"];
    let out = |name: &str, more: &[&str]| {
        let path = desk.path(name);
        let made = tool("openssl", &[&["pkcs12", "-in", text(&p12), "-out", text(&path)][..], &pass, more].concat());
        assert_eq!(made.code, 0, "{}", made.err);
        fs::read_to_string(path).unwrap()
    };
    let certificate = out("certificate.pem", &["-nokeys"]);
    let plain = desk.write("plain.pem", out("key.pem", &["-nocerts", "-nodes"]) + &certificate);
    let locked = desk.write(
        "locked.pem",
        certificate.clone() + &out("locked-key.pem", &["-nocerts", "-passout", "pass:correct horse"]),
    );
    for pem in [&plain, &locked] {
        let run = desk.run(&[
            "identity",
            "show",
            text(pem),
            "--passphrase-file",
            text(&desk.write("secret", "correct horse")),
        ]);
        assert!(run.code == 0 && run.out.contains("Millbeck Example Junior School"), "{}", run.err);
    }
    let shown = |file: &Path, passphrase: &str| {
        desk.run(&["identity", "show", text(file), "--passphrase-file", text(&desk.write("secret", passphrase))]).err
    };
    assert!(shown(&locked, "wrong").contains("passphrase does not open"));
    let other = openssl(&desk, "other", &P256, SIGNING, &[]);
    let other_key = desk.path("other-key.pem");
    let taken = ["pkcs12", "-in", text(&other), "-nocerts", "-nodes", "-out", text(&other_key)];
    assert_eq!(tool("openssl", &[&taken[..], &pass].concat()).code, 0);
    let mixed = desk.write("mixed.pem", fs::read_to_string(&other_key).unwrap() + &certificate);
    assert!(shown(&mixed, "").contains("does not fit the certificate"));
    let old = desk.path("old.pem");
    assert_eq!(tool("openssl", &["ec", "-in", text(&other_key), "-out", text(&old)]).code, 0);
    let old = desk.write("old-form.pem", fs::read_to_string(old).unwrap() + &certificate);
    assert!(shown(&old, "").contains("PKCS#8"));
}

#[test]
fn a_renewed_key_is_believed_because_the_old_one_signed_it() {
    let sender = Workspace::new();
    let record = examples().join("04-looked-after.toml");
    let out = sender.pack(&record, "out");
    let old = sender.path("config/identity-999201.p12");
    let shown = sender.run(&["identity", "show"]).out;
    let new = sender.path("new.p12");
    let run =
        sender.run(&["identity", "renew", text(&old), "--out", text(&new), "--no-passphrase", "--as-of", "2026-07-12"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let again = sender.path("again");
    let arguments = ["pack", text(&record), "--out", text(&again), "--identity", text(&new), "--no-encrypt"];
    assert_eq!(sender.run(&[&arguments[..], &["--as-of", "2026-07-13"]].concat()).code, 0);
    let bundle = |folder: &Path| with_ending(folder, ".zip").remove(0);

    let receiver = Workspace::new();
    let announced = sender.path("new.renewal.pem");
    let renew = || receiver.run(&["trust", "renew", text(&announced), "--as-of", "2026-07-14"]);
    assert_eq!(renew().code, 4, "nobody has confirmed the old one");
    let words = words_in(&shown);
    let first = bundle(&out);
    let add = ["trust", "add", text(&first), "--by", "P. N.", "--how", "telephone", "--as-of", DAY, "--words", &words];
    assert_eq!(receiver.run(&add).code, 0);
    let judged = || receiver.run(&["verify", text(&bundle(&again)), "--as-of", "2026-09-01"]);
    assert!(judged().code == 4 && judged().out.contains("[K6]"), "a changed key is a hard stop: {}", judged().out);
    let run = renew();
    assert_eq!((run.code, judged().code), (0, 0), "{}", run.err);
    assert_eq!(receiver.run(&["verify", text(&bundle(&out)), "--as-of", "2026-09-01"]).code, 0, "the old one still is");
    assert_eq!(renew().code, 4, "it is there already");

    // Somebody else's certificate, announced with somebody else's key.
    let thief = Workspace::new();
    let own = thief.identity("own.p12", "Millbeck Example Junior School", "999201", DAY);
    let forged = thief.path("forged.p12");
    let run = thief.run(&["identity", "renew", text(&own), "--out", text(&forged), "--no-passphrase", "--as-of", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = receiver.run(&["trust", "renew", text(&thief.path("forged.renewal.pem")), "--as-of", "2026-07-14"]);
    assert!(run.code == 4 && run.err.contains("[K5]"), "{}", run.err);
}

#[test]
fn a_person_signs_the_manifest_beside_the_school() {
    let desk = Workspace::new();
    let person = openssl(&desk, "person", &P256, SIGNING, &[]);
    let secret = desk.write("secret", "correct horse");
    let record = examples().join("01-nothing-to-worry.toml");
    let out = desk.path("out");
    let arguments = ["pack", text(&record), "--out", text(&out), "--no-encrypt", "--countersign", text(&person)];
    let run = desk.run(&[&arguments[..], &["--countersign-passphrase-file", text(&secret)]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let bundle = with_ending(&out, ".zip").remove(0);
    let judged = desk.run(&["verify", text(&bundle)]);
    assert!(
        judged.out.contains("Signed by a person too") && judged.out.contains("not confirmed by you"),
        "{}",
        judged.out
    );
    let files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
    let name = handover::bundle::Manifest::COUNTERSIGNATURE_PATH;
    let with = |signature: &[u8]| {
        let mut files = files.clone();
        files.insert(name.to_owned(), signature.to_vec());
        let forged = desk.write("forged.zip", handover::bundle::write_archive(&files).unwrap());
        desk.run(&["verify", text(&forged)]).out
    };
    assert!(with(&files["manifest.json.p7s"]).contains("[I10]"), "the school's own signature is nobody else's");
    let mut damaged = files[name].clone();
    let last = damaged.len() - 3;
    damaged[last] ^= 1;
    assert!(with(&damaged).contains("NOT GENUINE"));
}

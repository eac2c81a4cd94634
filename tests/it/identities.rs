//! Identities of other makers: keys and PKCS#12 files from OpenSSL, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{DAY, Desk, examples, text, tool, with_ending};

/// A certificate and PKCS#12 file from OpenSSL.
fn openssl(desk: &Desk, name: &str, key: &[&str], usage: &str, export: &[&str]) -> PathBuf {
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

fn pack(desk: &Desk, p12: &Path, passphrase: &str) -> super::support::Ran {
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
    ])
}

#[test]
fn keys_of_every_supported_kind_seal_packs_that_others_accept() {
    let kinds: [(&str, &[&str]); 4] = [
        ("p256", &P256),
        ("p384", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
        ("rsa2048", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
        ("rsa3072", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"]),
    ];
    for (name, key) in kinds {
        let desk = Desk::new();
        let p12 = openssl(&desk, name, key, SIGNING, &[]);
        let run = pack(&desk, &p12, "correct horse");
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let out = desk.path("out");
        let verdict = desk.run(&["verify", text(&out), "--format", "concise"]);
        assert!(verdict.out.lines().all(|line| line.contains("cannot tell yet")), "{name}: {}", verdict.out);
        let pdf = with_ending(&out, "-general.pdf").remove(0);
        let seen = tool("pdfsig", &["-nocert", text(&pdf)]).out;
        assert!(seen.contains("Signature is Valid") && seen.contains("Total document signed"), "{name}: {seen}");
    }
}

#[test]
fn older_and_newer_pkcs12_files_open() {
    let exports: [(&str, &[&str]); 3] = [
        ("modern", &[]),
        ("legacy", &["-legacy"]),
        ("triple-des", &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"]),
    ];
    for (name, export) in exports {
        let desk = Desk::new();
        let p12 = openssl(&desk, name, &P256, SIGNING, export);
        let secret = desk.write("secret", "correct horse\n");
        let shown = desk.run(&["identity", "show", text(&p12), "--passphrase-file", text(&secret)]);
        assert_eq!(shown.code, 0, "{name}: {}", shown.err);
        assert!(shown.out.contains("Millbeck Example Junior School"), "{}", shown.out);
    }
}

#[test]
fn what_cannot_be_used_is_named() {
    let desk = Desk::new();
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
        (pack(&desk, &desk.write("not.p12", "hello"), "correct horse"), "not PKCS#12"),
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
    let desk = Desk::new();
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
    let desk = Desk::new();
    let p12 = desk.path("other.p12");
    desk.run(&[
        "identity",
        "new",
        "--school",
        "Elsewhere School",
        "--urn",
        "999777",
        "--out",
        text(&p12),
        "--no-passphrase",
        "--as-of",
        "2026-07-01",
    ]);
    let record = examples().join("01-nothing-to-worry.toml");
    let run =
        desk.run(&["pack", text(&record), "--out", text(&desk.path("out")), "--as-of", DAY, "--identity", text(&p12)]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("belongs to the school with URN 999777"), "{}", run.err);
}

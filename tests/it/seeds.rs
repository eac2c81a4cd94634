//! Replays the seeds of the fuzz targets, and what was found with them, by the same code.
//!
//! `HANDOVER_WRITE_EXPECTED=1` writes the seeds anew that are made from our own good files.

use std::fs;
use std::path::PathBuf;

use handover::bundle::{Passphrase, lock, lock_to_age, unlock, unlock_with_age};
use handover::sign::sign_detached;

use super::entries::{self, CONTENT, KEY, RECIPIENT, WORDS};
use super::support::{Workspace, example_files, examples, root, text, with_ending};

/// A target and what it does.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 12] = [
    ("record", entries::record),
    ("policy", entries::policy),
    ("school", entries::school),
    ("import", entries::import),
    ("fix", entries::fix),
    ("manifest", entries::manifest),
    ("archive", entries::archive),
    ("envelope", entries::envelope),
    ("pdf", entries::pdf),
    ("signature", entries::signature),
    ("identity", entries::identity),
    ("trust", entries::trust),
];

fn seeds(target: &str) -> Vec<PathBuf> {
    with_ending(&root().join("tests/fuzz/seeds").join(target), "")
}

#[test]
fn every_seed_is_replayed() {
    if std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED") {
        write_seeds();
    }
    for (name, target) in TARGETS {
        let found = seeds(name);
        assert!(!found.is_empty(), "{name} has no seed");
        for seed in found {
            let bytes = fs::read(&seed).unwrap();
            target(&bytes);
            // And cut short or with a byte changed, here and there.
            let step = (bytes.len() / 64).max(1);
            for at in (0..bytes.len()).step_by(step) {
                target(&bytes[..at]);
                let mut changed = bytes.clone();
                changed[at] ^= 0x41;
                target(&changed);
            }
        }
    }
    // What a fuzzer begins with has to get past the first look.
    let good = |name: &str| fs::read(root().join("tests/fuzz/seeds/envelope").join(name)).unwrap();
    assert!(unlock(&good("small.zip"), &Passphrase::typed(WORDS)).is_ok());
    assert!(unlock_with_age(&good("small.age"), KEY).is_ok());
    let declared = fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).unwrap();
    assert_eq!(declared.matches("[[bin]]").count(), TARGETS.len());
}

fn write_seeds() {
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = root().join("tests/fuzz/seeds").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    };
    for file in example_files() {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&file).unwrap();
        // One whole record is enough for both; more only slow the fuzzer down.
        if name.starts_with("03") {
            write("record", &name, &bytes);
            write("fix", &name, String::from_utf8(bytes).unwrap().replace('"', "\u{201c}").as_bytes());
        }
    }
    let policy = "[early_help]\nname = \"Family Help\"\nthreshold = 90\n\n[severity]\nTP-04 = \"info\"\n\n[calendar]\nterms = [{ from = 2026-04-13, to = 2026-05-22 }]\nclosed = [2026-05-04]\n";
    write("policy", "policy.toml", policy.as_bytes());
    let desk = Workspace::new();
    let out = desk.pack(&examples().join("04-looked-after.toml"), "out");
    let bundle = with_ending(&out, ".zip").into_iter().find(|path| text(path).contains("-send-")).unwrap();
    let files = handover::bundle::read_archive(&fs::read(&bundle).unwrap()).unwrap();
    write("manifest", "manifest.json", &files["manifest.json"]);
    let few = files.into_iter().filter(|(name, _)| !name.ends_with(".pdf")).collect();
    let small = handover::bundle::write_archive(&few).unwrap();
    write("archive", "small.zip", &small);
    write("envelope", "small.zip", &lock(&small, &Passphrase::typed(WORDS)).unwrap());
    write("envelope", "small.age", &lock_to_age(&small, RECIPIENT).unwrap());
    write("pdf", "letter.pdf", &fs::read(with_ending(&out, "COVER-LETTER.pdf").remove(0)).unwrap());
    write("pdf", "profile.pdf", &fs::read(with_ending(&out, "-profile.pdf").remove(0)).unwrap());
    let p12 = fs::read(desk.path("config/identity-999201.p12")).unwrap();
    write("identity", "identity.p12", &p12);
    let identity = handover::sign::Identity::from_pkcs12(&p12, "").unwrap();
    write("signature", "signature.p7s", &sign_detached(&identity, CONTENT).unwrap());
    write("trust", "trust.toml", TRUST.as_bytes());
}

const TRUST: &str = "[us]\nurn = \"999401\"\nlaestab = \"9994001\"\n\n[[signer]]\nurn = \"999201\"\nschool = \"Millbeck Example Junior School\"\nrole = \"seal\"\ncertificate_sha256 = \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\nconfirmed_by = \"R. Sample\"\nconfirmed_on = \"2026-07-10\"\nhow = \"telephone\"\nvalid_until = \"2028-07-10\"\n";

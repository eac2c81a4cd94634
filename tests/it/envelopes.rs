//! Bundles on their way: encrypted so that others' tools open them with the right words and with no others, opened only
//! if they are genuine and meant for this school; and whom a receiving school believes.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{DAY, Ran, Workspace, examples, packed, text, tool, tree, with_ending, words_in};

/// The bundles of one example, encrypted, each with what the program said about it.
fn encrypted(desk: &Workspace, more: &[&str]) -> Vec<(PathBuf, String)> {
    let record = examples().join("04-looked-after.toml");
    let out = desk.path("encrypted");
    let run = desk.run(&[&["pack", text(&record), "--out", text(&out), "--as-of", DAY], more].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let told: Vec<&str> = run.out.split(text(&out)).skip(1).collect();
    let files = told.iter().map(|about| (out.join(about.lines().next().unwrap().trim_start_matches('/')), about));
    files.map(|(path, about)| (path, (*about).to_owned())).collect()
}

fn passphrase(about: &str) -> String {
    about.lines().find_map(|line| line.trim().strip_prefix("passphrase: ")).unwrap().to_owned()
}

fn trusted(desk: &Workspace, bundle: &Path, words: &Path) {
    let shown = desk.run(&["identity", "show"]);
    let fingerprint = words_in(&shown.out);
    let run = desk.run(&[
        "trust",
        "add",
        text(bundle),
        "--by",
        "Priya Nandakumar, DSL",
        "--how",
        "telephone",
        "--words",
        &fingerprint,
        "--bundle-passphrase-file",
        text(words),
        "--as-of",
        DAY,
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
}

fn open(desk: &Workspace, bundle: &Path, into: &str, more: &[&str]) -> Ran {
    let into = desk.path(into);
    desk.run(&[&["open", text(bundle), "--into", text(&into), "--as-of", "2026-09-01"], more].concat())
}

#[test]
fn bundles_travel_encrypted_and_others_open_them_with_the_words() {
    let desk = Workspace::new();
    let bundles = encrypted(&desk, &[]);
    assert_eq!(bundles.len(), 3);
    let words: Vec<String> = bundles.iter().map(|(_, about)| passphrase(about)).collect();
    assert!(words.iter().all(|words| words.split(' ').count() >= 6));
    assert!(words[0] != words[1] && words[1] != words[2], "one for each circle of readers");
    for ((bundle, about), words) in bundles.iter().zip(&words) {
        let name = bundle.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("handover-") && !name.contains("999") && !name.contains("safeguarding"), "{name}");
        assert!(about.contains("Harbour Example School"), "{about}");
        let bytes = fs::read(bundle).unwrap();
        for telling in [&b"Reuben"[..], b"Millbeck", b"Harbour", b"9994002", b"safeguarding", b"%PDF", b"manifest"] {
            assert!(!bytes.windows(telling.len()).any(|part| part == telling), "{name} tells");
        }
        let listed = tool("7z", &["l", "-slt", text(bundle)]).out;
        assert!(listed.contains("Path = bundle.zip") && listed.contains("AES-256"), "{listed}");
        let folder = desk.path(&format!("7z-{name}"));
        let with = |words: &str| {
            tool("7z", &["x", "-y", &format!("-p{words}"), &format!("-o{}", text(&folder)), text(bundle)])
        };
        assert_ne!(with("seven other words that do not fit").code, 0);
        assert_eq!(with(words).code, 0);
        assert!(tool("7z", &["l", text(&folder.join("bundle.zip"))]).out.contains("START-HERE.html"));
    }
    // Nothing keeps the words.
    let kept = tree(&desk.path("encrypted")).into_iter().chain(tree(&desk.path("config")));
    for (name, bytes) in kept {
        for words in &words {
            assert!(!bytes.windows(words.len()).any(|part| part == words.as_bytes()), "{name}");
        }
    }
}

#[test]
fn a_bundle_is_opened_only_if_it_is_genuine_and_ours() {
    let desk = Workspace::new();
    let (bundle, about) = encrypted(&desk, &[]).pop().unwrap();
    let words = desk.write("words", passphrase(&about).to_uppercase().replace(' ', "-"));
    let with = ["--bundle-passphrase-file", text(&words)];
    let wrong = desk.write("wrong", "oak river lamp stone bread wheel glass\n");
    let run = open(&desk, &bundle, "a", &["--bundle-passphrase-file", text(&wrong)]);
    assert!(run.code == 4 && tree(&desk.path("a")).is_empty(), "{}", run.err);
    assert_eq!(open(&desk, &bundle, "a", &[]).code, 2, "nobody is there to type the words");
    let run = open(&desk, &bundle, "a", &with);
    assert!(run.code == 4 && run.err.contains("CANNOT TELL YET") && tree(&desk.path("a")).is_empty(), "{}", run.err);

    let run = open(&desk, &bundle, "unconfirmed", &[&with[..], &["--unconfirmed"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let warning = with_ending(&desk.path("unconfirmed"), "UNCONFIRMED.txt").remove(0);
    assert!(fs::read_to_string(&warning).unwrap().contains("CANNOT TELL YET"));
    // What was opened is judged whole, with its warning; not with another text in the warning's place.
    let again = || desk.run(&["verify", text(&desk.path("unconfirmed")), "--rerender", "--as-of", "2026-09-01"]);
    assert!(again().out.contains("typeset again byte for byte"), "{}", again().out);
    assert!(again().code == 4 && again().out.matches("CANNOT TELL YET").count() == 1, "{}", again().out);
    fs::write(&warning, "All is well.").unwrap();
    assert!(again().out.contains("[I6]"), "{}", again().out);

    trusted(&desk, &bundle, &words);
    let run = open(&desk, &bundle, "b", &with);
    assert!(run.code == 0 && run.err.contains("handover trust us"), "{}{}", run.out, run.err);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = fs::read_dir(desk.path("b")).unwrap().next().unwrap().unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700, "nobody else may look into it");
    }
    let files = tree(&desk.path("b"));
    assert!(files.keys().all(|name| name.starts_with("safeguarding-999201-")), "{:?}", files.keys());
    assert!(files.keys().any(|name| name.ends_with("-safeguarding.pdf")));
    #[cfg(unix)]
    for name in files.keys() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(desk.path("b").join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    assert_eq!(open(&desk, &bundle, "b", &with).code, 3, "what is there is not overwritten");
    assert_eq!(tree(&desk.path("b")), files);

    assert_eq!(desk.run(&["trust", "us", "--urn", "999402", "--laestab", "9994002"]).code, 0);
    assert_eq!(open(&desk, &bundle, "c", &with).code, 0);
    assert_eq!(desk.run(&["trust", "us", "--urn", "999401", "--laestab", "9994001"]).code, 0);
    let run = open(&desk, &bundle, "d", &with);
    assert!(run.code == 4 && run.err.contains("NOT FOR YOUR SCHOOL") && run.err.contains("[I9]"), "{}", run.err);
    assert!(tree(&desk.path("d")).is_empty());
}

#[test]
fn a_damaged_envelope_opens_into_nothing() {
    let desk = Workspace::new();
    let (bundle, about) = encrypted(&desk, &[]).remove(1);
    let words = desk.write("words", passphrase(&about));
    let good = fs::read(&bundle).unwrap();
    for at in (0..good.len()).step_by(good.len() / 60) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        let run = open(
            &desk,
            &desk.write("damaged.zip", bytes),
            "into",
            &["--unconfirmed", "--bundle-passphrase-file", text(&words)],
        );
        assert!(run.code == 4 && tree(&desk.path("into")).is_empty(), "byte {at}: {}", run.err);
    }
}

#[test]
fn an_age_key_of_the_receiving_school_opens_its_bundle() {
    let desk = Workspace::new();
    let key = desk.path("key.txt");
    assert_eq!(tool("age-keygen", &["-o", text(&key)]).code, 0);
    let recipient = tool("age-keygen", &["-y", text(&key)]).out.trim().to_owned();
    let bundles = encrypted(&desk, &["--to-age", &recipient]);
    let (bundle, about) = &bundles[0];
    assert!(text(bundle).ends_with(".age") && !about.contains("passphrase:"), "{about}");
    let plain = desk.path("plain.zip");
    assert_eq!(tool("age", &["-d", "-i", text(&key), "-o", text(&plain), text(bundle)]).code, 0);
    assert_eq!(desk.run(&["verify", text(&plain), "--as-of", "2026-09-01"]).code, 4, "not confirmed yet");
    let run = open(&desk, bundle, "into", &["--unconfirmed", "--age-identity", text(&key)]);
    assert_eq!(run.code, 0, "{}", run.err);
    let other = desk.path("other.txt");
    assert_eq!(tool("age-keygen", &["-o", text(&other)]).code, 0);
    assert_eq!(open(&desk, bundle, "no", &["--unconfirmed", "--age-identity", text(&other)]).code, 4);
    let run =
        desk.run(&["pack", "examples/records", "--out", text(&desk.path("x")), "--to-age", "age1x", "--as-of", DAY]);
    assert!(run.code == 2 && tree(&desk.path("x")).is_empty(), "{}", run.err);
}

#[test]
fn without_encryption_the_safeguarding_bundle_is_warned_about() {
    let desk = Workspace::new();
    let run = desk.run(&[
        "pack",
        text(&examples().join("04-looked-after.toml")),
        "--out",
        text(&desk.path("out")),
        "--as-of",
        DAY,
        "--no-encrypt",
    ]);
    assert!(run.code == 0 && run.err.contains("safeguarding bundle is not encrypted"), "{}", run.err);
}

/// What an identity is called by: its digest and its words.
fn digest_and_words(described: &str) -> (String, String) {
    let digest = described.split("Fingerprint").nth(1).unwrap().split_whitespace().next().unwrap();
    (digest.to_owned(), words_in(described))
}

#[test]
fn a_list_of_an_authority_is_believed_if_the_authority_is() {
    let (sender, out) = packed();
    let bundle = with_ending(out, ".zip").into_iter().find(|path| text(path).contains("9994001-send")).unwrap();
    let (digest, _) = digest_and_words(&sender.run(&["identity", "show"]).out);
    let authority = Workspace::new();
    let p12 = authority.identity("la.p12", "Exampleshire Council", "999000", "2026-07-01");
    let list = authority.write(
        "schools.toml",
        format!(
            "[[signer]]\nurn = \"999201\"\nschool = \"Millbeck Example Junior School\"\nrole = \"seal\"\n\
             certificate_sha256 = \"{digest}\"\nconfirmed_by = \"A. Officer\"\nconfirmed_on = \"2026-07-11\"\n\
             how = \"in person\"\n"
        ),
    );
    let signed = authority.run(&["trust", "sign", text(&list), "--identity", text(&p12)]);
    assert_eq!(signed.code, 0, "{}", signed.err);
    let (of_authority, words) = digest_and_words(&signed.out);
    let certificate = authority.write("la.pem", authority.run(&["identity", "show", text(&p12), "--pem"]).out);

    let receiver = Workspace::new();
    let import = || receiver.run(&["trust", "import", text(&list), "--signed-by", &of_authority[..16]]).code;
    assert_eq!(import(), 4, "nobody has confirmed the authority");
    let add =
        ["trust", "add", text(&certificate), "--role", "authority", "--by", "P. Nandakumar", "--how", "telephone"];
    assert_eq!(receiver.run(&[&add[..], &["--words", &words, "--as-of", DAY]].concat()).code, 0);
    let judged = || receiver.run(&["verify", text(&bundle), "--as-of", "2026-09-01"]);
    assert_eq!((judged().code, import(), judged().code), (4, 0, 0), "{}", judged().out);

    fs::write(&list, fs::read_to_string(&list).unwrap().replace("in person", "by letter")).unwrap();
    assert_eq!(import(), 4, "the list was changed after it was signed");

    let revoked = receiver.run(&["trust", "revoke", &digest[..12], "--why", "laptop stolen", "--as-of", "2026-08-01"]);
    assert_eq!(revoked.code, 0, "{}", revoked.err);
    assert!(judged().code == 4 && judged().out.contains("[K7]"), "{}", judged().out);
}

#[test]
fn a_role_signs_only_for_its_readers() {
    let (sender, out) = packed();
    let shown = sender.run(&["identity", "show"]);
    let words = words_in(&shown.out);
    let bundle = |kind: &str| {
        with_ending(out, ".zip").into_iter().find(|path| text(path).contains(&format!("9994001-{kind}"))).unwrap()
    };
    let receiver = Workspace::new();
    let added = receiver.run(&[
        "trust",
        "add",
        text(&bundle("send")),
        "--role",
        "dsl",
        "--by",
        "P. Nandakumar",
        "--how",
        "telephone",
        "--words",
        &words,
        "--as-of",
        DAY,
        "--until",
        "2026-12-31",
    ]);
    assert_eq!(added.code, 0, "{}", added.err);
    let judged = |kind: &str, day: &str| receiver.run(&["verify", text(&bundle(kind)), "--as-of", day]);
    assert_eq!(judged("safeguarding", "2026-09-01").code, 0);
    let senco = judged("send", "2026-09-01");
    assert!(senco.code == 4 && senco.out.contains("[K9]"), "{}", senco.out);
    let late = judged("safeguarding", "2027-01-01");
    assert!(late.code == 4 && late.out.contains("[K10]"), "{}", late.out);
    let pack = with_ending(out, "-safeguarding.pdf").remove(0);
    assert_eq!(receiver.run(&["verify", text(&pack), "--as-of", "2026-09-01"]).code, 0);
    let profile = with_ending(out, "-profile.pdf").remove(0);
    assert_eq!(receiver.run(&["verify", text(&profile), "--as-of", "2026-09-01"]).code, 4);
}

/// Whoever copies the words from what came with the bundle has confirmed nothing.
#[test]
fn the_words_that_are_asked_for_stand_nowhere_in_a_bundle() {
    let (desk, out) = packed();
    let words = words_in(&desk.run(&["identity", "show"]).out);
    let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    assert_eq!(words.len(), 12);
    let page = |pdf: &Path| tool("pdftotext", &[text(pdf), "-"]).out;
    let mut pages: Vec<String> = with_ending(out, ".pdf").iter().map(|pdf| page(pdf)).collect();
    for bundle in with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
        pages.extend(files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    }
    for page in &pages {
        let page = page.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        // One of them may stand in a sentence by chance, not two in their order.
        assert!(!page.windows(2).any(|two| words.windows(2).any(|pair| pair == two)));
    }
}

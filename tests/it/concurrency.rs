//! Several runs at once, runs that are stopped, and folders in which odd things lie: nobody's work is lost.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use handover::verify::Trust;

use super::support::{DAY, Ran, Workspace, examples, first_example, ran, text, tool, tree, with_ending, words_in};

fn started(desk: &Workspace, arguments: &[&str]) -> Child {
    desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(child: Child) -> Ran {
    ran(child.wait_with_output().unwrap())
}

/// Certificates of so many schools, with the words that confirm each.
fn schools(desk: &Workspace, count: usize) -> Vec<(String, String)> {
    let school = |number: usize| {
        let urn = format!("999{number:03}");
        let file = desk.identity(&format!("{urn}.p12"), &format!("Example School {number}"), &urn, DAY);
        let pem = desk.write(&format!("{urn}.pem"), desk.run(&["identity", "show", text(&file), "--pem"]).out);
        let words = words_in(&desk.run(&["identity", "show", text(&file)]).out);
        (text(&pem).to_owned(), words)
    };
    (0..count).map(school).collect()
}

fn adding<'a>(pem: &'a str, words: &'a str) -> Vec<&'a str> {
    vec!["trust", "add", pem, "--by", "T. Pattern", "--how", "telephone", "--words", words, "--as-of", DAY]
}

fn trust(desk: &Workspace) -> Trust {
    Trust::parse(&fs::read_to_string(desk.path("config/trust.toml")).unwrap()).unwrap()
}

#[test]
fn twenty_who_confirm_at_once_leave_twenty_entries_and_no_revocation_is_lost() {
    let desk = Workspace::new();
    let schools = schools(&desk, 24);
    let (first, rest) = schools.split_at(4);
    for (pem, words) in first {
        assert_eq!(desk.run(&adding(pem, words)).code, 0);
    }
    let known: Vec<String> = trust(&desk).signers.iter().map(|signer| signer.certificate_sha256.clone()).collect();
    let mut runs: Vec<Child> = rest.iter().map(|(pem, words)| started(&desk, &adding(pem, words))).collect();
    runs.extend(
        known.iter().map(|digest| started(&desk, &["trust", "revoke", digest, "--why", "stolen", "--as-of", DAY])),
    );
    for run in runs.into_iter().map(ended) {
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let trust = trust(&desk);
    assert_eq!(trust.signers.len(), 24);
    assert!(known.iter().all(|digest| trust.is_revoked(digest)), "every revocation stays");
}

#[test]
fn several_who_sign_at_once_have_all_signed() {
    let desk = Workspace::new();
    let record = desk.write("one.toml", first_example());
    let names: Vec<String> = (0..8).map(|number| format!("Pat Example {number}")).collect();
    let sign =
        |name: &String| started(&desk, &["sign-off", text(&record), "--role", "other", "--name", name, "--as-of", DAY]);
    let runs: Vec<Child> = names.iter().map(sign).collect();
    runs.into_iter().map(ended).for_each(|run| assert_eq!(run.code, 0, "{}", run.err));
    let text = fs::read_to_string(&record).unwrap();
    assert!(names.iter().all(|name| text.contains(&format!("name = \"{name}\""))), "{text}");
    let validated = desk.run(&["validate", super::support::text(&record), "--as-of", DAY, "--format", "concise"]);
    assert!(!validated.out.contains("SI-15"), "each signature is whole: {}", validated.out);
}

#[test]
fn two_first_packs_at_once_make_one_identity() {
    let desk = Workspace::new();
    let record = desk.write("records/one.toml", first_example());
    let outs = [desk.path("a"), desk.path("b")];
    let pack =
        |out: &Path| started(&desk, &["pack", text(&record), "--out", text(out), "--as-of", DAY, "--no-encrypt"]);
    let runs: Vec<Ran> = outs.iter().map(|out| pack(out)).collect::<Vec<_>>().into_iter().map(ended).collect();
    assert!(runs.iter().any(|run| run.code == 0), "{runs:?}");
    let words = words_in(&desk.run(&["identity", "show"]).out);
    for (run, out) in runs.iter().zip(&outs) {
        let bundles = with_ending(out, ".zip");
        assert_eq!(run.code == 0, !bundles.is_empty(), "all or nothing: {run:?}");
        assert!([0, 3].contains(&run.code), "{run:?}");
        for bundle in bundles {
            let receiver = Workspace::new();
            assert_eq!(receiver.run(&adding(text(&bundle), &words)).code, 0, "sealed by the one identity that is kept");
        }
    }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap().success());
}

fn hidden(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with(".handover")).collect()
}

#[test]
fn a_run_that_is_stopped_cleans_up_behind_itself() {
    let desk = Workspace::new();
    let out = desk.path("out");
    for (name, wait) in [("INT", 400), ("TERM", 600), ("HUP", 900), ("INT", 1300)] {
        let child = started(&desk, &["pack", text(&examples()), "--out", text(&out), "--as-of", DAY, "--force"]);
        std::thread::sleep(Duration::from_millis(wait));
        signal(&child, name);
        let run = ended(child);
        assert!([0, 130].contains(&run.code), "{name}: {run:?}");
        assert!(run.code == 0 || run.err.contains("stopped"), "{run:?}");
        assert!(hidden(&out).is_empty(), "{name} after {wait} ms: {:?}", hidden(&out));
    }
}

#[test]
fn what_a_killed_run_leaves_the_next_one_takes_away_and_says_so() {
    let desk = Workspace::new();
    let out = desk.path("out");
    let records = examples();
    let pack = ["pack", text(&records), "--out", text(&out), "--as-of", DAY, "--force"];
    let killed = desk.command(&pack).env("__HANDOVER_TEST_FAULT", "kill:30").output().unwrap();
    assert!(killed.status.signal().is_some() && !hidden(&out).is_empty(), "{killed:?}");
    let next = desk.run(&pack);
    assert_eq!(next.code, 0, "{}", next.err);
    assert!(next.err.contains("a run that was stopped had left"), "{}", next.err);
    assert!(hidden(&out).is_empty());
}

#[test]
fn another_run_that_goes_on_is_left_alone() {
    let desk = Workspace::new();
    let out = desk.path("out");
    let first = started(&desk, &["pack", text(&examples()), "--out", text(&out), "--as-of", DAY, "--force"]);
    let record = desk.write("one.toml", first_example());
    let second = desk.run(&["pack", text(&record), "--out", text(&out), "--as-of", DAY, "--for-child", "--force"]);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(!second.err.contains("a run that was stopped"), "{}", second.err);
    let first = ended(first);
    assert_eq!(first.code, 0, "{}", first.err);
}

#[test]
fn nothing_is_put_into_its_place_if_the_passphrases_cannot_be_shown() {
    let desk = Workspace::new();
    let record = desk.write("records/one.toml", first_example());
    let out = desk.path("out");
    let pack = || desk.command(&["pack", text(&record), "--out", text(&out), "--as-of", DAY]);
    let full = pack().stdout(File::options().write(true).open("/dev/full").unwrap()).output().unwrap();
    let mut closed = pack().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(closed.stdout.take());
    let nowhere = pack().stdout(Stdio::null()).output().unwrap();
    for run in [ran(full), ended(closed), ran(nowhere)] {
        assert_eq!(run.code, 3, "{run:?}");
        assert!(run.err.contains("the passphrases cannot be shown"), "{run:?}");
        assert!(tree(&out).is_empty(), "{:?}", tree(&out).keys());
    }
}

#[test]
fn no_dump_of_memory_is_left() {
    let desk = Workspace::new();
    let program = env!("CARGO_BIN_EXE_handover");
    let folder = desk.path("cwd");
    fs::create_dir(&folder).unwrap();
    // As a shell of a user who wants dumps would start it.
    let line = format!("ulimit -c unlimited; exec {program} validate -");
    let child = Command::new("sh").args(["-c", &line]).current_dir(&folder).stdin(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    signal(&child, "QUIT");
    let status = child.wait().unwrap();
    assert!(status.signal().is_some() && !status.core_dumped(), "{status:?}");
    assert!(tree(&folder).is_empty());
}

#[test]
fn a_record_keeps_its_permissions_and_its_other_names() {
    let desk = Workspace::new();
    let record = desk.write("one.toml", first_example());
    fs::set_permissions(&record, fs::Permissions::from_mode(0o664)).unwrap();
    let sign = |path: &Path, name: &str| {
        let run = desk.run(&["sign-off", text(path), "--role", "other", "--name", name, "--as-of", DAY]);
        assert_eq!(run.code, 0, "{}", run.err);
    };
    sign(&record, "Pat Example");
    assert_eq!(fs::metadata(&record).unwrap().mode() & 0o777, 0o664);
    let other = desk.path("shared.toml");
    fs::hard_link(&record, &other).unwrap();
    sign(&record, "Kim Example");
    assert_eq!(fs::metadata(&record).unwrap().nlink(), 2);
    assert_eq!(fs::read(&record).unwrap(), fs::read(&other).unwrap());
    let link = desk.path("link.toml");
    symlink(&record, &link).unwrap();
    sign(&link, "Jo Example");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "a link stays one");
    assert!(fs::read_to_string(&other).unwrap().contains("Jo Example"));
    // Whoever may give files away keeps the owner of somebody else's.
    if std::os::unix::fs::chown(&record, Some(12345), Some(12345)).is_ok() {
        fs::remove_file(&other).unwrap();
        sign(&record, "Al Example");
        let about = fs::metadata(&record).unwrap();
        assert_eq!((about.uid(), about.gid()), (12345, 12345));
    }
}

#[test]
fn odd_things_in_a_folder_are_named_and_passed_over() {
    let desk = Workspace::new();
    desk.write("records/one.toml", first_example());
    for name in ["cp.toml.txt", "class.csv", "x.xml", "Tilly Marsden.docx", ".hidden.toml"] {
        desk.write(&format!("records/{name}"), "x");
    }
    assert!(Command::new("mkfifo").arg(desk.path("records/pipe.toml")).status().unwrap().success());
    symlink(desk.path("records/loop.toml"), desk.path("records/loop.toml")).unwrap();
    symlink(desk.path("records"), desk.path("records/round")).unwrap();
    let records = desk.path("records");
    let validated = desk.run(&["validate", text(&records), "--as-of", DAY]);
    let packed = desk.run(&["pack", text(&records), "--out", text(&desk.path("out")), "--as-of", DAY, "--no-encrypt"]);
    for run in [validated, packed] {
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        for name in
            ["cp.toml.txt", "class.csv", "x.xml", "(name).docx", ".hidden.toml", "pipe.toml", "loop.toml", "round"]
        {
            assert!(run.err.contains(name), "{name} is not named: {}", run.err);
        }
        assert!(!run.err.contains("Marsden"), "{}", run.err);
    }
}

#[test]
fn a_refused_child_is_named_with_the_reason_and_holds_nobody_up() {
    let desk = Workspace::new();
    desk.write("records/good.toml", first_example());
    desk.write("records/bad.toml", "schema_version = 1\n");
    desk.write("records/picture.toml", fs::read(examples().join("01-nothing-to-worry.toml")).unwrap());
    let records = desk.path("records");
    let run = desk.run(&["pack", text(&records), "--out", text(&desk.path("out")), "--as-of", DAY, "--no-encrypt"]);
    let end = run.err.split("refused, so no pack was made of:").nth(1).unwrap_or_default().to_owned();
    assert!(end.contains("bad.toml: ") && end.contains("picture.toml: "), "{}", run.err);
}

/// What is not judged is not passed over in silence.
#[test]
fn a_folder_is_judged_whole() {
    let (_, out) = super::support::packed();
    let desk = Workspace::new();
    let (sender, _) = super::support::packed();
    let words = words_in(&sender.run(&["identity", "show"]).out);
    let bundle = with_ending(out, ".zip").remove(0);
    assert_eq!(desk.run(&adding(text(&bundle), &words)).code, 0);
    let verify = |folder: &Path| desk.run(&["verify", text(folder), "--as-of", DAY, "--format", "concise"]);
    let received = desk.path("received");
    fs::create_dir(&received).unwrap();
    fs::copy(&bundle, received.join("one.zip")).unwrap();
    assert_eq!(verify(&received).code, 0);
    desk.write("received/.DS_Store", "Bud1");
    assert_eq!(verify(&received).code, 0, "what an operating system leaves is named, and no reason");
    for (odd, words) in
        [("notes.docx", "x"), (".hidden.pdf", "x"), ("bundle.zip.crdownload", "x"), ("Thumbs.db", "PK\u{3}\u{4}")]
    {
        let path = desk.write(&format!("received/{odd}"), words);
        let run = verify(&received);
        assert!(run.code == 4 && run.out.contains(odd) && run.out.contains("not judged"), "{odd}: {run:?}");
        fs::remove_file(path).unwrap();
    }
    symlink(&bundle, received.join("link.zip")).unwrap();
    let run = verify(&received);
    assert!(run.code == 4 && run.out.contains("link.zip"), "{run:?}");
    fs::remove_file(received.join("link.zip")).unwrap();
    // An opened bundle from which more and more is taken away.
    let opened = desk.path("opened");
    assert_eq!(desk.run(&["open", text(&bundle), "--into", text(&opened), "--as-of", DAY]).code, 0);
    assert_eq!(verify(&opened).code, 0);
    let folder = fs::read_dir(&opened).unwrap().next().unwrap().unwrap().path();
    let mut gone = Vec::new();
    for part in ["manifest.json", "manifest.json.p7s", "START-HERE.html", "COVER-LETTER.txt", "COVER-LETTER.pdf"] {
        fs::remove_file(folder.join(part)).unwrap();
        gone.push(part);
        assert_eq!(verify(&opened).code, 4, "without {gone:?}");
    }
    for record in with_ending(&folder, ".json") {
        fs::remove_file(record).unwrap();
    }
    assert_eq!(verify(&opened).code, 4, "packs alone, in a folder that `open` has made");
    let from_inside = ran(desk.command(&["verify", ".", "--as-of", DAY]).current_dir(&folder).output().unwrap());
    assert_eq!(from_inside.code, 4, "{from_inside:?}");
    with_ending(&folder, ".pdf").iter().for_each(|pdf| fs::remove_file(pdf).unwrap());
    assert_eq!(verify(&opened).code, 4, "an empty folder that `open` has made");
}

/// What lies in a shared folder under the name of an unfinished run is not believed.
#[test]
fn what_somebody_plants_in_a_shared_folder_is_left_and_named() {
    let desk = Workspace::new();
    let record = desk.write("share/rec.toml", first_example());
    let key = desk.write("config/identity-999201.p12", "the key");
    // A file of the victim's own under a name of ours, and a link from there to the key.
    desk.write("share/.handover-new-k", "a note");
    fs::set_permissions(desk.path("share/.handover-new-k"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&key, desk.path("share/k")).unwrap();
    // A folder of the victim's own.
    desk.write("share/.handover-y6/a.toml", "x");
    fs::set_permissions(desk.path("share/.handover-y6"), fs::Permissions::from_mode(0o700)).unwrap();
    desk.write("share/.handover-Abc123/ready.json", "{\"../x\": null}");
    fs::set_permissions(desk.path("share/.handover-Abc123"), fs::Permissions::from_mode(0o700)).unwrap();
    let before = tree(desk.folder.path());
    let run = desk.run(&["sign-off", text(&record), "--role", "other", "--name", "Pat Example", "--as-of", DAY]);
    assert_eq!(run.code, 0, "{}", run.err);
    for name in [".handover-new-k", ".handover-y6", ".handover-Abc123"] {
        assert!(run.err.contains(name) && run.err.contains("left as it is"), "{name}: {}", run.err);
    }
    for (name, bytes) in before.iter().filter(|(name, _)| !name.ends_with("rec.toml")) {
        assert!(fs::read(desk.path(name)).is_ok_and(|now| now == *bytes), "{name}");
    }
}

/// A run was killed while it wrote over a record; then somebody changed the record.
#[test]
fn an_edit_after_a_killed_run_is_not_written_over() {
    let desk = Workspace::new();
    let record = desk.write("rec.toml", first_example());
    fs::hard_link(&record, desk.path("same.toml")).unwrap();
    let sign = ["sign-off", text(&record), "--role", "other", "--name", "Pat Example", "--as-of", DAY];
    let mut at = 1;
    loop {
        let killed = desk.command(&sign).env("__HANDOVER_TEST_FAULT", format!("kill:{at}")).output().unwrap();
        assert!(killed.status.signal().is_some(), "never while it was written over");
        let now = fs::read_to_string(&record).unwrap();
        if desk.path(".handover-new-rec.toml").exists() && now.contains("Pat Example") {
            break;
        }
        fs::write(&record, first_example()).unwrap();
        drop(fs::remove_file(desk.path(".handover-new-rec.toml")));
        at += 1;
    }
    let mut text_now = fs::read_to_string(&record).unwrap();
    text_now.push_str("# He said more.\n");
    fs::write(&record, &text_now).unwrap();
    let next = desk.run(&["sign-off", text(&record), "--role", "other", "--name", "Kim Example", "--as-of", DAY]);
    let now = fs::read_to_string(&record).unwrap();
    assert!(now.contains("He said more") && now.contains("Pat Example"), "{} {now}", next.err);
}

#[test]
fn viewers_get_no_secrets_and_empty_passphrases_are_refused() {
    let desk = Workspace::new();
    let record = desk.write("records/one.toml", first_example());
    // Whatever shows PDFs here writes down what it was given.
    let viewer = desk.write("bin/xdg-open", format!("#!/bin/sh\nenv > {}\n", text(&desk.path("seen"))));
    fs::set_permissions(&viewer, fs::Permissions::from_mode(0o755)).unwrap();
    let mut pack =
        desk.command(&["pack", text(&record), "--out", text(&desk.path("d")), "--as-of", DAY, "--for-child", "--open"]);
    pack.env("PATH", format!("{}:/usr/bin:/bin", text(&desk.path("bin"))));
    pack.env("HANDOVER_PASSPHRASE", "Zqsecret").env("HANDOVER_BUNDLE_PASSPHRASE", "Zqsecret").env("ZQ", "seen");
    assert_eq!(pack.output().unwrap().status.code(), Some(0));
    let mut seen = String::new();
    for _ in 0..100 {
        seen = fs::read_to_string(desk.path("seen")).unwrap_or_default();
        if seen.contains("ZQ=seen") {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(seen.contains("ZQ=seen") && !seen.contains("Zqsecret"), "{seen}");
    let key = desk.path("x.p12");
    let new = ["identity", "new", "--school", "Millbeck", "--urn", "999201", "--out", text(&key)];
    let empty = ran(desk.command(&new).env("HANDOVER_PASSPHRASE", "").output().unwrap());
    assert!(empty.code == 2 && empty.err.contains("is set and empty"), "{empty:?}");
    assert!(!desk.path("x.p12").exists());
    // The first line of a file is the passphrase, whatever an editor has added.
    let secret = desk.write("secret.txt", "correct horse\n\n# the school's\n");
    let made = desk.run(&[&new[..], &["--passphrase-file", text(&secret)]].concat());
    assert_eq!(made.code, 0, "{}", made.err);
    let shown = ran(desk
        .command(&["identity", "show", text(&desk.path("x.p12"))])
        .env("HANDOVER_PASSPHRASE", "correct horse")
        .output()
        .unwrap());
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert_eq!(tool("true", &[]).code, 0);
}

#[test]
fn an_identity_that_cannot_be_opened_is_no_reason_for_a_new_one() {
    let desk = Workspace::new();
    let record = desk.write("records/one.toml", first_example());
    let out = desk.path("out");
    let pack = ["pack", text(&record), "--out", text(&out), "--as-of", DAY, "--no-encrypt"];
    for damage in ["nowhere", "damaged"] {
        let identity = desk.path("config/identity-999201.p12");
        fs::create_dir_all(desk.path("config")).unwrap();
        if damage == "nowhere" {
            symlink(desk.path("nowhere"), &identity).unwrap();
        } else {
            fs::remove_file(&identity).unwrap();
            fs::write(&identity, "damaged").unwrap();
        }
        let run = desk.run(&pack);
        assert_eq!(run.code, 3, "{damage}: {run:?}");
        assert!(!desk.path("nowhere").exists() && tree(&desk.path("out")).is_empty());
    }
}

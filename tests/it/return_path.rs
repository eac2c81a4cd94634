//! What goes back and forth between two schools beside the packs: cards, recalls, parts, receipts of what was not right, and
//! what a receiving school makes of it and deletes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::receive::{Feeder, Receiver, bundles, confirm, passphrases};
use super::support::{DAY, Ran, Workspace, text, tool, tree, words_in};

const LATER: &str = "2026-07-13";

/// A sending school of so many children, and a receiving school that has confirmed it.
fn two_schools(children: usize) -> (Feeder, Receiver) {
    let feeder = Feeder::new(1, 400..900, children);
    assert_eq!(feeder.children, children);
    let receiver = Receiver::new();
    let make = ["identity", "new", "--school", "Example Junior School 1", "--urn", "999201", "--no-passphrase"];
    assert_eq!(feeder.desk.run(&[&make[..], &["--as-of", "2026-07-01"]].concat()).code, 0);
    confirm(&receiver.desk, &feeder.desk, &feeder.identity());
    (feeder, receiver)
}

/// What a school has packed lies with the other.
fn arrive(feeder: &Feeder, packed: &str, receiver: &Receiver, at: &str) -> usize {
    let files = tree(&feeder.desk.path(packed));
    let mut number = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| !name.contains('/')) {
        receiver.desk.write(&format!("arrived/{at}/{name}"), bytes);
        number += 1;
    }
    number
}

fn card(desk: &Workspace, name: &str, more: &[&str]) -> PathBuf {
    let out = desk.path(name);
    let make = ["card", "--school", "Northgate Example Academy", "--urn", "999401", "--laestab", "9994001", "--out"];
    let run = desk.run(&[&make[..], &[text(&out)], more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    out
}

fn add(desk: &Workspace, card: &Path, words: &str, day: &str) -> Ran {
    let add =
        ["trust", "add", text(card), "--by", "R. Halloran", "--how", "telephone", "--words", words, "--as-of", day];
    desk.run(&add)
}

/// Whether some key of a circle is in a school's configuration folder.
fn key(desk: &Workspace, circle: &str) -> PathBuf {
    desk.path(&format!("config/circle-key-999401-{circle}.txt"))
}

#[test]
fn with_a_card_no_passphrase_is_needed_and_each_circle_has_its_own_key() {
    let (feeder, receiver) = two_schools(2);
    let first = card(&receiver.desk, "card.txt", &["--as-of", "2026-07-02"]);
    let own = receiver.desk.path("config/identity-999401.p12");
    let words = words_in(&receiver.desk.run(&["identity", "show", text(&own)]).out);
    // A card that somebody has changed is none, and one whose words do not fit is not taken.
    let changed =
        feeder.desk.write("changed.txt", fs::read_to_string(&first).unwrap().replace("general: age1", "general: age2"));
    assert_eq!(add(&feeder.desk, &changed, &words, DAY).code, 4);
    assert_eq!(add(&feeder.desk, &first, &words.replacen(' ', " zoo ", 1), DAY).code, 4);
    assert!(!feeder.pack("before", &[]).out.contains("no passphrase is needed"));
    let taken = add(&feeder.desk, &first, &words, DAY);
    assert_eq!(taken.code, 0, "{}", taken.err);
    let told = feeder.pack("sent", &[]);
    assert!(passphrases(&told.out).is_empty() && told.out.contains("the school's card of 2026-07-02"), "{}", told.out);
    let sent = arrive(&feeder, "sent", &receiver, "1");
    assert!(tree(&feeder.desk.path("sent")).keys().all(|name| name.contains('/') || name.ends_with(".age")));
    // The Head of Year alone: without the key of the safeguarding lead, its bundle stays closed.
    let (kept, hidden) = (key(&receiver.desk, "safeguarding"), receiver.desk.path("kept.txt"));
    fs::rename(&kept, &hidden).unwrap();
    let part = receiver.receive(&["--as-of", LATER]);
    assert!(part.code == 5 && part.err.contains("encrypted to a key that is not here"), "{}{}", part.out, part.err);
    assert!(!receiver.desk.path("got/safeguarding").join("COVER-LETTER.pdf").exists());
    fs::rename(&hidden, &kept).unwrap();
    let whole = receiver.receive(&["--as-of", LATER]);
    assert!(whole.code == 0 && whole.out.contains("2 children in the register"), "{}{}", whole.out, whole.err);
    // A renewed card comes without a call, opens nothing that was not sent to it, and what was sent to the old one still
    // opens; the old one does not come back.
    let second = card(&receiver.desk, "card2.txt", &["--renew", "--as-of", "2026-07-11"]);
    let renewed = add(&feeder.desk, &second, "", LATER);
    assert!(renewed.code == 0 && renewed.err.contains("confirmed already"), "{}", renewed.err);
    assert_eq!(add(&feeder.desk, &first, &words, LATER).code, 4);
    feeder.pack("again", &["--fresh"]);
    let again = Receiver::new();
    for circle in ["general", "send", "safeguarding"] {
        again
            .desk
            .write(&format!("config/circle-key-999401-{circle}.txt"), fs::read(key(&receiver.desk, circle)).unwrap());
    }
    confirm(&again.desk, &feeder.desk, &feeder.identity());
    assert_eq!(arrive(&feeder, "sent", &again, "1"), sent);
    arrive(&feeder, "again", &again, "2");
    let both = again.receive(&["--as-of", LATER]);
    assert_eq!(both.code, 0, "{}{}", both.out, both.err);
    // Where it is wanted, and where the school is not believed any more, passphrases are back.
    assert!(!passphrases(&feeder.pack("words", &["--passphrases"]).out).is_empty());
    let shown = receiver.desk.run(&["identity", "show", text(&own)]).out;
    let print = shown.lines().find_map(|line| line.trim().strip_prefix("Fingerprint")).unwrap().trim().to_owned();
    assert_eq!(feeder.desk.run(&["trust", "revoke", &print, "--why", "lost"]).code, 0);
    assert!(!passphrases(&feeder.pack("revoked", &[]).out).is_empty());
}

#[test]
fn what_went_to_the_wrong_school_is_taken_back_shown_deleted_and_does_not_come_again() {
    let (feeder, receiver) = two_schools(2);
    feeder.pack("sent", &["--no-encrypt"]);
    let status = |more: &[&str]| feeder.desk.run(&[&["status", "--as-of", LATER][..], more].concat());
    assert!(status(&[]).out.contains("2 not sent"), "{}", status(&[]).out);
    assert_eq!(feeder.desk.run(&["sent", "--as-of", DAY]).code, 0);
    assert!(feeder.desk.run(&["sent"]).err.contains("Nothing waits"));
    assert!(status(&[]).out.contains("2 silent"), "{}", status(&[]).out);
    arrive(&feeder, "sent", &receiver, "1");
    assert_eq!(receiver.receive(&["--as-of", LATER]).code, 0);
    let reference = receiver.register()["children"][0]["reference"].as_str().unwrap().to_owned();
    let out = feeder.desk.path("recalls");
    let recall =
        ["recall", &reference, "--reason", "wrong-school", "--name", "Ruth Halloran", "--role", "DSL", "--out"];
    let run = feeder.desk.run(&[&recall[..], &[text(&out), "--as-of", LATER]].concat());
    assert!(run.code == 0 && run.err.contains("personal data breach"), "{}{}", run.out, run.err);
    let again = feeder.desk.run(&[&recall[..], &[text(&out), "--as-of", LATER]].concat());
    assert!(again.code == 0 && again.err.contains("recalled already"), "{}", again.err);
    let unknown = feeder.desk.run(&[
        "recall",
        "ZZZZ-ZZZZZ",
        "--reason",
        "replaced",
        "--name",
        "A B",
        "--role",
        "C",
        "--out",
        text(&out),
    ]);
    assert!(unknown.code == 2 && unknown.err.contains("nothing went out"), "{}", unknown.err);
    let elsewhere = feeder.desk.run(&[&recall[..], &[text(&out), "--from", "9994002"]].concat());
    assert!(elsewhere.code == 2, "{}", elsewhere.err);
    // Whose packs were taken back is with no school yet.
    let class = feeder.desk.path("class");
    assert!(status(&[text(&class)]).out.contains("not packed: "), "{}", status(&[text(&class)]).out);
    let (name, words) = tree(&out).into_iter().next().unwrap();
    assert!(String::from_utf8_lossy(&words).contains("wrong school"), "{name}");
    // Somebody else cannot take it back, and nobody can change what is taken back.
    let stranger = Receiver::new();
    stranger.desk.write("arrived/recall.txt", &words);
    let refused = stranger.receive(&["--as-of", LATER]);
    assert!(refused.code == 4 && refused.err.contains("nobody here has confirmed"), "{}", refused.err);
    let lie = String::from_utf8_lossy(&words).replace("wrong school", "right school");
    receiver.desk.write("arrived/lie.txt", lie);
    let lied = receiver.receive(&["--as-of", LATER]);
    assert!(lied.code == 4 && lied.err.contains("not what was signed"), "{}", lied.err);
    fs::remove_file(receiver.desk.path("arrived/lie.txt")).unwrap();
    a_recall_in_a_mail_is_honoured(&receiver, &words);
    // The sender hears that it was honoured.
    confirm(&feeder.desk, &receiver.desk, &receiver.desk.path("config/identity-999401.p12"));
    let receipts = receiver.desk.path("got/receipts");
    assert_eq!(feeder.desk.run(&["receipt", "import", text(&receipts), "--as-of", LATER]).code, 0);
    assert!(
        status(&[]).out.contains("1 acknowledged") && status(&[]).out.contains("1 recalled"),
        "{}",
        status(&[]).out
    );
    assert_eq!(status(&["--audit"]).code, 0, "{}", status(&["--audit"]).out);
    let exported = feeder.desk.run(&["ledger", "export"]).out;
    assert!(exported.contains("\"recalled\"") && !exported.contains("Ruth"), "{exported}");
    recalled_packs_are_deleted(&receiver, &reference);
}

/// A recall stands in the text of a mail, beside something that is attached.
fn a_recall_in_a_mail_is_honoured(receiver: &Receiver, words: &[u8]) {
    // In the text of a mail.
    let mail = format!(
        "From: dsl@school.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n\
         Content-Type: text/plain\r\n\r\nPlease see below.\r\n\r\n{}\r\n--x\r\nContent-Type: text/plain\r\n\
         Content-Disposition: attachment; filename=\"signature.txt\"\r\n\r\nOur school\r\n--x--\r\n",
        String::from_utf8_lossy(words).replace('\n', "\r\n")
    );
    receiver.desk.write("arrived/Recall.eml", mail);
    let honoured = receiver.receive(&["--as-of", LATER]);
    assert!(honoured.code == 0 && honoured.err.contains("TAKEN BACK"), "{}{}", honoured.out, honoured.err);
    let packs = receiver.register()["children"][0]["packs"].as_array().unwrap().clone();
    assert!(!packs.is_empty() && packs.iter().all(|pack| pack["state"] == "recalled"), "{packs:?}");
    let page = fs::read_to_string(receiver.desk.path("got/general/index.html")).unwrap();
    assert!(page.contains("TAKEN BACK"), "{page}");
}

/// First held, then let go.
fn recalled_packs_are_deleted(receiver: &Receiver, reference: &str) {
    let got = receiver.desk.path("got");
    let expire = |more: &[&str]| receiver.desk.run(&[&["expire", text(&got), "--as-of", LATER][..], more].concat());
    let count = || tree(&got).keys().filter(|name| name.contains(reference) && name.ends_with(".pdf")).count();
    let before = count();
    assert!(before > 1);
    let listed = expire(&[]);
    assert!(listed.code == 0 && listed.out.contains("taken back") && count() == before, "{}", listed.out);
    let hold = ["--hold", reference, "--why", "an inquiry", "--name", "Priya Nandakumar", "--delete"];
    let held = expire(&hold);
    assert!(held.out.contains("HELD: an inquiry") && count() == before, "{}{}", held.out, held.err);
    assert_eq!(expire(&["--release", reference]).code, 0);
    assert_eq!(expire(&["--delete"]).code, 0);
    assert_eq!(count(), 0);
    // Nothing that is made of all children still names the child.
    assert!(!got.join("general/voices.pdf").exists() && !got.join("cohort.pdf").exists());
    let history = receiver.desk.run(&["ledger", "export"]).out;
    assert_eq!(history.matches("\"deleted\"").count(), before, "{history}");
    assert!(history.contains("taken back by the sending school"), "{history}");
    // What still lies in the post does not come in again.
    let again = receiver.receive(&["--as-of", LATER]);
    assert!(again.code == 0 && count() == 0, "{}{}", again.out, again.err);
    assert_eq!(receiver.register()["children"].as_array().unwrap().len(), 1);
    // The receipt still says that it was taken back.
    let receipt = tree(&receiver.desk.path("got/receipts")).into_values().next().unwrap();
    assert!(String::from_utf8_lossy(&receipt).contains("taken back, as you have asked"));
    // Twenty-five years after their birth, the others go too; then nothing is left that names a child.
    let late = ["expire", text(&got), "--as-of", "2050-01-01", "--delete"];
    assert_eq!(receiver.desk.run(&late).code, 0);
    let left = tree(&got);
    assert!(
        left.keys().all(|name| !name.ends_with("received.json") && !name.ends_with("COVER-LETTER.pdf")),
        "{:?}",
        left.keys()
    );
    assert_eq!(receiver.register()["children"], Json::Array(Vec::new()));
}

#[test]
fn what_was_changed_on_the_way_is_told_to_the_sender_with_the_reason_and_its_contact() {
    let (feeder, receiver) = two_schools(1);
    feeder.pack("sent", &["--no-encrypt"]);
    let (name, bytes) =
        bundles(&feeder.desk.path("sent")).into_iter().find(|(name, _)| name.contains("general")).unwrap();
    // One byte of a pack, in a bundle that is otherwise as it was signed.
    let place = bytes.windows(5).position(|five| five == b"%PDF-").unwrap() + 2_000;
    let mut changed = bytes.clone();
    changed[place] ^= 1;
    receiver.desk.write(&format!("arrived/{name}"), changed);
    let run = receiver.receive(&["--as-of", LATER]);
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    let receipts = tree(&receiver.desk.path("got/receipts"));
    let told = receipts.values().next().map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default();
    assert!(told.contains("not accepted"), "{told}");
    confirm(&feeder.desk, &receiver.desk, &receiver.desk.path("config/identity-999401.p12"));
    let folder = receiver.desk.path("got/receipts");
    assert_eq!(feeder.desk.run(&["receipt", "import", text(&folder), "--as-of", LATER]).code, 0);
    let status = feeder.desk.run(&["status", "--as-of", LATER]);
    assert!(status.code == 5 && status.out.contains("NOT ACCEPTED"), "{}", status.out);
    // Sent again as it was, it is accepted, and that takes the place of the refusal.
    fs::remove_file(receiver.desk.path(&format!("arrived/{name}"))).unwrap();
    arrive(&feeder, "sent", &receiver, "again");
    assert_eq!(receiver.receive(&["--as-of", "2026-07-14"]).code, 0);
    assert_eq!(feeder.desk.run(&["receipt", "import", text(&folder), "--as-of", "2026-07-14"]).code, 0);
    let status = feeder.desk.run(&["status", "--as-of", "2026-07-14"]);
    assert!(status.code == 0 && status.out.contains("1 acknowledged"), "{}", status.out);
}

/// What is broken and for another school is not kept, nor is anything signed in that school's name.
#[test]
fn what_is_for_another_school_or_dressed_as_something_else_is_neither_kept_nor_passed_over() {
    let (feeder, receiver) = two_schools(1);
    let (name, record) = tree(&feeder.desk.path("class")).into_iter().next().unwrap();
    let record = String::from_utf8(record).unwrap();
    feeder.pack("ours", &["--no-encrypt"]);
    let elsewhere = record.replace("\"999401\"", "\"999402\"").replace("\"9994001\"", "\"9994002\"");
    feeder.desk.write(&format!("class/{name}"), elsewhere);
    feeder.pack("theirs", &["--no-encrypt"]);
    for (number, (name, bytes)) in bundles(&feeder.desk.path("theirs")).into_iter().enumerate() {
        let mut changed = bytes.clone();
        let place = bytes.windows(5).position(|five| five == b"%PDF-").unwrap() + 2_000;
        changed[place] ^= 1;
        receiver.desk.write(&format!("arrived/{number}-{name}"), changed);
    }
    let run = receiver.receive(&["--as-of", LATER]);
    assert!(run.code == 4 && run.err.contains("addressed to another school"), "{}{}", run.out, run.err);
    let kept = tree(&receiver.desk.path("got"));
    assert!(kept.keys().all(|name| !name.ends_with("file.quarantined")), "{:?}", kept.keys());
    assert!(!receiver.desk.path("config/identity-999402.p12").exists() && !receiver.desk.path("got/receipts").exists());
    // Words of another kind behind a bundle hide nothing.
    let (name, bytes) = bundles(&feeder.desk.path("ours")).into_iter().next().unwrap();
    let other = Receiver::new();
    confirm(&other.desk, &feeder.desk, &feeder.identity());
    other.desk.write(&format!("arrived/{name}"), [&bytes[..], b"-----BEGIN HANDOVER CARD-----"].concat());
    let run = other.receive(&["--as-of", LATER]);
    assert!(run.code == 4 && run.err.contains("NOT accepted"), "{}{}", run.out, run.err);
    // Two small files whose digests begin alike keep nothing else from being taken in.
    other.desk.write("arrived/a.zip", "PK0014093099");
    other.desk.write("arrived/b.zip", "PK0035307207");
    arrive(&feeder, "ours", &other, "z");
    let run = other.receive(&["--as-of", LATER]);
    assert!(run.code == 4 && run.out.contains("1 child in the register"), "{}{}", run.out, run.err);
    // What is kept beside the packs leads nowhere else.
    let note = tree(&other.desk.path("got")).into_keys().find(|name| name.ends_with("received.json")).unwrap();
    let note = other.desk.path("got").join(note);
    let words = fs::read_to_string(&note).unwrap();
    let file = words.lines().find(|line| line.contains("\"file\"")).unwrap();
    fs::write(&note, words.replacen(file, "\"file\": \"../../../confirmed.pem\",", 1)).unwrap();
    let got = other.desk.path("got");
    assert_eq!(other.desk.run(&["expire", text(&got), "--as-of", "2050-01-01", "--delete"]).code, 3);
    assert!(other.desk.path("confirmed.pem").exists());
}

/// What somebody decides can be taken back, a slip of the hand is told, and a list names children without a UPN.
#[test]
fn decisions_are_checked_and_can_be_undone_and_nobody_on_the_list_is_dropped() {
    let (feeder, receiver) = two_schools(2);
    feeder.pack("sent", &["--no-encrypt"]);
    assert_eq!(feeder.desk.run(&["sent", "--as-of", DAY]).code, 0);
    arrive(&feeder, "sent", &receiver, "1");
    let first = receiver.receive(&["--as-of", LATER, "--confirm"]);
    assert!(
        first.code == 0 && first.err.contains("0 packs of the safeguarding lead read"),
        "{}{}",
        first.out,
        first.err
    );
    let reference = receiver.register()["children"][0]["reference"].as_str().unwrap().to_owned();
    let wrong = receiver.receive(&["--as-of", LATER, "--not-our-child", "ABCD-EFGHJ"]);
    assert!(wrong.code == 2 && wrong.err.contains("no pack of ABCD-EFGHJ"), "{}", wrong.err);
    let small = reference.to_lowercase().replace('-', "");
    let noted = receiver.receive(&["--as-of", LATER, "--not-our-child", &small]);
    assert!(noted.err.contains(&format!("noted: {reference} is not your child")), "{}", noted.err);
    assert_eq!(receiver.register()["children"][0]["is_not_ours"], true);
    receiver.receive(&["--as-of", LATER, "--our-child", &reference]);
    assert_eq!(receiver.register()["children"][0]["is_not_ours"], false);
    let tutor = receiver.desk.run(&["receive", "--into", "x", "--name", "A B", "--role", "Head of Year", "--confirm"]);
    assert_eq!(tutor.code, 2, "{}", tutor.err);
    let list = "Name,UPN,Date of birth,Primary school\nVanished Child,,11/03/2015,Another School\n";
    let list = receiver.desk.write("expected.csv", list);
    let run = receiver.receive(&["--as-of", LATER, "--expected", text(&list)]);
    assert!(
        run.out.contains("expected: 1 with nothing") && run.err.contains("1 row has no UPN"),
        "{}{}",
        run.out,
        run.err
    );
    let missing = fs::read_to_string(receiver.desk.path("got/missing.csv")).unwrap();
    assert!(missing.contains("Vanished Child") && missing.contains("Another School"), "{missing}");
    assert_eq!(receiver.receive(&["--expected", "nothing.csv"]).code, 3, "before anything is done");
    // One child is corrected and packed again: the other stays acknowledged, as its packs are the same files.
    confirm(&feeder.desk, &receiver.desk, &receiver.desk.path("config/identity-999401.p12"));
    let receipts = receiver.desk.path("got/receipts");
    assert_eq!(feeder.desk.run(&["receipt", "import", text(&receipts), "--as-of", LATER]).code, 0);
    let (name, record) = tree(&feeder.desk.path("class")).into_iter().next().unwrap();
    let record = String::from_utf8(record).unwrap();
    let corrected = record.replacen("who_should_know = \"", "who_should_know = \"Still: ", 1);
    assert_ne!(record, corrected);
    feeder.desk.write(&format!("class/{name}"), corrected);
    let (class, out) = (feeder.desk.path("class"), feeder.desk.path("sent"));
    let again = ["pack", text(&class), "--out", text(&out), "--as-of", "2026-07-12", "--no-encrypt", "--force"];
    assert_eq!(feeder.desk.run(&again).code, 0);
    let status = feeder.desk.run(&["status", "--as-of", LATER]).out;
    assert!(status.contains("1 acknowledged") && status.contains("1 not sent"), "{status}");
}

/// A picture that nothing can make shorter.
fn noise(path: &Path) {
    let script = "import random, struct, sys, zlib\nrandom.seed(7)\nw, h = 1100, 1100\n\
        rows = b''.join(b'\\0' + random.randbytes(3 * w) for _ in range(h))\n\
        chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))\n\
        open(sys.argv[1], 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))\n";
    let run = tool("python3", &["-c", script, text(path)]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn for_the_school_to_school_service_bundles_are_named_cut_and_joined_again() {
    let (feeder, receiver) = two_schools(2);
    let (name, record) = tree(&feeder.desk.path("class")).into_iter().next().unwrap();
    let record = String::from_utf8(record).unwrap();
    noise(&feeder.desk.write("class/noise.png", ""));
    let entry = "[[voice.entries]]";
    let with_picture = record.replacen(
        entry,
        &format!("{entry}\npictures = [{{ file = \"noise.png\", alt = \"What the child painted\" }}]"),
        1,
    );
    assert_ne!(record, with_picture);
    feeder.desk.write(&format!("class/{name}"), with_picture);
    let told = feeder.pack("sent", &["--s2s"]);
    let files: Vec<(String, Vec<u8>)> = bundles(&feeder.desk.path("sent"));
    for (name, bytes) in &files {
        let own = name.strip_prefix("9992001_9994001_").unwrap();
        assert!(own.len() <= 15 && bytes.len() <= 4_000_000, "{name}: {}", bytes.len());
    }
    let parts: Vec<&String> = files.iter().map(|(name, _)| name).filter(|name| name.contains("of")).collect();
    assert!(parts.len() > 1, "{:?}", files.iter().map(|(name, bytes)| (name, bytes.len())).collect::<Vec<_>>());
    let words = receiver.desk.write("words.txt", passphrases(&told.out).join("\n"));
    let open = ["--bundle-passphrase-file", text(&words), "--as-of", LATER];
    for (name, bytes) in files.iter().filter(|(name, _)| name != parts[0]) {
        receiver.desk.write(&format!("arrived/{name}"), bytes);
    }
    let lacking = receiver.receive(&open);
    assert!(lacking.code == 5 && lacking.err.contains("these are missing: 1"), "{}{}", lacking.out, lacking.err);
    arrive(&feeder, "sent", &receiver, ".");
    let whole = receiver.receive(&open);
    assert!(whole.code == 0 && whole.out.contains("2 children in the register"), "{}{}", whole.out, whole.err);
    assert!(receiver.receive(&open).out.contains("0 bundles accepted"));
}

#[test]
fn the_leadership_the_safeguarding_lead_and_the_tutors_get_a_document_about_all_children() {
    let (feeder, receiver) = two_schools(6);
    feeder.pack("sent", &["--no-encrypt"]);
    arrive(&feeder, "sent", &receiver, "1");
    assert_eq!(receiver.receive(&["--as-of", LATER]).code, 0);
    let words = |name: &str| {
        let path = receiver.desk.path("got").join(name);
        let signed = tool("pdfsig", &[text(&path)]);
        assert!(signed.out.contains("Signature is Valid"), "{name}: {}{}", signed.out, signed.err);
        let run = tool("pdftotext", &["-layout", text(&path), "-"]);
        let pages = run.out.matches('\u{c}').count();
        (run.out, pages)
    };
    let (cohort, pages) = words("cohort.pdf");
    assert!(
        pages <= 2 && cohort.contains("Example Junior School 1") && cohort.contains("Before the first day"),
        "{cohort}"
    );
    let (briefing, _) = words("safeguarding/dsl-briefing.pdf");
    let (voices, _) = words("general/voices.pdf");
    let register = receiver.register();
    let children = register["children"].as_array().unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    for child in children {
        let name = squeezed(child["name"].as_str().unwrap());
        let has = |kind: &str| child["packs"].as_array().unwrap().iter().any(|pack| pack["kind"] == kind);
        assert_eq!(squeezed(&briefing).contains(&name), has("safeguarding"), "{name}: {briefing}");
        assert!(squeezed(&voices).contains(&name), "{name}: {voices}");
    }
    // What only the safeguarding lead may know stands in no other document, and nothing is counted into a score.
    for line in ["Child protection plan", "score", "Risk"] {
        assert!(!cohort.contains(line) && !voices.contains(line), "{line}");
    }
    // The same again makes nothing anew.
    let before = tree(&receiver.desk.path("got"));
    assert_eq!(receiver.receive(&["--as-of", LATER]).code, 0);
    assert_eq!(tree(&receiver.desk.path("got")), before);
}

/// Runs a command at a terminal, answers each question for a passphrase with the next line, and prints how many were asked.
const AT_A_TERMINAL: &str = r#"
import json, os, pty, sys
answers, command = json.loads(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
seen, asked = "", 0
while True:
    try:
        got = os.read(terminal, 65536)
    except OSError:
        break
    if not got:
        break
    seen += got.decode("utf-8", "replace")
    while seen.count("to go on without): ") > asked:
        line = answers[asked] if asked < len(answers) else ""
        asked += 1
        os.write(terminal, (line + "\n").encode())
_, status = os.waitpid(child, 0)
print(json.dumps({"asked": asked, "code": os.waitstatus_to_exitcode(status), "seen": seen}))
"#;

/// Eighteen files of four senders: before, eighteen passphrases of seven words in about fifty prompts.
#[test]
fn eighteen_files_need_four_questions_and_none_with_cards() {
    let receiver = Receiver::new();
    let card = card(&receiver.desk, "card.txt", &["--as-of", "2026-07-02"]);
    let own = receiver.desk.path("config/identity-999401.p12");
    let words = words_in(&receiver.desk.run(&["identity", "show", text(&own)]).out);
    let (mut lines, mut files, mut feeders) = (Vec::new(), 0, Vec::new());
    for number in 1..=4_usize {
        let start = number as u64 * 400;
        let feeder = Feeder::new(number, start..start + 400, 2);
        let more: &[&str] = if number <= 2 { &["--per-child"] } else { &[] };
        let told = feeder.pack("sent", more);
        confirm(&receiver.desk, &feeder.desk, &feeder.identity());
        files += arrive(&feeder, "sent", &receiver, &number.to_string());
        // As it is read out: all three of a sender in one breath.
        let mut own = passphrases(&told.out);
        own.dedup();
        lines.push(own.join(" "));
        assert_eq!(add(&feeder.desk, &card, &words, DAY).code, 0);
        let told = feeder.pack("again", more);
        assert!(passphrases(&told.out).is_empty(), "{}", told.out);
        feeders.push(feeder);
    }
    assert_eq!(files, 18);
    let (arrived, into) = (receiver.desk.path("arrived"), receiver.desk.path("got"));
    let answers = serde_json::to_string(&lines).unwrap();
    let config = format!("HANDOVER_CONFIG_DIR={}", text(&receiver.desk.path("config")));
    let run = |answers: &str, arrived: &Path, into: &Path| -> Json {
        let receive =
            [env!("CARGO_BIN_EXE_handover"), "receive", text(arrived), "--into", text(into), "--as-of", LATER];
        let command = [&["-c", AT_A_TERMINAL, answers, "env", &config][..], &receive[..]].concat();
        let run = tool("python3", &command);
        assert_eq!(run.code, 0, "{}", run.err);
        serde_json::from_str(&run.out).unwrap()
    };
    let told = run(&answers, &arrived, &into);
    assert_eq!((&told["code"], &told["asked"]), (&0.into(), &4.into()), "{told}");
    // The same with cards.
    fs::remove_dir_all(&arrived).unwrap();
    let again = feeders.iter().map(|feeder| arrive(feeder, "again", &receiver, &feeder.number.to_string()));
    assert_eq!(again.sum::<usize>(), 18);
    let told = run("[]", &arrived, &receiver.desk.path("with-cards"));
    assert_eq!((&told["code"], &told["asked"]), (&0.into(), &0.into()), "{told}");
    assert!(told["seen"].as_str().unwrap().contains("8 children in the register"), "{told}");
}

/// Two who receive the same at once wait for one another, and it ends as if one had.
#[test]
fn two_who_receive_at_once_end_with_one_register() {
    let (feeder, receiver) = two_schools(2);
    feeder.pack("sent", &["--no-encrypt"]);
    arrive(&feeder, "sent", &receiver, "1");
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| receiver.receive(&["--as-of", LATER]));
        (receiver.receive(&["--as-of", LATER]), other.join().unwrap())
    });
    assert_eq!((first.code, second.code), (0, 0), "{}{}", first.err, second.err);
    let accepted = |run: &Ran| run.out.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert_eq!(accepted(&first) + accepted(&second), 3, "{}{}", first.out, second.out);
    assert_eq!(receiver.register()["children"].as_array().unwrap().len(), 2);
    let notes = tree(&receiver.desk.path("got")).into_keys().filter(|name| name.ends_with("received.json")).count();
    assert_eq!(notes, 3);
}

//! The whole way between schools: 22 of them pack, one receives whatever arrives, and its receipts go back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

#[path = "../children/mod.rs"]
#[expect(dead_code, reason = "the records alone are used")]
mod children;

use super::support::{DAY, Ran, Workspace, ran, text, tool, tree, words_in};

/// A sending school with an identity and a ledger of its own.
pub(super) struct Feeder {
    pub(super) desk: Workspace,
    pub(super) number: usize,
    pub(super) children: usize,
}

/// How many schools send, and how many children they have in all.
const FEEDERS: usize = 22;
const CHILDREN: usize = 240;

impl Feeder {
    /// A school whose children are those of some seeds, as far as their records are sound.
    pub(super) fn new(number: usize, seeds: impl Iterator<Item = u64>, wanted: usize) -> Self {
        let desk = Workspace::new();
        let mut children = 0;
        for seed in seeds {
            let child = children::child(seed);
            if children == wanted {
                break;
            }
            if !child.expected.is_empty() {
                continue;
            }
            let (urn, laestab) = (format!("\"9992{number:02}\""), format!("\"99920{number:02}\""));
            let record = child.toml.replace("\"999201\"", &urn).replace("\"9992001\"", &laestab);
            let record = record.replace("Millbeck Example Junior School", &format!("Example Junior School {number}"));
            // The generator has few words, and no two children of a class say the same to the letter.
            let own = name_of(seed);
            let line = |line: &str| match line.split_once(" = \"") {
                Some((field, words)) if words.len() > 30 && !field.contains('{') => {
                    format!("{field} = \"{own} and {words}\n")
                }
                _ => format!("{line}\n"),
            };
            let record: String = record.lines().map(line).collect();
            let record = record.replace("text = \"", &format!("text = \"{own} and "));
            desk.write(&format!("class/{seed:05}.toml"), record);
            children += 1;
        }
        Self { desk, number, children }
    }

    pub(super) fn pack(&self, out: &str, more: &[&str]) -> Ran {
        let (class, out) = (self.desk.path("class"), self.desk.path(out));
        let pack = ["pack", text(&class), "--out", text(&out), "--as-of", DAY, "--force"];
        let run = self.desk.run(&[&pack[..], more].concat());
        assert_eq!(run.code, 0, "{}: {}{}", self.number, run.out, run.err);
        run
    }

    pub(super) fn identity(&self) -> PathBuf {
        self.desk.path(&format!("config/identity-9992{:02}.p12", self.number))
    }
}

/// A word of letters for a number.
fn name_of(number: u64) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'k')).collect()
}

/// The receiving school.
pub(super) struct Receiver {
    pub(super) desk: Workspace,
}

impl Receiver {
    pub(super) fn new() -> Self {
        let desk = Workspace::new();
        let us = desk.run(&["trust", "us", "--laestab", "9994001", "--urn", "999401"]);
        assert_eq!(us.code, 0, "{}", us.err);
        Self { desk }
    }

    pub(super) fn receive(&self, more: &[&str]) -> Ran {
        let (arrived, into) = (self.desk.path("arrived"), self.desk.path("got"));
        let receive = ["receive", text(&arrived), "--into", text(&into), "--name", "Priya Nandakumar", "--role", "DSL"];
        self.desk.run(&[&receive[..], more].concat())
    }

    pub(super) fn register(&self) -> Json {
        serde_json::from_slice(&fs::read(self.desk.path("got/register.json")).unwrap()).unwrap()
    }
}

/// One side confirms the other's identity.
pub(super) fn confirm(desk: &Workspace, other: &Workspace, identity: &Path) {
    let certificate = desk.write("confirmed.pem", other.run(&["identity", "show", text(identity), "--pem"]).out);
    let words = words_in(&other.run(&["identity", "show", text(identity)]).out);
    let add = ["trust", "add", text(&certificate), "--by", "P. Nandakumar", "--how", "telephone", "--words", &words];
    let run = desk.run(&[&add[..], &["--as-of", DAY]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
}

pub(super) fn bundles(folder: &Path) -> Vec<(String, Vec<u8>)> {
    tree(folder).into_iter().filter(|(name, _)| name.ends_with(".zip") && !name.contains('/')).collect()
}

pub(super) fn passphrases(told: &str) -> Vec<String> {
    told.lines().filter_map(|line| Some(line.trim().strip_prefix("passphrase: ")?.to_owned())).collect()
}

/// The files of a ZIP file, made by another program.
fn zipped(folder: &Path, name: &str, files: &[PathBuf]) {
    let script = "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as out:\n    for path in sys.argv[2:]:\n        out.write(path, path.rsplit('/', 1)[1])\n";
    let target = folder.join(name);
    let arguments: Vec<&str> =
        ["-c", script, text(&target)].into_iter().chain(files.iter().map(|path| text(path))).collect();
    let run = tool("python3", &arguments);
    assert_eq!(run.code, 0, "{}", run.err);
}

/// All children with their schools; what these have sent lies with the receiver, who has confirmed them all. Answers the
/// schools, the number of bundles, and the file with the passphrases.
fn year_group(receiver: &Receiver) -> (Vec<Feeder>, usize, PathBuf) {
    let (mut feeders, mut left) = (Vec::new(), CHILDREN);
    for number in 1..=FEEDERS {
        // Seeds far apart, so that no two schools have the same child.
        let seeds = (number as u64 * 400)..(number as u64 * 400 + 400);
        let feeder = Feeder::new(number, seeds, (CHILDREN / FEEDERS + 1).min(left));
        left -= feeder.children;
        feeders.push(feeder);
    }
    assert_eq!(left, 0, "all children have a school");
    let (mut words, mut sent) = (String::new(), 0);
    for feeder in &feeders {
        let run = feeder.pack("sent", &[]);
        for passphrase in passphrases(&run.out) {
            words += &format!("{passphrase}\n");
        }
        confirm(&receiver.desk, &feeder.desk, &feeder.identity());
        for (name, bytes) in bundles(&feeder.desk.path("sent")) {
            receiver.desk.write(&format!("arrived/{:02}/{name}", feeder.number), bytes);
            sent += 1;
        }
    }
    (feeders, sent, receiver.desk.write("words.txt", words))
}

/// As mail leaves it: one bundle twice, one cut short, one changed, one damaged in its envelope, what is none at all.
fn mishaps(receiver: &Receiver, feeders: &[Feeder]) {
    let of = |number: usize| bundles(&feeders[number - 1].desk.path("sent"));
    let changed = |bytes: &[u8]| {
        let mut changed = bytes.to_vec();
        changed[bytes.len() / 2] ^= 1;
        changed
    };
    receiver.desk.write("arrived/attachment (3).zip", &of(1)[0].1);
    receiver.desk.write("arrived/half.zip", &of(2)[0].1[..of(2)[0].1.len() / 2]);
    // Damaged in its envelope, nobody can tell it from one whose passphrase is not known.
    receiver.desk.write("arrived/damaged.zip", changed(&of(3)[1].1));
    feeders[2].pack("open", &["--no-encrypt"]);
    receiver.desk.write("arrived/changed.zip", changed(&bundles(&feeders[2].desk.path("open"))[0].1));
    receiver.desk.write("arrived/empty.zip", "");
    receiver.desk.write("arrived/later.zip.crdownload", "PK");
    receiver.desk.write("arrived/scan.pdf", "no bundle");
    receiver.desk.write("arrived/holiday.jpg", "no business of ours");
}

/// The bundles of one school in a ZIP file, those of another attached to an e-mail, and one for another school.
fn detours(receiver: &Receiver) {
    let arrived = receiver.desk.path("arrived");
    let names = tree(&arrived.join("04")).into_keys();
    let paths: Vec<PathBuf> = names.map(|name| arrived.join("04").join(name)).collect();
    zipped(&arrived, "all of them.zip", &paths);
    paths.iter().for_each(|path| fs::remove_file(path).unwrap());
    let mail = arrived.join("05");
    let attached = bundles(&mail);
    let encoded: String = attached.iter().map(|(name, bytes)| attachment(name, bytes)).collect();
    let head = "From: office@school.example\r\nTo: dsl@academy.example\r\nSubject: Files\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n";
    fs::write(mail.join("Transition files.eml"), format!("{head}{encoded}--x--\r\n")).unwrap();
    attached.iter().for_each(|(name, _)| fs::remove_file(mail.join(name)).unwrap());
    let other = Feeder::new(40, 90_000..90_400, 1);
    let record = tree(&other.desk.path("class")).into_iter().next().unwrap();
    let text = String::from_utf8(record.1).unwrap();
    let elsewhere = text.replace("\"999401\"", "\"999402\"").replace("\"9994001\"", "\"9994002\"");
    other.desk.write(&format!("class/{}", record.0), elsewhere);
    other.pack("sent", &["--no-encrypt"]);
    confirm(&receiver.desk, &other.desk, &other.identity());
    for (name, bytes) in bundles(&other.desk.path("sent")) {
        receiver.desk.write(&format!("arrived/other/{name}"), bytes);
    }
}

#[test]
fn a_year_group_of_many_schools_arrives_and_every_sender_hears_of_it() {
    let receiver = Receiver::new();
    let (feeders, sent, words) = year_group(&receiver);
    mishaps(&receiver, &feeders);
    detours(&receiver);
    let keys = ["--bundle-passphrase-file", text(&words), "--as-of", "2026-07-13"];
    let run = receiver.receive(&keys);
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    assert!(run.out.contains(&format!("{sent} bundles accepted")), "{}{}", run.out, run.err);
    assert!(run.out.contains(&format!("{CHILDREN} children in the register")), "{}", run.out);
    assert!(run.out.contains("cohort.pdf") && !run.err.contains("are not made"), "{}{}", run.out, run.err);
    let pages = tool("pdfinfo", &[text(&receiver.desk.path("got/cohort.pdf"))]).out;
    assert!(pages.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 2")), "{pages}");
    for (name, why) in [
        ("half.zip", "it was cut short on the way"),
        ("changed.zip", "changed"),
        ("empty.zip", "The file is empty"),
        ("later.zip.crdownload", "The download is not finished"),
        ("scan.pdf", "This is no bundle of handover"),
        ("other/", "It is addressed to another school"),
    ] {
        let mut lines = run.err.lines().filter(|line| line.contains(name) && line.contains("NOT accepted"));
        let line = lines.next().unwrap_or_default();
        assert!(line.contains(why), "{name}: {line}\n{}", run.err);
    }
    assert!(run.err.contains("damaged.zip: It is locked"), "{}", run.err);
    assert!(run.err.contains("1 file left alone") && run.err.contains("holiday.jpg"), "{}", run.err);
    // What is for another school lies nowhere here.
    let got = tree(&receiver.desk.path("got"));
    let kept = got.keys().filter(|name| name.ends_with("file.quarantined")).count();
    assert_eq!(kept, 5, "changed, cut short, empty, unfinished, no bundle");
    // Each circle has its own children and nobody else's packs.
    for (circle, ending) in [("general", " general.pdf"), ("safeguarding", " safeguarding.pdf")] {
        let own = got.keys().filter(|name| name.starts_with(&format!("{circle}/")) && name.ends_with(ending)).count();
        assert_eq!(own, CHILDREN, "{circle}");
    }
    assert!(got.keys().all(|name| !name.starts_with("general/") || !name.contains("safeguarding")), "{:?}", got.keys());
    // The same again changes nothing, and says so.
    let again = receiver.receive(&keys);
    assert!(
        again.out.contains("0 bundles accepted") && again.out.contains("8 more in an earlier run"),
        "{}",
        again.out
    );
    let after = tree(&receiver.desk.path("got"));
    let differ = got.iter().filter(|(name, bytes)| after.get(*name) != Some(bytes)).map(|(name, _)| name);
    let differ: Vec<&String> = differ.collect();
    assert!(differ.is_empty() && after.len() == got.len(), "{differ:?}");
    receipts_go_back(&receiver, &feeders);
    spreadsheets_say_the_same(&receiver);
    who_is_missing(&receiver, &keys);
}

/// Bytes as an e-mail carries them.
fn attachment(name: &str, bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for (number, three) in bytes.chunks(3).enumerate() {
        let all = three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let is_used = at <= three.len();
            let letter = LETTERS[(all >> (18 - 6 * at) & 63) as usize];
            encoded.push(if is_used { char::from(letter) } else { '=' });
        }
        if number % 19 == 18 {
            encoded.push_str("\r\n");
        }
    }
    format!(
        "--x\r\nContent-Type: application/zip; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
    )
}

/// Each sender takes its receipt over: silent before, acknowledged after; nobody else's is believed, and a changed one neither.
fn receipts_go_back(receiver: &Receiver, feeders: &[Feeder]) {
    let own = receiver.desk.path("config/identity-999401.p12");
    for feeder in feeders.iter().take(3) {
        let status = |more: &[&str]| feeder.desk.run(&[&["status", "--as-of", "2026-07-14"][..], more].concat());
        assert!(status(&[]).out.contains(&format!("{} not sent", feeder.children)), "{}", status(&[]).out);
        assert_eq!(feeder.desk.run(&["sent", "--as-of", DAY]).code, 0);
        assert!(status(&[]).out.contains(&format!("{} silent, 0 overdue", feeder.children)), "{}", status(&[]).out);
        let receipt =
            receiver.desk.path(&format!("got/receipts/receipt-99920{:02}-9994001-2026-07-13.txt", feeder.number));
        let words = fs::read_to_string(&receipt).unwrap();
        let import = |name: &str, words: &str| {
            let file = feeder.desk.write(name, words);
            feeder.desk.run(&["receipt", "import", text(&file), "--as-of", "2026-07-14"])
        };
        let unknown = import("receipt.txt", &words);
        assert!(unknown.code == 4 && unknown.err.contains("nobody here has confirmed"), "{}", unknown.err);
        confirm(&feeder.desk, &receiver.desk, &own);
        // Changed for people or for the program, it is none.
        let lie = import("lie.txt", &words.replacen("accepted", "not our child", 1));
        assert!(lie.code == 4 && lie.err.contains("not what was signed"), "{}", lie.err);
        let flipped = words.replacen("\n7b", "\n7c", 1);
        assert_eq!(import("flipped.txt", &flipped).code, 4);
        // As mail gives it back: quoted, with other ends of lines, among other words.
        let mailed =
            format!("Hello\r\n\r\n{}\r\nBye", words.lines().map(|line| format!("> {line}\r\n")).collect::<String>());
        let good = import("good.txt", &mailed);
        assert_eq!(good.code, 0, "{}{}", good.out, good.err);
        assert!(status(&[]).out.contains(&format!("{} acknowledged", feeder.children)), "{}", status(&[]).out);
        let again = import("good.txt", &mailed);
        assert!(again.out.contains("0 packs noted"), "{}", again.out);
        assert_eq!(status(&["--audit"]).code, 0, "{}", status(&["--audit"]).out);
        let class = feeder.desk.path("class");
        let named = feeder.desk.run(&["status", text(&class), "--format", "json", "--as-of", "2026-07-14"]);
        let rows: Vec<BTreeMap<String, Json>> = serde_json::from_str(&named.out).unwrap();
        assert_eq!(rows.len(), feeder.children);
        assert!(rows.iter().all(|row| row["state"] == "acknowledged" && row["child"].as_str() != Some("")), "{rows:?}");
    }
    // A school that is silent is overdue after five school days, and is asked.
    let silent = &feeders[5];
    let late = silent.desk.run(&["status", "--as-of", "2026-07-20", "--chase", text(&silent.desk.path("chase.txt"))]);
    assert!(late.code == 5 && late.out.contains("OVERDUE"), "{}", late.out);
    let asked = fs::read_to_string(silent.desk.path("chase.txt")).unwrap();
    assert!(asked.contains("9994001") && asked.contains("confirmation of receipt"), "{asked}");
}

/// A second program reads the same cells out of the workbook as stand in the table.
fn spreadsheets_say_the_same(receiver: &Receiver) {
    let script = "import csv, json, sys, zipfile, xml.etree.ElementTree as tree\n\
        ns = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n\
        book = zipfile.ZipFile(sys.argv[1])\n\
        shared = [''.join(t.text or '' for t in si.iter(ns + 't')) for si in tree.fromstring(book.read('xl/sharedStrings.xml'))]\n\
        rows = [[shared[int(c.find(ns + 'v').text)] if c.find(ns + 'v') is not None else '' for c in row] for row in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(ns + 'row')]\n\
        assert all(c.get('t') in ('s', None) for c in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(ns + 'c'))\n\
        table = list(csv.reader(open(sys.argv[2], encoding='utf-8')))\n\
        strip = lambda rows: [[cell for cell in row if cell] for row in rows]\n\
        assert strip(rows) == strip(table), (rows[:2], table[:2])\n\
        print(len(rows))\n";
    let (book, table) = (receiver.desk.path("got/register.xlsx"), receiver.desk.path("got/register.csv"));
    let run = tool("python3", &["-c", script, text(&book), text(&table)]);
    assert_eq!((run.code, run.out.trim()), (0, format!("{}", CHILDREN + 1).as_str()), "{}", run.err);
    // LibreOffice opens it, and has the same in every cell.
    let home = format!("-env:UserInstallation=file://{}", text(&receiver.desk.path("office")));
    let out = receiver.desk.path("opened");
    let convert =
        [&home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false", "--outdir"];
    let run = tool("soffice", &[&convert[..], &[text(&out), text(&book)]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let script = "import csv, sys\n\
        one, other = (list(csv.reader(open(path, encoding='utf-8'))) for path in sys.argv[1:])\n\
        plain = lambda rows: [[cell.removeprefix(\"'\") for cell in row] for row in rows]\n\
        assert plain(one) == plain(other), [(a, b) for a, b in zip(one, other) if a != b][:3]\n\
        print(len(one))\n";
    let run = tool("python3", &["-c", script, text(&out.join("register.csv")), text(&table)]);
    assert_eq!((run.code, run.out.trim()), (0, format!("{}", CHILDREN + 1).as_str()), "{}", run.err);
}

/// The school's own list is held against what came.
fn who_is_missing(receiver: &Receiver, keys: &[&str]) {
    let register = receiver.register();
    let children = register["children"].as_array().unwrap();
    let mut list = String::from("Name,UPN,Date of birth\n");
    for (number, child) in children.iter().enumerate() {
        let of = |field: &str| child[field].as_str().unwrap().to_owned();
        let upn = match number {
            // Not on the list; on it under no UPN of theirs.
            0 => continue,
            1 => "H999400126001".to_owned(),
            _ => of("upn"),
        };
        list += &format!("{},{upn},{}\n", of("legal_name"), of("dob"));
    }
    list += "Somebody Else,K999400126002,2015-01-02\n";
    let list = receiver.desk.write("expected.csv", list);
    let run = receiver.receive(&[keys, &["--expected", text(&list)]].concat());
    assert!(
        run.out.contains("expected: 1 with nothing, 0 in part, 1 possible, 2 not expected"),
        "{}{}",
        run.out,
        run.err
    );
    let missing = fs::read_to_string(receiver.desk.path("got/missing.csv")).unwrap();
    assert!(missing.contains("Somebody Else"), "{missing}");
    assert_eq!(
        fs::read_to_string(receiver.desk.path("got/chasing.txt")).unwrap(),
        "",
        "nobody is asked on the first day"
    );
    let into = receiver.desk.path("got");
    let later = ["receive", "--into", text(&into), "--as-of", "2026-09-07"];
    assert_eq!(receiver.desk.run(&later).code, 0);
    let asked = fs::read_to_string(receiver.desk.path("got/chasing.txt")).unwrap();
    assert!(asked.contains("We expect 1 child") && !asked.contains("Somebody"), "no name goes into a mail: {asked}");
}

/// One child in two versions, whichever comes first.
#[test]
fn a_newer_version_replaces_an_older_one_and_says_what_changed_and_an_older_one_never_wins() {
    let feeder = Feeder::new(1, 400..500, 1);
    let first = feeder.pack("first", &["--no-encrypt"]);
    assert_eq!(first.code, 0);
    let (name, record) = tree(&feeder.desk.path("class")).into_iter().next().unwrap();
    let record = String::from_utf8(record).unwrap();
    let changed = record.replacen(
        "who_should_know = \"My tutor, not the whole class\"",
        "who_should_know = \"Nobody but my tutor\"",
        1,
    );
    assert_ne!(record, changed);
    feeder.desk.write(&format!("class/{name}"), changed);
    let (class, out) = (feeder.desk.path("class"), feeder.desk.path("second"));
    let second = ["pack", text(&class), "--out", text(&out), "--as-of", "2026-07-11", "--no-encrypt"];
    assert_eq!(feeder.desk.run(&second).code, 0);
    let orders = [["first", "second"], ["second", "first"]];
    let mut pages = Vec::new();
    for order in orders {
        let receiver = Receiver::new();
        confirm(&receiver.desk, &feeder.desk, &feeder.identity());
        for (number, version) in order.iter().enumerate() {
            for (name, bytes) in bundles(&feeder.desk.path(version)) {
                receiver.desk.write(&format!("arrived/{number}/{name}"), bytes);
            }
            let run = receiver.receive(&["--as-of", "2026-07-13"]);
            assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        }
        let register = receiver.register();
        let packs = register["children"][0]["packs"].as_array().unwrap();
        let current: Vec<&Json> = packs.iter().filter(|pack| pack["state"] == "current").collect();
        // A pack that says the same is the file of the day before.
        let day = |pack: &Json| if pack["kind"] == "profile" { DAY } else { "2026-07-11" };
        assert!(current.iter().all(|pack| pack["made_on"] == day(pack)), "{packs:?}");
        assert!(packs.iter().any(|pack| pack["state"] == "replaced" && pack["made_on"] == DAY), "{packs:?}");
        for pack in packs {
            assert!(
                receiver.desk.path("got").join(pack["path"].as_str().unwrap()).is_file(),
                "the older stays on disk"
            );
        }
        pages.push(fs::read_to_string(receiver.desk.path("got/safeguarding/index.html")).unwrap());
        // The same two packs, told by a command of its own.
        let path = |state: &str| {
            let pack = packs.iter().find(|pack| pack["state"] == state && pack["kind"] == "safeguarding").unwrap();
            receiver.desk.path("got").join(pack["path"].as_str().unwrap())
        };
        let diff = receiver.desk.run(&["diff", text(&path("replaced")), text(&path("current"))]);
        assert!(diff.code == 1 && diff.out.contains("voice who should know: was"), "{}{}", diff.out, diff.err);
        // And the bundles themselves, pack by pack.
        let bundle = |version: &str| {
            let (name, _) =
                bundles(&feeder.desk.path(version)).into_iter().find(|(name, _)| name.contains("safeg")).unwrap();
            feeder.desk.path(version).join(name)
        };
        let diff = receiver.desk.run(&["diff", text(&bundle("first")), text(&bundle("second"))]);
        assert!(diff.code == 1 && diff.out.contains("-safeguarding\n  voice who should know: was"), "{}", diff.out);
        assert_eq!(receiver.desk.run(&["diff", text(&bundle("first")), text(&bundle("first"))]).code, 0);
    }
    assert!(
        pages[0].contains("Nobody but my tutor") && pages[0] == pages[1],
        "the order in which they came counts for nothing"
    );
}

#[test]
fn what_is_locked_or_not_confirmed_waits_and_is_not_lost() {
    let feeder = Feeder::new(1, 400..500, 1);
    let told = feeder.pack("sent", &[]);
    let receiver = Receiver::new();
    for (name, bytes) in bundles(&feeder.desk.path("sent")) {
        receiver.desk.write(&format!("arrived/{name}"), bytes);
    }
    let locked = receiver.receive(&["--as-of", "2026-07-13"]);
    assert!(locked.code == 5 && locked.err.contains("no passphrase that was given"), "{}{}", locked.out, locked.err);
    let words = receiver.desk.write("words.txt", passphrases(&told.out).join("\n"));
    let open = ["--bundle-passphrase-file", text(&words), "--as-of", "2026-07-13"];
    let unknown = receiver.receive(&open);
    assert!(unknown.code == 5 && unknown.err.contains("trust add"), "{}{}", unknown.out, unknown.err);
    let page = fs::read_to_string(receiver.desk.path("got/quarantine/index.html")).unwrap();
    assert!(page.contains("twelve words"), "{page}");
    confirm(&receiver.desk, &feeder.desk, &feeder.identity());
    let good = receiver.receive(&open);
    assert_eq!(good.code, 0, "{}{}", good.out, good.err);
    assert!(!fs::read_to_string(receiver.desk.path("got/quarantine/index.html")).unwrap().contains("twelve words"));
    // Several passphrases in one, as somebody types them into the one question.
    let other = Receiver::new();
    confirm(&other.desk, &feeder.desk, &feeder.identity());
    for (name, bytes) in bundles(&feeder.desk.path("sent")) {
        other.desk.write(&format!("arrived/{name}"), bytes);
    }
    let (arrived, into) = (other.desk.path("arrived"), other.desk.path("got"));
    let mut command = other.desk.command(&["receive", text(&arrived), "--into", text(&into), "--as-of", "2026-07-13"]);
    let typed = passphrases(&told.out).join(", ").to_uppercase();
    let run = ran(command.env("HANDOVER_BUNDLE_PASSPHRASE", typed).output().unwrap());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // Without knowing who one is, nothing is received.
    let nobody = Workspace::new();
    assert_eq!(nobody.run(&["receive", text(&arrived), "--into", text(&nobody.path("got"))]).code, 2);
    assert!(!nobody.path("got").exists());
    decisions(&other, &into);
}

/// What was read, who is not ours: the receipt says so.
fn decisions(other: &Receiver, into: &Path) {
    let receipt_after = |day: &str, said: &[&str]| {
        let again = ["receive", "--into", text(into), "--name", "Priya Nandakumar", "--role", "DSL", "--as-of", day];
        let run = other.desk.run(&[&again[..], said].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        fs::read_to_string(into.join(format!("receipts/receipt-9992001-9994001-{day}.txt"))).unwrap()
    };
    let receipt = receipt_after("2026-07-14", &["--confirm"]);
    assert!(receipt.contains("read on 2026-07-14 by Priya Nandakumar, DSL"), "{receipt}");
    let register = other.register();
    let reference = register["children"][0]["reference"].as_str().unwrap();
    let receipt = receipt_after("2026-07-15", &["--not-our-child", reference]);
    assert!(receipt.contains(&format!("{reference} general: not our child")), "{receipt}");
}

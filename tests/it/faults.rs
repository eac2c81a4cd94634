//! Nothing is lost: every command that writes, with a fault at each of its steps. A full disk, and a run that is killed.
//!
//! The program takes the steps one by one (`src/cli/disk.rs`); `__HANDOVER_TEST_FAULT` says at which one what goes wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, thread};

use handover::sign::Identity;
use handover::verify::Trust;

use super::support::{DAY, Ran, Workspace, first_example, ran, root, text, tree, words_in};

const FAULT: &str = "__HANDOVER_TEST_FAULT";

/// A command that writes, and what has to be true of it.
struct Scenario {
    name: &'static str,
    /// What lies there before.
    prepare: fn(&Workspace),
    arguments: fn(&Workspace) -> Vec<String>,
    /// Whether everything that the command is to do is done.
    is_done: fn(&Workspace) -> bool,
}

fn path(desk: &Workspace, name: &str) -> String {
    text(&desk.path(name)).to_owned()
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// A command line; words that begin with @ are files on the desk.
fn on(desk: &Workspace, line: &str) -> Vec<String> {
    let word = |word: String| word.strip_prefix('@').map(|name| path(desk, name)).unwrap_or(word);
    words(line).into_iter().map(word).collect()
}

fn run(desk: &Workspace, arguments: &[String]) -> Ran {
    desk.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn record(desk: &Workspace) {
    desk.write("records/one.toml", first_example());
}

fn untidy_record(desk: &Workspace) {
    desk.write("records/one.toml", first_example().replace("dob = 2015-04-17", "dob = 17/04/2015") + "\n# “x”\n");
    desk.write("records/two.toml", "\u{feff}".to_owned() + &first_example());
}

/// An identity, packs of it, and another school that has confirmed it.
fn packed(desk: &Workspace) {
    record(desk);
    assert_eq!(run(desk, &on(desk, &format!("pack @records --out @sent --as-of {DAY} --no-encrypt"))).code, 0);
}

fn confirmed(desk: &Workspace) {
    packed(desk);
    let shown = desk.run(&["identity", "show", "--pem"]).out;
    desk.write("school.pem", shown);
    let words = words_in(&desk.run(&["identity", "show"]).out);
    let add =
        ["trust", "add", &path(desk, "school.pem"), "--by", "T. Pattern", "--how", "telephone", "--words", &words];
    assert_eq!(desk.run(&[&add[..], &["--as-of", DAY]].concat()).code, 0);
}

/// The bundles that were sent, as arguments.
fn sent(desk: &Workspace) -> String {
    let names = tree(&desk.path("sent"));
    let bundles = names.keys().filter(|name| name.ends_with(".zip")).map(|name| format!("@sent/{name}"));
    bundles.collect::<Vec<_>>().join(" ")
}

fn receiving(desk: &Workspace) {
    confirmed(desk);
    assert_eq!(run(desk, &on(desk, "trust us --laestab 9994001 --urn 999401")).code, 0);
}

fn is_received(desk: &Workspace) -> bool {
    let files = tree(&desk.path("got"));
    let notes = files.keys().filter(|name| name.ends_with("received.json") && !name.contains(".handover-")).count();
    let register = fs::read_to_string(desk.path("got/register.csv")).unwrap_or_default();
    let receipts = files.keys().filter(|name| name.starts_with("receipts/receipt-")).count();
    let page = fs::read_to_string(desk.path("got/general/index.html")).unwrap_or_default();
    notes == 2 && register.contains("Thistlewood") && receipts == 1 && page.contains("</html>")
}

/// The reference of the only child that was packed.
fn reference(desk: &Workspace) -> String {
    let names = tree(&desk.path("sent"));
    let pack = names.keys().find_map(|name| name.rsplit('/').next()?.strip_suffix("-profile.pdf").map(str::to_owned));
    pack.unwrap()
}

fn acknowledged(desk: &Workspace) {
    receiving(desk);
    let line = format!("receive {} --into @got --name Pat --role DSL --no-documents --as-of {DAY}", sent(desk));
    assert_eq!(run(desk, &on(desk, &line)).code, 0);
    let own = path(desk, "config/identity-999401.p12");
    desk.write("receiver.pem", desk.run(&["identity", "show", &own, "--pem"]).out);
    let words = words_in(&desk.run(&["identity", "show", &own]).out);
    let add =
        ["trust", "add", &path(desk, "receiver.pem"), "--by", "T. Pattern", "--how", "telephone", "--words", &words];
    assert_eq!(desk.run(&[&add[..], &["--as-of", DAY]].concat()).code, 0);
}

fn listed(desk: &Workspace) {
    confirmed(desk);
    desk.identity("authority.p12", "Exampleshire Council", "999000", DAY);
    let list = "[[signer]]\nurn = \"999777\"\nschool = \"Other Example School\"\nrole = \"seal\"\n\
                certificate_sha256 = \"abababababababababababababababababababababababababababababababab\"\n\
                confirmed_by = \"R. Sample\"\nconfirmed_on = \"2026-07-01\"\nhow = \"visit\"\n";
    desk.write("list.toml", list);
}

fn signed_list(desk: &Workspace) {
    listed(desk);
    assert_eq!(run(desk, &on(desk, "trust sign @list.toml --identity @authority.p12")).code, 0);
    desk.write("authority.pem", desk.run(&["identity", "show", &path(desk, "authority.p12"), "--pem"]).out);
    let words = words_in(&desk.run(&["identity", "show", &path(desk, "authority.p12")]).out);
    let add = ["trust", "add", &path(desk, "authority.pem"), "--by", "T. Pattern", "--how", "visit", "--words", &words];
    let added = desk.run(&[&add[..], &["--role", "authority", "--as-of", DAY]].concat());
    assert_eq!(added.code, 0, "{}", added.err);
}

fn trust(desk: &Workspace) -> Trust {
    let text = fs::read_to_string(desk.path("config/trust.toml")).unwrap_or_default();
    Trust::parse(&text).unwrap()
}

fn opens(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| Identity::from_pkcs12(&bytes, "").is_ok())
}

fn fingerprint(desk: &Workspace) -> String {
    let identity = Identity::from_pkcs12(&fs::read(desk.path("config/identity-999201.p12")).unwrap(), "").unwrap();
    identity.certificate().fingerprint().to_string()
}

fn has_sign_off(desk: &Workspace) -> bool {
    fs::read_to_string(desk.path("records/one.toml")).unwrap().contains("name = \"Pat Example\"")
}

fn bundles(desk: &Workspace, out: &str) -> usize {
    tree(&desk.path(out)).keys().filter(|name| name.ends_with(".zip") && !name.starts_with('.')).count()
}

/// Whether what was packed lies in its place whole: bundles, packs to read, and the identity that has sealed them.
fn is_packed(desk: &Workspace, out: &str) -> bool {
    let files = tree(&desk.path(out));
    let pdfs = files.keys().filter(|name| name.ends_with(".pdf") && !name.starts_with('.')).count();
    bundles(desk, out) == 2 && pdfs == 5 && opens(&desk.path("config/identity-999201.p12"))
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "new",
        prepare: |_| (),
        arguments: |desk| on(desk, "new @new/one.toml"),
        is_done: |desk| desk.path("new/one.toml").exists() && desk.path("new/record.schema.json").exists(),
    },
    Scenario {
        name: "fix",
        prepare: untidy_record,
        arguments: |desk| on(desk, "fix @records"),
        is_done: |desk| {
            tree(&desk.path("records")).values().all(|text| {
                let text = String::from_utf8_lossy(text);
                text.contains("dob = 2015-04-17") && !text.starts_with('\u{feff}')
            })
        },
    },
    Scenario {
        name: "sign-off",
        prepare: record,
        arguments: |desk| {
            let mut line = on(desk, &format!("sign-off @records/one.toml --role other --as-of {DAY} --name"));
            line.push("Pat Example".to_owned());
            line
        },
        is_done: has_sign_off,
    },
    Scenario {
        name: "sign-off of a record with two names",
        prepare: |desk| {
            record(desk);
            fs::hard_link(desk.path("records/one.toml"), desk.path("records/same.toml")).unwrap();
        },
        arguments: |desk| {
            let mut line = on(desk, &format!("sign-off @records/one.toml --role other --as-of {DAY} --name"));
            line.push("Pat Example".to_owned());
            line
        },
        is_done: |desk| {
            let read = |name: &str| fs::read(desk.path(name)).unwrap();
            has_sign_off(desk) && read("records/one.toml") == read("records/same.toml")
        },
    },
    Scenario {
        name: "import",
        prepare: |desk| {
            record(desk);
            let list = |name: &str| fs::read_to_string(root().join("tests/it/lists").join(name)).unwrap();
            desk.write("lists/sims.csv", list("sims.csv"));
            // Sessions without days would be asked for, and make the record one that is not whole.
            let pupil = list("pupil.xml");
            let (before, after) = pupil.split_once("<Attendance>").unwrap();
            desk.write("lists/pupil.xml", before.to_owned() + after.split_once("</Attendance>").unwrap().1);
        },
        arguments: |desk| on(desk, &format!("import @lists/sims.csv @lists/pupil.xml --into @records --as-of {DAY}")),
        // One child has a record, which is filled; the other's is begun; and it is known where values came from.
        is_done: |desk| {
            let files = tree(&desk.path("records"));
            let records = files.keys().filter(|name| name.ends_with(".toml") && !name.contains(".handover-")).count();
            let notes = fs::read_to_string(desk.path("records/handover.notes.json")).unwrap_or_default();
            let one = fs::read_to_string(desk.path("records/one.toml")).unwrap();
            let is_noted = notes.contains("characteristics.ethnicity") && !notes.contains("is_unsettled");
            records == 2 && one.contains("ethnicity = \"WBRI\"") && is_noted
        },
    },
    Scenario {
        name: "the first pack",
        prepare: record,
        arguments: |desk| on(desk, &format!("pack @records --out @out --as-of {DAY} --no-encrypt --force")),
        is_done: |desk| is_packed(desk, "out"),
    },
    Scenario {
        name: "pack over earlier packs",
        prepare: packed,
        arguments: |desk| on(desk, &format!("pack @records --out @sent --as-of {DAY} --no-encrypt --force")),
        is_done: |desk| is_packed(desk, "sent"),
    },
    Scenario {
        name: "drafts",
        prepare: record,
        arguments: |desk| on(desk, &format!("pack @records --out @drafts --as-of {DAY} --for-child --force")),
        is_done: |desk| desk.path("drafts/one-for-the-child.pdf").exists(),
    },
    Scenario {
        name: "open",
        prepare: confirmed,
        arguments: |desk| {
            let names = tree(&desk.path("sent"));
            let bundles: Vec<String> =
                names.keys().filter(|name| name.ends_with(".zip")).map(|name| format!("@sent/{name}")).collect();
            on(desk, &format!("open {} --into @opened --as-of {DAY}", bundles.join(" ")))
        },
        is_done: |desk| tree(&desk.path("opened")).keys().filter(|name| name.ends_with("manifest.json")).count() == 2,
    },
    Scenario {
        name: "receive",
        prepare: receiving,
        arguments: |desk| {
            on(desk, &format!("receive {} --into @got --name Pat --role DSL --no-documents --as-of {DAY}", sent(desk)))
        },
        is_done: is_received,
    },
    Scenario {
        name: "card",
        prepare: |_| {},
        arguments: |desk| {
            on(desk, &format!("card --school Example --urn 999401 --laestab 9994001 --out @card.txt --as-of {DAY}"))
        },
        is_done: |desk| {
            let keys = tree(&desk.path("config")).keys().filter(|name| name.starts_with("circle-key-")).count();
            fs::read_to_string(desk.path("card.txt")).is_ok_and(|card| card.contains("END HANDOVER CARD")) && keys == 3
        },
    },
    Scenario {
        name: "recall",
        prepare: packed,
        arguments: |desk| {
            let reason = "--reason withdrawn --name Pat --role DSL --out @recalls";
            on(desk, &format!("recall {} {reason} --as-of {DAY}", reference(desk)))
        },
        is_done: |desk| {
            let recalls = tree(&desk.path("recalls")).keys().filter(|name| name.starts_with("recall-")).count();
            let status = run(desk, &on(desk, &format!("status --as-of {DAY}"))).out;
            recalls == 1 && status.starts_with("recalled")
        },
    },
    Scenario {
        name: "expire",
        prepare: |desk| {
            receiving(desk);
            let line = format!("receive {} --into @got --as-of {DAY}", sent(desk));
            assert_eq!(run(desk, &on(desk, &line)).code, 0);
            // What is made of all children names those who are gone.
            desk.write("got/cohort.pdf", "as `receive` makes it");
        },
        arguments: |desk| on(desk, "expire @got --delete --as-of 2050-01-01"),
        is_done: |desk| {
            let left = tree(&desk.path("got"));
            let register = fs::read_to_string(desk.path("got/register.csv")).unwrap_or_default();
            left.keys().all(|name| !name.ends_with(".pdf") && !name.ends_with("received.json"))
                && !register.contains("Thistlewood")
        },
    },
    Scenario {
        name: "receipt import",
        prepare: acknowledged,
        arguments: |desk| on(desk, &format!("receipt import @got/receipts --as-of {DAY}")),
        is_done: |desk| {
            let status = run(desk, &on(desk, &format!("status --as-of {DAY}"))).out;
            let audit = run(desk, &on(desk, "status --audit"));
            status.starts_with("acknowledged: ") && audit.code == 0 && desk.path("config/ledger.head").exists()
        },
    },
    Scenario {
        name: "extract",
        prepare: confirmed,
        arguments: |desk| {
            let names = tree(&desk.path("sent"));
            let pack = names.keys().find(|name| name.ends_with("-profile.pdf")).unwrap();
            on(desk, &format!("extract @sent/{pack} --out @record.json --as-of {DAY} --force"))
        },
        is_done: |desk| fs::read(desk.path("record.json")).is_ok_and(|bytes| bytes.ends_with(b"}\n")),
    },
    Scenario {
        name: "a new identity in the place of an old one",
        prepare: packed,
        arguments: |desk| {
            on(
                desk,
                "identity new --school Millbeck --urn 999201 --no-passphrase --force --out @config/identity-999201.p12",
            )
        },
        is_done: |desk| opens(&desk.path("config/identity-999201.p12")),
    },
    Scenario {
        name: "identity renew",
        prepare: packed,
        arguments: |desk| {
            on(desk, "identity renew @config/identity-999201.p12 --out @keys/new.p12 --no-passphrase --force")
        },
        is_done: |desk| {
            opens(&desk.path("keys/new.p12"))
                && desk.path("keys/new.renewal.pem").exists()
                && desk.path("keys/new.renewal.pem.p7s").exists()
        },
    },
    Scenario {
        name: "trust us",
        prepare: confirmed,
        arguments: |desk| on(desk, "trust us --laestab 9994001 --urn 999401"),
        is_done: |desk| trust(desk).us.is_some(),
    },
    Scenario {
        name: "trust revoke",
        prepare: confirmed,
        arguments: |desk| on(desk, &format!("trust revoke {} --why stolen", fingerprint(desk))),
        is_done: |desk| trust(desk).is_revoked(&fingerprint(desk)),
    },
    Scenario {
        name: "trust sign",
        prepare: listed,
        arguments: |desk| on(desk, "trust sign @list.toml --identity @authority.p12 --force"),
        is_done: |desk| {
            let list = Trust::parse(&fs::read_to_string(desk.path("list.toml")).unwrap()).unwrap();
            list.serial.is_some() && desk.path("list.toml.p7s").exists()
        },
    },
    Scenario {
        name: "trust import",
        prepare: signed_list,
        arguments: |desk| {
            let identity = Identity::from_pkcs12(&fs::read(desk.path("authority.p12")).unwrap(), "").unwrap();
            on(desk, &format!("trust import @list.toml --signed-by {}", identity.certificate().fingerprint()))
        },
        is_done: |desk| trust(desk).signers.len() == 3,
    },
];

/// A desk as it is before a command, copied from one that was prepared.
fn copied(from: &Workspace) -> Workspace {
    let desk = Workspace::new();
    let copy = tool_copy(from.folder.path(), desk.folder.path());
    assert!(copy, "cp");
    desk
}

fn tool_copy(from: &Path, to: &Path) -> bool {
    // With links kept, which matter here.
    let all = format!("{}/.", text(from));
    std::process::Command::new("cp").args(["-a", &all, text(to)]).status().unwrap().success()
}

/// What has to be there whatever happened: every file of before is whole, as it was or as it is to be.
fn losses(desk: &Workspace, before: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut lost = Vec::new();
    for (name, old) in before {
        let place = desk.path(name);
        let Ok(now) = fs::read(&place) else {
            // Moved aside, with the list that brings it back: whoever comes next finishes it.
            let listed = tree(desk.folder.path())
                .keys()
                .any(|other| other.contains("/.handover-") && other.ends_with("ready.json"));
            if !(listed && place.components().any(|part| part.as_os_str().to_string_lossy().ends_with("-to-read"))) {
                lost.push(format!("{name} is gone"));
            }
            continue;
        };
        let kept = place.with_file_name(format!(".handover-new-{}", place.file_name().unwrap().to_string_lossy()));
        let is_whole = now == *old || is_sound(name, &now) || kept.exists();
        if !is_whole {
            lost.push(format!("{name} is neither old nor new ({} bytes for {})", now.len(), old.len()));
        }
    }
    lost
}

/// Whether new content is whole.
fn is_sound(name: &str, bytes: &[u8]) -> bool {
    let utf8 = || std::str::from_utf8(bytes).unwrap_or_default();
    if name.ends_with("trust.toml") || name.ends_with("list.toml") {
        Trust::parse(utf8()).is_ok_and(|trust| !trust.signers.is_empty())
    } else if name.ends_with(".p12") {
        Identity::from_pkcs12(bytes, "").is_ok()
    } else if name.ends_with(".toml") {
        handover::record::read("x", bytes).findings.is_empty()
    } else if name.ends_with(".pdf") {
        bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF")
    } else if name.ends_with(".zip") {
        handover::bundle::read_archive(bytes).is_ok()
    } else if name.ends_with(".head") {
        bytes.ends_with(b"\n")
    } else if name.ends_with(".sqlite") {
        bytes.starts_with(b"SQLite format 3\0")
    } else {
        name.ends_with(".pem") || name.ends_with(".p7s")
    }
}

fn leftovers(desk: &Workspace) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_name().to_string_lossy().starts_with(".handover") {
                found.push(entry.path());
            } else if entry.path().is_dir() {
                walk(&entry.path(), found);
            }
        }
    }
    let mut found = Vec::new();
    walk(desk.folder.path(), &mut found);
    found.iter().map(|path| path.display().to_string()).collect()
}

/// The steps that a command takes.
fn steps(scenario: &Scenario, prepared: &Workspace) -> Vec<String> {
    let desk = copied(prepared);
    let trace = Workspace::new();
    let arguments = (scenario.arguments)(&desk);
    let mut command = desk.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let ended = ran(command.env(FAULT, format!("trace:{}", path(&trace, "trace"))).output().unwrap());
    assert_eq!(ended.code, 0, "{}: {}", scenario.name, ended.err);
    assert!((scenario.is_done)(&desk), "{} is not done", scenario.name);
    fs::read_to_string(trace.path("trace")).unwrap().lines().map(str::to_owned).collect()
}

fn with_fault(scenario: &Scenario, prepared: &Workspace, fault: &str, wrong: &mut Vec<String>) {
    let desk = copied(prepared);
    let before = tree(desk.folder.path());
    let arguments = (scenario.arguments)(&desk);
    let mut command = desk.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let ended = ran(command.env(FAULT, fault).output().unwrap());
    let mut say = |what: String| wrong.push(format!("{}, {fault}: {what}", scenario.name));
    let is_done = (scenario.is_done)(&desk);
    match (fault.starts_with("error"), ended.code) {
        (true, 0) if !is_done => say("says that all is well, and it is not done".to_owned()),
        (true, 0 | 3 | 5) | (false, -1 | 0) => {}
        (_, code) => say(format!("exit {code}: {}", ended.err.lines().last().unwrap_or_default())),
    }
    // What is to be deleted is gone; everything else is as it was.
    let is_meant = |line: &String| scenario.name == "expire" && line.contains("got/");
    losses(&desk, &before).into_iter().filter(|line| !is_meant(line)).for_each(&mut say);
    // A full disk leaves nothing behind; a killed run leaves it to the next.
    if fault.starts_with("error") && ended.code == 3 && !leftovers(&desk).is_empty() {
        let left = leftovers(&desk);
        if !left.iter().all(|name| name.contains(".handover-new-")) {
            say(format!("left behind: {left:?}"));
        }
    }
    let again = run(&desk, &arguments);
    let is_there = again.code == 3 && again.err.contains("is there already");
    let is_known =
        again.code == 4 && again.err.contains("already") || again.code == 2 && again.err.contains("begins like this");
    let some_are_there = again.code == 5 && again.err.contains("is there already");
    if ![again.code == 0, is_there, is_known, some_are_there].contains(&true) {
        say(format!("run again: exit {}: {}", again.code, again.err));
    }
    if !(scenario.is_done)(&desk) {
        say(format!("run again, and not done: {} {}", again.out, again.err));
    }
    losses(&desk, &before).into_iter().filter(|line| !is_meant(line)).for_each(&mut say);
    if !leftovers(&desk).is_empty() {
        say(format!("left after the next run: {:?}", leftovers(&desk)));
    }
}

#[test]
fn a_fault_at_any_step_of_any_command_loses_nothing() {
    let work: Vec<(&Scenario, Workspace, String)> = SCENARIOS
        .iter()
        .flat_map(|scenario| {
            let prepared = Workspace::new();
            (scenario.prepare)(&prepared);
            let steps = steps(scenario, &prepared);
            assert!(steps.len() > 3, "{}: {steps:?}", scenario.name);
            let faults = (1..=steps.len()).flat_map(|at| [format!("error:{at}"), format!("kill:{at}")]);
            faults.map(|fault| (scenario, copied(&prepared), fault)).collect::<Vec<_>>()
        })
        .collect();
    assert!(work.len() > 300, "{}", work.len());
    let halves: (Vec<_>, Vec<_>) = work.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let wrong = thread::scope(|scope| {
        let half = |work: Vec<(usize, &(&Scenario, Workspace, String))>| {
            let mut wrong = Vec::new();
            for (_, (scenario, prepared, fault)) in work {
                with_fault(scenario, prepared, fault, &mut wrong);
            }
            wrong
        };
        let other = scope.spawn(move || half(halves.1));
        let mut wrong = half(halves.0);
        wrong.extend(other.join().unwrap());
        wrong
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), work.len(), wrong.join("\n"));
}

/// A rename is the last word on a file only if the file is on the disk before it, and its folder after it.
#[test]
fn what_is_renamed_was_flushed_and_its_folder_is_flushed_after_it() {
    for scenario in SCENARIOS {
        let prepared = Workspace::new();
        (scenario.prepare)(&prepared);
        let steps = steps(scenario, &prepared);
        let (mut unflushed, mut dirty, mut last) = (0_i32, false, "");
        for step in &steps {
            // What is only kept until it has a place may be lost; what gets one is flushed just before.
            let is_kept = step.contains("/finished/");
            match step.split(' ').next().unwrap() {
                "rename" if last.starts_with("flush ") && last.contains("/finished/") => dirty = true,
                "write" | "flush" if is_kept => {}
                "write" => unflushed += 1,
                "flush" => unflushed -= 1,
                "flush-folder" => dirty = false,
                "rename" => {
                    assert_eq!(unflushed, 0, "{}: {step} before its content is on the disk", scenario.name);
                    dirty = true;
                }
                _ => {}
            }
            last = step;
        }
        assert!(!dirty, "{}: the last rename is not on the disk", scenario.name);
    }
}

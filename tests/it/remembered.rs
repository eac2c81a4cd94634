//! What was made before: a pack that says the same is the same file, and nothing is taken for it that is not.

use std::collections::BTreeMap;
use std::fs;

use handover::bundle::{FileKind, Manifest, read_archive};

use super::support::{DAY, Ran, Workspace, examples, ran, text, tree, with_ending, words_in};

const LATER: &str = "2026-07-13";

fn records(desk: &Workspace) {
    for (name, bytes) in tree(&examples()) {
        desk.write(&format!("records/{name}"), bytes);
    }
}

/// Two of them.
fn few_records(desk: &Workspace) {
    for (name, bytes) in tree(&examples()) {
        if ["01", "02", "pictures"].iter().any(|few| name.starts_with(few)) {
            desk.write(&format!("records/{name}"), bytes);
        }
    }
}

fn pack(desk: &Workspace, out: &str, day: &str, more: &[&str]) -> Ran {
    let (records, out) = (desk.path("records"), desk.path(out));
    let pack = ["pack", text(&records), "--out", text(&out), "--as-of", day, "--no-encrypt"];
    desk.run(&[&pack[..], more].concat())
}

/// The manifests under a folder, each with the pack's bytes by their digest.
fn manifests(desk: &Workspace, out: &str) -> Vec<Manifest> {
    let bundles = with_ending(&desk.path(out), ".zip");
    let manifest = |path| {
        let files = read_archive(&fs::read(path).unwrap()).unwrap();
        Manifest::from_bytes(&files[Manifest::PATH]).unwrap()
    };
    bundles.into_iter().map(manifest).collect()
}

/// The sealed packs of all bundles: their digests by name.
fn packs(manifests: &[Manifest]) -> BTreeMap<String, String> {
    let files = manifests.iter().flat_map(|manifest| &manifest.files).filter(|file| file.kind == FileKind::Pack);
    files.map(|file| (file.path.clone(), file.sha256.clone())).collect()
}

fn change_one(desk: &Workspace) {
    let path = "records/01-nothing-to-worry.toml";
    let before = fs::read_to_string(desk.path(path)).unwrap();
    let after = before.replace("legal_forename = \"", "legal_forename = \"Ada ");
    assert_ne!(before, after);
    desk.write(path, after);
    let run = desk.run(&["validate", text(&desk.path(path)), "--as-of", LATER]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

fn is_genuine(desk: &Workspace, out: &str) {
    let receiver = Workspace::new();
    let folder = desk.path(out);
    let first = with_ending(&folder, ".zip").remove(0);
    let words = words_in(&desk.run(&["identity", "show"]).out);
    let add = ["trust", "add", text(&first), "--by", "T. Pattern", "--how", "telephone", "--words", &words];
    assert_eq!(receiver.run(&[&add[..], &["--as-of", LATER]].concat()).code, 0);
    let verified = receiver.run(&["verify", text(&folder), "--as-of", LATER]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

#[test]
fn the_same_records_on_the_same_day_are_the_same_transfer() {
    let desk = Workspace::new();
    records(&desk);
    for out in ["one", "two", "fresh"] {
        let run = pack(&desk, out, DAY, if out == "fresh" { &["--fresh"] } else { &[] });
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let one = tree(&desk.path("one"));
    assert!(one == tree(&desk.path("two")) && one == tree(&desk.path("fresh")));
    assert!(manifests(&desk, "one").iter().all(|manifest| manifest.replaces.is_none()));
}

#[test]
fn a_correction_to_one_child_makes_the_packs_of_that_child_anew_and_no_other() {
    let desk = Workspace::new();
    records(&desk);
    assert_eq!(pack(&desk, "out", DAY, &[]).code, 0);
    let before = manifests(&desk, "out");
    let earlier: BTreeMap<&str, &str> =
        before.iter().map(|one| (one.to.laestab.as_str(), one.transfer.as_str())).collect();
    change_one(&desk);
    let run = pack(&desk, "later", LATER, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let after = manifests(&desk, "later");
    let (old, new) = (packs(&before), packs(&after));
    let changed: Vec<&String> = new.keys().filter(|name| old.get(*name) != new.get(*name)).collect();
    assert_eq!((old.len(), new.len(), changed.len()), (31, 31, 3), "{changed:?}");
    for manifest in &after {
        assert_eq!(manifest.replaces.as_deref(), earlier.get(manifest.to.laestab.as_str()).copied());
        assert_eq!(manifest.made_on, LATER);
        for file in manifest.files.iter().filter(|file| file.kind == FileKind::Pack) {
            let is_changed = changed.contains(&&file.path);
            assert_eq!((file.unchanged, manifest.pack_day(file)), (!is_changed, if is_changed { LATER } else { DAY }));
        }
    }
    let said: usize = run.out.matches(" as sent before)").count();
    assert!(said >= 5, "{}", run.out);
    is_genuine(&desk, "later");
    let page = with_ending(&desk.path("later"), ".zip").into_iter().map(|path| {
        let files = read_archive(&fs::read(path).unwrap()).unwrap();
        String::from_utf8(files[Manifest::START_HERE_PATH].clone()).unwrap()
    });
    assert!(page.clone().all(|page| page.contains("take the place of what your school has")));
    assert_eq!(page.map(|page| page.matches("(as before)").count()).sum::<usize>(), 28);
    // Made anew on request, with the day of today; what the receiver has is known all the same.
    assert_eq!(pack(&desk, "fresh", LATER, &["--fresh"]).code, 0);
    assert!(manifests(&desk, "fresh").iter().flat_map(|one| &one.files).all(|file| file.made_on.is_none()));
}

#[test]
fn a_pack_that_looks_otherwise_or_is_of_another_school_key_is_another() {
    let desk = Workspace::new();
    records(&desk);
    assert_eq!(pack(&desk, "out", DAY, &[]).code, 0);
    let old = packs(&manifests(&desk, "out"));
    let differs = |out: &str, more: &[&str]| {
        let run = pack(&desk, out, LATER, more);
        assert_eq!(run.code, 0, "{}", run.err);
        let new = manifests(&desk, out);
        assert!(new.iter().flat_map(|one| &one.files).all(|file| file.made_on.is_none()), "{out}");
        assert!(packs(&new).iter().all(|(name, digest)| old.get(name) != Some(digest)), "{out}");
    };
    desk.write("records/branding.toml", "accent = \"#7a1f1f\"\n");
    differs("branding", &[]);
    fs::remove_file(desk.path("records/branding.toml")).unwrap();
    let theme = fs::read_to_string(super::support::root().join("templates/theme.typ")).unwrap();
    desk.write("templates/theme.typ", theme + "\n");
    differs("templates", &["--templates", text(&desk.path("templates"))]);
    let renewed = desk.path("keys/new.p12");
    let old_key = desk.path("config/identity-999201.p12");
    let renew = ["identity", "renew", text(&old_key), "--out", text(&renewed), "--no-passphrase", "--as-of", LATER];
    let run = desk.run(&renew);
    assert_eq!(run.code, 0, "{}", run.err);
    differs("key", &["--identity", text(&renewed)]);
}

#[test]
fn a_pack_is_never_dated_after_its_bundle() {
    let desk = Workspace::new();
    few_records(&desk);
    assert_eq!(pack(&desk, "first", DAY, &[]).code, 0);
    change_one(&desk);
    for (out, day) in [("later", LATER), ("back", DAY)] {
        assert_eq!(pack(&desk, out, day, &[]).code, 0);
        let changed = packs(&manifests(&desk, out));
        assert!(!changed.is_empty());
        for manifest in manifests(&desk, out) {
            assert!(manifest.made_on == day && manifest.files.iter().all(|file| manifest.pack_day(file) <= day));
        }
    }
}

#[test]
fn what_was_changed_since_is_not_taken_for_what_was_sealed() {
    let desk = Workspace::new();
    records(&desk);
    assert_eq!(pack(&desk, "out", DAY, &[]).code, 0);
    let whole = tree(&desk.path("out"));
    // A pack that the sender has to read, by another hand; and the last bytes of one lost.
    let packs = with_ending(&desk.path("out"), "-safeguarding.pdf");
    let mut bytes = fs::read(&packs[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&packs[0], &bytes).unwrap();
    fs::write(&packs[1], b"%PDF-1.7").unwrap();
    fs::remove_file(&packs[2]).unwrap();
    assert_eq!(pack(&desk, "out", DAY, &["--force"]).code, 0);
    assert!(whole == tree(&desk.path("out")));
    // Nor is a ledger believed that names one pack for another.
    let ledger = rusqlite::Connection::open(desk.path("config/ledger.sqlite")).unwrap();
    let swapped = ledger.execute(
        "UPDATE pack SET (sha256, size) = (SELECT sha256, size FROM pack AS other
         WHERE other.kind = pack.kind AND other.key <> pack.key LIMIT 1)",
        [],
    );
    assert!(swapped.unwrap() > 20);
    drop(ledger);
    assert_eq!(pack(&desk, "out", DAY, &["--force"]).code, 0);
    assert!(whole == tree(&desk.path("out")));
}

#[test]
fn a_memory_that_cannot_be_read_costs_no_pack() {
    let desk = Workspace::new();
    records(&desk);
    assert_eq!(pack(&desk, "whole", DAY, &[]).code, 0);
    let whole = tree(&desk.path("whole"));
    let ledger = desk.path("config/ledger.sqlite");
    let good = fs::read(&ledger).unwrap();
    let other = Workspace::new();
    let foreign = other.path("foreign.sqlite");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE pupils (name TEXT)").unwrap();
    for (name, bytes) in [
        ("garbage", b"this is no database, but long enough to look like one".to_vec()),
        ("cut", good[..good.len() / 2].to_vec()),
        ("foreign", fs::read(foreign).unwrap()),
    ] {
        fs::write(&ledger, &bytes).unwrap();
        let run = pack(&desk, name, DAY, &[]);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        assert!(whole == tree(&desk.path(name)), "{name}");
        assert_eq!(run.err.matches("cannot be kept in mind").count(), 1, "{name}: {}", run.err);
        assert!(fs::read(&ledger).unwrap() == bytes, "{name}: it is left as it is");
    }
}

#[test]
fn the_ledger_holds_no_name_and_no_word_of_a_record() {
    let desk = Workspace::new();
    let (record, canaries) = super::canary::canary_record();
    super::canary::write_pictures(&desk, "records/");
    desk.write("records/one.toml", record);
    assert_eq!(pack(&desk, "out", DAY, &[]).code, 0);
    let bytes = fs::read(desk.path("config/ledger.sqlite")).unwrap();
    let held = String::from_utf8_lossy(&bytes);
    assert!(held.contains("voice"), "the section's anchor");
    for canary in canaries.keys() {
        assert!(!held.contains(canary.as_str()), "{canary:?}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path("config/ledger.sqlite")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads it");
    }
}

/// The places of one run at which it is killed.
const PLACES: usize = 30;

#[test]
fn a_run_that_is_killed_and_started_again_goes_on_where_it_was() {
    const FAULT: &str = "__HANDOVER_TEST_FAULT";
    let prepared = Workspace::new();
    few_records(&prepared);
    // The identity, and nothing else.
    assert_eq!(pack(&prepared, "whole", DAY, &[]).code, 0);
    fs::remove_file(prepared.path("config/ledger.sqlite")).unwrap();
    let whole = tree(&prepared.path("whole"));
    let started = |desk: &Workspace, fault: &str| {
        let (records, out) = (desk.path("records"), desk.path("out"));
        let pack = ["pack", text(&records), "--out", text(&out), "--as-of", DAY, "--no-encrypt"];
        ran(desk.command(&pack).env(FAULT, fault).output().unwrap())
    };
    let copied = || {
        let desk = Workspace::new();
        for (name, bytes) in tree(&prepared.path("records")) {
            desk.write(&format!("records/{name}"), bytes);
        }
        desk.write("config/identity-999201.p12", fs::read(prepared.path("config/identity-999201.p12")).unwrap());
        desk
    };
    let desk = copied();
    let trace = desk.path("trace");
    assert_eq!(started(&desk, &format!("trace:{}", text(&trace))).code, 0);
    let steps = fs::read_to_string(&trace).unwrap().lines().count();
    assert!(steps > 2 * PLACES, "{steps}");
    let mut used_again = 0;
    for place in 1..=PLACES {
        let desk = copied();
        let at = place * steps / (PLACES + 1);
        let killed = started(&desk, &format!("kill:{at}"));
        assert_ne!(killed.code, 0, "{at}");
        let run = pack(&desk, "out", DAY, &[]);
        let is_placed = run.err.contains("is there already");
        assert!(run.code == 0 || is_placed, "{at} of {steps}: {}", run.err);
        assert!(whole == tree(&desk.path("out")), "killed at {at} of {steps}: {}", run.err);
        used_again += usize::from(run.err.contains("are used again"));
    }
    assert!(used_again * 2 > PLACES, "{used_again}");
}

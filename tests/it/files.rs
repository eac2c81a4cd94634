//! Safe with files: nothing half written, nothing overwritten unasked, the same bytes each time, names that tell nothing.

use std::fs;

use super::support::{DAY, Workspace, examples, packed, text, tree, with_ending};

#[test]
fn the_same_records_identity_and_day_give_the_same_bytes() {
    let desk = Workspace::new();
    let first = desk.pack(&examples(), "first");
    let second = desk.pack(&examples(), "second");
    let (first, second) = (tree(&first), tree(&second));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} differs");
    }
}

#[test]
fn nothing_is_overwritten_unasked() {
    let desk = Workspace::new();
    let record = examples().join("01-nothing-to-worry.toml");
    let out = desk.pack(&record, "out");
    let bundle = with_ending(&out, "general-").first().cloned().unwrap_or_else(|| with_ending(&out, ".zip").remove(0));
    fs::write(&bundle, "mine").unwrap();
    let again = desk.run(&["pack", text(&record), "--out", text(&out), "--as-of", DAY, "--no-encrypt"]);
    assert_eq!(again.code, 3, "{}", again.err);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(fs::read(&bundle).unwrap(), b"mine");
    let forced = desk.run(&["pack", text(&record), "--out", text(&out), "--as-of", DAY, "--force", "--no-encrypt"]);
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert!(fs::read(&bundle).unwrap().starts_with(b"PK"));
    assert!(tree(&out).keys().all(|name| !name.starts_with('.')), "staging is gone");
}

#[test]
fn a_failed_run_leaves_no_file() {
    let desk = Workspace::new();
    let record = desk.write("r.toml", "schema_version = 1\n");
    let out = desk.path("out");
    assert_eq!(desk.run(&["pack", text(&record), "--out", text(&out)]).code, 1);
    assert!(!out.exists() && !desk.path("config").exists());
    // A folder that cannot be made: a file stands in its place.
    let blocked = desk.write("blocked", "x");
    let good = examples().join("01-nothing-to-worry.toml");
    assert_eq!(desk.run(&["pack", text(&good), "--out", text(&blocked), "--as-of", DAY]).code, 3);
    assert!(!desk.path("config/identity-999201.p12").exists(), "no identity without a pack");
}

#[cfg(unix)]
#[test]
fn what_is_written_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, out) = packed();
    let mut files = with_ending(out, "");
    files.push(desk.path("config/identity-999201.p12"));
    for file in files {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
}

#[test]
fn names_tell_nothing_about_a_child() {
    let (_, out) = packed();
    let mut names: Vec<String> = tree(out).into_keys().collect();
    for bundle in with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
        assert!(files.contains_key("START-HERE.html") && files.contains_key("manifest.json.p7s"));
        names.extend(files.into_keys());
    }
    for file in super::support::example_files() {
        let record: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
        let pupil = record["pupil"].as_table().unwrap();
        for key in ["upn", "legal_surname", "legal_forename"] {
            let value = pupil[key].as_str().unwrap().to_lowercase();
            assert!(!names.iter().any(|name| name.to_lowercase().contains(&value)), "{key}");
        }
        let dob = pupil["dob"].to_string();
        assert!(!names.iter().any(|name| name.contains(&dob) || name.contains(&dob.replace('-', ""))));
    }
}

/// Somebody who opens a bundle finds each child by name, once, with a link to each of its packs.
#[test]
fn the_page_to_begin_with_names_each_child_and_links_its_packs() {
    let (_, out) = packed();
    for bundle in with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
        let manifest = handover::bundle::Manifest::from_bytes(&files["manifest.json"]).unwrap();
        let page = String::from_utf8(files["START-HERE.html"].clone()).unwrap();
        let packs: Vec<_> = manifest.files.iter().filter(|file| file.child.is_some()).collect();
        assert!(!packs.is_empty());
        let mut places = Vec::new();
        for pack in packs {
            assert_eq!(page.matches(&format!("href=\"{}\"", pack.path)).count(), 1, "{}", pack.path);
            let name = format!("<bdi>{}</bdi>", pack.child.as_ref().unwrap());
            assert_eq!(page.matches(&name).count(), 1, "{name}");
            places.push((pack.child.as_ref().unwrap().to_string(), page.find(&name)));
        }
        places.sort();
        assert!(places.is_sorted_by_key(|(_, at)| *at), "{places:?}");
    }
}

#[test]
fn each_child_can_have_bundles_of_its_own() {
    let desk = Workspace::new();
    let out = desk.path("out");
    let run =
        desk.run(&["pack", text(&examples()), "--out", text(&out), "--as-of", DAY, "--per-child", "--no-encrypt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let bundles = with_ending(&out, ".zip");
    let of = |kind: &str| bundles.iter().filter(|path| text(path).contains(&format!("-{kind}-"))).count();
    assert_eq!((of("general"), of("safeguarding")), (8, 8));
    assert!(of("send") < 8, "only children with something for the SENCO");
}

#[test]
fn sister_bundles_share_their_transfer() {
    let (_, out) = packed();
    let mut transfers = std::collections::BTreeMap::new();
    for bundle in with_ending(out, ".zip") {
        let files = handover::bundle::read_archive(&fs::read(bundle).unwrap()).unwrap();
        let manifest = handover::bundle::Manifest::from_bytes(&files["manifest.json"]).unwrap();
        transfers.entry(manifest.to.laestab.clone()).or_insert_with(Vec::new).push(manifest);
    }
    assert_eq!(transfers.len(), 2);
    for manifests in transfers.values() {
        assert_eq!(manifests.len(), 3);
        assert!(manifests.iter().all(|manifest| manifest.transfer == manifests[0].transfer));
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_left_where_temporary_files_lie() {
    let desk = Workspace::new();
    let temporary = desk.path("tmp");
    fs::create_dir(&temporary).unwrap();
    let out = desk.path("out");
    let pack = |more: &[&str]| {
        let mut command = desk
            .command(&[&["pack", text(&examples()), "--out", text(&out), "--as-of", DAY, "--force"], more].concat());
        command.env("TMPDIR", &temporary).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
        command
    };
    assert_eq!(pack(&[]).status().unwrap().code(), Some(0));
    assert!(tree(&temporary).is_empty(), "after success: {:?}", tree(&temporary).keys());
    assert!(tree(&out).keys().all(|name| !name.starts_with('.')), "no staging is left");
    assert_eq!(pack(&["--to-age", "age1nonsense"]).status().unwrap().code(), Some(2));
    assert!(tree(&temporary).is_empty(), "after failure: {:?}", tree(&temporary).keys());
    for wait in [50, 150, 400, 900] {
        let mut process = pack(&[]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(tree(&temporary).is_empty(), "killed after {wait} ms: {:?}", tree(&temporary).keys());
    }
    // Templates of a school's own are typeset by a process of their own.
    let own = desk.write("own/profile.typ", fs::read(super::support::root().join("templates/profile.typ")).unwrap());
    let record = examples().join("04-looked-after.toml");
    let mut command = desk.command(&["pack", text(&record), "--out", text(&desk.path("own-out")), "--as-of", DAY]);
    command.args(["--templates", text(own.parent().unwrap())]).env("TMPDIR", &temporary);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert!(tree(&temporary).is_empty(), "with templates: {:?}", tree(&temporary).keys());
}

#[cfg(unix)]
#[test]
fn a_trust_list_that_cannot_be_found_is_no_empty_list() {
    let desk = Workspace::new();
    fs::create_dir(desk.path("config")).unwrap();
    std::os::unix::fs::symlink(desk.path("nowhere"), desk.path("config/trust.toml")).unwrap();
    let run = desk.run(&["verify", text(&desk.write("x.pdf", "%PDF")), "--format", "concise"]);
    assert_eq!(run.code, 3, "a revocation in it would be forgotten: {}{}", run.out, run.err);
}

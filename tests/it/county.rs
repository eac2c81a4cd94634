//! Many schools: one after the other here, and under the schedulers that counties have. GNU parallel and Slurm really run,
//! the latter with a controller and a node of its own on loopback; Kubernetes' manifest is checked against its schema.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use handover::cohort::RunReport;
use serde_json::Value as Json;

use super::support::{DAY, Ran, Workspace, examples, ran, root, text, tool, tree};

/// Three schools with two children each, one of whom stands with two schools; and a list of them.
fn county() -> Workspace {
    let desk = Workspace::new();
    for (number, name, records) in [(1, "north", ["02", "05"]), (2, "south", ["02", "07"]), (3, "west", ["04", "05"])] {
        for (file, bytes) in tree(&examples()) {
            let Ok(record) = String::from_utf8(bytes) else { continue };
            if records.iter().any(|record| file.starts_with(record)) {
                let record = record
                    .replace("\"999201\"", &format!("\"99920{number}\""))
                    .replace("\"9992001\"", &format!("\"999200{number}\""));
                desk.write(&format!("county/{name}/{file}"), record);
            }
        }
    }
    desk.write("county/schools.txt", "# The schools.\nnorth\nsouth\n\nwest\n");
    desk
}

fn pack(desk: &Workspace, out: &str, more: &[&str]) -> Ran {
    let (list, out) = (desk.path("county/schools.txt"), desk.path(out));
    let pack = ["pack", "--schools", text(&list), "--out", text(&out), "--as-of", DAY, "--no-encrypt"];
    desk.run(&[&pack[..], more].concat())
}

fn report(desk: &Workspace, out: &str, more: &[&str]) -> Ran {
    let (list, out) = (desk.path("county/schools.txt"), desk.path(out));
    desk.run(&[&["report", text(&out), "--schools", text(&list)][..], more].concat())
}

fn of_school(desk: &Workspace, out: &str, name: &str) -> RunReport {
    RunReport::from_bytes(&fs::read(desk.path(&format!("{out}/{name}/report.json"))).unwrap()).unwrap()
}

/// What was made: without what differs from run to run.
fn made(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|name, _| name.ends_with(".zip") || name.ends_with(".pdf"));
    files
}

#[test]
fn a_county_is_packed_school_by_school_and_its_reports_are_joined() {
    let desk = county();
    let run = pack(&desk, "out", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("== north\n") && run.out.contains("== west\n"), "{}", run.out);
    let joined = report(&desk, "out", &[]);
    assert_eq!(joined.code, 5, "{}{}", joined.out, joined.err);
    assert!(joined.out.contains("3 schools: 6 of 6 records packed"), "{}", joined.out);
    let twice: Vec<&str> = joined.out.lines().filter(|line| line.starts_with("the same child")).collect();
    assert_eq!(twice.len(), 2, "{}", joined.out);
    assert!(twice[0].contains("north") && twice[0].contains("02-below") && twice[0].contains("south"), "{twice:?}");
    assert!(twice[1].contains("north") && twice[1].contains("05-father") && twice[1].contains("west"), "{twice:?}");
    // The same as each school makes by itself.
    let alone = desk.path("alone");
    let north = desk.path("county/north");
    let run = desk.run(&["pack", text(&north), "--out", text(&alone), "--as-of", DAY, "--no-encrypt", "--fresh"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(made(&alone) == made(&desk.path("out/north")) && !made(&alone).is_empty());
    // Each bundle lies there as the report says.
    let north = of_school(&desk, "out", "north");
    assert_eq!((north.exit, north.packed(), north.school.unwrap().urn.as_str()), (0, 2, "999201"));
    for bundle in &north.bundles {
        let bytes = fs::read(desk.path(&format!("out/north/{}", bundle.file))).unwrap();
        assert_eq!(handover::bundle::Spooled::of(&bytes).sha256, bundle.sha256);
    }
    // No report has a name or a word of a record in it.
    let reports: String = ["north", "south", "west"]
        .map(|name| fs::read_to_string(desk.path(&format!("out/{name}/report.json"))).unwrap())
        .concat();
    for (name, record) in tree(&desk.path("county")).into_iter().filter(|(name, _)| name.ends_with(".toml")) {
        let record: toml::Table = String::from_utf8(record).unwrap().parse().unwrap();
        for field in ["upn", "legal_surname", "preferred_forename"] {
            let told = record["pupil"].get(field).and_then(toml::Value::as_str).unwrap_or("…");
            assert!(!reports.contains(told), "{name}: {told}");
        }
    }
}

#[test]
fn a_school_that_fails_keeps_no_other_from_its_packs() {
    let desk = county();
    let path = desk.path("county/south/02-below-85-reasoned.toml");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("\nupn = \"", "\nupn = \"X")).unwrap();
    desk.write("county/schools.txt", "south\nnowhere\nnorth\n");
    let run = pack(&desk, "out", &[]);
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(
        run.err.contains("  south: some records were refused\n  nowhere: something could not be read"),
        "{}",
        run.err
    );
    assert_eq!(of_school(&desk, "out", "north").packed(), 2);
    let south = of_school(&desk, "out", "south");
    assert_eq!((south.exit, south.packed()), (5, 1));
    let refused = south.records.iter().find(|record| !record.is_packed).unwrap();
    assert!(refused.errors.iter().any(|code| code.starts_with("ID-")), "{refused:?}");
    assert!(of_school(&desk, "out", "nowhere").failure.unwrap().contains("cannot be read"));
    // What has no report is missing; what is no report is refused.
    desk.write("county/schools.txt", "south\nnorth\neast\n");
    let joined = report(&desk, "out", &["--format", "json"]);
    assert_eq!(joined.code, 5);
    let said: Json = serde_json::from_str(&joined.out).unwrap();
    assert_eq!((&said["missing"], said["schools"].as_object().unwrap().len()), (&serde_json::json!(["east"]), 3));
    desk.write("out/north/report.json", "{}");
    assert_eq!(report(&desk, "out", &[]).code, 3);
    // A list that cannot be used is refused before anything is made.
    for (list, code) in [("", 2), ("# none\n", 2), ("north\nNorth/\n", 2), ("..\n", 2)] {
        desk.write("county/schools.txt", list);
        assert_eq!(pack(&desk, "other", &[]).code, code, "{list:?}");
        assert!(!desk.path("other").exists(), "{list:?}");
    }
    desk.write("county/schools.txt", "north\nsouth\n");
    assert_eq!(pack(&desk, "other", &["--only", "3"]).code, 2);
    assert_eq!(pack(&desk, "other", &["--only", "2"]).code, 5);
    assert!(!desk.path("other/north").exists() && desk.path("other/south/report.json").exists());
}

#[test]
fn a_report_needs_a_key_that_cannot_be_guessed() {
    let desk = county();
    let (north, out, report) = (desk.path("county/north"), desk.path("out"), desk.path("report.json"));
    let key = desk.write("key", "too short\n");
    let pack = ["pack", text(&north), "--out", text(&out), "--as-of", DAY, "--report", text(&report)];
    assert_eq!(desk.run(&[&pack[..], &["--report-key", text(&key)]].concat()).code, 2);
    assert!(!out.exists() && !report.exists());
    assert_eq!(desk.run(&pack).code, 0);
    let read = RunReport::from_bytes(&fs::read(&report).unwrap()).unwrap();
    assert!(read.records.iter().all(|record| record.mark.is_none() && record.is_packed));
}

/// Where the program is found by its name, before all others.
#[expect(clippy::disallowed_methods, reason = "the tools are where this machine has them")]
fn search_path() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_handover")).parent().unwrap();
    format!("{}:{}", text(folder), std::env::var("PATH").unwrap())
}

#[test]
fn gnu_parallel_packs_the_same_county() {
    let desk = county();
    assert_eq!(pack(&desk, "here", &["--fresh"]).code, 0);
    let script = root().join("examples/county/parallel.sh");
    let mut command = Command::new(script);
    command.args([text(&desk.path("county/schools.txt")), text(&desk.path("out"))]);
    command.args(["--as-of", DAY, "--no-encrypt", "--fresh"]).env("PATH", search_path()).env("SCHOOLS_AT_ONCE", "2");
    let run = ran(command.env("HANDOVER_CONFIG_DIR", desk.path("config")).output().unwrap());
    // Two children stand with two schools.
    assert_eq!(run.code, 5, "{}{}", run.out, run.err);
    assert!(run.out.contains("3 schools: 6 of 6 records packed"), "{}", run.out);
    assert_eq!(run.out.matches("the same child").count(), 2, "{}", run.out);
    assert!(made(&desk.path("out")) == made(&desk.path("here")) && made(&desk.path("out")).len() > 20);
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn started(program: &str, arguments: &[&str], configuration: &Path) -> Running {
    let mut command = Command::new(program);
    command.args(arguments).env("SLURM_CONF", configuration).stdout(Stdio::null()).stderr(Stdio::null());
    Running(command.spawn().unwrap_or_else(|error| panic!("{program} is missing ({error}); tests/run installs it")))
}

fn waited_for(what: &str, is_there: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_there() {
        assert!(begun.elapsed() < Duration::from_secs(180), "{what} did not come");
        sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_slurm_array_packs_the_same_county() {
    let desk = county();
    assert_eq!(pack(&desk, "here", &["--fresh"]).code, 0);
    let (at, state, spool) = (text(desk.folder.path()), desk.path("state"), desk.path("spool"));
    fs::create_dir_all(&state).unwrap();
    fs::create_dir_all(&spool).unwrap();
    let word = |program: &str, arguments: &[&str]| tool(program, arguments).out.trim().to_owned();
    let (host, user) = (word("hostname", &["-s"]), word("id", &["-un"]));
    let key = desk.write("munge.key", "a key for a test, of no use to anybody else, but long enough");
    let socket = format!("{at}/munge.socket");
    let configuration = desk.write(
        "slurm.conf",
        format!(
            "ClusterName=test\nSlurmctldHost={host}(127.0.0.1)\nSlurmctldPort=36817\nSlurmdPort=36818\n\
             AuthType=auth/munge\nAuthInfo=socket={socket}\nCredType=cred/munge\nSlurmUser={user}\nSlurmdUser={user}\n\
             StateSaveLocation={at}/state\nSlurmdSpoolDir={at}/spool\nSlurmctldPidFile={at}/controller.pid\n\
             SlurmdPidFile={at}/node.pid\nProctrackType=proctrack/pgid\nTaskPlugin=task/none\n\
             SelectType=select/cons_tres\nSelectTypeParameters=CR_CPU\nReturnToService=2\n\
             NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2048 State=UNKNOWN\n\
             PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP\n"
        ),
    );
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o400)).unwrap();
    let files = ["pid", "seed", "log"].map(|what| format!("--{what}-file={at}/munge.{what}"));
    let (socket_option, key) = (format!("--socket={socket}"), format!("--key-file={}", text(&key)));
    let munge = ["--foreground", "--force", &socket_option, &key, &files[0], &files[1], &files[2]];
    let _munge = started("munged", &munge, &configuration);
    waited_for("munge", || Path::new(&socket).exists());
    let _controller = started("slurmctld", &["-D"], &configuration);
    let _node = started("slurmd", &["-D", "-N", &host], &configuration);
    let slurm = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).env("SLURM_CONF", &configuration).env("PATH", search_path());
        ran(command.env("HANDOVER_CONFIG_DIR", desk.path("config")).current_dir(&desk.folder).output().unwrap())
    };
    waited_for("the node", || slurm("sinfo", &["--noheader", "--format=%T"]).out.trim() == "idle");
    let (script, list) = (root().join("examples/county/slurm.sh"), desk.path("county/schools.txt"));
    let out = desk.path("out");
    let given = [text(&script), text(&list), text(&out), "--as-of", DAY, "--no-encrypt", "--fresh"];
    let submitted = slurm("sbatch", &[&["--array=1-3", "--wait"][..], &given].concat());
    let told: String = fs::read_dir(&desk.folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("slurm-"))
        .map(|entry| fs::read_to_string(entry.path()).unwrap())
        .collect();
    assert_eq!(submitted.code, 0, "{}{}{told}", submitted.out, submitted.err);
    let joined = report(&desk, "out", &[]);
    assert!(joined.out.contains("3 schools: 6 of 6 records packed"), "{}{}", joined.out, joined.err);
    assert_eq!(joined.out.matches("the same child").count(), 2, "{}", joined.out);
    assert!(made(&out) == made(&desk.path("here")) && made(&out).len() > 20);
}

#[test]
fn the_manifest_of_kubernetes_fits_its_schema_and_the_program() {
    let manifest = root().join("examples/county/kubernetes.yaml");
    let run = tool("kubernetes-validate", &["--strict", text(&manifest)]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let told = fs::read_to_string(manifest).unwrap();
    assert!(told.contains(&format!("handover:{}", env!("CARGO_PKG_VERSION"))));
    // What the pod runs, run here: the shell counts from its index to the place on the list.
    let line = told.lines().find(|line| line.contains("exec handover pack")).unwrap().trim().trim_start_matches("- ");
    let desk = county();
    let here = text(desk.folder.path());
    let line =
        line.replace("/county/schools.txt", "/county/county/schools.txt").replace("/county/", &format!("{here}/"));
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("{line} --as-of {DAY} --no-encrypt")]).env("JOB_COMPLETION_INDEX", "1");
    let run = ran(command.env("PATH", search_path()).env("HANDOVER_CONFIG_DIR", desk.path("config")).output().unwrap());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(of_school(&desk, "out", "south").packed(), 2);
}

//! What taking in a year group, or a county, costs: `cargo bench --profile release --bench receive`.
//!
//! Generated children are packed, and `handover receive` takes in their bundles: a quarter of them, and all. The processor
//! time for a pack and the peak of memory stand beside one another. `HANDOVER_BENCH_CHILDREN` sets how many there are; each
//! has four packs. `HANDOVER_BENCH_FOLDER` names a folder in which what was packed is kept for another run.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, is told its size by the environment, and stops where it stands"
)]

#[path = "../children/mod.rs"]
#[expect(dead_code, reason = "the records alone are used")]
mod children;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const CHILDREN: usize = 240;
const DAY: &str = "2026-07-10";
/// So many children a sending school has.
const SCHOOL: usize = 200;

fn main() {
    let is_measured = std::env::args().any(|argument| argument == "--bench");
    let wanted = std::env::var("HANDOVER_BENCH_CHILDREN").ok().and_then(|number| number.parse().ok());
    let wanted = if is_measured { wanted.unwrap_or(CHILDREN) } else { 4 };
    let named = std::env::var("HANDOVER_BENCH_FOLDER").ok().map(PathBuf::from);
    let folder = named.unwrap_or_else(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-receive");
        drop(fs::remove_dir_all(&folder));
        folder
    });
    let schools = packed(&folder, wanted);
    println!("| children | packs | CPU s | ms a pack | peak MiB | again: CPU s |\n|---|---|---|---|---|---|");
    for part in [schools.len().div_ceil(4), schools.len()] {
        let into = folder.join(format!("received-{part}"));
        drop(fs::remove_dir_all(&into));
        let sent: Vec<&Path> = schools.iter().take(part).map(PathBuf::as_path).collect();
        let (cpu, peak) = receive(&folder, &sent, &into);
        let (again, _) = receive(&folder, &sent, &into);
        let register = fs::read(into.join("register.json")).unwrap();
        let register: serde_json::Value = serde_json::from_slice(&register).unwrap();
        let register = register.get("children").unwrap().as_array().unwrap();
        let children = register.len();
        let packs: usize = register.iter().map(|child| child.get("packs").unwrap().as_array().unwrap().len()).sum();
        let each = cpu * 1000.0 / packs as f64;
        println!("| {children} | {packs} | {cpu:.1} | {each:.2} | {peak:.0} | {again:.1} |");
    }
}

/// Each school's bundles. What lies there already is used again.
fn packed(folder: &Path, wanted: usize) -> Vec<PathBuf> {
    let share = SCHOOL.min(wanted.div_ceil(4)).max(1);
    let (mut schools, mut seed) = (Vec::new(), 0);
    for number in 0..wanted.div_ceil(share) {
        let (class, sent) = (folder.join(format!("class-{number:03}")), folder.join(format!("sent-{number:03}")));
        let children = share.min(wanted - number * share);
        let is_there = sent.is_dir();
        if !is_there {
            fs::create_dir_all(&class).unwrap();
        }
        let mut written = 0;
        while written < children {
            let child = children::child(seed);
            seed += 1;
            if !child.expected.is_empty() {
                continue;
            }
            written += 1;
            if !is_there {
                fs::write(class.join(format!("{seed:06}.toml")), in_own_words(&child.toml, seed)).unwrap();
            }
        }
        if !is_there {
            let pack = ["pack", path(&class), "--out", path(&sent), "--as-of", DAY, "--no-encrypt"];
            let ended = program(folder, &pack).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert!(matches!(ended.code(), Some(0 | 5)), "{ended}");
        }
        schools.push(sent);
    }
    let us = ["trust", "us", "--laestab", "9994001", "--urn", "999401"];
    assert!(program(folder, &us).stderr(Stdio::null()).status().unwrap().success());
    let words = program(folder, &["identity", "show"]).output().unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    let words = words.lines().find_map(|line| line.trim().strip_prefix("In words")).unwrap().to_owned();
    let pem = folder.join("sender.pem");
    fs::write(&pem, program(folder, &["identity", "show", "--pem"]).output().unwrap().stdout).unwrap();
    let add = ["trust", "add", path(&pem), "--by", "A. Bench", "--how", "telephone", "--words", &words, "--as-of", DAY];
    // In another run it is confirmed already.
    program(folder, &add).stderr(Stdio::null()).status().unwrap();
    schools
}

/// The generator has few words, and no two children of a class say the same to the letter.
fn in_own_words(record: &str, seed: u64) -> String {
    let own: String = seed.to_string().bytes().map(|digit| char::from(digit - b'0' + b'k')).collect();
    let line = |line: &str| match line.split_once(" = \"") {
        Some((field, words)) if words.len() > 30 && !field.contains('{') => {
            format!("{field} = \"{own} and {words}\n")
        }
        _ => format!("{line}\n"),
    };
    let record: String = record.lines().map(line).collect();
    record.replace("text = \"", &format!("text = \"{own} and "))
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handover"));
    command.args(arguments).env("HANDOVER_CONFIG_DIR", folder.join("config"));
    command
}

/// Takes in the bundles of some schools; answers the processor time in seconds and the peak of memory in MiB.
fn receive(folder: &Path, sent: &[&Path], into: &Path) -> (f64, f64) {
    let bundles: Vec<PathBuf> = sent
        .iter()
        .flat_map(|sent| fs::read_dir(sent).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "zip"))
        .collect();
    let mut arguments = vec!["receive"];
    arguments.extend(bundles.iter().map(|bundle| path(bundle)));
    arguments.extend(["--into", path(into), "--as-of", "2026-07-13"]);
    let begun = Instant::now();
    let mut child = program(folder, &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut cpu, mut peak) = (0.0, 0.0);
    let ended = loop {
        if let Some((seconds, mib)) = used(child.id()) {
            (cpu, peak) = (seconds, mib);
        }
        match child.try_wait().unwrap() {
            Some(ended) => break ended,
            None => sleep(Duration::from_millis(20)),
        }
    };
    assert!(ended.success(), "{ended} after {:?}", begun.elapsed());
    (cpu, peak)
}

/// What a process has used of a processor in seconds, and its peak of memory in MiB, out of `/proc`.
fn used(process: u32) -> Option<(f64, f64)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let ticks: f64 =
        stat.rsplit(") ").next()?.split(' ').skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum();
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    Some((ticks / 100.0, peak.parse::<f64>().ok()? / 1024.0))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

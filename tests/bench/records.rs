//! Records checked in a second, beside other tools on the same files against the same schema.
//!
//! `cargo bench --bench records` writes ten thousand plausible records, validates them with this program (all rules
//! on), with `check-jsonschema` and with `taplo check --schema` (both from `PyPI`, installed by `tests/run`), and prints
//! the ratios by the clock and by CPU time, and the memory each needed. `HANDOVER_BENCH_RECORDS` sets another number of records.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, is told its size by the environment, and stops where it stands"
)]

#[path = "../children/mod.rs"]
mod children;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use children::{DAY, child};

/// How often each tool runs, in turns; the fastest run counts.
const RUNS: usize = 3;

struct Ran {
    seconds: f64,
    cpu_seconds: f64,
    peak_mib: f64,
}

fn main() {
    let count = std::env::var("HANDOVER_BENCH_RECORDS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-records");
    let files = records(&folder.join("all"), count);
    let few = records(&folder.join("few"), count / 10);
    let schema = root.join("schemas/record.schema.json");
    let venv = root.join("target/verifiers/bin");

    let ours = |files: &[PathBuf]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handover"));
        command.args(["validate", "--as-of", DAY, "--format", "concise", "--exit-zero"]).args(files);
        command
    };
    let mut check_jsonschema = Command::new(venv.join("check-jsonschema"));
    check_jsonschema.arg("--schemafile").arg(&schema).args(&files);
    let mut taplo = Command::new(venv.join("taplo"));
    taplo.args(["check", "--schema"]).arg(format!("file://{}", schema.display())).args(&files);
    let [handover, check_jsonschema, taplo, handover_few] =
        fastest([ours(&files), check_jsonschema, taplo, ours(&few)]);

    let clean = (0..count as u64).filter(|seed| child(*seed).expected.is_empty()).count();
    let processors = std::thread::available_parallelism().unwrap();
    println!("{count} records, {clean} of them without a finding, {processors} processors");
    println!("tool               seconds   CPU s   records/s   peak MiB   faster by the clock   by CPU time");
    for (name, ran) in [("handover", &handover), ("check-jsonschema", &check_jsonschema), ("taplo", &taplo)] {
        let rate = count as f64 / ran.seconds;
        let ratio = ran.seconds / handover.seconds;
        let cpu = ran.cpu_seconds / handover.cpu_seconds;
        println!(
            "{name:<17} {:>8.2} {:>7.2} {rate:>11.0} {:>10.0}   {ratio:>19.1}   {cpu:>11.1}",
            ran.seconds, ran.cpu_seconds, ran.peak_mib
        );
    }
    println!("handover on {} records: peak {:.0} MiB", few.len(), handover_few.peak_mib);
}

/// Writes records that are not there yet.
fn records(folder: &Path, count: usize) -> Vec<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    let write = |seed: usize| {
        let path = folder.join(format!("{seed:05}.toml"));
        fs::write(&path, child(seed as u64).toml).unwrap();
        path
    };
    (0..count).map(write).collect()
}

/// The fastest of some runs of each tool, taken in turns, so that a busy minute of the machine is the same for all. A
/// tool that is missing or does not do its work stops the benchmark.
fn fastest<const N: usize>(mut commands: [Command; N]) -> [Ran; N] {
    let mut fastest = commands.each_mut().map(run);
    for _ in 1..RUNS {
        for (ran, command) in fastest.iter_mut().zip(&mut commands) {
            let again = run(command);
            if again.seconds < ran.seconds {
                *ran = again;
            }
        }
    }
    fastest
}

fn run(command: &mut Command) -> Ran {
    let start = Instant::now();
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut peak, mut cpu_seconds) = (0, 0.0);
    let status = loop {
        // What the kernel says of the largest size so far; gone once the process has ended.
        peak = peak_kib(process.id()).unwrap_or(0).max(peak);
        cpu_seconds = cpu(process.id()).unwrap_or(0.0).max(cpu_seconds);
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        sleep(Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?} ended with {status}");
    Ran { seconds, cpu_seconds, peak_mib: peak as f64 / 1024.0 }
}

fn peak_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().split(' ').next()?.parse().ok()
}

/// The CPU seconds of a process so far: user and system time, in hundredths.
fn cpu(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // What stands in brackets is the name, which may hold spaces.
    let fields = stat.rsplit_once(')')?.1.split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(ticks as f64 / 100.0)
}

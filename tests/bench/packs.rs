//! What a child's packs cost, and how much of that goes into judging the bundles as their receiver will:
//! `cargo bench --profile release --bench packs`.
//!
//! CPU time of this process, one thread, the examples packed several times; medians.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and stops where it cannot go on")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use handover::bundle::ReferenceMaker;
use handover::check::{CheckOptions, Policy, check};
use handover::cohort::{BundleOutput, PackInput, Sender, group_by_receiver};
use handover::document::{Branding, Engine};
use handover::picture::{Picture, Pictures};
use handover::record::{Record, read};
use handover::sign::Identity;
use handover::verify::{Answer, Trust, judge};
use zeroize::Zeroizing;

const DAY: &str = "2026-07-10";
const ROUNDS: usize = 9;

fn main() {
    // Cargo calls a benchmark in tests too, to see whether it runs.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/records");
    let mut files: Vec<_> = fs::read_dir(&records).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let (policy, branding, engine) = (Policy::default(), Branding::default(), Engine::default());
    let today = DAY.parse().unwrap();
    let at = format!("{DAY}T00:00:00Z").parse().unwrap();
    let readings = files.iter().map(|file| read("x.toml", &fs::read(file).unwrap())).collect();
    let outcomes = check(readings, &CheckOptions { policy: &policy, today, overrides: &[] });
    let checked: Vec<_> = outcomes.iter().map(|outcome| outcome.checked.as_ref().unwrap()).collect();
    let pictures: Vec<Pictures> = checked.iter().map(|one| pictures(&records, one.record())).collect();
    let school = checked.first().unwrap().sender();
    let identity = Identity::generate(&school.name, &school.urn, at, &Zeroizing::new([7; 80])).unwrap();
    let references = ReferenceMaker::new(identity.reference_secret().unwrap());
    let sender = Sender {
        engine: &engine,
        templates: None,
        branding: &branding,
        identity: &identity,
        person: None,
        references: &references,
        day: today,
        at,
        policy: &policy,
        timestamps: None,
    };
    let (mut packing, mut judging) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let begun = cpu();
        let inputs = checked.iter().zip(&pictures).enumerate();
        let inputs = inputs.map(|(number, (checked, pictures))| PackInput { number, checked, pictures });
        let documents = inputs.map(|input| sender.documents(input).unwrap()).collect();
        let made: Vec<BundleOutput> =
            group_by_receiver(documents).into_iter().flat_map(|children| sender.transfer(children).unwrap()).collect();
        let packed = cpu();
        for output in &made {
            let trust =
                Trust::of_receiver(identity.certificate(), &output.bundle.manifest.from, &output.bundle.manifest.to);
            assert!(judge(&output.bundle.zip, &trust, at).verdict.answer == Answer::Genuine);
        }
        packing.push(packed.saturating_sub(begun));
        judging.push(cpu().saturating_sub(packed));
    }
    let children = checked.len();
    let each = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times.get(times.len() / 2).unwrap().as_secs_f64() * 1000.0 / f64::from(u32::try_from(children).unwrap())
    };
    let (packing, judging) = (each(&mut packing), each(&mut judging));
    println!("| step | CPU a child | share |\n|---|---|---|");
    println!("| typesetting, sealing, bundling and judging | {packing:.1} ms | |");
    println!("| of it judging each bundle as its receiver | {judging:.1} ms | {:.1} % |", judging * 100.0 / packing);
}

fn pictures(folder: &Path, record: &Record) -> Pictures {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let names = entries.flat_map(|entry| &entry.pictures).filter_map(|picture| picture.file.clone());
    Pictures(names.map(|name| (name.clone(), Picture::read(&fs::read(folder.join(name)).unwrap()).unwrap())).collect())
}

/// The time for which this process has been on a processor.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default())
}

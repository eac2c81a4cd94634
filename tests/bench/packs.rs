//! What packing costs, beside other tools on the same documents: `cargo bench --profile release --bench packs`.
//!
//! The examples are packed several times in this process, on one thread, and beside it by a warm Python process with
//! typst-py, pyHanko and zipfile on the same templates and data (`tests/bench/peer.py`; both are installed on first use
//! under `target/verifiers`). Then the program itself packs generated children on one and on two processors, and more
//! and more of them. CPU time stands beside CPU time, medians; `HANDOVER_BENCH_CHILDREN` sets the largest number.
//!
//! What was tried on the examples and not kept: the engine's memory kept over 1, 3, 6, 12 or 40 documents instead of none
//! (no gain that could be told from the noise, 20 to 60 MiB more), also with templates that are the same for every document;
//! sections set in a loop of the main template instead of by functions that get them (within the noise); facts as a list of
//! terms instead of a table (8 % less, but a label of two lines tears its text apart).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, is told its size by the environment, and stops where it cannot go on"
)]

#[path = "../children/mod.rs"]
mod children;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use children::{DAY, child};
use handover::bundle::{HeldSpool, ReferenceMaker, Spool};
use handover::check::{CheckOptions, Checked, CompressedRecord, Outcome, Policy, check};
use handover::cohort::{BundleOutput, NoMemory, PackInput, Sender, Storage, group_by_receiver};
use handover::document::{Branding, Engine, EngineError, Job, Typeset, Typesetter, keep_to_one_processor};
use handover::picture::{Picture, Pictures};
use handover::record::{Record, read};
use handover::sign::{Identity, read_seal};
use handover::verify::{Answer, Trust, judge};
use zeroize::Zeroizing;

const ROUNDS: usize = 7;
/// So many generated children the program packs on one and on two processors.
const CHILDREN: usize = 64;
/// Longer texts are sentences.
const SENTENCE: usize = 30;

fn main() {
    // Cargo calls a benchmark in tests too, to see whether it runs.
    let is_measured = std::env::args().any(|argument| argument == "--bench");
    let rounds = if is_measured { ROUNDS } else { 1 };
    // As the program does.
    keep_to_one_processor();
    let examples = Examples::read();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-packs");
    drop(fs::remove_dir_all(&folder));
    let measured = examples.measure(rounds, &folder);
    let children = examples.outcomes.len() as f64;
    println!(
        "{children} examples, {} documents in {} tries, {} pages\n",
        measured.documents, measured.tries, measured.pages
    );
    println!("| what | CPU a child | |\n|---|---|---|");
    let row = |what: &str, seconds: f64, note: String| {
        println!("| {what} | {:.1} ms | {note} |", seconds * 1000.0 / children);
    };
    let ours = measured.packing;
    row("typesetting, sealing, bundling and judging", ours, String::new());
    let a_page = measured.bare * 1000.0 / measured.pages as f64;
    row("of it typesetting the final documents once", measured.bare, format!("{a_page:.1} ms a page"));
    row("all else", ours - measured.bare, format!("{:.0} % on top", (ours / measured.bare - 1.0) * 100.0));
    row("of it judging as the receiver does", measured.judging, format!("{:.1} %", measured.judging * 100.0 / ours));
    if is_measured {
        let peer = peer(&["pack", path(&folder.join("documents")), path(&folder.join("seal.p12"))]);
        row("the warm Python process", peer, format!("handover: {:.2} times faster", peer / ours));
        let verifying = peer_verifying(&folder);
        let (theirs, own) = (measured.documents as f64 / verifying, measured.documents as f64 / measured.verifying);
        println!(
            "\nPDFs verified in a second of CPU: handover {own:.0}, pyHanko {theirs:.0}: {:.1} times",
            own / theirs
        );
        println!("bytes a child: {:.0} of bundles", measured.bytes as f64 / children);
        program(&folder);
    }
}

/// What the program itself takes for generated children.
fn program(folder: &Path) {
    let most = std::env::var("HANDOVER_BENCH_CHILDREN").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    println!(
        "\n| generated children | processors | seconds | a child | peak of all processes |\n|---|---|---|---|---|"
    );
    let mut on_one = 0.0;
    for (count, jobs) in [(CHILDREN, 1), (CHILDREN, 2), (256, 2), (most, 2)] {
        if count > most {
            continue;
        }
        write_children(folder, count);
        let ran = pack_children(folder, count, jobs, true);
        let note = if jobs == 2 && count == CHILDREN {
            format!(" ({:.2} times faster)", on_one / ran.seconds)
        } else {
            String::new()
        };
        if jobs == 1 {
            on_one = ran.seconds;
        }
        let each = ran.seconds * 1000.0 / count as f64;
        println!("| {count} | {jobs} | {:.1}{note} | {each:.0} ms | {:.0} MiB |", ran.seconds, ran.peak_mib);
        if count == most {
            run_again(folder, count, &ran);
        }
    }
}

/// The same records again, and again with a correction to one of them.
fn run_again(folder: &Path, count: usize, first: &Ran) {
    let again = |what: &str| {
        let ran = pack_children(folder, count, 2, false);
        let times = first.seconds / ran.seconds;
        println!("| {count}, {what} | 2 | {:.1} ({times:.1} times faster) | | {:.0} MiB |", ran.seconds, ran.peak_mib);
    };
    again("nothing changed");
    let record = folder.join(format!("children-{count}/00007.toml"));
    let text = fs::read_to_string(&record).unwrap();
    let changed = text.replacen("text = \"", "text = \"Today ", 1);
    assert_ne!(text, changed);
    fs::write(record, changed).unwrap();
    again("one corrected");
}

struct Ran {
    seconds: f64,
    peak_mib: f64,
}

/// Writes the records of some generated children.
fn write_children(folder: &Path, count: usize) {
    let records = folder.join(format!("children-{count}"));
    fs::create_dir_all(&records).unwrap();
    // Those of whom nothing is asked.
    let sound = (0..).map(child).filter(|child| child.expected.is_empty());
    for (number, child) in sound.take(count).enumerate() {
        // No two children say the same, and nothing is said of two.
        let own = number.to_string().chars().map(digit).collect::<Vec<_>>().join(" ");
        let line = |line: &str| match line.split_once(" = \"") {
            Some((field, words)) if words.len() > SENTENCE && !field.contains('{') => {
                format!("{field} = \"{own} and {words}\n")
            }
            _ => format!("{line}\n"),
        };
        let toml: String = child.toml.lines().map(line).collect();
        let toml = toml.replace("text = \"", &format!("text = \"{own} and "));
        fs::write(records.join(format!("{number:05}.toml")), toml).unwrap();
    }
}

/// Runs the program over children whose records are written; all anew, or what is not as it was.
fn pack_children(folder: &Path, count: usize, jobs: usize, is_fresh: bool) -> Ran {
    let (records, out) = (folder.join(format!("children-{count}")), folder.join("out"));
    if is_fresh {
        drop(fs::remove_dir_all(&out));
    }
    let mut pack = Command::new(env!("CARGO_BIN_EXE_handover"));
    pack.args(["pack", path(&records), "--out", path(&out), "--as-of", DAY, "--force", "--jobs", &jobs.to_string()]);
    pack.args(is_fresh.then_some("--fresh"));
    pack.env("HANDOVER_CONFIG_DIR", folder.join("config")).stdout(Stdio::piped()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut process = pack.spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(resident_kib(process.id()));
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        sleep(Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert!(status.success(), "{status}");
    Ran { seconds, peak_mib: peak as f64 / 1024.0 }
}

fn digit(digit: char) -> &'static str {
    const WORDS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(digit.to_digit(10).unwrap() as usize).unwrap()
}

/// What a process and those that it has started hold in memory now.
fn resident_kib(process: u32) -> u64 {
    let resident = |process: &str| -> u64 {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
    };
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = tasks.map(|task| fs::read_to_string(task.path().join("children")).unwrap_or_default());
    let children: u64 = children.map(|list| list.split_whitespace().map(resident).sum::<u64>()).sum();
    resident(&process.to_string()) + children
}

/// The median CPU seconds of a round of the Python process.
fn peer(arguments: &[&str]) -> f64 {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("target/verifiers/bin/python");
    let has_typst = Command::new(&python).args(["-c", "import typst"]).stderr(Stdio::null()).status().unwrap();
    if !has_typst.success() {
        let install = ["-m", "pip", "install", "--quiet", "typst==0.15.2"];
        assert!(Command::new(&python).args(install).status().unwrap().success(), "typst-py cannot be had");
    }
    let run = Command::new(&python)
        .arg(root.join("tests/bench/peer.py"))
        .args(arguments)
        .arg(ROUNDS.to_string())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    median(serde_json::from_slice(&run.stdout).unwrap())
}

fn peer_verifying(folder: &Path) -> f64 {
    peer(&["verify", path(&folder.join("sealed"))])
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_unstable_by(f64::total_cmp);
    *seconds.get(seconds.len() / 2).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What was measured in this process: CPU seconds for all examples together, medians.
struct Measured {
    documents: usize,
    /// How often a document was typeset until it was as it should be.
    tries: usize,
    pages: usize,
    packing: f64,
    bare: f64,
    judging: f64,
    verifying: f64,
    bytes: usize,
}

/// The engine, and every document that it was asked for.
struct Recorder<'e> {
    engine: &'e Engine,
    made: Mutex<Vec<(Job, Typeset)>>,
}

impl Typesetter for Recorder<'_> {
    fn typeset(&self, job: &Job) -> Result<Typeset, EngineError> {
        let typeset = self.engine.typeset(job)?;
        self.made.lock().unwrap().push((job.clone(), typeset.clone()));
        Ok(typeset)
    }

    fn has_together(&self, text: &str) -> bool {
        self.engine.has_together(text)
    }

    fn is_plain(&self, text: &str) -> bool {
        self.engine.is_plain(text)
    }
}

struct Examples {
    outcomes: Vec<Outcome>,
    /// The same, as they wait to be packed.
    waiting: Vec<CompressedRecord>,
    pictures: Vec<Pictures>,
    policy: Policy,
    branding: Branding,
    engine: Engine,
    spool: HeldSpool,
}

impl Examples {
    fn read() -> Self {
        let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/records");
        let mut files: Vec<_> = fs::read_dir(&records).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        let policy = Policy::default();
        let readings = files.iter().map(|file| read("x.toml", &fs::read(file).unwrap())).collect();
        let outcomes = check(readings, &CheckOptions { policy: &policy, today: DAY.parse().unwrap(), overrides: &[] });
        let pictures = outcomes.iter().map(|one| pictures(&records, one.checked.as_ref().unwrap().record())).collect();
        let waiting =
            outcomes.iter().map(|one| CompressedRecord::new(one.checked.as_ref().unwrap()).unwrap()).collect();
        Self {
            outcomes,
            waiting,
            pictures,
            policy,
            branding: Branding::default(),
            engine: Engine::default(),
            spool: HeldSpool::default(),
        }
    }

    fn checked(&self) -> Vec<&Checked> {
        self.outcomes.iter().map(|outcome| outcome.checked.as_ref().unwrap()).collect()
    }

    fn pack(&self, sender: &Sender<'_>) -> Vec<BundleOutput> {
        let storage = Storage { spool: &self.spool, memory: &NoMemory };
        let documents = self.waiting.iter().zip(&self.pictures).enumerate().map(|(number, (record, pictures))| {
            let input = PackInput::new(number, record, &BTreeMap::new());
            sender.documents(input, &record.checked().unwrap(), pictures, storage).unwrap()
        });
        let transfers = group_by_receiver(documents.collect());
        transfers.into_iter().flat_map(|children| sender.transfer(children, storage).map(Result::unwrap)).collect()
    }

    fn measure(&self, rounds: usize, folder: &Path) -> Measured {
        let at = format!("{DAY}T00:00:00Z").parse().unwrap();
        let checked = self.checked();
        let school = checked.first().unwrap().sender();
        let identity = Identity::generate(&school.name, &school.urn, at, &Zeroizing::new([7; 80])).unwrap();
        let references = ReferenceMaker::new(identity.reference_secret().unwrap());
        let sender = Sender {
            engine: &self.engine,
            templates: None,
            branding: &self.branding,
            identity: &identity,
            person: None,
            references: &references,
            day: DAY.parse().unwrap(),
            at,
            policy: &self.policy,
            timestamps: None,
        };
        let recorder = Recorder { engine: &self.engine, made: Mutex::default() };
        let made = self.pack(&Sender { engine: &recorder, templates: None, ..sender });
        let named = |one: &BundleOutput| {
            let pdfs =
                one.pdfs.iter().map(|(name, pdf)| (format!("{}-{name}", one.name), self.spool.get(pdf).unwrap()));
            pdfs.collect::<Vec<_>>()
        };
        let sealed: BTreeMap<String, Vec<u8>> = made.iter().flat_map(named).collect();
        // A sealed file begins with the one that was typeset.
        let mut tried = recorder.made.into_inner().unwrap();
        let tries = tried.len();
        tried.retain(|(_, typeset)| {
            typeset.pdf.as_ref().is_some_and(|made| sealed.values().any(|pdf| pdf.starts_with(made)))
        });
        self.write_documents(folder, &tried, &sealed, &identity);
        let trust = |one: &BundleOutput| {
            Trust::of_receiver(identity.certificate(), &one.bundle.manifest.from, &one.bundle.manifest.to)
        };
        // By turns, so that a processor that is faster for a while is so for all of them.
        let mut times: [Vec<f64>; 4] = Default::default();
        for _ in 0..rounds {
            let rounds: [&dyn Fn(); 4] = [
                &|| drop(self.pack(&sender)),
                &|| tried.iter().for_each(|(job, _)| drop(self.engine.typeset(job).unwrap())),
                &|| {
                    for one in &made {
                        assert!(judge(&one.bundle.zip, &trust(one), at).verdict.answer == Answer::Genuine);
                    }
                },
                &|| sealed.values().for_each(|pdf| drop(read_seal(pdf, at).unwrap())),
            ];
            times.iter_mut().zip(rounds).for_each(|(times, round)| times.push(timed(round)));
        }
        let [packing, bare, judging, verifying] = times.map(median);
        Measured {
            documents: sealed.len(),
            tries,
            pages: tried.iter().map(|(_, typeset)| typeset.layout.pages).sum(),
            packing,
            bare,
            judging,
            verifying,
            bytes: made.iter().map(|one| one.bundle.zip.len()).sum(),
        }
    }

    /// Writes for the Python process what it needs: templates, fonts, and the data of each final document.
    fn write_documents(
        &self,
        folder: &Path,
        jobs: &[(Job, Typeset)],
        sealed: &BTreeMap<String, Vec<u8>>,
        identity: &Identity,
    ) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (fonts, to_verify) = (folder.join("fonts"), folder.join("sealed"));
        fs::create_dir_all(&fonts).unwrap();
        fs::create_dir_all(&to_verify).unwrap();
        for font in fs::read_dir(root.join("templates/fonts")).unwrap().map(|entry| entry.unwrap().path()) {
            fs::copy(&font, fonts.join(font.file_name().unwrap())).unwrap();
        }
        for (name, pdf) in sealed {
            fs::write(to_verify.join(name), pdf).unwrap();
        }
        fs::write(folder.join("seal.p12"), &*identity.to_pkcs12("").unwrap()).unwrap();
        for (number, (job, _)) in jobs.iter().enumerate() {
            let place = folder.join("documents").join(number.to_string());
            fs::create_dir_all(&place).unwrap();
            for (name, text) in self.engine.templates() {
                // typst-py cannot be told to number the heads of rows for screen readers: there it does less.
                let text = text.replace("pdf.header-cell(scope: \"row\", ", "plain-cell(");
                fs::write(place.join(name), format!("#let plain-cell(body) = body\n{text}")).unwrap();
            }
            for (name, bytes) in &job.files {
                fs::write(place.join(name), bytes).unwrap();
            }
            if !job.files.contains_key("record.json") {
                fs::write(place.join("record.json"), "{}").unwrap();
            }
            fs::write(place.join("main"), &job.main).unwrap();
        }
    }
}

/// The CPU seconds of this process that some work takes.
fn timed(work: &dyn Fn()) -> f64 {
    let begun = cpu();
    work();
    cpu().saturating_sub(begun).as_secs_f64()
}

/// The time for which the threads of this process have been on a processor.
fn cpu() -> Duration {
    let threads = fs::read_dir("/proc/self/task").unwrap().map(|thread| thread.unwrap().path().join("schedstat"));
    let of_thread = |path: PathBuf| {
        let stat = fs::read_to_string(path).unwrap_or_default();
        stat.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default()
    };
    Duration::from_nanos(threads.map(of_thread).sum())
}

fn pictures(folder: &Path, record: &Record) -> Pictures {
    let entries = record.voice.iter().flat_map(|voice| &voice.entries);
    let names = entries.flat_map(|entry| &entry.pictures).filter_map(|picture| picture.file.clone());
    Pictures(names.map(|name| (name.clone(), Picture::read(&fs::read(folder.join(name)).unwrap()).unwrap())).collect())
}

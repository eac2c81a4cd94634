//! How long the form takes to answer: a keystroke that is saved and checked by all rules, and a class of 240 children that is
//! opened, on processors that are busy with something else.
//!
//! `cargo bench --bench form` prints, for each, the median and the slowest of a hundred, and the processor time beside a
//! small form in Python (`form_peer.py`) that checks the same record against the schema alone.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and stops where it stands")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

const CHILDREN: usize = 240;
const KEYSTROKES: usize = 200;
const DAY: &str = "2026-07-10";

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-form");
    drop(fs::remove_dir_all(&folder));
    let class = folder.join("class");
    fs::create_dir_all(&class).unwrap();
    let heavy = fs::read_to_string(root.join("examples/records/03-cp-plan-and-ehcp.toml")).unwrap();
    for number in 0..CHILDREN {
        fs::write(class.join(format!("{number:03}.toml")), &heavy).unwrap();
    }
    let peer_record = folder.join("peer.toml");
    fs::write(&peer_record, &heavy).unwrap();
    let (mut form, host, base) = opened(&class, &folder.join("config"));
    let (mut peer, port) = peer(&root, &peer_record);
    let peer_host = format!("127.0.0.1:{port}");

    let busy = Arc::new(AtomicBool::new(true));
    let loads = loads(&busy);

    let opening: Vec<f64> = (0..10).map(|_| timed(|| drop(ask(&host, "GET", &base, &[], "")))).collect();
    let whole = ask(&host, "GET", &base, &[], "");
    let child = whole.split("href=\"c&#x2f;").nth(1).unwrap().split('"').next().unwrap().replace("&#x2f;", "/");
    let page = format!("{base}c/{child}p/pupil");
    let origin = format!("http://{host}");
    let headers = [("Origin", origin.as_str()), ("X-Live", "1"), ("Content-Type", "application/x-www-form-urlencoded")];
    let shown = ask(&host, "GET", &page, &[], "");
    let view = shown.split("name=\"view\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let before = cpu_seconds(form.id());
    let typing: Vec<f64> = (0..KEYSTROKES)
        .map(|number| {
            let turn = number + 1;
            let body = format!("view={view}&turn={turn}&asked=pupil.pronunciation&pupil.pronunciation=Word{number}");
            let mut answer = String::new();
            let took = timed(|| answer = ask(&host, "POST", &page, &headers, &body));
            assert!(answer.contains("\"saved\":1"), "{answer}");
            took
        })
        .collect();
    let ours = (cpu_seconds(form.id()) - before) / KEYSTROKES as f64 * 1000.0;
    let before = cpu_seconds(peer.id());
    let theirs: Vec<f64> = (0..KEYSTROKES)
        .map(|number| timed(|| drop(ask(&peer_host, "POST", "/", &[], &format!("Word{number}")))))
        .collect();
    let peers = (cpu_seconds(peer.id()) - before) / KEYSTROKES as f64 * 1000.0;
    busy.store(false, Ordering::Relaxed);
    loads.into_iter().for_each(|load| load.join().unwrap());
    for child in [&mut form, &mut peer] {
        drop(child.kill());
        drop(child.wait());
    }
    println!("what is answered                     median ms   slowest ms   CPU ms");
    println!("{}", row("a class of 240 heavy records", &opening, None));
    println!("{}", row("a keystroke, saved and checked", &typing, Some(ours)));
    println!("{}", row("the same in Python, schema alone", &theirs, Some(peers)));
    println!("a keystroke in Python takes {:.1} times the processor time", peers / ours);
}

/// Every processor kept busy with something else.
fn loads(busy: &Arc<AtomicBool>) -> Vec<std::thread::JoinHandle<()>> {
    let load = |busy: Arc<AtomicBool>| {
        std::thread::spawn(move || {
            while busy.load(Ordering::Relaxed) {
                std::hint::spin_loop()
            }
        })
    };
    (0..std::thread::available_parallelism().unwrap().get()).map(|_| load(Arc::clone(busy))).collect()
}

fn row(name: &str, seconds: &[f64], cpu: Option<f64>) -> String {
    let mut all: Vec<f64> = seconds.iter().map(|seconds| seconds * 1000.0).collect();
    all.sort_by(f64::total_cmp);
    let cpu = cpu.map_or_else(String::new, |cpu| format!("{cpu:.1}"));
    format!("{name:<36} {:>9.1}   {:>10.1}   {cpu:>6}", all.get(all.len() / 2).unwrap(), all.last().unwrap())
}

fn opened(class: &Path, config: &Path) -> (Child, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_handover"))
        .args(["edit", class.to_str().unwrap(), "--no-open", "--as-of", DAY])
        .env("HANDOVER_CONFIG_DIR", config)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let address = lines.find_map(|line| Some(line.unwrap().trim().strip_prefix("http://")?.to_owned())).unwrap();
    std::thread::spawn(move || lines.for_each(drop));
    let (host, path) = address.split_once('/').unwrap();
    (child, host.to_owned(), format!("/{path}"))
}

fn peer(root: &Path, record: &Path) -> (Child, String) {
    let mut child = Command::new(root.join("target/verifiers/bin/python3"))
        .arg(root.join("tests/bench/form_peer.py"))
        .arg(root.join("schemas/record.schema.json"))
        .args([record.to_str().unwrap(), "legal_surname"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (child, port.trim().to_owned())
}

fn ask(host: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn timed(work: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    work();
    begin.elapsed().as_secs_f64()
}

/// What a process has used of a processor, out of `/proc`.
fn cpu_seconds(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: f64 = fields.get(11..13).unwrap().iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

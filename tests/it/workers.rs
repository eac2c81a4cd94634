//! Several processors at once: the same bytes on one as on many, and a worker that dies harms nobody else's child.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::support::{DAY, Ran, Workspace, examples, ran, text, tree, with_ending};

fn packed_with(desk: &Workspace, out: &str, jobs: &str) -> Ran {
    let out = desk.path(out);
    desk.run(&[
        "pack",
        text(&examples()),
        "--out",
        text(&out),
        "--as-of",
        DAY,
        "--no-encrypt",
        "--fresh",
        "--jobs",
        jobs,
    ])
}

#[test]
fn packs_are_the_same_on_one_processor_and_on_many() {
    let desk = Workspace::new();
    for jobs in ["1", "2", "5"] {
        let run = packed_with(&desk, jobs, jobs);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let one = tree(&desk.path("1"));
    assert!(one.len() > 30, "{}", one.len());
    assert!(one == tree(&desk.path("2")) && one == tree(&desk.path("5")));
    assert_eq!(packed_with(&desk, "none", "0").code, 2);
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<String> {
    let lists = format!("/proc/{of}/task");
    let tasks = fs::read_dir(lists).into_iter().flatten().flatten();
    let children = tasks.map(|task| fs::read_to_string(task.path().join("children")).unwrap_or_default());
    children.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn kill(process: &str) {
    drop(Command::new("kill").args(["-9", process]).stderr(Stdio::null()).status());
}

fn started(desk: &Workspace, out: &Path) -> Child {
    let records = examples();
    let pack = ["pack", text(&records), "--out", text(out), "--as-of", DAY, "--no-encrypt", "--fresh", "--jobs", "2"];
    desk.command(&pack).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_worker_that_dies_is_replaced_and_nothing_is_lost() {
    let desk = Workspace::new();
    assert_eq!(packed_with(&desk, "whole", "1").code, 0);
    let out = desk.path("out");
    let run = started(&desk, &out);
    let begun = Instant::now();
    let mut workers = Vec::new();
    while workers.len() < 2 && begun.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(10));
        workers = children(run.id());
    }
    // Both that began, each while it has work; not those that come in their place.
    for worker in &workers {
        sleep(Duration::from_millis(150));
        kill(worker);
    }
    let run = ran(run.wait_with_output().unwrap());
    assert_eq!((run.code, workers.len()), (0, 2), "{}", run.err);
    assert!(tree(&out) == tree(&desk.path("whole")));
}

#[test]
fn where_workers_die_again_and_again_each_child_is_named_or_whole() {
    let desk = Workspace::new();
    assert_eq!(desk.run(&["pack", text(&examples()), "--out", text(&desk.path("first")), "--as-of", DAY]).code, 0);
    let out = desk.path("out");
    let mut run = started(&desk, &out);
    let begun = Instant::now();
    while run.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_millis(700) {
        children(run.id()).iter().for_each(|worker| kill(worker));
        sleep(Duration::from_millis(20));
    }
    let run = ran(run.wait_with_output().unwrap());
    let made = with_ending(&out, "-safeguarding.pdf").len();
    let refused = run.err.matches("This is a mistake in handover, not in your record").count();
    assert_eq!(run.code, if made == 0 { 1 } else { 5 }, "{}", run.err);
    assert!(refused > 0 && made + refused == 8, "{made} made, {refused} refused: {}", run.err);
    assert!(tree(&out).keys().all(|name| !name.starts_with('.')), "staging is gone");
}

#[test]
fn workers_do_not_outlive_a_run_that_is_killed() {
    let desk = Workspace::new();
    let mut run = started(&desk, &desk.path("out"));
    let begun = Instant::now();
    let mut workers = Vec::new();
    while workers.len() < 2 && begun.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(10));
        workers = children(run.id());
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(workers.len(), 2);
    // A zombie that nobody has collected yet is no process that works.
    let works = |worker: &String| {
        let stat = fs::read_to_string(format!("/proc/{worker}/stat")).unwrap_or_default();
        stat.rsplit_once(')').is_some_and(|(_, state)| !state.trim_start().starts_with('Z'))
    };
    let begun = Instant::now();
    while workers.iter().any(works) && begun.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(50));
    }
    assert!(!workers.iter().any(works), "workers go on by themselves");
}

//! No panic on any input: tens of thousands of mutated examples, and some of them through the program itself.

use std::fs;
use std::panic::catch_unwind;

use handover::check::{CheckOptions, Policy, check};
use handover::problem::{render_concise, render_human, render_json};
use handover::record::read;

use super::support::{DAY, Workspace, example_files, packed, text, with_ending};

/// A small generator with a fixed seed, so that a failure can be had again (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

/// What people and accidents put into files.
const PIECES: [&str; 24] = [
    "\"",
    "\"\"\"",
    "'",
    "[",
    "]",
    "[[",
    "=",
    "\n",
    "#",
    "{",
    "}",
    ",",
    "01/09/2014",
    "95%",
    "yes",
    "“x”",
    "\\",
    "\u{202e}",
    "\u{0}",
    "é",
    "9223372036854775808",
    "-1",
    "1e400",
    "[voice]\n",
];

fn mutate(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        match dice.roll(6) {
            0 => bytes.truncate(at),
            1 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            2 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
            3 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                drop(bytes.drain(at..end));
            }
            4 => {
                let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
                let mut lines = lines.clone();
                lines.swap(one, other);
                bytes = lines.join(&b'\n');
            }
            _ => {
                let line_start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |n| n + 1);
                let value_at =
                    bytes[line_start..].iter().position(|byte| *byte == b'=').map_or(at, |n| line_start + n + 1);
                let end =
                    bytes[value_at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |n| value_at + n);
                drop(bytes.splice(value_at..end, format!(" {}", PIECES[dice.roll(PIECES.len())]).into_bytes()));
            }
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}

#[test]
fn twenty_thousand_mutants_are_judged_without_a_panic() {
    let texts: Vec<String> = example_files().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let day = DAY.parse().unwrap();
    let (mut refused, mut dice) = (0, Dice(7));
    for number in 0..20_000 {
        let mutant = mutate(&texts[number % texts.len()], &mut dice);
        let judged = catch_unwind(|| {
            let outcomes = check(
                vec![read("mutant.toml", &mutant)],
                &CheckOptions { policy: &Policy::default(), today: day, overrides: &[] },
            );
            let reports: Vec<_> = outcomes.iter().map(|outcome| outcome.report.clone()).collect();
            let shown = render_human(&reports, true, false).len() + render_concise(&reports).len();
            (outcomes[0].checked.is_none(), shown + render_json(&reports).unwrap().len())
        });
        let (is_refused, _) = judged.unwrap_or_else(|_| {
            let path = std::env::temp_dir().join("handover-mutant.toml");
            fs::write(&path, &mutant).unwrap();
            panic!("mutant {number} panics; it is kept in {}", path.display())
        });
        refused += usize::from(is_refused);
    }
    assert!(refused > 10_000, "{refused}: most mutants are broken");
}

#[test]
fn the_program_ends_mutants_with_documented_codes() {
    let desk = Workspace::new();
    let texts: Vec<String> = example_files().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut dice = Dice(11);
    for number in 0..300 {
        let record = desk.write("mutant.toml", mutate(&texts[number % texts.len()], &mut dice));
        let run = desk.run(&["validate", text(&record), "--as-of", DAY, "--show-values"]);
        assert!([0, 1].contains(&run.code), "mutant {number}: {} {}", run.code, run.err);
    }
}

#[test]
fn mutants_that_pass_the_rules_can_be_packed() {
    let desk = Workspace::new();
    let texts: Vec<String> = example_files().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let day = DAY.parse().unwrap();
    let (mut packed, mut dice) = (0, Dice(13));
    for number in 0..4000 {
        let mutant = mutate(&texts[number % texts.len()], &mut dice);
        if packed >= 25
            || check(vec![read("m", &mutant)], &CheckOptions { policy: &Policy::default(), today: day, overrides: &[] })
                [0]
            .checked
            .is_none()
        {
            continue;
        }
        let record = desk.write("mutant.toml", mutant);
        let out = desk.path(&format!("out{packed}"));
        let run = desk.run(&["pack", text(&record), "--out", text(&out), "--as-of", DAY]);
        // A character without a letter form, or another school, is refused; nothing else may go wrong.
        assert!([0, 1, 2].contains(&run.code), "mutant {number}: {} {}", run.code, run.err);
        packed += 1;
    }
    assert_eq!(packed, 25);
}

#[test]
fn the_verifier_judges_mutants_without_a_panic() {
    let (_, out) = packed();
    let mut originals = with_ending(out, "-profile.pdf");
    originals.truncate(2);
    originals.extend(with_ending(out, ".zip").into_iter().take(2));
    let trust = handover::verify::Trust::default();
    let now = "2026-09-01T00:00:00Z".parse().unwrap();
    let mut dice = Dice(17);
    for path in originals {
        let original = fs::read(&path).unwrap();
        for number in 0..500 {
            let mut mutant = original.clone();
            let at = dice.roll(mutant.len());
            match dice.roll(4) {
                0 => mutant.truncate(at),
                1 => drop(mutant.drain(at..(at + dice.roll(300)).min(original.len()))),
                2 => drop(mutant.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
                _ => {
                    let from = dice.roll(original.len());
                    let piece = original[from..(from + 64).min(original.len())].to_vec();
                    drop(mutant.splice(at..(at + piece.len()).min(original.len()), piece));
                }
            }
            if mutant == original {
                continue;
            }
            let judgement = handover::verify::judge(&mutant, &trust, now);
            assert_eq!(
                judgement.verdict.answer,
                handover::verify::Answer::NotGenuine,
                "{} mutant {number}",
                text(&path)
            );
        }
    }
}

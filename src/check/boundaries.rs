//! Where each rule begins to speak and where it falls silent: every example, with each of its facts changed, taken away
//! or added, one at a time, and judged earlier and later. What comes of that is kept in `tests/boundaries.snapshot`, so
//! that a condition that moves by a day, or by one word of a list, shows.
//!
//! `HANDOVER_WRITE_EXPECTED=1` writes the file anew. Its lines: the example with the number of places where its rule
//! speaks; below it each change that makes that number another one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use toml::{Table, Value};

use super::context::Context;
use super::examples::{beside, policy, reading, today, with};
use super::more_examples::more_examples;
use super::record_summary::RecordSummary;
use super::rule::{Judge, Rule};
use super::rules;
use crate::record::{Day, ValueType, record_schema};

/// One step into a document.
#[derive(Debug, Clone)]
enum Step {
    Field(String),
    Item(usize),
}

/// A value that can be changed, and what it must look like.
struct Place {
    steps: Vec<Step>,
    shape: ValueType,
}

impl Place {
    fn name(&self) -> String {
        self.steps.iter().fold(String::new(), |name, step| match step {
            Step::Field(field) if name.is_empty() => field.clone(),
            Step::Field(field) => format!("{name}.{field}"),
            Step::Item(item) => format!("{name}[{item}]"),
        })
    }

    fn get<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        self.steps.iter().try_fold(document, |value, step| match step {
            Step::Field(field) => value.get(field),
            Step::Item(item) => value.get(item),
        })
    }

    /// The document with another value here; with none, it is taken away.
    fn with(&self, document: &Value, instead: Option<Value>) -> Value {
        let mut changed = document.clone();
        let (last, before) = self.steps.split_last().unwrap();
        let holder = before.iter().fold(&mut changed, |value, step| match step {
            Step::Field(field) => value.get_mut(field).unwrap(),
            Step::Item(item) => value.get_mut(*item).unwrap(),
        });
        match (last, instead) {
            (Step::Field(field), Some(value)) => drop(holder.as_table_mut().unwrap().insert(field.clone(), value)),
            (Step::Field(field), None) => drop(holder.as_table_mut().unwrap().remove(field)),
            (Step::Item(item), Some(value)) => *holder.get_mut(*item).unwrap() = value,
            (Step::Item(item), None) => drop(holder.as_array_mut().unwrap().remove(*item)),
        }
        changed
    }
}

/// Every place of a document: what is there, and the keywords and answers that could be.
fn places(value: Option<&Value>, shape: &ValueType, steps: &[Step], found: &mut Vec<Place>) {
    let is_open = matches!(shape, ValueType::Boolean | ValueType::Choice(_));
    if !steps.is_empty() && (value.is_some() || is_open) {
        found.push(Place { steps: steps.to_vec(), shape: shape.clone() });
    }
    let mut inside = |step: Step, value: Option<&Value>, shape: &ValueType| {
        let steps: Vec<Step> = steps.iter().cloned().chain([step]).collect();
        places(value, shape, &steps, found);
    };
    match (value, shape) {
        (Some(Value::Table(table)), ValueType::Table(fields)) => {
            for (name, field) in fields {
                // A section that the example leaves to the sound record is not looked at.
                inside(Step::Field(name.clone()), table.get(name), &field.shape);
            }
        }
        (Some(Value::Table(table)), ValueType::Map(values)) => {
            table.iter().for_each(|(name, value)| inside(Step::Field(name.clone()), Some(value), values));
        }
        (Some(Value::Array(items)), ValueType::List(each)) => {
            items.iter().enumerate().for_each(|(number, item)| inside(Step::Item(number), Some(item), each));
        }
        _ => {}
    }
}

/// A value that lies some steps away from another on one line: a day, a number.
fn moved(value: &Value, by: i64) -> Option<Value> {
    match value {
        Value::Integer(number) => Some(Value::Integer(number + by)),
        Value::Datetime(day) => {
            let day: Day = day.to_string().parse().ok()?;
            Some(Value::Datetime(day.plus_days(by).to_string().parse().ok()?))
        }
        _ => None,
    }
}

/// The least number of steps at which the number of places is no longer the one before, with what is found there.
fn edge<T>(before: usize, at: impl Fn(i64) -> Option<(T, usize)>) -> Option<(T, usize)> {
    let mut same = 0;
    let mut other = (0..13).map(|power| 1 << power).find(|by| {
        let is_other = at(*by).is_some_and(|(_, hits)| hits != before);
        same = if is_other { same } else { *by };
        is_other
    })?;
    while other - same > 1 {
        let middle = i64::midpoint(same, other);
        if at(middle)?.1 == before { same = middle } else { other = middle }
    }
    at(other)
}

/// A rule at one of its examples.
struct Trial<'a> {
    rule: &'a Rule,
    example: Value,
}

impl Trial<'_> {
    /// In how many places the rule speaks.
    fn hits(&self, example: &Value) -> usize {
        self.hits_on(today(), example)
    }

    /// The same, judged on another day.
    fn hits_on(&self, today: Day, example: &Value) -> usize {
        let reading = reading(&with(&toml::to_string(example).unwrap()));
        let policy = policy();
        match self.rule.judge {
            Judge::Each(judge) => judge(&Context::new(&reading, today, &policy)).len(),
            Judge::Across(judge) => {
                let other = beside(self.rule);
                let summaries =
                    [&other, &reading].map(|reading| RecordSummary::of(&reading.record, today, &reading.source.name));
                judge(&summaries).len()
            }
            Judge::Reading | Judge::Beside | Judge::Policy | Judge::School => 0,
        }
    }

    /// The nearest value in one direction at which the number of places becomes another one, with that number.
    fn edge(&self, place: &Place, value: &Value, direction: i64, before: usize) -> Option<(Value, usize)> {
        edge(before, |by| {
            let value = moved(value, by * direction)?;
            Some((value.clone(), self.hits(&place.with(&self.example, Some(value)))))
        })
    }

    /// The nearest day of judging in one direction on which the number of places is another one, with that number.
    fn edge_of_today(&self, direction: i64, before: usize) -> Option<(Day, usize)> {
        edge(before, |by| {
            let day = today().plus_days(by * direction);
            Some((day, self.hits_on(day, &self.example)))
        })
    }

    /// What every change brings, a line each.
    fn changes(&self) -> Vec<String> {
        let before = self.hits(&self.example);
        let mut all = Vec::new();
        places(Some(&self.example), &record_schema().root, &[], &mut all);
        let mut lines = Vec::new();
        for place in all {
            let name = place.name();
            let value = place.get(&self.example);
            let mut note = |change: &str, hits: usize| {
                if hits != before {
                    lines.push(format!("  {name} {change}: {hits}"));
                }
            };
            if value.is_some() {
                note("left out", self.hits(&place.with(&self.example, None)));
            }
            match (&place.shape, value) {
                (ValueType::Text, Some(_)) => {
                    note("empty", self.hits(&place.with(&self.example, Some(Value::from("")))));
                }
                (ValueType::Boolean, _) => {
                    for other in [true, false] {
                        note(&other.to_string(), self.hits(&place.with(&self.example, Some(Value::from(other)))));
                    }
                }
                (ValueType::Choice(words), _) => {
                    let mut by_hits: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
                    for word in words {
                        let hits = self.hits(&place.with(&self.example, Some(Value::from(word.as_str()))));
                        by_hits.entry(hits).or_default().push(word);
                    }
                    by_hits.into_iter().for_each(|(hits, words)| note(&words.join("|"), hits));
                }
                (ValueType::Date | ValueType::Integer, Some(value)) => {
                    for direction in [-1, 1] {
                        if let Some((edge, hits)) = self.edge(&place, value, direction, before) {
                            note(&edge.to_string(), hits);
                        }
                    }
                }
                _ => {}
            }
        }
        for (word, direction) in [("before", -1), ("after", 1)] {
            if let Some((day, hits)) = self.edge_of_today(direction, before) {
                lines.push(format!("  judged {word}, on {day}: {hits}"));
            }
        }
        lines.insert(0, before.to_string());
        lines
    }
}

#[test]
fn every_rule_speaks_and_is_silent_where_it_did() {
    let own = rules().flat_map(|rule| [(rule.code, "bad", rule.bad), (rule.code, "good", rule.good)]);
    let more = more_examples().map(|(code, speaks, text)| (*code, if *speaks { "bad too" } else { "good too" }, *text));
    let mut examples: Vec<_> = own.chain(more).collect();
    examples.retain(|(code, ..)| matches!(super::rule(code).unwrap().judge, Judge::Each(_) | Judge::Across(_)));
    examples.sort_by_key(|(code, kind, _)| (*code, *kind));
    let (next, said) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((number, (code, kind, text))) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    examples.get(number).map(|example| (number, example))
                } {
                    let example = Value::Table(text.parse::<Table>().unwrap());
                    let trial = Trial { rule: super::rule(code).unwrap(), example };
                    let lines = trial.changes().join("\n");
                    said.lock().unwrap().insert(number, format!("{code} {kind}: {lines}"));
                }
            });
        }
    });
    let mut now = String::new();
    for lines in said.into_inner().unwrap().values() {
        let _ = writeln!(now, "{lines}");
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/boundaries.snapshot");
    if std::env::vars().any(|(name, _)| name == "HANDOVER_WRITE_EXPECTED") {
        std::fs::write(&kept, &now).unwrap();
    }
    let before = std::fs::read_to_string(kept).unwrap_or_default();
    let moved = |one: &str, other: &str| one.lines().filter(|line| !other.contains(line)).map(str::to_owned).collect();
    let (gone, new): (Vec<String>, Vec<String>) = (moved(&before, &now), moved(&now, &before));
    assert!(now == before, "gone:\n{}\nnew:\n{}", gone.join("\n"), new.join("\n"));
}

//! How every child stands who was handed over, by name where the class is known here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::exit::Failure;
use super::files::{find_if_any, read_one};
use super::records::{SCHOOL, nearest, read_for, read_school_file};
use super::{identity, terminal};
use crate::bundle::ReferenceMaker;
use crate::check::deadline;
use crate::ledger::{ChildStatus, Said};
use crate::record::{Day, child_name, plain_upn};

/// So many school days of silence, and the receiving school is asked.
const PATIENCE: i64 = 5;
/// So many school days after the child's first day the safeguarding file has to be there.
const LAW: i64 = 5;

/// How a child stands, in a word; what is to be done comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    NotPacked,
    Late,
    Overdue,
    NotOurChild,
    Rejected,
    NotSent,
    Silent,
    Gaps,
    Recalled,
    Acknowledged,
}

impl State {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotPacked => "not packed",
            Self::Late => "LATE: no receipt, and the last day for the safeguarding file has passed",
            Self::Overdue => "OVERDUE: silent for more than five school days",
            Self::NotOurChild => "NOT THEIR CHILD",
            Self::Rejected => "NOT ACCEPTED",
            Self::NotSent => "packed; nobody has said that it was sent",
            Self::Silent => "sent, not acknowledged yet",
            Self::Gaps => "acknowledged, with gaps",
            Self::Recalled => "recalled",
            Self::Acknowledged => "acknowledged",
        }
    }

    /// Whether somebody has to do something today.
    pub(super) fn is_urgent(self) -> bool {
        self < Self::NotSent
    }
}

/// A child who was handed over, or who should have been.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub child: String,
    pub reference: String,
    pub to: String,
    pub packed_on: String,
    pub sent_on: String,
    /// The last day on which the safeguarding file may arrive, where the child's first day is known.
    pub due_by: String,
    pub state: State,
    pub gaps: Vec<String>,
    /// Of which bundles nothing was heard, where something was heard of others.
    pub silent: Vec<&'static str>,
    pub received_on: String,
    /// Whether it was received after that day.
    pub received_late: bool,
    pub safeguarding_read_on: String,
    pub transfer: String,
    pub earlier_transfers: usize,
    /// Why it was recalled.
    pub recalled: String,
}

/// What is known here of a child, beyond the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownChild {
    pub name: String,
    /// The first day at the receiving school.
    pub start: Option<Day>,
}

/// The children of a class, by reference.
pub(super) fn class(folder: &Path) -> Result<BTreeMap<String, KnownChild>, Failure> {
    let identities = identity::open_unasked()?;
    let makers: Vec<ReferenceMaker> =
        identities.iter().filter_map(|own| own.reference_secret().map(ReferenceMaker::new)).collect();
    if makers.is_empty() {
        terminal::say("note: without the identity that made the packs, children are called by their references.");
    }
    let school = nearest(folder, SCHOOL).map(|path| read_school_file(&path)).transpose()?;
    let mut children = BTreeMap::new();
    for path in find_if_any(folder, &["toml"])? {
        let input = read_one(&path)?;
        let record = read_for(school.as_ref(), &input.name, &input.bytes).record;
        let upn = record.pupil.as_ref().and_then(|pupil| pupil.upn.as_deref()).map(plain_upn).unwrap_or_default();
        if upn.is_empty() {
            continue;
        }
        let start = record.receiving_school.as_ref().and_then(|school| school.start_date);
        let child = KnownChild { name: child_name(&record), start };
        children.extend(makers.iter().map(|maker| (maker.child(&upn), child.clone())));
    }
    Ok(children)
}

/// A row for each child: of the whole ledger, or of the class that is named, with those who were never packed.
pub(super) fn rows(all: &[ChildStatus], class: &BTreeMap<String, KnownChild>, today: Day) -> Vec<Row> {
    let mut rows: Vec<Row> = all
        .iter()
        .filter(|child| class.is_empty() || class.contains_key(&child.reference))
        .map(|child| standing(child, class.get(&child.reference), today))
        .collect();
    // Whose packs were all taken back is with no school.
    let there: BTreeSet<&str> =
        all.iter().filter(|child| child.recalled.is_none()).map(|child| child.reference.as_str()).collect();
    let missing = class.iter().filter(|(reference, _)| !there.contains(reference.as_str()));
    rows.extend(missing.map(|(reference, known)| Row {
        child: known.name.clone(),
        reference: reference.clone(),
        to: String::new(),
        packed_on: String::new(),
        sent_on: String::new(),
        due_by: due_by(known).map(|day| day.to_string()).unwrap_or_default(),
        state: State::NotPacked,
        gaps: Vec::new(),
        silent: Vec::new(),
        received_on: String::new(),
        received_late: false,
        safeguarding_read_on: String::new(),
        transfer: String::new(),
        earlier_transfers: 0,
        recalled: String::new(),
    }));
    rows.sort_by(|one, other| {
        (one.state, &one.child, &one.reference).cmp(&(other.state, &other.child, &other.reference))
    });
    rows
}

fn due_by(known: &KnownChild) -> Option<Day> {
    known.start.map(|start| deadline(None, start, LAW).0)
}

/// How one child stands.
pub(super) fn standing(child: &ChildStatus, known: Option<&KnownChild>, today: Day) -> Row {
    let said: Vec<&Said> = child.bundles.values().collect();
    let is = |word: &str| said.iter().any(|said| said.outcome.as_deref() == Some(word));
    let due = known.and_then(due_by);
    let since: Option<Day> = if child.sent_on.is_empty() { &child.packed_on } else { &child.sent_on }.parse().ok();
    let is_silent_too_long = since.is_some_and(|since| today > deadline(None, since, PATIENCE).0);
    let is_silent = said.iter().any(|said| said.outcome.is_none());
    let state = match () {
        () if child.recalled.is_some() => State::Recalled,
        () if is("not_our_child") => State::NotOurChild,
        () if is("rejected") => State::Rejected,
        () if is_silent && due.is_some_and(|due| today > due) => State::Late,
        () if is_silent && is_silent_too_long => State::Overdue,
        () if is_silent && child.sent_on.is_empty() => State::NotSent,
        () if is_silent => State::Silent,
        () if is("accepted_with_gaps") => State::Gaps,
        () => State::Acknowledged,
    };
    let latest = |pick: fn(&Said) -> &String| said.iter().map(|said| pick(said).clone()).max().unwrap_or_default();
    let received_on = latest(|said| &said.received_on);
    Row {
        child: known.map(|known| known.name.clone()).unwrap_or_default(),
        reference: child.reference.clone(),
        to: child.to.clone(),
        packed_on: child.packed_on.clone(),
        sent_on: child.sent_on.clone(),
        due_by: due.map(|day| day.to_string()).unwrap_or_default(),
        state,
        silent: if said.iter().any(|said| said.outcome.is_some()) {
            let silent = child.bundles.iter().filter(|(_, said)| said.outcome.is_none());
            silent.map(|(kind, _)| kind.key()).collect()
        } else {
            Vec::new()
        },
        gaps: said.iter().flat_map(|said| said.gaps.clone()).collect(),
        received_late: received_on.parse().is_ok_and(|on: Day| due.is_some_and(|due| on > due)),
        received_on,
        safeguarding_read_on: latest(|said| &said.read_on),
        transfer: child.transfer.clone(),
        earlier_transfers: child.replaces,
        recalled: child.recalled.clone().unwrap_or_default().replace('_', " "),
    }
}

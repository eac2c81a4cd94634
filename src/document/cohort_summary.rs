//! What a receiving school reads of a whole year group: two pages for the leadership meeting, the order of conversations for
//! the safeguarding lead, and what the children say. Each is made of what one circle of readers has got, and of nothing else.
//! Nothing here is a score: whatever is listed says what is to be done and why.

use std::collections::BTreeMap;

use super::engine::Typesetter;
use super::letter::Sheet;
use super::pack::RenderError;
use super::subject::PackDetails;
use super::view::{Block, Section};
use crate::record::{Contact, Day, Person, Plan, Record, TransitionLevel, VoiceEntry, YesNoUnknown, label};

/// So many names stand in a line, and so many schools in the table of the leadership meeting: it keeps to two pages.
const MOST_NAMES: usize = 6;
const MOST_SCHOOLS: usize = 26;
/// So many dates of a child stand in the briefing.
const MOST_DATES: usize = 6;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryKind {
    /// For the leadership meeting.
    Cohort,
    /// For the safeguarding lead.
    Briefing,
    /// What the children say.
    Voices,
}

impl SummaryKind {
    /// The name of its file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Cohort => "cohort.pdf",
            Self::Briefing => "dsl-briefing.pdf",
            Self::Voices => "voices.pdf",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Cohort => "The new year group",
            Self::Briefing => "Safeguarding briefing",
            Self::Voices => "What the children say",
        }
    }

    fn readers(self) -> &'static str {
        match self {
            Self::Cohort => "For the leadership meeting",
            Self::Briefing => "For the designated safeguarding lead only",
            Self::Voices => "For Head of Year and tutors, as far as each child agreed",
        }
    }
}

/// A child, as one circle of readers knows it.
#[derive(Debug, Clone)]
pub struct CohortChild {
    /// The name the child goes by.
    pub name: String,
    /// The sending school.
    pub school: String,
    /// The record, cut for these readers.
    pub record: Record,
}

/// What has come from a sending school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeederCount {
    /// How many of its children are known here.
    pub children: usize,
    /// How many general packs came.
    pub general: usize,
    /// How many SEND packs.
    pub send: usize,
    /// How many safeguarding packs.
    pub safeguarding: usize,
    /// How many of those somebody here has said to have read.
    pub read: usize,
    /// How many of the expected children nothing has come of.
    pub missing: usize,
}

/// Something that has to be done before the first day.
struct Todo {
    what: String,
    names: Vec<String>,
    why: &'static str,
}

impl Todo {
    fn row(self) -> Option<Vec<String>> {
        let count = self.names.len();
        let names: Vec<String> = self.names.into_iter().take(MOST_NAMES).collect();
        let more = if count > names.len() { format!(" and {} more", count - names.len()) } else { String::new() };
        (count > 0)
            .then(|| vec![self.what, count.to_string(), format!("{}{more}", names.join(", ")), self.why.to_owned()])
    }
}

/// The pages for the leadership meeting: of each sending school what has come, by its name, and what the children's general
/// packs ask for before the first day.
#[must_use]
pub fn cohort_sections(feeders: &BTreeMap<String, FeederCount>, children: &[CohortChild]) -> Vec<Section> {
    let row = |(name, of): (&String, &FeederCount)| {
        let counts = [of.children, of.general, of.send, of.safeguarding, of.read, of.missing];
        std::iter::once(name.clone()).chain(counts.iter().map(ToString::to_string)).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = feeders.iter().take(MOST_SCHOOLS).map(row).collect();
    let all = feeders.values().fold(FeederCount::default(), |sum, of| sum.with(of));
    if feeders.len() > MOST_SCHOOLS {
        let rest = feeders.values().skip(MOST_SCHOOLS).fold(FeederCount::default(), |sum, of| sum.with(of));
        rows.push(row((&format!("{} more schools", feeders.len() - MOST_SCHOOLS), &rest)));
    }
    rows.push(row((&"All schools".to_owned(), &all)));
    let columns = [
        ("School", 3.0),
        ("Children", 1.0),
        ("General", 1.0),
        ("SEND", 1.0),
        ("Safeguarding", 1.5),
        ("Of these read", 1.1),
        ("Nothing yet", 1.1),
    ];
    let schools = Block::table("What has come, and from where", &columns, rows);
    let columns = [("What", 2.6), ("Children", 0.9), ("Who", 2.6), ("Why", 2.6)];
    let mut tasks: Vec<Vec<String>> = files_to_do(&all);
    tasks.extend(before_the_first_day(children).into_iter().filter_map(Todo::row));
    let tasks = Block::table("", &columns, tasks);
    let lead = said(
        "Numbers count children, and rank nobody. What is known about a child's safety stands in the safeguarding packs alone, \
         and is not counted here.",
    );
    let mut sections = vec![section("", vec![lead]), section("By sending school", schools.into_iter().collect())];
    sections.push(match tasks {
        Some(tasks) => section("Before the first day", vec![tasks]),
        None => section("Before the first day", vec![said("The packs ask for nothing before the first day.")]),
    });
    sections
}

/// What the children's general packs ask for before the first day.
fn before_the_first_day(children: &[CohortChild]) -> [Todo; 7] {
    let plan = |record: &Record| record.transition_plan.clone().unwrap_or_default();
    let start = |record: &Record| record.receiving_school.as_ref().and_then(|school| school.start_date);
    let is_due = |record: &Record| {
        plan(record).actions.iter().any(|action| {
            action.done_on.is_none() && action.by.is_some_and(|by| start(record).is_none_or(|start| by <= start))
        })
    };
    let todo = |what: &str, why: &'static str, is: &dyn Fn(&Record) -> bool| Todo {
        what: what.to_owned(),
        names: children.iter().filter(|child| is(&child.record)).map(|child| child.name.clone()).collect(),
        why,
    };
    [
        todo(
            "Carry out what was promised to the child before the first day",
            "The plan that was made with the child promises it; the packs say what, by whom and by when.",
            &is_due,
        ),
        todo(
            "Put in place the support for the first day",
            "The sending school has found that the first day needs it.",
            &|record| plan(record).day_one_support.is_some(),
        ),
        todo(
            "Meet the children who need extra visits or support for the move",
            "Their plans count on visits and people that have to be arranged before the holidays.",
            &|record| plan(record).level.is_some_and(|level| level != TransitionLevel::Universal),
        ),
        todo(
            "Look after children who come without anybody they know",
            "Nobody else of their school comes here.",
            &|record| plan(record).only_pupil == Some(true),
        ),
        todo(
            "Settle the forms: children to keep together or apart",
            "It cannot be undone easily once the forms are made.",
            &|record| !plan(record).keep_with.is_empty() || !plan(record).keep_apart.is_empty(),
        ),
        todo("Name a key adult", "Every child needs to know from the first day whom to go to.", &|record| {
            record.receiving_school.as_ref().is_none_or(|school| school.key_adult.is_none())
        }),
        todo(
            "Have the talk between the two schools",
            "Some things are told in person and stand in no pack.",
            &|record| plan(record).handover_conversation.is_none_or(|talk| talk.on.is_none()),
        ),
    ]
}

/// What has to be done about the files themselves. Who it is about stands where its readers look.
fn files_to_do(all: &FeederCount) -> Vec<Vec<String>> {
    let unread = all.safeguarding.saturating_sub(all.read);
    let rows = [
        (
            "Ask for what has not come",
            all.missing,
            "in missing.csv",
            "The safeguarding file has to be here within five days of the start of term; the sending school may not know that it \
             has not arrived.",
        ),
        (
            "Ask for safeguarding packs that have not come, where others have",
            all.children.saturating_sub(all.safeguarding),
            "known to the safeguarding lead",
            "That none has come does not mean that there is nothing to tell.",
        ),
        (
            "Read the safeguarding packs, and say so",
            unread,
            "known to the safeguarding lead",
            "Until it is read, nobody can act on it; the sending school hears of it in the receipt.",
        ),
    ];
    let row = |(what, count, who, why): (&str, usize, &str, &str)| {
        (count > 0).then(|| vec![what.to_owned(), count.to_string(), who.to_owned(), why.to_owned()])
    };
    rows.into_iter().filter_map(row).collect()
}

impl FeederCount {
    fn with(self, other: &Self) -> Self {
        Self {
            children: self.children + other.children,
            general: self.general + other.general,
            send: self.send + other.send,
            safeguarding: self.safeguarding + other.safeguarding,
            read: self.read + other.read,
            missing: self.missing + other.missing,
        }
    }
}

/// Something that falls on a day, about a child.
struct Dated {
    day: Day,
    what: String,
}

/// The briefing: in which order to talk about the children, those with the nearest deadline first; then those about whom
/// something is open without a date; then all others.
#[must_use]
pub fn briefing_sections(children: &[CohortChild], without: &[(String, String)], today: Day) -> Vec<Section> {
    let mut dated: Vec<(Vec<Dated>, &CohortChild)> = Vec::new();
    let (mut open, mut rest) = (Vec::new(), Vec::new());
    for child in children {
        match (dates(&child.record, today), open_matters(&child.record, today)) {
            (dates, _) if !dates.is_empty() => dated.push((dates, child)),
            (_, matters) if !matters.is_empty() => open.push((matters, child)),
            _ => rest.push(child.name.clone()),
        }
    }
    let first = |dates: &[Dated]| dates.first().map(|dated| dated.day);
    dated.sort_by(|(one, child), (other, next)| (first(one), &child.name).cmp(&(first(other), &next.name)));
    open.sort_by(|(_, child), (_, next)| child.name.cmp(&next.name));
    let rows = dated.iter().enumerate().map(|(number, (dates, child))| {
        let of_day = |dated: &Dated| format!("{}: {}", dated.day.long(), dated.what);
        let about: Vec<String> = warnings(&child.record)
            .into_iter()
            .chain(open_matters(&child.record, today))
            .chain(dates.iter().map(of_day))
            .collect();
        let day = first(dates).map(Day::long).unwrap_or_default();
        vec![(number + 1).to_string(), named(child), day, about.join("\n"), whom_to_ring(child, today)]
    });
    let columns = [("", 0.4), ("Child", 1.6), ("By", 1.2), ("About", 2.6), ("Talk to", 2.2)];
    let in_order = Block::table("", &columns, rows.collect());
    let rows = open.iter().map(|(matters, child)| {
        let about: Vec<String> = warnings(&child.record).into_iter().chain(matters.clone()).collect();
        vec![named(child), about.join("\n"), whom_to_ring(child, today)]
    });
    let columns = [("Child", 1.6), ("About", 3.0), ("Talk to", 2.2)];
    let second = Block::table("", &columns, rows.collect());
    rest.sort();
    let lead = said(
        "The order is that of the dates, and nothing else: it says when to talk about a child, not how much there is to say. \
         Read each pack before the conversation.",
    );
    let mut sections = vec![section("", vec![lead])];
    sections.extend(nothing_came(without));
    sections.extend(in_order.map(|table| section("With a date", vec![table])));
    sections.extend(second.map(|table| section("Open, without a date", vec![table])));
    if !rest.is_empty() {
        let text =
            "Their packs name no plan that runs and no risk that is current. Read them too: silence is no all-clear.";
        let names = Block::List { label: String::new(), items: rest };
        sections.push(section("All others", vec![said(text), names]));
    }
    sections
}

/// Name and sending school.
fn named(child: &CohortChild) -> String {
    format!("{}\n{}", child.name, child.school)
}

/// Children of whom other packs came, and no safeguarding pack: name and sending school.
fn nothing_came(without: &[(String, String)]) -> Option<Section> {
    let rows: Vec<Vec<String>> = without.iter().map(|(name, school)| vec![name.clone(), school.clone()]).collect();
    let text = "Of these children other packs have come, and no safeguarding pack. That does not mean that there is nothing to tell. \
                Look among what waits (the page in quarantine), and ring the school.";
    let table = Block::table("", &[("Child", 1.0), ("Ring", 2.0)], rows)?;
    Some(section("No safeguarding pack yet", vec![said(text), table]))
}

/// What must not be overlooked: who may not collect the child, or be told something.
fn warnings(record: &Record) -> Vec<String> {
    let people = record.household.iter().flat_map(|household| &household.people);
    let warning = |person: &Person| {
        let who = person.name.clone().or_else(|| person.relationship.map(|kind| label(&kind)))?;
        let may_not = person.may_collect == Some(YesNoUnknown::No);
        let must_not = person.must_not.clone().or_else(|| may_not.then(|| "must not collect the child".to_owned()))?;
        Some(format!("TAKE CARE – {who}: {must_not}"))
    };
    people.filter_map(warning).collect()
}

/// The days on which something about a child falls due in the next weeks, the nearest first; a review of a plan before
/// anything else of its day.
fn dates(record: &Record, today: Day) -> Vec<Dated> {
    let plan = |plan: &Plan| {
        let kind = plan.r#type.map_or_else(|| "Plan".to_owned(), |kind| label(&kind));
        Some(Dated { day: plan.next_review?, what: format!("{kind}: review") })
    };
    let plans = record.plans.iter().filter(|plan| plan.is_open(today)).filter_map(plan);
    let transition = record.transition_plan.iter().flat_map(|plan| &plan.actions);
    let actions = transition
        .filter(|action| action.done_on.is_none())
        .filter_map(|action| Some(Dated { day: action.by?, what: action.what.clone().unwrap_or_default() }));
    let mut dates: Vec<Dated> = plans.chain(actions).filter(|dated| dated.day >= today).collect();
    dates.sort_by_key(|dated| dated.day);
    dates.truncate(MOST_DATES);
    dates
}

/// What is open about a child: plans that run, risks that are current, Early Help that goes on.
fn open_matters(record: &Record, today: Day) -> Vec<String> {
    let plans = record.plans.iter().filter(|plan| plan.is_open(today)).filter_map(|plan| plan.r#type);
    let mut matters: Vec<String> = plans.map(|kind| label(&kind)).collect();
    let risks = record.risks.iter().filter(|risk| risk.is_current());
    let named = risks.clone().filter_map(|risk| risk.kind).map(|kind| format!("Risk: {}", label(&kind).to_lowercase()));
    matters.extend(named);
    matters.extend(
        risks.filter_map(|risk| risk.before_first_day.clone()).map(|what| format!("Before the first day: {what}")),
    );
    let help = record.early_help.as_ref().and_then(|help| help.status).filter(|status| status.is_open());
    matters.extend(help.map(|status| format!("Early Help: {}", label(&status).to_lowercase())));
    matters
}

/// The DSL of the sending school, and who manages the child's plans.
fn whom_to_ring(child: &CohortChild, today: Day) -> String {
    let sender = child.record.sending_school.as_ref().and_then(|school| school.dsl.as_ref()).and_then(Contact::line);
    let manager = |plan: &Plan| {
        let manager = plan.manager.as_ref()?;
        let parts = [&manager.name, &manager.role, &manager.contact].into_iter().flatten();
        Some(parts.cloned().collect::<Vec<_>>().join(", ")).filter(|line| !line.is_empty())
    };
    let plans = child.record.plans.iter().filter(|plan| plan.is_open(today));
    let mut people: Vec<String> = sender.into_iter().collect();
    for person in plans.filter_map(manager) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people.join("\n")
}

/// What the children say, child by child: exactly as given, as far as each agreed.
#[must_use]
pub fn voices_sections(children: &[CohortChild]) -> Vec<Section> {
    let (mut sections, mut silent) = (Vec::new(), Vec::new());
    for child in children {
        let blocks = voice(&child.record);
        if blocks.is_empty() {
            silent.push(child.name.clone());
        } else {
            sections.push(section(&format!("{}, {}", child.name, child.school), blocks));
        }
    }
    if !silent.is_empty() {
        let text = "Of these children no words came for these readers: they did not agree, or could not be asked. Ask them yourselves.";
        let names = Block::List { label: String::new(), items: silent };
        sections.push(section("Not heard here", vec![said(text), names]));
    }
    sections
}

fn voice(record: &Record) -> Vec<Block> {
    let Some(voice) = &record.voice else { return Vec::new() };
    let quote = |entry: &VoiceEntry| {
        let text = entry.verbatim.clone()?;
        let translated = entry.translation.clone().map(|words| ("In English".to_owned(), words));
        Some(Block::Quote {
            text,
            lang: super::sections::language_code(entry),
            by: super::sections::said_by(entry),
            pictures: Vec::new(),
            notes: translated.into_iter().collect(),
        })
    };
    let mut blocks: Vec<Block> = voice.entries.iter().filter_map(quote).collect();
    let list = |label: &str, items: &[String]| {
        (!items.is_empty()).then(|| Block::List { label: label.to_owned(), items: items.to_vec() })
    };
    if let Some(profile) = &voice.profile {
        blocks.extend(list("Important to me", &profile.important_to_me));
        blocks.extend(list("How best to support me", &profile.best_support));
        blocks.extend(list("What I hope for", &profile.hopes));
    }
    blocks.extend(list("Adults I trust", &voice.trusted_adults));
    let worries: Vec<String> = voice.worries.iter().filter_map(|worry| worry.text.clone()).collect();
    blocks.extend(list("What worries me about the move", &worries));
    blocks
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { anchor: String::new(), heading: heading.to_owned(), blocks }
}

fn said(text: &str) -> Block {
    Block::Text { label: None, text: text.to_owned() }
}

/// Typesets one of them for a school; not yet sealed.
///
/// # Errors
/// As [`super::render`].
pub fn render_summary(
    engine: &dyn Typesetter,
    kind: SummaryKind,
    school: &str,
    sections: Vec<Section>,
    details: &PackDetails<'_>,
) -> Result<Vec<u8>, RenderError> {
    let mut sections = sections;
    // What ends a document stays together, so that it has to be short.
    sections.push(section(
        "",
        vec![said("Made of what had been received by the day on this page. It does not take the place of the packs.")],
    ));
    let sheet = Sheet {
        title: format!("{}, {}", kind.title(), school),
        what: school.to_owned(),
        name: kind.title().to_owned(),
        readers: kind.readers().to_owned(),
        school: school.to_owned(),
        reference: details.reference.clone(),
        letters: serde_json::to_string(&sections).unwrap_or_default(),
        sections,
    };
    sheet.typeset(engine, details, &format!("{} {}", kind.file_name(), details.reference))
}

//! What a circle of readers would learn that the record itself keeps narrower: telling words, and names of people and
//! services that stand only where the safeguarding lead reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::facts::plans::is_about_safety;
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::flaws::Flaw;
use crate::check::words::telling::{TELLING, is_exact};
use crate::check::words::walk::each_text;
use crate::check::words::{Words, fold, has_words};
use crate::circle::Audience;
use crate::problem::Severity::Warning;
use crate::record::{
    AssessmentKind, PersonStatus, Plan, PlanType, Reader, Relationship, TextKind, ValueType, Visible, YesNoUnknown,
    blank, record_schema,
};

pub(in crate::check) const RULES: &[Rule] = &[Rule {
    code: "SI-23",
    severity: Warning,
    title: "Something private would be read by a wider circle than it is kept in",
    why: "The one-page profile lies in every staff room, and the tutor's pack on a desk. What helps a child can be said there without saying what happened.",
    source: Source::Law("UK GDPR, article 5(1)(c)"),
    next: "Say what helps, not why; or give the entry a narrower `audience`. Where the safeguarding lead decides that this circle should know, set its `audience` to that circle.",
    precisely: Some(
        "For every circle it is asked what it will see of the whole record, and compared with what the record keeps narrower: names of social workers and others who manage plans of children's services, of adults who are not parents, of people who are not safe to contact, and of services that stand only in the safeguarding lead's parts; and a list of telling words (social worker, core group, conference, PEP, foster, carer, prison, police, refuge, court order and others), each with the words beside which it tells nothing. The child's exact words, worries, trusted adults and wishes about who should know are left alone, as they go where the child agreed. What a person opened to Head of Year or SENCO by an `audience` of its own is a decision, and left alone as well.",
    ),
    bad: "[transition_plan]\nvoice_ref = [\"v1\"]\ntriggers = [\"Visits to prison\"]\n",
    good: "[transition_plan]\nvoice_ref = [\"v1\"]\ntriggers = [\"Mondays\"]\n",
    judge: Judge::Each(leaks),
    may_override: false,
    ..Rule::USUAL
}];

fn leaks(c: &Context<'_>) -> Vec<Hit> {
    let telling: BTreeSet<String> = c.texts_with(Flaw::Private).into_iter().map(|hit| hit.path).collect();
    let names = narrow_names(c);
    let mut suspects: BTreeMap<String, String> = BTreeMap::new();
    each_text(c.record, &mut |path, _, text| {
        if is_exact(path.text_kind()) {
            return;
        }
        let path = path.to_string();
        let told = telling.contains(&path) || has_any(text, &names);
        if told && (is_open(&path) || c.is_opened()) {
            suspects.insert(path, text.to_owned());
        }
    });
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = Vec::new();
    for reader in [Audience::AllStaff, Audience::Pastoral, Audience::Senco] {
        let Ok(seen) = Visible::to(c.record, reader) else { continue };
        let mut known: BTreeSet<String> = BTreeSet::new();
        if !names.is_empty() {
            each_text(c.record, &mut |path, _, text| {
                // A name stands there because these readers are to know it.
                if path.text_kind() == Some(TextKind::Name) && seen.shows(&path.to_string()) {
                    known.insert(fold(text));
                }
            });
        }
        let is_known = |name: &str| known.iter().any(|known| has_words(known, name) || has_words(name, known));
        let secret: Vec<&String> = names.iter().filter(|name| !is_known(name)).collect();
        for (path, text) in &suspects {
            let told = hits.iter().any(|hit| hit.path == *path);
            let decided = reader > Audience::AllStaff && is_decided(c, path);
            if told || decided || !seen.shows(path) {
                continue;
            }
            let knows_care = seen.shows("care.legal_status") || seen.shows("care.left_care_to");
            if let Some(what) = tells(text, reader, knows_care, &secret) {
                hits.push(Hit::at(path.as_str()).because(format!("{}: {what}", message(reader))));
            }
        }
    }
    hits
}

fn message(reader: Audience) -> &'static str {
    match reader {
        Audience::AllStaff => "Something private would be read by every member of staff",
        Audience::Pastoral => "Something private would be read by Head of Year and tutor",
        Audience::Senco | Audience::Dsl => "Something private would be read by the SENCO",
    }
}

/// What a text tells these readers, by its words or by a name that is kept from them; nothing about being adopted or
/// looked after to readers who may know of it.
fn tells(text: &str, reader: Audience, knows_care: bool, secret: &[&String]) -> Option<&'static str> {
    let words = Words::of(text);
    let mut told = TELLING.iter().filter(|telling| reader <= telling.up_to && telling.is_in(&words));
    if told.any(|telling| !(knows_care && telling.is_about_care())) {
        return Some("a word of it tells of services, care, courts, police or harm");
    }
    has_any(text, secret.iter().copied())
        .then_some("it names somebody, or a service, of whom these readers do not know")
}

/// Whether a text has any of some folded names.
fn has_any<'n>(text: &str, names: impl IntoIterator<Item = &'n String>) -> bool {
    let mut names = names.into_iter().peekable();
    // Most records keep no name narrow, and then no text need be folded.
    names.peek().is_some() && {
        let folded = fold(text);
        names.any(|name| has_words(&folded, name))
    }
}

/// Whether a section is open to readers beyond the safeguarding lead without anybody saying so.
fn is_open(path: &str) -> bool {
    let section = path.split(['.', '[']).next().unwrap_or_default();
    let ValueType::Table(fields) = &record_schema().root else { return true };
    fields.get(section).is_none_or(|field| field.reader != Some(Reader::Circle(Audience::Dsl)))
}

/// Whether the table that a text stands in was opened to its readers by an `audience` of its own.
fn is_decided(c: &Context<'_>, path: &str) -> bool {
    let Some((table, _)) = path.rsplit_once('.') else { return false };
    c.opened().iter().any(|opened| table == opened || table.starts_with(&format!("{opened}.")))
}

/// Names of people and services that may stand only in the safeguarding lead's parts, folded.
fn narrow_names(c: &Context<'_>) -> BTreeSet<String> {
    let record = c.record;
    let mut names = BTreeSet::new();
    let mut add = |name: Option<&String>| {
        // What follows a comma is a role.
        let folded = name.and_then(|name| name.split(',').next()).map(fold).unwrap_or_default();
        let full = folded.split(' ').count() > 1 && folded.chars().count() > 6;
        if full && !is_everyday(&folded) {
            names.insert(folded);
        }
    };
    let social_work = |plan: &&Plan| is_about_safety(plan) && plan.r#type != Some(PlanType::YoungCarer);
    for plan in record.plans.iter().filter(social_work) {
        add(plan.manager.as_ref().and_then(|manager| manager.name.as_ref()));
        add(plan.lead_agency.as_ref());
    }
    record.services.iter().for_each(|service| add(service.name.as_ref()));
    let enquiries = record
        .assessments
        .iter()
        .filter(|assessment| matches!(assessment.kind, Some(AssessmentKind::Section17 | AssessmentKind::Section47)));
    enquiries.for_each(|assessment| add(assessment.led_by.as_ref()));
    for person in record.household.iter().flat_map(|household| &household.people) {
        // Who lives with the child, and may be rung and fetch, comes to school like any parent.
        let at_home = person.lives_with_child == Some(true) && person.may_collect != Some(YesNoUnknown::No);
        let is_foster_carer = person.relationship == Some(Relationship::FosterCarer);
        let distant = (person.is_from_outside() && !at_home) || is_foster_carer;
        let unsafe_to_know = person.safe_to_contact == Some(YesNoUnknown::No) || !blank(person.must_not.as_deref());
        if (distant || unsafe_to_know) && person.status != Some(PersonStatus::NotApplicable) {
            add(person.name.as_ref());
        }
    }
    let secret = record.household.as_ref().is_some_and(|household| household.address_confidential == Some(true));
    let earlier = record.moves.iter().flat_map(|moves| &moves.schools).filter(|stay| secret && stay.to.is_some());
    // Every school is called one; here its name tells where the family was.
    names.extend(earlier.filter_map(|stay| stay.name.as_deref()).map(fold).filter(|name| name.contains(' ')));
    names
}

/// Services that everybody may know of: a school, a therapist, a surgery.
fn is_everyday(folded: &str) -> bool {
    const EVERYDAY: [&str; 24] = [
        "school",
        "speech",
        "therapy",
        "therapist",
        "hospital",
        "clinic",
        "nurse",
        "dentist",
        "dental",
        "optician",
        "surgery",
        "paediatric",
        "paediatrics",
        "physiotherapy",
        "occupational",
        "library",
        "club",
        "health visitor",
        "gp",
        "educational",
        "psychologist",
        "audiology",
        "orthoptics",
        "music",
    ];
    EVERYDAY.iter().any(|word| has_words(folded, word))
}

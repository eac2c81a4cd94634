//! Moves: across schools, areas and services, so that nobody loses sight of the child.

use crate::check::context::Context;
use crate::check::facts::plans::{has_open, open};
use crate::check::facts::weighed::{is_weighed, unweighed_entries};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::check::words::{fold, says_any};
use crate::problem::Severity::{Error, Warning};
use crate::record::{
    ChangeKind, Day, EventKind, HomeEducation, Moves, PlanType, RiskKind, SchoolStay, YesNoUnknown, blank,
};

/// A gap of this many school days between two schools needs a reason.
const LONGEST_GAP: i64 = 20;

/// Two schools one after the other, the fields of the first to be ended, for the examples.
macro_rules! two_schools {
    ($first:literal, $second:literal) => {
        concat!(
            "[[moves.schools]]\nname = \"Elsewhere Primary School\"\nla = \"Elsewhereshire\"\nfrom = 2021-09-06\nto = 2025-02-14\n",
            $first,
            "[[moves.schools]]\nname = \"Example Junior School\"\nla = \"Exampleshire\"\n",
            $second
        )
    };
}

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "MV-01",
        severity: Error,
        title: "There is a gap in the child's schooling, and nothing explains it",
        why: "A child between two schools is seen by neither. Four weeks that nobody can account for may be a move, an illness, or something that should not have happened.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "the family moved between geographical areas and between service areas, this caused a loss of focus on the child",
        ),
        next: "Add `gap_before_reason` to the school after the gap.",
        precisely: Some(
            "More than twenty school days between two schools; without term dates 28 calendar days, the summer holiday left out.",
        ),
        bad: two_schools!("records_requested_on = 2025-04-01\nrecords_received = \"yes\"\n", "from = 2025-04-28\n"),
        good: two_schools!(
            "records_requested_on = 2025-04-01\nrecords_received = \"yes\"\n",
            "from = 2025-04-28\ngap_before_reason = \"Waited for a place; taught at home, seen weekly by the family worker\"\n"
        ),
        judge: Judge::Each(|c| {
            let mut stays: Vec<(usize, &SchoolStay)> = schools(c).filter(|(_, stay)| stay.from.is_some()).collect();
            stays.sort_by_key(|(_, stay)| stay.from);
            let gaps = stays.windows(2).filter_map(|pair| match pair {
                [(_, earlier), (i, later)] if blank(later.gap_before_reason.as_deref()) => {
                    let (to, from) = (earlier.to?, later.from?);
                    let gone = c.elapsed(to, from.plus_days(-1));
                    (gone.over(LONGEST_GAP) && !is_a_summer(to, from)).then_some((*i, gone))
                }
                _ => None,
            });
            gaps.map(|(i, gone)| {
                let message = format!(
                    "A gap of over twenty school days before this school is not explained ({})",
                    gone.counted()
                );
                Hit::at(format!("moves.schools[{i}].from")).because(message)
            })
            .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-02",
        severity: Error,
        title: "The child came from another area, and it is not shown that its records were asked for",
        why: "What one area knew was lost when families moved on. Asking for the earlier school's records, and writing down the answer, closes that gap.",
        source: Source::Briefing(
            "Poor communication and information sharing between agencies",
            "This included families moving across geographical boundaries which caused a loss of focus on the child.",
        ),
        next: "Add `records_requested_on` and `records_received` to the earlier school.",
        precisely: Some(
            "Two schools one after the other whose `la` differs, the later one begun within the last 24 months. Records that have come need not be asked for.",
        ),
        bad: two_schools!("", "from = 2025-02-24\n"),
        good: two_schools!("records_requested_on = 2025-02-26\nrecords_received = \"yes\"\n", "from = 2025-02-24\n"),
        judge: Judge::Each(|c| {
            let line = c.today.plus_months(-24);
            let stays: Vec<(usize, &SchoolStay)> = schools(c).collect();
            let moved = stays.windows(2).filter_map(|pair| match pair {
                [(i, earlier), (_, later)] if areas_differ(earlier, later) && later.from? >= line => {
                    Some((*i, *earlier))
                }
                _ => None,
            });
            let unasked = moved.filter(|(_, stay)| {
                let came = stay.records_received == Some(YesNoUnknown::Yes);
                !came && (stay.records_requested_on.is_none() || stay.records_received.is_none())
            });
            unasked.map(|(i, _)| Hit::at(format!("moves.schools[{i}].records_requested_on"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-03",
        severity: Warning,
        title: "Three homes or schools in three years, and nothing is said about what that meant",
        why: "Each move takes away friends, teachers and whoever had begun to notice. Often there is a reason behind so many moves.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "the family moved between geographical areas and between service areas, this caused a loss of focus on the child",
        ),
        next: "Add a chronology entry of kind `moved_home`, a risk of kind `housing`, or `moves.note`.",
        precisely: Some(
            "Three or more schools, or three or more addresses, at which the child was in the last three years.",
        ),
        bad: "[moves]\n[[moves.addresses]]\nla = \"A\"\nfrom = 2022-01-01\nto = 2024-02-01\n[[moves.addresses]]\nla = \"B\"\nfrom = 2024-02-01\nto = 2025-03-01\n[[moves.addresses]]\nla = \"C\"\nfrom = 2025-03-01\n",
        good: "[moves]\nnote = \"Moves followed mother's work; the child names each school as home\"\n[[moves.addresses]]\nla = \"A\"\nfrom = 2022-01-01\nto = 2024-02-01\n[[moves.addresses]]\nla = \"B\"\nfrom = 2024-02-01\nto = 2025-03-01\n[[moves.addresses]]\nla = \"C\"\nfrom = 2025-03-01\n",
        judge: Judge::Each(|c| {
            let Some(moves) = &c.record.moves else { return Vec::new() };
            let line = c.today.plus_months(-36);
            let recent = |to: Option<Day>| to.is_none_or(|to| to >= line);
            let homes = moves.addresses.iter().filter(|home| recent(home.to)).count();
            let schools = moves.schools.iter().filter(|stay| recent(stay.to)).count();
            let told = c.record.chronology.iter().any(|entry| entry.change_kind == Some(ChangeKind::MovedHome))
                || c.record.risks.iter().any(|risk| risk.kind == Some(RiskKind::Housing))
                || !blank(moves.note.as_deref());
            Hit::when((homes > 2 || schools > 2) && !told, "moves")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-04",
        severity: Error,
        title: "An earlier school's records have not come, and it is not said what was done",
        why: "The file that did not come may hold what explains the child. Somebody has to have asked again.",
        source: Source::Guidance("Keeping children safe in education: transfer of the child protection file"),
        next: "Say in `follow_up` what was done, when and by whom.",
        bad: two_schools!("records_requested_on = 2025-02-26\nrecords_received = \"no\"\n", "from = 2025-02-24\n"),
        good: two_schools!(
            "records_requested_on = 2025-02-26\nrecords_received = \"no\"\nfollow_up = \"Rang on 3 March and 12 May 2025; the office promises a copy\"\n",
            "from = 2025-02-24\n"
        ),
        judge: Judge::Each(|c| {
            let here = c.record.sending_school.as_ref().and_then(|school| school.laestab.as_ref());
            let missing = schools(c).filter(|(_, stay)| stay.laestab.is_none() || stay.laestab.as_ref() != here);
            let missing = missing.filter(|(_, stay)| {
                let outstanding = stay.lacks_records();
                outstanding && blank(stay.follow_up.as_deref())
            });
            missing.map(|(i, _)| Hit::at(format!("moves.schools[{i}].records_received"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-05",
        severity: Error,
        title: "The plan crosses a boundary between authorities, and it is not shown that both know",
        why: "One authority manages the plan, another's services surround the new school. If they do not know of one another, the child stands between them.",
        source: Source::Briefing(
            "Themes drawn from all of the SCR’s",
            "the family moved between geographical areas and between service areas, this caused a loss of focus on the child",
        ),
        next: "Tell both authorities, and set `moves.both_las_informed`.",
        precisely: Some(
            "An open statutory plan, and `moves.home_la` differs from `receiving_school.la`. Without that field the number in the school's DfE number is compared, by the names that the policy gives for it; where neither tells the area, the rule keeps silent.",
        ),
        bad: "[receiving_school]\nla = \"Exampleshire\"\n[moves]\nhome_la = \"Elsewhereshire\"\nhome_la_front_door = \"01632 960600\"\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
        good: "[receiving_school]\nla = \"Exampleshire\"\n[moves]\nhome_la = \"Elsewhereshire\"\nhome_la_front_door = \"01632 960600\"\nboth_las_informed = 2026-06-02\n[[plans]]\nid = \"pl1\"\ntype = \"cin_s17\"\n",
        judge: Judge::Each(|c| {
            let statutory = open(c).any(|(_, plan)| plan.r#type.is_some_and(PlanType::is_statutory));
            let told = moves(c).is_some_and(|moves| moves.both_las_informed.is_some());
            Hit::when(statutory && !told && lives_elsewhere(c), "moves.both_las_informed")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-06",
        severity: Warning,
        title: "The front door of the child's home authority is not given",
        why: "A worry at the new school goes to the authority in which the child lives, and not to the school's own. The right number, ready to hand, saves a day.",
        source: Source::Local("Tes, 2025: one DSL, seven local authorities"),
        next: "Add `moves.home_la_front_door`.",
        precisely: Some("As in MV-05, with or without a plan."),
        bad: "[receiving_school]\nla = \"Exampleshire\"\n[moves]\nhome_la = \"Elsewhereshire\"\n",
        good: "[receiving_school]\nla = \"Exampleshire\"\n[moves]\nhome_la = \"Elsewhereshire\"\nhome_la_front_door = \"01632 960600\"\n",
        judge: Judge::Each(|c| {
            let given = moves(c).is_some_and(|moves| !blank(moves.home_la_front_door.as_deref()));
            Hit::when(!given && lives_elsewhere(c), "moves.home_la_front_door")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-07",
        severity: Warning,
        title: "It is not said whether this service goes on after the move",
        why: "Services end at school gates and at area borders without anybody deciding so. The record says for each whether it continues, ends or is handed on.",
        source: Source::Briefing("Themes drawn from all of the SCR’s", "Service and Geographical Boundaries"),
        next: "Set `after_transfer`: continues, ends, handed_to or unknown (with `unknown_why`).",
        bad: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\n",
        good: "[[plans]]\nid = \"pl1\"\ntype = \"camhs\"\nafter_transfer = \"continues\"\n",
        judge: Judge::Each(|c| {
            let open = open(c).filter(|(_, plan)| plan.after_transfer.is_none());
            open.map(|(i, _)| Hit::at(format!("plans[{i}].after_transfer"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-09",
        severity: Warning,
        title: "Home education explains an absence, and nobody says who agreed, who knew and who saw the child",
        why: "Most children who are taught at home are well. In several reviews home education was the explanation that ended all questions, again and again.",
        source: Source::Briefing(
            "Neglect",
            "Children and young people not in school, due to poor attendance or exclusion, can be especially vulnerable.",
        ),
        next: "Add `[[moves.home_education]]` with `from`, `agreed_by`, `authority_informed_on` and `known`; or weigh the entry.",
        bad: "[[moves.home_education]]\nfrom = 2024-09-03\nto = 2025-01-06\n",
        good: "[[moves.home_education]]\nfrom = 2024-09-03\nto = 2025-01-06\nagreed_by = \"Both parents\"\nauthority_informed_on = 2024-09-10\nknown = \"Visited twice by the authority's adviser, who saw her work and talked with her\"\n",
        judge: Judge::Each(home_education),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-10",
        severity: Warning,
        title: "Home education is announced for the time of the move",
        why: "A child who leaves one school and never arrives at the next is on nobody's list. With a child protection plan or an enquiry it is a case of its own.",
        source: Source::Guidance(
            "Elective home education guidance; Children's Wellbeing and Schools Act 2026 (duty of consent, not in force when read)",
        ),
        next: "Tell the local authority and, where there is one, the social worker; set `authority_informed_on`, and agree with the receiving school who keeps the place.",
        precisely: Some(
            "A time of home education that begins today or later; told is it where `authority_informed_on` and `known` are given and no child protection or child in need plan is open.",
        ),
        bad: "[[moves.home_education]]\nfrom = 2026-09-03\nagreed_by = \"Mother\"\n",
        good: "[[moves.home_education]]\nfrom = 2026-09-03\nagreed_by = \"Both parents\"\nauthority_informed_on = 2026-06-10\nknown = \"Adviser has met the family and will visit in October\"\n",
        judge: Judge::Each(|c| {
            let times = moves(c).into_iter().flat_map(|moves| moves.home_education.iter().enumerate());
            let planned = has_open(c, &[PlanType::CpS47, PlanType::CinS17]);
            let ahead = times.filter(|(_, time)| {
                let announced = time.from.is_some_and(|from| from >= c.today) && time.to.is_none();
                announced && (planned || !is_told(time))
            });
            let message = if planned {
                "Home education is announced while a plan of children's services is open"
            } else {
                "Home education is announced for the time of the move"
            };
            ahead.map(|(i, _)| Hit::at(format!("moves.home_education[{i}].from")).because(message)).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "MV-08",
        severity: Error,
        title: "The family lives in a refuge or emergency accommodation, and the address is not marked confidential",
        why: "A refuge protects only as long as nobody knows where it is. One page with the address in the wrong hands can cost a life.",
        source: Source::Guidance("Data protection: information that would cause serious harm"),
        next: "Set `household.address_confidential = true`.",
        bad: "[household]\nrefuge_or_emergency = true\n",
        good: "[household]\nrefuge_or_emergency = true\naddress_confidential = true\n",
        judge: Judge::Each(|c| {
            let open = c.record.household.as_ref().is_some_and(|household| {
                household.refuge_or_emergency == Some(true) && household.address_confidential != Some(true)
            });
            Hit::when(open, "household.address_confidential")
        }),
        may_override: false,
        ..Rule::USUAL
    },
];

/// Whether a time of home education is told: who agreed, what the authority knew, who saw the child. That nobody did is
/// the question, and no answer.
fn is_told(time: &HomeEducation) -> bool {
    const NOBODY: [&str; 10] = [
        "nobody",
        "no one",
        "no visit",
        "not visited",
        "not seen",
        "never seen",
        "not known",
        "nothing is known",
        "nothing known",
        "unknown",
    ];
    let known = time.known.as_deref().is_some_and(|known| !blank(Some(known)) && !says_any(known, &NOBODY));
    !blank(time.agreed_by.as_deref()) && time.authority_informed_on.is_some() && known
}

fn home_education(c: &Context<'_>) -> Vec<Hit> {
    let times = moves(c).map(|moves| moves.home_education.as_slice()).unwrap_or_default();
    // What is only announced is asked about by MV-10.
    let begun = |time: &HomeEducation| time.from.is_none_or(|from| from < c.today);
    let open = times.iter().enumerate().filter(|(_, time)| begun(time) && !is_told(time));
    let mut hits: Vec<_> = open.map(|(i, _)| Hit::at(format!("moves.home_education[{i}]"))).collect();
    let told: Vec<usize> = unweighed_entries(c, &[EventKind::HomeEducation]).map(|(i, _)| i).collect();
    if times.is_empty() {
        hits.extend(told.iter().map(|i| Hit::at(format!("chronology[{i}]"))));
    }
    // Several entries may tell of one time; where times are given, they count.
    let again = if times.is_empty() { told.len() > 1 } else { times.len() > 1 };
    let message = "Home education again and again: what lay behind each time?";
    if again && times.is_empty() {
        hits.extend(told.last().map(|i| Hit::at(format!("chronology[{i}].kinds")).because(message)));
    } else if again && !is_weighed(c, Some("home_education"), None) {
        hits.push(Hit::at("moves.home_education").because(message));
    }
    hits
}

/// Whether a gap is the summer holiday of some part of the United Kingdom: Scotland's begins in June.
fn is_a_summer(to: Day, from: Day) -> bool {
    let year = to.0.year();
    let window = Day::new(year, 6, 20).zip(Day::new(year, 9, 10));
    window.is_some_and(|(first, last)| to >= first && from <= last)
}

fn moves<'a>(c: &'a Context<'_>) -> Option<&'a Moves> {
    c.record.moves.as_ref()
}

fn schools<'a>(c: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a SchoolStay)> {
    c.record.moves.iter().flat_map(|moves| moves.schools.iter().enumerate())
}

fn areas_differ(earlier: &SchoolStay, later: &SchoolStay) -> bool {
    earlier.la.as_deref().zip(later.la.as_deref()).is_some_and(|(a, b)| fold(a) != fold(b))
}

/// Whether the child is known to live in another authority than the one the receiving school lies in.
fn lives_elsewhere(c: &Context<'_>) -> bool {
    let Some(school) = &c.record.receiving_school else { return false };
    let home = moves(c).and_then(|moves| moves.home_la.as_deref()).map(fold).filter(|home| !home.is_empty());
    let number = school.laestab.as_deref().and_then(|laestab| laestab.trim().get(..3));
    let given = school.la.as_deref().map(fold).filter(|la| !la.is_empty());
    let name = number.and_then(|number| c.policy.local_authorities.get(number)).map(|name| fold(name));
    let Some(home) = home else { return false };
    if home.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.is_some_and(|number| number != home);
    }
    given.or(name).is_some_and(|area| area != home && Some(area.as_str()) != number)
}

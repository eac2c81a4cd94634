//! Attendance: figures that add up, with the register codes of today, and what they say about the child.
//!
//! What was done about absence (plans, support, referrals) is in [`super::attendance_plan`].

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example_parts::{year, year_before};
use crate::check::facts::attendance::{is_accounted, periods, years};
use crate::check::hit::Hit;
use crate::check::rule::{Judge, Rule, Source};
use crate::problem::Severity::{Error, Warning};
use crate::record::{AttendancePeriod, AttendanceTerm, Day, RegisterClass, blank, register_class};

/// From this day the School Attendance (Pupil Registration) (England) Regulations 2024 are in force.
const REGULATIONS_2024: (i16, i8, i8) = (2024, 8, 19);

/// Withdrawn register codes.
const WITHDRAWN: [&str; 4] = ["H", "J", "Y", "F"];

pub(in crate::check) const RULES: &[Rule] = &[
    Rule {
        code: "AT-01",
        severity: Error,
        title: "The sessions do not add up",
        why: "Attended, authorised and unauthorised sessions together are the possible ones. Figures that do not add up were copied from different days or counted codes that are outside the figures.",
        source: Source::Guidance("DfE, pupil absence statistics: methodology"),
        next: "Give all four figures of one print-out; D, Q, X and Y1 to Y7 are not possible sessions.",
        bad: year!("possible = 372\nattended = 360\nauthorised = 10\nunauthorised = 0\n"),
        good: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"),
        judge: Judge::Each(|c| periods(c).flat_map(|(i, period)| sums(i, period)).collect()),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-21",
        severity: Error,
        title: "The terms do not add up to their year",
        why: "The chart shows each term, and a reader looks there for the moment at which attendance began to fall. Terms that do not make up the year were copied from another child or another day.",
        source: Source::Ours,
        next: "Give each term once, with all four figures, so that together they are the figures of the year; or leave `terms` out.",
        bad: concat!(
            year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"),
            "[[attendance.periods.terms]]\nterm = \"autumn\"\npossible = 140\nattended = 135\nauthorised = 5\nunauthorised = 0\n"
        ),
        good: concat!(
            year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"),
            "[[attendance.periods.terms]]\nterm = \"autumn\"\npossible = 140\nattended = 135\nauthorised = 5\nunauthorised = 0\n",
            "[[attendance.periods.terms]]\nterm = \"spring\"\npossible = 232\nattended = 225\nauthorised = 7\nunauthorised = 0\n"
        ),
        judge: Judge::Each(|c| {
            let wrong = periods(c).filter(|(_, period)| !terms_add_up(period));
            wrong.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].terms"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-02",
        severity: Error,
        title: "The stated percentage differs from the sessions",
        why: "A percentage that does not come from the sessions hides a slip in one of the two. The sessions count.",
        source: Source::Guidance("DfE, pupil absence statistics: methodology"),
        next: "Look at both again, or leave `stated_percentage` out.",
        bad: year!("possible = 372\nattended = 308\nauthorised = 44\nunauthorised = 20\nstated_percentage = 85.0\n"),
        good: year!("possible = 372\nattended = 308\nauthorised = 44\nunauthorised = 20\nstated_percentage = 82.8\n"),
        judge: Judge::Each(|c| {
            let differs = |period: &AttendancePeriod| {
                period.stated_percentage.zip(period.sessions()).is_some_and(|(stated, (possible, attended))| {
                    // At most ten thousand sessions: exact as floating-point numbers.
                    (stated - 100.0 * attended as f64 / possible as f64).abs() > 0.05
                })
            };
            let hits = periods(c).filter(|(_, period)| differs(period));
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].stated_percentage"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-03",
        severity: Warning,
        title: "The dates or the possible sessions of this period look wrong",
        why: "A full school year has 380 sessions, begins in September, and its figures end today at the latest. Anything else was probably copied from another column or line.",
        source: Source::Guidance("DfE, pupil absence statistics: a full year is 380 sessions"),
        next: "Look at `academic_year`, `from`, `to` and `possible` again.",
        bad: year!("possible = 38\nattended = 36\nauthorised = 2\nunauthorised = 0\n"),
        good: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"),
        judge: Judge::Each(|c| {
            let odd = |period: &AttendancePeriod| {
                let full_year = period.from.zip(period.to).is_some_and(|(from, to)| to.days_since(from) > 250);
                period.possible.is_some_and(|possible| possible == 0 || possible > 400 || (full_year && possible < 60))
            };
            let misdated = |period: &AttendancePeriod| {
                let reversed = period.from.zip(period.to).is_some_and(|(from, to)| from > to);
                let other_year =
                    period.from.zip(period.academic_year).is_some_and(|(from, year)| from.academic_year() != year);
                reversed || other_year || period.to.is_some_and(|to| to > c.today)
            };
            let hits = periods(c).flat_map(|(i, period)| {
                let path = format!("attendance.periods[{i}]");
                let mut hits = Hit::when(odd(period), format!("{path}.possible"));
                hits.extend(Hit::when(misdated(period), format!("{path}.to")));
                hits
            });
            hits.collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-04",
        severity: Error,
        title: "A register code is not in the list of 2024",
        why: "Since 19 August 2024 registers use a new list: H, J, Y and F are withdrawn, J1 and Y1 to Y7 are new. Old codes are counted in the wrong column.",
        source: Source::Law("School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10"),
        next: "Use the codes of the 2024 regulations.",
        bad: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"H\" = 12 }\n"),
        good: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"C\" = 12 }\n"),
        judge: Judge::Each(|c| periods(c).flat_map(|(i, period)| codes(i, period)).collect()),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-05",
        severity: Warning,
        title: "A register code is not expected in a junior school",
        why: "X is for children under compulsory school age, S for public examinations, W for work experience. In a junior school's register they are usually slips.",
        source: Source::Guidance("Working together to improve school attendance (August 2024)"),
        next: "Look at the register again.",
        bad: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"S\" = 12 }\n"),
        good: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\ncodes = { \"I\" = 12 }\n"),
        judge: Judge::Each(|c| {
            let odd = |period: &AttendancePeriod| ["X", "S", "W"].iter().any(|code| period.code(code) > 0);
            let hits = periods(c).filter(|(_, period)| odd(period));
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].codes"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-06",
        severity: Warning,
        title: "An absence was never explained",
        why: "N means that the reason is not known yet, and is to be settled within five school days. A child whose absence nobody explained may be a child nobody looked for.",
        source: Source::Guidance("Working together to improve school attendance (August 2024)"),
        next: "Settle the reason, or explain in `note` why it could not be found.",
        precisely: Some(
            "Counted from the last day of the period: more than five school days, or seven calendar days without term dates.",
        ),
        bad: "[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-05-22\npossible = 320\nattended = 308\nauthorised = 8\nunauthorised = 4\ncodes = { \"I\" = 8, \"N\" = 4 }\n",
        good: "[[attendance.periods]]\nacademic_year = 2025\nfrom = 2025-09-03\nto = 2026-05-22\npossible = 320\nattended = 308\nauthorised = 8\nunauthorised = 4\ncodes = { \"I\" = 8, \"O\" = 4 }\n",
        judge: Judge::Each(|c| {
            let gone = |period: &AttendancePeriod| {
                let open = period.code("N") > 0 && blank(period.note.as_deref());
                period.to.filter(|_| open).map(|to| c.elapsed(to, c.today)).filter(|gone| gone.over(5))
            };
            let hits = periods(c).filter_map(|(i, period)| Some((i, gone(period)?)));
            hits.map(|(i, gone)| {
                let message = format!("An absence was not explained within five school days ({})", gone.counted());
                Hit::at(format!("attendance.periods[{i}].codes")).because(message)
            })
            .collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-14",
        severity: Error,
        title: "The register shows a suspension, but none is described",
        why: "Children out of school by exclusion are especially vulnerable. The next school needs to know what happened before, and what education the child had meanwhile.",
        source: Source::Briefing(
            "Neglect",
            "Children and young people not in school, due to poor attendance or exclusion, can be especially vulnerable.",
        ),
        next: "Add an `[[attendance.suspensions]]` with date, reason and provision.",
        bad: year!("possible = 372\nattended = 366\nauthorised = 6\nunauthorised = 0\ncodes = { \"E\" = 6 }\n"),
        good: concat!(
            year!("possible = 372\nattended = 366\nauthorised = 6\nunauthorised = 0\ncodes = { \"E\" = 6 }\n"),
            "[[attendance.suspensions]]\ndate = 2026-01-14\nsessions = 6\nreason = \"Hit another child after losing a game\"\nprovision = \"Work sent home and marked daily\"\n"
        ),
        judge: Judge::Each(|c| {
            let described = c.record.attendance.as_ref().is_some_and(|attendance| !attendance.suspensions.is_empty());
            let hits = periods(c).filter(|(_, period)| !described && period.code("E") > 0);
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].codes"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-15",
        severity: Warning,
        title: "Sessions elsewhere, but the other place is not named",
        why: "B, K and D mean that the child was taught somewhere else. That place knows the child too.",
        source: Source::Guidance("Working together to improve school attendance (August 2024)"),
        next: "Add an `[[attendance.providers]]` with its name and dates.",
        bad: year!("possible = 372\nattended = 372\nauthorised = 0\nunauthorised = 0\ncodes = { \"K\" = 60 }\n"),
        good: concat!(
            year!("possible = 372\nattended = 372\nauthorised = 0\nunauthorised = 0\ncodes = { \"K\" = 60 }\n"),
            "[[attendance.providers]]\nname = \"Example Hospital School\"\n"
        ),
        judge: Judge::Each(|c| {
            let named = c.record.attendance.as_ref().is_some_and(|attendance| !attendance.providers.is_empty());
            let elsewhere = |period: &AttendancePeriod| ["B", "K", "D"].iter().any(|code| period.code(code) > 0);
            let hits = periods(c).filter(|(_, period)| !named && elsewhere(period));
            hits.map(|(i, _)| Hit::at(format!("attendance.periods[{i}].codes"))).collect()
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-16",
        severity: Warning,
        title: "Attendance fell by ten points or more, and the chronology names no significant change",
        why: "A sharp fall has a reason, and the reason is often a change at home. Risk is understood from what lies beneath, not from the figure.",
        source: Source::Briefing(
            "Managing Risk",
            "Assessing risk requires an understanding of underlying issues and chronology, not just the current incident.",
        ),
        next: "Add what changed to the chronology with `significant = true`, or look into it.",
        precisely: Some("Absence that is accounted for, as in AT-07, is left out."),
        bad: concat!(
            "chronology = []\n",
            year!("possible = 372\nattended = 320\nauthorised = 52\nunauthorised = 0\n"),
            year_before!()
        ),
        good: concat!(
            "chronology = []\n",
            year!("possible = 372\nattended = 350\nauthorised = 22\nunauthorised = 0\n"),
            year_before!()
        ),
        judge: Judge::Each(sharp_fall),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-17",
        severity: Warning,
        title: "There are fewer than two academic years of figures",
        why: "One figure is a moment; two years show a direction. The next school can act on a direction.",
        source: Source::Briefing("Managing Risk", "not just the current incident"),
        next: "Add the year before, or say in `earlier_years_unavailable_reason` why there is none.",
        bad: year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"),
        good: concat!(
            "[attendance]\nearlier_years_unavailable_reason = \"Came to England in September 2025\"\n",
            year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n")
        ),
        judge: Judge::Each(|c| {
            let Some(attendance) = &c.record.attendance else { return Vec::new() };
            let given: BTreeSet<_> = attendance.periods.iter().filter_map(|period| period.academic_year).collect();
            let few = given.len() == 1 && blank(attendance.earlier_years_unavailable_reason.as_deref());
            Hit::when(few, "attendance.periods")
        }),
        ..Rule::USUAL
    },
    Rule {
        code: "AT-20",
        severity: Error,
        title: "The attendance history is not recorded",
        why: "The reviews found that poor attendance was seen and not acted on. A record without this year's figures leaves the next school to start from nothing.",
        source: Source::Briefing(
            "Education",
            "Educational establishments need to be aware of the recommendations from the serious case reviews in relation to Attendance Plans",
        ),
        next: "Add an `[[attendance.periods]]` for the current academic year and for the year before.",
        bad: "[attendance]\nstory = \"Good\"\n",
        good: concat!(year!("possible = 372\nattended = 360\nauthorised = 12\nunauthorised = 0\n"), year_before!()),
        judge: Judge::Each(|c| {
            let start = c.record.receiving_school.as_ref().and_then(|school| school.start_date);
            let years: Vec<_> = periods(c).filter_map(|(_, period)| period.academic_year).collect();
            let next = start.map_or(c.today.academic_year(), Day::academic_year);
            if years.is_empty() {
                return vec![Hit::at("attendance.periods")];
            }
            let message = "There are no attendance figures for the child's last year at this school";
            let current = years.iter().any(|year| *year == next || *year == next - 1);
            Hit::when(!current, "attendance.periods").into_iter().map(|hit| hit.because(message)).collect()
        }),
        ..Rule::USUAL
    },
];

/// Whether the terms of a year, where there are any, are each given once and make up its figures.
fn terms_add_up(period: &AttendancePeriod) -> bool {
    let terms = &period.terms;
    let sum = |figure: fn(&AttendanceTerm) -> Option<i64>| terms.iter().map(figure).sum::<Option<i64>>();
    let named: BTreeSet<_> = terms.iter().filter_map(|term| term.term).collect();
    let each = terms.iter().all(|term| {
        let parts = [term.attended, term.authorised, term.unauthorised].into_iter().sum::<Option<i64>>();
        parts == term.possible
    });
    terms.is_empty()
        || (named.len() == terms.len()
            && each
            && sum(|term| term.possible) == period.possible
            && sum(|term| term.attended) == period.attended
            && sum(|term| term.authorised) == period.authorised
            && sum(|term| term.unauthorised) == period.unauthorised)
}

fn sums(i: usize, period: &AttendancePeriod) -> Vec<Hit> {
    let path = format!("attendance.periods[{i}]");
    let figures = [
        ("possible", period.possible),
        ("attended", period.attended),
        ("authorised", period.authorised),
        ("unauthorised", period.unauthorised),
    ];
    let missing = figures.iter().filter(|(_, figure)| figure.is_none());
    let mut hits: Vec<_> = missing
        .map(|(name, _)| Hit::at(format!("{path}.{name}")).because(format!("`{name}` is missing from the sessions")))
        .collect();
    if !hits.is_empty() {
        return hits;
    }
    let figure = |at: usize| figures.get(at).and_then(|(_, figure)| *figure).unwrap_or_default();
    if figure(1) + figure(2) + figure(3) != figure(0) {
        hits.push(Hit::at(format!("{path}.possible")));
    }
    for (class, name, figure) in
        [(RegisterClass::Authorised, "authorised", figure(2)), (RegisterClass::Unauthorised, "unauthorised", figure(3))]
    {
        let of_class = |code: &&String| register_class(code) == Some(class);
        let coded: i64 = period.codes.keys().filter(of_class).map(|code| period.code(code)).sum();
        if coded > figure {
            let message = format!("The register codes show more {name} sessions than `{name}` does");
            hits.push(Hit::at(format!("{path}.codes")).because(message));
        }
    }
    hits
}

fn codes(i: usize, period: &AttendancePeriod) -> Vec<Hit> {
    let new_list = Day::new(REGULATIONS_2024.0, REGULATIONS_2024.1, REGULATIONS_2024.2);
    let before = period.to.zip(new_list).is_some_and(|(to, new_list)| to < new_list);
    let known = |code: &str| register_class(code).is_some() || (before && WITHDRAWN.contains(&code));
    let unknown = period.codes.keys().any(|code| !known(code));
    Hit::when(unknown, format!("attendance.periods[{i}].codes"))
}

fn sharp_fall(c: &Context<'_>) -> Vec<Hit> {
    let years = c.record.attendance.as_ref().map(years).unwrap_or_default();
    let rate_in_thousandths =
        |period: &AttendancePeriod| period.sessions().map_or(0, |(possible, attended)| 100_000 * attended / possible);
    let changed = c.record.chronology.iter().any(|entry| entry.significant == Some(true));
    let fell = years.windows(2).any(|pair| match pair {
        [_, after] if is_accounted(c, after) => false,
        [before, after] => rate_in_thousandths(before) - rate_in_thousandths(after) >= 10_000,
        _ => false,
    });
    Hit::when(fell && !changed, "attendance.periods")
}

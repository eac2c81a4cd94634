//! Attendance: the chart, the figures, the story, and what was done.

use std::cmp::Ordering;

use super::child;
use super::page::Page;
use crate::document::subject::PackDetails;
use crate::document::view::{Bar, Block, Rows, Section, joined, text};
use crate::record::{
    Attendance, AttendanceChange, AttendancePeriod, AttendancePlan, AttendanceReview, Conclusion, Day, Record,
    RegisterClass, SessionCount, label, register_class, register_meaning,
};
use crate::text::{said, say};

pub(super) fn history(page: &Page<'_>) -> Option<Section> {
    let attendance = page.record.attendance.as_ref()?;
    let mut blocks = figures(attendance, page.details);
    blocks.extend(text("The story behind the figures", attendance.story.as_ref()));
    blocks.extend(text("Why earlier years are missing", attendance.earlier_years_unavailable_reason.as_ref()));
    blocks.extend(text("Support offered", attendance.support_offered.as_ref()));
    blocks.extend(attendance.plan.as_ref().map(|agreed| plan(page.record, agreed)));
    blocks.extend(conclusion("Absence on health grounds confirmed", attendance.medical_corroboration.as_ref()));
    blocks.extend(conclusion("Sickness return to the local authority", attendance.sickness_return.as_ref()));
    blocks.extend(conclusion("Whether the absence might mean unmet needs", attendance.neglect_considered.as_ref()));
    blocks.extend(conclusion("Referred to another agency", attendance.agency_referral.as_ref()));
    blocks.extend(attendance.suspensions.iter().map(|suspension| {
        let permanent = suspension.permanent == Some(true);
        Rows::default()
            .day("From", suspension.date)
            .add("Sessions", suspension.sessions.map(|sessions| sessions.to_string()))
            .text("What happened before", suspension.reason.as_ref())
            .text("Education meanwhile", suspension.provision.as_ref())
            .item(if permanent { say!("Permanent exclusion") } else { say!("Suspension") })
    }));
    blocks.extend(attendance.part_time.iter().map(|timetable| {
        Rows::default()
            .day("From", timetable.start)
            .day("To", timetable.end)
            .day("Looked at again", timetable.review)
            .text("Why", timetable.reason.as_ref())
            .item(say!("Part-time timetable"))
    }));
    blocks.extend(attendance.providers.iter().map(|provider| {
        Rows::default()
            .text("What it is", provider.kind.as_ref())
            .day("From", provider.from)
            .day("To", provider.to)
            .item(provider.name.clone().unwrap_or_default())
    }));
    Section::new("Attendance", blocks)
}

fn figures(attendance: &Attendance, details: &PackDetails<'_>) -> Vec<Block> {
    let (threshold, reason) = (details.early_help_threshold, details.lower_threshold_reason.as_ref());
    if attendance.periods.is_empty() {
        return Vec::new();
    }
    let bars: Vec<Bar> = attendance.periods.iter().flat_map(|period| bars(period, threshold)).collect();
    let alt = bars
        .iter()
        .map(|bar| say!("{period}: {rate} attended", period = bar.label, rate = bar.rate))
        .collect::<Vec<_>>()
        .join("; ");
    let alt = say!("Attendance by academic year and term. {alt}. Lines mark 90% and {threshold}%.", alt, threshold);
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let row = |period: &AttendancePeriod| {
        let place = joined([Some(span(period)), period.school.clone()], ", ").unwrap_or_default();
        let rate = period.sessions().map(|counted| rate(counted, threshold)).unwrap_or_default();
        let figures = [period.possible, period.attended, period.authorised, period.unauthorised];
        [vec![year(period), place], figures.map(number).to_vec(), vec![rate]].concat()
    };
    let columns = [
        ("Year", 1.0),
        ("Period and school", 2.6),
        ("Possible", 1.1),
        ("Attended", 1.15),
        ("Authorised absence", 1.5),
        ("Unauthorised absence", 1.75),
        ("Rate", 0.9),
    ];
    let mut blocks = vec![Block::Chart { alt, bars, threshold }];
    let caption = "Sessions by academic year (two sessions a school day)";
    blocks.extend(Block::table(caption, &columns, attendance.periods.iter().map(row).collect()));
    blocks.extend(reason.map(|reason| Block::Notice {
        text: say!(
            "This school considers Early Help below {threshold}%, not 85%, because: {reason}",
            threshold,
            reason
        ),
    }));
    blocks.extend(absence_by_kind(&attendance.periods));
    blocks.extend(attendance.periods.iter().filter_map(of_period));
    blocks
}

/// The latest year's attendance, and the year's before, for the first page.
pub(super) fn in_a_sentence(page: &Page<'_>) -> Option<String> {
    let mut periods: Vec<&AttendancePeriod> = page.record.attendance.iter().flat_map(|all| &all.periods).collect();
    periods.sort_by_key(|period| std::cmp::Reverse(period.to));
    let said = |period: &&AttendancePeriod| {
        let (possible, attended) = period.sessions()?;
        let rate = rate((possible, attended), page.details.early_help_threshold);
        Some(say!(
            "{rate} in {period} ({attended} of {possible} sessions)",
            rate,
            period = year(period),
            attended,
            possible
        ))
    };
    let said: Vec<String> = periods.iter().filter_map(said).take(2).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Absence by the register's codes, in words, by year.
fn absence_by_kind(periods: &[AttendancePeriod]) -> Option<Block> {
    let mut rows = Vec::new();
    for period in periods {
        let absent = period.codes.iter().filter(|(code, sessions)| {
            **sessions > 0
                && matches!(register_class(code), Some(RegisterClass::Authorised | RegisterClass::Unauthorised))
        });
        let kind = |code: &str| match register_class(code) {
            Some(RegisterClass::Authorised) => say!("authorised"),
            _ => say!("unauthorised"),
        };
        let mut absent: Vec<(&String, i64)> = absent.map(|(code, sessions)| (code, *sessions)).collect();
        absent.sort_by_key(|(code, sessions)| (std::cmp::Reverse(*sessions), (*code).clone()));
        rows.extend(absent.into_iter().map(|(code, sessions)| {
            let meaning = meaning(code);
            vec![year(period), format!("{meaning} ({code})"), kind(code), sessions.to_string()]
        }));
    }
    let columns = [("Year", 1.0), ("Kind", 3.6), ("Counted as", 1.6), ("Sessions", 1.0)];
    Block::table("Absence by kind", &columns, rows)
}

fn of_period(period: &AttendancePeriod) -> Option<Block> {
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string());
    let other = period.codes.iter().filter(|(code, _)| {
        !matches!(register_class(code), Some(RegisterClass::Authorised | RegisterClass::Unauthorised))
    });
    let other = other.map(|(code, sessions)| format!("{} ({code}): {sessions}", meaning(code)));
    let codes = other.collect::<Vec<_>>().join("; ");
    let rows = Rows::default()
        .add("Other register codes", (!codes.is_empty()).then_some(codes))
        .add("Approved activity off site, counted as attended", number(period.approved_activity))
        .add("Not a possible attendance, outside the figures", number(period.not_possible))
        .add("Late before the register closed", number(period.late_before))
        .add("Late after the register closed", number(period.late_after))
        .add("Most unauthorised sessions in ten school weeks", number(period.most_unauthorised_in_10_weeks))
        .text("Note", period.note.as_ref());
    (!rows.0.is_empty()).then(|| rows.item(say!("More about {period}", period = year(period))))
}

/// What a register code means, in words.
fn meaning(code: &str) -> String {
    register_meaning(code).map_or_else(|| say!("Another code"), said)
}

fn year(period: &AttendancePeriod) -> String {
    period.academic_year.map(|year| format!("{year}/{:02}", (year + 1).rem_euclid(100))).unwrap_or_default()
}

fn span(period: &AttendancePeriod) -> String {
    let day = |day: Option<Day>| day.map(Day::long).unwrap_or_default();
    say!("{from} to {to}", from = day(period.from), to = day(period.to))
}

/// A bar for the year, then one for each term.
fn bars(period: &AttendancePeriod, threshold: i64) -> Vec<Bar> {
    let year = (year(period), false, [period.possible, period.attended, period.authorised, period.unauthorised]);
    let mut terms: Vec<_> = period.terms.iter().collect();
    terms.sort_by_key(|term| term.term);
    let terms = terms.into_iter().map(|term| {
        let name = term.term.map(|term| label(&term)).unwrap_or_default();
        (name, true, [term.possible, term.attended, term.authorised, term.unauthorised])
    });
    let bars = std::iter::once(year)
        .chain(terms)
        .filter_map(|(label, is_term, figures)| bar(label, is_term, figures, threshold));
    bars.collect()
}

fn bar(label: String, is_term: bool, figures: [Option<i64>; 4], threshold: i64) -> Option<Bar> {
    let [possible, attended, authorised, unauthorised] = figures;
    let (possible, attended) = possible.filter(|possible| *possible > 0).zip(attended)?;
    // At most ten thousand sessions: exact as floating-point numbers.
    let share = |sessions: i64| 100.0 * sessions as f64 / possible as f64;
    Some(Bar {
        label,
        is_term,
        attended: share(attended),
        authorised: share(authorised.unwrap_or_default()),
        unauthorised: share(unauthorised.unwrap_or_default()),
        rate: rate((possible, attended), threshold),
    })
}

/// The rate of attended among possible sessions to one decimal, half up, for display only; but never on another side of
/// a line than the sessions are: of the line for Early Help, of 90% and 50%, of all and of nothing.
fn rate((possible, attended): (i64, i64), threshold: i64) -> String {
    let mut tenths = (2000 * attended + possible) / (2 * possible);
    for line in [threshold, 90, 50, 100, 0] {
        match (100 * attended).cmp(&(line * possible)) {
            Ordering::Less if tenths >= 10 * line => tenths = 10 * line - 1,
            Ordering::Greater if tenths <= 10 * line => tenths = 10 * line + 1,
            _ => {}
        }
    }
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn plan(record: &Record, plan: &AttendancePlan) -> Block {
    let review =
        |review: &AttendanceReview| joined([review.date.map(Day::long), review.note.clone()], ": ").unwrap_or_default();
    let change =
        |change: &AttendanceChange| joined([change.date.map(Day::long), change.what.clone()], ": ").unwrap_or_default();
    let count = |count: &Option<SessionCount>| {
        let (possible, attended) = count.as_ref().and_then(|count| count.possible.zip(count.attended))?;
        Some(say!("{attended} of {possible} sessions", attended, possible))
    };
    Rows::default()
        .day("Began", plan.started)
        .text("Owner", plan.owner.as_ref())
        .lines("How everyone will know that it works", &plan.success_criteria)
        .lines("Reviews", &plan.reviews.iter().map(review).collect::<Vec<_>>())
        .day("Next review", plan.next_review)
        .lines("Changes", &plan.changes.iter().map(change).collect::<Vec<_>>())
        .add("Before the plan", count(&plan.before))
        .add("Since the plan began", count(&plan.since))
        .text("The parents' or carers' view", plan.parent_view.as_ref())
        .list("The child's view: see the own words of", &child::said_on(record, plan.child_view_ref.as_slice()))
        .text("What came of it", plan.outcome.as_ref())
        .item(say!("Attendance plan"))
}

fn conclusion(title: &str, conclusion: Option<&Conclusion>) -> Option<Block> {
    let conclusion = conclusion?;
    Some(
        Rows::default()
            .day("On", conclusion.on)
            .text("By", conclusion.by.as_ref())
            .text("Result", conclusion.summary.as_ref())
            .item(said(title)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_for_display() {
        assert_eq!(rate((372, 308), 85), "82.8%");
        assert_eq!(rate((380, 342), 85), "90.0%");
        assert_eq!((rate((372, 316), 85).as_str(), rate((372, 317), 85).as_str()), ("84.9%", "85.2%"));
    }

    #[test]
    fn a_rate_is_printed_on_the_side_of_each_line_on_which_the_rules_see_it() {
        assert_eq!(rate((366, 311), 85), "84.9%");
        assert_eq!((rate((10_000, 8_996), 85).as_str(), rate((10_000, 9_004), 85).as_str()), ("89.9%", "90.1%"));
        assert_eq!((rate((10_000, 9_999), 85).as_str(), rate((10_000, 1), 85).as_str()), ("99.9%", "0.1%"));
        for possible in 1..=420_i64 {
            for attended in 0..=possible {
                for threshold in [80, 85, 92] {
                    let printed: f64 = rate((possible, attended), threshold).trim_end_matches('%').parse().unwrap();
                    for line in [threshold, 90, 50, 100] {
                        let below = 100 * attended < line * possible;
                        assert_eq!(printed < line as f64, below, "{attended} of {possible} beside {line}");
                    }
                    assert_eq!(printed > 90.0, 100 * attended > 90 * possible, "{attended} of {possible}");
                }
            }
        }
    }
}

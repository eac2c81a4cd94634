//! Attendance: the chart, the figures, the story, and what was done.

use super::{Page, child};
use crate::document::Stamp;
use crate::document::view::{Bar, Block, Rows, Section, joined, text};
use crate::record::{Attendance, AttendancePeriod, AttendancePlan, Conclusion, Record};

pub(super) fn history(page: &Page<'_>) -> Option<Section> {
    let attendance = page.record.attendance.as_ref()?;
    let mut blocks = figures(attendance, page.stamp);
    blocks.extend(text("The story behind the figures", attendance.story.as_ref()));
    blocks.extend(text("Why earlier years are missing", attendance.earlier_years_unavailable_reason.as_ref()));
    blocks.extend(text("Support offered", attendance.support_offered.as_ref()));
    blocks.extend(attendance.plan.as_ref().map(|agreed| plan(page.record, agreed)));
    blocks.extend(conclusion("Absence on health grounds confirmed", attendance.medical_corroboration.as_ref()));
    blocks.extend(conclusion("Considered as a possible sign of neglect", attendance.neglect_considered.as_ref()));
    blocks.extend(conclusion("Referred to another agency", attendance.agency_referral.as_ref()));
    blocks.extend(attendance.suspensions.iter().map(|suspension| {
        let permanent = suspension.permanent == Some(true);
        Rows::default()
            .day("From", suspension.date)
            .add("Sessions", suspension.sessions.map(|sessions| sessions.to_string()))
            .text("What happened before", suspension.reason.as_ref())
            .text("Education meanwhile", suspension.provision.as_ref())
            .item(if permanent { "Permanent exclusion" } else { "Suspension" })
    }));
    blocks.extend(attendance.part_time.iter().map(|timetable| {
        Rows::default()
            .day("From", timetable.start)
            .day("To", timetable.end)
            .day("Looked at again", timetable.review)
            .text("Why", timetable.reason.as_ref())
            .item("Part-time timetable")
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

fn figures(attendance: &Attendance, stamp: &Stamp) -> Vec<Block> {
    let (threshold, reason) = (stamp.early_help_threshold, stamp.lower_threshold_reason.as_ref());
    let periods: Vec<&AttendancePeriod> = attendance.periods.iter().collect();
    if periods.is_empty() {
        return Vec::new();
    }
    let bars: Vec<Bar> = periods.iter().filter_map(|period| bar(period)).collect();
    let alt = bars.iter().map(|bar| format!("{}: {} attended", bar.year, bar.rate)).collect::<Vec<_>>().join("; ");
    let alt = format!("Attendance by academic year. {alt}. Lines mark 90% and {threshold}%.");
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let row = |period: &&AttendancePeriod| {
        let rate = bar(period).map(|bar| bar.rate).unwrap_or_default();
        let school = period.school.clone().unwrap_or_default();
        vec![
            year(period),
            span(period),
            school,
            number(period.possible),
            number(period.attended),
            number(period.authorised),
            number(period.unauthorised),
            rate,
        ]
    };
    let columns = [
        ("Year", 1.2),
        ("Counted", 2.6),
        ("School", 1.7),
        ("Possible", 1.3),
        ("Attended", 1.4),
        ("Authorised absence", 1.6),
        ("Unauthorised absence", 1.8),
        ("Rate", 1.0),
    ];
    let table = Block::Table {
        caption: "Sessions by academic year (two sessions a school day)".into(),
        columns: columns.into_iter().map(|(name, width)| (name.to_owned(), width)).collect(),
        rows: periods.iter().map(row).collect(),
    };
    let mut blocks = vec![Block::Chart { alt, bars, threshold }, table];
    blocks.extend(reason.map(|reason| Block::Notice {
        text: format!("This school considers Early Help below {threshold}%, not 85%, because: {reason}"),
    }));
    blocks.extend(periods.iter().filter_map(|period| details(period)));
    blocks
}

fn details(period: &AttendancePeriod) -> Option<Block> {
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string());
    let codes = period.codes.iter().map(|(code, sessions)| format!("{code} {sessions}")).collect::<Vec<_>>().join(", ");
    let rows = Rows::default()
        .add("By register code", (!codes.is_empty()).then_some(codes))
        .add("Approved activity off site, counted as attended", number(period.approved_activity))
        .add("Not a possible attendance, outside the figures", number(period.not_possible))
        .add("Late before the register closed", number(period.late_before))
        .add("Late after the register closed", number(period.late_after))
        .add("Most unauthorised sessions in ten school weeks", number(period.most_unauthorised_in_10_weeks))
        .text("Note", period.note.as_ref());
    (!rows.0.is_empty()).then(|| rows.item(format!("More about {}", year(period))))
}

fn year(period: &AttendancePeriod) -> String {
    period.academic_year.map(|year| format!("{year}/{:02}", (year + 1).rem_euclid(100))).unwrap_or_default()
}

fn span(period: &AttendancePeriod) -> String {
    let day = |day: Option<crate::record::Day>| {
        day.map(|day| format!("{}/{}/{}", day.0.day(), day.0.month(), day.0.year())).unwrap_or_default()
    };
    format!("{} to {}", day(period.from), day(period.to))
}

fn bar(period: &AttendancePeriod) -> Option<Bar> {
    let (possible, attended) = period.sessions()?;
    // At most ten thousand sessions: exact as floating-point numbers.
    let share = |sessions: i64| 100.0 * sessions as f64 / possible as f64;
    Some(Bar {
        year: year(period),
        attended: share(attended),
        authorised: share(period.authorised.unwrap_or_default()),
        unauthorised: share(period.unauthorised.unwrap_or_default()),
        rate: rate(possible, attended),
    })
}

/// The rate to one decimal, half up, for display only.
fn rate(possible: i64, attended: i64) -> String {
    let tenths = (2000 * attended + possible) / (2 * possible);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn plan(record: &Record, plan: &AttendancePlan) -> Block {
    let review = |review: &crate::record::AttendanceReview| {
        joined([review.date.map(crate::record::Day::long), review.note.clone()], ": ").unwrap_or_default()
    };
    let change = |change: &crate::record::AttendanceChange| {
        joined([change.date.map(crate::record::Day::long), change.what.clone()], ": ").unwrap_or_default()
    };
    let count = |count: &Option<crate::record::SessionCount>| {
        let (possible, attended) = count.as_ref().and_then(|count| count.possible.zip(count.attended))?;
        Some(format!("{attended} of {possible} sessions"))
    };
    Rows::default()
        .day("Began", plan.started)
        .text("Owner", plan.owner.as_ref())
        .list("How everyone will know that it works", &plan.success_criteria)
        .list("Reviews", &plan.reviews.iter().map(review).collect::<Vec<_>>())
        .day("Next review", plan.next_review)
        .list("Changes", &plan.changes.iter().map(change).collect::<Vec<_>>())
        .add("Before the plan", count(&plan.before))
        .add("Since the plan began", count(&plan.since))
        .text("The parents' or carers' view", plan.parent_view.as_ref())
        .list("The child's view: see the own words of", &child::said_on(record, plan.child_view_ref.as_slice()))
        .text("What came of it", plan.outcome.as_ref())
        .item("Attendance plan")
}

fn conclusion(title: &str, conclusion: Option<&Conclusion>) -> Option<Block> {
    let conclusion = conclusion?;
    Some(
        Rows::default()
            .day("On", conclusion.on)
            .text("By", conclusion.by.as_ref())
            .text("Result", conclusion.summary.as_ref())
            .item(title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_for_display() {
        assert_eq!(rate(372, 308), "82.8%");
        assert_eq!(rate(380, 342), "90.0%");
        assert_eq!((rate(372, 316).as_str(), rate(372, 317).as_str()), ("84.9%", "85.2%"));
        assert_eq!(rate(10_000, 8_995), "90.0%");
    }
}

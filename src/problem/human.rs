//! The format for people: each finding with its place, the next step and, where asked for, the source line.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::order::{About, place};
use super::{Finding, Report, Severity, summary};
use crate::text::Source;

/// Every finding as a person reads it, and a summary line: questions about the child first, then what the record lacks.
///
/// `show_values` prints the record's own line under each finding: right at a terminal, wrong in a log.
/// `colour` adds terminal styles.
#[must_use]
pub fn render_human(reports: &[Report], show_values: bool, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for report in reports {
        let mut findings: Vec<&Finding> = report.findings.iter().collect();
        findings.sort_by_key(|finding| place(&finding.problem));
        let about = |finding: &Finding| place(&finding.problem).0;
        let both = findings.first().map(|one| about(one)) != findings.last().map(|one| about(one));
        let mut told = None;
        for finding in findings {
            let about = about(finding);
            if both && told.replace(about) != Some(about) {
                out.push_str(match about {
                    About::Child => "Questions about the child\n\n",
                    About::Record => "What the record lacks\n\n",
                });
            }
            out.push_str(&renderer.render(&[group(report, finding, show_values)]));
            out.push_str("\n\n");
        }
    }
    out.push_str(&summary(reports));
    out.push('\n');
    out
}

/// A mistake at a place of a text that is not a record, in the same look: what, where, and what may help.
#[must_use]
pub fn render_at(message: &str, source: &Source, span: Range<usize>, help: &[String], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let span = source.place(span).span;
    let snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
    let group = Level::ERROR.primary_title(message).element(snippet.annotation(AnnotationKind::Primary.span(span)));
    let helped = help.iter().fold(group, |group, help| group.element(Level::HELP.message(help.as_str())));
    renderer.render(&[helped])
}

fn group<'a>(report: &'a Report, finding: &'a Finding, show_values: bool) -> Group<'a> {
    let (problem, place) = (&finding.problem, &finding.place);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let group = level.primary_title(problem.message.as_str()).id(problem.code);
    let group = if show_values {
        // The snippet is the one line; its span is counted from the line's beginning.
        let start = before(&finding.line, place.column);
        let length = place.span.len().min(finding.line.len().saturating_sub(start));
        let snippet = Snippet::source(finding.line.as_str()).line_start(place.line).path(report.name.as_str());
        group.element(snippet.annotation(AnnotationKind::Primary.span(start..start + length)))
    } else {
        let origin = Origin::path(report.public_name()).line(place.line).char_column(place.column);
        group.element(origin)
    };
    let group = match problem.hint.as_deref().filter(|_| show_values) {
        Some(hint) => group.element(Level::HELP.message(hint)),
        None => group,
    };
    group.element(Level::HELP.message(problem.help.as_str()))
}

/// The bytes of a line before a column that is counted in characters from 1.
fn before(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::super::{Problem, Report};
    use super::*;

    fn report() -> Report {
        let source = Source { name: "a.toml".into(), text: "[pupil]\nupn = \"secret\"\n".into() };
        let problem = Problem {
            code: "ID-01",
            severity: Severity::Error,
            message: "The UPN is wrong".into(),
            path: "pupil.upn".into(),
            help: "Copy it again".into(),
            hint: None,
        };
        Report::new("a.toml", vec![Finding::new(problem, &source, 14..22)])
    }

    #[test]
    fn values_are_shown_only_when_asked_for() {
        let quiet = render_human(&[report()], false, false);
        assert!(quiet.contains("error[ID-01]: The UPN is wrong") && quiet.contains("a.toml:2:7"), "{quiet}");
        assert!(!quiet.contains("secret"), "{quiet}");
        assert!(render_human(&[report()], true, false).contains("upn = \"secret\""));
    }
}

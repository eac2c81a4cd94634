//! `handover validate`

use clap::{Args as ClapArgs, ValueEnum};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::passed_over::tell_passed_over;
use super::progress::Progress;
use super::records::{Records, reports};
use super::terminal;
use crate::check::{CheckOptions, Rule, rules};
use crate::problem::{
    Report, RuleText, Severity, annotations, render_concise, render_github, render_gitlab, render_human, render_json,
    render_junit, render_sarif, summary, worst,
};
use crate::record::Day;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    progress: Progress,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Judge as on this day, for example 2026-07-10.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Print the record's own lines even where nobody is at a terminal. They may hold a child's name.
    #[arg(long)]
    show_values: bool,
    /// End with exit code 1 for warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// End with exit code 0 whatever is found in the records.
    #[arg(long, conflicts_with = "deny_warnings")]
    exit_zero: bool,
    /// Show only findings of this severity or worse.
    #[arg(long, value_enum, default_value_t = Least::Info)]
    min_severity: Least,
    /// Show only rules whose code begins like this, for example VC,AT-1.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not show rules whose code begins like this.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// One line a finding.
    Concise,
    /// For machines; `handover schema problems` describes it.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for viewers of test results.
    Junit,
    /// Annotations for GitHub Actions, and the log.
    Github,
    /// GitLab's code quality report.
    Gitlab,
}

/// The least severity that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// Everything.
    Info,
    /// Warnings and errors.
    Warning,
    /// Errors alone.
    Error,
}

impl Least {
    fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

pub(super) fn run(args: &Args) -> Outcome {
    prefixes_exist(args)?;
    let now = now(args.as_of)?;
    let found = args.records.found()?;
    let files = &found.files;
    let policy = args.records.policy(files)?;
    let school = args.records.school(files)?;
    let options = CheckOptions { policy: &policy, today: now.day, overrides: &[] };
    let mut reports = reports(files, school.as_ref(), &options, args.progress)?;
    for report in &mut reports {
        report.findings.retain(|finding| args.shows(finding.problem.code, finding.problem.severity));
    }
    terminal::result(&args.text(&reports)?)?;
    if !matches!(args.format, Format::Human | Format::Github) {
        terminal::say(&summary(&reports));
    }
    tell_passed_over(&found.passed_over, args.show_values);
    let annotations = annotations(&reports);
    if terminal::is_github() && args.format != Format::Github && !annotations.is_empty() {
        terminal::say(annotations.trim_end());
    }
    let bad = !args.exit_zero && worst(&reports) >= Some(args.fails_at());
    Ok(if bad { Exit::Problems } else { Exit::Good })
}

/// A prefix that fits no rule is a slip of the hand; it would show nothing, or hide nothing, without a word.
fn prefixes_exist(args: &Args) -> Result<(), Failure> {
    let fits = |prefix: &&String| !rules().any(|rule| begins(rule.code, prefix));
    match args.select.iter().chain(&args.ignore).find(fits) {
        Some(prefix) => Err(Failure::usage(
            format!("no rule's code begins with {prefix:?}"),
            "`handover explain` lists them; give for example VC or AT-1.",
        )),
        None => Ok(()),
    }
}

fn begins(code: &str, prefix: &str) -> bool {
    !prefix.is_empty() && code.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

impl Args {
    fn shows(&self, code: &str, severity: Severity) -> bool {
        let any = |prefixes: &[String]| prefixes.iter().any(|prefix| begins(code, prefix));
        let selected = self.select.is_empty() || any(&self.select);
        selected && !any(&self.ignore) && severity >= self.min_severity.severity()
    }

    fn fails_at(&self) -> Severity {
        if self.deny_warnings { Severity::Warning } else { Severity::Error }
    }

    fn text(&self, reports: &[Report]) -> Result<String, Failure> {
        let bug = |error: serde_json::Error| Failure::caused(&error);
        Ok(match self.format {
            Format::Human => {
                let show_values = self.show_values || terminal::result_is_seen();
                render_human(reports, show_values, terminal::result_has_colour())
            }
            Format::Concise => render_concise(reports),
            Format::Json => render_json(reports).map_err(bug)?,
            Format::Sarif => render_sarif(reports, &rules().map(rule_text).collect::<Vec<_>>()).map_err(bug)?,
            Format::Junit => render_junit(reports, self.fails_at()).map_err(|error| Failure::caused(&error))?,
            Format::Github => render_github(reports),
            Format::Gitlab => render_gitlab(reports).map_err(bug)?,
        })
    }
}

fn rule_text(rule: &Rule) -> RuleText {
    RuleText { code: rule.code, severity: rule.severity, title: rule.title, why: rule.why, next: rule.next }
}

//! The page on which somebody puts a name to a record.

use std::path::Path;

use super::answers::Answer;
use super::child::keep;
use super::class::{Class, Rules};
use crate::cli::exit::Failure;
use crate::cli::sign_off::{Role, Signer, Signing, changes, may_sign};
use crate::form::{Submitted, Told, render_sign_off};
use crate::problem::{Severity, count};
use crate::text::capitalised;

impl Class {
    pub(super) fn sign_off_page(&mut self, path: &Path, told: Option<&Told>) -> Result<Answer, Failure> {
        let rules = self.rules()?;
        let state = self.signing(path, &rules, Role::Dsl, ("Nobody", None), true);
        let (changed, refused) = match state {
            Ok(Signing::Signed(None)) if self.is_signed(path, &rules)? => (
                "It was signed before, but not what exactly was signed: whether anything has changed since cannot be told. \
                 Sign it again."
                    .to_owned(),
                Vec::new(),
            ),
            Ok(Signing::Signed(None)) => ("Nobody has signed this record yet.".to_owned(), Vec::new()),
            Ok(Signing::Signed(fields)) => (format!("{}.", capitalised(&changes(fields.as_deref()))), Vec::new()),
            Ok(Signing::Refused(report)) => {
                let wrong = report.findings.iter().filter(|found| found.problem.severity == Severity::Error);
                (String::new(), wrong.map(|found| found.problem.message.clone()).collect())
            }
            Err(failure) => (String::new(), vec![failure.what]),
        };
        let html = self.with_record(path, &|record, _| render_sign_off(record, &changed, &refused, told).map(Some))?;
        html.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html)))
    }

    /// Whether anybody has signed a record, however that was done.
    fn is_signed(&self, path: &Path, rules: &Rules) -> Result<bool, Failure> {
        Ok(!self.child(path, rules)?.reading.record.sign_off.is_empty())
    }

    pub(super) fn sign(&mut self, path: &Path, sent: &Submitted) -> Result<Answer, Failure> {
        let role = match sent.first("role") {
            Some("dsl") => Role::Dsl,
            Some("senco") => Role::Senco,
            Some("head_teacher") => Role::HeadTeacher,
            Some("class_teacher") => Role::ClassTeacher,
            _ => Role::Other,
        };
        let name = sent.first("name").unwrap_or_default().trim();
        let statement = sent.first("statement").map(str::trim).filter(|text| !text.is_empty());
        if !may_sign(name, statement) {
            let told = Told {
                is_wrong: true,
                title: "Nothing is signed yet".to_owned(),
                lines: vec!["Write your first and last name.".to_owned()],
            };
            return self.sign_off_page(path, Some(&told));
        }
        let rules = self.rules()?;
        keep(path)?;
        match self.signing(path, &rules, role, (name, statement), false)? {
            Signing::Signed(_) => {
                let told = Told {
                    is_wrong: false,
                    title: "It is signed".to_owned(),
                    lines: vec!["A change from now on will be noticed, and asks for a new signature.".to_owned()],
                };
                self.task_list(path, Some(&told))
            }
            Signing::Refused(report) => {
                let errors = report.count(Severity::Error);
                let told = Told {
                    is_wrong: true,
                    title: "It is not signed".to_owned(),
                    lines: vec![format!("There is {} to put right first.", count(errors, "thing"))],
                };
                self.sign_off_page(path, Some(&told))
            }
        }
    }

    fn signing(
        &self,
        path: &Path,
        rules: &Rules,
        role: Role,
        (name, statement): (&str, Option<&str>),
        dry_run: bool,
    ) -> Result<Signing, Failure> {
        let (policy, school) = (&rules.policy, rules.school.as_ref());
        Signer { role, name, statement, dry_run, policy, school, day: self.day }.sign(path)
    }
}

//! Drafts: any record as it stands, watermarked, unsealed, in no bundle; and the page for the child.

use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure, Outcome};
use super::files::read_one;
use super::pictures::pictures;
use super::records::read_for;
use super::render_options::{Templates, typesetter};
use super::staging::Staging;
use super::terminal;
use crate::check::{CheckOptions, Policy, check_one};
use crate::circle::PackKind;
use crate::document::{Branding, OtherPacks, PackDetails, RenderError, Subject, Typesetter, has_send_content, render};
use crate::picture::Pictures;
use crate::problem::render_human;
use crate::record::{Day, Record, SchoolFile};
use crate::text::{say, speaking};

/// What drafts are made of, and where they go.
pub(super) struct Drafts<'a> {
    pub files: &'a [PathBuf],
    /// What the school says once for all children.
    pub school: Option<&'a SchoolFile>,
    pub policy: &'a Policy,
    pub branding: &'a Branding,
    pub templates: &'a Templates,
    pub day: Day,
    pub for_child: bool,
    pub show_values: bool,
    pub out: &'a Path,
    pub force: bool,
}

impl Drafts<'_> {
    /// Makes them all and answers their paths; a record that cannot be typeset is told and left out.
    pub(super) fn make(&self) -> Result<Vec<PathBuf>, Failure> {
        let engine = typesetter(self.templates, 1);
        let mut staging = Staging::begin(self.out)?;
        let mut made = Vec::new();
        for (number, file) in self.files.iter().enumerate() {
            let made_of = || self.of_record(engine.as_ref(), number, file);
            for (name, pdf) in speaking(self.templates.language(), made_of)? {
                staging.write(Path::new(&name), &pdf)?;
                made.push(self.out.join(name));
            }
        }
        staging.finish(self.force)?;
        Ok(made)
    }

    fn of_record(
        &self,
        engine: &dyn Typesetter,
        number: usize,
        file: &Path,
    ) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let input = read_one(file)?;
        let reading = read_for(self.school, &input.name, &input.bytes);
        let record = reading.record.clone();
        let options = CheckOptions { policy: self.policy, today: self.day, overrides: &[] };
        let report = check_one(reading, &options).0.report;
        let name = report.public_name().to_owned();
        let values = self.show_values || terminal::talk_is_seen();
        terminal::say(render_human(&[report], values, false).trim_end());
        let (pictures, wrong) = pictures(file, &record);
        wrong.iter().for_each(|(path, why)| terminal::say(&format!("warning: {name}: the picture `{path}` {why}")));
        let stem = stem(&name, number);
        let seal = vec![say!("This is a draft. It is not sealed and must not be sent.")];
        let details = PackDetails::new("DRAFT", self.day, self.policy, seal, self.branding);
        let kinds = if self.for_child { vec![PackKind::Child] } else { kinds_of(&record)? };
        let (mut made, mut rendered) = (Vec::new(), OtherPacks::default());
        for kind in kinds {
            match render(engine, Subject::draft(&record, &pictures).beside(&rendered), kind, &details) {
                Ok(pack) => {
                    rendered.add(pack.kind, pack.layout.sections);
                    let name = match kind {
                        PackKind::Child => format!("{stem}-for-the-child.pdf"),
                        kind => format!("{stem}-DRAFT-{}.pdf", kind.key()),
                    };
                    made.push((name, pack.pdf));
                }
                Err(RenderError::Engine(error)) if self.templates.are_own() => {
                    return Err(self.templates.failure(&error));
                }
                Err(error) => terminal::say(&format!("error: {name}: {error}")),
            }
        }
        Ok(made)
    }

    /// Makes them, tells where they are, and shows them if asked to.
    pub(super) fn run(&self, show: bool) -> Outcome {
        let made = self.make()?;
        let told: String = made.iter().map(|path| format!("{}\n", path.display())).collect();
        terminal::result(&told)?;
        if show {
            made.first().into_iter().for_each(|path| terminal::show(path));
        }
        Ok(if made.is_empty() { Exit::Problems } else { Exit::Good })
    }
}

/// The packs that are made of a record.
pub(super) fn kinds_of(record: &Record) -> Result<Vec<PackKind>, Failure> {
    let send = has_send_content(record).map_err(|error| Failure::caused(&error))?;
    Ok(PackKind::SENT.into_iter().filter(|kind| *kind != PackKind::Send || send).collect())
}

/// One draft of a record, beside those that its reader may have too.
pub(super) fn draft_of(
    record: &Record,
    pictures: &Pictures,
    kind: PackKind,
    (policy, branding, day): (&Policy, &Branding, Day),
) -> Result<Vec<u8>, Failure> {
    let engine = typesetter(&Templates::default(), 1);
    let seal = vec![say!("This is a draft. It is not sealed and must not be sent.")];
    let details = PackDetails::new("DRAFT", day, policy, seal, branding);
    let pack = render(engine.as_ref(), Subject::draft(record, pictures), kind, &details)
        .map_err(|error| Failure::caused(&error))?;
    Ok(pack.pdf)
}

/// The record's own file name, where it tells nothing about the child; else a number.
fn stem(name: &str, number: usize) -> String {
    let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| c.is_alphanumeric() || "-_ .".contains(c);
    if stem.chars().all(plain) && stem.chars().any(char::is_alphanumeric) {
        stem
    } else {
        format!("record-{}", number + 1)
    }
}

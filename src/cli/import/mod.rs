//! `handover import`

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use sha2::{Digest, Sha256};

use super::clock::now;
use super::exit::{Exit, Failure, Outcome};
use super::files::{find_if_any, read_one};
use super::folder_notes::{change_notes, notes_in};
use super::paths::{file_name, is_absent, shown};
use super::records::{school_above, school_file};
use super::replace::update;
use super::schema::{self, SCHEMA};
use super::staging::Staging;
use super::{disk, terminal};
#[cfg(feature = "form")]
use crate::form::ImportPage;
use crate::import::{Filled, ImportError, Imported, Meaning, Proposal, Reading, fill, import, people_marks};
use crate::record::{
    Day, EditError, Expected, FolderNotes, Import, RecordEditor, RecordNotes, SchoolFile, Starter, plain_upn, starter,
};
use crate::text::{hex, spoken_letters};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Common Transfer Files (XML), or lists of your information system as CSV or Excel.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder of the class: its records are filled, and begun where there are none.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Take a column for a field: "Reg Form=class", or "Colour=-" to pass it over.
    #[arg(long, value_name = "HEADING=FIELD", value_parser = mapped)]
    map: Vec<(String, String)>,
    /// The academic year of sessions of which the file does not say it: 2025 for 2025/26.
    #[arg(long)]
    year: Option<i64>,
    /// In days such as 03/04/2015 the day stands first.
    #[arg(long)]
    day_first: bool,
    /// Show what each column is taken for and what would be filled, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// What the school says once for all children; without it, the `school.toml` in the folder or above it.
    #[arg(long, value_name = "FILE")]
    school: Option<PathBuf>,
    /// The day of the import.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Show the children's names and values even where nobody is at a terminal.
    #[arg(long)]
    show_values: bool,
}

fn mapped(text: &str) -> Result<(String, String), String> {
    let (heading, field) = text.rsplit_once('=').ok_or("write it as HEADING=FIELD")?;
    Ok((heading.trim().to_owned(), field.trim().to_owned()))
}

pub(super) fn run(args: &Args) -> Outcome {
    run_with(args, |_| {})
}

fn run_with(args: &Args, cut: impl Fn(&mut Proposal)) -> Outcome {
    let day = now(args.as_of)?.day;
    let school = school(args)?;
    let how = Reading { map: &args.map, school: school.as_ref(), year: args.year, day_first: args.day_first };
    let mut class = Class::read(&args.into, school.as_ref(), day)?;
    let shows = args.show_values || terminal::talk_is_seen();
    for path in &args.files {
        let input = read_one(path)?;
        let mut imported = import(&input.bytes, &how).map_err(|error| {
            let fields: Vec<&str> = Meaning::all().map(|(name, _)| name).collect();
            let next = match error {
                ImportError::NoSuchField(_) => format!("Use one of: {}; or -.", fields.join(", ")),
                _ => "Nothing was written.".to_owned(),
            };
            Failure::files(format!("{} cannot be imported: {error}", input.name), next)
        })?;
        imported.proposals.iter_mut().for_each(&cut);
        terminal::say(&columns(&input.name, &imported));
        let source = Import {
            file: file_name(path),
            kind: imported.kind.to_owned(),
            sha256: hex(&Sha256::digest(&input.bytes)),
            on: day,
        };
        class.take(&imported, source)?;
    }
    terminal::say(class.told(shows).trim_end());
    if args.dry_run {
        terminal::say("Nothing was written.");
        return Ok(Exit::Good);
    }
    class.write()?;
    Ok(if class.asked.is_empty() { Exit::Good } else { Exit::Partly })
}

/// Takes over a list that was handed in, or only looks at it; answers what is said of it, with names.
#[cfg(feature = "form")]
pub(super) fn take_over(
    name: &str,
    bytes: &[u8],
    folder: &Path,
    day: Day,
    writes: bool,
) -> Result<ImportPage, Failure> {
    let school = school_above(folder)?;
    let mut class = Class::read(folder, school.as_ref(), day)?;
    let how = Reading { map: &[], school: school.as_ref(), year: None, day_first: false };
    let imported = import(bytes, &how)
        .map_err(|error| Failure::files(format!("{name} cannot be imported: {error}"), "Nothing was written."))?;
    let source =
        Import { file: name.to_owned(), kind: imported.kind.to_owned(), sha256: hex(&Sha256::digest(bytes)), on: day };
    class.take(&imported, source)?;
    if writes {
        class.write()?;
    }
    Ok(class.page(&columns(name, &imported)))
}

/// Begins a record for every child of a list: who the child is and where to, and nothing else.
pub(super) fn begin_class(list: &Path, folder: &Path, as_of: Option<Day>) -> Outcome {
    const WHO: [&str; 2] = ["pupil.", "receiving_school.laestab"];
    run_with(
        &Args {
            files: vec![list.to_owned()],
            into: folder.to_owned(),
            map: Vec::new(),
            year: None,
            day_first: false,
            dry_run: false,
            school: None,
            as_of,
            show_values: false,
        },
        |proposal| {
            proposal.values.retain(|(path, _)| WHO.iter().any(|who| path.starts_with(who)));
            proposal.periods.clear();
            proposal.schools.clear();
            proposal.contacts.clear();
        },
    )
}

fn school(args: &Args) -> Result<Option<SchoolFile>, Failure> {
    match &args.school {
        Some(path) => school_file(path).map(Some),
        None => school_above(&args.into),
    }
}

/// What a file is, and what each of its columns was taken for.
fn columns(name: &str, imported: &Imported) -> String {
    let mut out = format!("{name}: {}, {}", imported.kind, count_children(imported.proposals.len()));
    for column in &imported.columns {
        let meaning = column.meaning.as_ref().map_or_else(|| "passed over".to_owned(), Meaning::words);
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {}: {meaning}", terminal::plain(&column.heading));
    }
    for notice in &imported.notices {
        let _ = write!(out, "\n  note: {notice}");
    }
    out
}

/// So many children, in words.
pub(super) fn count_children(number: usize) -> String {
    if number == 1 { "1 child".to_owned() } else { format!("{number} children") }
}

/// One record of the class, as it is and as it is to be.
struct Member {
    /// The name of its file.
    file: String,
    path: PathBuf,
    /// Its bytes; nothing where it is begun now.
    before: Option<Vec<u8>>,
    editor: RecordEditor,
    notes: RecordNotes,
    filled: Filled,
}

/// A folder of records that is filled.
struct Class<'a> {
    folder: &'a Path,
    school: Option<&'a SchoolFile>,
    day: Day,
    members: Vec<Member>,
    /// The notes as they are, and as they are to be.
    before: FolderNotes,
    notes: FolderNotes,
    /// Children whom somebody has to decide about: who, and why.
    asked: Vec<(String, String)>,
    /// Children without a record, of a list that begins none.
    without: BTreeSet<String>,
}

impl<'a> Class<'a> {
    fn read(folder: &'a Path, school: Option<&'a SchoolFile>, day: Day) -> Result<Self, Failure> {
        let before = notes_in(folder)?;
        let mut notes = before.clone();
        notes.is_unsettled = false;
        let paths = if is_absent(folder) { Vec::new() } else { find_if_any(folder, &["toml"])? };
        let mut members = Vec::new();
        for path in paths {
            let input = read_one(&path)?;
            let text = std::str::from_utf8(&input.bytes).ok();
            let editor = text.and_then(|text| RecordEditor::new(text).ok()).ok_or_else(|| Failure {
                exit: Exit::Problems,
                what: format!("{} cannot be read in full, so nobody can tell whose record it is", input.name),
                next: Some("Put it right first: handover validate".to_owned()),
            })?;
            let file = file_name(&path);
            let mut notes = notes.records.get(&file).cloned().unwrap_or_default();
            if before.is_unsettled {
                settle(&mut notes, &editor);
            }
            members.push(Member { file, path, before: Some(input.bytes), editor, notes, filled: Filled::default() });
        }
        Ok(Self { folder, school, day, members, before, notes, asked: Vec::new(), without: BTreeSet::new() })
    }

    /// Takes over what a file says.
    fn take(&mut self, imported: &Imported, source: Import) -> Result<(), Failure> {
        let number = self.notes.import(source);
        for proposal in imported.proposals.iter().filter(|proposal| !proposal.upn.is_empty()) {
            if imported.is_class_list {
                let expected =
                    Expected { name: proposal.name.clone(), class: proposal.class.clone(), to: proposal.to.clone() };
                let known = self.notes.expected.entry(proposal.upn.clone()).or_insert_with(|| expected.clone());
                known.class = expected.class.or_else(|| known.class.take());
                known.to = expected.to.or_else(|| known.to.take());
            }
            let found = self.member(proposal);
            let member = match found {
                Some(found) => found,
                None => match self.alike(proposal) {
                    Some(why) => {
                        self.asked.push((proposal.name.clone(), why));
                        continue;
                    }
                    None if imported.is_class_list => self.begin()?,
                    None => {
                        self.without.insert(proposal.upn.clone());
                        continue;
                    }
                },
            };
            let Some(member) = self.members.get_mut(member) else { continue };
            let is_new = member.before.is_none();
            let filled = fill(&mut member.editor, proposal, (&mut member.notes, number), self.school, is_new);
            let filled = filled.map_err(|error: EditError| Failure::caused(&error))?;
            member.filled.filled.extend(filled.filled);
            member.filled.differences.extend(filled.differences);
            for notice in filled.notices {
                if !member.filled.notices.contains(&notice) {
                    member.filled.notices.push(notice);
                }
            }
        }
        Ok(())
    }

    /// The record of a child, by UPN.
    fn member(&self, proposal: &Proposal) -> Option<usize> {
        let by = |upn: &str| self.members.iter().position(|member| !upn.is_empty() && member.upn() == upn);
        by(&proposal.upn).or_else(|| proposal.former_upn.as_deref().and_then(by))
    }

    /// Why a record that has another UPN, or none, may be this child's: nobody is taken for somebody by name.
    fn alike(&self, proposal: &Proposal) -> Option<String> {
        let dob = proposal.dob.map(|dob| dob.to_string());
        let alike = self.members.iter().find(|member| {
            let has_no_upn = member.upn().is_empty();
            let own_dob = member.editor.get("pupil.dob").map(ToString::to_string);
            let is_name = !proposal.name.is_empty() && member.name() == proposal.name.to_lowercase();
            is_name && (has_no_upn || (dob.is_some() && own_dob == dob))
        })?;
        let file = &alike.file;
        Some(if alike.upn().is_empty() {
            format!("{file} has the same name and no UPN: write the UPN into it if it is this child's")
        } else {
            format!("{file} has the same name and date of birth and another UPN: look which one is right")
        })
    }

    /// Begins a record; answers its number.
    fn begin(&mut self) -> Result<usize, Failure> {
        let of = Starter { today: self.day, schema: SCHEMA, school: self.school };
        let text = starter(of).map_err(|error| Failure::caused(&error))?;
        let editor = RecordEditor::new(&text).map_err(|error| Failure::caused(&error))?;
        let mut file = reference()?;
        while self.members.iter().any(|member| member.file == file) || self.folder.join(&file).exists() {
            file = reference()?;
        }
        let path = self.folder.join(&file);
        let notes = RecordNotes::default();
        self.members.push(Member { file, path, before: None, editor, notes, filled: Filled::default() });
        Ok(self.members.len() - 1)
    }

    /// How many records are of children whom no list expects.
    fn not_expected(&self) -> usize {
        if self.notes.expected.is_empty() {
            return 0;
        }
        self.members.iter().filter(|member| !self.notes.expected.contains_key(&member.upn())).count()
    }

    /// Writes what is noted of the records, then the records, and then that the notes hold: a run that is stopped in between
    /// goes on where it was when it is started again, and nobody takes what was not written for what somebody took out.
    fn write(&mut self) -> Result<(), Failure> {
        disk::create_folders(self.folder).map_err(|error| {
            Failure::files(format!("{} cannot be made: {error}", shown(self.folder)), "Name another folder.")
        })?;
        for member in &self.members {
            if member.notes == RecordNotes::default() {
                self.notes.records.remove(&member.file);
            } else {
                self.notes.records.insert(member.file.clone(), member.notes.clone());
            }
        }
        if self.notes == self.before {
            return self.write_records();
        }
        let mut unsettled = self.notes.clone();
        unsettled.is_unsettled = true;
        self.change_notes(&self.before, &unsettled)?;
        self.write_records()?;
        self.change_notes(&unsettled, &self.notes)
    }

    /// Puts notes in the place of those that are there, unless these are not what they were any more.
    fn change_notes(&self, before: &FolderNotes, after: &FolderNotes) -> Result<(), Failure> {
        let is_changed = change_notes(self.folder, |notes| {
            let is_ours = notes == before;
            if is_ours {
                notes.clone_from(after);
            }
            !is_ours
        })?;
        if is_changed {
            terminal::say(
                "warning: somebody else imported meanwhile, so it is not noted where these values came from.",
            );
        }
        Ok(())
    }

    /// Writes new records together, then changes those that are there.
    fn write_records(&self) -> Result<(), Failure> {
        let mut staging = Staging::begin(self.folder)?;
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for member in &self.members {
            let text = member.editor.clone().finish().map_err(|error| Failure::caused(&error))?;
            texts.insert(&member.file, text);
        }
        let mut has_new = false;
        for member in self.members.iter().filter(|member| member.before.is_none()) {
            let text = texts.get(member.file.as_str()).map(String::as_bytes).unwrap_or_default();
            staging.write(Path::new(&member.file), text)?;
            has_new = true;
        }
        if has_new && !self.folder.join(SCHEMA).exists() {
            staging.write(Path::new(SCHEMA), schema::of_record()?.as_bytes())?;
        }
        staging.finish(false)?;
        for member in &self.members {
            let (Some(before), Some(text)) = (&member.before, texts.get(member.file.as_str())) else { continue };
            if text.as_bytes() == before.as_slice() {
                continue;
            }
            update(&member.path, |now| {
                if now != Some(before.as_slice()) {
                    let what = format!(
                        "{} was changed by another program meanwhile; it was left as it is",
                        shown(&member.path)
                    );
                    return Err(Failure::files(what, "Run the import again."));
                }
                Ok((text.clone().into_bytes(), ()))
            })?;
        }
        Ok(())
    }
}

/// Takes out of the notes of an import that was stopped what it has not written.
fn settle(notes: &mut RecordNotes, record: &RecordEditor) {
    notes.values.retain(|path, _| !record.is_blank(path));
    let people = people_marks(record);
    notes.added.retain(|mark| people.contains(mark));
}

impl Member {
    /// Whether there is something to tell of it.
    fn is_told(&self) -> bool {
        let Filled { filled, differences, notices } = &self.filled;
        !(filled.is_empty() && differences.is_empty() && notices.is_empty())
    }

    /// The UPN, in capitals and without spaces.
    fn upn(&self) -> String {
        let upn = self.editor.get("pupil.upn").and_then(toml::Value::as_str).unwrap_or_default();
        plain_upn(upn)
    }

    fn name_as_written(&self) -> String {
        let text = |field: &str| {
            let text = self.editor.get(&format!("pupil.{field}")).and_then(toml::Value::as_str);
            text.map(str::trim).filter(|text| !text.is_empty())
        };
        let first = text("preferred_forename").or(text("legal_forename")).unwrap_or_default();
        let last = text("preferred_surname").or(text("legal_surname")).unwrap_or_default();
        format!("{first} {last}").trim().to_owned()
    }

    fn name(&self) -> String {
        self.name_as_written().to_lowercase()
    }
}

/// The name of a new record, which tells nothing: `K7Q2-9M3X.toml`.
pub(super) fn reference() -> Result<String, Failure> {
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random).map_err(|error| Failure::bug(format!("no randomness: {error}")))?;
    let text = spoken_letters(&random, random.len());
    let (first, rest) = text.split_at(4);
    Ok(format!("{first}-{rest}.toml"))
}

//! What the form answers to each request.

use std::path::Path;

use serde::Serialize;

use super::class::{Child, Class, Rules, Upload, suggested};
use super::saves::{Undo, digest_of};
use crate::cli::exit::Failure;
use crate::cli::paths::{file_name, shown as shown_path};
use crate::cli::replace::update;
use crate::cli::schema::{self, SCHEMA};
use crate::cli::sign_off::{Role, Signer, Signing, changes, may_sign};
use crate::cli::staging::Staging;
use crate::cli::{import, terminal};
use crate::form::{
    ClassPage, FormPage, Message, RecordPage, Remark, Saved, Submitted, Told, apply, layout, render_class,
    render_message, render_page, render_sign_off, render_task_list,
};
use crate::problem::{Problem, count};
use crate::record::{RecordEditor, Starter, starter};

/// A request that may have an answer.
pub(super) struct Asked {
    /// The path behind the secret.
    pub path: String,
    /// Whether something is to be changed.
    pub is_change: bool,
    /// Whether the page asks by itself, while somebody types.
    pub is_live: bool,
    pub query: Submitted,
    pub sent: Submitted,
    pub upload: Option<Upload>,
}

/// A page of a record, where there is one.
type Rendered = Result<Option<String>, minijinja::Error>;

/// An answer.
pub(super) enum Answer {
    Page(String),
    /// A page that says that there is none.
    Absent(String),
    Json(String),
    File {
        kind: &'static str,
        bytes: Vec<u8>,
    },
    /// Go to another page.
    Go(String),
}

/// What a page that saves by itself hears.
#[derive(Serialize)]
struct Live {
    digest: String,
    saved: usize,
    unread: Vec<(String, &'static str)>,
    conflicts: Vec<(String, String)>,
    remarks: Vec<(String, Remark)>,
}

const STYLE: &str = include_str!("../../../templates/form/style.css");
const SCRIPT: &str = include_str!("../../../templates/form/form.js");
const FONTS: [(&str, &[u8]); 2] = [
    ("regular.ttf", include_bytes!("../../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf")),
    ("bold.ttf", include_bytes!("../../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf")),
];

impl Class {
    /// Answers a request; what goes wrong is a page too.
    pub(super) fn answer(&mut self, asked: &Asked) -> Answer {
        let root = "../".repeat(asked.path.matches('/').count());
        let root = if root.is_empty() { "./".to_owned() } else { root };
        match self.answered(asked) {
            Ok(Some(answer)) => answer,
            Ok(None) => {
                message(&root, "There is no such page", &["Perhaps somebody took it out meanwhile.".to_owned()])
                    .map_or_else(|_error| Answer::Absent(String::new()), Answer::Absent)
            }
            Err(failure) => {
                let lines: Vec<String> = std::iter::once(format!("{}.", failure.what)).chain(failure.next).collect();
                message(&root, "This could not be done", &lines)
                    .map_or_else(|_error| Answer::Absent(String::new()), Answer::Page)
            }
        }
    }

    fn answered(&mut self, asked: &Asked) -> Result<Option<Answer>, Failure> {
        let parts: Vec<&str> = asked.path.split('/').collect();
        match (parts.as_slice(), asked.is_change) {
            ([""], false) => self.class_page(&asked.query, None).map(Some),
            (["style.css"], false) => Ok(Some(file("text/css; charset=utf-8", STYLE.as_bytes()))),
            (["form.js"], false) => Ok(Some(file("text/javascript; charset=utf-8", SCRIPT.as_bytes()))),
            (["fonts", name], false) => {
                Ok(FONTS.iter().find(|(known, _)| known == name).map(|(_, bytes)| file("font/ttf", bytes)))
            }
            (["new"], true) => self.begin().map(Some),
            (["import"], true) => self.import(asked).map(Some),
            #[cfg(feature = "pack")]
            (["pack"], is_change) => self.pack(is_change.then_some(&asked.sent)).map(Some),
            (["c", key, rest @ ..], _) => {
                let Some(path) = self.file(key)? else { return Ok(None) };
                self.of_child(&path, rest, asked)
            }
            _ => Ok(None),
        }
    }

    fn class_page(&self, query: &Submitted, told: Option<Told>) -> Result<Answer, Failure> {
        let rows = self.rows(&self.rules()?)?;
        let of = |pick: fn(&crate::form::ChildRow) -> &String| {
            let mut all: Vec<String> = rows.iter().map(pick).filter(|text| !text.is_empty()).cloned().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (classes, schools) = (of(|row| &row.class), of(|row| &row.to));
        let asked = |name: &str| query.first(name).unwrap_or_default().to_owned();
        let (search, class, to) = (asked("search"), asked("class"), asked("to"));
        let wanted = search.trim().to_lowercase();
        let is_wanted = |row: &crate::form::ChildRow| {
            (class.is_empty() || row.class == class)
                && (to.is_empty() || row.to == to)
                && (row.name.to_lowercase().contains(&wanted) || row.file.to_lowercase().contains(&wanted))
        };
        let children = rows.iter().filter(|row| is_wanted(row)).cloned().collect();
        let folder = file_name(&self.folder);
        let page =
            ClassPage { folder, children, search, class, to, classes, schools, can_pack: cfg!(feature = "pack"), told };
        render_class(&page).map(Answer::Page).map_err(|error| Failure::caused(&error))
    }

    /// Begins an empty record, and goes to it.
    fn begin(&self) -> Result<Answer, Failure> {
        let rules = self.rules()?;
        let of = Starter { today: self.day, schema: SCHEMA, school: rules.school.as_ref() };
        let text = starter(of).map_err(|error| Failure::caused(&error))?;
        let mut name = import::reference()?;
        while self.folder.join(&name).exists() {
            name = import::reference()?;
        }
        let mut staging = Staging::begin(&self.folder)?;
        staging.write(Path::new(&name), text.as_bytes())?;
        if !self.folder.join(SCHEMA).exists() {
            staging.write(Path::new(SCHEMA), schema::of_record()?.as_bytes())?;
        }
        staging.finish(false)?;
        Ok(Answer::Go(format!("c/{}/p/pupil", Self::key_of(&self.folder.join(&name)))))
    }

    /// Looks at a list, or takes over the one that was looked at.
    fn import(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        if let Some(upload) = &asked.upload {
            let name = terminal::plain(&upload.name);
            let told = import::take_over(&name, &upload.bytes, &self.folder, self.day, false)?;
            self.upload = Some(Upload { name, bytes: upload.bytes.clone() });
            let lines: Vec<String> =
                told.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let html = crate::form::render_import(&lines).map_err(|error| Failure::caused(&error))?;
            return Ok(Answer::Page(html));
        }
        let Some(upload) = self.upload.take() else {
            return Err(Failure::usage("no list was chosen", "Choose a file on the class list."));
        };
        let told = import::take_over(&upload.name, &upload.bytes, &self.folder, self.day, true)?;
        let last = told.lines().last().unwrap_or_default().to_owned();
        let told = Told { is_wrong: false, title: "The list is taken over".to_owned(), lines: vec![last] };
        self.class_page(&Submitted::default(), Some(told))
    }

    /// What would be packed, or what was.
    #[cfg(feature = "pack")]
    fn pack(&self, sent: Option<&Submitted>) -> Result<Answer, Failure> {
        use super::packing;
        let rows = self.rows(&self.rules()?)?;
        let held: Vec<String> =
            rows.iter().filter(|row| !row.link.is_empty() && row.errors > 0).map(|row| row.name.clone()).collect();
        let ready = rows.iter().filter(|row| !row.link.is_empty() && row.errors == 0).count();
        let place = shown_path(&packing::place(&self.folder)?);
        let packed = match sent {
            Some(sent) => {
                let passphrase = sent.first("passphrase").filter(|passphrase| !passphrase.is_empty());
                let again = sent.first("again") == Some("yes");
                Some(packing::pack(&self.folder, self.as_of, passphrase, again)?)
            }
            None => None,
        };
        let made = packed.map(|packed| (packed.is_whole, packed.made, packed.told));
        let html = crate::form::render_pack(ready, &held, &place, made.as_ref());
        html.map(Answer::Page).map_err(|error| Failure::caused(&error))
    }

    fn of_child(&mut self, path: &Path, rest: &[&str], asked: &Asked) -> Result<Option<Answer>, Failure> {
        match (rest, asked.is_change) {
            ([""], false) => self.task_list(path, None).map(Some),
            (["p", page], false) => self.page(path, page, None),
            (["p", page], true) => self.save(path, page, asked),
            (["undo"], true) => self.undo_last(path, &asked.sent).map(Some),
            (["sign-off"], false) => self.sign_off_page(path, None).map(Some),
            (["sign-off"], true) => self.sign(path, &asked.sent).map(Some),
            #[cfg(feature = "pack")]
            (["preview", kind], false) => self.preview(path, kind),
            _ => Ok(None),
        }
    }

    fn task_list(&mut self, path: &Path, told: Option<&Told>) -> Result<Answer, Failure> {
        let beside = self.beside_others(path, &self.rules()?)?;
        let render = |record: &RecordPage<'_>, child: &Child| {
            let problems: Vec<Problem> = record.problems.iter().chain(&beside).cloned().collect();
            render_task_list(&RecordPage { problems: &problems, ..*record }, &previews(child), told).map(Some)
        };
        self.with_record(path, &render)?.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html)))
    }

    fn page(&mut self, path: &Path, page: &str, sent: Option<(&Submitted, &Saved)>) -> Result<Option<Answer>, Failure> {
        if layout(page).is_none() {
            return Ok(None);
        }
        let html = self.with_record(path, &|record, _| render_page(&FormPage { record, path: page, sent }))?;
        html.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html))).map(Some)
    }

    /// Renders something of a record that can be read; `None` for one that cannot.
    fn with_record(
        &mut self,
        path: &Path,
        render: &dyn Fn(&RecordPage<'_>, &Child) -> Rendered,
    ) -> Result<Option<String>, Failure> {
        let rules = self.rules()?;
        let child = self.child(path, &rules)?;
        let Some(editor) = &child.editor else { return Ok(None) };
        self.versions.note(&child.digest, &child.text);
        let notes = child.notes()?;
        let name = child.name();
        let record = RecordPage {
            editor,
            problems: &child.problems,
            name: if name.is_empty() { "A child without a name yet" } else { &name },
            base: "",
            digest: &child.digest,
            origin: &|path| child.origin(&notes, path),
            from_school: &|path| child.said_by_school(path),
            suggested: &|plain| suggested(rules.school.as_ref(), plain),
            undo: Self::undo(path),
        };
        render(&record, &child).map_err(|error| Failure::caused(&error))
    }

    /// The page of a record that cannot be read in full.
    fn unreadable(&self, path: &Path) -> Result<Answer, Failure> {
        let child = self.child(path, &self.rules()?)?;
        let mut lines = vec![
            format!(
                "{} cannot be read in full, so it cannot be filled in here. Nothing in it was changed.",
                child.file
            ),
            "Open it in a text editor and put right what is named here, or run handover fix on it.".to_owned(),
        ];
        lines.extend(
            child.problems.iter().map(|problem| format!("{}: {}. {}", problem.code, problem.message, problem.help)),
        );
        message("../../", "This record cannot be read in full", &lines).map(Answer::Page)
    }

    /// Saves a page that came back.
    fn save(&mut self, path: &Path, page: &str, asked: &Asked) -> Result<Option<Answer>, Failure> {
        if layout(page).is_none() {
            return Ok(None);
        }
        let sent = &asked.sent;
        if let Some(number) = sent.first("entry") {
            return self.rearrange(path, page, number, sent).map(Some);
        }
        let base = sent.first("digest").and_then(|digest| self.versions.text(digest)).map(str::to_owned);
        let base = base.and_then(|text| RecordEditor::new(&text).ok());
        let digest = sent.first("digest").unwrap_or_default().to_owned();
        let saved = changed(path, |editor, now| {
            // A page of a version that nobody knows any more may write over nothing.
            let unknown = RecordEditor::new("").map_err(|error| Failure::caused(&error))?;
            let base = if now == digest { None } else { Some(base.as_ref().unwrap_or(&unknown)) };
            apply(editor, base, page, sent).map_err(|error| {
                Failure::usage(error.to_string(), "Nothing was changed. Open the record in a text editor for this.")
            })
        })?;
        if asked.is_live {
            return self.live(path, page, &saved).map(Some);
        }
        let is_good = saved.unread.is_empty() && saved.conflicts.is_empty();
        if is_good && sent.first("do") == Some("next") {
            return Ok(Some(Answer::Go(next_of(page))));
        }
        self.page(path, page, Some((sent, &saved)))
    }

    /// What a page hears that has saved by itself.
    fn live(&mut self, path: &Path, page: &str, saved: &Saved) -> Result<Answer, Failure> {
        let child = self.child(path, &self.rules()?)?;
        self.versions.note(&child.digest, &child.text);
        let live = Live {
            digest: child.digest,
            saved: saved.changed.len(),
            unread: saved.unread.iter().map(|unread| (unread.path.clone(), unread.words)).collect(),
            conflicts: saved.conflicts.iter().map(|it| (it.path.clone(), it.theirs.join("\n"))).collect(),
            remarks: crate::form::remarks(&child.problems, page),
        };
        serde_json::to_string(&live).map(Answer::Json).map_err(|error| Failure::caused(&error))
    }

    /// Takes an entry out of a list, or lets it change places.
    fn rearrange(&mut self, path: &Path, list: &str, number: &str, sent: &Submitted) -> Result<Answer, Failure> {
        let no_place = || Failure::usage("there is no such entry", "Go back to the list.");
        let number: usize = number.parse().map_err(|_error| no_place())?;
        let digest = sent.first("digest").unwrap_or_default();
        changed(path, |editor, now| {
            if now != digest {
                return Err(Failure::usage(
                    "the record was changed meanwhile, so nothing was done",
                    "Go back to the list, look at it, and do it again.",
                ));
            }
            let done = match sent.first("do") {
                Some("remove") if number < editor.count(list) => editor.remove(&format!("{list}[{number}]")),
                Some("up") if number > 0 => editor.swap_with_next(list, number - 1),
                Some("down") => editor.swap_with_next(list, number),
                _ => return Err(no_place()),
            };
            done.map_err(|error| Failure::usage(error.to_string(), "Open the record in a text editor for this."))
        })?;
        Ok(Answer::Go(list.to_owned()))
    }

    fn undo_last(&mut self, path: &Path, sent: &Submitted) -> Result<Answer, Failure> {
        let undo = Undo::of(path)?;
        let digest = sent.first("digest").unwrap_or_default().to_owned();
        let Some(before) = undo.last() else {
            return Err(Failure::usage("there is nothing to undo", "Go back to the record."));
        };
        update(path, |now| {
            if now.map(digest_of).as_deref() != Some(digest.as_str()) {
                return Err(Failure::usage(
                    "the record was changed meanwhile, so nothing was undone",
                    "Go back to the record and look at it.",
                ));
            }
            Ok((before.clone(), ()))
        })?;
        undo.forget_last();
        let page = sent.first("page").filter(|page| layout(page).is_some());
        match page {
            Some(page) => Ok(Answer::Go(format!("p/{page}"))),
            None => Ok(Answer::Go("./".to_owned())),
        }
    }

    fn sign_off_page(&mut self, path: &Path, told: Option<&Told>) -> Result<Answer, Failure> {
        let rules = self.rules()?;
        let state = self.signing(path, &rules, Role::Dsl, ("Nobody", None), true);
        let (changed, refused) = match state {
            Ok(Signing::Signed(fields)) => (changes(fields.as_deref()), Vec::new()),
            Ok(Signing::Refused(report)) => {
                let wrong =
                    report.findings.iter().filter(|found| found.problem.severity == crate::problem::Severity::Error);
                (String::new(), wrong.map(|found| found.problem.message.clone()).collect())
            }
            Err(failure) => (String::new(), vec![failure.what]),
        };
        let html = self.with_record(path, &|record, _| render_sign_off(record, &changed, &refused, told).map(Some))?;
        html.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html)))
    }

    fn sign(&mut self, path: &Path, sent: &Submitted) -> Result<Answer, Failure> {
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
                let errors = report.count(crate::problem::Severity::Error);
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

    #[cfg(feature = "pack")]
    fn preview(&self, path: &Path, kind: &str) -> Result<Option<Answer>, Failure> {
        use crate::circle::PackKind;
        use crate::cli::draft::draft_of;
        let mut kinds = PackKind::SENT.into_iter().chain([PackKind::Child]);
        let Some(kind) = kinds.find(|known| known.key() == kind) else { return Ok(None) };
        let rules = self.rules()?;
        let child = self.child(path, &rules)?;
        let (pictures, _) = crate::cli::pictures::pictures(path, &child.reading.record);
        let branding = crate::cli::render_options::branding_above(&self.folder)?;
        let bytes = draft_of(&child.reading.record, &pictures, kind, (&rules.policy, &branding, self.day))?;
        Ok(Some(Answer::File { kind: "application/pdf", bytes }))
    }
}

/// Which packs of a child can be looked at.
#[cfg(feature = "pack")]
fn previews(child: &Child) -> Vec<(String, String)> {
    use crate::circle::PackKind;
    // A record that cannot be written as JSON has none.
    let kinds = crate::cli::draft::kinds_of(&child.reading.record).unwrap_or_default();
    let named = |kind: PackKind| (kind.key().to_owned(), kind.words().to_owned());
    let mut all: Vec<(String, String)> = kinds.into_iter().map(named).collect();
    all.insert(0, (PackKind::Child.key().to_owned(), "To read together with the child".to_owned()));
    all
}

/// Without the typesetting engine nothing can be looked at.
#[cfg(not(feature = "pack"))]
fn previews(_child: &Child) -> Vec<(String, String)> {
    Vec::new()
}

/// Changes a record in its file, and keeps what it was before.
fn changed<T>(
    path: &Path,
    mut change: impl FnMut(&mut RecordEditor, &str) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let name = shown_path(path);
    update(path, |bytes| {
        let bytes = bytes.ok_or_else(|| Failure::files(format!("{name} is not there any more"), "Look for it."))?;
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut editor =
            RecordEditor::new(text).map_err(|error| Failure::usage(error.to_string(), "Nothing was changed."))?;
        let said = change(&mut editor, &digest_of(bytes))?;
        let after = editor.finish().map_err(|error| Failure::caused(&error))?;
        if after.as_bytes() != bytes {
            Undo::of(path)?.keep(bytes)?;
        }
        Ok((after.into_bytes(), said))
    })
}

/// Keeps a record as it is now.
fn keep(path: &Path) -> Result<(), Failure> {
    let bytes = crate::cli::files::read_one(path)?.bytes;
    Undo::of(path)?.keep(&bytes)
}

/// Where to go on after a page, seen from it.
fn next_of(page: &str) -> String {
    let next = crate::form::next_of(page);
    if next.is_empty() { "../".to_owned() } else { next }
}

fn file(kind: &'static str, bytes: &[u8]) -> Answer {
    Answer::File { kind, bytes: bytes.to_vec() }
}

fn message(root: &str, title: &str, lines: &[String]) -> Result<String, Failure> {
    let page = Message { title: title.to_owned(), lines: lines.to_vec(), next: None, root: root.to_owned() };
    render_message(&page).map_err(|error| Failure::caused(&error))
}

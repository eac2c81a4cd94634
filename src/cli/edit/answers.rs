//! What the form answers to each request.

use std::path::Path;

use super::class::{Class, Upload};
use crate::cli::exit::Failure;
use crate::cli::paths::file_name;
use crate::cli::schema::{self, SCHEMA};
use crate::cli::staging::Staging;
use crate::cli::{import, terminal};
use crate::form::{ClassPage, Message, Submitted, Told, render_class, render_message};
use crate::record::{Starter, starter};

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
            #[cfg(feature = "pack")]
            (["sent"], true) => self.sent().map(Some),
            #[cfg(feature = "pack")]
            (["receipt"], true) => self.receipt(asked).map(Some),
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
            let html = crate::form::render_import(&told).map_err(|error| Failure::caused(&error))?;
            return Ok(Answer::Page(html));
        }
        let Some(upload) = self.upload.take() else {
            return Err(Failure::usage("no list was chosen", "Choose a file on the class list."));
        };
        let told = import::take_over(&upload.name, &upload.bytes, &self.folder, self.day, true)?;
        let told = Told { is_wrong: false, title: "The list is taken over".to_owned(), lines: vec![told.sum] };
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
        let folder = packing::place(&self.folder)?;
        let place = format!("the folder {}, beside your records", file_name(&folder));
        let packed = match sent {
            Some(sent) => {
                let passphrase = sent.first("passphrase").filter(|passphrase| !passphrase.is_empty());
                let again = sent.first("again") == Some("yes");
                Some(packing::pack(&self.folder, self.as_of, passphrase, again)?)
            }
            None => None,
        };
        let made = packed.map(|packed| (packed.is_whole, packed.made, packed.told));
        let html =
            crate::form::render_pack(ready, &held, (&place, &packing::made(&folder)), self.waiting(), made.as_ref());
        html.map(Answer::Page).map_err(|error| Failure::caused(&error))
    }
}

fn file(kind: &'static str, bytes: &[u8]) -> Answer {
    Answer::File { kind, bytes: bytes.to_vec() }
}

pub(super) fn message(root: &str, title: &str, lines: &[String]) -> Result<String, Failure> {
    let page = Message { title: title.to_owned(), lines: lines.to_vec(), next: None, root: root.to_owned() };
    render_message(&page).map_err(|error| Failure::caused(&error))
}

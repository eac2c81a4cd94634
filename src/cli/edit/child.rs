//! The pages of one child: what they show, and what comes of what is sent back.

use std::path::Path;

use serde::Serialize;

use super::answers::{Answer, Asked, message};
use super::class::{Child, Class, suggested};
use super::saves::{Undo, digest_of};
use crate::cli::exit::Failure;
use crate::cli::paths::shown as shown_path;
use crate::cli::replace::update;
use crate::form::{
    FormPage, RecordPage, Remark, Saved, Submitted, Told, after_step, apply, layout, remarks, render_genogram,
    render_page, render_task_list, render_together,
};
use crate::problem::Problem;
use crate::record::RecordEditor;
use crate::text::join;

/// A page of a record, where there is one.
type Rendered = Result<Option<String>, minijinja::Error>;

/// What a page that saves by itself hears.
#[derive(Serialize)]
struct Live {
    digest: String,
    saved: usize,
    unread: Vec<(String, &'static str)>,
    conflicts: Vec<(String, String)>,
    remarks: Vec<(String, Remark)>,
}

impl Class {
    pub(super) fn of_child(&mut self, path: &Path, rest: &[&str], asked: &Asked) -> Result<Option<Answer>, Failure> {
        match (rest, asked.is_change) {
            ([""], false) => self.task_list(path, None).map(Some),
            (["p", page], false) => {
                self.look_beside(&asked.query);
                self.page(path, page, asked, None)
            }
            (["p", page], true) => self.save(path, page, asked),
            (["together"], false) => self.together(path).map(Some),
            (["genogram"], false) => self.genogram(path).map(Some),
            (["undo"], true) => self.undo_last(path, &asked.sent).map(Some),
            (["sign-off"], false) => self.sign_off_page(path, None).map(Some),
            (["sign-off"], true) => self.sign(path, &asked.sent).map(Some),
            #[cfg(feature = "pack")]
            (["preview", kind], false) => self.preview(path, kind),
            _ => Ok(None),
        }
    }

    pub(super) fn task_list(&mut self, path: &Path, told: Option<&Told>) -> Result<Answer, Failure> {
        let beside = self.beside_others(path, &self.rules()?)?;
        let render = |record: &RecordPage<'_>, child: &Child| {
            let problems: Vec<Problem> = record.problems.iter().chain(&beside).cloned().collect();
            render_task_list(&RecordPage { problems: &problems, ..*record }, &previews(child), told).map(Some)
        };
        self.with_record(path, &render)?.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html)))
    }

    fn page(
        &mut self,
        path: &Path,
        page: &str,
        asked: &Asked,
        sent: Option<(&Submitted, &Saved)>,
    ) -> Result<Option<Answer>, Failure> {
        if layout(page).is_none() {
            return Ok(None);
        }
        let (chosen, step) = (self.beside.clone(), step_of(asked));
        let mut fill =
            asked.query.beginning("fill.").map(|(name, text)| (join(page, name), text.to_owned())).collect::<Vec<_>>();
        if page.starts_with("considered[") && !fill.is_empty() {
            fill.push((join(page, "on"), self.day.long()));
        }
        let html = self.with_record(path, &|record, child| {
            let previews = previews(child);
            let beside = chosen.as_deref().filter(|chosen| previews.iter().any(|(key, _)| key == chosen));
            render_page(&FormPage { record, path: page, step, previews: &previews, beside, fill: &fill, sent })
        })?;
        html.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html))).map(Some)
    }

    /// The pack that is shown beside the pages from now on, or none.
    fn look_beside(&mut self, query: &Submitted) {
        if let Some(kind) = query.first("beside") {
            self.beside = (kind != "none").then(|| kind.to_owned());
        }
    }

    fn together(&mut self, path: &Path) -> Result<Answer, Failure> {
        let has_pdf = cfg!(feature = "pack");
        let html = self.with_record(path, &|record, _| render_together(record, has_pdf).map(Some))?;
        html.map_or_else(|| self.unreadable(path), |html| Ok(Answer::Page(html)))
    }

    /// The family as a drawing, by itself: the page asks for it when something was saved.
    fn genogram(&mut self, path: &Path) -> Result<Answer, Failure> {
        let html = self
            .with_record(path, &|record, _| (record.genogram)().map(|drawing| render_genogram(&drawing)).transpose())?;
        Ok(Answer::Page(html.unwrap_or_default()))
    }

    /// Renders something of a record that can be read; `None` for one that cannot.
    pub(super) fn with_record(
        &mut self,
        path: &Path,
        render: &dyn Fn(&RecordPage<'_>, &Child) -> Rendered,
    ) -> Result<Option<String>, Failure> {
        let rules = self.rules()?;
        let child = self.child(path, &rules)?;
        let Some(editor) = &child.editor else { return Ok(None) };
        let view = self.views.begin(&child.text);
        let notes = child.notes()?;
        let name = child.name();
        let record = RecordPage {
            editor,
            problems: &child.problems,
            name: if name.is_empty() { "A child without a name yet" } else { &name },
            base: "",
            digest: &child.digest,
            view,
            origin: &|path| child.origin(&notes, path),
            from_school: &|path| child.said_by_school(path),
            suggested: &|plain| suggested(rules.school.as_ref(), plain),
            genogram: &|| drawing(&child),
            undo: Self::undo(path),
        };
        render(&record, &child).map_err(|error| Failure::caused(&error))
    }

    /// The page of a record that cannot be read in full.
    pub(super) fn unreadable(&self, path: &Path) -> Result<Answer, Failure> {
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
        let number = |name: &str| sent.first(name).and_then(|number| number.parse().ok()).unwrap_or(0);
        let (view, step) = (number("view"), step_of(asked));
        // A save that was overtaken by a later one of the same page has nothing to say any more.
        let is_late = self.views.is_late(view, number("turn"));
        // A page that nobody knows any more may write over nothing.
        let base = self.views.base(view).unwrap_or_default().to_owned();
        let mut base = RecordEditor::new(&base).map_err(|error| Failure::caused(&error))?;
        let (saved, next) = changed(path, |editor, _now| {
            let saved = if is_late { Ok(Saved::default()) } else { apply(editor, Some(&base), page, sent) };
            let saved = saved.map_err(|error| {
                Failure::usage(error.to_string(), "Nothing was changed. Open the record in a text editor for this.")
            })?;
            Ok((saved, step.map_or_else(|| next_of(page), |number| after_step(editor, page, number))))
        })?;
        let known = sent.without(saved.conflicts.iter().map(|conflict| conflict.path.as_str()));
        // What finds no place there will be told as a conflict.
        if !is_late
            && apply(&mut base, None, page, &known).is_ok()
            && let Ok(base) = base.finish()
        {
            self.views.saved(view, base);
        }
        if asked.is_live {
            return self.live(path, page, &saved).map(Some);
        }
        let is_good = saved.unread.is_empty() && saved.conflicts.is_empty();
        if is_good && sent.first("do") == Some("next") {
            return Ok(Some(Answer::Go(next)));
        }
        self.page(path, page, asked, Some((sent, &saved)))
    }

    /// What a page hears that has saved by itself.
    fn live(&mut self, path: &Path, page: &str, saved: &Saved) -> Result<Answer, Failure> {
        let child = self.child(path, &self.rules()?)?;
        let live = Live {
            digest: child.digest,
            saved: saved.changed.len(),
            unread: saved.unread.iter().map(|unread| (unread.path.clone(), unread.words)).collect(),
            conflicts: saved.conflicts.iter().map(|it| (it.path.clone(), it.theirs.join("\n"))).collect(),
            remarks: child.editor.as_ref().map_or_else(Vec::new, |editor| remarks(editor, &child.problems, page)),
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

/// The one question of a page that was asked for.
fn step_of(asked: &Asked) -> Option<usize> {
    asked.query.first("step")?.parse().ok()
}

/// The family as a drawing.
#[cfg(feature = "pack")]
fn drawing(child: &Child) -> Option<serde_json::Value> {
    let drawn = crate::document::genogram(&child.reading.record, &child.name())?;
    serde_json::to_value(drawn).ok()
}

/// Without the typesetting engine nothing is drawn.
#[cfg(not(feature = "pack"))]
fn drawing(_child: &Child) -> Option<serde_json::Value> {
    None
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
pub(super) fn keep(path: &Path) -> Result<(), Failure> {
    let bytes = crate::cli::files::read_one(path)?.bytes;
    Undo::of(path)?.keep(&bytes)
}

/// Where to go on after a page, seen from it.
fn next_of(page: &str) -> String {
    let next = crate::form::next_of(page);
    if next.is_empty() { "../".to_owned() } else { next }
}

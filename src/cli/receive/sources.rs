//! What arrived, as mail and drives leave it: single files, folders, ZIP files of ZIP files, e-mails with a bundle in them.
//! One file at a time is in memory.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::bundle::{Manifest, lock_of};
use crate::cli::exit::Failure;
use crate::cli::files::{entries, is_of_system, read_one};
use crate::cli::terminal::plain;
use crate::sign::statements_in;

/// So deep are ZIP files in ZIP files looked into.
const DEEPEST: usize = 3;
/// So many files are taken out of one ZIP file.
const MOST_ENTRIES: usize = 2_000;
/// So many bytes are taken out of one file in all, however deep they lie.
const ROOM: u64 = 768 << 20;
/// How a download ends that is not finished.
const UNFINISHED: [&str; 4] = ["crdownload", "part", "partial", "download"];
/// What may be a bundle inside of a ZIP file or an e-mail.
const WANTED: [&str; 5] = ["zip", "age", "pdf", "eml", "txt"];

/// So long is a manifest at most, in bytes.
const LONGEST_MANIFEST: u64 = 16 << 20;
/// A text in which a school signs something is shorter, in bytes.
pub(super) const LONGEST_TEXT: usize = 8 << 20;

/// One thing that arrived.
pub(super) struct Arrived {
    /// How it is called: the file, and where in it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What one file turned out to be.
pub(super) enum Found {
    /// To be judged.
    File(Arrived),
    /// Nothing that can be a bundle: its name, why, and what to do.
    Unusable(Arrived, &'static str, &'static str),
    /// Something else that lies there: it is left alone.
    Other(String),
}

/// The files under some paths, in order of name: without those of the system, hidden ones and links.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { walk(path, &mut found)? } else { found.push(path.clone()) }
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in entries(folder)? {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if is_of_system(&path) || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            walk(&path, found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

/// What a file holds.
pub(super) fn look_into(path: &Path) -> Result<Vec<Found>, Failure> {
    let input = read_one(path)?;
    let mut found = Vec::new();
    let mut room = ROOM;
    unpack(Arrived { name: plain(&input.name), bytes: input.bytes }, 0, &mut room, &mut found);
    Ok(found)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

fn unpack(arrived: Arrived, depth: usize, room: &mut u64, found: &mut Vec<Found>) {
    let ending = ending(&arrived.name);
    let unusable = |arrived, why, next| Found::Unusable(arrived, why, next);
    if arrived.bytes.is_empty() {
        let next = "Download or copy it again; if it is empty again, ask for it to be sent again.";
        return found.push(unusable(arrived, "The file is empty", next));
    }
    if UNFINISHED.contains(&ending.as_str()) {
        return found.push(unusable(
            arrived,
            "The download is not finished",
            "Download it again, and name the new file.",
        ));
    }
    if ending == "msg" {
        let next = "Open it in Outlook, save what is attached to it into a folder, and name that folder.";
        return found.push(unusable(
            arrived,
            "This is an e-mail of Outlook, and its attachments are not looked into",
            next,
        ));
    }
    if depth < DEEPEST && (ending == "eml" || looks_like_mail(&arrived.bytes)) {
        let inside = attachments(&arrived);
        // Something may stand in the text as well.
        let body = body(&arrived);
        let has_body = body.is_some();
        found.extend(body.map(Found::File));
        if inside.is_empty() && has_body {
            return;
        }
        if inside.is_empty() {
            let next = "Save what is attached to it into a folder, and name that folder.";
            return found.push(unusable(arrived, "No bundle is attached to this e-mail", next));
        }
        return inside.into_iter().for_each(|inner| unpack(inner, depth + 1, room, found));
    }
    match zip_of_files(&arrived, room) {
        Some(inside) if depth < DEEPEST => inside.into_iter().for_each(|inner| unpack(inner, depth + 1, room, found)),
        Some(_) => {
            let next = "Unpack it by hand into a folder, and name that folder.";
            found.push(unusable(arrived, "ZIP files lie too deep in one another in it", next));
        }
        None if may_be_ours(&arrived) => found.push(Found::File(arrived)),
        None => found.push(Found::Other(arrived.name)),
    }
}

/// Whether a file is called or begins like something that a school sends. What else lies in a folder is nobody's business
/// here.
fn may_be_ours(arrived: &Arrived) -> bool {
    let bytes = &arrived.bytes;
    let is_called_so = ["zip", "age", "pdf"].contains(&ending(&arrived.name).as_str());
    is_called_so
        || bytes.starts_with(b"PK")
        || bytes.starts_with(b"%PDF")
        || lock_of(bytes).is_some()
        || is_signed(bytes)
}

/// Whether something stands in a text that a school has signed.
fn is_signed(bytes: &[u8]) -> bool {
    bytes.len() < LONGEST_TEXT && !statements_in(&String::from_utf8_lossy(bytes)).is_empty()
}

/// The files of a ZIP file that is no bundle and holds what may be some; `None` for everything else.
fn zip_of_files(arrived: &Arrived, room: &mut u64) -> Option<Vec<Arrived>> {
    if !arrived.bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(&arrived.bytes)).ok()?;
    let names: Vec<String> =
        archive.file_names().map(|name| name.ok().map(|name| name.into_owned())).collect::<Option<_>>()?;
    let is_bundle = names.iter().any(|name| Manifest::OWN_PARTS.contains(&name.as_str()));
    let wanted = |name: &str| WANTED.contains(&ending(name).as_str());
    if is_bundle || names.len() > MOST_ENTRIES || !names.iter().any(|name| wanted(name)) {
        return None;
    }
    let mut inside = Vec::new();
    for number in 0..archive.len() {
        // One that is encrypted makes the whole an envelope.
        let file = archive.by_index(number).ok()?;
        let own = file.name().ok()?.into_owned();
        if !file.is_file() || !wanted(&own) {
            continue;
        }
        let name = format!("{} › {}", arrived.name, plain(&own));
        let mut bytes = Vec::new();
        let most = if ending(&own) == "txt" { LONGEST_TEXT as u64 } else { *room };
        let read = u64::try_from(file.take(most + 1).read_to_end(&mut bytes).ok()?).ok()?;
        if read > most {
            continue;
        }
        *room = room.saturating_sub(read);
        inside.push(Arrived { name, bytes });
    }
    Some(inside)
}

/// One entry of a ZIP file of which others may be broken, if it is as long as a manifest may be.
pub(super) fn entry(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut content = Vec::new();
    archive.by_name(name).ok()?.take(LONGEST_MANIFEST).read_to_end(&mut content).ok()?;
    Some(content)
}

/// Whether a file begins as an e-mail does that was saved without a name that says so.
fn looks_like_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..2_000).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let is_header = |name: &str| head.starts_with(name) || head.contains(&format!("\n{name}"));
    is_header("mime-version:") && (is_header("from:") || is_header("received:"))
}

/// The text of an e-mail in which something stands that a school has signed.
fn body(arrived: &Arrived) -> Option<Arrived> {
    let mail = mail_parser::MessageParser::default().parse(&arrived.bytes)?;
    let text = mail.body_text(0)?;
    (!statements_in(&text).is_empty()).then(|| Arrived { name: arrived.name.clone(), bytes: text.as_bytes().to_vec() })
}

/// What is attached to an e-mail and may be a bundle.
fn attachments(arrived: &Arrived) -> Vec<Arrived> {
    use mail_parser::{MessageParser, MimeHeaders as _};
    let Some(mail) = MessageParser::default().parse(&arrived.bytes) else { return Vec::new() };
    let attached = mail.attachments().filter_map(|part| {
        let name = part.attachment_name()?;
        let is_wanted = WANTED.contains(&ending(name).as_str());
        is_wanted
            .then(|| Arrived { name: format!("{} › {}", arrived.name, plain(name)), bytes: part.contents().to_vec() })
    });
    attached.collect()
}

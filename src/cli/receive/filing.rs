//! The receiving folder: what was accepted lies there by circle, what was not lies in quarantine, and what is kept beside
//! each says what it is. Everything else in it is made out of that.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::bundle::{Manifest, Spooled, entries};
use crate::circle::{BundleKind, PackKind};
use crate::cli::disk;
use crate::cli::exit::Failure;
use crate::cli::files::{entries as entries_of, find_if_any, read_one};
use crate::cli::lock::Lock;
use crate::cli::paths::{is_absent, shown};
use crate::cli::replace::{update, write_one};
use crate::cli::staging::Staging;
use crate::embedded_record::EmbeddedRecord;
use crate::reception::{Accepted, GoneBundle, Quarantined, Recall, Received, RejectedBundle, bundle_folder, pack_file};
use crate::record::Day;
use crate::sign::read_statement;
use crate::text::json_lines;
use crate::verify::Trust;

/// The name of the folder for what was not accepted.
pub(super) const QUARANTINE: &str = "quarantine";
/// The file that says that names are left out here.
const BY_REFERENCE: &str = "by-reference.txt";
/// The file with the bundles of which nothing is kept any more.
const GONE: &str = "deleted.json";
/// The name of the folder for what senders have taken back.
const RECALLS: &str = "recalls";
/// The name of the note beside a file that was not accepted.
const NOTE: &str = "quarantined.json";

/// A receiving folder as it was when the run began, and what came into it since.
pub(super) struct Filed {
    pub into: PathBuf,
    /// What was accepted.
    pub all: Vec<Accepted>,
    /// What was not accepted and is kept here.
    pub quarantined: Vec<Quarantined>,
    /// What senders have taken back.
    pub recalls: Vec<Recall>,
    /// Bundles of which nothing is kept any more.
    pub gone: Vec<GoneBundle>,
    /// Whether names are left out here, as somebody has asked once.
    pub is_by_reference: bool,
}

impl Filed {
    /// Reads what lies there.
    pub(super) fn read(into: &Path, trust: &Trust) -> Result<Self, Failure> {
        let mut filed = Self {
            into: into.to_owned(),
            all: Vec::new(),
            quarantined: Vec::new(),
            recalls: Vec::new(),
            gone: Vec::new(),
            is_by_reference: into.join(BY_REFERENCE).is_file(),
        };
        filed.gone = read_json(&into.join(GONE))?.unwrap_or_default();
        // What a run that was stopped had meant to put there is put there before anybody looks.
        for name in BundleKind::ALL.map(BundleKind::key).into_iter().chain([QUARANTINE, RECALLS]) {
            drop(Staging::begin(&into.join(name))?);
        }
        for kind in BundleKind::ALL {
            for (name, bytes) in notes(&into.join(kind.key()), Received::FILE)? {
                let accepted = Accepted::from_bytes(format!("{}/{name}", kind.key()), &bytes);
                let Some(accepted) = accepted.filter(|accepted| accepted.manifest.kind == kind) else {
                    let what = format!("{}/{name}/{} is not as it was written", kind.key(), Received::FILE);
                    return Err(Failure::files(what, "Move that folder away, and receive its bundle again."));
                };
                filed.all.push(accepted);
            }
        }
        if !is_absent(&into.join(RECALLS)) {
            for path in find_if_any(&into.join(RECALLS), &["txt"])? {
                // Its signature was believed when it was put there.
                let text = String::from_utf8_lossy(&read_one(&path)?.bytes).into_owned();
                let Ok(recall) = read_statement::<Recall>(&text) else {
                    let what = format!("{} is not as it was written", shown(&path));
                    return Err(Failure::files(what, "Move it away, and receive the recall again."));
                };
                // One of whoever is not believed any more counts no longer.
                if !trust.is_revoked(&recall.certificate.fingerprint().to_string()) {
                    filed.recalls.push(recall.said);
                }
            }
        }
        for (_, bytes) in notes(&into.join(QUARANTINE), NOTE)? {
            filed.quarantined.extend(serde_json::from_slice::<Quarantined>(&bytes).ok());
        }
        Ok(filed)
    }

    /// Whether this very file was accepted before.
    pub(super) fn has_file(&self, sha256: &str) -> bool {
        self.all.iter().any(|accepted| accepted.received.bundle_sha256 == sha256)
            || self.gone.iter().any(|gone| gone.bundle_sha256 == sha256)
    }

    /// Whether a bundle with this manifest was accepted before.
    pub(super) fn has(&self, manifest_sha256: &str) -> bool {
        self.all.iter().any(|accepted| accepted.received.manifest_sha256 == manifest_sha256)
            || self.gone.iter().any(|gone| gone.manifest_sha256 == manifest_sha256)
    }

    /// Notes that nothing is kept of a bundle any more.
    #[cfg(feature = "pack")]
    pub(super) fn note_gone(
        &mut self,
        bundle: &Accepted,
        told: crate::reception::Acknowledged,
        today: Day,
    ) -> Result<(), Failure> {
        let Received { manifest_sha256, bundle_sha256, .. } = &bundle.received;
        if !self.gone.iter().any(|gone| gone.bundle_sha256 == *bundle_sha256) {
            self.gone.push(GoneBundle {
                manifest_sha256: manifest_sha256.clone(),
                bundle_sha256: bundle_sha256.clone(),
                on: today.to_string(),
                from: bundle.manifest.from.clone(),
                to: bundle.manifest.to.clone(),
                told,
            });
        }
        let bytes = json_lines(&self.gone).map_err(|error| Failure::caused(&error))?;
        update(&self.into.join(GONE), |_before| Ok((bytes.clone(), ())))
    }

    /// Whether a file was looked at before and not accepted.
    pub(super) fn is_quarantined(&self, sha256: &str) -> bool {
        self.quarantined.iter().any(|known| known.sha256 == sha256)
    }

    /// Names are left out from now on, also by runs that are not asked to.
    pub(super) fn leave_names_out(&mut self) -> Result<(), Failure> {
        let words = b"Pages and tables in this folder name children by their references alone. Take this file away to end that.\n";
        self.is_by_reference = true;
        update(&self.into.join(BY_REFERENCE), |_before| Ok((words.to_vec(), ())))
    }

    /// Bundles of confirmed senders of which something was not right, unless they came whole as well.
    pub(super) fn rejected(&self) -> impl Iterator<Item = &RejectedBundle> {
        let rejected = self.quarantined.iter().filter_map(|note| note.rejected.as_ref());
        rejected.filter(|bundle| !self.has(&bundle.manifest_sha256))
    }

    /// Takes a file out of quarantine, which has turned out to be good: somebody has said since which school this is.
    pub(super) fn release(&mut self, sha256: &str) -> Result<(), Failure> {
        if !self.is_quarantined(sha256) {
            return Ok(());
        }
        let place = self.into.join(QUARANTINE).join(sha256);
        disk::remove_folder(&place).map_err(|error| {
            Failure::files(format!("{} cannot be taken away: {error}", shown(&place)), "Take it away by hand.")
        })?;
        self.quarantined.retain(|known| known.sha256 != sha256);
        Ok(())
    }

    /// Keeps a recall whose sender is believed; answers whether it is new.
    pub(super) fn keep_recall(&mut self, recall: &Recall, text: &str) -> Result<bool, Failure> {
        if self.recalls.contains(recall) {
            return Ok(false);
        }
        let mut staging = Staging::begin(&self.into.join(RECALLS))?;
        let sha256 = Spooled::of(text.as_bytes()).sha256;
        let name = format!("recall-{}-{}.txt", recall.made_on, sha256.get(..12).unwrap_or(&sha256));
        staging.write(Path::new(&name), text.as_bytes())?;
        staging.finish(false)?;
        self.recalls.push(recall.clone());
        Ok(true)
    }

    /// Puts a bundle that was judged genuine into its place.
    pub(super) fn accept(&mut self, bytes: &[u8], day: Day, sealed_at: &str) -> Result<Manifest, Failure> {
        let no_bundle = || Failure::not_acceptable("it is no bundle", "`handover verify` judges a single pack.");
        let files = entries(bytes).map_err(|_error| no_bundle())?;
        let part = |name: &str| files.get(name).copied().ok_or_else(no_bundle);
        let (own, signature) = (part(Manifest::PATH)?, part(Manifest::SIGNATURE_PATH)?);
        let manifest = Manifest::from_bytes(own).ok_or_else(no_bundle)?;
        let embedded = |path: &str| {
            let record = format!("{}.json", path.strip_suffix(".pdf")?);
            EmbeddedRecord::from_bytes(files.get(&record)?)
        };
        let is_named = !self.is_by_reference;
        let name = |child: &str, reference: &str, kind: PackKind| pack_file(is_named.then_some(child), reference, kind);
        let received = Received::new((&manifest, own, signature), bytes, day, sealed_at, &embedded, &name);
        let circle = self.into.join(manifest.kind.key());
        let mut staging = Staging::begin(&circle)?;
        let mut folder = bundle_folder(&manifest);
        // The same transfer made again with other packs.
        while !is_absent(&circle.join(&folder)) {
            folder.push_str(" again");
        }
        let place = Path::new(&folder);
        for pack in &received.packs {
            let listed = manifest.files.iter().find(|listed| listed.sha256 == pack.sha256).ok_or_else(no_bundle)?;
            staging.write(&place.join(&pack.file), part(&listed.path)?)?;
        }
        staging.write(&place.join(Manifest::LETTER_PATH), part(Manifest::LETTER_PATH)?)?;
        let note = received.to_bytes().map_err(|error| Failure::caused(&error))?;
        staging.write(&place.join(Received::FILE), &note)?;
        staging.finish(false)?;
        let folder = format!("{}/{folder}", manifest.kind.key());
        self.all.push(Accepted { folder, received, manifest: manifest.clone() });
        Ok(manifest)
    }

    /// Keeps a file that was not accepted, with a note of why.
    pub(super) fn quarantine(&mut self, note: Quarantined, bytes: &[u8]) -> Result<(), Failure> {
        if self.quarantined.iter().any(|known| known.sha256 == note.sha256) {
            return Ok(());
        }
        // The whole digest: of two files, somebody may make the beginnings the same.
        let place = PathBuf::from(&note.sha256);
        let mut staging = Staging::begin(&self.into.join(QUARANTINE))?;
        if note.is_kept {
            // No name that anybody would open by a click.
            staging.write(&place.join("file.quarantined"), bytes)?;
        }
        staging.write(&place.join(NOTE), &json_lines(&note).map_err(|error| Failure::caused(&error))?)?;
        staging.finish(false)?;
        self.quarantined.push(note);
        Ok(())
    }

    /// Notes something more of a bundle that was accepted.
    pub(super) fn change(&mut self, number: usize, decided: Received) -> Result<(), Failure> {
        let Some(Accepted { folder, received, .. }) = self.all.get_mut(number) else { return Ok(()) };
        *received = decided;
        let note = received.to_bytes().map_err(|error| Failure::caused(&error))?;
        write_one(&self.into.join(folder).join(Received::FILE), &note, true)
    }
}

/// Two runs into one folder wait for one another.
pub(super) fn one_at_a_time(into: &Path) -> Result<Lock, Failure> {
    let folder = into.join(".receiving");
    disk::create_private_folders(&folder).map_err(|error| {
        Failure::files(format!("{} cannot be made: {error}", shown(into)), "Name another folder with --into.")
    })?;
    Lock::of(&folder)
}

/// The notes of one name in the folders under a folder: the folder's name, and the note.
fn notes(folder: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    if is_absent(folder) {
        return Ok(Vec::new());
    }
    if folder.is_symlink() {
        return Err(Failure::files(format!("{} is a link", shown(folder)), "Put the folder itself there."));
    }
    let mut found = Vec::new();
    for entry in entries_of(folder)? {
        let path = entry.path().join(name);
        let own = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !own.starts_with('.') && is_folder && path.is_file() && !path.is_symlink() {
            found.push((own, read_one(&path)?.bytes));
        }
    }
    Ok(found)
}

/// What a file of the receiving folder holds; nothing where it is not there.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Failure> {
    if is_absent(path) {
        return Ok(None);
    }
    serde_json::from_slice(&read_one(path)?.bytes).map(Some).map_err(|_error| {
        let what = format!("{} is not as it was written", shown(path));
        Failure::files(what, "Restore it from a copy. Nothing was deleted.")
    })
}

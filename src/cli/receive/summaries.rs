//! The documents about all children of a receiving school: for the leadership meeting, for the safeguarding lead, and what the
//! children say. Each is made anew when what it says has changed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::filing::{Filed, read_json};
use super::outputs::{embedded, put};
use crate::bundle::Spooled;
use crate::circle::{BundleKind, PackKind};
use crate::cli::exit::Failure;
use crate::cli::paths::is_absent;
use crate::cli::render_options::{Templates, typesetter};
use crate::cohort::sealed_summary;
use crate::document::{
    CohortChild, FeederCount, Section, SummaryKind, briefing_sections, cohort_sections, voices_sections,
};
use crate::reception::{Child, Missing, Register};
use crate::record::{Day, Record};
use crate::sign::Identity;
use crate::text::json_lines;

/// The file that says of what each of them was made.
const MADE_OF: &str = "summaries.json";

/// Writes them where what they say has changed; answers their paths, seen from the receiving folder.
pub(super) fn write_summaries(
    filed: &Filed,
    missing: Option<&Missing>,
    identity: &Identity,
    (day, at): (Day, jiff::Timestamp),
) -> Result<Vec<String>, Failure> {
    let Some(us) = filed.all.first().map(|bundle| bundle.manifest.to.name.to_string()) else { return Ok(Vec::new()) };
    let path = filed.into.join(MADE_OF);
    let mut made_of: BTreeMap<String, String> = read_json(&path)?.unwrap_or_default();
    let all = Register::of(&filed.all, &filed.recalls, None);
    let general = children(filed, BundleKind::General, PackKind::General)?;
    let lead = children(filed, BundleKind::Safeguarding, PackKind::Safeguarding)?;
    let without = all.without(PackKind::Safeguarding);
    let without: Vec<_> = without.map(|child| (child.name.clone(), child.from.name.to_string())).collect();
    let documents: [(SummaryKind, &str, Vec<Section>); 3] = [
        (SummaryKind::Cohort, "", cohort_sections(&feeders(filed, &all, missing), &general)),
        (SummaryKind::Voices, "general/", voices_sections(&general)),
        (SummaryKind::Briefing, "safeguarding/", briefing_sections(&lead, &without, day)),
    ];
    let engine = std::cell::OnceCell::new();
    let mut written = Vec::new();
    for (kind, folder, sections) in documents {
        let name = format!("{folder}{}", kind.file_name());
        let key = digest(&(&us, &sections))?;
        if made_of.get(&name) == Some(&key) && !is_absent(&filed.into.join(&name)) {
            continue;
        }
        let engine = engine.get_or_init(|| typesetter(&Templates::default(), 1));
        let pdf = sealed_summary((engine.as_ref(), identity), kind, &us, sections, (day, at))
            .map_err(|error| Failure::caused(&error))?;
        put(&filed.into.join(&name), &pdf)?;
        made_of.insert(name.clone(), key);
        written.push(name);
    }
    if !written.is_empty() {
        put(&path, &json_lines(&made_of).map_err(|error| Failure::caused(&error))?)?;
    }
    Ok(written)
}

/// What a document says, as a digest.
fn digest(said: &impl Serialize) -> Result<String, Failure> {
    Ok(Spooled::of(&json_lines(said).map_err(|error| Failure::caused(&error))?).sha256)
}

/// The children of a circle with what its packs say of them.
fn children(filed: &Filed, circle: BundleKind, kind: PackKind) -> Result<Vec<CohortChild>, Failure> {
    let (into, register) = (&filed.into, Register::of(&filed.all, &filed.recalls, Some(circle)));
    let record = |child: &Child| -> Option<Record> {
        serde_json::from_value(embedded(into, &child.current(kind)?.path)?.record).ok()
    };
    let mut found = Vec::new();
    for child in register.children.iter().filter(|child| child.current(kind).is_some() && !child.is_not_ours) {
        let Some(record) = record(child) else {
            let what = format!("the {} pack of {} is not as it was written", kind.key(), child.reference);
            return Err(Failure::files(what, "Move its folder away, and receive its bundle again."));
        };
        found.push(CohortChild { name: child.name.clone(), school: child.from.name.to_string(), record });
    }
    Ok(found)
}

/// What has come, by sending school.
fn feeders(filed: &Filed, all: &Register, missing: Option<&Missing>) -> BTreeMap<String, FeederCount> {
    let mut feeders: BTreeMap<String, FeederCount> = BTreeMap::new();
    for child in all.children.iter().filter(|child| !child.is_settled()) {
        let of = feeders.entry(child.from.name.to_string()).or_default();
        let has = |kind| usize::from(child.current(kind).is_some());
        of.children += 1;
        of.general += has(PackKind::General);
        of.send += has(PackKind::Send);
        of.safeguarding += has(PackKind::Safeguarding);
        let current = child.current(PackKind::Safeguarding);
        let is_read = filed.all.iter().any(|bundle| {
            bundle.received.read_by.is_some()
                && current.is_some_and(|pack| bundle.received.packs.iter().any(|own| own.sha256 == pack.sha256))
        });
        of.read += usize::from(is_read);
    }
    for child in missing.iter().flat_map(|missing| &missing.nothing) {
        let name = if child.from.is_empty() { "School not known" } else { &child.from };
        feeders.entry(name.to_owned()).or_default().missing += 1;
    }
    feeders
}

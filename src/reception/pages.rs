//! The page of a circle: every child of whom it has a pack, with links, what is new and what changed. It works without a
//! network and without scripts, and prints.

use std::error::Error;
use std::fmt;

use base64ct::{Base64, Encoding};
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::received::Quarantined;
use super::register::{Child, Register, State};
use crate::circle::BundleKind;
use crate::record::Day;
use crate::text::markup;

const TEMPLATES: [(&str, &str); 3] = [
    ("base.html", include_str!("../../templates/receive/base.html")),
    ("circle.html", include_str!("../../templates/receive/circle.html")),
    ("quarantine.html", include_str!("../../templates/receive/quarantine.html")),
];

/// What puts the rows of a table in order. Without it the page is whole, in the order of names.
const SCRIPT: &str = include_str!("../../templates/receive/sort.js");

/// The only script that a page runs, by its digest.
fn script_hash() -> String {
    Base64::encode_string(&Sha256::digest(SCRIPT.as_bytes()))
}

/// A page could not be made, which is a mistake of this program.
#[derive(Debug)]
pub struct IndexError(minijinja::Error);

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for IndexError {}

/// What the page of a circle shows.
pub struct CirclePage<'a> {
    /// Whose page it is.
    pub kind: BundleKind,
    /// What this circle has got.
    pub register: &'a Register,
    /// What changed in packs that replaced others: the digest of the newer one, and the changes in lines.
    pub changed: &'a dyn Fn(&str) -> Vec<String>,
    /// Children of whom others have packs and these readers none: for the safeguarding lead, who has to ask.
    pub without: Vec<String>,
    /// The day.
    pub day: String,
    /// Whether names are left out.
    pub by_reference: bool,
}

#[derive(Serialize)]
struct Row {
    name: String,
    reference: String,
    from: String,
    packs: Vec<Link>,
    older: Vec<Link>,
    recalled: Vec<String>,
    received_on: String,
    /// The same day as it is put in order.
    received_at: String,
    is_new: bool,
    is_not_ours: bool,
    changed: Vec<String>,
    also_from: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    words: &'static str,
    made_on: String,
}

impl Row {
    fn of(child: &Child, page: &CirclePage<'_>) -> Self {
        let link = |pack: &super::register::Pack| Link {
            // Seen from the circle's own folder.
            href: percent(pack.path.split_once('/').map_or("", |(_, rest)| rest)),
            words: pack.kind.words(),
            made_on: long(&pack.made_on),
        };
        let of = |state: State| child.packs.iter().filter(move |pack| pack.state == state);
        let latest = of(State::Current).map(|pack| pack.received_on.clone()).max().unwrap_or_default();
        Self {
            name: if page.by_reference { String::new() } else { child.name.clone() },
            reference: child.reference.clone(),
            from: child.from.name.to_string(),
            packs: of(State::Current).map(link).collect(),
            older: of(State::Replaced).map(link).collect(),
            recalled: child.packs.iter().filter_map(|pack| pack.recalled.clone()).collect(),
            is_new: latest == page.day && of(State::Replaced).next().is_none(),
            is_not_ours: child.is_not_ours,
            received_on: long(&latest),
            received_at: latest,
            changed: of(State::Current).flat_map(|pack| (page.changed)(&pack.sha256)).collect(),
            also_from: child.also_from.join(", "),
        }
    }
}

/// A day as one writes it.
fn long(day: &str) -> String {
    day.parse::<Day>().map_or_else(|_no_day| day.to_owned(), Day::long)
}

/// A path as it stands in a link.
fn percent(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let byte = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(byte).collect()
}

/// The page of a circle.
///
/// # Errors
/// [`IndexError`].
pub fn circle_page(page: &CirclePage<'_>) -> Result<String, IndexError> {
    let rows: Vec<Row> = page.register.children.iter().map(|child| Row::of(child, page)).collect();
    let render = || {
        markup(&TEMPLATES)?.get_template("circle.html")?.render(context! {
            kind => page.kind.key(),
            readers => page.kind.readers(),
            day => long(&page.day),
            script => SCRIPT,
            script_hash => script_hash(),
            rows => Serde(&rows),
            without => Serde(&page.without),
        })
    };
    render().map_err(IndexError)
}

/// The page of what was not accepted.
///
/// # Errors
/// [`IndexError`].
pub fn quarantine_page(all: &[Quarantined], day: &str) -> Result<String, IndexError> {
    let all: Vec<Quarantined> = all.iter().map(|one| Quarantined { on: long(&one.on), ..one.clone() }).collect();
    let render = || {
        markup(&TEMPLATES)?.get_template("quarantine.html")?.render(context! {
            all => Serde(&all),
            day => long(day),
            script => SCRIPT,
            script_hash => script_hash(),
        })
    };
    render().map_err(IndexError)
}

//! What stands on which page: a page for each table and each list of tables; small tables stand on the page around them.

use std::collections::BTreeMap;

use super::by_hand::{ByHand, by_hand};
use crate::record::{Field, ValueType, fields_at, shape_at};
use crate::text::{entry_number, join, path_steps};

/// So many fields a table may have to stand on the page of what is around it.
const SMALL: usize = 6;

/// What a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The fields of a table or of one entry.
    Fields,
    /// The entries of a list.
    Entries,
}

/// Fields that stand together.
#[derive(Debug, Clone)]
pub struct Group {
    /// The path of a small table; empty for fields of the page's own.
    pub table: String,
    /// What they are about, on pages that are laid out by hand.
    pub title: Option<String>,
    /// Fields: path and schema.
    pub fields: Vec<(String, &'static Field)>,
    /// Whether they are asked for only where attendance is low, and whether it is.
    pub below_line: Option<bool>,
}

impl Group {
    /// Fields of the page's own under no heading.
    fn untitled(fields: Vec<(String, &'static Field)>) -> Self {
        Self { table: String::new(), title: None, fields, below_line: None }
    }
}

/// What stands on a page.
#[derive(Debug, Clone)]
pub struct PageLayout {
    /// What it holds.
    pub kind: PageKind,
    /// Fields, in the order in which they are asked for.
    pub groups: Vec<Group>,
    /// Pages that hang on this one: lists and larger tables.
    pub pages: Vec<String>,
}

/// What stands on the page of a path; `None` where a record has no table and no list of tables there.
#[must_use]
pub fn layout(path: &str) -> Option<PageLayout> {
    if !is_plain(path) {
        return None;
    }
    if let ValueType::List(inner) = shape_at(path)? {
        let is_list = matches!(**inner, ValueType::Table(_));
        return is_list.then(|| PageLayout { kind: PageKind::Entries, groups: Vec::new(), pages: Vec::new() });
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut pages = Vec::new();
    for (name, field) in in_order(fields_at(path)?) {
        let inside = join(path, name);
        match &field.shape {
            ValueType::Table(fields) if is_small(fields) => {
                let fields = in_order(fields).into_iter().map(|(name, field)| (join(&inside, name), field)).collect();
                groups.push(Group { table: inside, title: None, fields, below_line: None });
            }
            ValueType::Table(_) => pages.push(inside),
            ValueType::List(inner) if matches!(**inner, ValueType::Table(_)) => pages.push(inside),
            // An entry's own short name is given by the program.
            _ if name == "id" => {}
            _ => match groups.last_mut().filter(|group| group.table.is_empty()) {
                Some(group) => group.fields.push((inside, field)),
                None => groups.push(Group::untitled(vec![(inside, field)])),
            },
        }
    }
    if let Some(by_hand) = by_hand(path) {
        groups = in_the_order_of_the_talk(path, groups, by_hand);
    }
    Some(PageLayout { kind: PageKind::Fields, groups, pages })
}

/// The groups of a page that is laid out by hand; what is not named there comes last.
fn in_the_order_of_the_talk(path: &str, groups: Vec<Group>, by_hand: &'static [ByHand]) -> Vec<Group> {
    let mut fields: Vec<(String, &'static Field)> = groups.into_iter().flat_map(|group| group.fields).collect();
    let mut take = |names: &[&str]| {
        let wanted = names.iter().map(|name| join(path, name));
        let found = wanted.filter_map(|wanted| {
            let at = fields.iter().position(|(own, _)| *own == wanted)?;
            Some(fields.remove(at))
        });
        found.collect::<Vec<_>>()
    };
    let group = |(title, names): &ByHand| Group { title: Some((*title).to_owned()), ..Group::untitled(take(names)) };
    let mut groups: Vec<Group> = by_hand.iter().map(group).collect();
    if !fields.is_empty() {
        groups.push(Group::untitled(fields));
    }
    groups
}

/// So many entries a list may have for a page of one more.
const MOST_ENTRIES: usize = 10_000;

/// Whether a path is written as the program writes it: a page has one address.
fn is_plain(path: &str) -> bool {
    let is_entry = |step: &str| {
        let number = entry_number(step).filter(|number| *number < MOST_ENTRIES);
        number.is_some_and(|number| format!("[{number}]") == step)
    };
    let again = path_steps(path).fold(String::new(), |path, step| join(&path, step));
    !path.is_empty() && again == path && path_steps(path).all(|step| !step.contains(['[', ']']) || is_entry(step))
}

fn in_order(fields: &'static BTreeMap<String, Field>) -> Vec<(&'static String, &'static Field)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(_, field)| field.order);
    fields
}

fn is_small(fields: &BTreeMap<String, Field>) -> bool {
    let is_plain = |field: &Field| match &field.shape {
        ValueType::Table(_) | ValueType::Map(_) => false,
        ValueType::List(inner) => !matches!(**inner, ValueType::Table(_)),
        _ => true,
    };
    fields.len() <= SMALL && fields.values().all(is_plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::sections::SECTIONS;
    use crate::record::field_texts;
    use crate::text::{parent, without_numbers};

    /// Every page that can be reached from the task list.
    fn reached() -> (Vec<String>, BTreeSet<String>) {
        let mut pages: Vec<String> =
            SECTIONS.iter().flat_map(|section| section.pages).map(|page| (*page).to_owned()).collect();
        let (mut at, mut fields) = (0, BTreeSet::new());
        while let Some(page) = pages.get(at).cloned() {
            at += 1;
            let layout = layout(&page).unwrap();
            fields.insert(without_numbers(&page));
            if layout.kind == PageKind::Entries {
                pages.push(format!("{page}[0]"));
            }
            for group in &layout.groups {
                fields.insert(without_numbers(&group.table));
                // Of a page that is laid out by hand, small tables are told by their fields.
                fields.extend(group.fields.iter().map(|(path, _)| without_numbers(parent(path))));
                fields.extend(group.fields.iter().map(|(path, _)| without_numbers(path)));
            }
            pages.extend(layout.pages);
        }
        (pages, fields)
    }

    #[test]
    fn every_field_stands_on_a_page() {
        let (pages, fields) = reached();
        assert!(pages.len() > 60, "{}", pages.len());
        let all = field_texts().iter().map(|field| field.path.as_str());
        let missing: Vec<&str> = all.filter(|path| !fields.contains(*path) && !path.ends_with(".id")).collect();
        assert_eq!(missing, ["schema_version", "guidance_profile"]);
    }

    #[test]
    fn a_page_that_is_laid_out_by_hand_has_every_field_once_and_no_other() {
        for (plain, groups) in crate::form::by_hand::PAGES {
            let path = if plain == "early_help" { plain.to_owned() } else { format!("{plain}[0]") };
            let page = layout(&path).unwrap();
            let named: usize = groups.iter().map(|(_, names)| names.len()).sum();
            let shown: usize = page.groups.iter().map(|group| group.fields.len()).sum();
            let rest: Vec<_> = page.groups.iter().filter(|group| group.title.is_none()).collect();
            assert!(rest.is_empty(), "{plain}: {rest:?}");
            assert_eq!(named, shown, "{plain}");
        }
    }

    #[test]
    fn there_is_no_page_where_there_is_no_table() {
        for path in [
            "",
            "pupil.upn",
            "nothing",
            "voice.entries[0].verbatim",
            "voice.entries[x]",
            "risks[9999999]",
            "risks[01]",
            "risks[+1]",
            "risks[0]x",
            "a..b",
            ".pupil",
        ] {
            assert!(layout(path).is_none(), "{path}");
        }
        assert!(layout("risks[12]").is_some());
    }
}

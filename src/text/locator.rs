//! From the path of a value to its place in the document.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Finds places in one parsed document. Holds spans only, never values.
#[derive(Debug, Clone, Default)]
pub struct Locator {
    root: Node,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// The key for a table's entry, the value for an array's element.
    label: Range<usize>,
    value: Range<usize>,
    inner: Inner,
}

#[derive(Debug, Clone, Default)]
enum Inner {
    #[default]
    Nothing,
    Fields(Vec<(Box<str>, Node)>),
    Items(Vec<Node>),
}

impl Locator {
    /// Remembers the place of every value of a document.
    #[must_use]
    pub fn new(document: &Spanned<DeTable<'_>>) -> Self {
        let span = document.span();
        let inner = Inner::Fields(fields(document.get_ref()));
        Self { root: Node { label: span.start..span.start, value: span, inner } }
    }

    /// Whether the document holds a table's key under a heading such as `voice.worries`; in a list of tables, in any.
    #[must_use]
    pub fn has(&self, heading: &str) -> bool {
        fn under(node: &Node, steps: &[&str]) -> bool {
            let Some((first, rest)) = steps.split_first() else { return true };
            match &node.inner {
                Inner::Nothing => false,
                Inner::Fields(fields) => fields.iter().any(|(name, child)| **name == **first && under(child, rest)),
                Inner::Items(items) => items.iter().any(|child| under(child, steps)),
            }
        }
        under(&self.root, &heading.split('.').collect::<Vec<_>>())
    }

    /// The place of a value, or of the nearest thing around it that exists: a missing key points at its table's header.
    #[must_use]
    pub fn find(&self, path: &str) -> Range<usize> {
        let mut node = &self.root;
        for step in steps(path) {
            match node.child(step) {
                Some(child) => node = child,
                None => return node.label.clone(),
            }
        }
        if node.is_empty() { node.value.clone() } else { node.label.clone() }
    }
}

impl Node {
    fn new(label: Range<usize>, value: &Spanned<DeValue<'_>>) -> Self {
        let inner = match value.get_ref() {
            DeValue::Table(table) => Inner::Fields(fields(table)),
            DeValue::Array(array) => Inner::Items(array.iter().map(|item| Self::new(item.span(), item)).collect()),
            _ => Inner::Nothing,
        };
        Self { label, value: value.span(), inner }
    }

    fn child(&self, step: &str) -> Option<&Self> {
        match &self.inner {
            Inner::Nothing => None,
            Inner::Fields(fields) => fields.iter().find(|(name, _)| **name == *step).map(|(_, child)| child),
            Inner::Items(items) => items.get(step.strip_prefix('[')?.strip_suffix(']')?.parse::<usize>().ok()?),
        }
    }

    fn is_empty(&self) -> bool {
        match &self.inner {
            Inner::Nothing => true,
            Inner::Fields(fields) => fields.is_empty(),
            Inner::Items(items) => items.is_empty(),
        }
    }
}

fn fields(table: &DeTable<'_>) -> Vec<(Box<str>, Node)> {
    table.iter().map(|(key, value)| (Box::from(key.get_ref().as_ref()), Node::new(key.span(), value))).collect()
}

/// A path's steps: keys as they are, indices as `[0]`.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').flat_map(|part| {
        let key_end = part.find('[').unwrap_or(part.len());
        let (key, indices) = part.split_at(key_end);
        let indices = indices.split_inclusive(']');
        std::iter::once(key).chain(indices).filter(|step| !step.is_empty())
    })
}

/// A path and one more step (`a` and `b` give `a.b`, `a` and `[0]` give `a[0]`).
#[must_use]
pub fn join(path: &str, step: &str) -> String {
    if path.is_empty() || step.starts_with('[') { format!("{path}{step}") } else { format!("{path}.{step}") }
}

/// The path of what holds a value; the empty path for a top-level key.
#[must_use]
pub fn parent(path: &str) -> &str {
    let cut = path.rfind(['.', '[']).unwrap_or(0);
    path.get(..cut).unwrap_or_default()
}

/// Whether a path is another one or lies under it.
#[must_use]
pub fn is_at_or_under(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[a]\nb = 1\n[[c]]\nd = [10, 20]\n[[c]]\n";

    fn locator() -> Locator {
        Locator::new(&DeTable::parse(TEXT).unwrap())
    }

    #[test]
    fn a_value_is_found_by_its_path() {
        assert_eq!(TEXT.get(locator().find("a.b")), Some("1"));
        assert_eq!(TEXT.get(locator().find("c[0].d[1]")), Some("20"));
    }

    #[test]
    fn a_missing_key_points_at_its_table() {
        assert_eq!(TEXT.get(locator().find("a.nothing")), Some("a"));
    }

    #[test]
    fn paths_nest_by_whole_steps() {
        assert!(is_at_or_under("a.b[0]", "a.b"));
        assert!(!is_at_or_under("a.bc", "a.b"));
        assert_eq!(parent("a.b[0]"), "a.b");
    }
}

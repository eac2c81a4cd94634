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
    children: Vec<(String, Self)>,
}

impl Locator {
    /// Remembers the place of every value of a document.
    #[must_use]
    pub fn new(document: &Spanned<DeTable<'_>>) -> Self {
        let span = document.span();
        Self { root: Node { label: span.start..span.start, value: span, children: entries(document.get_ref()) } }
    }

    /// Whether the document holds a table's key under a heading such as `voice.worries`; in a list of tables, in any.
    #[must_use]
    pub fn has(&self, heading: &str) -> bool {
        fn under(node: &Node, steps: &[&str]) -> bool {
            let Some((first, rest)) = steps.split_first() else { return true };
            node.children.iter().any(|(name, child)| {
                (name == first && under(child, rest)) || (name.starts_with('[') && under(child, steps))
            })
        }
        under(&self.root, &heading.split('.').collect::<Vec<_>>())
    }

    /// The place of a value, or of the nearest thing around it that exists: a missing key points at its table's header.
    #[must_use]
    pub fn find(&self, path: &str) -> Range<usize> {
        let mut node = &self.root;
        for step in steps(path) {
            match node.children.iter().find(|(name, _)| *name == step) {
                Some((_, child)) => node = child,
                None => return node.label.clone(),
            }
        }
        if node.children.is_empty() { node.value.clone() } else { node.label.clone() }
    }
}

fn entries(table: &DeTable<'_>) -> Vec<(String, Node)> {
    table
        .iter()
        .map(|(key, value)| {
            let node = Node { label: key.span(), value: value.span(), children: children(value.get_ref()) };
            (key.get_ref().to_string(), node)
        })
        .collect()
}

fn children(value: &DeValue<'_>) -> Vec<(String, Node)> {
    if let Some(table) = value.as_table() {
        return entries(table);
    }
    let Some(array) = value.as_array() else { return Vec::new() };
    let element = |(index, value): (usize, &Spanned<DeValue<'_>>)| {
        let node = Node { label: value.span(), value: value.span(), children: children(value.get_ref()) };
        (format!("[{index}]"), node)
    };
    array.iter().enumerate().map(element).collect()
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

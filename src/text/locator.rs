//! From the path of a value to its place in the document.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Finds places in one parsed document. Holds spans and names of fields only, never values.
#[derive(Debug, Clone)]
pub struct Locator {
    /// The document first, and each value after what it stands in.
    nodes: Vec<Node>,
}

/// A value's number in a [`Locator`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(u32);

#[derive(Debug, Clone)]
struct Node {
    parent: NodeId,
    step: Step,
    /// The key for a table's entry, the value for an array's element.
    label: Range<usize>,
    value: Range<usize>,
    is_empty: bool,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A table's entry.
    Field(Cow<'static, str>),
    /// An array's element.
    Item(usize),
}

impl Default for Locator {
    fn default() -> Self {
        Self::begin(0..0)
    }
}

impl Locator {
    /// The document itself.
    pub const ROOT: NodeId = NodeId(0);

    /// A document of which only the place is known yet.
    #[must_use]
    pub fn begin(span: Range<usize>) -> Self {
        let label = span.start..span.start;
        let root = Node { parent: Self::ROOT, step: Step::Item(0), label, value: span, is_empty: true };
        Self { nodes: vec![root] }
    }

    /// Remembers one value: what it stands in, under which step, and where key and value stand.
    pub fn add(&mut self, parent: NodeId, step: Step, label: Range<usize>, value: Range<usize>) -> NodeId {
        if let Some(parent) = self.nodes.get_mut(parent.0 as usize) {
            parent.is_empty = false;
        }
        let id = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node { parent, step, label, value, is_empty: true });
        NodeId(id)
    }

    /// Remembers the place of every value of a document.
    #[must_use]
    pub fn new(document: &Spanned<DeTable<'_>>) -> Self {
        let mut locator = Self::begin(document.span());
        locator.fields(document.get_ref(), Self::ROOT);
        locator
    }

    fn fields(&mut self, table: &DeTable<'_>, parent: NodeId) {
        for (key, value) in table {
            let step = Step::Field(Cow::Owned(key.get_ref().to_string()));
            let id = self.add(parent, step, key.span(), value.span());
            self.inner(value.get_ref(), id);
        }
    }

    fn inner(&mut self, value: &DeValue<'_>, parent: NodeId) {
        match value {
            DeValue::Table(table) => self.fields(table, parent),
            DeValue::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    let id = self.add(parent, Step::Item(index), item.span(), item.span());
                    self.inner(item.get_ref(), id);
                }
            }
            _ => {}
        }
    }

    /// Whether the document holds a table's key under a heading such as `voice.worries`; in a list of tables, in any.
    #[must_use]
    pub fn has(&self, heading: &str) -> bool {
        let wanted: Vec<&str> = heading.split('.').collect();
        (0..self.nodes.len()).any(|id| {
            let steps = self.steps(NodeId(u32::try_from(id).unwrap_or_default()));
            let fields = steps.into_iter().filter_map(|step| match step {
                Step::Field(name) => Some(name.as_ref()),
                Step::Item(_) => None,
            });
            fields.eq(wanted.iter().copied())
        })
    }

    /// The path of a value.
    #[must_use]
    pub fn path(&self, id: NodeId) -> String {
        self.steps(id).into_iter().fold(String::new(), |path, step| match step {
            Step::Field(name) => join(&path, name),
            Step::Item(index) => join(&path, &format!("[{index}]")),
        })
    }

    fn steps(&self, id: NodeId) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(node) = self.nodes.get(at.0 as usize).filter(|_| at != Self::ROOT) {
            steps.push(&node.step);
            at = node.parent;
        }
        steps.reverse();
        steps
    }

    /// The place of a value, or of the nearest thing around it that exists: a missing key points at its table's header.
    #[must_use]
    pub fn find(&self, path: &str) -> Range<usize> {
        let mut at = Self::ROOT;
        for step in path_steps(path) {
            match self.child(at, step) {
                Some(child) => at = child,
                None => return self.node(at).map(|node| node.label.clone()).unwrap_or_default(),
            }
        }
        let place = |node: &Node| if node.is_empty { node.value.clone() } else { node.label.clone() };
        self.node(at).map(place).unwrap_or_default()
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    fn child(&self, parent: NodeId, step: &str) -> Option<NodeId> {
        let index = entry_number(step);
        let is_it = |node: &Node| match (&node.step, index) {
            (Step::Field(name), None) => name == step,
            (Step::Item(item), Some(index)) => *item == index,
            _ => false,
        };
        let found = self.nodes.iter().skip(1).position(|node| node.parent == parent && is_it(node))?;
        u32::try_from(found + 1).ok().map(NodeId)
    }
}

/// A path's steps: keys as they are, indices as `[0]`.
pub fn path_steps(path: &str) -> impl Iterator<Item = &str> {
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

/// The number in a step such as `[3]`; `None` for a key.
#[must_use]
pub fn entry_number(step: &str) -> Option<usize> {
    step.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// The list and the number of an entry: `chronology[2]` is the third of `chronology`; `None` for paths of fields.
#[must_use]
pub fn split_entry(path: &str) -> Option<(&str, usize)> {
    let list = parent(path);
    Some((list, entry_number(path.get(list.len()..)?)?))
}

/// A path without the numbers of entries: `chronology[2].event` is `chronology.event`.
#[must_use]
pub fn without_numbers(path: &str) -> String {
    path_steps(path).filter(|step| !step.starts_with('[')).collect::<Vec<_>>().join(".")
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

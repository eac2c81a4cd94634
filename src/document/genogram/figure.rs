//! The parts of a genogram, as the template draws them.

use serde::Serialize;

use crate::text::say;

/// The height of a symbol, of a line of a label, and how many lines a label has at most.
pub(super) const SYMBOL: f64 = 11.0;

/// Between a label and the next generation.
pub(super) const GAP: f64 = 16.0;

/// What one person takes: the width of the slot, and the height of the symbol with the longest label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub(super) slot: f64,
    pub(super) card: f64,
}

impl Sizes {
    /// From one generation to the next.
    pub(super) fn pitch(self) -> f64 {
        self.card + GAP
    }
}

/// A place on the drawing: from the left, from the top, in millimetres.
pub(super) type Point = (f64, f64);

/// A family as a drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Genogram {
    /// What the drawing says, for those who cannot see it.
    pub alt: String,
    /// The day it was true, in words.
    pub date: Option<String>,
    /// Its width in millimetres.
    pub width: f64,
    /// Its height in millimetres.
    pub height: f64,
    /// The width of one person's label.
    pub slot: f64,
    /// Whether it needs a page on its side.
    pub sideways: bool,
    /// The people.
    pub people: Vec<Figure>,
    /// What joins them.
    pub lines: Vec<Stroke>,
    /// The corners of the dashed line round those who live with the child.
    pub household: Vec<Point>,
    /// The symbols that need a word.
    pub legend: Vec<Sign>,
    /// Who is recorded and not drawn.
    pub not_drawn: Vec<String>,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The middle of the symbol, from the left.
    pub x: f64,
    /// The top of the symbol.
    pub y: f64,
    /// `square`, `circle` or `diamond`.
    pub shape: &'static str,
    /// Whether this is the child.
    pub is_child: bool,
    /// Whether the person has died.
    pub has_died: bool,
    /// Whether the person is not known.
    pub is_unknown: bool,
    /// The age in whole years on the day the drawing was true, where the date of birth is known.
    pub age: Option<i64>,
    /// What stands under the symbol.
    pub label: Vec<String>,
    /// How many of the label's lines are its title: what the person is to the child.
    pub title_lines: usize,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stroke {
    /// Its corners.
    pub points: Vec<Point>,
    /// `solid`, `dashed` or `dotted`.
    pub style: &'static str,
    /// What crosses it, and where.
    pub mark: Option<(Sign, Point)>,
}

/// A sign that the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// A male person.
    Male,
    /// A female person.
    Female,
    /// Sex not recorded.
    Unrecorded,
    /// The child.
    Child,
    /// Somebody who has died.
    Died,
    /// Somebody not known.
    NotKnown,
    /// Partners.
    Partners,
    /// Separated.
    Separated,
    /// Divorced.
    Divorced,
    /// Parents whose relationship is not recorded.
    Unsure,
    /// A passing relationship.
    Passing,
    /// Adopted.
    Adopted,
    /// Looked after by.
    CaredFor,
    /// Living with the child.
    Household,
}

impl Sign {
    pub(super) fn words(self) -> String {
        match self {
            Self::Separated => say!("separated"),
            Self::Divorced => say!("divorced"),
            Self::Unsure => say!("relationship not recorded"),
            Self::Passing => say!("a passing relationship"),
            _ => say!("partners"),
        }
    }
}

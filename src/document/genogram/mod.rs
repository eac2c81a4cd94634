//! The genogram: three generations of a family by the standard symbols, laid out in millimetres.
//!
//! Squares are male, circles female, diamonds of a sex not recorded; the child has a double outline; a cross is a
//! death, a question mark somebody not known; one stroke through a line is a separation, two a divorce; a dashed line
//! goes round those who live with the child. Nobody is placed by a guess: whose line is not recorded hangs from none.

mod family;
mod lines;

use serde::Serialize;

use crate::record::{Day, Household, Person, PersonStatus, Record, Sex, label};
use family::{Family, Member};

/// The width of a page between its margins, upright and on its side.
const UPRIGHT: f64 = 172.0;
const SIDEWAYS: f64 = 255.0;
/// The least width in which a name can be read.
const NARROWEST: f64 = 24.0;
const WIDEST: f64 = 38.0;
/// So many people stand in one row on a page on its side.
const MOST_IN_A_ROW: usize = 10;
/// The height of a symbol, of a line of a label, and how many lines a label has.
const SYMBOL: f64 = 11.0;
const LABEL_LINE: f64 = 4.9;
const LABEL_LINES: usize = 4;
/// The height of a symbol with its label, and from one generation to the next.
const CARD: f64 = SYMBOL + 1.5 + LABEL_LINE * LABEL_LINES as f64;
const PITCH: f64 = CARD + 16.0;
/// Above the first row: room for the dashed line.
const TOP: f64 = 5.0;

/// A place on the drawing: from the left, from the top, in millimetres.
type Point = (f64, f64);

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
    /// Round whom the dashed line goes: corners.
    pub household: Vec<Vec<Point>>,
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
    /// What stands under the symbol.
    pub label: Vec<String>,
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

/// The genogram of a record; nothing where nobody but the child is recorded.
pub(super) fn genogram(record: &Record, name: &str) -> Option<Genogram> {
    let household = record.household.as_ref().filter(|household| !household.people.is_empty())?;
    let family = Family::of(record, household, MOST_IN_A_ROW);
    let across = (SIDEWAYS / NARROWEST).min(family.columns);
    let sideways = family.columns * NARROWEST > UPRIGHT;
    let page = if sideways { SIDEWAYS } else { UPRIGHT };
    let slot = (page / family.columns.max(across)).min(WIDEST);
    let rows = family.rows();
    let place = |member: &Member<'_>| (((member.x + 0.5) * slot), TOP + PITCH * member.row as f64);
    let people: Vec<Figure> = family.members.iter().map(|member| figure(member, name, place(member), slot)).collect();
    let points: Vec<Point> = family.members.iter().map(place).collect();
    let lines = lines::lines(&family, &points);
    let legend = legend(&people, &lines);
    Some(Genogram {
        alt: alt(&family, household, name),
        date: household.as_at.map(Day::long),
        width: slot * family.columns,
        height: TOP + PITCH * (rows.saturating_sub(1)) as f64 + CARD + 3.0,
        slot,
        sideways,
        household: lines::household(&family, &points, slot),
        people,
        lines,
        legend,
        not_drawn: family.not_drawn.iter().map(|person| titled(person)).collect(),
    })
}

fn figure(member: &Member<'_>, name: &str, (x, y): Point, slot: f64) -> Figure {
    let (sex, status) = (member.sex, member.person.and_then(|person| person.status));
    let shape = match sex {
        Some(Sex::M) => "square",
        Some(Sex::F) => "circle",
        Some(Sex::U) | None => "diamond",
    };
    Figure {
        x,
        y,
        shape,
        is_child: member.person.is_none(),
        has_died: status == Some(PersonStatus::Deceased),
        is_unknown: status == Some(PersonStatus::Unknown),
        label: wrapped(&label_of(member, name), (slot / 2.15) as usize),
    }
}

/// What stands under a symbol: what the person is to the child, the name, the year of birth.
fn label_of(member: &Member<'_>, name: &str) -> Vec<String> {
    let born = member.born.map(|born| format!("born {}", born.0.year()));
    let Some(person) = member.person else { return [Some(name.to_owned()), born].into_iter().flatten().collect() };
    let relationship = person.relationship.map(|relationship| label(&relationship));
    let unknown = (person.status == Some(PersonStatus::Unknown)).then(|| "not known".to_owned());
    [relationship, person.name.clone().or(unknown), born].into_iter().flatten().collect()
}

/// Lines of a label, none longer than fits; what does not fit in four lines ends in an ellipsis.
fn wrapped(parts: &[String], most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let mut line = String::new();
        for word in part.split_whitespace() {
            let wide = |text: &str| text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>();
            if !line.is_empty() && wide(&line) + 1 + wide(word) > most {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            for c in word.chars() {
                if wide(&line) + wide(c.encode_utf8(&mut [0; 4])) > most {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
    }
    if lines.len() > LABEL_LINES {
        lines.truncate(LABEL_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn legend(people: &[Figure], lines: &[Stroke]) -> Vec<Sign> {
    let any = |of: &dyn Fn(&Figure) -> bool| people.iter().any(of);
    let style = |style| lines.iter().any(|line| line.style == style && line.mark.is_none());
    let mut signs: Vec<Sign> = lines.iter().filter_map(|line| line.mark.map(|(sign, _)| sign)).collect();
    let shown = [
        (Sign::Child, true),
        (Sign::Male, any(&|figure| figure.shape == "square")),
        (Sign::Female, any(&|figure| figure.shape == "circle")),
        (Sign::Unrecorded, any(&|figure| figure.shape == "diamond")),
        (Sign::Died, any(&|figure| figure.has_died)),
        (Sign::NotKnown, any(&|figure| figure.is_unknown)),
        (Sign::Adopted, style("dashed")),
        (Sign::CaredFor, style("dotted")),
        (Sign::Household, true),
    ];
    signs.extend(shown.into_iter().filter(|(_, shown)| *shown).map(|(sign, _)| sign));
    signs.sort_unstable();
    signs.dedup();
    signs
}

/// The person with the relationship to the child.
fn titled(person: &Person) -> String {
    let relationship = person.relationship.map(|relationship| label(&relationship)).unwrap_or_default();
    match &person.name {
        Some(name) if relationship.is_empty() => name.clone(),
        Some(name) => format!("{relationship} {name}"),
        None => relationship,
    }
}

/// Everything the drawing says, in sentences.
fn alt(family: &Family<'_>, household: &Household, name: &str) -> String {
    let date = household.as_at.map(|day| format!(", as known on {}", day.long())).unwrap_or_default();
    let mut said = vec![format!("Genogram of the family of {name}{date}.")];
    for member in &family.members {
        let Some(person) = member.person else { continue };
        let status = match person.status {
            Some(PersonStatus::Unknown) => ", not known",
            Some(PersonStatus::Deceased) => ", has died",
            Some(PersonStatus::Donor) => ", donor",
            _ => "",
        };
        let lives = if member.at_home { ", lives with the child" } else { "" };
        said.push(format!("{}{status}{lives}.", titled(person)));
    }
    let called = |member: Option<&Member<'_>>| {
        member.map(|member| member.person.map_or_else(|| name.to_owned(), titled)).unwrap_or_default()
    };
    for union in &family.unions {
        let parents: Vec<String> = union.parents.iter().map(|parent| called(family.members.get(*parent))).collect();
        let children: Vec<String> = union.children.iter().map(|child| called(family.members.get(*child))).collect();
        let state = union.sign.map(|sign| format!(", {}", sign.words())).unwrap_or_default();
        let parents = parents.join(" and ");
        said.push(match (children.is_empty(), union.style) {
            (true, _) => format!("{parents}{state}."),
            (false, "solid") => format!("{parents}{state}: parents of {}.", children.join(", ")),
            (false, "dashed") => format!("{parents}{state}: adopted {}.", children.join(", ")),
            (false, _) => format!("{parents}{state}: look after {}.", children.join(", ")),
        });
    }
    said.join(" ")
}

impl Sign {
    fn words(self) -> &'static str {
        match self {
            Self::Separated => "separated",
            Self::Divorced => "divorced",
            Self::Unsure => "relationship not recorded",
            Self::Passing => "a passing relationship",
            _ => "partners",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three generations, in a short notation: people as `id relationship sex`, `*` for those at home; then relations as
    /// `a kind b`.
    fn drawn(people: &str, relations: &str) -> Genogram {
        let mut record = String::from("[household]\n");
        for person in people.split(", ") {
            let mut words = person.split(' ');
            let mut word = || words.next().unwrap_or_default().to_owned();
            let (id, relationship, sex) = (word(), word(), word());
            let lives = word() == "*";
            record += &format!(
                "[[household.people]]\nid = \"{id}\"\nrelationship = \"{relationship}\"\nname = \"{id}\"\n\
                 status = \"known\"\nsex = \"{sex}\"\nlives_with_child = {lives}\n"
            );
        }
        for relation in relations.split(", ").filter(|relation| !relation.is_empty()) {
            let [a, kind, b] = relation.split(' ').collect::<Vec<_>>()[..] else { panic!("{relation}") };
            record += &format!("[[household.relations]]\na = \"{a}\"\nb = \"{b}\"\nkind = \"{kind}\"\n");
        }
        genogram(&crate::record::read("x.toml", record.as_bytes()).record, "Sam").unwrap()
    }

    const PEOPLE: &str = "mum mother F *, dad father M, dean step_parent M *, gran grandmother F, grandad grandfather M, \
        nana grandmother F, pops grandfather M, amy sibling F *, ben sibling M, cara half_sibling F *, dan half_sibling M *, \
        grace aunt F";
    const RELATIONS: &str = "mum partner dad, mum partner dean, gran partner grandad, gran parent mum, grandad parent mum, \
        nana partner pops, nana parent dad, pops parent dad, mum parent cara, dean parent cara, mum parent dan, \
        dean parent dan, gran parent grace";

    #[test]
    fn nobody_stands_on_anybody_and_all_stand_on_the_paper() {
        let drawing = drawn(PEOPLE, RELATIONS);
        assert_eq!(drawing.people.len() + drawing.not_drawn.len(), 13, "the child and all others");
        for (number, one) in drawing.people.iter().enumerate() {
            assert!(
                one.x >= drawing.slot / 2.0 - 0.01 && one.x <= drawing.width - drawing.slot / 2.0 + 0.01,
                "{one:?}"
            );
            assert!(one.y + CARD <= drawing.height);
            for other in &drawing.people[number + 1..] {
                let apart = (one.x - other.x).abs() >= drawing.slot - 0.01 || (one.y - other.y).abs() >= PITCH - 0.01;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn no_couple_shares_a_line_with_another() {
        let drawing = drawn(PEOPLE, RELATIONS);
        let across = |stroke: &Stroke| -> Vec<(f64, f64, f64)> {
            let pairs = stroke.points.windows(2).filter(|two| (two[0].1 - two[1].1).abs() < 0.01);
            pairs.map(|two| (two[0].1, two[0].0.min(two[1].0), two[0].0.max(two[1].0))).collect()
        };
        let all: Vec<_> = drawing.lines.iter().flat_map(across).collect();
        assert!(all.len() >= 8, "{all:?}");
        for (number, (y, left, right)) in all.iter().enumerate() {
            for (other_y, other_left, other_right) in &all[number + 1..] {
                let shared = right.min(*other_right) - left.max(*other_left);
                assert!((y - other_y).abs() > 1.0 || shared < 0.01, "at {y} and {other_y}");
            }
        }
    }

    #[test]
    fn nobody_is_joined_by_a_guess() {
        let drawing = drawn("mum mother F *, eve aunt F, ray lodger M *", "");
        let touched =
            |x: f64| drawing.lines.iter().any(|line| line.points.iter().any(|point| (point.0 - x).abs() < 0.01));
        let of =
            |name: &str| drawing.people.iter().find(|person| person.label.iter().any(|line| line == name)).unwrap();
        assert!(touched(of("mum").x) && !touched(of("eve").x), "{drawing:?}");
    }
}

//! The genogram: three generations of a family by the standard symbols, laid out in millimetres.
//!
//! Squares are male, circles female, diamonds of a sex not recorded; the child has a double outline; a cross is a
//! death, a question mark somebody not known; one stroke through a line is a separation, two a divorce; a dashed line
//! goes round those who live with the child. Nobody is placed by a guess: without a recorded parent there is no line.

mod family;
pub(in crate::document) mod figure;
mod household;
mod lines;

use self::family::{Family, Member};
use self::figure::{Figure, Genogram, Point, SYMBOL, Sign, Sizes, Stroke};
use crate::record::{Day, Household, PersonStatus, Record, Sex};
use crate::text::say;

/// The width of a page between its margins, upright and on its side.
const UPRIGHT: f64 = 172.0;

const SIDEWAYS: f64 = 255.0;

/// The least width in which a name can be read.
const NARROWEST: f64 = 24.0;

const WIDEST: f64 = 38.0;

/// So many people stand in one row on a page on its side.
const MOST_IN_A_ROW: usize = 10;

const LABEL_LINE: f64 = 4.9;

const MOST_LINES: usize = 7;

/// Above the first row: room for the dashed line.
const TOP: f64 = 5.0;

/// The genogram of a record; nothing where nobody but the child is recorded.
#[must_use]
pub fn genogram(record: &Record, name: &str) -> Option<Genogram> {
    let household = record.household.as_ref().filter(|household| !household.people.is_empty())?;
    let family = Family::of(record, household, MOST_IN_A_ROW);
    let across = (SIDEWAYS / NARROWEST).min(family.columns);
    let sideways = family.columns * NARROWEST > UPRIGHT;
    let page = if sideways { SIDEWAYS } else { UPRIGHT };
    let slot = (page / family.columns.max(across)).min(WIDEST);
    let rows = family.rows();
    let born = |member: &Member<'_>| member.born.zip(household.as_at).map(|(born, day)| age(born, day));
    let letters = (slot / 2.15) as usize;
    let labels: Vec<Label> = family.members.iter().map(|member| Label::of(member, name, letters)).collect();
    let most = labels.iter().map(|label| label.lines.len()).max().unwrap_or_default();
    let sizes = Sizes { slot, card: SYMBOL + 1.5 + LABEL_LINE * most as f64 };
    let place = |member: &Member<'_>| (((member.x + 0.5) * slot), TOP + sizes.pitch() * member.row as f64);
    let drawn = family.members.iter().zip(labels);
    let people: Vec<Figure> = drawn.map(|(member, label)| figure(member, label, born(member), place(member))).collect();
    let points: Vec<Point> = family.members.iter().map(place).collect();
    let lines = lines::lines(&family, &points, sizes);
    let legend = legend(&people, &lines);
    Some(Genogram {
        alt: alt(&family, household, name),
        date: household.as_at.map(Day::long),
        width: slot * family.columns,
        height: TOP + sizes.pitch() * (rows.saturating_sub(1)) as f64 + sizes.card + 3.0,
        slot,
        sideways,
        household: household::household(&family, &points, sizes),
        people,
        lines,
        legend,
        not_drawn: family.not_drawn.iter().map(|person| person.with_relation()).collect(),
    })
}

fn figure(member: &Member<'_>, label: Label, age: Option<i64>, (x, y): Point) -> Figure {
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
        age: age.filter(|_| status != Some(PersonStatus::Deceased)),
        label: label.lines,
        title_lines: label.title_lines,
    }
}

/// What stands under a symbol, in lines.
struct Label {
    lines: Vec<String>,
    /// How many of them are the title: what the person is to the child, or the child's name.
    title_lines: usize,
}

impl Label {
    /// None of its lines has more letters than fit.
    fn of(member: &Member<'_>, name: &str, letters: usize) -> Self {
        let parts = label_of(member, name);
        let title_lines = wrapped(parts.get(..1).unwrap_or_default(), letters).len();
        Self { lines: wrapped(&parts, letters), title_lines }
    }
}

/// Whole years between a day of birth and another day.
fn age(born: Day, day: Day) -> i64 {
    let years = i64::from(day.0.year()) - i64::from(born.0.year());
    years - i64::from((day.0.month(), day.0.day()) < (born.0.month(), born.0.day()))
}

/// What stands under a symbol: what the person is to the child, and the name.
fn label_of(member: &Member<'_>, name: &str) -> Vec<String> {
    let Some(person) = member.person else { return vec![name.to_owned()] };
    let unknown = (person.status == Some(PersonStatus::Unknown)).then(|| say!("not known"));
    [person.relation(), person.name.clone().or(unknown)].into_iter().flatten().collect()
}

/// Lines of a label, none longer than fits: broken at spaces, then after hyphens, and within a word only where there is
/// no other way. What does not fit in the most lines there may be ends in an ellipsis.
fn wrapped(parts: &[String], most: usize) -> Vec<String> {
    let lines = textwrap::Options::new(most).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let mut lines: Vec<String> =
        parts.iter().flat_map(|part| textwrap::wrap(part, &lines)).map(std::borrow::Cow::into_owned).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
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

/// Names as a sentence lists them: `Ann, Ben and Cy`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => say!("{first} and {last}", first = first.join(", "), last),
    }
}

/// Everything the drawing says, in sentences.
fn alt(family: &Family<'_>, household: &Household, name: &str) -> String {
    let mut said = vec![match household.as_at {
        Some(day) => say!("The family of {name}, as known on {day}.", name, day = day.long()),
        None => say!("The family of {name}.", name),
    }];
    for member in &family.members {
        let Some(person) = member.person else { continue };
        let who = person.with_relation();
        said.push(match (person.status, member.at_home) {
            (Some(PersonStatus::Unknown), true) => say!("{who}, is not known, and lives with the child.", who),
            (Some(PersonStatus::Unknown), false) => say!("{who}, is not known.", who),
            (Some(PersonStatus::Deceased), true) => say!("{who}, has died, and lives with the child.", who),
            (Some(PersonStatus::Deceased), false) => say!("{who}, has died.", who),
            (Some(PersonStatus::Donor), true) => say!("{who}, a donor, and lives with the child.", who),
            (Some(PersonStatus::Donor), false) => say!("{who}, a donor.", who),
            (_, true) => say!("{who}, lives with the child.", who),
            (_, false) => format!("{who}."),
        });
    }
    // A name where there is one; else what the person is to the child.
    let called = |number: &usize| -> String {
        let Some(member) = family.members.get(*number) else { return String::new() };
        let Some(person) = member.person else { return name.to_owned() };
        let relation = || person.relation().map(|relation| say!("the {relation}", relation = relation.to_lowercase()));
        person.name.clone().or_else(relation).unwrap_or_default()
    };
    for union in &family.unions {
        let parents: Vec<String> = union.parents.iter().map(called).collect();
        let children = listed(&union.children.iter().map(called).collect::<Vec<_>>());
        if parents.len() > 1 {
            let parents = listed(&parents);
            said.push(match union.sign.filter(|sign| *sign != Sign::Partners) {
                Some(sign) => say!("{parents} are partners ({state}).", parents, state = sign.words()),
                None => say!("{parents} are partners.", parents),
            });
        }
        if children.is_empty() {
            continue;
        }
        for (number, parent) in union.parents.iter().zip(&parents) {
            let sex = family.members.get(*number).and_then(|member| member.sex);
            said.push(match (union.style, sex) {
                ("solid", Some(Sex::F)) => {
                    say!("{parent} is the mother of {children}.", parent, children)
                }
                ("solid", Some(Sex::M)) => {
                    say!("{parent} is the father of {children}.", parent, children)
                }
                ("solid", _) => say!("{parent} is a parent of {children}.", parent, children),
                ("dashed", _) => say!("{parent} has adopted {children}.", parent, children),
                _ => say!("{parent} looks after {children}.", parent, children),
            });
        }
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::figure::GAP;
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
            assert!(one.y + SYMBOL + LABEL_LINE * one.label.len() as f64 <= drawing.height);
            for other in &drawing.people[number + 1..] {
                let apart = (one.x - other.x).abs() >= drawing.slot - 0.01 || (one.y - other.y).abs() >= SYMBOL + GAP;
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

    /// Whether a point lies inside corners that go round once.
    fn is_inside(corners: &[Point], (x, y): Point) -> bool {
        let sides = corners.iter().zip(corners.iter().cycle().skip(1));
        sides.filter(|(a, b)| (a.1 > y) != (b.1 > y) && a.0 > x).count() % 2 == 1
    }

    #[test]
    fn a_household_is_one_shape_with_everyone_at_home_in_it_and_nobody_else() {
        let families = [
            (PEOPLE, RELATIONS),
            // Somebody at home on both sides of somebody who is not.
            ("mum mother F *, dad father M, dean step_parent M *, kit kinship_carer M *", "mum partner dad"),
            // A grandmother and no parent.
            ("mum mother F, dad father M, gran grandmother F *", "mum partner dad, gran parent mum"),
            ("mum mother F, dad father M, gran grandmother F *, amy sibling F, ben sibling M *", "gran parent dad"),
            ("amy sibling F *, ben sibling M, cara half_sibling F *, dan sibling M *", ""),
        ];
        for (people, relations) in families {
            let drawing = drawn(people, relations);
            let at_home: Vec<&str> =
                people.split(", ").filter_map(|one| one.strip_suffix(" *")?.split(' ').next()).chain(["Sam"]).collect();
            for person in &drawing.people {
                let inside = is_inside(&drawing.household, (person.x, person.y + SYMBOL / 2.0));
                let wanted = person.label.iter().any(|line| at_home.contains(&line.as_str()));
                assert_eq!(inside, wanted, "{person:?} of {people}: {:?}", drawing.household);
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

//! The lines of a genogram: between partners and down to children.

use super::family::{Family, Union};
use super::figure::{GAP, Point, SYMBOL, Sign, Sizes, Stroke};

/// Below a card, or above a symbol, to the first line; and from one line to the next, so that none lies on another: less
/// where there are many.
const NEAR: f64 = 2.5;

const STEP: f64 = 2.2;

/// What all lines of one generation may take of the room under its cards, and again over the next.
const LANES: f64 = GAP / 2.0 - NEAR - 0.5;

/// All lines between people.
pub(super) fn lines(family: &Family<'_>, points: &[Point], sizes: Sizes) -> Vec<Stroke> {
    let mut lines = Vec::new();
    let row = |union: &Union| union.parents.iter().filter_map(|n| family.members.get(*n)).map(|one| one.row).max();
    for (number, union) in family.unions.iter().enumerate() {
        let same = |other: &&Union| row(other) == row(union);
        let all = family.unions.iter().filter(same).count();
        let before = family.unions.iter().take(number).filter(same).count();
        let step = STEP.min(LANES / all.saturating_sub(1).max(1) as f64);
        joined(family, union, points, (sizes, before as f64 * step), &mut lines);
    }
    let point = |number: usize| points.get(number).copied();
    for (a, b) in &family.siblings {
        let (Some((ax, ay)), Some((bx, by))) = (point(*a), point(*b)) else { continue };
        let over = ay.min(by) - NEAR;
        lines.push(solid(vec![(ax, ay), (ax, over), (bx, over), (bx, by)]));
    }
    lines
}

fn solid(points: Vec<Point>) -> Stroke {
    Stroke { points, style: "solid", mark: None }
}

/// One union: the line under its partners with its sign, and the lines down to the children. No other union of the
/// generation has its lane: so far below the nearest line the first runs, and so far above the nearest the last.
///
/// A line leaves a symbol at its side: straight to a partner who stands beside it, else down beside the label, never
/// through it.
fn joined(family: &Family<'_>, union: &Union, points: &[Point], (sizes, lane): (Sizes, f64), lines: &mut Vec<Stroke>) {
    let at = |numbers: &[usize]| -> Vec<Point> { numbers.iter().filter_map(|n| points.get(*n).copied()).collect() };
    let (parents, children) = (at(&union.parents), at(&union.children));
    let Some(lowest) = parents.iter().map(|(_, y)| *y).reduce(f64::max) else { return };
    let under = lowest + sizes.card + NEAR + lane;
    let left = parents.iter().map(|(x, _)| *x).fold(f64::MAX, f64::min);
    let right = parents.iter().map(|(x, _)| *x).fold(f64::MIN, f64::max);
    let middle = f64::midpoint(left, right);
    // Partners who stand side by side are joined by the shortest line, and their children hang from it.
    let are_neighbours = parents.len() == 2
        && parents.iter().all(|(_, y)| same_height(*y, lowest))
        && !points.iter().any(|(x, y)| same_height(*y, lowest) && *x > left + 0.01 && *x < right - 0.01);
    let hangs_from = if are_neighbours { lowest + SYMBOL / 2.0 } else { under };
    if are_neighbours {
        let (start, end) = (left + SYMBOL / 2.0, right - SYMBOL / 2.0);
        let mark = marked(union, (start + (end - start) * 0.28, hangs_from));
        lines.push(Stroke { points: vec![(start, hangs_from), (end, hangs_from)], style: style_of(union), mark });
    } else if let [(ax, ay), (bx, by)] = parents.as_slice() {
        let to_the_right = if bx >= ax { 1.0 } else { -1.0 };
        let (from, to) = (beside(*ax, to_the_right, sizes, lane), beside(*bx, -to_the_right, sizes, lane));
        let points = vec![
            (ax + to_the_right * SYMBOL / 2.0, ay + SYMBOL / 2.0),
            (from, ay + SYMBOL / 2.0),
            (from, under),
            (to, under),
            (to, by + SYMBOL / 2.0),
            (bx - to_the_right * SYMBOL / 2.0, by + SYMBOL / 2.0),
        ];
        let mark = marked(union, (left + (right - left) * 0.3, under));
        lines.push(Stroke { points, style: style_of(union), mark });
    }
    let Some(top) = children.iter().map(|(_, y)| *y).reduce(f64::min) else { return };
    let alone = parents.len() == 1;
    let start = if alone { (beside(middle, 1.0, sizes, lane), under) } else { (middle, under) };
    let bar = top - NEAR - lane;
    let stroke = |points: Vec<Point>| Stroke { points, style: union.style, mark: None };
    // Twins hang from one point.
    let hook = |number: usize| {
        let (x, _) = points.get(number).copied()?;
        let twin = family.twins.iter().find_map(|(a, b)| match number {
            number if number == *a => points.get(*b),
            number if number == *b => points.get(*a),
            _ => None,
        });
        Some(twin.map_or(x, |(other, _)| f64::midpoint(x, *other)))
    };
    let ends = union.children.iter().filter_map(|number| hook(*number)).chain([middle]);
    let (first, last) = ends.fold((f64::MAX, f64::MIN), |(first, last), x| (first.min(x), last.max(x)));
    if alone {
        let side = (middle + SYMBOL / 2.0, lowest + SYMBOL / 2.0);
        lines.push(stroke(vec![side, (start.0, side.1), start, (middle, under)]));
    }
    lines.push(stroke(vec![(middle, hangs_from), (middle, bar)]));
    lines.push(stroke(vec![(first, bar), (last, bar)]));
    for number in &union.children {
        let (Some(hook), Some(child)) = (hook(*number), points.get(*number)) else { continue };
        lines.push(stroke(vec![(hook, bar), *child]));
    }
}

/// Whether two heights are one row's.
fn same_height(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.01
}

/// The sign of a union at a place on its line, where it has one.
fn marked(union: &Union, at: Point) -> Option<(Sign, Point)> {
    union.sign.filter(|sign| *sign != Sign::Partners).map(|sign| (sign, at))
}

fn style_of(union: &Union) -> &'static str {
    if union.sign == Some(Sign::Passing) { "passing" } else { "solid" }
}

/// Where a line goes down beside a person's label: within the person's own slot, each lane apart from the others.
fn beside(x: f64, side: f64, sizes: Sizes, lane: f64) -> f64 {
    x + side * (sizes.slot / 2.0 - 0.6 - lane / 2.0)
}

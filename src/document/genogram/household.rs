//! The dashed line of a genogram round those who live with the child: always one line, whoever stands between them.

use super::family::{Family, Member};
use super::figure::{GAP, Point, Sizes};

/// Between a slot's edge and the line.
const MARGIN: f64 = 1.6;

/// Half the width of a passage that joins what stands apart.
const HALF: f64 = 0.8;

/// Above the first row and under the last.
const OVER: f64 = 3.5;

const UNDER: f64 = 1.0;

/// An upright rectangle: left, right, top, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    /// Whether they share some of a side, not a corner alone.
    fn touches(&self, other: &Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across.min(down) >= 0.0 && across.max(down) > 0.0
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }
}

/// The corners of the line.
pub(super) fn household(family: &Family<'_>, points: &[Point], sizes: Sizes) -> Vec<Point> {
    let rows = family.rows();
    let first = points.iter().map(|(_, y)| *y).fold(f64::MAX, f64::min);
    // Row and row meet half way between them.
    let edge = |row: usize| first + sizes.pitch() * row as f64 - GAP / 2.0;
    let top = |row: usize| if row == 0 { first - OVER } else { edge(row) };
    let bottom = |row: usize| if row + 1 == rows { edge(rows) - GAP / 2.0 + UNDER } else { edge(row + 1) };
    let mut areas: Vec<Area> = Vec::new();
    let mut lived_in = Vec::new();
    for row in 0..rows {
        let runs = runs(family, points, sizes.slot, row);
        lived_in.extend((!runs.is_empty()).then_some(row));
        areas.extend(runs.iter().map(|(left, right)| Area {
            left: *left,
            right: *right,
            top: top(row),
            bottom: bottom(row),
        }));
    }
    let (Some(highest), Some(lowest)) = (lived_in.first().copied(), lived_in.last().copied()) else {
        return Vec::new();
    };
    // Through a generation of which nobody lives there, between two of its people.
    for row in (highest..lowest).filter(|row| !lived_in.contains(row)) {
        let x = passage(family, points, sizes.slot, row, areas.first());
        areas.push(Area { left: x - HALF, right: x + HALF, top: top(row), bottom: bottom(row) });
    }
    // From the child's generation upwards: along the edge over each row, then, for a single row, along its top.
    for row in (highest..=lowest).rev() {
        let along = if row == 0 { top(0) + HALF } else { edge(row) };
        join(&mut areas, along);
    }
    outline(&areas)
}

/// Neighbours of one generation who live with the child: left and right of each run of them.
fn runs(family: &Family<'_>, points: &[Point], slot: f64, row: usize) -> Vec<(f64, f64)> {
    let mut runs: Vec<(f64, f64)> = Vec::new();
    let mut is_open = false;
    for (x, member) in in_row(family, points, row) {
        let (left, right) = (x - slot / 2.0 + MARGIN, x + slot / 2.0 - MARGIN);
        match runs.last_mut().filter(|_| is_open && member.at_home) {
            Some(run) => run.1 = right,
            None if member.at_home => runs.push((left, right)),
            None => {}
        }
        is_open = member.at_home;
    }
    runs
}

/// The people of a generation with the middle of each, from the left.
fn in_row<'a>(family: &'a Family<'_>, points: &[Point], row: usize) -> Vec<(f64, &'a Member<'a>)> {
    let all = family.members.iter().zip(points).filter(|(member, _)| member.row == row);
    let mut here: Vec<_> = all.map(|(member, (x, _))| (*x, member)).collect();
    here.sort_by(|a, b| a.0.total_cmp(&b.0));
    here
}

/// Where a passage through a generation disturbs nobody: at the edge of a slot, the nearest to those who live above.
fn passage(family: &Family<'_>, points: &[Point], slot: f64, row: usize, over: Option<&Area>) -> f64 {
    let wanted = over.map_or(0.0, |over| f64::midpoint(over.left, over.right));
    let here = in_row(family, points, row);
    let edges = here.iter().flat_map(|(x, _)| [x - slot / 2.0, x + slot / 2.0]);
    let free = edges.filter(|edge| *edge >= HALF && here.iter().all(|(x, _)| (x - edge).abs() > slot / 2.0 - 0.01));
    free.min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs())).unwrap_or(HALF)
}

/// Joins, by passages along a height, the areas there that are not yet joined in another way.
fn join(areas: &mut Vec<Area>, along: f64) {
    let mut here: Vec<Area> = areas.iter().filter(|area| area.top <= along && along <= area.bottom).copied().collect();
    here.sort_by(|a, b| a.left.total_cmp(&b.left));
    for pair in here.windows(2) {
        let [one, other] = pair else { continue };
        if !are_joined(areas, one, other) {
            let (left, right) = (one.right.min(other.left), other.left.max(one.right));
            areas.push(Area { left: left - MARGIN, right: right + MARGIN, top: along - HALF, bottom: along + HALF });
        }
    }
}

/// Whether one area can be reached from another.
fn are_joined(areas: &[Area], one: &Area, other: &Area) -> bool {
    let mut reached = vec![*one];
    let mut seen = 0;
    while let Some(from) = reached.get(seen).copied() {
        let next: Vec<Area> =
            areas.iter().filter(|area| area.touches(&from) && !reached.contains(area)).copied().collect();
        reached.extend(next);
        seen += 1;
    }
    reached.contains(other)
}

/// The outline of areas that hang together: once round, the inside on the right hand.
fn outline(areas: &[Area]) -> Vec<Point> {
    let cuts = |of: fn(&Area) -> [f64; 2]| {
        let mut cuts: Vec<f64> = areas.iter().flat_map(of).collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        cuts
    };
    let (xs, ys) = (cuts(|area| [area.left, area.right]), cuts(|area| [area.top, area.bottom]));
    let is_in = |column: Option<usize>, row: Option<usize>| {
        let middle = |cuts: &[f64], at: Option<usize>| Some(f64::midpoint(*cuts.get(at?)?, *cuts.get(at? + 1)?));
        let place = middle(&xs, column).zip(middle(&ys, row));
        place.is_some_and(|(x, y)| areas.iter().any(|area| area.holds(x, y)))
    };
    // Every side of a cell inside that has the outside beyond it, in the direction that goes round to the right.
    let mut sides: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for row in 0..ys.len() {
        for column in (0..xs.len()).filter(|column| is_in(Some(*column), Some(row))) {
            let (right, down) = (column + 1, row + 1);
            let beyond = [
                (is_in(Some(column), row.checked_sub(1)), (column, row), (right, row)),
                (is_in(Some(right), Some(row)), (right, row), (right, down)),
                (is_in(Some(column), Some(down)), (right, down), (column, down)),
                (is_in(column.checked_sub(1), Some(row)), (column, down), (column, row)),
            ];
            sides.extend(beyond.into_iter().filter(|(inside, ..)| !inside).map(|(_, from, to)| (from, to)));
        }
    }
    let Some((start, mut at)) = sides.first().copied() else { return Vec::new() };
    let mut corners = vec![start];
    while at != start && corners.len() <= sides.len() {
        corners.push(at);
        at = sides.iter().find(|(from, _)| *from == at).map_or(start, |(_, to)| *to);
    }
    // A corner is where the direction changes.
    let count = corners.len();
    let turns = (0..count).filter(|i| {
        let corner = |i: usize| corners.get(i % count).copied().unwrap_or_default();
        let (before, here, after) = (corner(i + count - 1), corner(*i), corner(i + 1));
        !((before.0 == here.0 && here.0 == after.0) || (before.1 == here.1 && here.1 == after.1))
    });
    let point = |i: usize| {
        let (x, y) = corners.get(i)?;
        Some((*xs.get(*x)?, *ys.get(*y)?))
    };
    turns.filter_map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, right: f64, top: f64, bottom: f64) -> Area {
        Area { left, right, top, bottom }
    }

    #[test]
    fn areas_that_hang_together_have_one_outline() {
        assert_eq!(outline(&[area(0.0, 4.0, 0.0, 3.0)]), [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]);
        let step = outline(&[area(0.0, 4.0, 0.0, 3.0), area(2.0, 6.0, 3.0, 5.0)]);
        assert_eq!(
            step,
            [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (6.0, 3.0), (6.0, 5.0), (2.0, 5.0), (2.0, 3.0), (0.0, 3.0)]
        );
    }

    #[test]
    fn what_stands_apart_is_joined_once() {
        let mut areas = vec![area(0.0, 4.0, 0.0, 10.0), area(8.0, 12.0, 0.0, 10.0), area(0.0, 12.0, 10.0, 20.0)];
        join(&mut areas, 10.0);
        assert_eq!(areas.len(), 3, "joined by the row under them");
        let mut apart = vec![area(0.0, 4.0, 0.0, 10.0), area(8.0, 12.0, 0.0, 10.0)];
        join(&mut apart, 1.0);
        join(&mut apart, 1.0);
        assert_eq!(apart.len(), 3);
        assert!(are_joined(&apart, &apart[0], &apart[1]));
    }
}

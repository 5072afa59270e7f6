//! The lines of a picture: level through the columns, curved between them.
//!
//! A curve stays in the space between two columns, where no box is; a level piece stays in the
//! lane that its column kept free. So no line meets a box but at its ends.

use crate::drawing::{
    EdgeKind, Layout, Point, RoutedLine, Stroke,
    label::{BOX_WIDTH, Label},
    lanes::{Columns, Item, Joint},
    layout::MARGIN,
    place::Sizes,
};

/// The space between columns: more where lines are steep, so that they can be told apart.
const GAP_MIN: i64 = 56;
const GAP_MAX: i64 = 220;
const STEEPNESS: i64 = 7;

/// How far the ports of the two kinds of lines lie from the middle of a box that has both.
const PORT: i64 = 8;

/// The heights of items, and where their lines begin and end.
pub(super) fn sizes(columns: &Columns, labels: &[Label]) -> Sizes {
    let height = columns.items.iter().map(|item| match *item {
        Item::Box(node) => labels[node].height,
        Item::Lane => 0,
    });
    let mut starts = vec![Ends::default(); columns.items.len()];
    let mut ends = starts.clone();
    let place = columns.places();
    for joint in &columns.joints {
        let kind = columns.lines[joint.line].kind;
        starts[joint.from].add(kind, place[joint.to]);
        ends[joint.to].add(kind, place[joint.from]);
    }
    let ports = columns.joints.iter().map(|joint| {
        let kind = columns.lines[joint.line].kind;
        (starts[joint.from].port(kind), ends[joint.to].port(kind))
    });
    Sizes { height: height.collect(), ports: ports.collect() }
}

/// The lines that meet an item at one side: of each kind how many, and the sum of the places of
/// their other ends.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    counts: (usize, usize),
    before: (usize, usize),
}

impl Ends {
    fn add(&mut self, kind: EdgeKind, place: usize) {
        let (count, sum) = match kind {
            EdgeKind::CountsToward => &mut self.counts,
            EdgeKind::Prerequisite => &mut self.before,
        };
        *count += 1;
        *sum += place;
    }

    /// The kind that comes from higher up, or goes there, has the upper port.
    fn port(self, kind: EdgeKind) -> i64 {
        let ((counts, counts_sum), (before, before_sum)) = (self.counts, self.before);
        if counts == 0 || before == 0 {
            return 0;
        }
        let counts_above = counts_sum * before <= before_sum * counts;
        if counts_above == (kind == EdgeKind::CountsToward) { -PORT } else { PORT }
    }
}

/// Adds the boxes that have lines, and the lines.
pub(super) fn draw(columns: &Columns, sizes: &Sizes, middle: &[i64], labels: &[Label], layout: &mut Layout) {
    let ends = |at: usize, joint: &Joint| {
        let (left, right) = sizes.ports[at];
        (MARGIN + middle[joint.from] + left, MARGIN + middle[joint.to] + right)
    };
    let lefts = lefts(columns, ends);
    for (item, &kind) in columns.items.iter().enumerate() {
        if let Item::Box(node) = kind {
            let corner =
                Point { x: lefts[columns.column[item]], y: MARGIN + middle[item] - sizes.height[item] / 2 };
            layout.boxes.push(labels[node].at(node, corner));
        }
    }
    let mut lines: Vec<_> = columns
        .lines
        .iter()
        .map(|line| RoutedLine { kind: line.kind, from: Vec::new(), to: Vec::new(), strokes: Vec::new() })
        .collect();
    for (at, joint) in columns.joints.iter().enumerate() {
        let line = &mut lines[joint.line];
        let (left, right) = ends(at, joint);
        let column = columns.column[joint.to];
        let from = Point { x: lefts[column - 1] + BOX_WIDTH, y: left };
        let to = Point { x: lefts[column], y: right };
        line.strokes.push(Stroke { from, to });
        if let Item::Box(node) = columns.items[joint.from] {
            line.from.push((node, from));
        }
        match columns.items[joint.to] {
            Item::Box(node) => line.to.push((node, to)),
            Item::Lane => {
                line.strokes.push(Stroke { from: to, to: Point { x: to.x + BOX_WIDTH, y: to.y } });
            }
        }
    }
    for line in &mut lines {
        tidy(line);
    }
    layout.lines = lines;
    extent(columns, sizes, middle, &lefts, layout);
}

/// Names each end and each piece once.
fn tidy(line: &mut RoutedLine) {
    line.from.sort_unstable();
    line.from.dedup();
    line.to.sort_unstable();
    line.to.dedup();
    line.strokes.sort_unstable();
    line.strokes.dedup();
}

/// The left border of each column.
fn lefts(columns: &Columns, ends: impl Fn(usize, &Joint) -> (i64, i64)) -> Vec<i64> {
    let mut steepest = vec![0; columns.columns.len()];
    for (at, joint) in columns.joints.iter().enumerate() {
        let (left, right) = ends(at, joint);
        let steepest = &mut steepest[columns.column[joint.from]];
        *steepest = i64::max(*steepest, (right - left).abs());
    }
    let mut next = MARGIN;
    let left = |steepest: i64| {
        let left = next;
        next += BOX_WIDTH + (GAP_MIN / 2 + steepest / STEEPNESS).clamp(GAP_MIN, GAP_MAX);
        left
    };
    steepest.into_iter().map(left).collect()
}

fn extent(columns: &Columns, sizes: &Sizes, middle: &[i64], lefts: &[i64], layout: &mut Layout) {
    let bottoms = (0..columns.items.len()).map(|item| middle[item] + sizes.height[item] / 2);
    layout.height = MARGIN + bottoms.max().unwrap_or(0);
    layout.width = lefts.last().map_or(0, |left| left + BOX_WIDTH + MARGIN);
}

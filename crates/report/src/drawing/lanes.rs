//! Boxes in columns, and a lane in each column that a line has to pass.
//!
//! All lines of one kind from one box share their lanes: one line that forks. Where a box has a
//! single line of a kind, it is joined with the other such lines that lead to the same box. So
//! there are at most four lanes for each box in a column, however many lines there are (compare
//! Newbery, "Edge concentration: a method for clustering directed graphs", 1989).

use std::collections::BTreeMap;

use crate::drawing::{EdgeKind, Picture};

/// More boxes, lanes and joints than these are not drawn: nobody could read the picture.
const PARTS_MAX: usize = 400_000;

/// Something that has a place in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A box, by the position of its node.
    Box(usize),
    /// A line passing through.
    Lane,
}

/// What joins an item to one in the next column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Joint {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Position of the line it is part of.
    pub(super) line: usize,
}

/// Lines of one kind that fork from one box, or join at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: EdgeKind,
    /// The nodes where it begins: one, if it has several targets.
    pub(super) sources: Vec<usize>,
    /// The nodes to which it leads: one, if it has several sources.
    pub(super) targets: Vec<usize>,
}

/// A picture in columns, its lines cut into joints between neighbouring columns.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) items: Vec<Item>,
    /// The column of each item.
    pub(super) column: Vec<usize>,
    /// The items of each column, from the top.
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) joints: Vec<Joint>,
    pub(super) lines: Vec<Line>,
}

/// Cuts a picture's lines, unless that takes too many parts. Boxes without lines are left out.
pub(super) fn columns(picture: &Picture) -> Option<Columns> {
    let mut columns = Columns {
        items: Vec::new(),
        column: Vec::new(),
        columns: Vec::new(),
        joints: Vec::new(),
        lines: lines(picture),
    };
    let boxes = columns.add_boxes(picture);
    for line in 0..columns.lines.len() {
        columns.cut(line, &boxes, picture)?;
    }
    Some(columns)
}

/// The edges of a picture, forked and joined.
fn lines(picture: &Picture) -> Vec<Line> {
    let mut forks: BTreeMap<(usize, EdgeKind), Vec<usize>> = BTreeMap::new();
    for edge in picture.edges() {
        forks.entry((edge.from, edge.kind)).or_default().push(edge.to);
    }
    let mut joins: BTreeMap<(usize, EdgeKind), Vec<usize>> = BTreeMap::new();
    let mut lines = Vec::new();
    for ((source, kind), targets) in forks {
        match targets[..] {
            [target] => joins.entry((target, kind)).or_default().push(source),
            _ => lines.push(Line { kind, sources: vec![source], targets }),
        }
    }
    let joined = |((target, kind), sources)| Line { kind, sources, targets: vec![target] };
    lines.extend(joins.into_iter().map(joined));
    lines
}

impl Columns {
    fn add(&mut self, item: Item, column: usize) -> usize {
        let at = self.items.len();
        self.items.push(item);
        self.column.push(column);
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Vec::new);
        }
        self.columns[column].push(at);
        at
    }

    /// The item of each node that has a line.
    fn add_boxes(&mut self, picture: &Picture) -> Vec<usize> {
        let mut joined = vec![false; picture.nodes().len()];
        for edge in picture.edges() {
            joined[edge.from] = true;
            joined[edge.to] = true;
        }
        let add = |(node, joined): (usize, bool)| {
            if joined { self.add(Item::Box(node), picture.nodes()[node].layer) } else { usize::MAX }
        };
        joined.into_iter().enumerate().map(add).collect()
    }

    /// Leads a line from its sources through a lane in each column between them and its targets.
    fn cut(&mut self, line: usize, boxes: &[usize], picture: &Picture) -> Option<()> {
        let layer = |node: usize| picture.nodes()[node].layer;
        let Line { mut sources, mut targets, .. } = self.lines[line].clone();
        sources.sort_by_key(|&source| layer(source));
        targets.sort_by_key(|&target| layer(target));
        let mut column = sources.first().map_or(0, |&source| layer(source));
        let last = targets.last().map_or(0, |&target| layer(target));
        let (mut sources, mut targets) = (sources.into_iter().peekable(), targets.into_iter().peekable());
        let mut trunk = None;
        while column < last {
            let here = std::iter::from_fn(|| sources.next_if(|&source| layer(source) == column));
            let starts: Vec<_> = trunk.into_iter().chain(here.map(|source| boxes[source])).collect();
            column += 1;
            let lane = (column < last).then(|| self.add(Item::Lane, column));
            let there = std::iter::from_fn(|| targets.next_if(|&target| layer(target) == column));
            let ends: Vec<_> = there.map(|target| boxes[target]).chain(lane).collect();
            for &from in &starts {
                self.joints.extend(ends.iter().map(|&to| Joint { from, to, line }));
            }
            trunk = lane;
            if self.items.len() + self.joints.len() > PARTS_MAX {
                return None;
            }
        }
        Some(())
    }

    /// The place of each item in its column.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut place = vec![0; self.items.len()];
        for (at, &item) in self.columns.iter().flat_map(|column| column.iter().enumerate()) {
            place[item] = at;
        }
        place
    }

    /// The joints of each item, to the right and to the left.
    pub(super) fn neighbours(&self) -> Neighbours {
        let mut right = vec![Vec::new(); self.items.len()];
        let mut left = vec![Vec::new(); self.items.len()];
        for (at, joint) in self.joints.iter().enumerate() {
            right[joint.from].push(at);
            left[joint.to].push(at);
        }
        Neighbours { right, left }
    }
}

/// The joints of each item.
#[derive(Debug)]
pub(super) struct Neighbours {
    pub(super) right: Vec<Vec<usize>>,
    pub(super) left: Vec<Vec<usize>>,
}

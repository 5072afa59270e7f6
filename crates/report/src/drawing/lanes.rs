//! Boxes in columns, and a lane in each column that a line has to pass.
//!
//! All lines of one kind from one box share their lanes: one line that forks. So there are at
//! most two lanes for each box in a column, however many lines there are (compare the edge
//! concentration of Newbery, "Edge concentration: a method for clustering directed graphs", 1989).

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

/// All lines of one kind from one box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) kind: EdgeKind,
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
    let mut lines: BTreeMap<(usize, EdgeKind), Vec<usize>> = BTreeMap::new();
    for edge in picture.edges() {
        lines.entry((edge.from, edge.kind)).or_default().push(edge.to);
    }
    let lines = lines.into_iter().map(|((from, kind), targets)| Line { from, kind, targets });
    let mut columns = Columns {
        items: Vec::new(),
        column: Vec::new(),
        columns: Vec::new(),
        joints: Vec::new(),
        lines: lines.collect(),
    };
    let boxes = columns.add_boxes(picture);
    for line in 0..columns.lines.len() {
        columns.cut(line, &boxes, picture)?;
    }
    Some(columns)
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

    fn cut(&mut self, line: usize, boxes: &[usize], picture: &Picture) -> Option<()> {
        let layer = |node: usize| picture.nodes()[node].layer;
        let Line { from, mut targets, .. } = self.lines[line].clone();
        targets.sort_by_key(|&target| layer(target));
        let mut trunk = boxes[from];
        let mut column = layer(from);
        for target in targets {
            while column + 1 < layer(target) {
                column += 1;
                let lane = self.add(Item::Lane, column);
                self.joints.push(Joint { from: trunk, to: lane, line });
                trunk = lane;
            }
            self.joints.push(Joint { from: trunk, to: boxes[target], line });
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

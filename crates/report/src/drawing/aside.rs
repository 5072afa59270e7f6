//! Boxes that no line meets: in rows below the drawing, instead of one endless column.

use crate::drawing::{
    Layout, Picture, Point,
    label::{BOX_WIDTH, Label},
    layout::MARGIN,
    legend, words,
};

const BETWEEN: i64 = 18;

/// Adds the boxes without lines below what is there.
pub(super) fn add(picture: &Picture, labels: &[Label], layout: &mut Layout) {
    let mut joined = vec![false; labels.len()];
    for edge in picture.edges() {
        joined[edge.from] = true;
        joined[edge.to] = true;
    }
    let alone: Vec<usize> = (0..labels.len()).filter(|&node| !joined[node]).collect();
    if alone.is_empty() {
        return;
    }
    let per_row = per_row(alone.len(), layout.width);
    layout.width = layout.width.max(2 * MARGIN + width(per_row.min(alone.len())));
    if layout.boxes.is_empty() {
        layout.height = MARGIN;
    } else {
        layout.height += BETWEEN;
        legend::note(words::UNCONNECTED, layout);
        layout.height += BETWEEN / 2;
    }
    for row in alone.chunks(per_row) {
        let height = row.iter().map(|&node| labels[node].height).max().unwrap_or(0);
        let mut x = MARGIN;
        for &node in row {
            layout.boxes.push(labels[node].at(node, Point { x, y: layout.height }));
            x += BOX_WIDTH + BETWEEN;
        }
        layout.height += height + BETWEEN;
    }
    layout.height -= BETWEEN;
}

/// As many as fit below the drawing; more if the rows would become a tower.
fn per_row(count: usize, width: i64) -> usize {
    let fit = usize::try_from((width - 2 * MARGIN + BETWEEN) / (BOX_WIDTH + BETWEEN)).unwrap_or(0);
    fit.max(count.isqrt() * 2 / 3).max(1)
}

fn width(boxes: usize) -> i64 {
    i64::try_from(boxes).unwrap_or(0) * (BOX_WIDTH + BETWEEN) - BETWEEN
}

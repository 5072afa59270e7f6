//! The height at which each item stands.
//!
//! A column's order and the least distances are given; wanted are heights near those of the
//! neighbours. For one column and given neighbours, the heights with the least sum of weighted
//! squares are found exactly by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman
//! 1955; Barlow et al. 1972). Sweeping over the columns then plays the part of the linear segments
//! of Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2001): lanes weigh
//! more than boxes, as in Gansner et al. (1993), and so become straight.

use crate::drawing::lanes::{Columns, Item, Joint, Neighbours};

const SWEEPS: usize = 12;

/// Least distances between the borders of neighbours in a column.
const BETWEEN_BOXES: i64 = 18;
const BETWEEN_BOX_AND_LANE: i64 = 14;
const BETWEEN_LANES: i64 = 9;

/// Heights of items and of their ports.
pub(super) struct Sizes {
    /// The height of each item.
    pub(super) height: Vec<i64>,
    /// For each joint, how far below the middle of its left and right items it ends.
    pub(super) ports: Vec<(i64, i64)>,
}

/// The middle of each item; the least top is 0.
pub(super) fn place(columns: &Columns, neighbours: &Neighbours, sizes: &Sizes) -> Vec<i64> {
    let offsets: Vec<Vec<i64>> =
        columns.columns.iter().map(|column| offsets(column, &columns.items, sizes)).collect();
    let mut middle = vec![0; columns.items.len()];
    for (column, offsets) in columns.columns.iter().zip(&offsets) {
        let half = offsets.last().copied().unwrap_or(0) / 2;
        for (&item, offset) in column.iter().zip(offsets) {
            middle[item] = offset - half;
        }
    }
    let count = columns.columns.len();
    for sweep in 0..SWEEPS {
        let both = sweep + 2 >= SWEEPS;
        let rightward = sweep % 2 == 0;
        for turn in 0..count {
            let at = if rightward { turn } else { count - 1 - turn };
            let sides = [(rightward || both, &neighbours.left), (!rightward || both, &neighbours.right)];
            let wishes = columns.columns[at].iter().zip(&offsets[at]).map(|(&item, offset)| {
                let (sum, weight) = wish(item, columns, sizes, &middle, sides);
                (sum - offset * weight, weight)
            });
            let fitted = monotone(wishes);
            for ((&item, offset), height) in columns.columns[at].iter().zip(&offsets[at]).zip(fitted) {
                middle[item] = height + offset;
            }
        }
    }
    let top = (0..middle.len()).map(|item| middle[item] - sizes.height[item] / 2).min().unwrap_or(0);
    middle.iter_mut().for_each(|middle| *middle -= top);
    middle
}

/// How far each item of a column stands below the first, if all stand as close as they may.
fn offsets(column: &[usize], items: &[Item], sizes: &Sizes) -> Vec<i64> {
    let mut offset = 0;
    let mut offsets = Vec::with_capacity(column.len());
    for (at, &item) in column.iter().enumerate() {
        if let Some(&above) = at.checked_sub(1).and_then(|at| column.get(at)) {
            let between = match (items[above], items[item]) {
                (Item::Box(_), Item::Box(_)) => BETWEEN_BOXES,
                (Item::Lane, Item::Lane) => BETWEEN_LANES,
                _ => BETWEEN_BOX_AND_LANE,
            };
            offset += sizes.height[above] / 2 + between + sizes.height[item] / 2;
        }
        offsets.push(offset);
    }
    offsets
}

/// The weighted sum of the heights that an item's neighbours ask for, and the weight.
fn wish(
    item: usize,
    columns: &Columns,
    sizes: &Sizes,
    middle: &[i64],
    sides: [(bool, &Vec<Vec<usize>>); 2],
) -> (i64, i64) {
    // An item without neighbours stays where it is, unless another pushes it.
    let (mut sum, mut weight) = (middle[item], 1);
    for (_, side) in sides.into_iter().filter(|&(looked_at, _)| looked_at) {
        for &at in &side[item] {
            let joint = columns.joints[at];
            let (left, right) = sizes.ports[at];
            let asked = if joint.to == item {
                middle[joint.from] + left - right
            } else {
                middle[joint.to] + right - left
            };
            let more = importance(joint, &columns.items);
            sum += asked * more;
            weight += more;
        }
    }
    (sum, weight)
}

fn importance(joint: Joint, items: &[Item]) -> i64 {
    match (items[joint.from], items[joint.to]) {
        (Item::Lane, Item::Lane) => 128,
        (Item::Box(_), Item::Box(_)) => 16,
        _ => 32,
    }
}

/// The numbers, none less than the one before, with the least weighted squares of differences
/// from the wishes; each wish is a weighted sum and its weight.
fn monotone(wishes: impl Iterator<Item = (i64, i64)>) -> Vec<i64> {
    let mut blocks: Vec<(i64, i64, usize)> = Vec::new();
    for (sum, weight) in wishes {
        let mut block = (sum, weight, 1);
        while let Some(&(sum, weight, count)) = blocks.last() {
            if sum.div_euclid(weight) < block.0.div_euclid(block.1) {
                break;
            }
            block = (block.0 + sum, block.1 + weight, block.2 + count);
            blocks.pop();
        }
        blocks.push(block);
    }
    let spread = |(sum, weight, count): (i64, i64, usize)| std::iter::repeat_n(sum.div_euclid(weight), count);
    blocks.into_iter().flat_map(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::monotone;

    #[test]
    fn numbers_that_fall_are_pooled() {
        let wishes = [(1, 1), (9, 1), (5, 1), (20, 2)];
        assert_eq!(monotone(wishes.into_iter()), [1, 7, 7, 10]);
    }
}

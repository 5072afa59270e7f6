//! Exchanges neighbours in a column wherever that takes crossings away.
//!
//! The `transpose` of Gansner, Koutsofios, North and Vo, "A Technique for Drawing Directed Graphs",
//! IEEE TSE 19 (1993); it mends what barycentres leave behind.

use crate::drawing::lanes::{Columns, Neighbours};

const ROUNDS_MAX: usize = 10;

/// In larger pictures the gain is not worth the time.
const JOINTS_MAX: usize = 30_000;

/// Exchanges neighbours until no exchange helps, or long enough.
pub(super) fn exchange(columns: &mut Columns, neighbours: &Neighbours) {
    if columns.joints.len() > JOINTS_MAX {
        return;
    }
    let mut place = columns.places();
    for _ in 0..ROUNDS_MAX {
        let mut helped = false;
        for column in 0..columns.columns.len() {
            helped |= in_column(columns, column, neighbours, &mut place);
        }
        if !helped {
            return;
        }
    }
}

fn in_column(columns: &mut Columns, column: usize, neighbours: &Neighbours, place: &mut [usize]) -> bool {
    let ends =
        |item: usize| [&neighbours.left, &neighbours.right].map(|side| ends(item, side, columns, place));
    let mut items: Vec<_> = columns.columns[column].iter().map(|&item| (item, ends(item))).collect();
    let mut helped = false;
    for lower in 1..items.len() {
        let (above, below) = (&items[lower - 1].1, &items[lower].1);
        let crossed = |above: &[Vec<usize>; 2], below: &[Vec<usize>; 2]| {
            (0..2).map(|side| inversions(&above[side], &below[side])).sum::<usize>()
        };
        if crossed(below, above) < crossed(above, below) {
            items.swap(lower - 1, lower);
            helped = true;
        }
    }
    for (at, (item, _)) in items.iter().enumerate() {
        place[*item] = at;
        columns.columns[column][at] = *item;
    }
    helped
}

/// The places of what an item is joined to at one side, sorted.
fn ends(item: usize, side: &[Vec<usize>], columns: &Columns, place: &[usize]) -> Vec<usize> {
    let other = |&joint: &usize| columns.joints[joint].from + columns.joints[joint].to - item;
    let mut ends: Vec<usize> = side[item].iter().map(|joint| place[other(joint)]).collect();
    ends.sort_unstable();
    ends
}

/// How many pairs cross, when the item with the ends `above` stands above the one with `below`.
fn inversions(above: &[usize], below: &[usize]) -> usize {
    let mut smaller = 0;
    let mut found = 0;
    for end in above {
        smaller += below[smaller..].iter().take_while(|&other| other < end).count();
        found += smaller;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::inversions;

    #[test]
    fn equal_ends_do_not_cross() {
        assert_eq!(inversions(&[1, 2], &[1, 2]), 1);
        assert_eq!(inversions(&[3, 4], &[1, 2]), 4);
        assert_eq!(inversions(&[1], &[1, 2]), 0);
    }
}

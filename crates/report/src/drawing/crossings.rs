//! How many lines cross between two columns.
//!
//! After Barth, Jünger and Mutzel, "Simple and Efficient Bilayer Cross Counting" (2002): the
//! inversions of the right ends, when the lines are sorted by their left ends.

/// Crossings of lines given by the positions of their left and right ends.
pub(super) fn crossings(lines: &mut [(usize, usize)]) -> u64 {
    lines.sort_unstable();
    let size = lines.iter().map(|&(_, right)| right + 1).max().unwrap_or(0);
    // A Fenwick tree over the right ends seen so far.
    let mut tree = vec![0; size + 1];
    let mut found = 0;
    for (seen, &(_, right)) in (0..).zip(lines.iter()) {
        found += seen - sum(&tree, right + 1);
        add(&mut tree, right + 1);
    }
    found
}

/// How many of the first `upto` places are taken.
fn sum(tree: &[u64], upto: usize) -> u64 {
    let mut at = upto;
    let mut sum = 0;
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn add(tree: &mut [u64], place: usize) {
    let mut at = place;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::crossings;

    #[test]
    fn lines_that_share_an_end_do_not_cross() {
        assert_eq!(crossings(&mut [(0, 0), (0, 1), (1, 1)]), 0);
        assert_eq!(crossings(&mut [(0, 1), (1, 0)]), 1);
        assert_eq!(crossings(&mut [(0, 2), (1, 1), (2, 0)]), 3);
        assert_eq!(crossings(&mut []), 0);
    }
}

//! The least shortfall of pools that accept every holding, by a table of sums.

use std::collections::BTreeSet;

/// The least sum of what the pools fall short, when each holding goes whole into one pool.
pub(super) fn shortfall(credits: &[usize], needs: &[usize]) -> usize {
    // What each pool has, where more than it needs is as good as what it needs.
    let mut reached = BTreeSet::from([vec![0; needs.len()]]);
    for &amount in credits {
        let mut next = BTreeSet::new();
        for sums in &reached {
            for pool in 0..needs.len() {
                let mut sums = sums.clone();
                sums[pool] = needs[pool].min(sums[pool] + amount);
                next.insert(sums);
            }
        }
        reached = next;
    }
    let missing = |sums: &Vec<usize>| needs.iter().zip(sums).map(|(need, sum)| need - sum).sum();
    reached.iter().map(missing).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::shortfall;

    #[test]
    fn a_holding_is_not_divided() {
        assert_eq!(shortfall(&[3, 3], &[2, 4]), 1);
        assert_eq!(shortfall(&[5, 1], &[3, 3]), 2);
        assert_eq!(shortfall(&[2, 4], &[2, 4]), 0);
    }
}

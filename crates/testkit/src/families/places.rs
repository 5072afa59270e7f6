//! Families in number: every optimum is a matching.

use super::{Case, Draft, matching};
use crate::random::Dice;

/// So many different holdings for one place more, each of which accepts them all.
pub(super) fn pigeonhole(holdings: usize) -> Case {
    // Different credits, so that no two holdings are interchangeable.
    let mut draft = Draft::holding((0..holdings).map(|at| 1000 + at));
    let leaves: Vec<_> = (0..=holdings).map(|_| draft.leaf("count", 1, 0..holdings)).collect();
    draft.finish(&leaves, Some(1))
}

/// Two or three "k of `size`" whose pools overlap by a half, with one holding fewer than wanted.
pub(super) fn overlapping(dice: &mut Dice, pools: usize, size: usize) -> Case {
    let holdings = size + size / 2 * (pools - 1);
    let needed = if size < 10 { 3 } else { size * 3 / 10 + size / 30 };
    let held = (needed * pools).saturating_sub(dice.below(4)).min(holdings);
    let mut kept: Vec<usize> = (0..holdings).collect();
    dice.shuffle(&mut kept);
    kept.truncate(held);
    let mut draft = Draft::holding((0..held).map(|_| 3000 + 1000 * dice.below(3)));
    let mut places = Vec::new();
    let mut leaves = Vec::new();
    for pool in 0..pools {
        let first = pool * (size / 2);
        let of: Vec<usize> = (0..held).filter(|&at| (first..first + size).contains(&kept[at])).collect();
        leaves.push(draft.leaf("count", needed, of.iter().copied()));
        places.extend(std::iter::repeat_n(of, needed));
    }
    let missing = places.len() - matching::most(&places);
    draft.finish(&leaves, Some(missing))
}

/// Sixty holdings, each accepted in two to four of 55 places.
pub(super) fn bipartite(dice: &mut Dice) -> Case {
    let mut draft = Draft::holding((0..60).map(|_| 3000));
    let mut places = vec![Vec::new(); 55];
    for holding in 0..60 {
        let mut all: Vec<usize> = (0..places.len()).collect();
        dice.shuffle(&mut all);
        for &place in &all[..2 + dice.below(3)] {
            places[place].push(holding);
        }
    }
    let leaves: Vec<_> = places.iter().map(|place| draft.leaf("count", 1, place.iter().copied())).collect();
    let missing = places.len() - matching::most(&places);
    draft.finish(&leaves, Some(missing))
}

/// Sixty holdings in six groups: each requirement accepts one or two groups, but for some exceptions.
pub(super) fn correlated(dice: &mut Dice) -> Case {
    let mut draft = Draft::holding((0..60).map(|_| 3000 + 1000 * dice.below(2)));
    let mut places = Vec::new();
    let mut leaves = Vec::new();
    for _ in 0..30 {
        let groups = [dice.below(6), dice.below(6)];
        let accepts = |holding: &usize| groups.contains(&(holding % 6)) != dice.once_in(15);
        let of: Vec<usize> = (0..60).filter(accepts).collect();
        let needed = 1 + dice.below(3);
        leaves.push(draft.leaf("count", needed, of.iter().copied()));
        places.extend(std::iter::repeat_n(of, needed));
    }
    let missing = places.len() - matching::most(&places);
    draft.finish(&leaves, Some(missing))
}

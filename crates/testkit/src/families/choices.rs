//! Families in which requirements are chosen.

use super::{Case, Draft};
use crate::random::Dice;

fn some_of(dice: &mut Dice, holdings: usize, size: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..holdings).collect();
    dice.shuffle(&mut all);
    all.truncate(size);
    all
}

/// Eleven places, four times two of three pairs of places, five pools of 12 credits that overlap.
pub(super) fn nested(dice: &mut Dice) -> Case {
    let mut draft = Draft::holding((0..60).map(|_| 3000));
    let place = |draft: &mut Draft, dice: &mut Dice| {
        let size = 2 + dice.below(4);
        draft.leaf("count", 1, some_of(dice, 60, size))
    };
    let mut all: Vec<_> = (0..11).map(|_| place(&mut draft, dice)).collect();
    for group in 0..4 {
        let mut options = Vec::new();
        for option in 0..3 {
            let pair = [place(&mut draft, dice), place(&mut draft, dice)];
            options.push(draft.group(format!("pair-{group}-{option}"), 2, &pair));
        }
        all.push(draft.group(format!("group-{group}"), 2, &options));
    }
    for _ in 0..5 {
        all.push(draft.leaf("credits", 12, some_of(dice, 60, 20)));
    }
    draft.finish(&all, None)
}

/// Twenty times one of three pairs, where all pairs are out of forty holdings.
pub(super) fn choices(dice: &mut Dice) -> Case {
    let mut draft = Draft::holding((0..40).map(|_| 3000));
    let mut all = Vec::new();
    for group in 0..20 {
        let mut options = Vec::new();
        for option in 0..3 {
            let pair = some_of(dice, 40, 2).into_iter().map(|at| draft.leaf("count", 1, [at]));
            let pair: Vec<_> = pair.collect();
            options.push(draft.group(format!("pair-{group}-{option}"), 2, &pair));
        }
        all.push(draft.group(format!("group-{group}"), 1, &options));
    }
    draft.finish(&all, None)
}

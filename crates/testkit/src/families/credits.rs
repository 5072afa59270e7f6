//! Families in credits: a holding counts whole, so sums rarely come out even.

use super::{Case, Draft, sums};
use crate::random::Dice;

fn two_to_six(dice: &mut Dice, holdings: usize) -> Vec<usize> {
    (0..holdings).map(|_| 2 + dice.below(5)).collect()
}

/// Which of the holdings each of so many pools accepts: each holding in about two of five.
fn accepted(dice: &mut Dice, holdings: usize, pools: usize) -> Vec<Vec<usize>> {
    (0..pools).map(|_| (0..holdings).filter(|_| dice.below(5) < 2).collect()).collect()
}

/// Ten pools that need what a hidden allocation gives them, and up to three credits more.
///
/// No allocation gives more than the supply, so exactly those are missing.
pub(super) fn tight_planted(dice: &mut Dice) -> Case {
    let credits = two_to_six(dice, 50);
    let mut pools = accepted(dice, 50, 10);
    let mut needs = vec![0; pools.len()];
    for (holding, credits) in credits.iter().enumerate() {
        let pool = dice.below(pools.len());
        if !pools[pool].contains(&holding) {
            pools[pool].push(holding);
        }
        needs[pool] += credits;
    }
    let missing = dice.below(4);
    needs[0] += missing;
    let mut draft = Draft::holding_whole(&credits);
    let asked = pools.iter().zip(&needs).filter(|(_, need)| **need > 0);
    let leaves: Vec<_> =
        asked.map(|(pool, &need)| draft.leaf("credits", need, pool.iter().copied())).collect();
    draft.finish(&leaves, Some(missing))
}

/// Ten pools of nearly equal needs, and ten places; together they need about what is held.
pub(super) fn tight_random(dice: &mut Dice) -> Case {
    let credits = two_to_six(dice, 50);
    let pools = accepted(dice, 50, 20);
    let mut draft = Draft::holding_whole(&credits);
    let supply: usize = credits.iter().sum();
    // Ten holdings go to the places; the rest is shared out among the pools.
    let need = supply * 4 / 5 / 10;
    let leaves: Vec<_> = pools
        .iter()
        .enumerate()
        .map(|(at, pool)| match at < 10 {
            true => draft.leaf("credits", need + dice.below(3) - 1, pool.iter().copied()),
            false => draft.leaf("count", 1, pool.iter().copied()),
        })
        .collect();
    draft.finish(&leaves, None)
}

/// Thirty holdings for two, three or five pools that accept them all and together need their sum.
pub(super) fn knapsack(dice: &mut Dice, pools: usize) -> Case {
    let credits = two_to_six(dice, 30);
    let supply: usize = credits.iter().sum();
    let mut needs: Vec<usize> = (1..pools).map(|_| supply / pools - 2 + dice.below(5)).collect();
    needs.push(supply - needs.iter().sum::<usize>());
    let mut draft = Draft::holding_whole(&credits);
    let leaves: Vec<_> = needs.iter().map(|&need| draft.leaf("credits", need, 0..30)).collect();
    // The table of sums is too large for five pools.
    let missing = (pools < 4).then(|| sums::shortfall(&credits, &needs));
    draft.finish(&leaves, missing)
}

/// Thirty holdings for forty requirements, of two to six credits each; a requirement accepts three
/// to eight of them.
pub(super) fn heavy(dice: &mut Dice) -> Case {
    let credits = two_to_six(dice, 30);
    let mut draft = Draft::holding_whole(&credits);
    let leaves: Vec<_> = (0..40)
        .map(|_| {
            let mut of: Vec<usize> = (0..30).collect();
            dice.shuffle(&mut of);
            let (size, need) = (3 + dice.below(6), 2 + dice.below(5));
            draft.leaf("credits", need, of.into_iter().take(size))
        })
        .collect();
    draft.finish(&leaves, None)
}

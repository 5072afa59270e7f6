//! Qualifications that are counted together.

use super::{Case, Draft};
use crate::random::Dice;

/// Three qualifications of four pools each out of 24 holdings; two of them may share 6 credits.
pub(super) fn joint(dice: &mut Dice) -> Case {
    let credits: Vec<usize> = (0..24).map(|_| 2 + dice.below(5)).collect();
    let mut draft = Draft::holding_whole(&credits);
    let mut files = Vec::new();
    let parts = ["one", "two", "three"];
    for part in parts {
        let leaves: Vec<_> = (0..4)
            .map(|_| {
                let of: Vec<usize> = (0..24).filter(|_| dice.once_in(3)).collect();
                draft.leaf("credits", 6 + dice.below(7), of)
            })
            .collect();
        files.push(draft.file(part, &leaves));
    }
    draft.push(&format!("[[sharing]]\nbetween = {parts:?}\nat_most = {{ credits = 6 }}\n"));
    files.push(draft.file("q", &parts.map(str::to_owned)));
    draft.case(files, None)
}

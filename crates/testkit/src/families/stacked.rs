//! Certificates that count as themselves or as their components.

use std::fmt::Write as _;

use super::{Case, Draft};
use crate::random::Dice;

/// Twelve certificates, each held with its three components, for twenty places; a certificate bars
/// each of its components. Holding `4n` is a certificate, the three that follow its components.
pub(super) fn stacked(dice: &mut Dice) -> Case {
    let mut draft = Draft::holding((0..48).map(|at| if at % 4 == 0 { 9000 } else { 3000 }));
    let mut all = Vec::new();
    for _ in 0..20 {
        let certificates = (0..2).map(|_| dice.below(12) * 4).collect::<Vec<_>>();
        let components = (0..2).map(|_| dice.below(12) * 4 + 1 + dice.below(3));
        let mut of: Vec<usize> = certificates.into_iter().chain(components).collect();
        of.sort_unstable();
        of.dedup();
        all.push(draft.leaf("count", 1, of));
    }
    for at in (0..48).filter(|at| at % 4 != 0) {
        let mut text = String::new();
        let _ = writeln!(text, "[[exclusion]]\nbetween = [\"h{}\", \"h{at}\"]", at / 4 * 4);
        draft.push(&text);
    }
    draft.finish(&all, None)
}

//! How far a set of things reaches a limit: what an audit says, computed from what counts.

use std::collections::BTreeSet;

use cairn_core::{
    Amount, Catalog,
    catalog::{Bound, CredentialIx, Limit, Qualification, Tally},
};

use crate::eligibility::Unit;

/// A unit as what it counts as, and how many times.
pub(crate) type Counted<'m> = (&'m Unit<'m>, CredentialIx, i64);

/// How far a set reaches a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) has: Amount,
    pub(crate) needed: Amount,
}

impl Reach {
    pub(crate) fn is_enough(self) -> bool {
        self.has >= self.needed
    }
}

/// Measures a set by a lower limit.
pub(crate) fn reach(
    catalog: &Catalog,
    qualification: &Qualification,
    limit: &Limit,
    set: &[Counted<'_>],
) -> Reach {
    let passes = |counted: &&Counted<'_>| {
        counted.2 > 0 && counted.0.passes(catalog, counted.1, &limit.filter, qualification)
    };
    let mine: Vec<_> = set.iter().filter(passes).collect();
    let sum = |set: &mut dyn Iterator<Item = &Counted<'_>>| -> Amount {
        let worth =
            |&(unit, face, times): &Counted<'_>| times * unit.worth(catalog, face, &limit.tally, limit.bound);
        Amount::from_thousandths(set.map(worth).sum())
    };
    let needed = match limit.share.filter(|_| limit.share_of_counted().is_some()) {
        Some(share) => share.amount(sum(&mut set.iter()), Bound::AtLeast),
        None => limit.amount,
    };
    let has = match &limit.tally {
        Tally::Count | Tally::Credits | Tally::Sum { .. } => sum(&mut mine.into_iter()),
        Tally::Distinct { by } => {
            let values: BTreeSet<_> =
                mine.into_iter().flat_map(|&(unit, face, _)| unit.values(catalog, face, by)).collect();
            Amount::whole(u32::try_from(values.len()).unwrap_or(u32::MAX))
        }
        Tally::Average { weight, best } => {
            let grades = mine.into_iter().filter_map(|&(unit, face, times)| {
                let (weight, grade) = unit.graded(catalog, face, *weight, *best)?;
                Some((i128::from(times) * i128::from(weight), i128::from(grade)))
            });
            // An average of nothing asks for nothing.
            average(grades).unwrap_or(needed)
        }
    };
    Reach { has, needed }
}

/// The weighted average, rounded down to three places, so that it is never said to be reached where
/// it is not.
fn average(grades: impl Iterator<Item = (i128, i128)>) -> Option<Amount> {
    let (weight, sum) =
        grades.fold((0, 0), |(weights, sum), (weight, grade)| (weights + weight, sum + weight * grade));
    let average = i64::try_from(sum.checked_div(weight)?).ok()?;
    Some(Amount::from_thousandths(average))
}

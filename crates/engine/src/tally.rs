//! How far a set of things reaches a limit: what an audit says, computed from what counts.

use std::collections::BTreeSet;

use cairn_core::{
    Amount, Catalog, Date,
    catalog::{Bound, CredentialIx, Last, Limit, Qualification, Tally},
};

use crate::eligibility::Unit;

/// Units of a kind that count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<'m> {
    pub(crate) unit: &'m Unit<'m>,
    /// What they count as.
    pub(crate) face: CredentialIx,
    /// How many there are.
    pub(crate) times: i64,
    /// Their credits in thousandths, where a part of them counts.
    pub(crate) credits: Option<i64>,
}

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

    pub(crate) fn is_within(self) -> bool {
        self.has <= self.needed
    }
}

/// Measures a set by a limit.
pub(crate) fn reach(
    catalog: &Catalog,
    qualification: &Qualification,
    limit: &Limit,
    set: &[Counted<'_>],
    as_of: Date,
) -> Reach {
    let passes = |counted: &&Counted<'_>| {
        (counted.times > 0 || counted.credits > Some(0))
            && limit.last.as_ref().is_none_or(|last| is_among_last(catalog, counted, last, set, as_of))
            && counted.unit.passes(catalog, counted.face, &limit.filter, qualification)
    };
    let mine: Vec<_> = set.iter().filter(passes).collect();
    let sum = |set: &mut dyn Iterator<Item = &Counted<'_>>| -> Amount {
        let worth = |counted: &Counted<'_>| match counted.credits.filter(|_| limit.tally == Tally::Credits) {
            Some(credits) => credits,
            None => counted.times * counted.unit.worth(catalog, counted.face, &limit.tally, limit.bound),
        };
        Amount::from_thousandths(set.map(worth).sum())
    };
    let needed = match limit.share.filter(|_| limit.share_of_counted().is_some()) {
        Some(share) => share.amount(sum(&mut set.iter()), limit.bound),
        None => limit.amount,
    };
    let has = match &limit.tally {
        Tally::Count | Tally::Credits | Tally::Sum { .. } => sum(&mut mine.into_iter()),
        Tally::Distinct { by } => {
            let values: BTreeSet<_> =
                mine.into_iter().flat_map(|one| one.unit.values(catalog, one.face, by)).collect();
            Amount::whole(u32::try_from(values.len()).unwrap_or(u32::MAX))
        }
        Tally::Average { weight, best } => {
            let grades = mine.into_iter().filter_map(|one| {
                let (weight, grade) = one.unit.graded(catalog, one.face, *weight, *best)?;
                Some((i128::from(one.times) * i128::from(weight), i128::from(grade)))
            });
            // An average of nothing asks for nothing.
            average(grades).unwrap_or(needed)
        }
    };
    Reach { has, needed }
}

/// Whether what is later than one of a set comes to less than its last does.
fn is_among_last(
    catalog: &Catalog,
    one: &Counted<'_>,
    last: &Last,
    set: &[Counted<'_>],
    as_of: Date,
) -> bool {
    let later = set.iter().filter(|other| one.unit.day(as_of) < other.unit.day(as_of));
    let worth =
        |other: &Counted<'_>| other.times * other.unit.worth(catalog, other.face, &last.tally, Bound::AtMost);
    later.map(worth).sum::<i64>() < last.amount.thousandths()
}

/// The weighted average, rounded down to three places, so that it is never said to be reached where
/// it is not.
fn average(grades: impl Iterator<Item = (i128, i128)>) -> Option<Amount> {
    let (weight, sum) =
        grades.fold((0, 0), |(weights, sum), (weight, grade)| (weights + weight, sum + weight * grade));
    let average = i64::try_from(sum.checked_div(weight)?).ok()?;
    Some(Amount::from_thousandths(average))
}

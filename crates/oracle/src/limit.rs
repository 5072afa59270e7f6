//! §2: whether a limit or a window holds of a set.

use cairn_core::{
    Amount, Date, Measure, Period, Scalar,
    catalog::{Bound, CredentialIx, Last, Limit, Rounding, Tally, Weight, Whole},
};

use crate::scope::Scope;

/// Units as what they count as.
pub(crate) type Set<'s> = &'s [(usize, CredentialIx)];

impl Scope<'_> {
    pub(crate) fn limit_holds(&self, limit: &Limit, set: Set<'_>) -> bool {
        let mine: Vec<_> = set
            .iter()
            .copied()
            .filter(|&one| limit.last.as_ref().is_none_or(|last| self.is_among_last(one, last, set)))
            .filter(|&(unit, face)| {
                self.world.units[unit].passes(
                    self.world.catalog,
                    face,
                    &limit.filter,
                    &self.qualification.pools,
                )
            })
            .collect();
        let Some(per) = &limit.per else { return self.holds_of(limit, &mine, set) };
        self.values(&mine, per).iter().all(|value| {
            let having: Vec<_> = mine
                .iter()
                .copied()
                .filter(|&(unit, face)| {
                    self.world.units[unit].attribute(self.world.catalog, face, per).contains(value)
                })
                .collect();
            self.holds_of(limit, &having, set)
        })
    }

    /// Whether a limit holds of those of which it speaks, `mine` out of `set`.
    fn holds_of(&self, limit: &Limit, mine: Set<'_>, set: Set<'_>) -> bool {
        if let Tally::Average { weight, best } = limit.tally {
            return self.is_average(mine, limit.amount, weight, best);
        }
        let has = thousandths(self.measured(&limit.tally, limit.bound, mine));
        let (times, bound) = bound(limit, || thousandths(self.measured(&limit.tally, limit.bound, set)));
        match limit.bound {
            Bound::AtLeast => has * times >= bound,
            Bound::AtMost => has * times <= bound,
        }
    }

    /// Whether what is later than one of a set comes to less than its last does.
    fn is_among_last(&self, one: (usize, CredentialIx), last: &Last, set: Set<'_>) -> bool {
        let is_later = |other: &&(usize, CredentialIx)| self.day(one.0) < self.day(other.0);
        let later: Vec<_> = set.iter().filter(is_later).copied().collect();
        self.measured(&last.tally, Bound::AtMost, &later) < last.amount
    }

    /// A part of a credential is none of those that are asked for, and one of those that are allowed.
    fn measured(&self, tally: &Tally, bound: Bound, set: Set<'_>) -> Amount {
        let as_of = self.world.question.as_of;
        let sum = |worth: &dyn Fn(usize, CredentialIx) -> Amount| {
            set.iter().map(|&(unit, face)| worth(unit, face)).sum::<Amount>()
        };
        match tally {
            Tally::Credits => sum(&|unit, face| {
                self.world.units[unit].value(self.world.catalog, face, Measure::Credits, as_of)
            }),
            Tally::Sum { of } => sum(&|unit, face| {
                let values = self.world.units[unit].attribute(self.world.catalog, face, of);
                let numbers = values.into_iter().map(|value| match value {
                    Scalar::Number(number) => number,
                    _ => Amount::ZERO,
                });
                numbers.max().unwrap_or(Amount::ZERO)
            }),
            Tally::Distinct { by } => Amount::whole(u32::try_from(self.values(set, by).len()).expect("few")),
            Tally::Count if bound == Bound::AtLeast => {
                sum(&|unit, face| match self.world.units[unit].is_part(self.world.catalog, face, as_of) {
                    true => Amount::ZERO,
                    false => Amount::ONE,
                })
            }
            Tally::Count | Tally::Average { .. } => sum(&|_, _| Amount::ONE),
        }
    }

    /// The different values of an attribute in a set.
    pub(crate) fn values(&self, set: Set<'_>, attribute: &str) -> Vec<Scalar> {
        let mut values: Vec<_> = set
            .iter()
            .flat_map(|&(unit, face)| self.world.units[unit].attribute(self.world.catalog, face, attribute))
            .collect();
        values.sort();
        values.dedup();
        values
    }

    /// Whether the grades that are recorded are `least` on average; new credentials have the best.
    fn is_average(&self, set: Set<'_>, least: Amount, weight: Weight, best: Amount) -> bool {
        let (mut weights, mut sum) = (0, 0);
        for &(unit, face) in set {
            let unit = &self.world.units[unit];
            let grade = match unit.holding {
                None => best,
                Some(holding) => match holding.grade {
                    None => continue,
                    Some(grade) => grade.min(best),
                },
            };
            let weight = match weight {
                Weight::Count => Amount::ONE,
                Weight::Credits => unit
                    .value(self.world.catalog, face, Measure::Credits, self.world.question.as_of)
                    .min(Weight::MAX),
            };
            weights += thousandths(weight);
            sum += thousandths(weight) * thousandths(grade);
        }
        sum >= weights * thousandths(least)
    }

    /// The day of award; that of the question for what is new.
    pub(crate) fn day(&self, unit: usize) -> Option<Date> {
        match self.world.units[unit].holding {
            None => Some(self.world.question.as_of),
            Some(holding) => holding.awarded,
        }
    }

    /// Whether every day of award is known, and from the first to the last is no longer than `window`.
    pub(crate) fn lies_within(&self, set: Set<'_>, window: Period) -> bool {
        let days: Vec<Option<Date>> = set.iter().map(|&(unit, _)| self.day(unit)).collect();
        days.iter().all(|one| {
            days.iter().all(|other| match (one, other) {
                (Some(one), Some(other)) => *other <= window.after(*one),
                _ => false,
            })
        })
    }
}

/// What a limit compares so many times what it measures with, so that nothing is divided.
pub(crate) fn bound(limit: &Limit, counted: impl Fn() -> i128) -> (i128, i128) {
    let Some(share) = limit.share else { return (1, thousandths(limit.amount)) };
    let whole = match share.of {
        Whole::Required(whole) => thousandths(whole),
        Whole::Counted => counted(),
    };
    let (upper, lower) = (i128::from(share.fraction.numerator()), i128::from(share.fraction.denominator()));
    match share.rounding {
        Rounding::Exact => (lower, whole * upper),
        Rounding::Down => (1, whole * upper / (lower * 1000) * 1000),
        Rounding::Up => {
            let whole_numbers = (0..).find(|number| number * 1000 * lower >= whole * upper);
            (1, whole_numbers.unwrap_or(0) * 1000)
        }
    }
}

pub(crate) fn thousandths(amount: Amount) -> i128 {
    i128::from(amount.thousandths())
}

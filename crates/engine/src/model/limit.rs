//! Lower and upper limits as rows.
//!
//! A lower limit binds whoever wants to meet it; an upper limit binds always, because leaving a
//! holding out is always allowed.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Fraction, Scalar,
    catalog::{Limit, RequirementIx, Tally, Weight},
};
use cairn_solver::Var;

use crate::model::{Model, RANK_DETAIL, RowTag, Shortfall, Use};

/// Terms of a row.
pub(super) type Terms = Vec<(Var, i64)>;

/// Who asks for a lower limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) scope: usize,
    /// Nothing where it is a limit of the whole qualification.
    pub(super) requirement: Option<RequirementIx>,
    /// If this is so, the limit must be reached.
    pub(super) met: Var,
    /// Whether it may fall short.
    pub(super) relaxed: bool,
}

impl Model<'_> {
    /// The lower limit must be reached by `uses` if `met` is to be so.
    pub(super) fn floor(&mut self, uses: &[Use], floor: &Limit, asked: Asked) {
        let mine = self.spoken_of(uses, floor, asked.scope);
        if let Some(last) = &floor.last {
            return self.floor_of_last(&mine, uses, floor, last, asked);
        }
        match &floor.tally {
            Tally::Average { weight, best } => self.average(&mine, floor, *weight, *best, asked),
            Tally::Distinct { by } => {
                let mut terms = Terms::new();
                for (_, having) in self.by_value(&mine, by) {
                    // It is there only if something that counts has it.
                    let is_there = self.problem.var(1, RANK_DETAIL);
                    let terms_of = having.iter().map(|one| (one.var, 1)).chain([(is_there, -1)]);
                    self.at_least(terms_of.collect::<Terms>(), 0, RowTag::Structure);
                    terms.push((is_there, Amount::ONE.thousandths()));
                }
                self.need(terms, floor, asked);
            }
            Tally::Count | Tally::Credits | Tally::Sum { .. } => match floor.share_of_counted() {
                Some(share) => {
                    let terms = self.difference(&mine, uses, floor, share);
                    self.unless(terms, asked.met);
                }
                None => {
                    let terms = self.worth(&mine, floor);
                    self.need(terms, floor, asked);
                }
            },
        }
    }

    /// The upper limit holds of `uses`.
    pub(super) fn cap(&mut self, uses: &[Use], cap: &Limit, scope: usize, tag: RowTag) {
        let mine = self.spoken_of(uses, cap, scope);
        if let Some(last) = &cap.last {
            return self.cap_of_last(&mine, uses, cap, last, tag);
        }
        if let Some(per) = &cap.per {
            for (_, having) in self.by_value(&mine, per) {
                self.cap_of(&having, uses, cap, tag);
            }
        } else {
            self.cap_of(&mine, uses, cap, tag);
        }
    }

    /// The upper limit holds of `mine`, which is a part of `uses`.
    fn cap_of(&mut self, mine: &[Use], uses: &[Use], cap: &Limit, tag: RowTag) {
        if let Tally::Distinct { by } = &cap.tally {
            let mut terms = Terms::new();
            for (_, having) in self.by_value(mine, by) {
                // It is there if anything that counts has it.
                let is_there = self.problem.var(1, RANK_DETAIL);
                for one in having {
                    let size = self.classes[one.class].size();
                    self.at_most([(one.var, 1), (is_there, -size)], 0, tag);
                }
                terms.push((is_there, Amount::ONE.thousandths()));
            }
            self.at_most(terms, cap.amount.thousandths(), tag);
        } else if let Some(share) = cap.share_of_counted() {
            let terms = self.difference(mine, uses, cap, share);
            self.at_most(terms, 0, tag);
        } else {
            let terms = self.worth(mine, cap);
            self.at_most(terms, cap.amount.thousandths(), tag);
        }
    }

    /// Those of `uses` of which a limit speaks.
    fn spoken_of(&self, uses: &[Use], limit: &Limit, scope: usize) -> Vec<Use> {
        let qualification = self.qualification_of(scope);
        let passes =
            |one: &&Use| self.unit_of(one.class).passes(self.catalog, one.face, &limit.filter, qualification);
        uses.iter().filter(passes).copied().collect()
    }

    pub(super) fn worth(&self, uses: &[Use], limit: &Limit) -> Terms {
        let mut terms = Terms::with_capacity(uses.len());
        for one in uses {
            match self.parts_of(one).filter(|_| limit.tally == Tally::Credits) {
                Some(parts) => terms.extend(parts.into_iter().map(|part| (part, 1))),
                None => {
                    let unit = self.unit_of(one.class);
                    terms.push((one.var, unit.worth(self.catalog, one.face, &limit.tally, limit.bound)));
                }
            }
        }
        terms
    }

    /// `uses` by the values of an attribute; one with several values stands at each of them.
    pub(super) fn by_value(&self, uses: &[Use], attribute: &str) -> BTreeMap<Scalar, Vec<Use>> {
        let mut having: BTreeMap<Scalar, Vec<Use>> = BTreeMap::new();
        for one in uses {
            for value in self.unit_of(one.class).values(self.catalog, one.face, attribute) {
                let those = having.entry(value).or_default();
                // A value that is recorded twice is one value.
                if those.last().is_none_or(|last| last.var != one.var) {
                    those.push(*one);
                }
            }
        }
        having
    }

    /// What `part` is worth beyond its share of `whole`, times the lower number of the share: it is
    /// compared by cross-multiplication.
    fn difference(&self, part: &[Use], whole: &[Use], limit: &Limit, share: Fraction) -> Terms {
        let part = self.worth(part, limit).into_iter().map(|(var, worth)| (var, worth * share.denominator()));
        let whole =
            self.worth(whole, limit).into_iter().map(|(var, worth)| (var, -worth * share.numerator()));
        reduced(part.chain(whole))
    }

    /// The grades of `uses`, less the least average, times their weights, are not below zero.
    fn average(&mut self, uses: &[Use], floor: &Limit, weight: Weight, best: Amount, asked: Asked) {
        let least = floor.amount;
        let terms = uses.iter().filter_map(|one| {
            let (weight, grade) = self.unit_of(one.class).graded(self.catalog, one.face, weight, best)?;
            Some((one.var, weight * (grade - least.thousandths())))
        });
        let mut terms = reduced(terms);
        if asked.relaxed {
            // Where nothing can be left out, leaving out does not mend it.
            let var = self.problem.var(1, RANK_DETAIL);
            let below = self.below(&terms);
            terms.push((var, below));
            let Asked { scope, requirement, .. } = asked;
            let (tally, unit) = (Some(floor.tally.clone()), Amount::ONE.thousandths());
            self.shortfalls.push(Shortfall { scope, requirement, tally, var, unit });
        }
        self.unless(terms, asked.met);
    }

    /// `terms` are not below zero, unless `met` is not so.
    fn unless(&mut self, mut terms: Terms, met: Var) {
        let below = self.below(&terms);
        terms.push((met, -below));
        self.at_least(terms, -below, RowTag::Structure);
    }

    /// How far below zero terms can come.
    fn below(&self, terms: &[(Var, i64)]) -> i64 {
        terms.iter().map(|&(var, factor)| -factor.min(0) * self.problem.uppers()[var.index()]).sum()
    }

    /// `terms` must reach the amount of a lower limit if `met` is to be so.
    pub(super) fn need(&mut self, mut terms: Terms, floor: &Limit, asked: Asked) {
        let amount = floor.amount.thousandths();
        if asked.relaxed {
            let unit = terms.iter().fold(amount, |unit, &(_, value)| gcd(unit, value)).max(1);
            terms.push((self.short(floor, unit, asked), unit));
        }
        terms.push((asked.met, -amount));
        self.at_least(terms, 0, RowTag::Structure);
    }

    /// How much a lower limit falls short, in a unit that divides all that could make it up.
    pub(super) fn short(&mut self, floor: &Limit, unit: i64, asked: Asked) -> Var {
        let var = self.problem.var(floor.amount.thousandths() / unit, RANK_DETAIL);
        let Asked { scope, requirement, .. } = asked;
        self.shortfalls.push(Shortfall { scope, requirement, tally: Some(floor.tally.clone()), var, unit });
        var
    }
}

/// Terms added up by variable, with small factors: only their proportion matters.
fn reduced(terms: impl Iterator<Item = (Var, i64)>) -> Terms {
    let mut sums: BTreeMap<Var, i64> = BTreeMap::new();
    for (var, factor) in terms {
        *sums.entry(var).or_default() += factor;
    }
    let divisor = sums.values().fold(0, |divisor, &factor| gcd(divisor, factor)).max(1);
    sums.into_iter().map(|(var, factor)| (var, factor / divisor)).collect()
}

pub(crate) fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

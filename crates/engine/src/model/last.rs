//! Limits on the last of what is taken or counted, by days of award.
//!
//! Something is among the last so much as long as all that is later comes to less. So what is of one day is
//! among them together, or not at all.

use std::collections::BTreeSet;

use cairn_core::{
    Date,
    catalog::{Bound, Last, Limit},
};
use cairn_solver::Var;

use crate::model::{
    Model, RANK_DETAIL, RowTag, Use,
    limit::{Asked, Terms, gcd},
};

impl Model<'_> {
    /// The lower limit is reached by those of `mine` that are among the last of `uses`, if that is asked.
    ///
    /// A day is chosen on which the last begins: after it, less counts than the last reaches back. An
    /// earlier day would do no harm to what is asked, but is not allowed; a later one is no gain.
    pub(super) fn floor_of_last(
        &mut self,
        mine: &[Use],
        uses: &[Use],
        floor: &Limit,
        last: &Last,
        asked: Asked,
    ) {
        let amount = floor.amount.thousandths();
        let short = asked.relaxed.then(|| {
            let worth = self.worth(mine, floor);
            let unit = worth.iter().fold(amount, |unit, &(_, value)| gcd(unit, value)).max(1);
            (self.short(floor, unit, asked), unit)
        });
        // Where nothing that counts has a day, the last is everything.
        let days: BTreeSet<Option<Date>> = uses.iter().map(|one| self.day(one)).chain([None]).collect();
        let mut chosen = vec![(asked.met, -1)];
        for first in days {
            let begins = self.problem.var(1, RANK_DETAIL);
            chosen.push((begins, 1));
            let mut later = self.later(uses, first, last);
            let (above, most) = (self.above(&later), last.amount.thousandths() - 1);
            if above > most {
                later.push((begins, above - most));
                self.at_most(later, above, RowTag::Structure);
            }
            let tail: Vec<Use> = mine.iter().filter(|one| first <= self.day(one)).copied().collect();
            let mut terms = self.worth(&tail, floor);
            terms.extend(short);
            terms.push((begins, -amount));
            self.at_least(terms, 0, RowTag::Structure);
        }
        self.at_least(chosen, 0, RowTag::Structure);
    }

    /// The upper limit holds of those of `mine` that are among the last of `uses`.
    ///
    /// From each day on it holds, or more is later than the last reaches back.
    pub(super) fn cap_of_last(&mut self, mine: &[Use], uses: &[Use], cap: &Limit, last: &Last, tag: RowTag) {
        let days: BTreeSet<Option<Date>> = mine.iter().map(|one| self.day(one)).collect();
        let (reach, most) = (last.amount.thousandths(), cap.amount.thousandths());
        for first in days {
            let tail: Vec<Use> = mine.iter().filter(|one| first <= self.day(one)).copied().collect();
            let mut terms = self.worth(&tail, cap);
            let above = self.above(&terms);
            if above <= most {
                continue;
            }
            let mut later = self.later(uses, first, last);
            if self.above(&later) >= reach {
                let is_before = self.problem.var(1, RANK_DETAIL);
                later.push((is_before, -reach));
                self.at_least(later, 0, RowTag::Structure);
                terms.push((is_before, most - above));
            }
            self.at_most(terms, most, tag);
        }
    }

    /// What is later than a day, as the last reaches back over it.
    fn later(&self, uses: &[Use], day: Option<Date>, last: &Last) -> Terms {
        // A part of a credential takes a place among them as a whole one does.
        let worth =
            |one: &Use| self.unit_of(one.class).worth(self.catalog, one.face, &last.tally, Bound::AtMost);
        uses.iter().filter(|one| day < self.day(one)).map(|one| (one.var, worth(one))).collect()
    }

    /// How much terms can come to.
    fn above(&self, terms: &[(Var, i64)]) -> i64 {
        terms.iter().map(|&(var, factor)| factor * self.problem.uppers()[var.index()]).sum()
    }
}

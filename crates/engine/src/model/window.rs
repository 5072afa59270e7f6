//! A window: all days of award of what counts toward a requirement lie within one period.

use std::collections::BTreeSet;

use cairn_core::{Date, Period};
use cairn_solver::Var;

use crate::model::{Model, RANK_DETAIL, RowTag, Use};

impl Model<'_> {
    /// If `met` is to be so, the days of `uses` that count lie within some window of this length.
    ///
    /// A window may begin on the day of one of them: one that begins on another day can be moved on
    /// to the first day in it without losing any.
    pub(super) fn window(&mut self, uses: &[Use], window: Period, met: Var, tag: RowTag) {
        let days: BTreeSet<Date> = uses.iter().filter_map(|one| self.day(one)).collect();
        let begins: Vec<(Date, Var)> =
            days.into_iter().map(|first| (first, self.problem.var(1, RANK_DETAIL))).collect();
        self.at_most(begins.iter().map(|&(_, begin)| (begin, 1)).collect::<Vec<_>>(), 1, RowTag::Structure);
        for one in uses {
            let day = self.day(one);
            let covers = |first: Date| day.is_some_and(|day| first <= day && day <= window.after(first));
            let covering = begins.iter().filter(|&&(first, _)| covers(first));
            let covering: Vec<Var> = covering.map(|&(_, begin)| begin).collect();
            self.only_with(one, &covering, met, tag);
        }
    }

    pub(crate) fn day(&self, one: &Use) -> Option<Date> {
        self.unit_of(one.class).day(self.question.as_of)
    }

    /// If `met` is to be so, units count only with one of these choices.
    pub(super) fn only_with(&mut self, one: &Use, choices: &[Var], met: Var, tag: RowTag) {
        let size = self.classes[one.class].size();
        let mut terms: Vec<_> = choices.iter().map(|&choice| (choice, size)).collect();
        terms.extend([(met, -size), (one.var, -1)]);
        self.at_least(terms, -size, tag);
    }
}

//! A sequence: what counts toward one requirement was awarded no earlier than what counts toward others.

use std::collections::BTreeSet;

use cairn_core::Date;
use cairn_solver::Var;

use crate::model::{Model, RANK_DETAIL, RowTag, Use};

impl Model<'_> {
    /// If `met` is to be so, no day of `later` that counts is before one of `earlier` that counts.
    ///
    /// A day is chosen on which the one ends and the other begins: the last day of what comes earlier.
    /// What has no day can count only where nothing counts on the other side.
    pub(super) fn sequence(&mut self, earlier: &[Use], later: &[Use], met: Var, tag: RowTag) {
        let days: BTreeSet<Date> = earlier.iter().filter_map(|one| self.day(one)).collect();
        let ends: Vec<(Date, Var)> =
            days.into_iter().map(|last| (last, self.problem.var(1, RANK_DETAIL))).collect();
        let (no_earlier, no_later) = (self.problem.var(1, RANK_DETAIL), self.problem.var(1, RANK_DETAIL));
        let all = ends.iter().map(|&(_, end)| end).chain([no_earlier, no_later]);
        self.at_most(all.map(|end| (end, 1)).collect::<Vec<_>>(), 1, RowTag::Structure);
        for one in earlier {
            let day = self.day(one);
            let ending = ends.iter().filter(|&&(last, _)| day.is_some_and(|day| day <= last));
            let ending: Vec<Var> = ending.map(|&(_, end)| end).chain([no_later]).collect();
            self.only_with(one, &ending, met, tag);
        }
        for one in later {
            let day = self.day(one);
            let ending = ends.iter().filter(|&&(last, _)| day.is_some_and(|day| last <= day));
            let ending: Vec<Var> = ending.map(|&(_, end)| end).chain([no_earlier]).collect();
            self.only_with(one, &ending, met, tag);
        }
    }
}

//! The order in which qualifications are had, for policies with a direction.

use std::collections::BTreeMap;

use cairn_core::catalog::{PolicyIx, QualificationIx};
use cairn_solver::Var;

use super::overlap::Coupled;
use crate::{
    eligibility::first_day,
    model::{Model, RANK_SHAPE, RowTag},
    scope::Frame,
};

impl Model<'_> {
    /// The order in which qualifications are had, as far as policies ask: what was awarded on an
    /// earlier day comes before what was not, and by its day; all else is free.
    pub(super) fn order(&mut self, coupled: &Coupled, policies: &[PolicyIx]) {
        let ways = policies.iter().filter(|&&ix| self.catalog.policy(ix).way.is_some());
        let mut ordered: Vec<QualificationIx> =
            ways.flat_map(|&ix| self.catalog.policy(ix).between.iter().copied()).collect();
        let is_recorded = |ix: &QualificationIx| {
            let looks = |&&policy: &&PolicyIx| self.recorded(self.catalog.policy(policy)).contains_key(ix);
            policies.iter().any(|policy| looks(&policy))
        };
        ordered.retain(|ix| coupled.scopes.contains_key(ix) || is_recorded(ix));
        ordered.sort_unstable();
        ordered.dedup();
        let day = |&ix: &QualificationIx| first_day(self.catalog, self.learner, ix, self.question);
        let days: Vec<_> = ordered.iter().map(day).collect();
        for (at, &one) in ordered.iter().enumerate() {
            for (then, &other) in ordered.iter().enumerate().skip(at + 1) {
                let before = self.problem.var(1, RANK_SHAPE);
                self.before.insert((coupled.frame, [one, other]), before);
                if days[at] != days[then] {
                    let is_before = i64::from(days[at] < days[then]);
                    self.at_least([(before, 1)], is_before, RowTag::Structure);
                    self.at_most([(before, 1)], is_before, RowTag::Structure);
                }
            }
        }
        // Of three, none comes before itself.
        for (first, &a) in ordered.iter().enumerate() {
            for (second, &b) in ordered.iter().enumerate().skip(first + 1) {
                for &c in &ordered[second + 1..] {
                    let before = |pair| (self.before[&(coupled.frame, pair)], 1);
                    let (ab, bc) = (before([a, b]), before([b, c]));
                    let ac = (before([a, c]).0, -1);
                    self.at_most([ab, bc, ac], 1, RowTag::Structure);
                    self.at_least([ab, bc, ac], 0, RowTag::Structure);
                }
            }
        }
    }

    /// What must be so for one qualification to be had before another: a variable that is one. To
    /// come after is not to come before, so a policy of that direction has a variable of its own.
    pub(super) fn goes_before(
        &mut self,
        frame: Frame,
        one: QualificationIx,
        other: QualificationIx,
    ) -> Option<Vec<Var>> {
        if let Some(&before) = self.before.get(&(frame, [one, other])) {
            return Some(vec![before]);
        }
        let after = *self.before.get(&(frame, [other, one]))?;
        let before = self.problem.var(1, RANK_SHAPE);
        self.at_least([(before, 1), (after, 1)], 1, RowTag::Structure);
        self.at_most([(before, 1), (after, 1)], 1, RowTag::Structure);
        self.before.insert((frame, [one, other]), before);
        Some(vec![before])
    }

    /// The order of the claimed qualifications of the asked frame, where a policy asks for it.
    pub(crate) fn order_of(&self, values: &[i64]) -> Vec<QualificationIx> {
        let scopes = self.scopes_of(Frame::Asked);
        let is_claimed = |ix: &QualificationIx| {
            scopes.get(ix).is_some_and(|&scope| values[self.scopes[scope].complete.index()] > 0)
        };
        let pairs = self.before.iter().filter(|((frame, _), _)| *frame == Frame::Asked);
        let mut earlier: BTreeMap<QualificationIx, usize> = BTreeMap::new();
        for (&(_, [one, other]), before) in pairs {
            let is_before = values[before.index()] > 0;
            let (first, then) = if is_before { (one, other) } else { (other, one) };
            if is_claimed(&first) && is_claimed(&then) {
                earlier.entry(first).or_default();
                *earlier.entry(then).or_default() += 1;
            }
        }
        let mut order: Vec<_> = earlier.into_iter().collect();
        order.sort_by_key(|&(ix, earlier)| (earlier, ix));
        order.into_iter().map(|(ix, _)| ix).collect()
    }
}

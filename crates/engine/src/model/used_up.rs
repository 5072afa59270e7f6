//! What awards use up counts for nothing else.

use std::collections::BTreeMap;

use cairn_core::{
    Date, Holding,
    catalog::{CredentialIx, QualificationIx},
};
use cairn_solver::Var;

use crate::{
    eligibility::is_had,
    model::{Model, RANK_DETAIL, RowTag},
    scope::{Frame, ScopeKey},
};

/// What a scope may count of each credential, by class.
type Counted = BTreeMap<CredentialIx, Vec<(usize, Var)>>;

/// A qualification that may be newly awarded and then uses up what its scope counts.
struct Redeemed {
    qualification: QualificationIx,
    award: Var,
    counted: Counted,
}

/// What a recorded award has used up of a credential.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Used {
    day: Date,
    qualification: QualificationIx,
    times: i64,
}

impl Model<'_> {
    /// What is used up by awards, on the record or new, counts in no scope of another qualification.
    pub(super) fn use_up(&mut self) {
        if !self.catalog.has_consuming() {
            return;
        }
        let consuming = self.awarded.iter().filter(|(award, _)| self.catalog.qualification(**award).consumes);
        let redeemed: Vec<Redeemed> = consuming
            .map(|(&qualification, &award)| {
                let key = ScopeKey { frame: Frame::Of(qualification), qualification };
                Redeemed { qualification, award, counted: self.counted_in(self.found.position[&key]) }
            })
            .collect();
        for scope in 0..self.scopes.len() {
            for (credential, counted) in self.counted_in(scope) {
                let using = self.awards_using(scope, credential);
                let as_of = self.question.as_of;
                let (earlier, today): (Vec<_>, Vec<_>) = using.into_iter().partition(|used| used.day < as_of);
                let before = self.used_before(credential, &counted, &earlier);
                self.used_today(scope, credential, &counted, &redeemed, (before, &today));
            }
        }
    }

    fn counted_in(&self, scope: usize) -> Counted {
        let mut counted = Counted::new();
        for one in &self.scopes[scope].counted {
            assert!(!self.classes[one.class].is_merged(), "what may be used up is kept apart");
            counted.entry(self.unit_of(one.class).own).or_default().push((one.class, one.var));
        }
        counted
    }

    /// By awards of earlier days, of what was had on their days. How much that is in all.
    fn used_before(&mut self, credential: CredentialIx, counted: &[(usize, Var)], awards: &[Used]) -> i64 {
        let times = i64::from(self.catalog.credential(credential).times);
        let mut used = 0;
        for award in awards {
            let had = self.had_of(credential, award.day).min(times);
            used = (used + award.times).min(had);
            let is_had = |class: usize| {
                let holding = self.unit_of(class).holding.map(|at| &self.learner.holdings[at]);
                holding.is_some_and(|holding| is_had(holding, award.day, self.question))
            };
            let terms = counted.iter().filter(|(class, _)| is_had(*class)).map(|&(_, var)| (var, 1));
            let terms: Vec<_> = terms.collect();
            if !terms.is_empty() {
                self.at_most(terms, had - used, RowTag::UsedUp(award.qualification));
            }
        }
        used
    }

    /// By awards of the day itself, on the record or new, beside what earlier ones have used: of
    /// everything that is had.
    fn used_today(
        &mut self,
        scope: usize,
        credential: CredentialIx,
        counted: &[(usize, Var)],
        redeemed: &[Redeemed],
        (before, today): (i64, &[Used]),
    ) {
        let own = self.scopes[scope].key.qualification;
        let others = redeemed.iter().filter(|other| other.qualification != own);
        let others: Vec<_> =
            others.filter_map(|other| Some((other, other.counted.get(&credential)?))).collect();
        let recorded = today.iter().map(|used| used.qualification);
        let new = others.iter().map(|(other, _)| other.qualification);
        let Some(first) = recorded.chain(new).next() else { return };
        let times = i64::from(self.catalog.credential(credential).times);
        let mut terms: Vec<_> = counted.iter().map(|&(_, var)| (var, 1)).collect();
        // Where nothing is counted here, nothing is demanded of the others: they may use up the same again.
        let most_of_theirs = times * i64::try_from(others.len()).expect("few awards");
        let is_counted = (!others.is_empty()).then(|| self.problem.var(1, RANK_DETAIL));
        if let Some(is_counted) = is_counted {
            self.permits.push(is_counted);
            let all = terms.iter().map(|&(var, _)| (var, -1)).chain([(is_counted, times)]);
            self.at_least(all.collect::<Vec<_>>(), 0, RowTag::Raises(is_counted));
            terms.push((is_counted, most_of_theirs));
        }
        for (other, theirs) in others {
            // As many as the other counts, if it is awarded.
            let redeems = self.problem.var(times, RANK_DETAIL);
            self.permits.push(redeems);
            let theirs = theirs.iter().map(|&(_, var)| (var, -1));
            let row: Vec<_> = theirs.chain([(redeems, 1), (other.award, -times)]).collect();
            self.at_least(row, -times, RowTag::Raises(redeems));
            terms.push((redeems, 1));
        }
        let used = before + today.iter().map(|used| used.times).sum::<i64>();
        for (mut bound, left) in self.left(credential, used) {
            bound.extend(&terms);
            let left = left + is_counted.map_or(0, |_| most_of_theirs);
            self.at_most(bound, left, RowTag::UsedUp(first));
        }
    }

    /// What is left of a credential when so much of it is used up: it is no more than each of these
    /// numbers with their terms.
    fn left(&mut self, credential: CredentialIx, used: i64) -> Vec<(Vec<(Var, i64)>, i64)> {
        let times = i64::from(self.catalog.credential(credential).times);
        if used >= times {
            return vec![(Vec::new(), 0)];
        }
        let new = self.earned.iter().filter(|(class, _)| self.unit_of(**class).own == credential);
        let new: Vec<Var> = new.map(|(_, &var)| var).collect();
        let left = self.had_of(credential, self.question.as_of) - used;
        if left >= 0 {
            let had = new.iter().map(|&var| (var, -1)).collect();
            return vec![(had, left), (Vec::new(), times - used)];
        }
        // More is used up than is on the record: what is new is used up first.
        let (more, is_more) = (self.problem.var(times - used, RANK_DETAIL), self.problem.var(1, RANK_DETAIL));
        self.at_least([(is_more, times), (more, -1)], 0, RowTag::Structure);
        let row: Vec<_> = new.iter().map(|&var| (var, 1)).chain([(is_more, left), (more, -1)]).collect();
        self.at_least(row, 0, RowTag::Structure);
        vec![(vec![(more, -1)], 0)]
    }

    /// How many holdings of a credential were had by a day.
    fn had_of(&self, credential: CredentialIx, by: Date) -> i64 {
        let id = &self.catalog.credential(credential).id;
        let is_one = |holding: &&Holding| holding.credential == *id && is_had(holding, by, self.question);
        i64::try_from(self.learner.holdings.iter().filter(is_one).count()).expect("few holdings")
    }

    /// The recorded awards, not of the scope's own qualification, that use a credential up, from the
    /// first on.
    fn awards_using(&self, scope: usize, credential: CredentialIx) -> Vec<Used> {
        let id = &self.catalog.credential(credential).id;
        let as_of = self.question.as_of;
        // An award without a day was there before.
        let before = as_of.yesterday().unwrap_or(as_of);
        let mut using = Vec::new();
        for holding in &self.learner.holdings {
            let Some(&times) = holding.components.get(id) else { continue };
            let named = self.catalog.find_qualifications(holding.credential.as_str());
            let award = named.into_iter().find(|&ix| self.catalog.qualification(ix).consumes);
            let is_own = self.qualification_of(scope).is_named(&holding.credential);
            if let Some(qualification) = award.filter(|_| !is_own && is_had(holding, as_of, self.question)) {
                let day = holding.awarded.unwrap_or(before).min(as_of);
                using.push(Used { day, qualification, times: i64::from(times) });
            }
        }
        using.sort_unstable();
        using
    }
}

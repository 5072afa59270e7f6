//! §1 and §2: what a holding or a new credential may count as, what it is worth, and what accepts it.

use cairn_core::{
    Amount, Catalog, Condition, Date, Holding, Learner, Measure, QualificationId, Scalar,
    catalog::{
        AgeDay, CredentialIx, Equivalence, Filter, Grace, Origin, Pool, PoolIx, Qualification, Sight, Take,
    },
};

use crate::{Question, facts::entered, scheme::credits_recorded};

/// One thing that may be counted: a countable holding, or a new credential.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit<'a> {
    pub(crate) own: CredentialIx,
    /// Nothing for a new credential.
    pub(crate) holding: Option<&'a Holding>,
    /// Whether it is countable without any grace.
    pub(crate) is_current: bool,
    /// Whether it is countable to the end of the calendar year of its expiry.
    pub(crate) is_in_grace: bool,
    /// Whether it was earned at all, expired or not.
    pub(crate) is_attempted: bool,
    /// Whether there is an attempt of a later day.
    pub(crate) is_tried_again: bool,
}

impl Unit<'_> {
    pub(crate) fn is_countable(&self, grace: Grace) -> bool {
        match grace {
            Grace::None => self.is_current,
            Grace::EndOfCalendarYear => self.is_in_grace,
        }
    }

    /// What it may count as: itself, or one step of equivalence.
    pub(crate) fn faces(&self, catalog: &Catalog, as_of: Date) -> Vec<CredentialIx> {
        let others = catalog.credential(self.own).counts_as.iter();
        let others = others.filter(|one| self.is_in_time(one, as_of)).map(|one| one.to);
        std::iter::once(self.own).chain(others).collect()
    }

    /// Whether an equivalence holds on the day of its award; without one, only where no day is stated.
    fn is_in_time(&self, one: &Equivalence, as_of: Date) -> bool {
        if one.effective.is_none() && one.until.is_none() {
            return true;
        }
        let day = match self.holding {
            None => Some(as_of),
            Some(holding) => holding.awarded,
        };
        let Some(day) = day else { return false };
        one.effective.is_none_or(|first| day >= first) && one.until.is_none_or(|last| day <= last)
    }

    /// What is said of it as this face, if that is not what it is.
    fn equivalence<'c>(
        &self,
        catalog: &'c Catalog,
        face: CredentialIx,
        as_of: Date,
    ) -> Option<&'c Equivalence> {
        let mut others = catalog.credential(self.own).counts_as.iter();
        others.find(|one| one.to == face && self.is_in_time(one, as_of))
    }

    /// Whether it covers only a part of its face.
    pub(crate) fn is_part(&self, catalog: &Catalog, face: CredentialIx, as_of: Date) -> bool {
        self.equivalence(catalog, face, as_of).is_some_and(|one| one.credits.is_some())
    }

    /// Whether it will do where `wanted` must be had first: as it is, or as a full equivalent.
    pub(crate) fn will_do_as(&self, catalog: &Catalog, wanted: CredentialIx, as_of: Date) -> bool {
        let full = |one: &Equivalence| one.credits.is_none() && one.only_toward.is_none();
        self.own == wanted || self.equivalence(catalog, wanted, as_of).is_some_and(full)
    }

    /// Whether it may count toward a qualification at all, as this face.
    fn may_count(&self, catalog: &Catalog, face: CredentialIx, toward: &Qualification, as_of: Date) -> bool {
        let named =
            |only: &Option<Vec<QualificationId>>| only.as_ref().is_none_or(|only| only.contains(&toward.id));
        named(&catalog.credential(self.own).only_toward)
            && named(&catalog.credential(face).only_toward)
            && self.equivalence(catalog, face, as_of).is_none_or(|one| named(&one.only_toward))
    }

    pub(crate) fn value(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        measure: Measure,
        as_of: Date,
    ) -> Amount {
        if measure == Measure::Count {
            return Amount::ONE;
        }
        let part = self.equivalence(catalog, face, as_of).and_then(|one| one.credits);
        match part {
            Some(credits) => credits,
            None => {
                let recorded = self.holding.and_then(|holding| credits_recorded(catalog, holding));
                recorded.unwrap_or(catalog.credential(face).credits)
            }
        }
    }

    /// The values of an attribute; a new credential is earned.
    pub(crate) fn attribute(&self, catalog: &Catalog, face: CredentialIx, name: &str) -> Vec<Scalar> {
        if name == "source" {
            let source = self.holding.map_or(cairn_core::Source::Earned, |holding| holding.source);
            return vec![Scalar::Text(source.word().to_owned())];
        }
        if let Some(holding) = self.holding {
            match (name, &holding.issuer, credits_recorded(catalog, holding)) {
                ("issuer", Some(issuer), _) => return vec![Scalar::Text(issuer.clone())],
                ("credits", _, Some(credits)) => return vec![Scalar::Number(credits)],
                _ => {}
            }
            if let Some(values) = holding.attributes.get(name) {
                return values.clone();
            }
        }
        catalog.credential(face).attributes.get(name).cloned().unwrap_or_default()
    }

    fn meets(&self, catalog: &Catalog, face: CredentialIx, condition: &Condition) -> bool {
        let values = self.attribute(catalog, face, &condition.attribute);
        let test = &condition.test;
        let mut all = true;
        if let Some(any) = &test.any_of {
            all &= values.iter().any(|value| any.contains(value));
        }
        if let Some(every) = &test.all_of {
            all &= every.iter().all(|value| values.contains(value));
        }
        if let Some(none) = &test.none_of {
            all &= values.iter().all(|value| !none.contains(value));
        }
        if test.at_least.is_some() || test.at_most.is_some() {
            all &= values.iter().any(|value| match value {
                Scalar::Number(number) => {
                    test.at_least.is_none_or(|least| *number >= least)
                        && test.at_most.is_none_or(|most| *number <= most)
                }
                _ => false,
            });
        }
        all
    }

    fn is_in(&self, catalog: &Catalog, face: CredentialIx, pool: PoolIx, pools: &[Pool]) -> bool {
        let pool = &pools[pool.index()];
        // What stands for what is not in the catalog is what its pool asks for.
        if pool.open == Some(face) {
            return true;
        }
        let is_elsewhere = catalog.credential(face).origin == Origin::Record && pool.open.is_some();
        pool.of.as_ref().is_none_or(|of| of.contains(&face) || is_elsewhere)
            && pool.conditions.iter().all(|condition| self.meets(catalog, face, condition))
            && !pool.not_in.iter().any(|&other| self.is_in(catalog, face, other, pools))
    }

    /// Whether a requirement may accept it at all: what is not in the catalog only from a pool that is
    /// open, what stands for that only from its own, unless it looks at what others have taken.
    fn is_let_in(&self, catalog: &Catalog, face: CredentialIx, take: &Take, pools: &[Pool]) -> bool {
        let mut from = take.filter.pools.iter().flatten();
        match catalog.credential(face).origin {
            _ if matches!(take.sight, Sight::Counted { .. }) => true,
            Origin::Rules => true,
            Origin::Open(_, own) => from.any(|&pool| pool == own && pools[own.index()].open == Some(face)),
            Origin::Record => {
                from.any(|&pool| pools[pool.index()].open.is_some() && self.is_in(catalog, face, pool, pools))
            }
        }
    }

    pub(crate) fn passes(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        filter: &Filter,
        pools: &[Pool],
    ) -> bool {
        filter.credential.is_none_or(|only| only == face)
            && filter.conditions.iter().all(|condition| self.meets(catalog, face, condition))
            && filter
                .pools
                .as_ref()
                .is_none_or(|any| any.iter().any(|&pool| self.is_in(catalog, face, pool, pools)))
    }

    /// Whether a requirement accepts it; a new credential has the best grade and today's date.
    pub(crate) fn accepted(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        take: &Take,
        toward: &Qualification,
        learner: &Learner,
        question: &Question,
    ) -> bool {
        let (pools, as_of) = (&toward.pools, question.as_of);
        let age_day = match toward.max_age_on {
            AgeDay::Audit => as_of,
            AgeDay::Entry => entered(learner, toward.entry.as_ref(), question),
        };
        let excused = take.excused.contains(&self.own);
        let grade = excused
            || take.min_grade.is_none_or(|least| {
                self.holding.is_none_or(|holding| holding.grade.is_some_and(|grade| grade >= least))
            });
        let age = excused
            || take.max_age.is_none_or(|most| {
                self.holding
                    .is_none_or(|holding| holding.awarded.is_some_and(|day| most.after(day) >= age_day))
            });
        let advised = self.holding.is_some()
            || take.advise
                && take.filter.pools.as_ref().is_none_or(|from| {
                    from.iter()
                        .any(|&pool| pools[pool.index()].advise && self.is_in(catalog, face, pool, pools))
                });
        advised
            && grade
            && age
            && self.may_count(catalog, face, toward, as_of)
            && self.is_let_in(catalog, face, take, pools)
            && self.passes(catalog, face, &take.filter, pools)
    }
}

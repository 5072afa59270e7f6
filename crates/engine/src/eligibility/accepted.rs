//! Which requirements accept a unit.

use cairn_core::{
    Amount, Catalog, Date, Period,
    catalog::{CredentialIx, Filter, Qualification, Sight, Take},
};

use super::{Unit, attempt::has_attempts};
use crate::Question;

impl Unit<'_> {
    /// Whether a requirement accepts it as `face`.
    pub(crate) fn accepted(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        take: &Take,
        qualification: &Qualification,
        question: &Question,
    ) -> bool {
        let is_seen = match take.sight {
            // What was attempted is not asked whether it is valid, and is what it is.
            Sight::Attempted => face == self.own,
            Sight::Taking | Sight::Counted { .. } | Sight::Held { .. } => {
                self.is_countable(qualification.grace) && self.is_right_attempt(catalog, qualification)
            }
        };
        is_seen
            && self.counts_toward(catalog, face, qualification)
            && take.accepts(self.facts(catalog, face), &qualification.pools)
            && (!self.is_new() || self.is_advised(catalog, face, take, qualification))
            && (self.is_new()
                || (self.is_good_enough(take) && self.is_recent_enough(take, qualification, question)))
    }

    /// Whether nothing keeps it from counting toward a qualification as `face`.
    pub(crate) fn counts_toward(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        qualification: &Qualification,
    ) -> bool {
        [self.own, face].iter().all(|&ix| catalog.credential(ix).counts_toward(qualification))
            && self.equivalence(face).is_none_or(|one| one.counts_toward(qualification))
    }

    /// Whether something new that a requirement would accept is advised for it.
    fn is_advised(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        take: &Take,
        qualification: &Qualification,
    ) -> bool {
        take.advised(&qualification.pools).is_none_or(|advised| {
            self.passes(catalog, face, &Filter { pools: Some(advised), ..Filter::default() }, qualification)
        })
    }

    pub(crate) fn is_good_enough(&self, take: &Take) -> bool {
        is_good_enough(take, self.own, self.grade)
    }

    pub(crate) fn is_recent_enough(
        &self,
        take: &Take,
        qualification: &Qualification,
        question: &Question,
    ) -> bool {
        let Some(learner) = self.record else { return true };
        is_recent_enough(take, self.own, self.awarded, question.age_day(learner, qualification))
    }

    /// Whether a qualification looks at this attempt of several.
    pub(crate) fn is_right_attempt(&self, catalog: &Catalog, qualification: &Qualification) -> bool {
        !(self.is_tried_again && has_attempts(catalog, self.own, qualification))
    }

    /// Whether what is newly earned today would be a later attempt.
    pub(crate) fn is_before(&self, as_of: Date) -> bool {
        !self.is_new() && self.awarded.is_none_or(|day| day < as_of)
    }
}

pub(crate) fn is_good_enough(take: &Take, own: CredentialIx, grade: Option<Amount>) -> bool {
    let reaches = |least| grade.is_some_and(|grade| grade >= least);
    take.min_grade.is_none_or(reaches) || is_excused(take, own)
}

pub(crate) fn is_recent_enough(take: &Take, own: CredentialIx, awarded: Option<Date>, age_day: Date) -> bool {
    let reaches = |most: Period| awarded.is_some_and(|day| most.after(day) >= age_day);
    take.max_age.is_none_or(reaches) || is_excused(take, own)
}

fn is_excused(take: &Take, own: CredentialIx) -> bool {
    take.excused.binary_search(&own).is_ok()
}

//! One thing that may be counted, and what the rules see of it.

use std::borrow::Cow;

use cairn_core::{
    Amount, Attributes, Catalog, Date, Learner, Measure, Scalar, Source,
    catalog::{Bound, CredentialIx, Equivalence, Facts, Filter, Grace, Qualification, Tally, Weight, number},
};

use super::{Countability, Face, attempt::is_tried_again, countability, face::faces};
use crate::Question;

/// One thing that may be counted.
#[derive(Debug, Clone)]
pub(crate) struct Unit<'a> {
    /// The credential that it is.
    pub(crate) own: CredentialIx,
    /// The record that the holding is on.
    pub(super) record: Option<&'a Learner>,
    /// The position of the holding, or nothing for a new credential.
    pub(crate) holding: Option<usize>,
    /// What it may count as: itself first.
    pub(crate) faces: Vec<Face<'a>>,
    /// Attributes of the award that beat those of the credential.
    facts: Option<Cow<'a, Attributes>>,
    credits: Option<Amount>,
    pub(super) grade: Option<Amount>,
    pub(super) awarded: Option<Date>,
    source: Source,
    /// Whether the credential was tried again on a later day.
    pub(super) is_tried_again: bool,
    /// Whether it may count where there is no grace.
    pub(crate) is_current: bool,
    /// Whether it may count where grace lasts to the end of the calendar year.
    is_in_grace: bool,
}

impl<'a> Unit<'a> {
    /// A holding of a credential in the catalog, if it may count anywhere, or if it has expired and
    /// expired ones are looked at as well.
    pub(crate) fn held(
        catalog: &'a Catalog,
        learner: &'a Learner,
        position: usize,
        question: &Question,
        with_expired: bool,
    ) -> Option<Unit<'a>> {
        let holding = &learner.holdings[position];
        let own = catalog.find_credential(holding.credential.as_str())?;
        let judged = |grace| countability(catalog, learner, holding, grace, question);
        let may = |grace| matches!(judged(grace), Countability::Countable(_));
        let (is_current, is_in_grace) = (may(Grace::None), may(Grace::EndOfCalendarYear));
        let is_expired = || matches!(judged(Grace::EndOfCalendarYear), Countability::Expired(_));
        (is_in_grace || (with_expired && is_expired())).then(|| Unit {
            own,
            record: Some(learner),
            holding: Some(position),
            faces: faces(catalog, own, holding.awarded),
            facts: Some(catalog.facts_recorded(holding)),
            credits: catalog.credits_recorded(holding),
            grade: holding.grade,
            awarded: holding.awarded,
            source: holding.source,
            is_tried_again: is_tried_again(learner, &holding.credential, holding.awarded, question),
            is_current,
            is_in_grace,
        })
    }

    /// A credential still to be earned: with the best grade, and today's date.
    pub(crate) fn new(catalog: &'a Catalog, own: CredentialIx, as_of: Date) -> Unit<'a> {
        Unit {
            own,
            record: None,
            holding: None,
            faces: faces(catalog, own, Some(as_of)),
            facts: None,
            credits: None,
            grade: None,
            awarded: None,
            source: Source::Earned,
            is_tried_again: false,
            is_current: true,
            is_in_grace: true,
        }
    }

    /// The same beside a record, on which there may be an attempt of a day still to come.
    pub(crate) fn beside(self, catalog: &Catalog, learner: &Learner, question: &Question) -> Unit<'a> {
        let id = &catalog.credential(self.own).id;
        let is_tried_again = is_tried_again(learner, id, Some(question.as_of), question);
        Unit { is_tried_again, ..self }
    }

    pub(crate) fn is_new(&self) -> bool {
        self.holding.is_none()
    }

    /// Whether nothing is recorded of it that a new one would not have.
    pub(crate) fn is_plain(&self) -> bool {
        self.source == Source::Earned && self.facts.as_ref().is_none_or(|facts| facts.is_empty())
    }

    /// Whether it comes from one of these sources.
    pub(crate) fn is_from(&self, sources: &[Source]) -> bool {
        sources.contains(&self.source)
    }

    pub(crate) fn is_countable(&self, grace: Grace) -> bool {
        match grace {
            Grace::None => self.is_current,
            Grace::EndOfCalendarYear => self.is_in_grace,
        }
    }

    /// What it is worth when it counts as `face`, in thousandths.
    pub(crate) fn value(&self, catalog: &Catalog, face: CredentialIx, measure: Measure) -> i64 {
        let part = self.equivalence(face).and_then(|one| one.credits);
        match measure {
            Measure::Count => Amount::ONE,
            _ => part.or(self.credits).unwrap_or(catalog.credential(face).credits),
        }
        .thousandths()
    }

    /// The equivalence by which it counts as `face`, if that is not what it is.
    pub(super) fn equivalence(&self, face: CredentialIx) -> Option<&'a Equivalence> {
        self.faces.iter().find(|one| one.credential == face)?.by
    }

    /// Whether it will do where `wanted` must be had first.
    pub(crate) fn will_do_as(&self, wanted: CredentialIx) -> bool {
        self.own == wanted || self.equivalence(wanted).is_some_and(Equivalence::is_full)
    }

    /// What it adds to a limit when it counts as `face`, in thousandths.
    ///
    /// A part of a credential is not one of those that are asked for, and takes the place of one of
    /// those that are allowed.
    pub(crate) fn worth(&self, catalog: &Catalog, face: CredentialIx, tally: &Tally, bound: Bound) -> i64 {
        let is_part = || self.equivalence(face).is_some_and(|one| one.credits.is_some());
        match tally {
            Tally::Count if bound == Bound::AtLeast && is_part() => 0,
            Tally::Credits => self.value(catalog, face, Measure::Credits),
            Tally::Sum { of } => number(&self.facts(catalog, face).values(of)).thousandths(),
            Tally::Count | Tally::Distinct { .. } | Tally::Average { .. } => Amount::ONE.thousandths(),
        }
    }

    /// The values of an attribute when it counts as `face`.
    pub(crate) fn values(&self, catalog: &Catalog, face: CredentialIx, attribute: &str) -> Vec<Scalar> {
        self.facts(catalog, face).values(attribute).into_owned()
    }

    /// What its grade weighs and how good it is, in thousandths; nothing without a grade. What is
    /// still to be earned has the best grade.
    pub(crate) fn graded(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        weight: Weight,
        best: Amount,
    ) -> Option<(i64, i64)> {
        let grade = if self.is_new() { best } else { self.grade?.min(best) };
        let weight = match weight {
            Weight::Count => Amount::ONE.thousandths(),
            Weight::Credits => self.value(catalog, face, Measure::Credits).min(Weight::MAX.thousandths()),
        };
        Some((weight, grade.thousandths()))
    }

    /// The day from which a window reckons: that of the award; today's for what is still to be earned.
    pub(crate) fn day(&self, as_of: Date) -> Option<Date> {
        if self.is_new() { Some(as_of) } else { self.awarded }
    }

    pub(super) fn facts<'c>(&'c self, catalog: &'c Catalog, face: CredentialIx) -> Facts<'c> {
        let known = catalog.credential(face);
        Facts {
            credential: face,
            origin: known.origin,
            attributes: &known.attributes,
            own: self.facts.as_deref(),
            source: Some(self.source),
        }
    }

    pub(crate) fn passes(
        &self,
        catalog: &Catalog,
        face: CredentialIx,
        filter: &Filter,
        qualification: &Qualification,
    ) -> bool {
        filter.accepts(self.facts(catalog, face), &qualification.pools)
    }
}

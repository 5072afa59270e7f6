//! Which holdings are countable on a day, what they may count as, and which requirements accept them.
//!
//! All of it is a function of one holding, the rules and the day, so expiry, grades and ages never
//! take part in the search.

use std::borrow::Cow;

use cairn_core::{
    Amount, Attributes, Catalog, Date, Holding, Learner, Measure, Scalar, Scenario, Source, State,
    catalog::{
        Attempt, Bound, Credential, CredentialIx, Equivalence, Facts, Filter, Grace, Qualification,
        QualificationIx, Sight, Take, Tally, Weight, number,
    },
};

use crate::Question;

/// Whether a holding may count on the day of the audit, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countability {
    /// It may, up to and including this day if it expires.
    Countable(Option<Date>),
    /// Its credential is in no rule file.
    NotInCatalog,
    /// It was awarded after the day of the audit.
    NotYet(Date),
    /// Its last day was before the day of the audit.
    Expired(Date),
    /// Its issuer has taken it back.
    Revoked,
    /// It is in progress, and the scenario is about what is earned.
    InProgress,
    /// It is planned, and the scenario does not reach that far.
    Planned,
}

/// Judges one holding. `grace` is that of the qualification in whose scope it would count.
#[must_use]
pub fn countability(
    catalog: &Catalog,
    learner: &Learner,
    holding: &Holding,
    grace: Grace,
    question: &Question,
) -> Countability {
    countable_on(catalog, learner, holding, grace, question.as_of, question.scenario)
}

/// The same, of a day and a scenario.
pub(crate) fn countable_on(
    catalog: &Catalog,
    learner: &Learner,
    holding: &Holding,
    grace: Grace,
    as_of: Date,
    scenario: Scenario,
) -> Countability {
    let own = catalog.find_credential(holding.credential.as_str());
    if own.is_none() && catalog.qualifications().iter().all(|q| !q.is_named(&holding.credential)) {
        return Countability::NotInCatalog;
    }
    if !scenario.admits(holding.state) {
        return match holding.state {
            State::Revoked => Countability::Revoked,
            State::InProgress => Countability::InProgress,
            State::Planned | State::Earned => Countability::Planned,
        };
    }
    if let Some(day) = holding.awarded
        && day > as_of
        && holding.state == State::Earned
    {
        return Countability::NotYet(day);
    }
    let expires = life(catalog, learner, holding, own, as_of).map(|life| life.last);
    match expires.map(|day| last_day(day, grace)) {
        Some(last) if last < as_of => Countability::Expired(last),
        last => Countability::Countable(last),
    }
}

/// The last day on which a holding is valid where no qualification grants grace, renewals up to
/// `day` included; `None` if it never expires.
#[must_use]
pub fn last_day_valid(catalog: &Catalog, learner: &Learner, holding: &Holding, day: Date) -> Option<Date> {
    let own = catalog.find_credential(holding.credential.as_str());
    life(catalog, learner, holding, own, day).map(|life| life.last)
}

/// The last day in a qualification's scope, its grace included.
fn last_day(expires: Date, grace: Grace) -> Date {
    match grace {
        Grace::None => expires,
        Grace::EndOfCalendarYear => Date::constant(expires.year(), 12, 31),
    }
}

/// How long a holding is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Life {
    /// The last day without any renewal.
    pub(crate) first: Date,
    /// The last day.
    pub(crate) last: Date,
    /// Holdings that moved the end, by position, in the order of their days: as few as will do.
    pub(crate) renewals: Vec<usize>,
}

/// How long a holding is valid, if it expires. What is printed on the award beats what the catalog
/// says; each renewal that was earned while the holding was valid starts the period anew.
pub(crate) fn life(
    catalog: &Catalog,
    learner: &Learner,
    holding: &Holding,
    own: Option<CredentialIx>,
    as_of: Date,
) -> Option<Life> {
    let credential = own.map(|own| catalog.credential(own));
    let valid = credential.and_then(|credential| credential.valid);
    let computed = || Some(valid?.after(holding.awarded?));
    let first = holding.expires.or_else(computed).or_else(|| last_after_retirement(credential?))?;
    let mut life = Life { first, last: first, renewals: Vec::new() };
    let (Some(credential), Some(valid)) = (credential, valid) else { return Some(life) };
    let renews = |(at, other): (usize, &Holding)| {
        let own = catalog.find_credential(other.credential.as_str())?;
        let day = other.awarded.filter(|&day| day <= as_of)?;
        (other.state == State::Earned && credential.renewed_by.contains(&own)).then_some((day, at))
    };
    let mut renewals: Vec<_> = learner.holdings.iter().enumerate().filter_map(renews).collect();
    renewals.sort_unstable();
    if credential.renewal_window.is_none() && !credential.renewed_from_end {
        // Of those in time the latest reaches furthest.
        while let Some(&(day, at)) = renewals.iter().rev().find(|(day, _)| *day <= life.last)
            && valid.after(day) > life.last
        {
            life.last = valid.after(day);
            life.renewals.push(at);
        }
        return Some(life);
    }
    for (day, at) in renewals {
        let is_early = credential.renewal_window.is_some_and(|window| window.after(day) < life.last);
        // What moves the end on from the end must not renew itself.
        let is_itself = credential.renewed_from_end && holding.awarded.is_some_and(|awarded| day <= awarded);
        let moved = valid.after(if credential.renewed_from_end { life.last } else { day });
        if day <= life.last && !is_early && !is_itself && moved > life.last {
            life.last = moved;
            life.renewals.push(at);
        }
    }
    Some(life)
}

/// The last day of what has no other end, where its credential is retired for a while only.
fn last_after_retirement(credential: &Credential) -> Option<Date> {
    Some(credential.valid_after_retirement?.after(credential.retired?))
}

/// Whether the learner tried again, on a later day than that of a holding, as far as the scenario reaches.
fn is_tried_again(learner: &Learner, holding: &Holding, question: &Question) -> bool {
    learner.holdings.iter().any(|other| {
        let is_known = other.state != State::Earned || other.awarded.is_none_or(|day| day <= question.as_of);
        other.credential == holding.credential
            && question.scenario.admits(other.state)
            && is_known
            && other.awarded > holding.awarded
    })
}

/// A credential that something may count as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face<'a> {
    pub(crate) credential: CredentialIx,
    /// Nothing where it is what it is.
    by: Option<&'a Equivalence>,
}

impl Face<'_> {
    /// Whether it stands for the whole of the credential, whatever it is wanted for.
    pub(crate) fn is_full(&self) -> bool {
        self.by.is_none_or(Equivalence::is_full)
    }
}

/// One thing that may be counted.
#[derive(Debug, Clone)]
pub(crate) struct Unit<'a> {
    /// The credential that it is.
    pub(crate) own: CredentialIx,
    /// The record that the holding is on.
    record: Option<&'a Learner>,
    /// The position of the holding, or nothing for a new credential.
    pub(crate) holding: Option<usize>,
    /// What it may count as: itself first.
    pub(crate) faces: Vec<Face<'a>>,
    /// Attributes of the award that beat those of the credential.
    facts: Option<Cow<'a, Attributes>>,
    credits: Option<Amount>,
    grade: Option<Amount>,
    awarded: Option<Date>,
    source: Source,
    /// Whether the credential was tried again on a later day.
    is_tried_again: bool,
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
            facts: Some(own_facts(holding)),
            credits: holding.credits,
            grade: holding.grade,
            awarded: holding.awarded,
            source: holding.source,
            is_tried_again: is_tried_again(learner, holding, question),
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
    fn equivalence(&self, face: CredentialIx) -> Option<&'a Equivalence> {
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

    fn facts<'c>(&'c self, catalog: &'c Catalog, face: CredentialIx) -> Facts<'c> {
        let attributes = &catalog.credential(face).attributes;
        Facts { credential: face, attributes, own: self.facts.as_deref(), source: Some(self.source) }
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
            && self.passes(catalog, face, &take.filter, qualification)
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
        is_good_enough(take, self.grade)
    }

    pub(crate) fn is_recent_enough(
        &self,
        take: &Take,
        qualification: &Qualification,
        question: &Question,
    ) -> bool {
        let Some(learner) = self.record else { return true };
        is_recent_enough(take, self.awarded, question.age_day(learner, qualification))
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

pub(crate) fn is_good_enough(take: &Take, grade: Option<Amount>) -> bool {
    take.min_grade.is_none_or(|least| grade.is_some_and(|grade| grade >= least))
}

/// Whether only the latest holding of a credential may count in a qualification.
pub(crate) fn has_attempts(catalog: &Catalog, own: CredentialIx, qualification: &Qualification) -> bool {
    qualification.attempt == Attempt::Latest && catalog.credential(own).times == 1
}

pub(crate) fn is_recent_enough(take: &Take, awarded: Option<Date>, age_day: Date) -> bool {
    take.max_age.is_none_or(|most| awarded.is_some_and(|day| most.after(day) >= age_day))
}

pub(crate) fn faces(catalog: &Catalog, own: CredentialIx, awarded: Option<Date>) -> Vec<Face<'_>> {
    let others = catalog.credential(own).counts_as.iter().filter(|one| one.covers(awarded));
    let others = others.map(|one| Face { credential: one.to, by: Some(one) });
    std::iter::once(Face { credential: own, by: None }).chain(others).collect()
}

/// The attributes of an award, with its issuer and credits among them.
fn own_facts(holding: &Holding) -> Cow<'_, Attributes> {
    if holding.issuer.is_none() && holding.credits.is_none() {
        return Cow::Borrowed(&holding.attributes);
    }
    let mut facts = holding.attributes.clone();
    if let Some(issuer) = &holding.issuer {
        facts.insert("issuer".to_owned(), vec![Scalar::Text(issuer.clone())]);
    }
    if let Some(credits) = holding.credits {
        facts.insert("credits".to_owned(), vec![Scalar::Number(credits)]);
    }
    Cow::Owned(facts)
}

/// Whether the learner holds a countable award of the qualification.
pub(crate) fn is_held(
    catalog: &Catalog,
    learner: &Learner,
    ix: QualificationIx,
    grace: Grace,
    question: &Question,
) -> bool {
    let qualification = catalog.qualification(ix);
    learner.holdings.iter().any(|holding| {
        qualification.is_named(&holding.credential)
            && matches!(countability(catalog, learner, holding, grace, question), Countability::Countable(_))
    })
}

/// Whether the scenario takes a holding to be had by a day, whether or not it has expired since.
pub(crate) fn is_had(holding: &Holding, by: Date, question: &Question) -> bool {
    question.scenario.admits(holding.state)
        && (holding.state != State::Earned || holding.awarded.is_none_or(|day| day <= by))
}

/// The first day of a countable award of the qualification, the day of the audit at the latest; an
/// award without a day was always there.
pub(crate) fn first_day(
    catalog: &Catalog,
    learner: &Learner,
    ix: QualificationIx,
    question: &Question,
) -> Date {
    let qualification = catalog.qualification(ix);
    let awards = learner.holdings.iter().filter(|holding| {
        qualification.is_named(&holding.credential)
            && matches!(
                countability(catalog, learner, holding, Grace::None, question),
                Countability::Countable(_)
            )
    });
    let days = awards.map(|holding| holding.awarded.unwrap_or(Date::MIN));
    days.min().unwrap_or(question.as_of).min(question.as_of)
}

/// Whether something can still be earned or awarded on a day.
pub(crate) fn is_open(retired: Option<Date>, as_of: Date) -> bool {
    retired.is_none_or(|day| as_of < day)
}

//! Which holdings are countable on a day, what they may count as, and which requirements accept them.
//!
//! All of it is a function of one holding, the rules and the day, so expiry, grades and ages never
//! take part in the search.

use cairn_core::{Catalog, Date, Holding, Learner, Scenario, State, catalog::Grace};

use crate::Question;

mod life;
pub use life::last_day_valid;
pub(crate) use life::{Life, life};

mod award;
pub(crate) use award::{first_day, is_held, recorded_components};

mod attested;
pub(crate) use attested::recorded;

mod attempt;
pub(crate) use attempt::has_attempts;

mod face;
pub(crate) use face::{Face, faces};

mod unit;
pub(crate) use unit::Unit;

mod accepted;
pub(crate) use accepted::{is_good_enough, is_recent_enough};

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

/// The last day in a qualification's scope, its grace included.
fn last_day(expires: Date, grace: Grace) -> Date {
    match grace {
        Grace::None => expires,
        Grace::EndOfCalendarYear => Date::constant(expires.year(), 12, 31),
    }
}

/// Whether the scenario takes a holding to be had by a day, whether or not it has expired since.
pub(crate) fn is_had(holding: &Holding, by: Date, question: &Question) -> bool {
    question.scenario.admits(holding.state)
        && (holding.state != State::Earned || holding.awarded.is_none_or(|day| day <= by))
}

/// Whether something can still be earned or awarded on a day.
pub(crate) fn is_open(retired: Option<Date>, as_of: Date) -> bool {
    retired.is_none_or(|day| as_of < day)
}

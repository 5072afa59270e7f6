//! How long a holding is valid: what the award says, what the catalog says, and what renews it.

use cairn_core::{Catalog, Date, Holding, Learner, State, catalog::CredentialIx};

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
    let first = catalog.end_of(holding, own)?;
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

/// The last day on which a holding is valid where no qualification grants grace, renewals up to
/// `day` included; `None` if it never expires.
#[must_use]
pub fn last_day_valid(catalog: &Catalog, learner: &Learner, holding: &Holding, day: Date) -> Option<Date> {
    let own = catalog.find_credential(holding.credential.as_str());
    life(catalog, learner, holding, own, day).map(|life| life.last)
}

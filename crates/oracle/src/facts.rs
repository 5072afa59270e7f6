//! §1, facts: which holdings are countable, and when a learner entered.

use cairn_core::{
    AttestationKey, Catalog, CredentialId, Date, Holding, Learner,
    catalog::{CredentialIx, Grace},
};

use crate::{Question, Unit};

/// The countable holdings of credentials in the catalog, and the new credentials.
pub(crate) fn units<'a>(
    catalog: &Catalog,
    learner: &'a Learner,
    new: &[CredentialIx],
    question: &Question,
) -> Vec<Unit<'a>> {
    let held = learner.holdings.iter().filter_map(|holding| {
        let own = catalog.find_credential(holding.credential.as_str())?;
        let expires = expiry(catalog, learner, holding, own, question.as_of);
        Some(Unit {
            own,
            holding: Some(holding),
            is_current: is_countable(holding, expires, Grace::None, question),
            is_in_grace: is_countable(holding, expires, Grace::EndOfCalendarYear, question),
            is_attempted: is_countable(holding, None, Grace::None, question),
            is_tried_again: is_tried_again(learner, &holding.credential, holding.awarded, question)
                || (new.contains(&own) && is_later(Some(question.as_of), holding.awarded)),
        })
    });
    let new = new.iter().map(|&own| Unit {
        own,
        holding: None,
        is_current: true,
        is_in_grace: true,
        is_attempted: true,
        // An attempt that is planned may be of a day still to come.
        is_tried_again: is_tried_again(learner, &catalog.credential(own).id, Some(question.as_of), question),
    });
    held.chain(new).collect()
}

/// The first day of the evidence of an entry, unless the question says another; today without one.
pub(crate) fn entered(learner: &Learner, evidence: Option<&AttestationKey>, question: &Question) -> Date {
    if let Some(day) = question.entry {
        return day;
    }
    let mut first = question.as_of;
    for one in &learner.attestations {
        if let (Some(evidence), Some(day)) = (evidence, one.on)
            && one.key == *evidence
            && day < first
        {
            first = day;
        }
    }
    first
}

/// Whether a credential was tried on a later day.
fn is_tried_again(
    learner: &Learner,
    credential: &CredentialId,
    day: Option<Date>,
    question: &Question,
) -> bool {
    learner.holdings.iter().any(|other| {
        other.credential == *credential
            && is_countable(other, None, Grace::None, question)
            && is_later(other.awarded, day)
    })
}

/// Without a day, something was earned before every day.
fn is_later(day: Option<Date>, before: Option<Date>) -> bool {
    match (day, before) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(day), Some(before)) => day > before,
    }
}

/// Earned (or admitted by the scenario), not revoked, not after its expiry; that day is included.
pub(crate) fn is_countable(
    holding: &Holding,
    expires: Option<Date>,
    grace: Grace,
    question: &Question,
) -> bool {
    let is_earned = holding.state == cairn_core::State::Earned;
    let begun = !is_earned || holding.awarded.is_none_or(|day| day <= question.as_of);
    let last = expires.map(|day| match grace {
        Grace::None => day,
        Grace::EndOfCalendarYear => Date::constant(day.year(), 12, 31),
    });
    question.scenario.admits(holding.state) && begun && last.is_none_or(|last| question.as_of <= last)
}

/// The last day on which a holding is valid, renewals included.
pub(crate) fn expiry(
    catalog: &Catalog,
    learner: &Learner,
    holding: &Holding,
    own: CredentialIx,
    as_of: Date,
) -> Option<Date> {
    let credential = catalog.credential(own);
    let computed = || Some(credential.valid?.after(holding.awarded?));
    // Retirement ends only what has no other end.
    let retired = || Some(credential.valid_after_retirement?.after(credential.retired?));
    let mut expires = holding.expires.or_else(computed).or_else(retired)?;
    let Some(valid) = credential.valid else { return Some(expires) };
    let renewals = learner.holdings.iter().filter(|other| {
        let other_own = catalog.find_credential(other.credential.as_str());
        other.state == cairn_core::State::Earned
            && other_own.is_some_and(|other_own| credential.renewed_by.contains(&other_own))
    });
    let mut days: Vec<Date> =
        renewals.filter_map(|other| other.awarded).filter(|&day| day <= as_of).collect();
    days.sort_unstable();
    for day in days {
        let is_too_early = credential.renewal_window.is_some_and(|window| window.after(day) < expires);
        let is_earlier = credential.renewed_from_end && holding.awarded.is_some_and(|own| own >= day);
        if day <= expires && !is_too_early && !is_earlier {
            let from = if credential.renewed_from_end { expires } else { day };
            expires = expires.max(valid.after(from));
        }
    }
    Some(expires)
}

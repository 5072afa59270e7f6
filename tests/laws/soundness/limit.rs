//! What is placed, measured and compared with a limit.

use std::collections::BTreeSet;

use cairn_core::{
    Amount, Catalog,
    catalog::{Bound, Limit, Qualification, Take, Tally, Weight, number},
};
use cairn_engine::{Audit, Placement, Thing};

use super::placed::{credits, equivalence, is_more, passes, values};

/// Whether a limit holds of what is placed.
pub(super) fn holds(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &[&Placement],
    limit: &Limit,
) -> bool {
    let mine: Vec<_> = placed
        .iter()
        .copied()
        .filter(|placed| passes(catalog, audit, rules, placed, &limit.filter))
        .filter(|one| {
            limit.last.as_ref().is_none_or(|last| {
                let later: Vec<_> =
                    placed.iter().copied().filter(|other| day(audit, one) < day(audit, other)).collect();
                sum(catalog, audit, &later, &last.tally, Bound::AtMost) < last.amount
            })
        })
        .collect();
    let Some(per) = &limit.per else { return holds_of(catalog, audit, &mine, placed, limit) };
    let all: BTreeSet<_> = mine.iter().flat_map(|placed| values(catalog, audit, placed, per)).collect();
    all.iter().all(|value| {
        let has = |placed: &&Placement| values(catalog, audit, placed, per).contains(value);
        let having: Vec<_> = mine.iter().copied().filter(has).collect();
        holds_of(catalog, audit, &having, placed, limit)
    })
}

fn holds_of(
    catalog: &Catalog,
    audit: &Audit,
    mine: &[&Placement],
    all: &[&Placement],
    limit: &Limit,
) -> bool {
    if let Tally::Average { weight, best } = limit.tally {
        let balance = mine
            .iter()
            .filter(|placed| !is_more(placed))
            .map(|placed| balance(catalog, audit, placed, limit.amount, weight, best));
        return balance.sum::<i64>() >= 0;
    }
    let sum = |set: &[&Placement]| sum(catalog, audit, set, &limit.tally, limit.bound).thousandths();
    let (has, bound) = match limit.share_of_counted() {
        Some(share) => (sum(mine) * share.denominator(), sum(all) * share.numerator()),
        None => (sum(mine), limit.amount.thousandths()),
    };
    match limit.bound {
        Bound::AtLeast => has >= bound,
        Bound::AtMost => has <= bound,
    }
}

pub(super) fn sum(
    catalog: &Catalog,
    audit: &Audit,
    placed: &[&Placement],
    tally: &Tally,
    bound: Bound,
) -> Amount {
    let is_part =
        |placed: &Placement| equivalence(catalog, audit, placed).is_some_and(|one| one.credits.is_some());
    let worth = |placed: &&Placement| match tally {
        Tally::Count if bound == Bound::AtLeast && is_part(placed) => Amount::ZERO,
        Tally::Credits => match placed.part {
            Some(part) => part.credits,
            None => credits(catalog, audit, placed),
        },
        _ if is_more(placed) => Amount::ZERO,
        Tally::Sum { of } => number(&values(catalog, audit, placed, of)),
        Tally::Count | Tally::Distinct { .. } | Tally::Average { .. } => Amount::ONE,
    };
    if let Tally::Distinct { by } = tally {
        let all: BTreeSet<_> = placed.iter().flat_map(|placed| values(catalog, audit, placed, by)).collect();
        return Amount::whole(u32::try_from(all.len()).expect("few"));
    }
    placed.iter().map(worth).sum()
}

/// By how much a grade lifts an average above the least, or pulls it below.
fn balance(
    catalog: &Catalog,
    audit: &Audit,
    placed: &Placement,
    least: Amount,
    weight: Weight,
    best: Amount,
) -> i64 {
    let grade = match placed.thing {
        Thing::New(_) => Some(best),
        Thing::Held(at) => audit.holdings[at].grade.map(|grade| grade.min(best)),
    };
    let weight = match weight {
        Weight::Count => Amount::ONE,
        Weight::Credits => credits(catalog, audit, placed).min(Weight::MAX),
    };
    let above = |grade: Amount| grade.thousandths() - least.thousandths();
    grade.map_or(0, |grade| weight.thousandths() * above(grade))
}

fn day(audit: &Audit, placed: &Placement) -> Option<cairn_core::Date> {
    match placed.thing {
        Thing::New(_) => Some(audit.question.as_of),
        Thing::Held(at) => audit.holdings[at].awarded,
    }
}

pub(super) fn lies_within(audit: &Audit, take: &Take, placed: &[&Placement]) -> bool {
    let Some(window) = take.window else { return true };
    let days: Option<Vec<_>> = placed.iter().map(|placed| day(audit, placed)).collect();
    days.is_some_and(|days| days.iter().all(|day| days.iter().all(|other| *other <= window.after(*day))))
}

/// Whether nothing of what is placed was awarded before something that counts for what comes before.
pub(super) fn is_in_order(audit: &Audit, take: &Take, placed: &[&Placement], all: &[Placement]) -> bool {
    let mut earlier = all.iter().filter(|placed| take.after.contains(&placed.requirement));
    earlier.all(|one| {
        let first = day(audit, one);
        placed.iter().all(|other| first.zip(day(audit, other)).is_some_and(|(first, next)| first <= next))
    })
}

//! Which editions of a qualification a learner may choose, asked of each by itself.

use cairn_core::{
    Amount, Catalog, Date, Learner,
    catalog::{Choose, Editions, QualificationIx},
};

use crate::{Question, facts::entered, scheme::credits_recorded};

/// The editions that may be chosen.
#[must_use]
pub fn open_editions(
    catalog: &Catalog,
    learner: &Learner,
    editions: &Editions,
    question: &Question,
) -> Vec<QualificationIx> {
    let as_of = question.as_of;
    let first_day = |ix: QualificationIx| catalog.qualification(ix).effective.expect("editions are dated");
    let begun: Vec<_> = editions.all.iter().copied().filter(|&ix| first_day(ix) <= as_of).collect();
    // Every edition ends where one that is later begins.
    let next =
        |ix| editions.all.iter().map(|&other| first_day(other)).filter(|&day| day > first_day(ix)).min();
    let in_force_on = |ix, day: Date| first_day(ix) <= day && next(ix).is_none_or(|next| day < next);
    let entry = entered(learner, editions.entry.as_ref(), question);
    let is_open = |ix: &QualificationIx| {
        let ix = *ix;
        let retired = catalog.qualification(ix).retired.is_some_and(|day| day <= as_of);
        let taught = match (editions.teach_out, next(ix)) {
            (Some(period), Some(next)) if next <= as_of => as_of <= period.after(next),
            _ => true,
        };
        let after = begun.iter().filter(|&&other| first_day(other) > first_day(ix)).count();
        let recent = editions.last.is_none_or(|last| after < last as usize);
        let not_before = next(ix).is_none_or(|next| next > entry);
        let chosen = match editions.choose {
            Choose::Any => true,
            Choose::Entry => in_force_on(ix, entry),
            Choose::Later(within) => {
                not_before && within.is_none_or(|within| first_day(ix) <= within.after(entry))
            }
            Choose::Credit => {
                in_force_on(ix, as_of)
                    || credits_in(catalog, learner, |day| day <= as_of && in_force_on(ix, day)) >= Amount::ONE
            }
        };
        !retired && taught && recent && chosen
    };
    begun.iter().copied().filter(is_open).collect()
}

/// The credits that were earned here on such days.
fn credits_in(catalog: &Catalog, learner: &Learner, is_its_day: impl Fn(Date) -> bool) -> Amount {
    let mut sum = Amount::ZERO;
    for holding in &learner.holdings {
        let is_earned =
            holding.state == cairn_core::State::Earned && holding.source == cairn_core::Source::Earned;
        if is_earned && holding.awarded.is_some_and(&is_its_day) {
            let own = catalog.find_credential(holding.credential.as_str());
            let of_the_credential = own.map_or(Amount::ZERO, |own| catalog.credential(own).credits);
            sum = sum + credits_recorded(catalog, holding).unwrap_or(of_the_credential);
        }
    }
    sum
}

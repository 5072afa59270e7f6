//! Answers that were stopped early: what is known, and never more.

use cairn_core::{Amount, Catalog, Measure};
use cairn_engine::{Bounds, Cost, Question};

use crate::words::{amount, count};

/// What is known of what remains.
pub(super) fn bounds(catalog: &Catalog, bounds: &Bounds, question: &Question) -> String {
    let Bounds { least, most, cases } = bounds;
    let known = match most {
        _ if *least == Cost::ZERO => {
            let most = most.map(|most| format!("; at most {} remain", all(catalog, &most, question)));
            format!("it may already be complete{}", most.unwrap_or_default())
        }
        None => format!("at least {} remain, and no completion was found", all(catalog, least, question)),
        Some(most) => between(catalog, least, most, question),
    };
    format!("{known}; the search was stopped after {}", count(*cases, "case"))
}

/// The parts up to the first that is not settled.
fn between(catalog: &Catalog, least: &Cost, most: &Cost, question: &Question) -> String {
    let mut settled = Vec::new();
    for ((low, what), (high, _)) in
        parts(catalog, least, question).into_iter().zip(parts(catalog, most, question))
    {
        if low == high {
            settled.extend((low > Amount::ZERO).then(|| what(low)));
            continue;
        }
        let open = format!("between {low} and {}", what(high));
        let before: String = settled.iter().map(|part| format!("{part}, in ")).collect();
        return format!("{before}{open} remain");
    }
    format!("{} remain", settled.join(", in "))
}

/// All parts of a cost that are not zero.
fn all(catalog: &Catalog, cost: &Cost, question: &Question) -> String {
    let parts = parts(catalog, cost, question).into_iter().filter(|(part, _)| *part > Amount::ZERO);
    parts.map(|(part, what)| what(part)).collect::<Vec<_>>().join(", in ")
}

type Part<'a> = (Amount, Box<dyn Fn(Amount) -> String + 'a>);

/// The parts of a cost in the order in which they are compared, with the words for each.
fn parts<'a>(catalog: &'a Catalog, cost: &Cost, question: &Question) -> Vec<Part<'a>> {
    let amounts = std::iter::once(cost.measure).chain(cost.further);
    let mut parts: Vec<Part<'a>> = question
        .measures()
        .zip(amounts)
        .map(|(measure, part)| (part, Box::new(move |part| amount(catalog, part, measure)) as Box<_>))
        .collect();
    // Counted in credentials alone, their number has been said.
    if question.measures().any(|measure| measure != Measure::Count) {
        parts.push((whole(cost.new), Box::new(|part| things(part, "credential"))));
    }
    parts.push((whole(cost.attestations), Box::new(|part| things(part, "confirmation"))));
    parts
}

fn whole(number: u64) -> Amount {
    Amount::whole(u32::try_from(number).unwrap_or(u32::MAX))
}

fn things(number: Amount, thing: &str) -> String {
    format!("{number} {thing}{}", if number == Amount::ONE { "" } else { "s" })
}

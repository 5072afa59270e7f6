//! Several completions, in sentences.

use cairn_core::{Catalog, Measure};
use cairn_engine::{Action, Choice, Completion, Completions, Cost, End, Question};

use crate::words::{amount, count, credential, further, list};

/// How many completions there are, and whether there may be more.
#[must_use]
pub fn completions(found: &Completions, is_pareto: bool) -> String {
    let number = found.completions.len() as u64;
    let ways = match (number, is_pareto) {
        (0, _) => "no way to complete it".to_owned(),
        (1, false) => "1 way to complete it".to_owned(),
        (_, false) => format!("{number} different ways to complete it, the cheapest first"),
        (1, true) => "1 way to complete it, which no other beats in anything".to_owned(),
        (_, true) => format!("{number} ways to complete it, which no other beats in everything"),
    };
    match found.end {
        End::Exhausted if number == 0 => {
            "nothing that can be earned on this day would complete it".to_owned()
        }
        End::Exhausted if found.completions[0].cost == Cost::ZERO => "every requirement is met".to_owned(),
        End::Exhausted if is_pareto => ways,
        End::Exhausted => format!("{ways}; there are no others"),
        End::Enough => format!("{ways}; there are others"),
        End::Stopped if number == 0 => {
            "the search was stopped before any way was proved to be the best".to_owned()
        }
        End::Stopped => {
            format!("{ways}; the search was stopped, and there may be others, none of them cheaper")
        }
    }
}

/// What a completion costs.
#[must_use]
pub fn completion(catalog: &Catalog, question: &Question, completion: &Completion) -> String {
    let Completion { cost, steps, .. } = completion;
    let number =
        |wanted: fn(&Action) -> bool| steps.iter().filter(|step| wanted(&step.action)).count() as u64;
    let mut parts = Vec::new();
    let first = Some((cost.measure, question.measure)).into_iter();
    for (part, measure) in first.chain(further(question, cost)) {
        if measure != Measure::Count {
            parts.push(amount(catalog, part, measure));
        }
    }
    let things = [
        (number(|action| matches!(action, Action::Earn(_))), "credential"),
        (number(|action| matches!(action, Action::Award(_))), "award"),
        (cost.attestations, "confirmation"),
    ];
    parts.extend(
        things.into_iter().filter(|(number, _)| *number > 0).map(|(number, thing)| count(number, thing)),
    );
    if parts.is_empty() { "nothing remains".to_owned() } else { parts.join(", ") }
}

/// What would do as well as some of a completion.
#[must_use]
pub fn otherwise(catalog: &Catalog, choice: &Choice) -> String {
    let names = |list: &[cairn_core::catalog::CredentialIx]| -> Vec<String> {
        list.iter().map(|&ix| credential(catalog, ix)).collect()
    };
    let chosen = list(&names(&choice.chosen), "or");
    match &choice.others[..] {
        [one] => format!("instead of {chosen}, {} would do as well", credential(catalog, *one)),
        others => format!(
            "instead of {chosen}, any of {} others would do as well: {}",
            others.len(),
            list(&names(others), "or")
        ),
    }
}

/// The heading over a completion that is not proved to be the cheapest.
#[must_use]
pub fn way_found() -> &'static str {
    "One way that was found, perhaps not the cheapest"
}

//! Where a holding could count as well, and at what price.

use cairn_core::Catalog;
use cairn_engine::{Audit, Outcome, Preferred, Price};

use crate::words::{asked, change, credential, reason::holding, requirement};

/// What would be if a holding had to count toward a requirement, or that it does.
#[must_use]
pub fn elsewhere(catalog: &Catalog, audit: &Audit, at: usize, price: &Price, counts: bool) -> String {
    let (within, ix) = price.place;
    let holding = holding(catalog, audit, at);
    let place = requirement(catalog, within, ix, asked(audit));
    if counts {
        format!("{holding} counts toward {place}")
    } else if price.verdict == audit.verdict {
        format!("{holding} could also count toward {place}, and as much would remain")
    } else {
        let change = change(catalog, audit.question.measure, audit.verdict, price.verdict);
        format!("if {holding} had to count toward {place}, {change}")
    }
}

/// What became of a wish.
#[must_use]
pub fn preferred(catalog: &Catalog, audit: &Audit, one: &Preferred) -> String {
    let (within, ix) = one.preference.place;
    let held = credential(catalog, one.preference.credential);
    let place = requirement(catalog, within, ix, asked(audit));
    match one.outcome {
        Outcome::Honoured => format!("{held} counts toward {place}, as was wished"),
        Outcome::NotAccepted => format!("{held} does not count toward {place}, which does not accept it"),
        Outcome::Priced(price) if price == audit.verdict => {
            format!("{held} does not count toward {place}: it could, but not with all that was wished")
        }
        Outcome::Priced(price) => {
            let change = change(catalog, audit.question.measure, audit.verdict, price);
            format!("{held} does not count toward {place}: if it had to, {change}")
        }
    }
}

/// The heading over where a holding could count.
#[must_use]
pub fn elsewhere_heading() -> &'static str {
    "Where it could count"
}

/// The heading over what became of wishes.
#[must_use]
pub fn wishes_heading() -> &'static str {
    "What was wished"
}

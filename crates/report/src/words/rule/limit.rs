//! Limits in sentences.

use cairn_core::{
    Amount, Catalog,
    catalog::{Bound, Filter, Last, Limit, Qualification, Rounding, Share, Tally, Weight, Whole},
};

use super::pool::selection;
use crate::words::{credit, tally};

/// One limit: `at least 10 credits from those at eqf level 4 or above`.
#[must_use]
pub fn limit(catalog: &Catalog, limit: &Limit, qualification: &Qualification) -> String {
    let bound = match limit.bound {
        Bound::AtLeast => "at least",
        Bound::AtMost => "at most",
    };
    let mut sentence = match (&limit.tally, limit.share) {
        (Tally::Average { weight, best }, _) => average(limit.amount, *weight, *best),
        (_, Some(share)) => part(catalog, bound, share, limit),
        (Tally::Count, None) => format!("{bound} {}", limit.amount),
        (_, None) => format!("{bound} {}", tally(catalog, limit.amount, &limit.tally)),
    };
    sentence.push_str(&match (&limit.tally, limit.filter == Filter::default()) {
        (Tally::Count | Tally::Credits | Tally::Sum { .. }, true) if limit.per.is_none() => {
            " in all".to_owned()
        }
        _ => from(limit, qualification),
    });
    if let Some(Last { tally: of, amount }) = &limit.last {
        sentence.push_str(&format!(", among the last {} that count", tally(catalog, *amount, of)));
    }
    if let Some(per) = &limit.per {
        sentence.push_str(&format!(" for each value of {per}"));
    }
    sentence
}

fn average(least: Amount, weight: Weight, best: Amount) -> String {
    let weight = match weight {
        Weight::Credits => "weighted by credits",
        Weight::Count => "each grade weighing the same",
    };
    format!("an average grade of at least {least} of {best} ({weight})")
}

/// A share: `at least 1/4 of the 60 credits required, rounded up (15)`.
fn part(catalog: &Catalog, bound: &str, share: Share, limit: &Limit) -> String {
    let unit = match &limit.tally {
        Tally::Count => "credentials".to_owned(),
        Tally::Credits => format!("{}s", credit(catalog)),
        Tally::Sum { of } => of.clone(),
        Tally::Distinct { .. } | Tally::Average { .. } => String::new(),
    };
    let rounded = match share.rounding {
        Rounding::Exact => "",
        Rounding::Up => ", rounded up",
        Rounding::Down => ", rounded down",
    };
    match share.of {
        Whole::Counted => format!("{bound} {} of the {unit} that count", share.fraction),
        Whole::Required(whole) => {
            let amount = limit.amount;
            format!("{bound} {} of the {whole} {unit} required{rounded} ({amount})", share.fraction)
        }
    }
}

/// What a limit speaks of, as the end of a phrase; nothing where it speaks of everything.
#[must_use]
pub fn from(limit: &Limit, qualification: &Qualification) -> String {
    if limit.filter == Filter::default() {
        return String::new();
    }
    format!(" from {}", selection(&limit.filter, qualification))
}

/// Whether a limit speaks of some of what is taken, so that it is introduced by `of which`.
pub(super) fn is_of_a_part(limit: &Limit) -> bool {
    let adds_up = matches!(limit.tally, Tally::Count | Tally::Credits | Tally::Sum { .. });
    adds_up && limit.filter != Filter::default()
}

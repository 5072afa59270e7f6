//! What a change of the record does to an audit.

use std::cmp::Ordering;

use cairn_core::{Amount, Catalog, Measure};
use cairn_engine::{Audit, Cost, Verdict};

use crate::words::{amount, count};

/// What a change of the record does to an audit.
#[must_use]
pub fn difference(catalog: &Catalog, now: &Audit, then: &Audit) -> String {
    change(catalog, now.question.measure, now.verdict, then.verdict)
}

/// What it means that one verdict would become another.
#[must_use]
pub fn change(catalog: &Catalog, measure: Measure, now: Verdict, then: Verdict) -> String {
    match (now, then) {
        (Verdict::Stopped(_), _) | (_, Verdict::Stopped(_)) => {
            "it is not settled what would change, because the search was stopped".to_owned()
        }
        (before, after) if before == after => "nothing would change".to_owned(),
        (_, Verdict::Complete) => "it would be complete".to_owned(),
        (_, Verdict::Unreachable) => "it would be out of reach".to_owned(),
        (Verdict::Complete, Verdict::Remaining(_)) => "it would no longer be complete".to_owned(),
        (Verdict::Unreachable, Verdict::Remaining(_)) => "it would come within reach".to_owned(),
        (Verdict::Remaining(before), Verdict::Remaining(after)) => {
            let less = |less: Amount| format!("{} fewer would remain", amount(catalog, less, measure));
            let more = |more: Amount| format!("{} more would remain", amount(catalog, more, measure));
            match before.measure.cmp(&after.measure) {
                Ordering::Greater => less(before.measure.saturating_sub(after.measure)),
                Ordering::Less => more(after.measure.saturating_sub(before.measure)),
                Ordering::Equal => {
                    let words = |cost: Cost| {
                        format!(
                            "{} and {}",
                            count(cost.new, "credential"),
                            count(cost.attestations, "confirmation")
                        )
                    };
                    format!("{} would remain, instead of {}", words(after), words(before))
                }
            }
        }
    }
}

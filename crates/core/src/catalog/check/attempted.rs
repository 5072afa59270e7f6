//! `not-monotone`: an average over everything attempted, or the latest attempt only: one more holding
//! can make it worse.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Attempt, Limit, Rule, Sight, Tally},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        if qualification.attempt == Attempt::Latest {
            let message = format!(
                "one more holding can make `{}` worse: only the latest attempt counts",
                qualification.id
            );
            let help = "if a better attempt may stand, take `attempt` out";
            findings.push(Diagnostic::new(Code::NotMonotone, qualification.span, message).help(help));
        }
        for requirement in &qualification.requirements {
            let Rule::Take(take) = &requirement.rule else { continue };
            let is_average = |floor: &&Limit| matches!(floor.tally, Tally::Average { .. });
            if let Some(average) = take.floors.iter().find(is_average)
                && take.sight == Sight::Attempted
            {
                let message = format!(
                    "one more holding can make `{}` worse: it is an average over everything attempted",
                    requirement.id
                );
                let help =
                    "if what counts is meant, write the average where it counts, or in `[qualification]`";
                findings.push(Diagnostic::new(Code::NotMonotone, average.span, message).help(help));
            }
        }
    }
}

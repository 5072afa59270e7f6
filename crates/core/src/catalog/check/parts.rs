//! `conflicting-keys`: a requirement that chooses what it looks at and asks for credits, where less
//! than all the credits of a unit may count.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Limit, Rule, Sight, Take, Tally},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        let takes = || {
            qualification.requirements.iter().filter_map(|requirement| match &requirement.rule {
                Rule::Take(take) => Some((requirement, take)),
                _ => None,
            })
        };
        if !takes().any(|(_, take)| take.counts_parts()) {
            continue;
        }
        for (requirement, _) in takes().filter(|(_, take)| chooses_credits(take)) {
            let message = format!(
                "`{}` chooses what it looks at by credits, and not all of a unit's credits may count here",
                requirement.id
            );
            let help = "let it look at everything: take out `layer`, `window`, `at_most` and fractions; or take out `larger_than_room` and `splittable`";
            findings.push(Diagnostic::new(Code::ConflictingKeys, requirement.span, message).help(help));
        }
    }
}

fn chooses_credits(take: &Take) -> bool {
    let is_choice = take.sight.layer().is_some() || take.is_choosy();
    let in_credits = |limit: &Limit| limit.tally == Tally::Credits;
    matches!(take.sight, Sight::Counted { .. })
        && is_choice
        && take.floors.iter().chain(&take.caps).any(in_credits)
}

//! `nothing-counted`: a requirement looks at what is counted where nothing takes a holding.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Qualification, Rule, Sight, Take},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        if takes(qualification).any(|(_, take)| take.sight == Sight::Taking) {
            continue;
        }
        for (requirement, take) in takes(qualification) {
            // Without a need, nothing is wrong with looking at nothing.
            if matches!(take.sight, Sight::Counted { .. }) && !take.floors.is_empty() {
                let message = format!(
                    "`{}` looks at what is counted in `{}`, and nothing is counted there",
                    requirement.id, qualification.id
                );
                let help = "add a requirement that takes holdings, or look at all of them: `over = \"held\"`";
                findings.push(Diagnostic::new(Code::NothingCounted, requirement.span, message).help(help));
            }
        }
    }
}

fn takes(qualification: &Qualification) -> impl Iterator<Item = (&crate::catalog::Requirement, &Take)> {
    qualification.requirements.iter().filter_map(|requirement| match &requirement.rule {
        Rule::Take(take) => Some((requirement, take)),
        _ => None,
    })
}

//! `conflicting-keys`: what is asked for one value of an attribute, and asked elsewhere as well; and
//! what looks at everything attempted, of which nothing can be left out.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Qualification, RequirementIx, Rule, Sight},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        for (same, _) in qualification.sames() {
            findings.extend(below(qualification, same));
        }
    }
}

fn below(qualification: &Qualification, same: RequirementIx) -> Vec<Diagnostic> {
    let below = qualification.below(same);
    let is_outside = |parent: &RequirementIx, ix: RequirementIx| {
        !below.contains(parent) && qualification.requirement(*parent).rule.children().contains(&ix)
    };
    let mut findings = Vec::new();
    for &ix in below.iter().filter(|&&ix| ix != same) {
        let requirement = qualification.requirement(ix);
        if let Some(parent) = qualification.requirement_indexes().find(|parent| is_outside(parent, ix)) {
            let message = format!(
                "`{}` is asked by `{}` for one value, and by `{}` for all",
                requirement.id,
                qualification.requirement(same).id,
                qualification.requirement(parent).id
            );
            let help = "write a requirement for each";
            findings.push(Diagnostic::new(Code::ConflictingKeys, requirement.span, message).help(help));
        }
        if matches!(&requirement.rule, Rule::Take(take) if take.sight == Sight::Attempted) {
            let message =
                format!("`{}` looks at everything attempted, whatever value it has", requirement.id);
            let help = "look at what is counted or held, or ask for it beside `same`";
            findings.push(Diagnostic::new(Code::ConflictingKeys, requirement.span, message).help(help));
        }
    }
    findings
}

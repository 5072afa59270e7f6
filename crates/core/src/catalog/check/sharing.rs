//! `unrelated-sharing`: a policy binds only qualifications that are audited together.

use std::collections::BTreeSet;

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{QualificationIx, build::earned},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for owner in catalog.qualification_indexes() {
        let together = together(catalog, owner);
        let qualification = catalog.qualification(owner);
        for policy in &qualification.sharing {
            for other in policy.between.iter().filter(|other| !together.contains(other)) {
                let message = format!(
                    "`{}` does not ask for `{}` to be earned, so this policy would bind nothing",
                    qualification.id,
                    catalog.qualification(*other).id
                );
                let help = "put the policy into the qualification that asks for both, or ask for it there";
                findings.push(Diagnostic::new(Code::UnrelatedSharing, policy.span, message).help(help));
            }
        }
    }
}

/// The qualification and those that it, or one of its policies' qualifications, asks to be earned.
fn together(catalog: &Catalog, owner: QualificationIx) -> BTreeSet<QualificationIx> {
    let named: BTreeSet<_> = catalog
        .qualification(owner)
        .sharing
        .iter()
        .flat_map(|policy| policy.between.iter().copied())
        .collect();
    let mut together = BTreeSet::from([owner]);
    let mut open = vec![owner];
    while let Some(ix) = open.pop() {
        for requirement in &catalog.qualification(ix).requirements {
            if let Some(other) = earned(&requirement.rule)
                && together.insert(other)
                && named.contains(&other)
            {
                open.push(other);
            }
        }
    }
    together
}

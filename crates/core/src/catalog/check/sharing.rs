//! `unrelated-sharing`: a policy binds those that are claimed together with the one that states it.

use std::collections::BTreeSet;

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{QualificationIx, build::earned},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for policy in catalog.policies() {
        let Some(owner) = policy.owner.filter(|owner| !policy.between.contains(owner)) else { continue };
        // What is held need not be asked for.
        if policy.looks_into_awards {
            continue;
        }
        let together = together(catalog, owner);
        let apart: Vec<_> = policy.between.iter().filter(|named| !together.contains(named)).collect();
        if policy.between.len() - apart.len() > 1 {
            continue;
        }
        let Some(&&other) = apart.first() else { continue };
        let message = format!(
            "`{}` does not ask for `{}` to be earned, so this policy would bind nothing",
            catalog.qualification(owner).id,
            catalog.qualification(other).id
        );
        let help = "put the policy into the qualification that asks for both, into one of them, or into a file without a qualification";
        findings.push(Diagnostic::new(Code::UnrelatedSharing, policy.span, message).help(help));
    }
}

/// The qualification and those that it asks to be earned, directly or through others.
fn together(catalog: &Catalog, owner: QualificationIx) -> BTreeSet<QualificationIx> {
    let mut together = BTreeSet::from([owner]);
    let mut open = vec![owner];
    while let Some(ix) = open.pop() {
        for requirement in &catalog.qualification(ix).requirements {
            if let Some(other) = earned(&requirement.rule)
                && together.insert(other)
            {
                open.push(other);
            }
        }
    }
    together
}

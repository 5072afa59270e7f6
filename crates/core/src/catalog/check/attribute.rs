//! `unknown-attribute`: a condition on an attribute that no credential has can never be met.

use std::collections::BTreeSet;

use crate::{
    Catalog, Code, Condition, Diagnostic, Span,
    catalog::{Rule, closest},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = catalog
        .credentials()
        .iter()
        .flat_map(|credential| credential.attributes.keys())
        .map(String::as_str)
        .collect();
    let mut look = |conditions: &[Condition], span: Span| {
        for Condition { attribute, .. } in conditions {
            if known.contains(attribute.as_str()) {
                continue;
            }
            let message = format!("no credential has the attribute `{attribute}`");
            let help = match closest(attribute, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give it to the credentials that are meant, or take the condition out".to_owned(),
            };
            findings.push(Diagnostic::new(Code::UnknownAttribute, span, message).help(help));
        }
    };
    for qualification in catalog.qualifications() {
        for pool in &qualification.pools {
            look(&pool.conditions, pool.span);
        }
        for limit in &qualification.limits {
            look(&limit.filter.conditions, limit.span);
        }
        for requirement in &qualification.requirements {
            if let Rule::Take(take) = &requirement.rule {
                for limit in take.floors.iter().chain(&take.caps) {
                    look(&limit.filter.conditions, limit.span);
                }
            }
        }
    }
}

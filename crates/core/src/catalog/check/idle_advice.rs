//! `idle-advice`: what no requirement takes from is not advised anyway.

use crate::{Code, Diagnostic, Document, diagnostic::tick};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    let requirements = document.requirement.iter().flat_map(|tables| &tables.value);
    let taken_from: Vec<&str> = requirements
        .flat_map(|(_, requirement)| requirement.value.from.iter().flat_map(|list| &list.value))
        .map(|name| name.value.as_str())
        .collect();
    for (name, pool) in document.pool.iter().flat_map(|tables| &tables.value) {
        let Some(advise) = &pool.value.advise else { continue };
        if !taken_from.contains(&name.value.as_str()) {
            let message =
                format!("no requirement takes from {}, so `advise` says nothing", tick(&name.value));
            let help = "take `advise` out, or name the pool in the `from` of a requirement";
            findings.push(Diagnostic::new(Code::IdleAdvice, advise.span, message).help(help));
        }
    }
}

//! `idle-advice`: what no requirement takes from is not advised anyway, and opened to nothing.

use crate::{Code, Diagnostic, Document, diagnostic::tick};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    let requirements = document.requirement.iter().flat_map(|tables| &tables.value);
    let taken_from: Vec<&str> = requirements
        .flat_map(|(_, requirement)| requirement.value.from.iter().flat_map(|list| &list.value))
        .map(|name| name.value.as_str())
        .collect();
    for (name, pool) in document.pool.iter().flat_map(|tables| &tables.value) {
        if taken_from.contains(&name.value.as_str()) {
            continue;
        }
        let advise = pool.value.advise.as_ref().map(|advise| ("advise", advise.span));
        let open = pool.value.open.as_ref().map(|open| ("open", open.span));
        for (key, span) in advise.into_iter().chain(open) {
            let message = format!("no requirement takes from {}, so `{key}` says nothing", tick(&name.value));
            let help = format!("take `{key}` out, or name the pool in the `from` of a requirement");
            findings.push(Diagnostic::new(Code::IdleAdvice, span, message).help(help));
        }
    }
}

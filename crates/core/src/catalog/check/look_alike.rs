//! `look-alike-id`: two ids that differ only in upper and lower case will be mixed up.

use std::collections::BTreeMap;

use crate::{Catalog, Code, Diagnostic, Span};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    let mut folded: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    let credentials =
        catalog.credentials().iter().map(|credential| (credential.id.as_str(), credential.span));
    let qualifications = catalog.qualifications().iter().map(|q| (q.id.as_str(), q.span));
    for (id, span) in credentials.chain(qualifications) {
        if let Some(&(other, first)) = folded.get(&id.to_ascii_lowercase()) {
            let message = format!("`{id}` and `{other}` differ only in upper and lower case");
            findings.push(
                Diagnostic::new(Code::LookAlikeId, span, message)
                    .also(first, "the other")
                    .help("give one of them another id; if they are the same thing, take one out"),
            );
        } else {
            folded.insert(id.to_ascii_lowercase(), (id, span));
        }
    }
}

//! `unknown-attribute`: a condition on an attribute that no credential has can never be met.

use std::collections::BTreeSet;

use crate::{
    Catalog, Code, Diagnostic, Document,
    catalog::{SOURCE, resolve::Guesses},
    diagnostic::tick,
};

pub(super) fn check(catalog: &Catalog, documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = catalog
        .credentials()
        .iter()
        .flat_map(|credential| credential.attributes.keys())
        .map(String::as_str)
        .chain([SOURCE])
        .collect();
    let guesses = Guesses::default();
    let conditions = documents.iter().flat_map(Document::closed_conditions).map(|(attribute, _)| attribute);
    for attribute in conditions.chain(documents.iter().flat_map(Document::attributes)) {
        if known.contains(attribute.value.as_str()) {
            continue;
        }
        let message = format!("no credential has the attribute {}", tick(&attribute.value));
        let help = match guesses.closest(&attribute.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "give it to the credentials that are meant, or take the condition out".to_owned(),
        };
        findings.push(Diagnostic::new(Code::UnknownAttribute, attribute.span, message).help(help));
    }
}

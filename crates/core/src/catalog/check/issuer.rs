//! `look-alike-issuer`: an issuer need not be described, but is hardly misspelt on purpose.

use std::collections::BTreeSet;

use crate::{At, Code, Diagnostic, Document, catalog::resolve::Guesses, diagnostic::tick};

pub(super) fn check(documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let described: BTreeSet<&str> = documents
        .iter()
        .flat_map(|document| document.issuer.iter().flat_map(|tables| &tables.value))
        .map(|(id, _)| id.value.as_str())
        .collect();
    let guesses = Guesses::default();
    for issuer in documents.iter().flat_map(issuers) {
        if described.contains(issuer.value.as_str()) {
            continue;
        }
        let known = described.iter().copied().filter(|known| !are_numbered(known, &issuer.value));
        if let Some(near) = guesses.closest(&issuer.value, known) {
            let message = format!("the issuer {} is not described, and `{near}` is", tick(&issuer.value));
            let help = format!("write `{near}` if it is meant, or describe this one too: `[issuer.ID]`");
            findings.push(Diagnostic::new(Code::LookAlikeIssuer, issuer.span, message).help(help));
        }
    }
}

fn issuers(document: &Document) -> impl Iterator<Item = &At<String>> {
    let own = document.qualification.iter().filter_map(|table| table.value.issuer.as_ref());
    document.credentials().filter_map(|(_, table)| table.value.issuer.as_ref()).chain(own)
}

/// Whether two names differ in their last character alone: `college-a` and `college-b` are two.
fn are_numbered(one: &str, other: &str) -> bool {
    let front = |name: &str| name.char_indices().next_back().map(|(last, _)| name[..last].to_owned());
    one.len() == other.len() && front(one) == front(other)
}

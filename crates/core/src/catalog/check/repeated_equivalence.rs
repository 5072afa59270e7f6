//! `repeated-equivalence`: one of two equal tables was probably meant for something else.

use std::collections::BTreeMap;

use crate::{Code, Diagnostic, Document, Span, diagnostic::tick};

pub(super) fn check(documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let mut stated: BTreeMap<(&str, &str), Span> = BTreeMap::new();
    for table in documents.iter().filter_map(|document| document.equivalence.as_ref()).flat_map(|t| &t.value)
    {
        let (Some(from), Some(to)) = (&table.value.from, &table.value.to) else { continue };
        let pair = (from.value.as_str(), to.value.as_str());
        let Some(&first) = stated.get(&pair) else {
            stated.insert(pair, table.span);
            continue;
        };
        let message = format!("{} may count as {} already", tick(pair.0), tick(pair.1));
        findings.push(
            Diagnostic::new(Code::RepeatedEquivalence, table.span, message)
                .note("said again here")
                .also(first, "said here")
                .help("take one of them out, or correct a name"),
        );
    }
}

//! `look-alike-id`: two ids that are hard to tell apart will be mixed up.

use std::collections::BTreeMap;

use crate::{Catalog, Code, Diagnostic, Span};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    let credentials =
        catalog.credentials().iter().map(|credential| (credential.id.as_str(), credential.span));
    let qualifications = catalog.qualifications().iter().map(|q| (q.id.as_str(), q.span));
    let mut by_case: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    let mut by_shape: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (id, span) in credentials.chain(qualifications) {
        let same_letters = first_like(&mut by_case, id.to_ascii_lowercase(), (id, span));
        let same_shape = first_like(&mut by_shape, shape(id), (id, span));
        let (other, first, differ) = match (same_letters, same_shape) {
            (Some((other, first)), _) => (other, first, "only in upper and lower case"),
            (None, Some((other, first))) => (other, first, "only in characters that look alike"),
            (None, None) => continue,
        };
        findings.push(
            Diagnostic::new(Code::LookAlikeId, span, format!("`{id}` and `{other}` differ {differ}"))
                .also(first, "the other")
                .help("give one of them another id; if they are the same thing, take one out"),
        );
    }
}

fn first_like<'c>(
    seen: &mut BTreeMap<String, (&'c str, Span)>,
    like: String,
    this: (&'c str, Span),
) -> Option<(&'c str, Span)> {
    let first = seen.get(&like).copied();
    if first.is_none() {
        seen.insert(like, this);
    }
    first
}

/// The id with one character for all that look like it: `0` for `O`, `1` for `I` and `l`.
fn shape(id: &str) -> String {
    id.chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'l' => '1',
            other => other,
        })
        .collect()
}

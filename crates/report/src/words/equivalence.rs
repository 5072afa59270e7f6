//! What a credential may count as, and toward what, in words.

use cairn_core::{Catalog, QualificationId, catalog::Equivalence};

use crate::words::{credit, list};

/// What a credential may count as, with what limits it: `html, awarded until 2020-12-31`.
#[must_use]
pub fn equivalence(catalog: &Catalog, one: &Equivalence) -> String {
    let mut words = catalog.credential(one.to).id.to_string();
    if let Some(credits) = one.credits {
        words.push_str(&format!(" for {credits} of its {}s", credit(catalog)));
    }
    match (one.effective, one.until) {
        (None, None) => {}
        (Some(first), None) => words.push_str(&format!(", awarded from {first} on")),
        (None, Some(last)) => words.push_str(&format!(", awarded until {last}")),
        (Some(first), Some(last)) => words.push_str(&format!(", awarded from {first} to {last}")),
    }
    if let Some(only) = &one.only_toward {
        words.push_str(&format!(", {}", only_toward(only)));
    }
    words
}

/// Toward what something counts: `only toward web-diploma`.
#[must_use]
pub fn only_toward(only: &[QualificationId]) -> String {
    let ids: Vec<_> = only.iter().map(ToString::to_string).collect();
    format!("only toward {}", list(&ids, "and"))
}

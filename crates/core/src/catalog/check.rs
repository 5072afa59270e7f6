//! One file per finding about rules that are linked, or that need no linking.

use crate::{Catalog, Diagnostic, Document};

pub(super) mod size;

// What one file says.
mod no_rules;

mod contradictory_condition;

mod idle_list;

mod idle_advice;

mod idle_renewal;

mod retired;

// What several files say together.
pub(super) mod cycle;

mod repeated_equivalence;

mod issuer;

mod look_alike;

mod attribute;

mod value;

// What nothing can meet, or nothing needs.
mod count;

mod limits;

mod counted;

mod attempted;

mod award_size;

mod parts;

mod last;

mod same;

mod sharing;

mod unused;

/// Looks at documents, whether they can be linked or not.
pub(super) fn written(documents: &[Document], findings: &mut Vec<Diagnostic>) {
    no_rules::check(documents, findings);
    repeated_equivalence::check(documents, findings);
    issuer::check(documents, findings);
    for document in documents {
        contradictory_condition::check(document, findings);
        idle_list::check(document, findings);
        idle_advice::check(document, findings);
        idle_renewal::check(document, findings);
        retired::check(document, findings);
    }
}

/// Looks at a linked catalog, and at the documents that it was built from.
pub(super) fn linked(catalog: &Catalog, documents: &[Document], findings: &mut Vec<Diagnostic>) {
    attribute::check(catalog, documents, findings);
    value::check(catalog, documents, findings);
    look_alike::check(catalog, findings);
    count::check(catalog, findings);
    limits::check(catalog, findings);
    counted::check(catalog, findings);
    attempted::check(catalog, findings);
    award_size::check(catalog, findings);
    parts::check(catalog, findings);
    last::check(catalog, findings);
    same::check(catalog, findings);
    sharing::check(catalog, findings);
    unused::check(catalog, findings);
}

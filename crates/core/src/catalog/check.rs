//! One file per finding about rules that are linked.

use crate::{Catalog, Diagnostic};

pub(super) mod attribute;

pub(super) mod cycle;

pub(super) mod look_alike;

pub(super) mod sharing;

pub(super) mod size;

pub(super) mod unused;

/// Looks at a linked catalog.
pub(super) fn all(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    attribute::check(catalog, findings);
    look_alike::check(catalog, findings);
    sharing::check(catalog, findings);
    unused::check(catalog, findings);
}

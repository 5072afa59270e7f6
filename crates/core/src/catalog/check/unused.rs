//! `unused-pool`: a pool that no requirement, limit or pool speaks of.

use std::collections::BTreeSet;

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Filter, PoolIx, Qualification, Rule},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        let used = used(qualification);
        for (position, pool) in qualification.pools.iter().enumerate() {
            if !used.contains(&PoolIx::at(position)) {
                let message = format!("nothing uses the pool `{}`", pool.id);
                let help = "name it in a `from`, or take it out";
                findings.push(Diagnostic::new(Code::UnusedPool, pool.span, message).help(help));
            }
        }
    }
}

fn used(qualification: &Qualification) -> BTreeSet<PoolIx> {
    let mut filters: Vec<&Filter> = qualification.limits.iter().map(|limit| &limit.filter).collect();
    for requirement in &qualification.requirements {
        if let Rule::Take(take) = &requirement.rule {
            filters.push(&take.filter);
            filters.extend(take.floors.iter().chain(&take.caps).map(|limit| &limit.filter));
        }
    }
    let named = filters.into_iter().filter_map(|filter| filter.pools.as_ref()).flatten();
    let left_out = qualification.pools.iter().flat_map(|pool| &pool.not_in);
    named.chain(left_out).copied().collect()
}

//! `impossible-count`: more credentials are asked for than there are.
//!
//! Only where every pool lists its credentials with `of` and is not open: then no holding can be accepted that is
//! not one of them, or counts as one of them. Of one credential, one holding counts, or as many as it is
//! repeatable.

use std::collections::BTreeSet;

use crate::{
    Amount, Catalog, Code, Diagnostic,
    catalog::{CredentialIx, Filter, Limit, Pool, Rule, Take, Tally},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        for requirement in &qualification.requirements {
            if let Rule::Take(take) = &requirement.rule {
                let floors = take.floors.iter().filter(|floor| floor.tally == Tally::Count);
                findings
                    .extend(floors.filter_map(|floor| too_many(catalog, take, floor, &qualification.pools)));
            }
        }
    }
}

fn too_many(catalog: &Catalog, take: &Take, floor: &Limit, pools: &[Pool]) -> Option<Diagnostic> {
    let accepted = match (listed(catalog, &take.filter, pools), listed(catalog, &floor.filter, pools)) {
        (Some(taken), Some(meant)) => taken.intersection(&meant).copied().collect::<BTreeSet<_>>(),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return None,
    };
    let times = accepted.iter().map(|&ix| catalog.credential(ix).times).fold(0, u32::saturating_add);
    let there = Amount::whole(times);
    (floor.amount > there).then(|| {
        let message = format!("{} credentials are asked for, and the pools list {there}", floor.amount);
        let help = format!("ask for at most {there}, or put more into `of` of the pool");
        Diagnostic::new(Code::ImpossibleCount, floor.span, message).help(help)
    })
}

/// Every credential that a filter can ever accept, if its pools list them.
fn listed(catalog: &Catalog, filter: &Filter, pools: &[Pool]) -> Option<BTreeSet<CredentialIx>> {
    let mut listed = BTreeSet::new();
    for pool in filter.pools.as_ref()? {
        let pool = &pools[pool.index()];
        if pool.open.is_some() {
            return None;
        }
        listed.extend(pool.of.as_ref()?.iter().copied());
    }
    let others: Vec<_> = listed.iter().flat_map(|&ix| catalog.graph().counts_as(ix)).copied().collect();
    listed.extend(others);
    Some(listed)
}

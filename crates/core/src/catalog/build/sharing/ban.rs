//! Which pairs a policy bans.

use std::collections::BTreeSet;

use crate::{
    Amount, Catalog, Measure,
    catalog::{Credential, CredentialIx, Facts, Filter, QualificationIx, SharingRule},
};

/// Finds the pairs that are banned, once it is known what no completion can do without.
pub(in crate::catalog) fn ban(catalog: &mut Catalog) {
    if !catalog.policies.iter().any(|policy| matches!(policy.rule, SharingRule::Banned { .. })) {
        return;
    }
    let asked = asked(catalog);
    let mut policies = std::mem::take(&mut catalog.policies);
    for policy in &mut policies {
        let mut named = policy.pairs();
        let SharingRule::Banned { above, pairs } = &mut policy.rule else { continue };
        if let Some(above) = above {
            named.retain(|[one, other]| {
                let same = asked[one.index()].intersection(&asked[other.index()]);
                let same: Vec<_> =
                    same.copied().filter(|&ix| is_meant(catalog, &policy.filter, ix)).collect();
                above.iter().any(|&(measure, most)| worth(catalog, &same, measure) > most)
            });
        }
        *pairs = named;
    }
    catalog.policies = policies;
}

/// What the rules of each qualification ask for, whatever is chosen, and can count.
fn asked(catalog: &Catalog) -> Vec<BTreeSet<CredentialIx>> {
    let unavoidable = catalog.unavoidable();
    let of = |ix: QualificationIx| {
        let accepted: BTreeSet<_> = catalog.graph.accepted_by(ix).iter().copied().collect();
        let asked = unavoidable[ix.index()].iter().copied();
        asked.filter(|one| accepted.contains(one)).collect()
    };
    catalog.qualification_indexes().map(of).collect()
}

fn is_meant(catalog: &Catalog, filter: &Filter, credential: CredentialIx) -> bool {
    let Credential { attributes, origin, .. } = catalog.credential(credential);
    filter.accepts(Facts { credential, origin: *origin, attributes, own: None, source: None }, &[])
}

fn worth(catalog: &Catalog, credentials: &[CredentialIx], measure: Measure) -> Amount {
    let of = |&ix: &CredentialIx| match measure {
        Measure::Count => Amount::ONE,
        _ => catalog.credential(ix).credits,
    };
    credentials.iter().map(of).sum()
}

//! `per` in a lower limit: one limit for each value that there is.

use std::collections::BTreeSet;

use crate::{
    Code, Diagnostic, Scalar,
    catalog::{
        Bound, Credential, CredentialIx, Facts, Filter, Limit, Pool, Qualification, Rule, Sight, build::limit,
    },
    diagnostic::tick,
};

/// A lower limit for each of more values than these is not what anybody means.
const VALUES_MAX: usize = 100;

/// Replaces each lower limit with `per` by one for each value that a credential has of which the
/// limit speaks. An upper limit stays as it is: it holds for values that only holdings have as well.
pub(super) fn spread(
    qualification: &mut Qualification,
    credentials: &[Credential],
    findings: &mut Vec<Diagnostic>,
) {
    let Qualification { requirements, pools, limits, .. } = qualification;
    let mut taken = Vec::new();
    for requirement in requirements {
        let Rule::Take(take) = &mut requirement.rule else { continue };
        let accepted = Accepted { filters: std::slice::from_ref(&take.filter), pools, credentials };
        take.floors = accepted.spread(std::mem::take(&mut take.floors), findings);
        if take.sight == Sight::Taking {
            taken.push(take.filter.clone());
        }
    }
    let accepted = Accepted { filters: &taken, pools, credentials };
    *limits = accepted.spread(std::mem::take(limits), findings);
    limit::sort(limits);
}

/// What a requirement accepts, or all requirements that take.
struct Accepted<'a> {
    filters: &'a [Filter],
    pools: &'a [Pool],
    credentials: &'a [Credential],
}

impl Accepted<'_> {
    fn spread(&self, limits: Vec<Limit>, findings: &mut Vec<Diagnostic>) -> Vec<Limit> {
        let mut spread = Vec::with_capacity(limits.len());
        for limit in limits {
            match limit.per.clone().filter(|_| limit.bound == Bound::AtLeast) {
                None => spread.push(limit),
                Some(per) => spread.extend(self.for_each_value(&limit, &per, findings)),
            }
        }
        spread
    }

    fn for_each_value(&self, limit: &Limit, per: &str, findings: &mut Vec<Diagnostic>) -> Vec<Limit> {
        let mut had: BTreeSet<&Scalar> = BTreeSet::new();
        for (at, credential) in self.credentials.iter().enumerate() {
            let Credential { attributes, origin, .. } = credential;
            let credential = CredentialIx::at(at);
            let facts = Facts { credential, origin: *origin, attributes, own: None, source: None };
            let is_accepted = self.filters.iter().any(|filter| filter.accepts(facts, self.pools));
            if is_accepted && limit.filter.accepts(facts, self.pools) {
                had.extend(attributes.get(per).into_iter().flatten());
            }
        }
        if had.is_empty() {
            let message = format!("no credential that this limit speaks of has the attribute {}", tick(per));
            let help = "give it to the credentials that are meant, or take `per` out";
            findings.push(Diagnostic::new(Code::UnknownAttribute, limit.span, message).help(help));
        }
        if had.len() > VALUES_MAX {
            let message = format!("the credentials have {} values of {}", had.len(), tick(per));
            let help =
                format!("a lower limit is for each of at most {VALUES_MAX} values; use another attribute");
            findings.push(Diagnostic::new(Code::TooLarge, limit.span, message).help(help));
        }
        had.iter().take(VALUES_MAX).map(|value| limit.only(per, value)).collect()
    }
}

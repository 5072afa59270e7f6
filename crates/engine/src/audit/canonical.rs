//! The order of holdings in which an audit looks at them, whatever their order on the record.

use cairn_core::{Holding, Learner};

/// The learner with their holdings by day, then id, then all other facts.
pub(crate) fn canonical(learner: &Learner) -> Learner {
    let mut learner = learner.clone();
    learner.holdings.sort_by(|a, b| facts(a).cmp(&facts(b)));
    learner
}

fn facts(holding: &Holding) -> impl Ord + '_ {
    // Every fact is named, so that none is forgotten that is new.
    let Holding {
        credential,
        awarded,
        expires,
        grade,
        credits,
        scheme,
        issuer,
        source,
        state,
        evidence,
        attributes,
        components,
    } = holding;
    let stated = (grade, credits, scheme, issuer);
    (awarded, credential, expires, stated, source, state, evidence, attributes, components)
}

//! Certain, possible or impossible, against a record on which everything is confirmed.

use cairn_core::{Amount, Attestation, Catalog, Learner, catalog::Rule};
use cairn_engine::{Audit, Certainty, Cost};
use cairn_testkit::{
    answer::{cost, oracle},
    random::{Case, Dice},
};

/// One audit of one case in eight; says which answer it was.
pub(crate) fn is_that_of_everything_confirmed(
    catalog: &Catalog,
    case: &Case,
    audits: &[Audit],
) -> Option<&'static str> {
    // Where evidence decides what is asked, more of it may ask for more.
    if !(case.seed / 4).is_multiple_of(8) || case.uses("when attested") {
        return None;
    }
    let audit = Dice::new(case.seed).pick(&audits.iter().collect::<Vec<_>>());
    let confirmed = oracle(catalog, &all_confirmed(catalog, &case.learner), &audit.question);
    let (expected, kind) = match (cost(audit.verdict), confirmed) {
        (Some(Cost::ZERO), _) => (Certainty::Certain, "certain"),
        (_, Some(Cost::ZERO)) => (Certainty::Possible, "possible"),
        _ => (Certainty::Impossible, "impossible"),
    };
    assert_eq!(audit.certainty(), Some(expected), "{:?}\n{}", audit.question, case.text());
    Some(kind)
}

/// The learner with more than enough evidence of everything; that it has no day keeps it from being
/// that of an entry.
fn all_confirmed(catalog: &Catalog, learner: &Learner) -> Learner {
    let mut learner = learner.clone();
    for requirement in catalog.qualifications().iter().flat_map(|qualification| &qualification.requirements) {
        if let Rule::Attest(attest) = &requirement.rule {
            let (key, amount) = (attest.key.clone(), Amount::whole(1000));
            learner.attestations.push(Attestation { key, amount, on: None, evidence: None });
        }
    }
    learner
}

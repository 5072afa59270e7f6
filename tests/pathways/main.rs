//! The real pathways: their rules load without a finding, every expected answer is given, and every
//! answer is proved.

mod beside;

mod conformance;

mod sentences;

mod traps;

use cairn_core::{
    Catalog, Date, Learner,
    catalog::{QualificationIx, RequirementIx},
};
use cairn_engine::{JointQuestion, Question, audit, audit_jointly, best_edition, certify, certify_jointly};
use cairn_testkit::{answer::cost, folder};

#[test]
fn every_expected_answer_is_given() {
    let mut cases = 0;
    let mut wrong = Vec::new();
    for path in folder::all() {
        let catalog = folder::catalog(&path);
        let learners = folder::learners(&path);
        for expected in folder::expected(&path) {
            let learner =
                learners.iter().find(|learner| learner.id.as_str() == expected.learner).expect("a learner");
            let named: Vec<_> = expected
                .qualification
                .split(' ')
                .map(|name| one(&catalog, learner, name, expected.as_of))
                .collect();
            let (audit, (certified, proof)) = match named[..] {
                [(qualification, outcome)] => {
                    let question = Question::new(&catalog, qualification, expected.as_of);
                    let question = Question { outcome, ..question.by(&[expected.measure]) };
                    let certified = certify(&catalog, learner, &question);
                    (audit(&catalog, learner, &question), certified)
                }
                _ => {
                    let named: Vec<_> = named.into_iter().map(|(named, _)| named).collect();
                    let question = JointQuestion::new(&catalog, &named, expected.as_of).expect("several");
                    let usual = question.alone(named[0]);
                    let question = question.like(usual.by(&[expected.measure]));
                    let (certified, proof) = certify_jointly(&catalog, learner, &question);
                    (audit_jointly(&catalog, learner, &question).audit, (certified.audit, proof))
                }
            };
            assert_eq!(certified, audit, "a proof changes no answer");
            assert_eq!(proof.verify(), Ok(()), "{}", expected.learner);
            let remaining = cost(audit.verdict).map(|cost| cost.measure);
            if audit.is_complete() != expected.complete || remaining != expected.remaining {
                wrong.push(format!("{}: {:?}, expected {expected:?}", expected.learner, audit.verdict));
            }
            cases += 1;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(cases >= 103 + 8 + CONFORMANCE, "the reference cases, first-steps, and conformance");
}

/// Cases that pin down one rule shape each, at least: in, out, just inside, just outside.
const CONFORMANCE: usize = 230;

/// The one qualification of a name, or the best of its editions that the learner may choose; and the
/// outcome of it that is meant.
fn one(
    catalog: &Catalog,
    learner: &Learner,
    name: &str,
    as_of: Date,
) -> (QualificationIx, Option<RequirementIx>) {
    if let Some(editions) = catalog.editions_of(name) {
        let like = Question::new(catalog, editions.all[0], as_of);
        let choice = best_edition(catalog, learner, editions, &like);
        return (choice.audit().expect("an edition may be chosen").question.qualification, None);
    }
    let (name, outcome) = name.split_once('#').map_or((name, None), |(name, id)| (name, Some(id)));
    let [qualification] = catalog.find_qualifications(name)[..] else {
        panic!("{name} is one qualification")
    };
    (
        qualification,
        outcome.map(|id| catalog.qualification(qualification).find_outcome(id).expect("an outcome")),
    )
}

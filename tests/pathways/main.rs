//! The real pathways: their rules load without a finding, every expected answer is given, and every
//! answer is proved.

use cairn_engine::{Question, Verdict, audit};
use cairn_testkit::folder;

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
            let [qualification] = catalog.find_qualifications(&expected.qualification)[..] else {
                panic!("{} is one qualification", expected.qualification)
            };
            let question = Question {
                measure: expected.measure,
                ..Question::new(&catalog, qualification, expected.as_of)
            };
            let audit = audit(&catalog, learner, &question);
            let (certified, proof) = cairn_engine::certify(&catalog, learner, &question);
            assert_eq!(certified, audit, "a proof changes no answer");
            assert_eq!(proof.verify(), Ok(()), "{}", expected.learner);
            let remaining = match audit.verdict {
                Verdict::Complete => Some(cairn_core::Amount::ZERO),
                Verdict::Remaining(cost) => Some(cost.measure),
                Verdict::Unreachable => None,
                Verdict::Stopped(_) => panic!("only a search with a bound is stopped"),
            };
            if audit.is_complete() != expected.complete || remaining != expected.remaining {
                wrong.push(format!("{}: {:?}, expected {expected:?}", expected.learner, audit.verdict));
            }
            cases += 1;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(cases, 103 + 8, "the reference cases and those of first-steps");
}

//! The tests that stand beside the shipped rules pass, and every answer is proved.

use cairn_engine::{Verdict, certify, certify_jointly, rule_test, run_test};
use cairn_testkit::folder;

#[test]
fn every_test_beside_the_rules_passes_and_is_proved() {
    let mut wrong = Vec::new();
    for path in folder::all() {
        let catalog = folder::catalog(&path);
        // The learners of a rule shape stand in a file of their own.
        let is_real = path.parent() == Some(&folder::pathways());
        assert!(!is_real || !catalog.tests().is_empty(), "{} has no test", path.display());
        for test in catalog.tests() {
            let outcome = run_test(&catalog, test);
            if !outcome.failures.is_empty() {
                wrong.push(format!("{}: {}: {:?}", path.display(), test.name, outcome.failures));
            }
            let (certified, proof) = match rule_test::jointly(&catalog, test) {
                None => certify(&catalog, &outcome.learner, &rule_test::question(&catalog, test)),
                Some(question) => {
                    let (joint, proof) = certify_jointly(&catalog, &outcome.learner, &question);
                    (joint.audit, proof)
                }
            };
            assert_eq!(certified, outcome.audit, "a proof changes no answer");
            assert_eq!(proof.verify(), Ok(()), "{}", test.name);
            assert!(!matches!(outcome.audit.verdict, Verdict::Stopped(_)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

//! Several qualifications at once.

use cairn_core::Catalog;
use cairn_engine::{Audit, JointQuestion, Question, audit_jointly, remaining_jointly};
use cairn_testkit::{
    answer::{cost, oracle_jointly},
    random::{AS_OF, Case, Dice},
};

/// Two qualifications of a case at once, or once in a while all of them.
pub(crate) fn several_at_once(catalog: &Catalog, case: &Case) -> Option<Audit> {
    let mut dice = Dice::new(case.seed ^ 0x5ea);
    let mut wanted: Vec<_> = catalog.qualification_indexes().collect();
    if wanted.len() == 3 && !dice.once_in(4) {
        wanted.remove(dice.below(3));
    }
    if wanted.len() < 2 {
        return None;
    }
    let question = JointQuestion::new(catalog, &wanted, AS_OF).expect("two at least");
    let usual = question.alone(wanted[0]);
    let question = question.like(Question { scenario: case.scenario, ..usual });
    let joint = audit_jointly(catalog, &case.learner, &question);
    let expected = oracle_jointly(catalog, &case.learner, &question);
    let found = cost(joint.audit.verdict);
    assert_eq!(found, expected, "{question:?} {}", case.text());
    assert_eq!(remaining_jointly(catalog, &case.learner, &question), expected, "{}", case.text());
    Some(joint.audit)
}

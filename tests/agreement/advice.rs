//! Advice: who does what an audit says has what it says they will have.

use cairn_core::Catalog;
use cairn_engine::{Action, Audit, Cost, Question, audit, remaining};
use cairn_testkit::{
    answer::{cost, follow, oracle},
    random::{AS_OF, Case},
};

pub(crate) fn following_it_completes(catalog: &Catalog, case: &Case, before: &Audit) {
    let Some(mut left) = cost(before.verdict) else {
        assert_eq!(before.next, [], "advice without a goal: {}", case.text());
        return;
    };
    let question = before.question;
    let mut learner = case.learner.clone();
    for step in &before.next {
        if let Action::Award(award) = step.action {
            // Complete in what is really held: an award is no reason to be awarded.
            let own = Question { qualification: award, ..question };
            let own = audit(catalog, &learner, &own);
            assert!(own.is_complete(), "awarded too early: {:?}\n{}", before.next, case.text());
        }
        follow(catalog, &mut learner, step, AS_OF);
        left = less(left, step.cost);
        let now = remaining(catalog, &learner, &question);
        let is_exempt = case.accepts_more_than_it_advises() || case.has_attempts();
        let as_said = match now {
            // What is had may count where it was not advised, and then be worth more than it cost; and where
            // attempts are looked at, doing a step twice may be cheaper than doing the next.
            Some(now) if is_exempt => now <= left,
            now => now == Some(left),
        };
        assert!(as_said, "{now:?} after {:?} of {:?}\n{}", step.action, before.next, case.text());
    }
    assert_eq!(left, Cost::ZERO, "{:?}\n{}", before.next, case.text());
    assert!(audit(catalog, &learner, &question).is_complete(), "{}", case.text());
    assert_eq!(oracle(catalog, &learner, &question), Some(Cost::ZERO), "{:?}\n{}", before.next, case.text());
}

/// What remains after a step: exactly its cost less.
fn less(left: Cost, step: Cost) -> Cost {
    Cost {
        measure: left.measure.saturating_sub(step.measure),
        further: std::array::from_fn(|at| left.further[at].saturating_sub(step.further[at])),
        new: left.new.saturating_sub(step.new),
        attestations: left.attestations.saturating_sub(step.attestations),
    }
}

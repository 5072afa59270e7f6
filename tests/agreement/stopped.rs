//! A search that was stopped says between which bounds the answer lies, and never more than it knows.

use cairn_core::Catalog;
use cairn_engine::{Audit, End, Question, Verdict, audit, best};
use cairn_testkit::{answer::cost, random::Case};

/// Says what kinds of answers there were.
pub(crate) fn both_bounds_hold(catalog: &Catalog, case: &Case, settled: &Audit) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for cases_max in [0, 1, 2, 5] {
        let question = Question { cases_max: Some(cases_max), ..settled.question };
        let stopped = audit(catalog, &case.learner, &question);
        let truth = cost(settled.verdict);
        match stopped.verdict {
            Verdict::Stopped(bounds) => {
                assert!(bounds.cases <= cases_max, "{}", case.text());
                assert!(truth.is_none_or(|truth| bounds.least <= truth), "{bounds:?}\n{}", case.text());
                if let Some(most) = bounds.most {
                    assert!(bounds.least < most, "{bounds:?}\n{}", case.text());
                    assert!(truth.is_some_and(|truth| truth <= most), "{bounds:?}\n{}", case.text());
                }
                assert_eq!(stopped.progress, None);
                kinds.push(if bounds.most.is_some() {
                    "stopped between bounds"
                } else {
                    "stopped with nothing found"
                });
            }
            verdict => assert_eq!(cost(verdict), truth, "{}", case.text()),
        }
        let some = best(catalog, &case.learner, &question, 3);
        if let Some(first) = some.completions.first() {
            assert_eq!(Some(first.cost), truth, "{}", case.text());
        }
        assert!(
            !some.completions.is_empty() || some.end == End::Stopped || truth.is_none(),
            "{}",
            case.text()
        );
    }
    kinds
}

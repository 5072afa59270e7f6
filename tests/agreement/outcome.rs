//! How far outcomes are, against the oracle that asks for each.

use cairn_core::Catalog;
use cairn_engine::{Audit, Question, Verdict, certify};
use cairn_testkit::{
    answer::{cost, oracle},
    random::Case,
};

/// Says what kinds of answers there were.
pub(crate) fn how_far_each_is(catalog: &Catalog, case: &Case, audit: &Audit) -> Vec<&'static str> {
    let rules = catalog.qualification(audit.question.qualification);
    assert_eq!(audit.outcomes.len(), rules.outcomes.len(), "{}", case.text());
    let mut kinds = Vec::new();
    for outlook in &audit.outcomes {
        let question = Question { outcome: Some(outlook.outcome), ..audit.question };
        let expected = oracle(catalog, &case.learner, &question);
        assert_eq!(cost(outlook.verdict), expected, "{question:?}\n{}", case.text());
        let (asked, proof) = certify(catalog, &case.learner, &question);
        assert_eq!(asked.verdict, outlook.verdict, "{}", case.text());
        assert_eq!(proof.verify(), Ok(()), "{}", case.text());
        kinds.push(match outlook.verdict {
            Verdict::Complete => "outcome reached",
            Verdict::Unreachable => "outcome out of reach",
            _ => "outcome at a price",
        });
    }
    kinds
}

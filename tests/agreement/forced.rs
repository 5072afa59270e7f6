//! The rules that an audit names as forcing what remains do so: by themselves, and each is needed.

use cairn_core::Catalog;
use cairn_engine::{Question, forced};
use cairn_oracle::remaining;
use cairn_testkit::{answer::for_oracle, random::Case};

pub(crate) fn the_rules_that_are_named_force_the_same(
    catalog: &Catalog,
    case: &Case,
    question: &Question,
) -> Option<&'static str> {
    let named = forced(catalog, &case.learner, question).expect("nothing stops the search");
    assert!(named.is_minimal, "{}", case.text());
    let mut asked = for_oracle(question);
    let whole = remaining(catalog, &case.learner, &asked);
    let clauses = named.clauses.clone();
    asked.kept = Some(clauses.clone());
    assert_eq!(remaining(catalog, &case.learner, &asked), whole, "{named:?}\n{}", case.text());
    for without in &clauses {
        asked.kept = Some(clauses.iter().filter(|clause| *clause != without).copied().collect());
        let less = remaining(catalog, &case.learner, &asked);
        assert_ne!(less, whole, "{named:?} without {without:?}\n{}", case.text());
    }
    match (clauses.is_empty(), whole) {
        (true, _) => None,
        (false, None) => Some("forced out of reach"),
        (false, Some(_)) => Some("forced by a few rules"),
    }
}

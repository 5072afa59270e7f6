//! The best edition that may be chosen against asking for each.

use cairn_core::Catalog;
use cairn_engine::{Question, best_edition};
use cairn_testkit::{
    answer::{cost, for_oracle, oracle},
    random::{AS_OF, Case},
};

/// Says which answer it was.
pub(crate) fn the_best_is_chosen(catalog: &Catalog, case: &Case) -> Option<&'static str> {
    let mut codes = catalog.qualifications().iter().map(|qualification| qualification.code.as_str());
    let editions = codes.find_map(|code| catalog.editions_of(code))?;
    let usual = Question::new(catalog, editions.all[0], AS_OF);
    let like = Question { entry: case.entry, scenario: case.scenario, ..usual };
    let choice = best_edition(catalog, &case.learner, editions, &like);
    let open = cairn_oracle::open_editions(catalog, &case.learner, editions, &for_oracle(&like));
    let chosen =
        choice.editions.iter().filter(|entry| entry.audit.is_some()).map(|entry| entry.qualification);
    assert_eq!(chosen.collect::<Vec<_>>(), open, "{}", case.text());
    let costs = open.iter().map(|&edition| oracle(catalog, &case.learner, &like.about(edition)));
    // What is out of reach costs more than anything.
    let expected = costs.min_by_key(|cost| (cost.is_none(), *cost));
    let found = choice.audit().map(|audit| cost(audit.verdict));
    assert_eq!(found, expected, "{}", case.text());
    Some(match (choice.editions.len(), open.len()) {
        (_, 0) => "no edition may be chosen",
        (all, open) if open < all => "some editions may be chosen",
        _ => "every edition may be chosen",
    })
}

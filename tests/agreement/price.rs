//! The price of counting a holding elsewhere against trying only what counts it there.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Audit, Outcome, Preference, audit_preferring, price_of};
use cairn_testkit::{
    answer::{cost, for_oracle, from_oracle},
    random::{Case, Dice},
};

/// One holding in one place; the oracle is slow where little fits. Says what kinds of answers there were.
pub(crate) fn of_counting_elsewhere(catalog: &Catalog, case: &Case, audit: &Audit) -> Vec<&'static str> {
    let learner = Learner { holdings: audit.holdings.clone(), ..case.learner.clone() };
    let prices_of = |holding| price_of(catalog, &learner, &audit.question, holding);
    let all: Vec<_> = (0..audit.holdings.len())
        .flat_map(|holding| prices_of(holding).into_iter().map(move |price| (holding, price)))
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    let (holding, price) = Dice::new(case.seed).pick(&all);
    let mut asked = for_oracle(&audit.question);
    asked.placed = Some((holding, price.place.0, price.place.1));
    let expected = cairn_oracle::remaining(catalog, &learner, &asked).map(|cost| from_oracle(&cost));
    assert_eq!(cost(price.verdict), expected, "{holding} in {:?}\n{}", price.place, case.text());
    let kind = if price.verdict == audit.verdict { "price of nothing" } else { "price of something" };
    let wish = a_wish(catalog, case, audit, &learner, holding, price.place);
    std::iter::once(kind).chain(wish).collect()
}

/// A wish changes nothing of what remains, and is honoured if and only if it costs nothing.
fn a_wish(
    catalog: &Catalog,
    case: &Case,
    audit: &Audit,
    learner: &Learner,
    holding: usize,
    place: cairn_engine::Place,
) -> Option<&'static str> {
    let own = catalog.find_credential(audit.holdings[holding].credential.as_str())?;
    let preference = Preference { credential: own, place };
    let with = audit_preferring(catalog, learner, &audit.question, &[preference]);
    assert_eq!(with.verdict, audit.verdict, "{preference:?}\n{}", case.text());
    if with.preferred.is_empty() {
        return None;
    }
    let is_needed = with.scopes.iter().any(|scope| scope.qualification == place.0 && scope.needed);
    match with.preferred[0].outcome {
        Outcome::NotAccepted => panic!("a place with a price accepts it: {}", case.text()),
        Outcome::Honoured => Some("preference honoured"),
        Outcome::Priced(price) => {
            assert!(price != audit.verdict || !is_needed, "{preference:?}\n{}", case.text());
            Some("preference with a price")
        }
    }
}

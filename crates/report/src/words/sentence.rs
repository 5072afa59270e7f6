//! The rules of a qualification as sentences that can be read aloud, one for each requirement.

use cairn_core::{
    Catalog,
    catalog::{PolicyIx, QualificationIx, RequirementIx, Rule},
};

use crate::words::{limit, policy_rule, pool_in_full, requirement_title, rule_in_full};

/// What the rules say: the qualification first, then each requirement that has a name of its own,
/// then what holds of everything counted, what is shared with others, and what the pools are.
#[must_use]
pub fn sentences(catalog: &Catalog, ix: QualificationIx) -> Vec<String> {
    let qualification = catalog.qualification(ix);
    // A credential that is named in a list is said with the list.
    let is_named = |one: &RequirementIx| {
        *one == qualification.root() || !qualification.requirement(*one).id.as_str().contains('/')
    };
    let outline = qualification.outline().into_iter().chain(qualification.outcomes_outline());
    let outline = outline.map(|(one, _)| one).filter(is_named);
    let mut sentences: Vec<_> = outline.map(|one| sentence(catalog, ix, one)).collect();
    let limits = qualification.limits.iter();
    sentences.extend(
        limits.map(|one| format!("Of everything that is counted, {}.", limit(catalog, one, qualification))),
    );
    let concerns = |policy: &PolicyIx| {
        let policy = catalog.policy(*policy);
        // One that stands in the file of a qualification binds only who wants that one.
        policy.owner.map_or(policy.between.contains(&ix), |owner| owner == ix)
    };
    let policies = catalog.policy_indexes().filter(concerns);
    sentences.extend(policies.map(|policy| capital(&policy_rule(catalog, policy)) + "."));
    let pools = qualification.pools.iter();
    sentences
        .extend(pools.map(|one| format!("“{}” is {}.", one.id, pool_in_full(catalog, qualification, one))));
    sentences
}

/// One requirement: `“Core units” asks for both “Law” and “Ethics”.`
fn sentence(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let title = requirement_title(catalog, within, ix);
    let verb = match &catalog.qualification(within).requirement(ix).rule {
        Rule::Take(take) if take.floors.is_empty() => "allows",
        _ => "asks for",
    };
    format!("“{title}” {verb} {}.", rule_in_full(catalog, within, ix))
}

/// A sentence with a capital letter.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

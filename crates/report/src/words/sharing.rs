//! Sharing policies, in sentences.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{Bound, Filter, PolicyBound, PolicyIx, QualificationIx, Rounding, Sharing, SharingRule},
};

use crate::words::{amount, credit, list, qualification, rule::conditions};

/// A policy by its title or id, or else by what it says; with the place where it is written.
#[must_use]
pub fn policy(catalog: &Catalog, ix: PolicyIx) -> String {
    let policy = catalog.policy(ix);
    let name = match (&policy.title, &policy.id) {
        (Some(title), Some(id)) => format!("the policy “{title}” ({id})"),
        (Some(title), None) => format!("the policy “{title}”"),
        (None, Some(id)) => format!("the policy “{id}”"),
        (None, None) => format!("the policy that {}", policy_rule(catalog, ix)),
    };
    if policy.place.is_empty() { name } else { format!("{name} at {}", policy.place) }
}

/// What a policy demands.
#[must_use]
pub fn policy_rule(catalog: &Catalog, ix: PolicyIx) -> String {
    let policy = catalog.policy(ix);
    let names = |named: &[QualificationIx], and| {
        list(&named.iter().map(|&ix| qualification(catalog, ix)).collect::<Vec<_>>(), and)
    };
    let all = names(&policy.between, "and");
    let each = || match policy.only == policy.between {
        true => format!("each of {all}"),
        false => format!("of {all}, each of {}", names(&policy.only, "and")),
    };
    let of = of(policy);
    let is_nothing = |bounds: &[PolicyBound]| {
        bounds
            .iter()
            .any(|one| one.part.is_none() && one.measure == Measure::Count && one.amount == Amount::ZERO)
    };
    let rule = match (&policy.rule, &policy.way) {
        (SharingRule::AtMost(bounds), Some(way)) => {
            let most = match is_nothing(bounds) {
                true => "nothing".to_owned(),
                false => {
                    format!("at most {}", amounts(catalog, bounds, Bound::AtMost, "the one that comes after"))
                }
            };
            let (from, into) = (names(&way.from, "or"), names(&way.into, "or"));
            format!("{into} shares with {from}, had before it, {most}{of}")
        }
        (SharingRule::AtMost(bounds), None) => {
            let most = match is_nothing(bounds) {
                true => "nothing".to_owned(),
                false => format!("at most {}", amounts(catalog, bounds, Bound::AtMost, "it")),
            };
            let two = if policy.between.len() > 2 { "every two of " } else { "" };
            format!("{two}{all} share {most}{of}")
        }
        (SharingRule::Jointly(bounds, sources), _) => {
            let words: Vec<_> = sources.iter().map(|source| source.word().to_owned()).collect();
            let most = amounts(catalog, bounds, Bound::AtMost, "it");
            format!("{} counts at most {most}{of} that is {} or shared", each(), list(&words, "or"))
        }
        (SharingRule::UniqueAtLeast(bounds), _) => {
            let least = amounts(catalog, bounds, Bound::AtLeast, "it");
            format!("{} counts at least {least}{of} that no other counts", each())
        }
        (SharingRule::SurplusAbove(bounds), _) => {
            let least = amounts(catalog, bounds, Bound::AtLeast, "it");
            format!("{} that shares anything counts at least {least}{of} that no other counts", each())
        }
        (SharingRule::MaxPurposes(most), _) => {
            format!("no credential{of} counts in more than {most} of {all}")
        }
        (SharingRule::MaxPartners(most), _) => {
            format!("none of {all} shares anything{of} with more than {most} of the others")
        }
        (SharingRule::Banned { above: None, .. }, _) => format!("no two of {all} may both be had"),
        (SharingRule::Banned { above: Some(above), .. }, _) => {
            let above: Vec<_> = above.iter().map(|&(measure, most)| amount(catalog, most, measure)).collect();
            let above = list(&above, "or");
            format!(
                "no two of {all} may both be had whose rules both ask for the same, more than {above}{of}"
            )
        }
    };
    match policy.looks_into_awards {
        true => format!("{rule}; of one that is held, what is recorded to have earned the award"),
        false => rule,
    }
}

/// Of what a policy speaks, as the end of a phrase; nothing where it speaks of everything.
fn of(policy: &Sharing) -> String {
    match policy.filter == Filter::default() {
        true => String::new(),
        false => format!(" among those {}", conditions(&policy.filter.conditions)),
    }
}

fn amounts(catalog: &Catalog, bounds: &[PolicyBound], bound: Bound, it: &str) -> String {
    let one = |one: &PolicyBound| match &one.part {
        None => amount(catalog, one.amount, one.measure),
        Some(part) => {
            let rounded = match part.rounding {
                Rounding::Exact => "",
                Rounding::Up => ", rounded up",
                Rounding::Down => ", rounded down",
            };
            let unit = match one.measure {
                Measure::Count => "credentials".to_owned(),
                _ => format!("{}s", credit(catalog)),
            };
            match part.of {
                None => format!("{} of the {unit} that {it} asks for{rounded}", part.fraction),
                Some(whole) => {
                    let required =
                        amount(catalog, catalog.qualification(whole).required(one.measure), one.measure);
                    let comes_to = amount(catalog, one.amount_for(catalog, whole, bound), one.measure);
                    let whole = qualification(catalog, whole);
                    format!(
                        "{} of the {required} that {whole} asks for{rounded}, which is {comes_to},",
                        part.fraction
                    )
                }
            }
        }
    };
    let text = list(&bounds.iter().map(one).collect::<Vec<_>>(), "and");
    text.trim_end_matches(',').to_owned()
}

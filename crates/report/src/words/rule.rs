//! What rules say, in sentences.

use cairn_core::{
    Amount, Catalog, Condition, Measure, Scalar, Test,
    catalog::{
        Attest, AwardMode, Bound, Filter, Limit, Pool, Qualification, QualificationIx, RequirementIx, Rule,
        Sight, Take,
    },
};

use crate::words::{amount, credential, list, qualification, requirement_title};

/// What a requirement asks for.
#[must_use]
pub fn rule(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let children = |children: &[RequirementIx]| -> Vec<String> {
        children.iter().map(|&child| requirement_title(catalog, within, child)).collect()
    };
    match &catalog.qualification(within).requirement(ix).rule {
        Rule::All(all) if all.len() == 1 => format!("asks for {}", list(&children(all), "and")),
        Rule::All(all) => format!("asks for all of {}", list(&children(all), "and")),
        Rule::Any(any) => format!("asks for one of {}", list(&children(any), "or")),
        Rule::Choose(number, of) => format!("asks for {number} of {}", list(&children(of), "and")),
        Rule::Award(award, mode) => award_rule(&qualification(catalog, *award), *mode),
        Rule::Attest(attest) => attest_rule(attest),
        Rule::Take(take) => take_rule(catalog, catalog.qualification(within), take),
    }
}

fn award_rule(award: &str, mode: AwardMode) -> String {
    match mode {
        AwardMode::Held => format!("asks for {award} to be awarded"),
        AwardMode::Earned => format!("asks for {award} to be complete"),
        AwardMode::Either => format!("asks for {award}, awarded or complete"),
    }
}

fn attest_rule(attest: &Attest) -> String {
    match (&attest.unit, attest.amount) {
        (Some(unit), amount) => format!("asks for evidence of {}: at least {amount} {unit}", attest.key),
        (None, Amount::ONE) => format!("asks for evidence of {}", attest.key),
        (None, amount) => format!("asks for evidence of {}: at least {amount}", attest.key),
    }
}

fn take_rule(catalog: &Catalog, qualification: &Qualification, take: &Take) -> String {
    if let Some(only) = take.filter.credential {
        return format!("asks for {}", credential(catalog, only));
    }
    let own = |limit: &&Limit| limit.filter == Filter::default();
    let needs: Vec<_> =
        take.floors.iter().filter(own).map(|need| amount(need.amount, need.measure)).collect();
    let from = filter(&take.filter, qualification);
    let mut sentence = match (&take.sight, needs.is_empty()) {
        (Sight::Taking, true) => format!("may take any number from {from}"),
        (Sight::Taking, false) => format!("takes at least {} from {from}", list(&needs, "and")),
        (Sight::Counted { .. }, _) => {
            format!("asks that of what is counted here, at least {} come from {from}", list(&needs, "and"))
        }
        (Sight::Held { .. }, _) => {
            format!("asks that of everything held, at least {} come from {from}", list(&needs, "and"))
        }
    };
    let limits = take.floors.iter().filter(|limit| !own(limit)).chain(&take.caps);
    for limit_rule in limits {
        sentence.push_str(", ");
        sentence.push_str(&limit(limit_rule, qualification));
    }
    if let Some(grade) = take.min_grade {
        sentence.push_str(&format!(", with grade {grade} or better"));
    }
    if let Some(age) = take.max_age {
        sentence.push_str(&format!(", awarded within the last {age}"));
    }
    if let Some(layer) = take.sight.layer() {
        sentence.push_str(&format!(", each holding once in the layer “{layer}”"));
    }
    sentence
}

/// One limit, as a part of a sentence.
#[must_use]
pub fn limit(limit: &Limit, qualification: &Qualification) -> String {
    let bound = match limit.bound {
        Bound::AtLeast => "at least",
        Bound::AtMost => "at most",
    };
    let of = match limit.measure {
        Measure::Count => format!("{bound} {}", limit.amount),
        _ => format!("{bound} {}", amount(limit.amount, limit.measure)),
    };
    if limit.filter == Filter::default() {
        format!("{of} in all")
    } else {
        format!("{of} of them from {}", filter(&limit.filter, qualification))
    }
}

fn filter(filter: &Filter, qualification: &Qualification) -> String {
    let pools =
        filter.pools.iter().flatten().map(|pool| format!("“{}”", qualification.pools[pool.index()].id));
    let pools: Vec<_> = pools.collect();
    let conditions = conditions(&filter.conditions);
    match (pools.is_empty(), conditions.is_empty()) {
        (true, true) => "anything".to_owned(),
        (false, true) => list(&pools, "or"),
        (true, false) => format!("those with {conditions}"),
        (false, false) => format!("{} with {conditions}", list(&pools, "or")),
    }
}

/// What is in a pool.
#[must_use]
pub fn pool(catalog: &Catalog, qualification: &Qualification, pool: &Pool) -> String {
    let mut sentence = match &pool.of {
        Some(of) => {
            list(&of.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect::<Vec<_>>(), "and")
        }
        None => "any credential".to_owned(),
    };
    if !pool.conditions.is_empty() {
        sentence.push_str(&format!(" with {}", conditions(&pool.conditions)));
    }
    if !pool.not_in.is_empty() {
        let others = pool.not_in.iter().map(|other| format!("“{}”", qualification.pools[other.index()].id));
        sentence.push_str(&format!(" that is not in {}", list(&others.collect::<Vec<_>>(), "or")));
    }
    sentence
}

fn conditions(conditions: &[Condition]) -> String {
    let parts: Vec<_> =
        conditions.iter().map(|condition| test(&condition.attribute, &condition.test)).collect();
    list(&parts, "and")
}

fn test(attribute: &str, test: &Test) -> String {
    let attribute = attribute
        .strip_prefix("level.")
        .map_or_else(|| attribute.to_owned(), |framework| format!("{framework} level"));
    let scalars = |scalars: &[Scalar], and: &str| {
        list(&scalars.iter().map(ToString::to_string).collect::<Vec<_>>(), and)
    };
    let mut parts = Vec::new();
    parts.extend(test.any_of.as_ref().map(|any| scalars(any, "or")));
    parts.extend(test.all_of.as_ref().map(|all| format!("all of {}", scalars(all, "and"))));
    parts.extend(test.none_of.as_ref().map(|none| format!("none of {}", scalars(none, "and"))));
    parts.extend(match (test.at_least, test.at_most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("{least} or more")),
        (None, Some(most)) => Some(format!("{most} or less")),
        (None, None) => None,
    });
    format!("{attribute} {}", parts.join(" and "))
}

//! What rules say, in sentences.

use cairn_core::{
    Amount, Catalog, Condition, Scalar, Test,
    catalog::{
        AgeDay, Attest, AwardMode, Bound, Filter, Limit, Pool, Prerequisite, Qualification, QualificationIx,
        RequirementIx, Rounding, Rule, Share, Sight, Take, Tally, Weight, When, Whole,
    },
};

use crate::words::{credential, list, qualification, requirement_title, tally};

/// What a requirement asks for.
#[must_use]
pub fn rule(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let children = |children: &[RequirementIx]| -> Vec<String> {
        children.iter().map(|&child| format!("“{}”", requirement_title(catalog, within, child))).collect()
    };
    let requirement = catalog.qualification(within).requirement(ix);
    let rule = match &requirement.rule {
        Rule::All(all) if all.len() == 1 => list(&children(all), "and"),
        Rule::All(all) => format!("all of {}", list(&children(all), "and")),
        Rule::Any(any) => format!("one of {}", list(&children(any), "or")),
        Rule::Same(by, all) => format!("for one value of {by}, {}", list(&children(all), "and")),
        Rule::Choose(number, of) => format!("{number} of {}", list(&children(of), "and")),
        Rule::Award(award, mode) => award_rule(&qualification(catalog, *award), *mode),
        Rule::Attest(attest) => attest_rule(attest),
        Rule::Take(take) => take_rule(catalog, catalog.qualification(within), take),
    };
    match &requirement.when {
        Some(asked) => format!("{rule}; asked only of those who {}", when(catalog, within, asked)),
        None => rule,
    }
}

/// Of whom a requirement is asked, as the end of a sentence.
fn when(catalog: &Catalog, within: QualificationIx, When { held, attested, met }: &When) -> String {
    let had = |one: &Prerequisite| match *one {
        Prerequisite::Credential(ix) => credential(catalog, ix),
        Prerequisite::Qualification(ix) => qualification(catalog, ix),
    };
    let held = held.iter().map(|held| list(&held.iter().map(had).collect::<Vec<_>>(), "or"));
    let relied = |ix: &RequirementIx| format!("“{}”", requirement_title(catalog, within, *ix));
    let met = met.iter().map(|met| list(&met.iter().map(relied).collect::<Vec<_>>(), "or"));
    let parts: Vec<_> = held
        .map(|held| format!("hold {held}"))
        .chain(attested.iter().map(|key| format!("have evidence of {key}")))
        .chain(met.map(|met| format!("rely on {met}")))
        .collect();
    list(&parts, "and")
}

fn award_rule(award: &str, mode: AwardMode) -> String {
    match mode {
        AwardMode::Held => format!("{award}, awarded"),
        AwardMode::Earned => format!("{award}, complete"),
        AwardMode::Either => format!("{award}, awarded or complete"),
    }
}

fn attest_rule(attest: &Attest) -> String {
    match (&attest.unit, attest.amount) {
        (Some(unit), amount) => format!("evidence of {}: at least {amount} {unit}", attest.key),
        (None, Amount::ONE) => format!("evidence of {}", attest.key),
        (None, amount) => format!("evidence of {}: at least {amount}", attest.key),
    }
}

fn take_rule(catalog: &Catalog, qualification: &Qualification, take: &Take) -> String {
    if let Some(only) = take.filter.credential {
        let among = if take.sight == Sight::Taking { "" } else { " among what is counted here" };
        return format!("{}{among}", credential(catalog, only));
    }
    let own = |limit: &&Limit| limit.is_need();
    let needs: Vec<_> = take.floors.iter().filter(own).map(|need| tally(need.amount, &need.tally)).collect();
    let source = selection(&take.filter, qualification);
    let mut sentence = match (&take.sight, needs.is_empty()) {
        (Sight::Taking, true) => format!("any number from {source}"),
        (Sight::Taking, false) => format!("at least {} from {source}", list(&needs, "and")),
        (Sight::Counted { .. }, true) => format!("of what is counted here, any number from {source}"),
        (Sight::Attempted, true) => format!("of everything ever earned, any number from {source}"),
        (Sight::Attempted, false) => {
            format!("of everything ever earned, at least {} from {source}", list(&needs, "and"))
        }
        (Sight::Held { .. }, true) => format!("of everything held, any number from {source}"),
        (Sight::Counted { .. }, false) => {
            format!("of what is counted here, at least {} from {source}", list(&needs, "and"))
        }
        (Sight::Held { .. }, false) => {
            format!("of everything held, at least {} from {source}", list(&needs, "and"))
        }
    };
    let limits = take.floors.iter().filter(|limit| !own(limit)).chain(&take.caps);
    for (number, one) in limits.enumerate() {
        sentence.push_str(if number == 0 { ", of which " } else { ", and " });
        sentence.push_str(&limit(one, qualification));
    }
    if take.truncates {
        sentence.push_str(", a unit larger than the room left counting for what fits");
    }
    if take.divides {
        sentence.push_str(", a unit's credits being divided where that helps");
    }
    if !take.advise {
        sentence.push_str(", if it is held: nothing new is advised");
    }
    if let Some(grade) = take.min_grade {
        sentence.push_str(&format!(", with grade {grade} or better"));
    }
    if let Some(age) = take.max_age {
        sentence.push_str(&match qualification.max_age_on {
            AgeDay::Audit => format!(", awarded within the last {age}"),
            AgeDay::Entry => format!(", awarded at most {age} before entry"),
        });
    }
    if let Some(window) = take.window {
        sentence.push_str(&format!(", all awarded within {window} of each other"));
    }
    if let Some(layer) = take.sight.layer() {
        sentence.push_str(&format!(", each holding once in the layer “{layer}”"));
    }
    sentence
}

/// One limit: `at least 10 credits from those with eqf level 4 or more`.
#[must_use]
pub fn limit(limit: &Limit, qualification: &Qualification) -> String {
    let bound = match limit.bound {
        Bound::AtLeast => "at least",
        Bound::AtMost => "at most",
    };
    let mut sentence = match (&limit.tally, limit.share) {
        (Tally::Average { weight, best }, _) => average(limit.amount, *weight, *best),
        (_, Some(share)) => part(bound, share, limit),
        (Tally::Count, None) => format!("{bound} {}", limit.amount),
        (_, None) => format!("{bound} {}", tally(limit.amount, &limit.tally)),
    };
    sentence.push_str(&match (&limit.tally, limit.filter == Filter::default()) {
        (Tally::Count | Tally::Credits | Tally::Sum { .. }, true) if limit.per.is_none() => {
            " in all".to_owned()
        }
        _ => from(limit, qualification),
    });
    if let Some(per) = &limit.per {
        sentence.push_str(&format!(" for each value of {per}"));
    }
    sentence
}

fn average(least: Amount, weight: Weight, best: Amount) -> String {
    let weight = match weight {
        Weight::Credits => "weighted by credits",
        Weight::Count => "each grade weighing the same",
    };
    format!("an average grade of at least {least} of {best} ({weight})")
}

/// A share: `at least 1/4 of the 60 credits required, rounded up (15)`.
fn part(bound: &str, share: Share, limit: &Limit) -> String {
    let unit = match &limit.tally {
        Tally::Count => "credentials".to_owned(),
        Tally::Credits => "credits".to_owned(),
        Tally::Sum { of } => of.clone(),
        Tally::Distinct { .. } | Tally::Average { .. } => String::new(),
    };
    let rounded = match share.rounding {
        Rounding::Exact => "",
        Rounding::Up => ", rounded up",
        Rounding::Down => ", rounded down",
    };
    match share.of {
        Whole::Counted => format!("{bound} {} of the {unit} that count", share.fraction),
        Whole::Required(whole) => {
            let amount = limit.amount;
            format!("{bound} {} of the {whole} {unit} required{rounded} ({amount})", share.fraction)
        }
    }
}

/// What a limit speaks of, as the end of a phrase; nothing where it speaks of everything.
#[must_use]
pub fn from(limit: &Limit, qualification: &Qualification) -> String {
    if limit.filter == Filter::default() {
        return String::new();
    }
    format!(" from {}", selection(&limit.filter, qualification))
}

fn selection(filter: &Filter, qualification: &Qualification) -> String {
    let pools =
        filter.pools.iter().flatten().map(|pool| format!("“{}”", qualification.pools[pool.index()].id));
    let pools = list(&pools.collect::<Vec<_>>(), "or");
    match (filter.pools.is_some(), filter.conditions.is_empty()) {
        (false, true) => "anything".to_owned(),
        (true, true) => pools,
        (false, false) => format!("those with {}", conditions(&filter.conditions)),
        (true, false) => format!("{pools} with {}", conditions(&filter.conditions)),
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
    if !pool.advise {
        sentence.push_str(", if it is held: nothing new is advised");
    }
    sentence
}

pub(super) fn conditions(conditions: &[Condition]) -> String {
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

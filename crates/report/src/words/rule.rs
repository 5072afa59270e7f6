//! What rules say, in sentences.

use cairn_core::{
    Amount, Catalog, Condition, Scalar, Test,
    catalog::{
        AgeDay, Attest, AwardMode, Bound, Filter, Limit, Pool, Prerequisite, Qualification, QualificationIx,
        RequirementIx, Rounding, Rule, SOURCE, Share, Sight, Take, Tally, Weight, When, Whole,
    },
};

use crate::words::{credential, list, qualification, requirement_title, tally, whole_list};

/// What a requirement asks for.
#[must_use]
pub fn rule(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    listed(catalog, within, ix, list)
}

/// What a requirement asks for, with all names however many there are.
#[must_use]
pub fn rule_in_full(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    listed(catalog, within, ix, whole_list)
}

fn listed(
    catalog: &Catalog,
    within: QualificationIx,
    ix: RequirementIx,
    list: fn(&[String], &str) -> String,
) -> String {
    let children = |children: &[RequirementIx]| -> Vec<String> {
        children.iter().map(|&child| format!("“{}”", requirement_title(catalog, within, child))).collect()
    };
    let requirement = catalog.qualification(within).requirement(ix);
    let rule = match &requirement.rule {
        Rule::All(all) if all.len() == 1 => list(&children(all), "and"),
        Rule::All(all) if all.len() == 2 => format!("both {}", list(&children(all), "and")),
        Rule::All(all) => format!("all of {}", list(&children(all), "and")),
        Rule::Any(any) if any.len() == 1 => list(&children(any), "or"),
        Rule::Any(any) if any.len() == 2 => format!("either {}", list(&children(any), "or")),
        Rule::Any(any) => format!("one of {}", list(&children(any), "or")),
        Rule::Same(by, all) => format!("for one value of {by}, {}", list(&children(all), "and")),
        Rule::Choose(number, of) => format!("any {number} of {}", list(&children(of), "and")),
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
    let mut sentence = match needs.is_empty() {
        true => format!("any number from {source}"),
        false => format!("at least {} from {source}", list(&needs, "and")),
    };
    sentence.push_str(match &take.sight {
        Sight::Taking => "",
        Sight::Counted { .. } => ", among what is counted here",
        Sight::Held { .. } => ", among everything held",
        Sight::Attempted => ", among everything ever earned",
    });
    let limits = take.floors.iter().filter(|limit| !own(limit)).chain(&take.caps);
    for (number, one) in limits.enumerate() {
        sentence.push_str(match (number, is_of_a_part(one)) {
            (0, true) => ", of which ",
            (0, false) => ", with ",
            _ => ", and ",
        });
        sentence.push_str(&limit(one, qualification));
    }
    if take.truncates {
        sentence.push_str(", a unit larger than the room left counting for what fits");
    }
    if take.divides {
        sentence.push_str(", a unit's credits being divided where that helps");
    }
    if !take.advise {
        sentence.push_str(", of what is held, with nothing new advised");
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

/// Whether a limit speaks of some of what is taken, so that it is introduced by `of which`.
fn is_of_a_part(limit: &Limit) -> bool {
    let adds_up = matches!(limit.tally, Tally::Count | Tally::Credits | Tally::Sum { .. });
    adds_up && limit.filter != Filter::default()
}

/// One limit: `at least 10 credits from those at eqf level 4 or above`.
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
        (false, false) => format!("those {}", conditions(&filter.conditions)),
        (true, false) => format!("those in {pools} {}", conditions(&filter.conditions)),
    }
}

/// What is in a pool.
#[must_use]
pub fn pool(catalog: &Catalog, qualification: &Qualification, pool: &Pool) -> String {
    selected(catalog, qualification, pool, list)
}

/// What is in a pool, with all names however many there are.
#[must_use]
pub fn pool_in_full(catalog: &Catalog, qualification: &Qualification, pool: &Pool) -> String {
    selected(catalog, qualification, pool, whole_list)
}

fn selected(
    catalog: &Catalog,
    qualification: &Qualification,
    pool: &Pool,
    list: fn(&[String], &str) -> String,
) -> String {
    let of = pool.of.as_ref().map(|of| {
        list(&of.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect::<Vec<_>>(), "and")
    });
    let mut sentence = match (of, pool.conditions.is_empty()) {
        (Some(of), true) => of,
        (Some(of), false) => format!("those of {of} {}", conditions(&pool.conditions)),
        (None, true) => "any credential".to_owned(),
        (None, false) => format!("any credential {}", conditions(&pool.conditions)),
    };
    if !pool.not_in.is_empty() {
        let others = pool.not_in.iter().map(|other| format!("“{}”", qualification.pools[other.index()].id));
        sentence.push_str(&format!(" that is not in {}", list(&others.collect::<Vec<_>>(), "or")));
    }
    if !pool.advise {
        sentence.push_str(", where it is held, and is not advised anew");
    }
    sentence
}

pub(super) fn conditions(conditions: &[Condition]) -> String {
    let parts: Vec<_> =
        conditions.iter().map(|condition| test(&condition.attribute, &condition.test)).collect();
    list(&parts, "and")
}

/// One condition, as what follows "those": `of kind unit`, `at eqf level 4 or above`, `whose subject is law`.
fn test(attribute: &str, test: &Test) -> String {
    if let Some([Scalar::Flag(is_set)]) = test.any_of.as_deref() {
        return format!("{}marked as {attribute}", if *is_set { "" } else { "not " });
    }
    let scalars = |scalars: &[Scalar], and: &str| {
        list(&scalars.iter().map(ToString::to_string).collect::<Vec<_>>(), and)
    };
    let mut parts = Vec::new();
    parts.extend(test.any_of.as_ref().map(|any| scalars(any, "or")));
    parts.extend(test.all_of.as_ref().map(|all| format!("all of {}", scalars(all, "and"))));
    parts.extend(test.none_of.as_ref().map(|none| format!("none of {}", scalars(none, "and"))));
    parts.extend(match (test.at_least, test.at_most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("{least} or above")),
        (None, Some(most)) => Some(format!("{most} or below")),
        (None, None) => None,
    });
    let values = parts.join(" and ");
    if let (Some(skill), Some(least)) = (attribute.strip_prefix("skill."), test.at_least) {
        let level = if least == Amount::ZERO { String::new() } else { format!(" at level {least} or above") };
        return format!("that show {skill}{level}");
    }
    match (attribute.strip_prefix("level."), attribute) {
        (Some(framework), _) => format!("at {framework} level {values}"),
        (None, "kind") => format!("of kind {values}"),
        (None, SOURCE) => format!("that were {values}"),
        (None, "issuer") => format!("awarded by {values}"),
        (None, _) => format!("whose {attribute} is {values}"),
    }
}

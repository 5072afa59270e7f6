//! Pools, and what is chosen from them, in sentences.

use cairn_core::{
    Amount, Catalog, Condition, Measure, Scalar, Test,
    catalog::{Filter, Pool, Qualification, SOURCE},
};

use crate::words::{amount, list, whole_list};

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
    if pool.open.is_some() {
        sentence.push_str(&format!(", and {}", elsewhere(catalog, pool, Amount::ZERO)));
    }
    if !pool.advise {
        sentence.push_str(", where it is held, and is not advised anew");
    }
    sentence
}

/// What an open pool has besides what the rules describe.
pub(in crate::words) fn elsewhere(catalog: &Catalog, pool: &Pool, credits: Amount) -> String {
    let asked = (!pool.conditions.is_empty()).then(|| conditions(&pool.conditions));
    let sized =
        (credits > Amount::ZERO).then(|| format!("of {}", amount(catalog, credits, Measure::Credits)));
    let described: Vec<_> = asked.into_iter().chain(sized).collect();
    let described =
        if described.is_empty() { String::new() } else { format!(" {}", list(&described, "and")) };
    format!("any credential{described} that these rules do not name")
}

pub(super) fn selection(filter: &Filter, qualification: &Qualification) -> String {
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

pub(in crate::words) fn conditions(conditions: &[Condition]) -> String {
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

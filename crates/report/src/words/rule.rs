//! What rules say, in sentences.

use cairn_core::{
    Amount, Catalog,
    catalog::{
        AgeDay, Attest, AwardMode, Limit, Qualification, QualificationIx, RequirementIx, Rule, Sight, Take,
        When,
    },
};

use crate::words::{credential, list, prerequisite, qualification, requirement_title, tally, whole_list};

mod limit;
use limit::is_of_a_part;
pub use limit::{from, limit};

mod pool;
use pool::selection;
pub(in crate::words) use pool::{conditions, elsewhere};
pub use pool::{pool, pool_in_full};

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
    let children = |children: &[RequirementIx]| titles(catalog, within, children);
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
    let rule = match &requirement.after[..] {
        [] => rule,
        after => format!("{rule}, awarded {}", no_earlier(&children(after))),
    };
    match &requirement.when {
        Some(asked) if asked.is_nobody() => format!("{rule}; waived by an exception"),
        Some(asked) => format!("{rule}; asked only of those who {}", when(catalog, within, asked)),
        None => rule,
    }
}

/// What comes before, as the end of a sentence.
fn no_earlier(before: &[String]) -> String {
    format!("no earlier than what counts toward {}", list(before, "and"))
}

/// What comes before a requirement that takes, as the end of a sentence.
#[must_use]
pub fn after(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    match &catalog.qualification(within).requirement(ix).rule {
        Rule::Take(take) => no_earlier(&titles(catalog, within, &take.after)),
        _ => String::new(),
    }
}

fn titles(catalog: &Catalog, within: QualificationIx, requirements: &[RequirementIx]) -> Vec<String> {
    requirements.iter().map(|&ix| format!("“{}”", requirement_title(catalog, within, ix))).collect()
}

/// Of whom a requirement is asked, as the end of a sentence.
fn when(catalog: &Catalog, within: QualificationIx, When { held, attested, met }: &When) -> String {
    let held = held.iter().map(|held| prerequisite(catalog, held));
    let met = met.iter().map(|met| list(&titles(catalog, within, met), "or"));
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
    let needs: Vec<_> =
        take.floors.iter().filter(own).map(|need| tally(catalog, need.amount, &need.tally)).collect();
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
        sentence.push_str(&limit(catalog, one, qualification));
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

//! Every sentence that a person reads about rules, learners and audits.
//!
//! Nothing else in Cairn makes sentences (findings about rules bring their own), so a translator
//! replaces this module and nothing more.

use cairn_core::{
    Amount, Attributes, Catalog, Measure, Scenario,
    catalog::{AwardMode, CredentialIx, Prerequisite, QualificationIx, RequirementIx, Tally},
};
use cairn_engine::{Action, Audit, Cost, Question, Standing, Step, Target, Verdict};

use crate::report::MeasuredView;

mod outcome;
pub use outcome::outlook;

mod rule;
pub use rule::{from, limit, pool, pool_in_full, rule, rule_in_full};

mod equivalence;
pub use equivalence::{equivalence, only_toward};

mod sharing;
pub use sharing::{policy, policy_rule};

mod edition;
pub use edition::{EDITIONS, edition};

mod terms;
pub use terms::{renewal, terms};

mod reason;
pub use reason::reason;

mod clause;
pub use clause::{clause, forced, forced_heading};

mod stopped;

mod elsewhere;
pub use elsewhere::{elsewhere, elsewhere_heading, preferred, wishes_heading};

mod record;
pub use record::{
    HoldingStanding, as_known_on, attested, audited, awarded, entered, holding_on, recorded_by, registered,
    renamed, revoked,
};

mod several;
pub use several::{completion, completions, otherwise, way_found};

mod skills;
pub use skills::{evidence, gap_heading, no_gap, no_skills, shown_by, skill_line, skills_heading, skills_of};

mod sentence;
pub use sentence::sentences;

mod test;
pub use test::{expected, got, no_tests, tests};

/// A title with its id, or the id alone where they are the same.
#[must_use]
pub fn named(title: &str, id: &str) -> String {
    if title == id { id.to_owned() } else { format!("{title} ({id})") }
}

/// A credential by title and id.
#[must_use]
pub fn credential(catalog: &Catalog, ix: CredentialIx) -> String {
    let credential = catalog.credential(ix);
    named(&credential.title, credential.id.as_str())
}

/// A qualification by title and id.
#[must_use]
pub fn qualification(catalog: &Catalog, ix: QualificationIx) -> String {
    let qualification = catalog.qualification(ix);
    named(&qualification.title, qualification.id.as_str())
}

/// A requirement by its title; one that is named in a list together with the list, and one of
/// another qualification than the one in question together with it.
#[must_use]
pub fn requirement(
    catalog: &Catalog,
    within: QualificationIx,
    ix: RequirementIx,
    asked: Option<QualificationIx>,
) -> String {
    let owner = catalog.qualification(within);
    let id = owner.requirement(ix).id.as_str();
    let mut name = format!("“{}”", requirement_title(catalog, within, ix));
    let list = id.split_once('/').map(|(list, _)| list).filter(|list| *list != owner.id.as_str());
    if let Some(list) =
        list.and_then(|list| owner.requirements.iter().find(|other| other.id.as_str() == list))
    {
        name.push_str(&format!(" in “{}”", list.title));
    }
    if Some(within) != asked {
        name.push_str(&format!(" of {}", qualification(catalog, within)));
    }
    name
}

/// The one qualification that is asked about, if it is one.
pub(crate) fn asked(audit: &Audit) -> Option<QualificationIx> {
    match audit.targets[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// What to call a requirement: its title; for a credential or qualification named in a list, theirs.
#[must_use]
pub fn requirement_title(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let requirement = catalog.qualification(within).requirement(ix);
    if !requirement.id.as_str().contains('/') {
        return requirement.title.clone();
    }
    if let Some(named) = catalog.find_credential(&requirement.title) {
        return catalog.credential(named).title.clone();
    }
    match catalog.find_qualifications(&requirement.title)[..] {
        [named] => catalog.qualification(named).title.clone(),
        _ => requirement.title.clone(),
    }
}

/// An amount in a measure: `10 credits`, `1 credential`.
#[must_use]
pub fn amount(amount: Amount, measure: Measure) -> String {
    let one = amount == Amount::ONE;
    match measure {
        Measure::Count => format!("{amount} credential{}", if one { "" } else { "s" }),
        Measure::Credits => format!("{amount} credit{}", if one { "" } else { "s" }),
        Measure::Cost => format!("{amount} in cost"),
        Measure::Effort => format!("{amount} hour{} of effort", if one { "" } else { "s" }),
    }
}

/// An amount of what a limit adds up or compares: `3 different values of subject`.
#[must_use]
pub fn tally(amount: Amount, tally: &Tally) -> String {
    match tally {
        Tally::Count => self::amount(amount, Measure::Count),
        Tally::Credits => self::amount(amount, Measure::Credits),
        Tally::Sum { of } => format!("{amount} {of}"),
        Tally::Distinct { by } if amount == Amount::ONE => format!("1 value of {by}"),
        Tally::Distinct { by } => format!("{amount} different values of {by}"),
        Tally::Average { .. } => format!("an average grade of {amount}"),
    }
}

/// The word of a tally for programs, and the attribute that it looks at.
#[must_use]
pub fn tally_word(tally: &Tally) -> (&'static str, Option<&str>) {
    let word = match tally {
        Tally::Count => "count",
        Tally::Credits => "credits",
        Tally::Sum { .. } => "sum",
        Tally::Distinct { .. } => "distinct",
        Tally::Average { .. } => "average",
    };
    (word, tally.attribute())
}

/// A number of things: `1 confirmation`, `2 confirmations`.
#[must_use]
pub fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The word for a requirement's standing.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Open => "open",
        Standing::NotNeeded => "not needed",
        Standing::NotAsked => "not asked",
    }
}

/// The verdict of an audit in a sentence. Only a complete qualification is ever all of it.
#[must_use]
pub fn verdict(audit: &Audit) -> String {
    match audit.verdict {
        Verdict::Complete => "every requirement is met".to_owned(),
        Verdict::Unreachable => "nothing that can be earned on this day would complete it".to_owned(),
        Verdict::Remaining(cost) => remaining(cost, audit),
        Verdict::Stopped(bounds) => stopped::bounds(&bounds, &audit.question),
    }
}

fn remaining(cost: Cost, audit: &Audit) -> String {
    let measure = audit.question.measure;
    let number =
        |wanted: fn(&Action) -> bool| audit.next.iter().filter(|step| wanted(&step.action)).count() as u64;
    let earned = number(|action| matches!(action, Action::Earn(_)));
    let awarded = number(|action| matches!(action, Action::Award(_)));
    let mut parts = Vec::new();
    if cost.measure > Amount::ZERO {
        let whole = audit.from_nothing.map_or(cost.measure, |whole| whole.measure);
        let of = if whole == cost.measure { String::new() } else { format!("{} of ", cost.measure) };
        let in_what = match measure {
            Measure::Count => String::new(),
            _ => format!(", in {}", count(earned, "credential")),
        };
        parts.push(format!("{of}{} to earn{in_what}", amount(whole, measure)));
    } else if earned > 0 {
        parts.push(format!("{} to earn", count(earned, "credential")));
    }
    let more: Vec<_> = further(&audit.question, &cost)
        .filter(|&(_, measure)| measure != Measure::Count)
        .map(|(amount_of, measure)| amount(amount_of, measure))
        .collect();
    if let Some(last) = parts.last_mut()
        && !more.is_empty()
    {
        last.push_str(&format!(" ({})", more.join(", ")));
    }
    if awarded > 0 {
        parts.push(format!("{} to be made", count(awarded, "award")));
    }
    if cost.attestations > 0 {
        parts.push(format!("{} open", count(cost.attestations, "confirmation")));
    }
    parts.join("; ")
}

/// A cost in the further measures of a question.
pub(crate) fn further(question: &Question, cost: &Cost) -> impl Iterator<Item = (Amount, Measure)> {
    cost.further.into_iter().zip(question.further).filter_map(|(amount, measure)| Some((amount, measure?)))
}

/// How one qualification of a joint audit stands.
#[must_use]
pub fn target(target: &Target, measure: Measure) -> String {
    if target.is_complete {
        return "complete beside the others".to_owned();
    }
    match target.alone {
        Verdict::Complete => "complete by itself, but not beside the others".to_owned(),
        Verdict::Unreachable => "out of reach by itself".to_owned(),
        Verdict::Stopped(_) => "not settled by itself".to_owned(),
        Verdict::Remaining(cost) if cost.measure > Amount::ZERO => {
            format!("{} to earn by itself", amount(cost.measure, measure))
        }
        Verdict::Remaining(cost) => {
            format!("{} left by itself", count(cost.new + cost.attestations, "step"))
        }
    }
}

/// That an award uses up what earned it.
#[must_use]
pub fn consumes() -> &'static str {
    "An award uses up what earned it: from its day on that counts for nothing else"
}

/// The order in which qualifications are had.
#[must_use]
pub fn order(ids: &[String]) -> String {
    format!("Had in this order: {}", ids.join(", then "))
}

/// What a scenario takes to be had.
#[must_use]
pub fn scenario(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Earned => "what is earned",
        Scenario::InProgress => "what is earned or in progress",
        Scenario::Planned => "what is earned, in progress or planned",
    }
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`; of many, the first few and how many more.
#[must_use]
pub fn list(names: &[String], and: &str) -> String {
    const SHOWN_MAX: usize = 8;
    match names.len() <= SHOWN_MAX {
        true => whole_list(names, and),
        false => format!("{} {and} {} more", names[..SHOWN_MAX - 1].join(", "), names.len() - SHOWN_MAX + 1),
    }
}

/// All names in a sentence, however many there are.
#[must_use]
pub fn whole_list(names: &[String], and: &str) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

/// An issuer by title, or as it is written where the rules do not describe it.
#[must_use]
pub fn issuer(catalog: &Catalog, issuer: &str) -> String {
    let known = catalog.issuers().iter().find(|known| known.id.as_str() == issuer);
    known.map_or_else(
        || issuer.to_owned(),
        |known| match &known.url {
            Some(url) => format!("{}, {url}", named(&known.title, issuer)),
            None => named(&known.title, issuer),
        },
    )
}

/// One prerequisite with its alternatives.
#[must_use]
pub fn prerequisite(catalog: &Catalog, any: &[Prerequisite]) -> String {
    let names = any.iter().map(|one| match *one {
        Prerequisite::Credential(ix) => credential(catalog, ix),
        Prerequisite::Qualification(ix) => qualification(catalog, ix),
    });
    list(&names.collect::<Vec<_>>(), "or")
}

/// A step of a completion.
#[must_use]
pub fn step(catalog: &Catalog, question: &Question, asked: Option<QualificationIx>, step: &Step) -> String {
    let places: Vec<_> =
        step.fills.iter().map(|&(within, ix)| requirement(catalog, within, ix, asked)).collect();
    let opens: Vec<_> = step.opens.iter().map(|&ix| credential(catalog, ix)).collect();
    let mut why = Vec::new();
    if !places.is_empty() {
        why.push(format!("for {}", list(&places, "and")));
    }
    if !opens.is_empty() {
        why.push(format!("required for {}", list(&opens, "and")));
    }
    let why = if why.is_empty() { String::new() } else { format!(", {}", why.join("; ")) };
    match &step.action {
        Action::Earn(ix) => {
            let cost = match question.measure {
                Measure::Count => String::new(),
                measure => format!(": {}", amount(step.cost.measure, measure)),
            };
            let more = further(question, &step.cost).filter(|(_, measure)| *measure != Measure::Count);
            let cost = more.fold(cost, |cost, (more, measure)| {
                let sign = if cost.is_empty() { ": " } else { ", " };
                cost + sign + &amount(more, measure)
            });
            format!("earn {}{cost}{why}", credential(catalog, *ix))
        }
        Action::Award(ix) => {
            let used: Vec<_> = step.components.iter().map(|&ix| credential(catalog, ix)).collect();
            let uses = if catalog.qualification(*ix).consumes && !used.is_empty() {
                format!(" and uses up {}", list(&used, "and"))
            } else {
                String::new()
            };
            format!("have {} awarded, which is complete by then{uses}{why}", qualification(catalog, *ix))
        }
        Action::Confirm { key, recorded, needed, unit } => {
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            match (*recorded, *needed) {
                (Amount::ZERO, Amount::ONE) => format!("bring evidence of {key}{why}"),
                (Amount::ZERO, needed) => format!("bring evidence of {key}: {needed}{unit}{why}"),
                (recorded, needed) => {
                    let missing = needed.saturating_sub(recorded);
                    format!(
                        "bring evidence of {key}: {missing}{unit} more, {recorded} of {needed} are on record{why}"
                    )
                }
            }
        }
    }
}

/// What a change of the record does to an audit.
#[must_use]
pub fn difference(now: &Audit, then: &Audit) -> String {
    change(now.question.measure, now.verdict, then.verdict)
}

/// What it means that one verdict would become another.
#[must_use]
pub fn change(measure: Measure, now: Verdict, then: Verdict) -> String {
    match (now, then) {
        (Verdict::Stopped(_), _) | (_, Verdict::Stopped(_)) => {
            "it is not settled what would change, because the search was stopped".to_owned()
        }
        (before, after) if before == after => "nothing would change".to_owned(),
        (_, Verdict::Complete) => "it would be complete".to_owned(),
        (_, Verdict::Unreachable) => "it would be out of reach".to_owned(),
        (Verdict::Complete, Verdict::Remaining(_)) => "it would no longer be complete".to_owned(),
        (Verdict::Unreachable, Verdict::Remaining(_)) => "it would come within reach".to_owned(),
        (Verdict::Remaining(before), Verdict::Remaining(after)) => {
            let less = |less: Amount| format!("{} fewer would remain", amount(less, measure));
            let more = |more: Amount| format!("{} more would remain", amount(more, measure));
            match before.measure.cmp(&after.measure) {
                std::cmp::Ordering::Greater => less(before.measure.saturating_sub(after.measure)),
                std::cmp::Ordering::Less => more(after.measure.saturating_sub(before.measure)),
                std::cmp::Ordering::Equal => {
                    let words = |cost: Cost| {
                        format!(
                            "{} and {}",
                            count(cost.new, "credential"),
                            count(cost.attestations, "confirmation")
                        )
                    };
                    format!("{} would remain, instead of {}", words(after), words(before))
                }
            }
        }
    }
}

/// A scenario from its word, see [`scenario`].
#[must_use]
pub fn scenario_word(word: &str) -> &'static str {
    Scenario::from_word(word).map_or("what is earned", scenario)
}

/// The verdict of a report in words.
#[must_use]
pub fn verdict_word(word: &str) -> &'static str {
    match word {
        "complete" => "complete",
        "unreachable" => "out of reach",
        "stopped" => "not settled",
        _ => "not complete",
    }
}

/// What is said where confirmations alone would complete it.
pub const POSSIBLE: &str = "Nothing is left to earn: it is complete as soon as what is open is confirmed.";

/// The heading over a qualification that another rests on.
#[must_use]
pub fn in_its_own_right(title: &str) -> String {
    format!("Within it: {title}")
}

/// Whether a need is met by what is held.
#[must_use]
pub fn is_reached(measured: &MeasuredView) -> bool {
    let number = |text: &str| text.parse::<Amount>().unwrap_or(Amount::ZERO);
    number(&measured.held) >= number(&measured.needed)
}

/// What there is toward a need: `4 of 6 credentials`, `0 of 10 credits from “science”`.
#[must_use]
pub fn have(measured: &MeasuredView) -> String {
    let of = measured.of.as_deref().unwrap_or_default();
    let unit = match (measured.measure, measured.needed.as_str()) {
        ("count", "1") => "credential".to_owned(),
        ("count", _) => "credentials".to_owned(),
        ("sum", _) => of.to_owned(),
        ("distinct", _) => format!("different values of {of}"),
        ("average", _) => "as average grade".to_owned(),
        (measure, _) => measure.to_owned(),
    };
    format!("{} of {} {unit}{}", measured.held, measured.needed, measured.from)
}

/// A lower limit over everything counted, and what there is toward it.
#[must_use]
pub fn limit_line(measured: &MeasuredView) -> String {
    format!("Of everything counted: {}", have(measured))
}

/// The heading over qualifications of one state.
#[must_use]
pub fn state_heading(state: &str) -> &'static str {
    match state {
        "held" => "Awarded",
        "complete" => "Complete, and not yet awarded",
        "begun" => "On the way",
        "open" => "Not begun",
        "stopped" => "Not settled",
        _ => "Out of reach",
    }
}

/// What a qualification cannot be completed without.
#[must_use]
pub fn unavoidable(credentials: &[String]) -> String {
    match credentials {
        [] => "can be completed without any one credential".to_owned(),
        some => format!("cannot be completed without {}", list(some, "and")),
    }
}

/// What holds a catalog together.
#[must_use]
pub fn joints(nodes: &[String]) -> String {
    match nodes {
        [] => "no single credential or qualification holds the catalog together".to_owned(),
        some => format!("without {} the catalog would fall apart", list(some, "or")),
    }
}

/// An award that is asked for, and is not there.
#[must_use]
pub fn not_awarded(award: &str, mode: AwardMode) -> String {
    match mode {
        AwardMode::Held => format!("{award}, which is not awarded"),
        AwardMode::Earned => format!("{award}, which is not complete"),
        AwardMode::Either => format!("{award}, which is neither awarded nor complete"),
    }
}

/// The levels among attributes: `eqf level 5`.
#[must_use]
pub fn levels(attributes: &Attributes) -> Vec<String> {
    let levels = attributes.iter().filter_map(|(name, values)| Some((name.strip_prefix("level.")?, values)));
    levels
        .flat_map(|(framework, values)| values.iter().map(move |level| format!("{framework} level {level}")))
        .collect()
}

/// Attributes in words: `kind unit`, `eqf level 5`; credits are said elsewhere.
#[must_use]
pub fn attributes(attributes: &Attributes) -> Vec<String> {
    let own = attributes
        .iter()
        .filter(|(name, _)| !name.starts_with("level.") && !name.starts_with("skill.") && *name != "credits");
    let own = own.map(|(name, values)| {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        format!("{name} {}", list(&values, "and"))
    });
    let skills = cairn_core::catalog::skills(attributes);
    let skills = skills.map(|(skill, level)| format!("shows {skill} at level {level}"));
    own.chain(levels(attributes)).chain(skills).collect()
}

/// What remaining is counted in.
#[must_use]
pub fn measure_word(word: &str) -> &str {
    if word == "count" { "credentials" } else { word }
}

/// Text from a record or a file name without what would command a terminal or turn text round.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if cairn_core::diagnostic::is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

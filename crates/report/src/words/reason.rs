//! Why, in sentences.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{AwardMode, Bound, PolicyIx, QualificationIx, RequirementIx, Rule, Sight, Tally},
};
use cairn_engine::{Audit, Cost, Reason, Verdict, WhyNot};

use crate::words::{
    after, amount, asked, change, credential, from, list, not_awarded, policy, qualification, requirement,
    tally,
};

/// The code of a reason, for programs, and its sentence, for people.
#[must_use]
pub fn reason(catalog: &Catalog, audit: &Audit, reason: &Reason) -> (&'static str, String) {
    let asked = asked(audit);
    let holding = |at: &usize| holding(catalog, audit, *at);
    let place = |within, ix| requirement(catalog, within, ix, asked);
    match reason {
        Reason::Counts { holding: at, qualification: within, requirement: ix, face, credits } => {
            let own = audit.holdings[*at].credential.as_str();
            let counted_as = catalog.credential(*face);
            let verb = if is_taken(catalog, *within, *ix) { "counts toward" } else { "is seen by" };
            let mut sentence = format!("{} {verb} {}", holding(at), place(*within, *ix));
            if counted_as.id.as_str() != own {
                sentence.push_str(&format!(", as {}", credential(catalog, *face)));
            }
            if let Some(part) = credits {
                let whole = catalog.credits_recorded(&audit.holdings[*at]).unwrap_or(counted_as.credits);
                sentence
                    .push_str(&format!(", with {part} of its {}", amount(catalog, whole, Measure::Credits)));
            }
            ("counts", sentence)
        }
        Reason::Shows { holding: at, qualification: within, requirement: ix } => {
            ("shows", format!("{} is held as an award, and meets {}", holding(at), place(*within, *ix)))
        }
        Reason::Renewed { holding: at, by, last } => {
            let by: Vec<_> = by.iter().map(holding).collect();
            let sentence =
                format!("{} is valid to {last}, because {} renewed it", holding(at), list(&by, "and"));
            ("renewed", sentence)
        }
        Reason::LeftOut { holding: at, why } => {
            let (code, why) = why_not(catalog, audit, *why);
            (code, format!("{} does not count: {why}", holding(at)))
        }
        Reason::Lacks { qualification: within, requirement: ix, limit, tally: of, needed, held } => {
            let what = whole_or_part(catalog, *within, *ix, asked);
            let of_what = lower_limit(catalog, *within, *ix, *limit);
            let sentence = if matches!(of, Tally::Average { .. }) {
                format!("{what} has {}{of_what}, and {needed} is asked for", tally(catalog, *held, of))
            } else {
                let short = tally(catalog, needed.saturating_sub(*held), of);
                format!("{what} has {held} of {}{of_what}: {short} short", tally(catalog, *needed, of))
            };
            ("lacks", sentence)
        }
        Reason::Unconfirmed { qualification: within, requirement: ix, recorded, needed } => {
            let sentence = match *recorded {
                Amount::ZERO => format!("{} is not confirmed by evidence", place(*within, *ix)),
                recorded => format!("{} is confirmed for {recorded} of {needed}", place(*within, *ix)),
            };
            ("unconfirmed", sentence)
        }
        Reason::NotAwarded { qualification: within, requirement: ix, award } => {
            let mode = match catalog.qualification(*within).requirement(*ix).rule {
                Rule::Award(_, mode) => mode,
                _ => AwardMode::Either,
            };
            let what = not_awarded(&qualification(catalog, *award), mode);
            ("not-awarded", format!("{} asks for {what}", place(*within, *ix)))
        }
        Reason::Unrecorded { holding: at } => {
            let text = format!("{} uses nothing up: what earned it is not recorded", holding(at));
            ("unrecorded", text)
        }
        Reason::UnknownScheme { holding: at } => {
            let scheme = audit.holdings[*at].scheme.as_ref().map_or("", |scheme| scheme.as_str());
            let text = format!(
                "{} counts for no credits: the rules do not know the scheme {scheme} in which they are recorded",
                holding(at)
            );
            ("unknown-scheme", text)
        }
        Reason::Policies { policies, without } => ("policy", worth(catalog, audit, policies, *without)),
        Reason::CannotBeMet { qualification: within, requirement: ix, tally: of, short, is_proved } => {
            let what = whole_or_part(catalog, *within, *ix, asked);
            let sentence = match of {
                Some(Tally::Average { .. }) => {
                    format!("{what} would stay below its average grade, whatever is earned")
                }
                Some(of) if *is_proved => {
                    format!("{what} would stay {} short, whatever is earned", tally(catalog, *short, of))
                }
                Some(of) => {
                    let short = tally(catalog, *short, of);
                    format!(
                        "{what} would stay short, whatever is earned; the best that was found leaves {short}"
                    )
                }
                None => format!("{what} asks for an award that is no longer made"),
            };
            ("cannot-be-met", sentence)
        }
    }
}

/// What would remain without policies.
fn worth(catalog: &Catalog, audit: &Audit, policies: &[PolicyIx], without: Cost) -> String {
    let names: Vec<_> = policies.iter().map(|&ix| policy(catalog, ix)).collect();
    let without = if without == Cost::ZERO { Verdict::Complete } else { Verdict::Remaining(without) };
    let without = change(catalog, audit.question.measure, audit.verdict, without);
    format!("Without {}, {without}", list(&names, "and"))
}

/// Whether a requirement uses up what counts toward it; an overlay only looks.
fn is_taken(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> bool {
    match &catalog.qualification(within).requirement(ix).rule {
        Rule::Take(take) => take.sight == Sight::Taking,
        _ => true,
    }
}

fn whole_or_part(
    catalog: &Catalog,
    within: QualificationIx,
    ix: Option<RequirementIx>,
    asked: Option<QualificationIx>,
) -> String {
    match ix {
        Some(ix) => requirement(catalog, within, ix, asked),
        None => format!("{} as a whole", qualification(catalog, within)),
    }
}

/// What a lower limit speaks of, as the end of a phrase; nothing where it speaks of everything.
fn lower_limit(catalog: &Catalog, within: QualificationIx, ix: Option<RequirementIx>, at: usize) -> String {
    let qualification = catalog.qualification(within);
    let limit = match ix.map(|ix| &qualification.requirement(ix).rule) {
        Some(Rule::Take(take)) => take.floors.get(at),
        Some(_) => None,
        None => qualification.limits.iter().filter(|limit| limit.bound == Bound::AtLeast).nth(at),
    };
    limit.map(|limit| from(limit, qualification)).unwrap_or_default()
}

pub(super) fn holding(catalog: &Catalog, audit: &Audit, at: usize) -> String {
    let holding = &audit.holdings[at];
    let id = holding.credential.as_str();
    let named = match (catalog.find_credential(id), catalog.find_qualifications(id).first()) {
        (Some(ix), _) => credential(catalog, ix),
        (None, Some(&ix)) => qualification(catalog, ix),
        (None, None) => id.to_owned(),
    };
    match holding.awarded {
        Some(day) => format!("{named} of {day}"),
        None => named,
    }
}

fn why_not(catalog: &Catalog, audit: &Audit, why: WhyNot) -> (&'static str, String) {
    let asked = asked(audit);
    let place = |(within, ix)| requirement(catalog, within, ix, asked);
    match why {
        WhyNot::NotInCatalog => ("not-in-catalog", "the rules do not know it".to_owned()),
        WhyNot::NotYet(day) => ("not-yet", format!("it was awarded on {day}, after the day of this audit")),
        WhyNot::Expired(day) => ("expired", format!("its last day was {day}")),
        WhyNot::Revoked => ("revoked", "its issuer has revoked it".to_owned()),
        WhyNot::InProgress => ("in-progress", "it is still in progress".to_owned()),
        WhyNot::Planned => ("planned", "it is only planned".to_owned()),
        WhyNot::NotAsked => ("not-asked", "no requirement asks for it".to_owned()),
        WhyNot::Grade(ix) => ("grade", format!("{} wants a better grade", place(ix))),
        WhyNot::Age(ix) => ("age", format!("it was awarded too long ago for {}", place(ix))),
        WhyNot::Facts(ix) => {
            ("facts", format!("what is recorded about this award keeps it out of {}", place(ix)))
        }
        WhyNot::NotEquivalent(ix) => {
            let words =
                format!("on the day of its award it was not equivalent to {}", credential(catalog, ix));
            ("not-equivalent", words)
        }
        WhyNot::TriedAgain(ix) => (
            "tried-again",
            format!("it was tried again later, and for {} only the latest attempt counts", place(ix)),
        ),
        WhyNot::Restricted(ix) => (
            "restricted",
            format!("{} accepts it, but it counts only toward other qualifications", place(ix)),
        ),
        WhyNot::SameCredential(ix) => {
            let times = match catalog.credential(ix).times {
                1 => "once".to_owned(),
                times => format!("{times} times at most"),
            };
            ("same-credential", format!("{} already counts, and counts {times}", credential(catalog, ix)))
        }
        WhyNot::Excluded(ix) => ("excluded", format!("{} counts, and excludes it", credential(catalog, ix))),
        WhyNot::Capped(ix) => ("capped", format!("an upper limit of {} is reached", place(ix))),
        WhyNot::Window(ix) => {
            ("window", format!("its day is too far from the others that count toward {}", place(ix)))
        }
        WhyNot::Order(ix) => {
            let before = after(catalog, ix.0, ix.1);
            ("order", format!("it is out of order: what counts toward {} is awarded {before}", place(ix)))
        }
        WhyNot::OtherValue(ix) => {
            let by = match &catalog.qualification(ix.0).requirement(ix.1).rule {
                Rule::Same(by, _) => by.as_str(),
                _ => "it",
            };
            ("other-value", format!("{} asks for one value of {by}, and it has another", place(ix)))
        }
        WhyNot::QualificationCapped(ix) => {
            ("capped", format!("an upper limit of {} is reached", qualification(catalog, ix)))
        }
        WhyNot::Sharing(ix, within) => {
            ("sharing", format!("{} keeps it out of {}", policy(catalog, ix), qualification(catalog, within)))
        }
        WhyNot::UsedUp(ix) => {
            ("used-up", format!("the award of {} has used it up", qualification(catalog, ix)))
        }
        // Only an optimum shows that nothing would be gained.
        WhyNot::NotNeeded(ix) if matches!(audit.verdict, Verdict::Stopped(_)) => {
            ("not-needed", format!("{} accepts it, but the way that was found does without it", place(ix)))
        }
        WhyNot::NotNeeded(ix) => {
            ("not-needed", format!("{} accepts it, but counting it would not lower what remains", place(ix)))
        }
    }
}

//! What an audit says counts is admissible: computed again from the rules, in a few plain lines.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Amount, Attributes, Catalog, Measure, Scalar,
    catalog::{Bound, CredentialIx, Facts, Limit, Qualification, Rule, Sight},
};
use cairn_engine::{Action, Audit, Placement, ScopeAudit, Standing, Thing, Verdict, audit};
use proptest::prelude::*;

use crate::{config, question, sound_cases};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_counts_is_admissible((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        for scope in &audit.scopes {
            check(&catalog, &audit, scope).map_err(|wrong| {
                TestCaseError::fail(format!("{wrong} in {scope:#?}\n{}", case.text()))
            })?;
        }
        let root = audit.scopes[0].requirements.last().expect("a root").standing;
        let is_short = audit.scopes[0].limits.iter().any(|limit| limit.held < limit.needed);
        if audit.verdict == Verdict::Complete {
            prop_assert!(root == Standing::Met && !is_short, "complete without its root\n{}", case.text());
        }
    }
}

type Checked = Result<(), String>;

fn demand(holds: bool, otherwise: impl Fn() -> String) -> Checked {
    if holds { Ok(()) } else { Err(otherwise()) }
}

fn check(catalog: &Catalog, audit: &Audit, scope: &ScopeAudit) -> Checked {
    let rules = catalog.qualification(scope.qualification);
    once(catalog, audit, &scope.counted)?;
    let mut met = Vec::new();
    for (ix, status) in rules.requirement_indexes().zip(&scope.requirements) {
        let is_said = status.standing != Standing::NotNeeded;
        let child = |child: &&cairn_core::catalog::RequirementIx| met[child.index()];
        let is_met = match &rules.requirement(ix).rule {
            Rule::All(children) => children.iter().all(|ix| child(&ix)),
            Rule::Any(children) => children.iter().any(|ix| child(&ix)),
            Rule::Choose(least, children) => children.iter().filter(child).count() >= *least as usize,
            Rule::Take(take) if take.sight == Sight::Taking => {
                let own: Vec<_> = scope.counted.iter().filter(|placed| placed.requirement == ix).collect();
                for placed in &own {
                    let is_accepted = passes(catalog, audit, rules, placed, &take.filter);
                    demand(is_accepted, || format!("{placed:?} is not accepted"))?;
                }
                let sum = |limit| sum(catalog, audit, rules, &own, limit);
                demand(take.caps.iter().all(|cap| sum(cap) <= cap.amount), || format!("a cap of {ix:?}"))?;
                take.floors.iter().all(|floor| sum(floor) >= floor.amount)
            }
            // What overlays look at, evidence and awards are not in the allocation.
            _ => is_said,
        };
        if audit.verdict != Verdict::Unreachable {
            demand(!is_said || is_met, || format!("{ix:?} is said to be met"))?;
        }
        met.push(is_met);
    }
    let all: Vec<_> = scope.counted.iter().collect();
    for limit in &rules.limits {
        let sum = sum(catalog, audit, rules, &all, limit);
        let holds = match limit.bound {
            Bound::AtMost => sum <= limit.amount,
            Bound::AtLeast => !scope.needed || audit.verdict == Verdict::Unreachable || sum >= limit.amount,
        };
        demand(holds, || format!("a limit of the qualification: {limit:?}"))?;
    }
    let root = met.last().copied().unwrap_or(false);
    demand(!scope.needed || audit.verdict == Verdict::Unreachable || root, || "the root".to_owned())
}

/// A thing counts once, a credential counts once, and of barred credentials one counts.
fn once(catalog: &Catalog, audit: &Audit, counted: &[Placement]) -> Checked {
    let mut things = BTreeSet::new();
    let mut credentials: BTreeMap<CredentialIx, usize> = BTreeMap::new();
    for placed in counted {
        demand(things.insert(placed.thing), || format!("{placed:?} counts twice"))?;
        let own = own(catalog, audit, placed);
        let is_face = placed.face == own || catalog.credential(own).counts_as.contains(&placed.face);
        demand(is_face, || format!("{placed:?} counts as another"))?;
        for credential in BTreeSet::from([own, placed.face]) {
            *credentials.entry(credential).or_default() += 1;
        }
        let is_earned = |action: &Action| matches!(action, Action::Earn(new) if *new == own);
        let is_advised = audit.next.iter().any(|step| is_earned(&step.action));
        let is_had = matches!(placed.thing, Thing::Held(_)) || is_advised;
        demand(is_had || audit.verdict == Verdict::Unreachable, || format!("{placed:?} is not advised"))?;
    }
    demand(credentials.values().all(|&times| times == 1), || "one credential counts twice".to_owned())?;
    for exclusion in catalog.exclusions() {
        let is_barred = |placed: &&Placement| {
            exclusion.between.contains(&placed.face)
                || exclusion.between.contains(&own(catalog, audit, placed))
        };
        demand(counted.iter().filter(is_barred).count() <= 1, || "barred credentials count".to_owned())?;
    }
    Ok(())
}

fn own(catalog: &Catalog, audit: &Audit, placed: &Placement) -> CredentialIx {
    match placed.thing {
        Thing::New(credential) => credential,
        Thing::Held(at) => {
            catalog.find_credential(audit.holdings[at].credential.as_str()).expect("what counts is known")
        }
    }
}

fn passes(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &Placement,
    filter: &cairn_core::catalog::Filter,
) -> bool {
    let mut own = Attributes::new();
    if let Thing::Held(at) = placed.thing {
        let holding = &audit.holdings[at];
        own = holding.attributes.clone();
        own.extend(
            holding.issuer.iter().map(|issuer| ("issuer".to_owned(), vec![Scalar::Text(issuer.clone())])),
        );
        own.extend(
            holding.credits.iter().map(|&credits| ("credits".to_owned(), vec![Scalar::Number(credits)])),
        );
    }
    let attributes = &catalog.credential(placed.face).attributes;
    filter.accepts(Facts { credential: placed.face, attributes, own: Some(&own) }, &rules.pools)
}

fn sum(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &[&Placement],
    limit: &Limit,
) -> Amount {
    let worth = |placed: &&&Placement| match (limit.measure, placed.thing) {
        (Measure::Count, _) => Amount::ONE,
        (_, Thing::Held(at)) => audit.holdings[at].credits.unwrap_or(catalog.credential(placed.face).credits),
        (_, Thing::New(_)) => catalog.credential(placed.face).credits,
    };
    let within = placed.iter().filter(|placed| passes(catalog, audit, rules, placed, &limit.filter));
    within.map(|placed| worth(&placed)).sum()
}

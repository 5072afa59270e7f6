//! What one more or one less holding does: laws 3 (advice), 4 (monotone), 7 (locality), 9 (what-if).

use cairn_core::{Catalog, Holding};
use cairn_engine::{Action, Audit, Reason, WhyNot, audit, what_if};
use cairn_testkit::{
    answer::{cost, follow, plain},
    random::{AS_OF, Dice, holding},
};
use proptest::prelude::*;

use crate::{config, is_no_further, left, question, sound_cases};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn following_the_advice_completes((case, catalog) in sound_cases()) {
        prop_assume!(!case.has_attempts());
        let question = question(&catalog, &case);
        let before = audit(&catalog, &case.learner, &question);
        prop_assume!(cost(before.verdict).is_some());
        let mut learner = case.learner.clone();
        let mut remains = cost(before.verdict).expect("assumed").measure;
        for step in &before.next {
            follow(&catalog, &mut learner, step, AS_OF);
            remains = remains.saturating_sub(step.cost.measure);
            let now = left(&catalog, &case, &learner).map(|cost| cost.measure);
            let as_said = match now {
                // What is had may count where it was not advised, and then be worth more than it cost.
                Some(now) if case.accepts_more_than_it_advises() => now <= remains,
                now => now == Some(remains),
            };
            prop_assert!(as_said, "{:?}\n{}", before.next, case.text());
        }
        prop_assert!(audit(&catalog, &learner, &question).is_complete(), "{}", case.text());
    }

    #[test]
    fn one_more_holding_never_raises_what_remains((case, catalog) in sound_cases()) {
        prop_assume!(!case.has_attempts() && !case.has_conditions());
        let mut dice = Dice::new(case.seed);
        let name = any_name(&catalog, &mut dice);
        let mut learner = case.learner.clone();
        // What is awarded already comes before what is not: that may bind a policy with a direction.
        let is_award = catalog.find_credential(&name).is_none();
        prop_assume!(!(is_award && case.uses("sharing: from into")));
        learner.holdings.push(holding(&name, &mut dice));
        let (now, before) = (left(&catalog, &case, &learner), left(&catalog, &case, &case.learner));
        prop_assert!(is_no_further(now, before), "{now:?} {before:?} {learner:#?}\n{}", case.text());
    }

    /// What can be earned at a cost is never worth more than that.
    #[test]
    fn one_credential_is_worth_no_more_than_it_costs((case, catalog) in sound_cases()) {
        prop_assume!(!case.has_attempts() && !case.has_conditions());
        let mut dice = Dice::new(case.seed);
        let question = question(&catalog, &case);
        let open: Vec<_> = catalog
            .credential_indexes()
            .filter(|&ix| {
                let credential = catalog.credential(ix);
                let is_offered = credential.offered && credential.retired.is_none_or(|day| AS_OF < day);
                is_offered && credential.requires.is_empty()
            })
            .collect();
        prop_assume!(!open.is_empty() && !case.accepts_more_than_it_advises());
        let credential = catalog.credential(dice.pick(&open));
        let mut learner = case.learner.clone();
        learner.holdings.push(plain(credential.id.as_str(), AS_OF));
        let price = match question.measure {
            cairn_core::Measure::Count => cairn_core::Amount::ONE,
            cairn_core::Measure::Credits => credential.credits,
            cairn_core::Measure::Cost => credential.cost,
            cairn_core::Measure::Effort => credential.effort,
        };
        let (now, before) = (left(&catalog, &case, &learner), left(&catalog, &case, &case.learner));
        let most = now.map(|cost| cost.measure + price);
        let is_bounded = match (before, most) {
            (Some(before), Some(most)) => before.measure <= most,
            (None, Some(_)) => false,
            (_, None) => before.is_none(),
        };
        prop_assert!(is_bounded, "{before:?} {now:?} {}\n{}", credential.id, case.text());
    }

    /// Without a holding that nothing accepts, everything is as before, but for what is said of it.
    #[test]
    fn a_holding_that_nothing_accepts_changes_nothing((case, catalog) in sound_cases()) {
        // A later attempt that nothing accepts keeps out those before it.
        prop_assume!(!case.uses("latest attempt"));
        let question = question(&catalog, &case);
        let before = audit(&catalog, &case.learner, &question);
        for at in 0..before.holdings.len() {
            if is_local(&catalog, &before, at) {
                let mut learner = case.learner.clone();
                learner.holdings = before.holdings.clone();
                learner.holdings.remove(at);
                let after = audit(&catalog, &learner, &question);
                prop_assert_eq!(without(&before, at), after, "{} {}", at, case.text());
            }
        }
    }

    #[test]
    fn what_if_nothing_changes_is_the_audit((case, catalog) in sound_cases()) {
        let question = question(&catalog, &case);
        let supposed = what_if(&catalog, &case.learner, &question, &[]);
        prop_assert_eq!(supposed, audit(&catalog, &case.learner, &question));
    }

    #[test]
    fn a_step_costs_what_the_catalog_says((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        let sum = audit.next.iter().map(|step| step.cost.measure).sum();
        prop_assert_eq!(cost(audit.verdict).map_or(cairn_core::Amount::ZERO, |cost| cost.measure), sum);
        let confirmations =
            audit.next.iter().filter(|step| matches!(step.action, Action::Confirm { .. })).count() as u64;
        let counted = cost(audit.verdict).map_or((0, 0), |cost| (cost.new, cost.attestations));
        prop_assert_eq!(counted, (audit.next.len() as u64 - confirmations, confirmations));
    }
}

fn any_name(catalog: &Catalog, dice: &mut Dice) -> String {
    let credentials = catalog.credentials().iter().map(|credential| credential.id.to_string());
    let names: Vec<String> =
        credentials.chain(catalog.qualifications().iter().map(|q| q.id.to_string())).collect();
    names[dice.below(names.len())].clone()
}

/// Whether no requirement accepts a holding, and no credential is renewed by it or requires it.
fn is_local(catalog: &Catalog, audit: &Audit, at: usize) -> bool {
    let refused = audit.reasons.iter().any(|reason| match reason {
        Reason::LeftOut { holding, why } => {
            *holding == at
                && matches!(why, WhyNot::NotInCatalog | WhyNot::NotAsked | WhyNot::Facts(_) | WhyNot::Revoked)
        }
        _ => false,
    });
    refused && !is_referred_to(catalog, &audit.holdings[at])
}

/// Whether a credential of the catalog rests on this one.
pub(crate) fn is_referred_to(catalog: &Catalog, holding: &Holding) -> bool {
    let name = holding.credential.as_str();
    if !catalog.find_qualifications(name).is_empty() {
        return true;
    }
    let Some(own) = catalog.find_credential(name) else { return false };
    let faces = [own].into_iter().chain(catalog.credential(own).counts_as.iter().map(|one| one.to));
    let faces: Vec<_> = faces.map(cairn_core::catalog::Prerequisite::Credential).collect();
    catalog.credentials().iter().any(|credential| {
        credential.renewed_by.contains(&own)
            || credential.requires.iter().flatten().any(|required| faces.contains(required))
    }) || is_asked_about(catalog, &faces)
}

/// Whether a requirement is asked only of those who hold one of these.
fn is_asked_about(catalog: &Catalog, faces: &[cairn_core::catalog::Prerequisite]) -> bool {
    let requirements = catalog.qualifications().iter().flat_map(|one| &one.requirements);
    let mut whens = requirements.filter_map(|requirement| requirement.when.as_ref());
    whens.any(|when| when.held.iter().flatten().any(|held| faces.contains(held)))
}

/// The audit as it would be without mention of one holding.
fn without(audit: &Audit, at: usize) -> Audit {
    let mut audit = audit.clone();
    audit.holdings.remove(at);
    let renumber = |holding: &mut usize| *holding -= usize::from(*holding > at);
    audit.reasons.retain(|reason| match reason {
        Reason::LeftOut { holding, .. }
        | Reason::Renewed { holding, .. }
        | Reason::UnknownScheme { holding }
        | Reason::Unrecorded { holding } => *holding != at,
        _ => true,
    });
    for reason in &mut audit.reasons {
        if let Reason::Renewed { by, .. } = reason {
            by.iter_mut().for_each(renumber);
        }
        match reason {
            Reason::Counts { holding, .. }
            | Reason::Shows { holding, .. }
            | Reason::Renewed { holding, .. }
            | Reason::UnknownScheme { holding }
            | Reason::Unrecorded { holding }
            | Reason::LeftOut { holding, .. } => {
                renumber(holding);
            }
            _ => {}
        }
    }
    for scope in &mut audit.scopes {
        for placed in scope.counted.iter_mut().chain(&mut scope.looked_at) {
            if let cairn_engine::Thing::Held(holding) = &mut placed.thing {
                renumber(holding);
            }
        }
    }
    audit
}

//! Law 11, as far as reasons exist: nothing is left unsaid, and what is said holds.

use std::collections::BTreeSet;

use cairn_core::catalog::Grace;
use cairn_engine::{
    Countability, Place, Placement, Reason, Standing, Thing, Verdict, WhyNot, audit,
    eligibility::countability,
};
use proptest::prelude::*;

use crate::{change::is_referred_to, config, left, question, sound_cases, soundness::is_more};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_holding_has_a_reason_and_counts_once_in_a_scope((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        for at in 0..audit.holdings.len() {
            let about = |reason: &&Reason| match reason {
                Reason::Counts { holding, .. } | Reason::Shows { holding, .. } | Reason::LeftOut { holding, .. } => {
                    *holding == at
                }
                _ => false,
            };
            prop_assert!(audit.reasons.iter().any(|reason| about(&reason)), "{at} {}", case.text());
        }
        // A qualification may have a scope of its own and one in the frame of a policy.
        let mut seen = BTreeSet::new();
        for scope in &audit.scopes {
            let is_held = |placed: &&Placement| matches!(placed.thing, Thing::Held(_)) && !is_more(placed);
            for placed in scope.counted.iter().filter(is_held) {
                prop_assert!(
                    seen.insert((scope.frame, scope.qualification, placed.thing)),
                    "counted twice {placed:?} {}", case.text()
                );
            }
        }
    }

    /// Who loses a holding that is not needed loses nothing, unless something else rests on it.
    #[test]
    fn a_holding_left_out_makes_no_difference((case, catalog) in sound_cases()) {
        // A later attempt that does not count keeps out those before it.
        prop_assume!(!case.uses("latest attempt"));
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        let before = left(&catalog, &case, &case.learner);
        for reason in &audit.reasons {
            let Reason::LeftOut { holding, why } = reason else { continue };
            if is_referred_to(&catalog, &audit.holdings[*holding]) {
                continue;
            }
            let mut learner = case.learner.clone();
            learner.holdings = audit.holdings.clone();
            learner.holdings.remove(*holding);
            prop_assert_eq!(left(&catalog, &case, &learner), before, "{} {:?}\n{}", holding, why, case.text());
        }
    }

    #[test]
    fn every_open_leaf_says_what_it_lacks((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        let lacking: BTreeSet<Place> = audit
            .reasons
            .iter()
            .filter(|reason| !matches!(reason, Reason::Counts { .. } | Reason::Shows { .. } | Reason::LeftOut { .. }))
            .filter_map(Reason::place)
            .collect();
        for scope in audit.scopes.iter().filter(|scope| scope.needed) {
            let rules = catalog.qualification(scope.qualification);
            for (ix, status) in rules.requirement_indexes().zip(&scope.requirements) {
                let is_leaf = rules.requirement(ix).rule.children().is_empty();
                if is_leaf && status.standing == Standing::Open {
                    prop_assert!(lacking.contains(&(scope.qualification, ix)), "{ix:?} {}", case.text());
                }
            }
        }
        let is_short = audit.reasons.iter().any(|reason| matches!(reason, Reason::CannotBeMet { .. }));
        let is_forbidden = audit.reasons.iter().any(|reason| matches!(reason, Reason::Policies { .. }));
        let is_said = is_short || (is_forbidden && audit.verdict == Verdict::Unreachable);
        prop_assert_eq!(audit.verdict == Verdict::Unreachable, is_said, "{}", case.text());
    }

    /// The renewals that are named are enough to keep the holding valid to the day that is said.
    #[test]
    fn named_renewals_keep_a_holding_alive((case, catalog) in sound_cases()) {
        let question = question(&catalog, &case);
        let audit = audit(&catalog, &case.learner, &question);
        for reason in &audit.reasons {
            let Reason::Renewed { holding, by, last } = reason else { continue };
            let mut learner = case.learner.clone();
            learner.holdings = by.iter().chain([holding]).map(|&at| audit.holdings[at].clone()).collect();
            let judged = |learner: &cairn_core::Learner| {
                countability(&catalog, learner, &audit.holdings[*holding], Grace::None, &question)
            };
            prop_assert_eq!(judged(&learner), Countability::Countable(Some(*last)), "{}", case.text());
            // What renews itself is alive without the others.
            if by.contains(holding) {
                continue;
            }
            learner.holdings.drain(..by.len());
            prop_assert!(matches!(judged(&learner), Countability::Expired(_)), "{}", case.text());
        }
    }

    /// A reason that names a better use or a limit is about a holding that is countable.
    #[test]
    fn a_revoked_holding_is_never_said_to_be_not_needed((case, catalog) in sound_cases()) {
        let audit = audit(&catalog, &case.learner, &question(&catalog, &case));
        for reason in &audit.reasons {
            let Reason::LeftOut { holding, why } = reason else { continue };
            let is_revoked = audit.holdings[*holding].state == cairn_core::State::Revoked;
            let is_known = *why != WhyNot::NotInCatalog;
            prop_assert_eq!(is_revoked && is_known, *why == WhyNot::Revoked, "{:?}\n{}", why, case.text());
        }
    }
}

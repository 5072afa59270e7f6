//! Several qualifications at once: law 10 (joint), and what is said of policies.

use cairn_core::{Catalog, Learner, catalog::QualificationIx};
use cairn_engine::{
    Cost, JointQuestion, Question, Reason, Verdict, audit, audit_jointly, remaining, remaining_jointly,
};
use cairn_testkit::random::{AS_OF, Case};
use proptest::prelude::*;

use crate::{config, is_no_further, rules::without_table, sound_cases};

proptest! {
    #![proptest_config(config())]

    /// Without a policy each stands as it does by itself, and all together cost no more than each.
    #[test]
    fn without_policies_a_joint_audit_is_the_separate_ones((case, _) in sound_cases()) {
        prop_assume!(!case.has_conditions());
        // What an award uses up for one is lacking for another.
        let case = without_policies(using_nothing_up(case));
        let catalog = case.catalog().expect("it was one with more rules");
        let question = question(&catalog, &case);
        let joint = audit_jointly(&catalog, &case.learner, &question);
        let together = remaining_jointly(&catalog, &case.learner, &question);
        prop_assert_eq!(joint.audit.verdict, verdict(together));
        let mut sum = Some(cairn_core::Amount::ZERO);
        for target in &joint.targets {
            let alone = remaining(&catalog, &case.learner, &question.alone(target.qualification));
            prop_assert_eq!(target.alone, verdict(alone), "{}", case.text());
            prop_assert!(is_no_further(alone, together), "{}", case.text());
            let is_complete = audit(&catalog, &case.learner, &question.alone(target.qualification)).is_complete();
            prop_assert_eq!(target.is_complete, is_complete, "{:?} {}", target, case.text());
            sum = sum.zip(alone).map(|(sum, alone)| sum + alone.measure);
        }
        match (together, sum) {
            (Some(together), Some(sum)) => {
                prop_assert!(together.measure <= sum, "{together:?} {sum:?} {}", case.text());
            }
            (None, None) => {}
            (together, sum) => prop_assert!(false, "{together:?} {sum:?} {}", case.text()),
        }
    }

    #[test]
    fn without_policies_never_more_remains_of_all_at_once((case, catalog) in sound_cases()) {
        let with = remaining_jointly(&catalog, &case.learner, &question(&catalog, &case));
        let free = without_policies(case.clone());
        let catalog = free.catalog().expect("it was one with more rules");
        let without = remaining_jointly(&catalog, &free.learner, &question(&catalog, &free));
        prop_assert!(is_no_further(without, with), "{without:?} {with:?} {}", case.text());
    }

    #[test]
    fn where_awards_use_nothing_up_never_more_remains((case, catalog) in sound_cases()) {
        let with = remaining_jointly(&catalog, &case.learner, &question(&catalog, &case));
        let free = using_nothing_up(case.clone());
        let catalog = free.catalog().expect("the same rules");
        let without = remaining_jointly(&catalog, &free.learner, &question(&catalog, &free));
        prop_assert!(is_no_further(without, with), "{without:?} {with:?} {}", case.text());
    }

    /// What is said to remain without a policy is what remains when it is taken out.
    #[test]
    fn what_a_policy_costs_is_what_taking_it_out_saves((case, catalog) in sound_cases()) {
        prop_assume!(catalog.policies().len() == 1);
        let joint = audit_jointly(&catalog, &case.learner, &question(&catalog, &case));
        let said = joint.audit.reasons.iter().find_map(|reason| match reason {
            Reason::Policies { without, .. } => Some(*without),
            _ => None,
        });
        let free = without_policies(case.clone());
        let catalog = free.catalog().expect("it was one with more rules");
        let without = remaining_jointly(&catalog, &free.learner, &question(&catalog, &free));
        match said {
            Some(said) => prop_assert_eq!(Some(said), without, "{}", case.text()),
            None => prop_assert_eq!(verdict(without), joint.audit.verdict, "{}", case.text()),
        }
    }

    #[test]
    fn the_order_of_the_question_carries_no_meaning((case, catalog) in sound_cases()) {
        let forward = audit_jointly(&catalog, &case.learner, &question(&catalog, &case));
        let mut named: Vec<QualificationIx> = catalog.qualification_indexes().collect();
        named.reverse();
        named.push(named[0]);
        let mut learner: Learner = case.learner.clone();
        learner.holdings.reverse();
        prop_assert_eq!(forward, audit_jointly(&catalog, &learner, &of(&catalog, &case, &named)));
    }
}

/// All qualifications of a case at once.
fn question(catalog: &Catalog, case: &Case) -> JointQuestion {
    let all: Vec<QualificationIx> = catalog.qualification_indexes().collect();
    of(catalog, case, &all)
}

fn of(catalog: &Catalog, case: &Case, named: &[QualificationIx]) -> JointQuestion {
    let question = JointQuestion::new(catalog, named, AS_OF).expect("one at least");
    let usual = question.alone(named[0]);
    question.like(Question { scenario: case.scenario, ..usual })
}

fn verdict(cost: Option<Cost>) -> Verdict {
    match cost {
        None => Verdict::Unreachable,
        Some(Cost::ZERO) => Verdict::Complete,
        Some(cost) => Verdict::Remaining(cost),
    }
}

fn without_policies(mut case: Case) -> Case {
    for file in &mut case.files {
        while let Some(text) = without_table(&file.text, "[[sharing]]") {
            file.text = text;
        }
    }
    case
}

/// The case with awards that leave everything to count for others.
fn using_nothing_up(mut case: Case) -> Case {
    case.files.iter_mut().for_each(|file| file.text = file.text.replace("\"consume\"", "\"keep\""));
    case
}

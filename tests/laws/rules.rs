//! What a change of the rules does: laws 6 (relaxation), 8 (ladder), 10 (joint).

use cairn_core::{Learner, Measure, SourceFile};
use cairn_engine::{Cost, audit};
use cairn_testkit::{
    answer::cost,
    random::{Case, Dice},
};
use proptest::prelude::*;

use crate::{config, is_no_further, left, question, sound_cases};

/// Texts that ask for something, and texts that ask for less or allow more.
const RELAXATIONS: [(&str, &str); 29] = [
    ("\ncount = 2\n", "\ncount = 1\n"),
    ("\ncredits = 7.5\nfrom", "\ncredits = 5\nfrom"),
    ("\ncredits = 5\nfrom", "\ncredits = 0.5\nfrom"),
    ("\ncredits = 5\ncount = 2\n", "\ncredits = 5\n"),
    ("choose = 2", "choose = 1"),
    ("choose = 3", "choose = 2"),
    ("min_grade = 2.5\n", ""),
    ("max_age = \"2 years\"\n", "max_age = \"3 years\"\n"),
    ("offered = false\n", ""),
    ("retired = 2026-06-15\n", "retired = 2026-06-16\n"),
    ("at_most = { count = 1 }", "at_most = { count = 2 }"),
    ("at_most = { count = 0 }", "at_most = { count = 1 }"),
    ("at_most = { credits = 5 }", "at_most = { credits = 6 }"),
    ("at_most = { credits = 7.5 }", "at_most = { credits = 9 }"),
    ("at_most = { credits = 2.5 }", "at_most = { credits = 4 }"),
    ("at_least = { credits = 6 }", "at_least = { credits = 4 }"),
    ("at_least = { credits = 4 }", "at_least = { count = 1 }"),
    ("{ at_most = 3 }, { at_least = 1, from = \"p1\" }", "{ at_most = 3 }"),
    ("at_most = { fraction = \"1/2\"", "at_most = { fraction = \"2/3\""),
    ("at_least = { fraction = \"2/3\"", "at_least = { fraction = \"1/2\""),
    ("by = \"subject\", at_least = 2", "by = \"subject\", at_least = 1"),
    ("by = \"subject\", at_most = 1", "by = \"subject\", at_most = 2"),
    ("grade = 3,", "grade = 2.5,"),
    ("window = \"1 year\"", "window = \"18 months\""),
    ("at_most = { sum = 5, of = \"points\" }", "at_most = { sum = 6, of = \"points\" }"),
    ("attest = \"hours\"\nat_least = 40", "attest = \"hours\"\nat_least = 20"),
    ("grace = \"none\"", "grace = \"end of calendar year\""),
    ("any = [\"c0\", \"c1\"]", "any = [\"c0\", \"c1\", \"c2\"]"),
    ("any = [\"c2\", \"c0\"]", "any = [\"c2\", \"c0\", \"c1\"]"),
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn asking_for_less_never_raises_what_remains((case, catalog) in sound_cases()) {
        // Where less is asked for in all, a part of it is less as well.
        let is_part = |text: &str| text.contains("of = \"required\"");
        prop_assume!(!case.files.iter().any(|file| is_part(&file.text)));
        // A part of what is required is less, where less is required.
        prop_assume!(!case.uses("sharing: fraction"));
        let before = left(&catalog, &case, &case.learner);
        // One more option may bring one more value, of each of which something is asked for.
        let is_per_value = case.uses("per, at least") || case.uses("per in a limit of a qualification");
        for (from, to) in RELAXATIONS {
            if is_per_value && from.starts_with("any") {
                continue;
            }
            if let Some(after) = edited(&case, |text| text.contains(from).then(|| text.replace(from, to))) {
                prop_assert!(is_no_further(after, before), "{to} {after:?} {before:?}\n{}", case.text());
            }
        }
    }

    /// What rules ask for is a part of whatever completes them from nothing.
    #[test]
    fn nobody_needs_fewer_credits_than_the_rules_ask_for((case, catalog) in sound_cases()) {
        // What counts as another may be worth more than it is.
        prop_assume!(!case.uses("equivalence"));
        let nobody = Learner::new(case.learner.id.clone());
        let question = question(&catalog, &case).by(&[Measure::Credits]);
        let least = catalog.size(question.qualification).least;
        let needed = cost(audit(&catalog, &nobody, &question).verdict).map(|cost| cost.measure);
        prop_assert!(needed.is_none_or(|needed| least <= needed), "{least} {needed:?}\n{}", case.text());
    }

    /// A table that only ever forbids is taken out.
    #[test]
    fn without_a_bar_or_a_policy_never_more_remains((case, catalog) in sound_cases()) {
        let before = left(&catalog, &case, &case.learner);
        for forbidding in ["[[exclusion]]", "[[sharing]]"] {
            if let Some(after) = edited(&case, |text| without_table(text, forbidding)) {
                prop_assert!(is_no_further(after, before), "{forbidding} {after:?} {before:?}\n{}", case.text());
            }
        }
    }

    #[test]
    fn a_tighter_policy_never_lowers_what_remains((case, catalog) in sound_cases()) {
        let before = left(&catalog, &case, &case.learner);
        let tighter = |text: &str| {
            let at = text.find("[[sharing]]")?;
            let (rules, policy) = text.split_at(at);
            let mut dice = Dice::new(case.seed);
            let bound = policy.find("at_most")?;
            let tight = dice.pick(&["{ count = 0 }", "{ count = 0, credits = 1 }"]);
            Some(format!("{rules}{}at_most = {tight}\n", &policy[..bound]))
        };
        if let Some(after) = edited(&case, tighter) {
            prop_assert!(is_no_further(before, after), "{after:?} {before:?}\n{}", case.text());
        }
    }

    /// Who holds no award comes as far by what earns it as by the award itself.
    #[test]
    fn to_be_complete_costs_no_more_than_to_be_awarded((case, _) in sound_cases()) {
        let mut case = case;
        for file in &mut case.files {
            while let Some(text) = without_table(&file.text, "[[sharing]]") {
                file.text = text;
            }
        }
        case.learner.holdings.retain(|holding| !holding.credential.as_str().starts_with('q'));
        let catalog = case.catalog().expect("it was one with more rules");
        let before = left(&catalog, &case, &case.learner);
        let earned = |text: &str| text.contains("as = \"held\"").then(|| text.replace("as = \"held\"", "as = \"earned\""));
        if let Some(after) = edited(&case, earned) {
            prop_assert!(is_no_further(after, before), "{after:?} {before:?}\n{}", case.text());
        }
    }
}

/// What remains after an edit of the rule files; nothing if none of them can be edited so, or the
/// result is no catalog.
fn edited(case: &Case, edit: impl Fn(&str) -> Option<String>) -> Option<Option<Cost>> {
    let mut edited = case.clone();
    let mut is_changed = false;
    for SourceFile { text, .. } in &mut edited.files {
        if let Some(other) = edit(text) {
            is_changed = true;
            *text = other;
        }
    }
    let catalog = is_changed.then(|| edited.catalog())??;
    Some(left(&catalog, &edited, &edited.learner))
}

/// A text without the first table of a header.
pub(crate) fn without_table(text: &str, header: &str) -> Option<String> {
    let begin = text.find(header)?;
    let body = begin + header.len();
    let end = text[body..].find("\n[").map_or(text.len(), |end| body + end + 1);
    Some(format!("{}{}", &text[..begin], &text[end..]))
}

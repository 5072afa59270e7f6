//! Gaps of skills: what closes them is what the oracle says, and what is shown is what meets a profile.

use std::fmt::Write as _;

use cairn_core::{Catalog, Holding, Learner, Scenario, SourceFile, State};
use cairn_engine::{Question, Standing, audit, skills};
use cairn_testkit::{
    answer::{cost, oracle},
    random::{AS_OF, Dice},
};

/// A random catalog of few credentials that show few skills, and a profile that needs some of them.
fn rules(dice: &mut Dice) -> String {
    const SKILLS: [&str; 4] = ["a", "b", "esco:c", "d"];
    let mut text = "format = 1\n[skill]\na = { title = \"A\" }\nb = {}\nd = {}\n".to_owned();
    let skilled = |dice: &mut Dice, level_most: usize| {
        let mut skills = SKILLS.to_vec();
        dice.shuffle(&mut skills);
        skills.truncate(1 + dice.below(3));
        let one = |skill: &str, dice: &mut Dice| match dice.below(3) {
            0 => format!("\"{skill}\""),
            _ => format!("{{ skill = \"{skill}\", level = {} }}", 1 + dice.below(level_most)),
        };
        skills.iter().map(|skill| one(skill, dice)).collect::<Vec<_>>().join(", ")
    };
    let credentials = 4 + dice.below(2);
    for at in 0..credentials {
        let _ = writeln!(
            text,
            "[credential.x{at}]\ncredits = {}\nskills = [{}]",
            1 + dice.below(5),
            skilled(dice, 4)
        );
        if at > 0 && dice.once_in(3) {
            let _ = writeln!(text, "requires = [\"x{}\"]", dice.below(at));
        }
        if dice.once_in(4) {
            text.push_str("valid = \"2 years\"\n");
        }
        if dice.once_in(5) {
            text.push_str("offered = false\n");
        }
    }
    // Every skill is shown by something, so that no profile is refused.
    let _ = writeln!(text, "[credential.all]\ncredits = 20\nskills = [\"a\", \"b\", \"esco:c\", \"d\"]");
    if dice.once_in(2) {
        let _ =
            writeln!(text, "[[equivalence]]\nfrom = \"x0\"\nto = \"x{}\"", 1 + dice.below(credentials - 1));
    }
    let measure = dice.pick(&["count", "credits"]);
    let _ = writeln!(text, "[profile.role]\nmeasure = \"{measure}\"\nskills = [{}]", skilled(dice, 3));
    text
}

fn learner(dice: &mut Dice) -> Learner {
    let mut learner = Learner::new("l".parse().expect("an id"));
    for at in 0..4 {
        if dice.once_in(2) {
            let mut holding = Holding::of(format!("x{at}").parse().expect("an id"));
            holding.awarded =
                (!dice.once_in(3)).then(|| dice.pick(&["2023-01-01", "2025-06-15"]).parse().expect("a day"));
            holding.state = dice.pick(&[State::Earned, State::Earned, State::InProgress, State::Revoked]);
            learner.holdings.push(holding);
        }
    }
    learner
}

/// What is shown at the level or above, by the list of skills.
fn is_shown(
    catalog: &Catalog,
    learner: &Learner,
    scenario: Scenario,
    needed: (&str, cairn_core::Amount),
) -> bool {
    let shown = skills(catalog, learner, AS_OF, scenario);
    let mine = shown.iter().filter(|one| one.skill.id.as_str() == needed.0);
    mine.flat_map(|one| &one.evidence).any(|one| one.level >= needed.1)
}

#[test]
fn what_closes_a_gap_is_what_the_oracle_says() {
    let (mut gaps, mut closed) = (0, 0);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let text = rules(&mut dice);
        let loading = cairn_core::load(&[SourceFile { path: "skills.toml".to_owned(), text: text.clone() }]);
        let Some(catalog) = loading.catalog else { panic!("{seed}: {:?}\n{text}", loading.findings) };
        let learner = learner(&mut dice);
        let scenario = dice.pick(&[Scenario::Earned, Scenario::InProgress]);
        let [profile] = catalog.find_qualifications("role")[..] else { panic!("{seed}: a profile") };
        let question = Question { scenario, ..Question::new(&catalog, profile, AS_OF) };
        let audit = audit(&catalog, &learner, &question);
        assert_eq!(
            cost(audit.verdict),
            oracle(&catalog, &learner, &question),
            "seed {seed}\n{text}\n{learner:?}"
        );
        let role = catalog.qualification(profile);
        for ix in role.requirement_indexes().filter(|&ix| ix != role.root()) {
            let needed = role.requirement(ix).skill(&role.pools).expect("a profile asks for skills");
            let is_met = audit.scopes[0].requirements[ix.index()].standing == Standing::Met;
            assert_eq!(
                is_met,
                is_shown(&catalog, &learner, scenario, needed),
                "seed {seed}: {needed:?}\n{text}"
            );
        }
        if audit.is_complete() { closed += 1 } else { gaps += 1 }
    }
    assert!(gaps > 50 && closed > 20, "{gaps} gaps, {closed} without");
}

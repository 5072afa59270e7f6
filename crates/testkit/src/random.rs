//! Random catalogs and learners, small enough for the oracle, with every construct of the format.
//!
//! A case is a function of its seed. It is made as rule *text*, so that comparing the engine with
//! the oracle also goes through reading and linking.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use cairn_core::{Catalog, Date, Learner, Measure, Scenario, SourceFile};

mod dice;
pub use dice::Dice;

mod rules;
use rules::Author;

mod learner;
pub use learner::holding;

/// The day of every random question.
pub const AS_OF: Date = Date::constant(2026, 6, 15);

/// A random case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The seed.
    pub seed: u64,
    /// The rule files.
    pub files: Vec<SourceFile>,
    /// The learner.
    pub learner: Learner,
    /// The day on which the learner entered, if they have.
    pub entry: Option<Date>,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// What remaining is counted in.
    pub measure: Measure,
    /// The constructs that are used, by the qualification that uses them; everywhere without one.
    pub constructs: Constructs,
}

/// Names of constructs by the id of the qualification that uses them.
pub type Constructs = BTreeMap<Option<String>, BTreeSet<&'static str>>;

impl Case {
    /// The case of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Case {
        let mut author = Author::new(seed);
        let files = author.files();
        let learner = learner::learner(seed, &mut author);
        let scenario =
            author.dice.pick(&[Scenario::Earned, Scenario::Earned, Scenario::InProgress, Scenario::Planned]);
        let entry = author.dice.pick(&[
            None,
            Some(AS_OF),
            Some(Date::constant(2025, 1, 10)),
            Some(Date::constant(2026, 6, 14)),
        ]);
        let measure = author.dice.pick(&Measure::ALL);
        Case { seed, files, learner, entry, scenario, measure, constructs: author.constructs }
    }

    /// The catalog beside the learner, if the rules are sound; some seeds make a circle, or ask for nothing
    /// possible to write.
    #[must_use]
    pub fn catalog(&self) -> Option<Catalog> {
        let catalog = cairn_core::load(&self.files).catalog?;
        Some(catalog.beside(&self.learner).into_owned())
    }

    /// Whether a construct is used anywhere.
    #[must_use]
    pub fn uses(&self, construct: &str) -> bool {
        self.constructs.values().any(|used| used.contains(construct))
    }

    /// Whether a rule looks at everything attempted, or at the latest attempt. Then one more holding can
    /// make things worse, and earning one credential twice can be more than earning it once.
    #[must_use]
    pub fn has_attempts(&self) -> bool {
        self.uses("over attempted") || self.uses("latest attempt")
    }

    /// Whether something is asked only of those who hold something or have evidence of it: then having
    /// more can mean that more is asked.
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        self.files.iter().any(|file| file.text.contains("when = {"))
    }

    /// Whether something is accepted that is not advised: what is earned may then be worth more than
    /// it cost.
    #[must_use]
    pub fn accepts_more_than_it_advises(&self) -> bool {
        self.files.iter().any(|file| file.text.contains("advise = false"))
    }

    /// The rules and the learner, for a message.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("seed {}\n", self.seed);
        for file in &self.files {
            let _ = writeln!(text, "# ---- {}\n{}", file.path, file.text);
        }
        let _ = writeln!(text, "{:#?}\n{:?} {:?}", self.learner, self.scenario, self.measure);
        text
    }
}

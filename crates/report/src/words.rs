//! Every sentence that a person reads about rules, learners and audits.
//!
//! Nothing else in Cairn makes sentences (findings about rules bring their own), so a translator
//! replaces this module and nothing more.

mod name;
pub(crate) use name::asked;
pub use name::{credential, issuer, named, prerequisite, qualification, requirement, requirement_title};

mod list;
pub use list::{count, list, whole_list};

mod amount;
pub(crate) use amount::further;
pub use amount::{
    amount, credit, credit_of, credits, have, is_reached, limit_line, measure_word, recorded, stated_in,
    tally, tally_word,
};

mod attributes;
pub use attributes::{attributes, levels};

mod graph;
pub use graph::{joints, unavoidable};

mod verdict;
pub use verdict::{
    POSSIBLE, scenario, scenario_word, standing, state_heading, target, verdict, verdict_word,
};

mod step;
pub use step::{consumes, not_awarded, order, step};

mod change;
pub use change::{change, difference};

mod outcome;
pub use outcome::outlook;

mod rule;
pub use rule::{after, from, limit, pool, pool_in_full, rule, rule_in_full};

mod equivalence;
pub use equivalence::{equivalence, only_toward};

mod sharing;
pub use sharing::{policy, policy_rule};

mod edition;
pub use edition::{EDITIONS, edition};

mod exception;
pub use exception::{
    EXCEPTIONS, by_exception, exception, exception_asked, exception_decided, exception_line,
};

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
pub use test::{asked_beside, expected, got, no_tests, tests};

/// The heading over a qualification that another rests on.
#[must_use]
pub fn in_its_own_right(title: &str) -> String {
    format!("Within it: {title}")
}

/// Text from a record or a file name without what would command a terminal or turn text round.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if cairn_core::diagnostic::is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

//! What is asked about a learner, and how.

use std::path::PathBuf;

use cairn_core::{Date, Measure, Scenario};
use clap::Args;

use super::value::{day, measure, scenario};

/// More ways on than one.
#[derive(Debug, Args)]
pub(crate) struct Ways {
    /// The so many best ways to complete it that are different, the cheapest first; none has
    /// everything that an earlier one has.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) best: Option<u32>,
    /// All ways that no other beats in everything: in cost, credits and effort, or in what
    /// `--by` names.
    #[arg(long, conflicts_with = "best")]
    pub(crate) pareto: bool,
}

/// Where the proof of one audit is written.
#[derive(Debug, Args)]
pub(crate) struct ProofFiles {
    /// Write the proof of the answer, which `cairn verify` checks; for one question.
    #[arg(long, value_name = "FILE", conflicts_with = "budget")]
    pub(crate) certificate: Option<PathBuf>,
    /// Write the problem in the pseudo-Boolean format OPB, for other solvers; for one question.
    #[arg(long, value_name = "FILE")]
    pub(crate) opb: Option<PathBuf>,
}

/// A learner and a profile.
#[derive(Debug, Args)]
pub(crate) struct GapArguments {
    /// The learner's id.
    pub(crate) learner: String,
    /// The profile's id.
    #[arg(long, value_name = "PROFILE")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) when: When,
    /// What the gap is counted in, instead of the profile's own measure: `count`, `credits`, `cost` or
    /// `effort`; where several are named, each decides among what is equal before it.
    #[arg(long, value_parser = measure, value_delimiter = ',', value_name = "MEASURE")]
    pub(crate) by: Vec<Measure>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A learner, qualifications, and how they are asked about.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// The learner's id.
    pub(crate) learner: String,
    /// Qualifications by id, or one of their outcomes as `ID#OUTCOME`; all of the catalog if none is
    /// given.
    pub(crate) qualifications: Vec<String>,
    #[command(flatten)]
    pub(crate) when: When,
    /// What remaining is counted in, instead of the qualification's own measure: `count`, `credits`,
    /// `cost` or `effort`; where several are named, each decides among what is equal before it.
    #[arg(long, value_parser = measure, value_delimiter = ',', value_name = "MEASURE")]
    pub(crate) by: Vec<Measure>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct When {
    /// The day of the audit; today if it is not given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    /// The day on which the learner entered, for rules that ask for it; otherwise what is on record.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) entry: Option<Date>,
    /// Only what was on the record at the end of this day (UTC), as if nothing had been recorded since.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_known_on: Option<Date>,
    /// What is taken to be had: `earned`, `in-progress` or `planned`.
    #[arg(long, value_parser = scenario, default_value = "earned")]
    pub(crate) scenario: Scenario,
    /// Stop the search after so many cases; what is not settled by then has two bounds, and exit code
    /// 9. Without it, the search goes on until the answer is proved.
    #[arg(long, value_name = "CASES")]
    pub(crate) budget: Option<u64>,
}

//! What can be asked for on the command line.

use std::path::PathBuf;

use cairn_core::Date;
use clap::{Parser, Subcommand};

mod places;
pub(crate) use places::Places;

mod format;
pub(crate) use format::{FindingFormat, TestFormat};

mod graph;
pub(crate) use graph::{GraphArguments, GraphFormat};

mod learner;
pub(crate) use learner::LearnerCommand;

mod asked;
pub(crate) use asked::{Asked, GapArguments, ProofFiles, Ways, When};

mod exception;
pub(crate) use exception::{DecisionArguments, EffectArguments, ExceptionCommand};

mod database;
pub(crate) use database::DbCommand;

mod value;
use value::{day, wish};

/// Exact pathways: what counts where, how far every qualification is, and what to earn next.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) places: Places,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a first pathway, with learners, into a folder.
    Init {
        /// The folder; it is made if it is not there.
        #[arg(default_value = "pathway")]
        folder: PathBuf,
    },
    /// Look for mistakes in rules: all of them, in all files, in one run.
    Check {
        /// Folders or files; the rules of `--rules` if none is given.
        paths: Vec<PathBuf>,
        /// How findings are printed.
        #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
        format: FindingFormat,
    },
    /// Run the tests that stand beside the rules, `[[test]]`; exit with code 1 if one fails.
    Test {
        /// Folders or files, read together; the rules of `--rules` if none is given.
        paths: Vec<PathBuf>,
        /// How outcomes are printed.
        #[arg(long, value_enum, default_value_t = TestFormat::Text)]
        format: TestFormat,
    },
    /// Say in sentences what the rules mean.
    Show {
        /// A qualification or credential; without one, what is defined is listed.
        name: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Draw what counts toward what, or ask the graph a question.
    Graph(GraphArguments),
    /// Import, list, show and export learners' records.
    #[command(subcommand)]
    Learner(LearnerCommand),
    /// Ask for exceptions to the rules for one learner, decide about them, and list them.
    #[command(subcommand)]
    Exception(ExceptionCommand),
    /// Keep the rules for good, under the hash of their files.
    Publish {
        /// What people call this edition, for example `2026-27`.
        label: String,
        /// The first day of entry for which it is meant; today if it is not given.
        #[arg(long, value_name = "DATE", value_parser = day)]
        from: Option<Date>,
        /// Who publishes.
        #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
        actor: String,
        /// Why.
        #[arg(long, default_value = "publish")]
        reason: String,
    },
    /// List the editions of the rules that were published.
    Editions {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what was recorded about a learner: when, by whom, why.
    History {
        /// The learner's id.
        learner: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Audit a learner: what counts where, what remains, what to earn next.
    Audit {
        #[command(flatten)]
        asked: Asked,
        /// Say why: everything, or what is about one requirement or one holding; of a holding, also
        /// where it could count instead, and at what price.
        #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true, default_missing_value = "")]
        why: Option<String>,
        /// Count a holding toward this requirement if that costs nothing; otherwise say what it would
        /// cost. May be given several times.
        #[arg(long, value_name = "HOLDING=REQUIREMENT", value_parser = wish)]
        prefer: Vec<(String, String)>,
        /// Exit with code 7 unless every audit is complete.
        #[arg(long)]
        require_complete: bool,
        /// Ask about all of the qualifications at once, under the policies that couple them.
        #[arg(long, conflicts_with = "prefer")]
        jointly: bool,
        /// Keep the answers in the learner's log, with the published edition of the rules, the record and
        /// the release that they follow from.
        #[arg(long, conflicts_with_all = ["jointly", "budget"])]
        keep: bool,
        #[command(flatten)]
        proof: ProofFiles,
    },
    /// Say what to earn next, and nothing else.
    Next {
        #[command(flatten)]
        asked: Asked,
        /// Ask about all of the qualifications at once, under the policies that couple them.
        #[arg(long, conflicts_with_all = ["best", "pareto"])]
        jointly: bool,
        #[command(flatten)]
        ways: Ways,
    },
    /// Say how far a learner is with every qualification.
    Progress {
        /// The learner's id.
        learner: String,
        #[command(flatten)]
        when: When,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say which skills a learner can show, with the holdings that are evidence of each.
    Skills {
        /// The learner's id.
        learner: String,
        #[command(flatten)]
        when: When,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say which skills of a profile a learner lacks, and the cheapest credentials that close the gap.
    Gap(GapArguments),
    /// Say what would be if the learner had more, or less.
    WhatIf {
        #[command(flatten)]
        asked: Asked,
        /// A credential, as if it were earned on the day of the audit; may be given several times.
        #[arg(long, value_name = "CREDENTIAL")]
        add: Vec<String>,
        /// A credential, as if it had never been earned; may be given several times.
        #[arg(long, value_name = "CREDENTIAL")]
        drop: Vec<String>,
    },
    /// Run the whole tour on a small pathway that comes with the program.
    Demo {
        /// Keep the tour's rules and database in this folder, which must be new or empty.
        #[arg(long, value_name = "FOLDER")]
        keep: Option<PathBuf>,
    },
    /// Check a certificate that `audit --certificate` wrote, without trusting who made it.
    Verify {
        /// The file.
        file: PathBuf,
    },
    /// Look after the database.
    #[command(subcommand)]
    Db(DbCommand),
    /// Print the rule format as a JSON Schema, for editors and other programs.
    Schema,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder; it is made if it is not there.
        folder: PathBuf,
    },
}

//! What can be asked for on the command line.

use std::path::PathBuf;

use cairn_core::{Date, Measure, Scenario};
use cairn_storage::SealHash;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Exact pathways: what counts where, how far every qualification is, and what to earn next.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) places: Places,
}

/// Where the rules and the records are.
#[derive(Debug, Clone, Args)]
pub(crate) struct Places {
    /// The folder of rule files, or a rule file; may be given several times.
    #[arg(long, global = true, value_name = "PATH", env = "CAIRN_RULES", default_value = ".")]
    pub(crate) rules: Vec<PathBuf>,
    /// The SQLite file of learners' records, or the address of a PostgreSQL database
    /// (`postgres://user@host/name`).
    #[arg(long, global = true, value_name = "FILE", env = "CAIRN_DB", default_value = "cairn.db")]
    pub(crate) db: PathBuf,
    /// The rules as they were published under this hash, its beginning or this label, instead of those
    /// of `--rules`; `entry` is the edition to which the learner is bound.
    #[arg(long, global = true, value_name = "EDITION")]
    pub(crate) edition: Option<String>,
    /// Whether nobody wants to be told what to do next: the tour goes on by itself.
    #[arg(skip)]
    pub(crate) is_tour: bool,
}

impl Places {
    /// Says which commands follow from an answer, at the same places.
    pub(crate) fn follow(&self, commands: &[String]) {
        if self.is_tour {
            return;
        }
        let rules = self.rules.iter().filter(|path| path.as_os_str() != ".");
        let mut places: String = rules.map(|path| format!(" --rules {}", path.display())).collect();
        if let Some(edition) = &self.edition {
            places = format!(" --edition {edition}");
        }
        if cairn_storage::is_address(&self.db) {
            // It may hold a password, which nobody wants on the screen.
            places.push_str(" --db ADDRESS");
        } else if self.db.as_os_str() != "cairn.db" {
            places.push_str(&format!(" --db {}", self.db.display()));
        }
        let here: Vec<_> = commands.iter().map(|command| format!("{command}{places}")).collect();
        crate::output::follow(&here);
    }
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

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// With the lines of the rules.
    Text,
    /// A line each.
    Concise,
    /// For programs.
    Json,
}

/// How outcomes of tests are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people: what was expected, what came, and why.
    Text,
    /// For programs.
    Json,
    /// For build servers.
    Junit,
}

#[derive(Debug, Args)]
pub(crate) struct GraphArguments {
    /// Only these qualifications and what they rest on.
    pub(crate) qualifications: Vec<String>,
    /// The form of the drawing.
    #[arg(long, value_enum, default_value_t = GraphFormat::Svg)]
    pub(crate) format: GraphFormat,
    /// Draw the requirements between credentials and qualifications too.
    #[arg(long)]
    pub(crate) requirements: bool,
    /// Write to this file instead of the screen.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The shortest way from one credential or qualification to another, and what every way passes.
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["qualifications", "bottlenecks", "layers"])]
    pub(crate) ladder: Vec<String>,
    /// What no completion can do without, and what holds the catalog together.
    #[arg(long, conflicts_with = "layers")]
    pub(crate) bottlenecks: bool,
    /// The layers: each thing above everything that it rests on.
    #[arg(long)]
    pub(crate) layers: bool,
}

/// The form of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A picture.
    Svg,
    /// For Graphviz.
    Dot,
    /// For Mermaid.
    Mermaid,
    /// For programs.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LearnerCommand {
    /// Read learners, holdings and attestations from CSV or JSON files; `-` reads JSON from stdin.
    Import {
        /// The files; the database is made if it is not there.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Keep the good records of a file that has bad ones.
        #[arg(long)]
        keep_going: bool,
        /// Who records this.
        #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
        actor: String,
        /// Why.
        #[arg(long, default_value = "import")]
        reason: String,
    },
    /// List the learners.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a learner's record.
    Show {
        /// The learner's id.
        learner: String,
        /// Say of each holding how it stands on this day.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: Option<Date>,
        /// Only what was on the record at the end of this day (UTC).
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_known_on: Option<Date>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Record that a learner entered a qualification, and bind them to the edition for that day.
    Enter {
        /// The learner's id.
        learner: String,
        /// The qualification's id.
        qualification: String,
        /// The day of entry.
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: Date,
        /// Who records this.
        #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
        actor: String,
        /// Why.
        #[arg(long, default_value = "entry")]
        reason: String,
    },
    /// Record that an issuer has taken a holding back; nothing is deleted.
    Revoke {
        /// The learner's id.
        learner: String,
        /// The number of the holding, as `learner show` prints it.
        holding: u32,
        /// The first day on which it does not count; without it, it never should have.
        #[arg(long, value_name = "DATE", value_parser = day)]
        from: Option<Date>,
        /// Who records this.
        #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
        actor: String,
        /// Why.
        #[arg(long, default_value = "revoked")]
        reason: String,
    },
    /// Write records in the form that `import` reads, a line for each learner.
    Export {
        /// Only these learners.
        learners: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Prove that the database is what was written to it.
    Verify {
        /// A seal that was kept elsewhere: the database must be the one that was sealed with it.
        #[arg(long, value_name = "SEAL")]
        seal: Vec<SealHash>,
    },
    /// Put everything that is on record under one hash, to be kept where nobody can change it.
    Seal {
        /// Who seals.
        #[arg(long, default_value = "cairn", env = "CAIRN_ACTOR")]
        actor: String,
        /// Why.
        #[arg(long, default_value = "seal")]
        reason: String,
    },
    /// Copy the database into a new file while others go on; the copy is verified.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Make the database of `--db`, which must not be there, from a backup; it is verified.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Only what was recorded up to this instant, for example `2026-03-01T12:00:00Z`.
        #[arg(long, value_name = "INSTANT")]
        until: Option<jiff::Timestamp>,
    },
    /// Make everything that follows from the logs anew; what is sound stays as it is, byte for byte.
    Rebuild,
}

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

fn wish(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(held, place)| (held.to_owned(), place.to_owned()));
    parts.ok_or_else(|| "write it like `html-basics=foundations`".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    let day: Option<Date> = text.parse().ok();
    // The calendar library reads much more than days; what it read must be what is written.
    let day = day.filter(|day| day.to_string() == text);
    day.ok_or_else(|| "not a day of the calendar; write it like `2026-03-01`".to_owned())
}

fn scenario(word: &str) -> Result<Scenario, String> {
    Scenario::from_word(word).ok_or_else(|| "it is `earned`, `in-progress` or `planned`".to_owned())
}

fn measure(word: &str) -> Result<Measure, String> {
    let word = if word == "number" { Measure::Count.word() } else { word };
    let known = Measure::ALL.into_iter().find(|measure| measure.word() == word);
    known.ok_or_else(|| "it is `count`, `credits`, `cost` or `effort`".to_owned())
}

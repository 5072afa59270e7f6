//! What is done with learners' records.

use std::path::PathBuf;

use cairn_core::Date;
use clap::Subcommand;

use super::value::day;

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

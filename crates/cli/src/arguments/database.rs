//! What is done with the database.

use std::path::PathBuf;

use cairn_storage::SealHash;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Look at the database before work: who may read it, whether it may be written, how much room there
    /// is, and whether a few records hold together. Takes no longer for a large one.
    Check,
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

//! Where the rules and the records are.

use std::path::PathBuf;

use clap::Args;

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

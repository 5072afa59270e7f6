//! The view of the editions that were compared.

use cairn_core::Catalog;
use cairn_engine::{EditionChoice, EditionStanding};
use serde::Serialize;

use crate::words;

/// One edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionView {
    /// Its id.
    pub id: String,
    /// The day from which it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// Whether it is the one by which the audit is.
    pub is_best: bool,
    /// `open`, or why it may not be chosen.
    pub standing: &'static str,
    /// The same in a sentence, with what would remain.
    pub sentence: String,
}

impl EditionView {
    /// The views of all editions of a choice.
    #[must_use]
    pub fn of(catalog: &Catalog, choice: &EditionChoice) -> Vec<EditionView> {
        let view = |(at, entry): (usize, &cairn_engine::EditionEntry)| {
            let qualification = catalog.qualification(entry.qualification);
            EditionView {
                id: qualification.id.to_string(),
                effective: qualification.effective.map(|day| day.to_string()),
                is_best: choice.best == Some(at),
                standing: code(entry.standing),
                sentence: words::edition(catalog, entry, choice.best == Some(at)),
            }
        };
        choice.editions.iter().enumerate().map(view).collect()
    }
}

fn code(standing: EditionStanding) -> &'static str {
    match standing {
        EditionStanding::Open => "open",
        EditionStanding::NotYet(_) => "not-yet",
        EditionStanding::Retired(_) => "retired",
        EditionStanding::TaughtOut(_) => "taught-out",
        EditionStanding::TooOld(_) => "too-old",
        EditionStanding::BeforeEntry(_) => "before-entry",
        EditionStanding::AfterEntry(_) => "after-entry",
        EditionStanding::TooLate(_) => "too-late",
        EditionStanding::NoCredit => "no-credit",
    }
}

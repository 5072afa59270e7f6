//! Editions that may be chosen, in sentences.

use cairn_core::Catalog;
use cairn_engine::{EditionEntry, EditionStanding};

use crate::words::{count, verdict, verdict_word};

/// What heads the list of editions.
pub const EDITIONS: &str = "Editions";

/// Whether an edition may be chosen, and what would remain by it.
#[must_use]
pub fn edition(catalog: &Catalog, entry: &EditionEntry, is_best: bool) -> String {
    let id = &catalog.qualification(entry.qualification).id;
    let why = match entry.standing {
        EditionStanding::Open => {
            let Some(audit) = &entry.audit else { return format!("{id} may be chosen") };
            let word = verdict_word(crate::report::verdict_code(audit.verdict));
            let chosen = if is_best { "is chosen" } else { "may be chosen as well" };
            return format!("{id} {chosen}: {word}, {}", verdict(catalog, audit));
        }
        EditionStanding::NotYet(day) => format!("it comes into force on {day}"),
        EditionStanding::Retired(day) => format!("it is not awarded from {day} on"),
        EditionStanding::TaughtOut(day) => format!("it was to be completed by {day}"),
        EditionStanding::TooOld(later) => {
            format!("there are {} since", count(u64::from(later), "later edition"))
        }
        EditionStanding::BeforeEntry(day) => format!("it was no longer in force on the day of entry, {day}"),
        EditionStanding::AfterEntry(day) => format!("it was not yet in force on the day of entry, {day}"),
        EditionStanding::TooLate(day) => format!("it came into force too long after the day of entry, {day}"),
        EditionStanding::NoCredit => "no credit was earned here while it was in force".to_owned(),
    };
    format!("{id} may not be chosen: {why}")
}

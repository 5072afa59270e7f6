//! `cairn db verify`: whether the database is what was written to it.

use cairn_report::words::count;
use cairn_storage::Store as _;

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
};

pub(super) fn verify(places: &Places) -> Result<(), Failure> {
    let verification = record::open(&places.db)?.verify()?;
    for flaw in &verification.flaws {
        output::say(&format!("error: {flaw}"));
    }
    let unsaid = verification.flaws_total.saturating_sub(verification.flaws.len() as u64);
    if unsaid > 0 {
        output::say(&format!("error: … and {} more", count(unsaid, "flaw")));
    }
    let read =
        format!("{} and {}", count(verification.learners, "learner"), count(verification.events, "event"));
    if verification.is_clean() {
        return output::answer(&format!("{read}: the chain holds, and every record follows from it\n"));
    }
    Err(Failure::new(Exit::Database, format!("{} among {read}", count(verification.flaws_total, "flaw")))
        .help("restore a copy; what is damaged is not shown, the other learners can be used"))
}

//! What happened to a learner's record, as text.

use crate::{
    report::{EventView, HistoryReport},
    text::{DIM, heading, styled},
    words::{named, plain, recorded_by},
};

/// Two lines for each thing that was recorded: what, and when by whom and why.
#[must_use]
pub fn history(report: &HistoryReport) -> String {
    let name = plain(report.name.as_deref().unwrap_or(&report.id));
    let events: String = report.events.iter().map(event).collect();
    format!("{}\n\n{events}", heading(&named(&name, &report.id)))
}

fn event(event: &EventView) -> String {
    let by = recorded_by(&event.recorded_at, &event.actor, &event.reason);
    format!("  {:>3}. {}\n       {}\n", event.number, plain(&event.what), styled(DIM, &plain(&by)))
}

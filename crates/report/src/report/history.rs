//! The view of what happened to a learner's record.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::report::FORMAT_VERSION;

/// Everything that was recorded about a learner, in order.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub id: String,
    /// The name, if one is kept.
    pub name: Option<String>,
    /// What was recorded, oldest first.
    pub events: Vec<EventView>,
}

/// One thing that was recorded.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its number, from 1.
    pub number: u64,
    /// When it was recorded, as an instant in UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// What happened, in a sentence.
    pub what: String,
    /// The same as it is kept, every detail of it.
    pub fact: Box<RawValue>,
    /// The hash over it and everything before it, in hexadecimal digits.
    pub hash: String,
}

impl HistoryReport {
    /// The view of a log.
    #[must_use]
    pub fn new(id: &str, name: Option<String>, events: Vec<EventView>) -> HistoryReport {
        HistoryReport { format_version: FORMAT_VERSION, id: id.to_owned(), name, events }
    }
}

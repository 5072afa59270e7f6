//! An answer from a record as it was known on a day.

use cairn_core::Date;
use serde::Serialize;

/// An answer, and the day up to which the record was read for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known<T> {
    /// What was recorded after this day took no part; absent where everything did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_known_on: Option<String>,
    /// The answer.
    #[serde(flatten)]
    pub report: T,
}

impl<T> Known<T> {
    /// An answer from what was known on a day, or from everything.
    pub fn on(day: Option<Date>, report: T) -> Known<T> {
        Known { as_known_on: day.map(|day| day.to_string()), report }
    }

    /// The answer as text, below a line that says what was known.
    pub fn text(&self, text: impl FnOnce(&T) -> String) -> String {
        let line = self.as_known_on.as_ref().map(|day| crate::words::as_known_on(day) + "\n\n");
        line.unwrap_or_default() + &text(&self.report)
    }
}

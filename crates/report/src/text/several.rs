//! Several completions as text.

use std::fmt::Write as _;

use crate::{
    report::CompletionsReport,
    text::{BOLD, DIM, audit::about, heading, styled},
};

/// All ways, each with its cost, its steps, and what would do as well.
#[must_use]
pub fn completions(report: &CompletionsReport) -> String {
    let CompletionsReport { learner, name, qualification, title, as_of, scenario, .. } = report;
    let mut text = about(title, qualification, name.as_deref(), learner, as_of, scenario);
    let _ = writeln!(text, "\n{}", styled(BOLD, &report.summary));
    for (number, way) in (1..).zip(&report.completions) {
        if way.steps.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", heading(&format!("{number}  {}", way.summary)));
        for (at, step) in (1..).zip(&way.steps) {
            let _ = writeln!(text, "  {at}. {}", step.text);
        }
        for choice in &way.choices {
            let _ = writeln!(text, "     {}", styled(DIM, &choice.text));
        }
    }
    text
}

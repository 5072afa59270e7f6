//! Reports as text for a terminal.
//!
//! Icon and word say everything; colour only helps the eye, and whoever prints the text takes the
//! colours out where they are not wanted (`NO_COLOR`, a file, a pipe).

use anstyle::{AnsiColor, Style};

mod audit;
pub use audit::{audit, next, what_if};

mod requirement;

mod why;
pub use why::Why;

mod joint;
pub use joint::{joint, joint_next};

mod catalog;
pub use catalog::{catalog, credential, qualification};

mod history;
pub use history::history;

mod learner;
pub use learner::learner;

mod overview;
pub use overview::overview;

mod several;
pub use several::completions;

mod skills;
pub use skills::{gap, skills};

mod tests;
pub use tests::{junit, tests};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const OPEN: Style = AnsiColor::Yellow.on_default();
const BAD: Style = AnsiColor::Red.on_default();

/// Text in a style.
fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A heading.
fn heading(text: &str) -> String {
    styled(BOLD, text)
}

/// The icon and style of a word of standing.
fn mark(word: &str) -> (&'static str, Style) {
    match word {
        "met" | "complete" | "held" => ("✓", GOOD),
        "open" | "remaining" | "begun" => ("○", OPEN),
        "stopped" => ("?", OPEN),
        "unreachable" => ("✗", BAD),
        _ => ("·", DIM),
    }
}

//! The reasons of an audit as text, and what else was asked about them.

use std::fmt::Write as _;

use crate::{
    report::{AuditReport, ElsewhereView, ForcedView, ReasonView},
    text::{DIM, heading, styled},
    words,
};

/// How much of the reasons is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// None.
    Nothing,
    /// All.
    Everything,
    /// Those about one requirement: its name, or `qualification#name`.
    About(String),
    /// Those about the holdings of one credential.
    Holding(String),
}

/// What became of wishes, the reasons, and what else was asked about them.
pub(super) fn explanation(report: &AuditReport, why: &Why) -> String {
    let mut text = places(words::wishes_heading(), &report.preferred);
    text.push_str(&reasons(report, why));
    text.push_str(&places(words::elsewhere_heading(), &report.elsewhere));
    if *why == Why::Everything
        && let Some(forced) = &report.forced_by
    {
        text.push_str(&forced_by(forced));
    }
    text
}

fn places(title: &str, places: &[ElsewhereView]) -> String {
    let lines: Vec<_> = places.iter().map(|place| format!("  · {}\n", place.text)).collect();
    if lines.is_empty() { String::new() } else { format!("\n{}\n{}", heading(title), lines.concat()) }
}

fn forced_by(forced: &ForcedView) -> String {
    let mut text = format!("\n{}\n", heading(words::forced_heading()));
    for rule in &forced.rules {
        let _ = writeln!(text, "  · {}", rule.text);
    }
    let _ = writeln!(text, "  {}", styled(DIM, &forced.text));
    text
}

fn reasons(report: &AuditReport, why: &Why) -> String {
    let is_wanted = |reason: &ReasonView| match why {
        Why::Nothing => false,
        Why::Everything => true,
        Why::Holding(wanted) => reason.credential.as_ref() == Some(wanted),
        Why::About(wanted) => reason.requirement.as_ref().is_some_and(|full| {
            full == wanted || full.split_once('#').is_some_and(|(_, name)| name == wanted)
        }),
    };
    let mut text = String::new();
    let wanted = (1..).zip(&report.reasons).filter(|(_, reason)| is_wanted(reason));
    for (number, reason) in wanted {
        let _ = writeln!(text, "  [{number}] {}", reason.text);
    }
    match (why, text.is_empty()) {
        (Why::Nothing, _) => String::new(),
        (_, true) => format!("\n{}\n  nothing is recorded about this\n", heading("Why")),
        (_, false) => format!("\n{}\n{text}", heading("Why")),
    }
}

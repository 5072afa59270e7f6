//! An audit as text.

use std::fmt::Write as _;

use crate::{
    report::{AuditReport, WhatIfReport},
    text::{BOLD, DIM, Why, heading, mark, requirement::requirements, styled, why::explanation},
    words,
};

/// An audit with its requirements and what to earn next.
#[must_use]
pub fn audit(report: &AuditReport, why: &Why) -> String {
    let mut text = top(report);
    text.push_str(&editions(report));
    text.push_str(&exceptions(report));
    text.push_str(&outcomes(report));
    for (at, scope) in report.scopes.iter().enumerate() {
        if at == 0 || scope.needed {
            text.push('\n');
            let within = words::in_its_own_right(&scope.title);
            text.push_str(&requirements(scope, if at == 0 { "Requirements" } else { &within }));
        }
    }
    text.push_str(&what_next(report));
    text.push_str(&explanation(report, why));
    text
}

/// What to earn next, and no more.
#[must_use]
pub fn next(report: &AuditReport) -> String {
    top(report) + &what_next(report)
}

/// What a change would do, then the audit as it would be.
#[must_use]
pub fn what_if(report: &WhatIfReport) -> String {
    let mut text = format!("{}\n\n", styled(BOLD, &format!("With this change, {}.", report.summary)));
    let _ = writeln!(text, "now   {}", verdict(&report.now));
    let _ = writeln!(text, "then  {}\n", verdict(&report.then));
    text.push_str(&audit(&report.then, &Why::Nothing));
    text
}

pub(super) fn top(report: &AuditReport) -> String {
    let AuditReport { title, qualification, name, learner, as_of, scenario, .. } = report;
    let about = about(title, qualification, name.as_deref(), learner, as_of, scenario);
    format!("{about}\n{}\n", verdict(report))
}

/// What was asked about whom.
pub(super) fn about(
    title: &str,
    qualification: &str,
    name: Option<&str>,
    learner: &str,
    as_of: &str,
    scenario: &str,
) -> String {
    let named = words::named(title, qualification);
    let learner = name.map_or_else(|| learner.to_owned(), |name| words::named(&words::plain(name), learner));
    let scenario = words::scenario_word(scenario);
    let facts = format!("{learner} · as of {as_of} · counting {scenario}");
    format!("{}\n{}\n", heading(&named), styled(DIM, &facts))
}

fn verdict(report: &AuditReport) -> String {
    let (icon, style) = mark(report.verdict);
    let word = words::verdict_word(report.verdict);
    let mut line = format!("{}: {}", styled(style.bold(), &format!("{icon} {word}")), report.summary);
    if let Some(progress) = &report.progress
        && report.verdict == "remaining"
    {
        let _ = write!(line, " ({} % done)", progress.percent);
    }
    if report.certainty == Some("possible") {
        let _ = write!(line, "\n{}", words::POSSIBLE);
    }
    line
}

/// The editions that were compared, where none was named.
fn editions(report: &AuditReport) -> String {
    if report.editions.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", heading(words::EDITIONS));
    for edition in &report.editions {
        let (icon, style) = mark(if edition.is_best { "met" } else { "not-needed" });
        let _ = writeln!(text, "  {} {}", styled(style, icon), edition.sentence);
    }
    text
}

/// The exceptions that the audit was made with, and those that need review.
fn exceptions(report: &AuditReport) -> String {
    if report.exceptions.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", heading(words::EXCEPTIONS));
    for exception in &report.exceptions {
        let (icon, style) = mark(if exception.holds { "met" } else { "open" });
        let _ = writeln!(text, "  {} {}", styled(style, icon), exception.line());
    }
    text
}

/// The titles that may be had, and how far each is.
fn outcomes(report: &AuditReport) -> String {
    let mut text = String::new();
    if !report.outcomes.is_empty() {
        let _ = writeln!(text, "\n{}", heading("Outcomes"));
    }
    for outcome in &report.outcomes {
        let (icon, style) = mark(outcome.verdict);
        let named = words::named(&outcome.title, &outcome.id);
        let _ = writeln!(text, "  {} {named}: {}", styled(style, icon), outcome.text);
    }
    text
}

pub(super) fn what_next(report: &AuditReport) -> String {
    let mut text = String::new();
    if !report.order.is_empty() {
        let _ = writeln!(text, "\n{}.", words::order(&report.order));
    }
    if !report.next.is_empty() {
        text.push('\n');
        text.push_str(&steps(report));
    }
    text
}

fn steps(report: &AuditReport) -> String {
    let title = if report.verdict == "stopped" { words::way_found() } else { "What to do next" };
    let mut text = format!("{}\n", heading(title));
    for (number, step) in (1..).zip(&report.next) {
        let _ = writeln!(text, "  {number}. {}", step.text);
    }
    text
}

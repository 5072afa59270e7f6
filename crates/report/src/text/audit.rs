//! An audit as text.

use std::fmt::Write as _;

use crate::{
    report::{
        AuditReport, CountedView, ElsewhereView, ForcedView, JointReport, MeasuredView, ReasonView,
        RequirementView, ScopeView, WhatIfReport,
    },
    text::{BOLD, DIM, heading, mark, styled},
};

/// Deeper requirements are not set further to the right.
const DEPTH_SHOWN_MAX: usize = 20;

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

/// An audit with its requirements and what to earn next.
#[must_use]
pub fn audit(report: &AuditReport, why: &Why) -> String {
    let mut text = top(report);
    text.push_str(&editions(report));
    text.push_str(&outcomes(report));
    for (at, scope) in report.scopes.iter().enumerate() {
        if at == 0 || scope.needed {
            text.push('\n');
            let within = crate::words::in_its_own_right(&scope.title);
            text.push_str(&requirements(scope, if at == 0 { "Requirements" } else { &within }));
        }
    }
    text.push_str(&what_next(report));
    text.push_str(&explanation(report, why));
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
        let named = crate::words::named(&outcome.title, &outcome.id);
        let _ = writeln!(text, "  {} {named}: {}", styled(style, icon), outcome.text);
    }
    text
}

/// Several qualifications at once: how each stands, what is to be done, and their requirements.
#[must_use]
pub fn joint(report: &JointReport, why: &Why) -> String {
    let mut text = joint_top(report);
    for (at, scope) in report.audit.scopes.iter().enumerate() {
        if at < report.targets.len() || scope.needed {
            text.push('\n');
            let title = if at < report.targets.len() {
                crate::words::named(&scope.title, &scope.qualification)
            } else {
                crate::words::in_its_own_right(&scope.title)
            };
            text.push_str(&requirements(scope, &title));
        }
    }
    text.push_str(&what_next(&report.audit));
    text.push_str(&explanation(&report.audit, why));
    text
}

/// What to earn next for several qualifications at once, and no more.
#[must_use]
pub fn joint_next(report: &JointReport) -> String {
    joint_top(report) + &what_next(&report.audit)
}

fn joint_top(report: &JointReport) -> String {
    let mut text = top(&report.audit);
    text.push('\n');
    for target in &report.targets {
        let (icon, style) = mark(match (target.complete, target.alone) {
            (true, _) => "complete",
            (false, "unreachable") => "unreachable",
            (false, _) => "open",
        });
        let named = crate::words::named(&target.title, &target.qualification);
        let _ = writeln!(text, "  {} {named}: {}", styled(style, icon), target.text);
    }
    text
}

fn what_next(report: &AuditReport) -> String {
    let mut text = String::new();
    if !report.order.is_empty() {
        let _ = writeln!(text, "\n{}.", crate::words::order(&report.order));
    }
    if !report.next.is_empty() {
        text.push('\n');
        text.push_str(&steps(report));
    }
    text
}

/// What became of wishes, the reasons, and what else was asked about them.
fn explanation(report: &AuditReport, why: &Why) -> String {
    let mut text = places(crate::words::wishes_heading(), &report.preferred);
    text.push_str(&reasons(report, why));
    text.push_str(&places(crate::words::elsewhere_heading(), &report.elsewhere));
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
    let mut text = format!("\n{}\n", heading(crate::words::forced_heading()));
    for rule in &forced.rules {
        let _ = writeln!(text, "  · {}", rule.text);
    }
    let _ = writeln!(text, "  {}", styled(DIM, &forced.text));
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

fn top(report: &AuditReport) -> String {
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
    let named = crate::words::named(title, qualification);
    let learner = name
        .map_or_else(|| learner.to_owned(), |name| crate::words::named(&crate::words::plain(name), learner));
    let scenario = crate::words::scenario_word(scenario);
    let facts = format!("{learner} · as of {as_of} · counting {scenario}");
    format!("{}\n{}\n", heading(&named), styled(DIM, &facts))
}

fn verdict(report: &AuditReport) -> String {
    let (icon, style) = mark(report.verdict);
    let word = crate::words::verdict_word(report.verdict);
    let mut line = format!("{}: {}", styled(style.bold(), &format!("{icon} {word}")), report.summary);
    if let Some(progress) = &report.progress
        && report.verdict == "remaining"
    {
        let _ = write!(line, " ({} % done)", progress.percent);
    }
    if report.certainty == Some("possible") {
        let _ = write!(line, "\n{}", crate::words::POSSIBLE);
    }
    line
}

/// The editions that were compared, where none was named.
fn editions(report: &AuditReport) -> String {
    if report.editions.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", heading(crate::words::EDITIONS));
    for edition in &report.editions {
        let (icon, style) = mark(if edition.is_best { "met" } else { "not-needed" });
        let _ = writeln!(text, "  {} {}", styled(style, icon), edition.sentence);
    }
    text
}

fn requirements(scope: &ScopeView, title: &str) -> String {
    let mut text = format!("{}\n", heading(title));
    // The root says only what the verdict has said, unless it stands alone.
    for requirement in scope.requirements.iter().skip(1) {
        text.push_str(&requirement_lines(requirement));
    }
    for limit in &scope.limits {
        let is_met = crate::words::is_reached(limit);
        let (icon, style) = mark(if is_met { "met" } else { "open" });
        let word = if is_met { "met" } else { "open" };
        let _ = writeln!(
            text,
            "  {} {}",
            styled(style, &format!("{icon} {word:<10}")),
            crate::words::limit_line(limit)
        );
    }
    text
}

fn requirement_lines(requirement: &RequirementView) -> String {
    let (icon, style) = mark(requirement.standing);
    let indent = "  ".repeat(requirement.depth.saturating_sub(1).min(DEPTH_SHOWN_MAX));
    let needs: Vec<_> = requirement.needs.iter().map(need).collect();
    let needs =
        if needs.is_empty() { String::new() } else { format!("  {}", styled(DIM, &needs.join(", "))) };
    let mut text = format!(
        "  {} {indent}{}{needs}\n",
        styled(style, &format!("{icon} {:<10}", requirement.standing)),
        requirement.title,
    );
    let is_itself = requirement.id.contains('/');
    let shown = |counted: &CountedView| {
        let also = counted.counted_as.as_ref().map(|face| format!(" as {face}")).unwrap_or_default();
        let part =
            counted.credits.as_ref().map(|part| format!(" ({part} of its credits)")).unwrap_or_default();
        format!("{}{also}{part}", counted.credential)
    };
    for (held, word) in [(true, "counted"), (false, "to earn")] {
        let list: Vec<_> =
            requirement.counted.iter().filter(|counted| counted.held == held).map(shown).collect();
        let says_nothing_new =
            is_itself && list.iter().all(|credential| requirement.id.ends_with(credential));
        if !list.is_empty() && !says_nothing_new {
            let line = format!("{word}: {}", list.join(", "));
            let _ = writeln!(text, "               {indent}{}", styled(DIM, &line));
        }
    }
    text
}

fn need(need: &MeasuredView) -> String {
    crate::words::have(need)
}

fn steps(report: &AuditReport) -> String {
    let title = if report.verdict == "stopped" { crate::words::way_found() } else { "What to do next" };
    let mut text = format!("{}\n", heading(title));
    for (number, step) in (1..).zip(&report.next) {
        let _ = writeln!(text, "  {number}. {}", step.text);
    }
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

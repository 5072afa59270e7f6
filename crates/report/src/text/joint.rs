//! A joint audit as text.

use std::fmt::Write as _;

use crate::{
    report::JointReport,
    text::{
        Why,
        audit::{top, what_next},
        mark,
        requirement::requirements,
        styled,
        why::explanation,
    },
    words,
};

/// Several qualifications at once: how each stands, what is to be done, and their requirements.
#[must_use]
pub fn joint(report: &JointReport, why: &Why) -> String {
    let mut text = joint_top(report);
    for (at, scope) in report.audit.scopes.iter().enumerate() {
        if at < report.targets.len() || scope.needed {
            text.push('\n');
            let title = if at < report.targets.len() {
                words::named(&scope.title, &scope.qualification)
            } else {
                words::in_its_own_right(&scope.title)
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
        let named = words::named(&target.title, &target.qualification);
        let _ = writeln!(text, "  {} {named}: {}", styled(style, icon), target.text);
    }
    text
}

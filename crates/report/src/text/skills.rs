//! What a learner can show, and what a profile still needs, as text.

use std::fmt::Write as _;

use crate::{
    report::{GapReport, SkillsReport},
    text::{BOLD, audit::about, heading, mark, styled},
    words,
};

/// Each skill with its evidence.
#[must_use]
pub fn skills(report: &SkillsReport) -> String {
    let SkillsReport { learner, name, as_of, scenario, skills, .. } = report;
    let mut text = format!("{}\n", words::skills_of(name.as_deref().unwrap_or(learner), as_of, scenario));
    for skill in skills {
        let _ = writeln!(text, "\n{}", heading(&words::skill_line(skill)));
        for evidence in &skill.evidence {
            let _ = writeln!(text, "  {}", words::evidence(evidence));
        }
    }
    if skills.is_empty() {
        let _ = writeln!(text, "\n{}", words::no_skills());
    }
    text
}

/// The skills of a profile, and what closes the gap.
#[must_use]
pub fn gap(report: &GapReport) -> String {
    let GapReport { learner, name, profile, title, as_of, scenario, verdict, summary, .. } = report;
    let mut text = about(title, profile, name.as_deref(), learner, as_of, scenario);
    let (icon, style) = mark(verdict);
    let _ = writeln!(text, "\n{} {}", styled(style, icon), styled(BOLD, summary));
    let _ = writeln!(text, "\n{}", heading(words::skills_heading()));
    for skill in &report.skills {
        let (icon, style) = mark(skill.standing);
        let by = words::shown_by(skill);
        let _ = writeln!(text, "  {} {:<8} {}{by}", styled(style, icon), skill.standing, skill.title);
    }
    if !report.next.is_empty() {
        let _ = writeln!(text, "\n{}", heading(words::gap_heading()));
    }
    for (number, step) in (1..).zip(&report.next) {
        let _ = writeln!(text, "  {number}. {}", step.text);
    }
    text
}

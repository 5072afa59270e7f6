//! Skills, and what a profile still needs, in sentences.

use crate::{
    report::{EvidenceView, NeededView, SkillView},
    words::{list, named, plain, scenario_word},
};

/// The heading over what a learner can show.
#[must_use]
pub fn skills_of(learner: &str, as_of: &str, scenario: &str) -> String {
    format!("What {} can show · as of {as_of} · counting {}", plain(learner), scenario_word(scenario))
}

/// A skill with its level.
#[must_use]
pub fn skill_line(skill: &SkillView) -> String {
    let framework = skill.framework.as_ref().map(|framework| format!(", {framework}")).unwrap_or_default();
    format!("{}, level {}{framework}", named(&skill.title, &skill.id), skill.level)
}

/// What shows a skill, and until when.
#[must_use]
pub fn evidence(evidence: &EvidenceView) -> String {
    let mut sentence = named(&evidence.title, &evidence.credential);
    if let Some(face) = &evidence.counted_as {
        sentence.push_str(&format!(", as {face}"));
    }
    sentence.push_str(&format!(", at level {}", evidence.level));
    if let Some(day) = &evidence.awarded {
        sentence.push_str(&format!(", awarded on {day}"));
    }
    match &evidence.valid_until {
        Some(day) => sentence.push_str(&format!(", valid until {day}")),
        None => sentence.push_str(", valid without end"),
    }
    sentence
}

/// What is said of a learner who can show nothing.
#[must_use]
pub fn no_skills() -> &'static str {
    "nothing on the record shows a skill on this day"
}

/// What is said where nothing is lacking.
#[must_use]
pub fn no_gap() -> &'static str {
    "every skill is shown"
}

/// The heading over the skills of a profile.
#[must_use]
pub fn skills_heading() -> &'static str {
    "Skills"
}

/// The heading over what closes a gap.
#[must_use]
pub fn gap_heading() -> &'static str {
    "What closes the gap"
}

/// What shows a skill of a profile, or is to be earned for it; nothing where nothing does.
#[must_use]
pub fn shown_by(skill: &NeededView) -> String {
    let by = list(&skill.shown_by, "and");
    match (skill.standing, skill.shown_by.is_empty()) {
        (_, true) => String::new(),
        ("met", false) => format!(", shown by {by}"),
        (_, false) => format!(", to be shown by {by}"),
    }
}

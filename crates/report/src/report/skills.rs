//! The views of what a learner can show, and of what a profile still needs.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Audit, Shown, Verdict, skills::holdings};
use serde::Serialize;

use crate::{
    report::{AuditReport, FORMAT_VERSION, ProgressView, Remaining, StepView},
    words,
};

/// What a learner can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillsReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub learner: String,
    /// The name, if one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The day.
    pub as_of: String,
    /// What is taken to be had.
    pub scenario: &'static str,
    /// The skills, by id.
    pub skills: Vec<SkillView>,
}

/// A skill with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The framework that describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Where it is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The highest level at which it is shown.
    pub level: String,
    /// What shows it: the highest level first, then what is valid longest.
    pub evidence: Vec<EvidenceView>,
}

/// A holding that shows a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// The credential's id.
    pub credential: String,
    /// Its title.
    pub title: String,
    /// The credential as which it shows the skill, if another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_as: Option<String>,
    /// The level.
    pub level: String,
    /// The day of the award.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded: Option<String>,
    /// The last day on which it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
}

/// What a profile still needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub learner: String,
    /// The name, if one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The profile's id.
    pub profile: String,
    /// Its title.
    pub title: String,
    /// The day.
    pub as_of: String,
    /// What is taken to be had.
    pub scenario: &'static str,
    /// `complete`, `remaining`, `unreachable` or `stopped`.
    pub verdict: &'static str,
    /// The verdict in a sentence.
    pub summary: String,
    /// What closing the gap costs.
    pub remaining: Option<Remaining>,
    /// The part of the way that is done.
    pub progress: Option<ProgressView>,
    /// The skills that the profile needs, each with whether it is shown.
    pub skills: Vec<NeededView>,
    /// The cheapest credentials that close the gap, in order.
    pub next: Vec<StepView>,
}

/// A skill that a profile needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeededView {
    /// What it is called in the profile, with its level.
    pub title: String,
    /// `met`, `open` or `not needed`.
    pub standing: &'static str,
    /// The credentials that are held and show it, or that are to be earned to show it.
    pub shown_by: Vec<String>,
}

impl SkillsReport {
    /// The view of what a learner can show.
    #[must_use]
    pub fn new(
        catalog: &Catalog,
        learner: &Learner,
        as_of: String,
        scenario: &'static str,
        shown: &[Shown<'_>],
    ) -> SkillsReport {
        let record = holdings(learner);
        let view = |shown: &Shown<'_>| SkillView {
            id: shown.skill.id.to_string(),
            title: shown.skill.title.clone(),
            framework: shown.skill.framework.clone(),
            uri: shown.skill.uri.clone(),
            level: shown.evidence.first().map(|best| best.level.to_string()).unwrap_or_default(),
            evidence: shown.evidence.iter().map(|one| evidence(catalog, &record, one)).collect(),
        };
        SkillsReport {
            format_version: FORMAT_VERSION,
            learner: learner.id.to_string(),
            name: learner.name.clone(),
            as_of,
            scenario,
            skills: shown.iter().map(view).collect(),
        }
    }
}

fn evidence(catalog: &Catalog, record: &Learner, one: &cairn_engine::Evidence) -> EvidenceView {
    let holding = &record.holdings[one.holding];
    let id = holding.credential.as_str();
    let face = catalog.credential(one.face);
    let own = catalog.find_credential(id).map(|ix| catalog.credential(ix).title.clone());
    EvidenceView {
        credential: id.to_owned(),
        title: own.unwrap_or_else(|| id.to_owned()),
        counted_as: (face.id.as_str() != id).then(|| face.id.to_string()),
        level: one.level.to_string(),
        awarded: holding.awarded.map(|day| day.to_string()),
        valid_until: one.until.map(|day| day.to_string()),
    }
}

impl GapReport {
    /// The view of the audit of a profile.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, audit: &Audit, shown: &[Shown<'_>]) -> GapReport {
        let record = holdings(learner);
        let AuditReport {
            learner,
            name,
            qualification: profile,
            title,
            as_of,
            scenario,
            verdict,
            summary,
            remaining,
            progress,
            next,
            ..
        } = AuditReport::new(catalog, learner, audit);
        let skills = needed(catalog, audit, &record, shown);
        let format_version = FORMAT_VERSION;
        let summary = match audit.verdict {
            Verdict::Complete => words::no_gap().to_owned(),
            _ => summary,
        };
        GapReport {
            format_version,
            learner,
            name,
            profile,
            title,
            as_of,
            scenario,
            verdict,
            summary,
            remaining,
            progress,
            skills,
            next,
        }
    }
}

/// The skills of a profile, each with what shows it.
fn needed(catalog: &Catalog, audit: &Audit, record: &Learner, shown: &[Shown<'_>]) -> Vec<NeededView> {
    let Some(scope) = audit.scopes.first() else { return Vec::new() };
    let profile = catalog.qualification(scope.qualification);
    let asked = profile.requirement_indexes().filter(|&ix| ix != profile.root());
    let view = |ix: cairn_core::catalog::RequirementIx| {
        let requirement = profile.requirement(ix);
        let condition = requirement.skill(&profile.pools);
        let held = condition.iter().flat_map(|(skill, least)| {
            let mine = shown.iter().filter(|shown| shown.skill.id.as_str() == *skill);
            let enough = mine.flat_map(|shown| &shown.evidence).filter(|one| one.level >= *least);
            enough.map(|one| record.holdings[one.holding].credential.to_string())
        });
        let new = audit.next.iter().filter(|step| step.fills.contains(&(scope.qualification, ix)));
        let new = new.filter_map(|step| match step.action {
            cairn_engine::Action::Earn(ix) => Some(catalog.credential(ix).id.to_string()),
            _ => None,
        });
        let standing = words::standing(scope.requirements[ix.index()].standing);
        let shown_by = if standing == "met" { held.collect() } else { new.collect() };
        NeededView { title: requirement.title.clone(), standing, shown_by }
    };
    asked.map(view).collect()
}

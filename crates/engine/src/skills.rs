//! What a learner can show: each skill with the holdings that are evidence of it.

use std::collections::BTreeSet;

use cairn_core::{
    Amount, Catalog, Date, Learner, Scenario,
    catalog::{CredentialIx, Facts, Grace, Origin, Skill},
};

use crate::{
    Countability,
    audit::canonical,
    eligibility::{Face, countable_on, faces},
};

/// A skill that a learner can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'c> {
    /// The skill.
    pub skill: &'c Skill,
    /// What shows it: the highest level first, then what is valid longest.
    pub evidence: Vec<Evidence>,
}

/// A holding that shows a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The holding, by its position in canonical order; see [`holdings`].
    pub holding: usize,
    /// The credential as which it shows the skill: its own, or one that it may count as.
    pub face: CredentialIx,
    /// The level at which it shows it.
    pub level: Amount,
    /// The last day on which it does, if there is one.
    pub until: Option<Date>,
}

/// A learner's record with its holdings in canonical order, by which [`Evidence`] refers to them.
#[must_use]
pub fn holdings(learner: &Learner) -> Learner {
    canonical(learner)
}

/// The skills that a learner can show on a day, by id. Holdings count as they do in a profile:
/// valid on the day, and admitted by the scenario.
#[must_use]
pub fn skills<'c>(catalog: &'c Catalog, learner: &Learner, on: Date, scenario: Scenario) -> Vec<Shown<'c>> {
    let learner = canonical(learner);
    let mut all: Vec<(&str, Evidence)> = Vec::new();
    for (at, holding) in learner.holdings.iter().enumerate() {
        let Some(own) = catalog.find_credential(holding.credential.as_str()) else { continue };
        let judged = countable_on(catalog, &learner, holding, Grace::None, on, scenario);
        let Countability::Countable(until) = judged else { continue };
        // What is usable only toward some qualifications or pools, or stands for a part, shows no skill.
        let known = catalog.credential(own);
        if known.only_toward.is_some() || known.origin == Origin::Record {
            continue;
        }
        let full = faces(catalog, own, holding.awarded).into_iter().filter(Face::is_full);
        for face in full.map(|face| face.credential) {
            let facts = Facts {
                credential: face,
                origin: catalog.credential(face).origin,
                attributes: &catalog.credential(face).attributes,
                own: Some(&holding.attributes),
                source: Some(holding.source),
            };
            let levels = catalog.skills().iter().filter_map(|skill| {
                let level = facts.level_of(skill.id.as_str())?;
                Some((skill.id.as_str(), Evidence { holding: at, face, level, until }))
            });
            all.extend(levels);
        }
    }
    // Nothing that is valid without end is valid longest.
    let forever = |evidence: &Evidence| (evidence.until.is_none(), evidence.until);
    all.sort_by(|(a, one), (b, other)| {
        let better = (other.level, forever(other)).cmp(&(one.level, forever(one)));
        a.cmp(b).then(better).then((one.holding, one.face).cmp(&(other.holding, other.face)))
    });
    // A holding that may count as several credentials shows a skill as the best of them.
    let mut said = BTreeSet::new();
    all.retain(|(skill, evidence)| said.insert((*skill, evidence.holding)));
    let shown = all.chunk_by(|(a, _), (b, _)| a == b);
    shown
        .filter_map(|shown| {
            let skill = catalog.find_skill(shown[0].0)?;
            Some(Shown { skill, evidence: shown.iter().map(|(_, evidence)| *evidence).collect() })
        })
        .collect()
}

//! The view of one qualification's allocation.

use cairn_core::{
    Catalog,
    catalog::{Bound, Limit, Qualification, RequirementIx, Rule, Tally},
};
use cairn_engine::{Audit, Measured, Placement, ScopeAudit, Status, Thing};
use serde::Serialize;

use crate::words;

/// One qualification's allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeView {
    /// The qualification's id.
    pub qualification: String,
    /// Its title.
    pub title: String,
    /// Whether the completion needs it.
    pub needed: bool,
    /// The requirements, each after the one that asks for it.
    pub requirements: Vec<RequirementView>,
    /// Lower limits over everything counted.
    pub limits: Vec<MeasuredView>,
}

/// One requirement's status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequirementView {
    /// Its name in the rules.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How deep it stands below the root.
    pub depth: usize,
    /// `met`, `open` or `not needed`.
    pub standing: &'static str,
    /// What it asks for, in a sentence.
    pub rule: String,
    /// How far its needs are met.
    pub needs: Vec<MeasuredView>,
    /// What counts toward it.
    pub counted: Vec<CountedView>,
}

/// A need and what there is toward it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasuredView {
    /// What it speaks of, as the end of a phrase; empty where it speaks of everything.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// `count`, `credits`, `sum`, `distinct` or `average`.
    pub measure: &'static str,
    /// The attribute that a `sum` adds up, or by which `distinct` tells apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The title of the scheme of `credits`, if the rules name schemes.
    #[serde(skip)]
    pub scheme: Option<String>,
    /// Needed.
    pub needed: String,
    /// From holdings.
    pub held: String,
    /// Added by the completion.
    pub new: String,
}

/// Something that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedView {
    /// The credential's id.
    pub credential: String,
    /// Its title.
    pub title: String,
    /// The credential that it counts as, if another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_as: Option<String>,
    /// How much of its credits counts here, where that is less than all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<String>,
    /// Whether it is held; otherwise the completion adds it.
    pub held: bool,
}

pub(super) fn scope_view(catalog: &Catalog, audit: &Audit, scope: &ScopeAudit) -> ScopeView {
    let qualification = catalog.qualification(scope.qualification);
    let is_asked = scope.qualification == audit.question.qualification;
    let requirements = qualification
        .outline_with(audit.question.outcome.filter(|_| is_asked))
        .into_iter()
        .map(|(ix, depth)| {
            let status = &scope.requirements[ix.index()];
            let counted = scope.counted.iter().filter(|placed| placed.requirement == ix);
            RequirementView {
                id: qualification.requirement(ix).id.to_string(),
                title: words::requirement_title(catalog, scope.qualification, ix),
                depth,
                standing: words::standing(status.standing),
                rule: words::rule(catalog, scope.qualification, ix),
                needs: needs(catalog, qualification, ix, status),
                counted: counted.map(|placed| counted_view(catalog, audit, placed)).collect(),
            }
        })
        .collect();
    let lower = qualification.limits.iter().filter(|limit| limit.bound == Bound::AtLeast);
    ScopeView {
        qualification: qualification.id.to_string(),
        title: qualification.title.clone(),
        needed: scope.needed,
        requirements,
        limits: lower
            .zip(&scope.limits)
            .map(|(limit, have)| measured(catalog, qualification, limit, have))
            .collect(),
    }
}

fn needs(
    catalog: &Catalog,
    qualification: &Qualification,
    ix: RequirementIx,
    status: &Status,
) -> Vec<MeasuredView> {
    match &qualification.requirement(ix).rule {
        Rule::Take(take) => take
            .floors
            .iter()
            .zip(&status.floors)
            .map(|(limit, have)| measured(catalog, qualification, limit, have))
            .collect(),
        _ => Vec::new(),
    }
}

fn measured(
    catalog: &Catalog,
    qualification: &Qualification,
    limit: &Limit,
    measured: &Measured,
) -> MeasuredView {
    let common = catalog.schemes().common();
    let (measure, of) = words::tally_word(&measured.tally);
    MeasuredView {
        from: words::from(limit, qualification),
        measure,
        of: of.map(ToOwned::to_owned),
        scheme: common.filter(|_| measured.tally == Tally::Credits).map(|scheme| scheme.title.clone()),
        needed: measured.needed.to_string(),
        held: measured.held.to_string(),
        new: measured.new.to_string(),
    }
}

fn counted_view(catalog: &Catalog, audit: &Audit, placed: &Placement) -> CountedView {
    let face = catalog.credential(placed.face);
    let (own, held) = match placed.thing {
        Thing::Held(at) => (audit.holdings[at].credential.to_string(), true),
        Thing::New(ix) => (catalog.credential(ix).id.to_string(), false),
    };
    let title = catalog.find_credential(&own).map(|ix| catalog.credential(ix).title.clone());
    CountedView {
        title: title.unwrap_or_else(|| own.clone()),
        counted_as: (face.id.as_str() != own).then(|| face.id.to_string()),
        credential: own,
        credits: placed.part.map(|part| part.credits.to_string()),
        held,
    }
}

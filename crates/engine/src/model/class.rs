//! Units that no rule can tell apart are counted, not chosen among.
//!
//! Thirty optional units of eight credits are one variable with thirty values instead of thirty
//! variables; this is worth more than any cleverness in the search.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Catalog,
    catalog::{CredentialIx, Limit, Prerequisite, Qualification, Rule, Take},
};

use crate::{Question, eligibility::Unit, model::price, scope::Scopes};

/// Units that are interchangeable in every scope.
#[derive(Debug)]
pub(crate) struct Class {
    /// In canonical order; the first stands for all.
    pub(crate) units: Vec<usize>,
}

impl Class {
    pub(crate) fn size(&self) -> i64 {
        i64::try_from(self.units.len()).expect("fewer units than 2⁶³")
    }

    pub(crate) fn is_merged(&self) -> bool {
        self.units.len() > 1
    }
}

/// What the rules see of a unit that counts as one credential.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    credits: i64,
    /// For each scope and requirement: whether it accepts, and which limits speak of it.
    marks: Vec<bool>,
}

/// Sorts the units into classes, and leaves out new ones that nobody would earn; those of `wanted`
/// credentials are classes of their own.
pub(crate) fn classes(
    catalog: &Catalog,
    question: &Question,
    scopes: &Scopes,
    units: &[Unit<'_>],
    wanted: &[CredentialIx],
) -> Vec<Class> {
    let mut apart = kept_apart(catalog, scopes, units);
    wanted.iter().for_each(|credential| apart[credential.index()] = true);
    let mut merged: BTreeMap<(bool, Look, Vec<Amount>), Vec<usize>> = BTreeMap::new();
    let mut classes: Vec<Class> = Vec::new();
    let mut held: BTreeMap<CredentialIx, Vec<Look>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let look = |face| look(catalog, question, scopes, unit, face);
        let own = look(unit.own);
        if !unit.is_new() {
            if unit.is_current && unit.faces.len() == 1 {
                held.entry(unit.own).or_default().push(own.clone());
            }
        } else if held.get(&unit.own).is_some_and(|looks| unit.faces.len() == 1 && looks.contains(&own)) {
            // What is held counts wherever this would.
            continue;
        }
        if apart[unit.own.index()] {
            classes.push(Class { units: vec![at] });
        } else {
            let prices = question.measures().map(|measure| price(catalog, unit.own, measure)).collect();
            merged.entry((unit.is_new(), own, prices)).or_default().push(at);
        }
    }
    classes.extend(merged.into_values().map(|units| Class { units }));
    classes.sort_by_key(|class| class.units[0]);
    classes
}

/// Credentials whose units must not be merged: those that other rules than those of the scopes
/// speak of, or of which there are several units.
fn kept_apart(catalog: &Catalog, scopes: &Scopes, units: &[Unit<'_>]) -> Vec<bool> {
    let mut apart = vec![are_coupled(catalog, scopes); catalog.credentials().len()];
    let mut mark = |ix: CredentialIx| apart[ix.index()] = true;
    for exclusion in catalog.exclusions() {
        exclusion.between.iter().for_each(|&ix| mark(ix));
    }
    for ix in catalog.credential_indexes() {
        let credential = catalog.credential(ix);
        if !credential.counts_as.is_empty() {
            mark(ix);
            credential.counts_as.iter().for_each(|&other| mark(other));
        }
        for prerequisite in credential.requires.iter().flatten() {
            mark(ix);
            if let Prerequisite::Credential(other) = *prerequisite {
                mark(other);
                catalog.graph().counts_as(other).iter().for_each(|&source| mark(source));
            }
        }
    }
    let mut seen = vec![false; catalog.credentials().len()];
    for unit in units {
        if std::mem::replace(&mut seen[unit.own.index()], true) {
            mark(unit.own);
        }
    }
    apart
}

fn are_coupled(catalog: &Catalog, scopes: &Scopes) -> bool {
    scopes.keys.iter().any(|key| !catalog.qualification(key.qualification).sharing.is_empty())
}

fn look(
    catalog: &Catalog,
    question: &Question,
    scopes: &Scopes,
    unit: &Unit<'_>,
    face: CredentialIx,
) -> Look {
    let mut marks = Vec::new();
    for key in &scopes.keys {
        let qualification = catalog.qualification(key.qualification);
        for requirement in &qualification.requirements {
            if let Rule::Take(take) = &requirement.rule {
                mark(catalog, question, unit, face, take, qualification, &mut marks);
            }
        }
        marks_of(catalog, unit, face, &qualification.limits, qualification, &mut marks);
    }
    Look { credits: unit.value(catalog, face, cairn_core::Measure::Credits), marks }
}

fn mark(
    catalog: &Catalog,
    question: &Question,
    unit: &Unit<'_>,
    face: CredentialIx,
    take: &Take,
    qualification: &Qualification,
    marks: &mut Vec<bool>,
) {
    let accepted = unit.accepted(catalog, face, take, qualification, question.as_of);
    marks.push(accepted);
    if accepted {
        marks_of(catalog, unit, face, &take.floors, qualification, marks);
        marks_of(catalog, unit, face, &take.caps, qualification, marks);
    } else {
        marks.extend(std::iter::repeat_n(false, take.floors.len() + take.caps.len()));
    }
}

fn marks_of(
    catalog: &Catalog,
    unit: &Unit<'_>,
    face: CredentialIx,
    limits: &[Limit],
    qualification: &Qualification,
    marks: &mut Vec<bool>,
) {
    marks.extend(limits.iter().map(|limit| unit.passes(catalog, face, &limit.filter, qualification)));
}

//! The view of a learner's record.

use std::collections::BTreeMap;

use cairn_core::{Attestation, Catalog, Date, Holding, Learner, State};
use serde::Serialize;

use crate::{
    report::FORMAT_VERSION,
    words::{HoldingStanding, holding_on},
};

/// A learner's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearnerReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub id: String,
    /// The name, if one is kept.
    pub name: Option<String>,
    /// Holdings, by day and id.
    pub holdings: Vec<HoldingView>,
    /// Attestations, by key.
    pub attestations: Vec<AttestationView>,
}

/// A holding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldingView {
    /// Its number on the record.
    pub number: usize,
    /// The credential's id.
    pub credential: String,
    /// Its title, if the rules know it.
    pub title: Option<String>,
    /// The day of the award.
    pub awarded: Option<String>,
    /// The last day that is printed on it.
    pub expires: Option<String>,
    /// The grade.
    pub grade: Option<String>,
    /// Credits, where they differ from the catalog's.
    pub credits: Option<String>,
    /// The scheme in which they are recorded, if that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The same for people: `15 CATS credits`.
    #[serde(skip)]
    pub credits_shown: Option<String>,
    /// The issuer, where it differs from the catalog's.
    pub issuer: Option<String>,
    /// How it came to be on the record.
    pub source: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// How it stands on the day that was asked about, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
    /// Where the evidence is.
    pub evidence: Option<String>,
    /// Facts of this award that beat the credential's attributes.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Of an award: the credentials that earned it, and how often each counted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub components: BTreeMap<String, u32>,
}

/// An attestation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttestationView {
    /// What is confirmed.
    pub key: String,
    /// How much of it.
    pub amount: String,
    /// From which day.
    pub on: Option<String>,
    /// Where the evidence is.
    pub evidence: Option<String>,
}

impl LearnerReport {
    /// The view of a record; titles are the catalog's, where there is one.
    #[must_use]
    pub fn new(catalog: Option<&Catalog>, learner: &Learner) -> LearnerReport {
        let mut holdings: Vec<(usize, &Holding)> = (1..).zip(&learner.holdings).collect();
        holdings.sort_by_key(|(number, holding)| (holding.awarded, holding.credential.clone(), *number));
        let mut attestations: Vec<&Attestation> = learner.attestations.iter().collect();
        attestations.sort_by_key(|attestation| (attestation.key.clone(), attestation.on));
        LearnerReport {
            format_version: FORMAT_VERSION,
            id: learner.id.to_string(),
            name: learner.name.clone(),
            holdings: holdings
                .into_iter()
                .map(|(number, holding)| holding_view(catalog, number, holding))
                .collect(),
            attestations: attestations.into_iter().map(attestation_view).collect(),
        }
    }

    /// The same, with how each holding stands on a day.
    #[must_use]
    pub fn on(mut self, catalog: Option<&Catalog>, learner: &Learner, day: Date) -> LearnerReport {
        for view in &mut self.holdings {
            let holding = &learner.holdings[view.number - 1];
            view.standing = Some(holding_on(day, standing(catalog, learner, holding, day)));
        }
        self
    }
}

/// Whether a holding is valid on a day, with what the catalog says about its credential.
fn standing(catalog: Option<&Catalog>, learner: &Learner, holding: &Holding, day: Date) -> HoldingStanding {
    if holding.state != State::Earned {
        return HoldingStanding::Out;
    }
    if holding.awarded.is_some_and(|awarded| awarded > day) {
        return HoldingStanding::NotYet;
    }
    let last = match catalog {
        Some(catalog) => cairn_engine::eligibility::last_day_valid(catalog, learner, holding, day),
        None => holding.expires,
    };
    match last {
        Some(last) if last < day => HoldingStanding::Expired(last),
        last => HoldingStanding::Valid(last),
    }
}

fn holding_view(catalog: Option<&Catalog>, number: usize, holding: &Holding) -> HoldingView {
    let id = holding.credential.as_str();
    let title = catalog.and_then(|catalog| {
        let credential = catalog.find_credential(id).map(|ix| catalog.credential(ix).title.clone());
        credential
            .or_else(|| Some(catalog.qualification(*catalog.find_qualifications(id).first()?).title.clone()))
    });
    HoldingView {
        number,
        credential: id.to_owned(),
        title,
        awarded: holding.awarded.map(|day| day.to_string()),
        expires: holding.expires.map(|day| day.to_string()),
        grade: holding.grade.map(|grade| grade.to_string()),
        credits: holding.credits.map(|credits| credits.to_string()),
        scheme: holding.scheme.as_ref().map(ToString::to_string),
        credits_shown: crate::words::recorded(catalog, holding),
        issuer: holding.issuer.clone(),
        source: holding.source.word(),
        state: holding.state.word(),
        standing: None,
        evidence: holding.evidence.clone(),
        attributes: holding
            .attributes
            .iter()
            .map(|(name, values)| (name.clone(), values.iter().map(ToString::to_string).collect()))
            .collect(),
        components: holding.components.iter().map(|(id, times)| (id.to_string(), *times)).collect(),
    }
}

fn attestation_view(attestation: &Attestation) -> AttestationView {
    AttestationView {
        key: attestation.key.to_string(),
        amount: attestation.amount.to_string(),
        on: attestation.on.map(|day| day.to_string()),
        evidence: attestation.evidence.clone(),
    }
}

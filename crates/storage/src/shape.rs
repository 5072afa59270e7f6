//! The JSON shapes of a record: what import reads, export writes and the log keeps.
//!
//! Numbers pass through as their literal text, never as floats. The fields are written in one
//! order and attributes by name, so that equal facts have equal bytes.

use std::{collections::BTreeMap, fmt};

use cairn_core::{Amount, Attestation, CredentialId, Holding, Learner, Source, State};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::value::{self, Complaint, take};

mod attributes;
pub(crate) use attributes::AttributesShape;

/// A learner.
#[derive(Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a learner")]
pub(crate) struct LearnerShape {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    holdings: Vec<HeldShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attestations: Vec<AttestationShape>,
}

/// A holding: its facts, or only its credential.
enum HeldShape {
    Bare(String),
    Full(Box<HoldingShape>),
}

/// The facts of a holding.
#[derive(Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "a holding")]
pub(crate) struct HoldingShape {
    credential: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    awarded: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credits: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scheme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    #[serde(default, skip_serializing_if = "AttributesShape::is_empty")]
    attributes: AttributesShape,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    components: Vec<String>,
}

/// The facts of an attestation.
#[derive(Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "an attestation")]
pub(crate) struct AttestationShape {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
}

/// The canonical text of a shape.
pub(crate) fn text<T: Serialize>(shape: &T) -> String {
    serde_json::to_string(shape).expect("shapes hold only texts and numbers, which always have JSON")
}

impl LearnerShape {
    /// With every fact spelled out, for hashing.
    pub(crate) fn full(learner: &Learner) -> LearnerShape {
        let full = |holding| HeldShape::Full(Box::new(HoldingShape::of(holding)));
        LearnerShape {
            id: learner.id.to_string(),
            name: learner.name.clone(),
            holdings: learner.holdings.iter().map(full).collect(),
            attestations: learner.attestations.iter().map(AttestationShape::of).collect(),
        }
    }

    /// For people: a holding without facts is only its credential.
    pub(crate) fn brief(learner: &Learner) -> LearnerShape {
        let mut shape = LearnerShape::full(learner);
        for (held, holding) in shape.holdings.iter_mut().zip(&learner.holdings) {
            if *holding == Holding::of(holding.credential.clone()) {
                *held = HeldShape::Bare(holding.credential.to_string());
            }
        }
        shape
    }

    pub(crate) fn read(self, complaints: &mut Vec<Complaint>) -> Option<Learner> {
        let id = take(value::id("id", &self.id), complaints);
        let name = optional("name", self.name, value::text, complaints);
        let holdings: Vec<_> = self.holdings.into_iter().map(|held| held.read(complaints)).collect();
        let attestations: Vec<_> =
            self.attestations.into_iter().map(|shape| shape.read(complaints)).collect();
        Some(Learner {
            id: id?,
            name: name?,
            holdings: holdings.into_iter().collect::<Option<_>>()?,
            attestations: attestations.into_iter().collect::<Option<_>>()?,
        })
    }
}

impl HeldShape {
    fn read(self, complaints: &mut Vec<Complaint>) -> Option<Holding> {
        match self {
            HeldShape::Bare(credential) => {
                take(value::id("credential", &credential), complaints).map(Holding::of)
            }
            HeldShape::Full(shape) => shape.read(complaints),
        }
    }
}

impl HoldingShape {
    pub(crate) fn of(holding: &Holding) -> HoldingShape {
        HoldingShape {
            credential: holding.credential.to_string(),
            awarded: holding.awarded.map(|day| day.to_string()),
            expires: holding.expires.map(|day| day.to_string()),
            grade: holding.grade.map(number),
            credits: holding.credits.map(number),
            scheme: holding.scheme.as_ref().map(ToString::to_string),
            issuer: holding.issuer.clone(),
            source: (holding.source != Source::Earned).then(|| holding.source.to_string()),
            state: (holding.state != State::Earned).then(|| holding.state.to_string()),
            evidence: holding.evidence.clone(),
            attributes: AttributesShape::of(&holding.attributes),
            components: component_names(&holding.components).into_iter().map(str::to_owned).collect(),
        }
    }

    /// The holding, or `None` with at least one complaint.
    pub(crate) fn read(self, complaints: &mut Vec<Complaint>) -> Option<Holding> {
        let credential = take(value::id("credential", &self.credential), complaints);
        let awarded = optional("awarded", self.awarded, value::date, complaints);
        let expires = optional("expires", self.expires, value::date, complaints);
        let grade = optional("grade", self.grade, exact, complaints);
        let credits = optional("credits", self.credits, exact, complaints);
        let scheme = optional("scheme", self.scheme, value::id, complaints);
        let issuer = optional("issuer", self.issuer, value::text, complaints);
        let source = optional("source", self.source, |_, word| value::source(word), complaints);
        let state = optional("state", self.state, |_, word| value::state(word), complaints);
        let evidence = optional("evidence", self.evidence, value::text, complaints);
        let attributes = self.attributes.read(complaints);
        let components = self.components.iter().map(|id| take(value::id("components", id), complaints));
        let components: Vec<_> = components.collect();
        Some(Holding {
            credential: credential?,
            awarded: awarded?,
            expires: expires?,
            grade: grade?,
            credits: credits?,
            scheme: scheme?,
            issuer: issuer?,
            source: source?.unwrap_or(Source::Earned),
            state: state?.unwrap_or(State::Earned),
            evidence: evidence?,
            attributes: attributes?,
            components: counted(components.into_iter().collect::<Option<_>>()?),
        })
    }
}

impl AttestationShape {
    pub(crate) fn of(attestation: &Attestation) -> AttestationShape {
        AttestationShape {
            key: attestation.key.to_string(),
            amount: (attestation.amount != Amount::ONE).then(|| number(attestation.amount)),
            on: attestation.on.map(|day| day.to_string()),
            evidence: attestation.evidence.clone(),
        }
    }

    /// The attestation, or `None` with at least one complaint.
    pub(crate) fn read(self, complaints: &mut Vec<Complaint>) -> Option<Attestation> {
        let key = take(value::id("key", &self.key), complaints);
        let amount = optional("amount", self.amount, exact, complaints);
        let on = optional("on", self.on, value::date, complaints);
        let evidence = optional("evidence", self.evidence, value::text, complaints);
        Some(Attestation { key: key?, amount: amount?.unwrap_or(Amount::ONE), on: on?, evidence: evidence? })
    }
}

/// What earned an award, in the order of the ids, one as often as it counted.
pub(crate) fn component_names(components: &BTreeMap<CredentialId, u32>) -> Vec<&str> {
    let names = components.iter();
    names.flat_map(|(id, &times)| std::iter::repeat_n(id.as_str(), times as usize)).collect()
}

/// The components from their JSON; nothing if it is none.
pub(crate) fn components(json: &str) -> Option<BTreeMap<CredentialId, u32>> {
    let names: Vec<String> = serde_json::from_str(json).ok()?;
    Some(counted(names.iter().map(|name| name.parse().ok()).collect::<Option<Vec<_>>>()?))
}

/// How often each is named.
pub(crate) fn counted(names: Vec<CredentialId>) -> BTreeMap<CredentialId, u32> {
    let mut components = BTreeMap::new();
    names.into_iter().for_each(|name| *components.entry(name).or_default() += 1);
    components
}

/// `Some(None)` if there is no value, `None` if there is a wrong one.
fn optional<V: AsRef<W>, W: ?Sized, T>(
    field: &str,
    value: Option<V>,
    read: impl Fn(&str, &W) -> Result<T, Complaint>,
    complaints: &mut Vec<Complaint>,
) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => take(read(field, value.as_ref()), complaints).map(Some),
    }
}

/// A number, or a text that holds one.
fn exact(field: &str, json: &RawValue) -> Result<Amount, Complaint> {
    match serde_json::from_str::<String>(json.get()) {
        Ok(text) => value::amount(field, &text),
        Err(_) => value::amount(field, json.get()),
    }
}

fn number(amount: Amount) -> Box<RawValue> {
    RawValue::from_string(amount.to_string()).expect("an amount prints as a plain decimal")
}

impl Serialize for HeldShape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            HeldShape::Bare(credential) => credential.serialize(serializer),
            HeldShape::Full(shape) => shape.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for HeldShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<HeldShape, D::Error> {
        struct Held;

        impl<'de> Visitor<'de> for Held {
            type Value = HeldShape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a credential or an object with a `credential`")
            }

            fn visit_str<E>(self, credential: &str) -> Result<HeldShape, E> {
                Ok(HeldShape::Bare(credential.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<HeldShape, A::Error> {
                let shape = HoldingShape::deserialize(MapAccessDeserializer::new(map))?;
                Ok(HeldShape::Full(Box::new(shape)))
            }
        }

        deserializer.deserialize_any(Held)
    }
}

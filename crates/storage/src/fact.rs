//! What can happen to a record, as facts.

use cairn_core::{Attestation, Date, Holding, LearnerId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::exception::{AskedShape, DecidedShape};
use crate::shape::{self, AttestationShape, HoldingShape};
use crate::{
    AskedException, DecidedException, EditionHash, Entry, EventId, EventKind, KeptAudit, hex, key, unhex,
    value,
};

/// One fact. The log keeps it as its kind and a canonical JSON payload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// The record was begun.
    Registered {
        /// The institution's id of the learner.
        id: LearnerId,
        /// The name to show.
        name: Option<String>,
    },
    /// The name changed.
    Renamed {
        /// The new one.
        name: String,
    },
    /// A holding was added.
    Awarded(Box<Holding>),
    /// An attestation was added.
    Attested(Attestation),
    /// A holding was taken back by its issuer.
    Revoked {
        /// Its number on the record, from 1.
        holding: u32,
        /// The first day on which it does not count; without one it never should have.
        from: Option<Date>,
    },
    /// A qualification was entered, under an edition of the rules.
    Entered(Entry),
    /// An audit was kept.
    Audited(Box<KeptAudit>),
    /// An exception was asked for.
    ExceptionAsked(Box<AskedException>),
    /// An exception was decided about.
    ExceptionDecided(DecidedException),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisteredShape {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RenamedShape {
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RevokedShape {
    holding: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnteredShape {
    qualification: String,
    on: String,
    edition: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuditedShape {
    qualification: String,
    on: String,
    edition: String,
    record: String,
    release: String,
    answer: String,
}

impl Fact {
    /// The edition of the rules that it names.
    pub(crate) fn edition(&self) -> Option<EditionHash> {
        match self {
            Fact::Entered(entry) => Some(entry.edition),
            Fact::Audited(audit) => Some(audit.edition),
            Fact::ExceptionAsked(asked) => Some(asked.edition),
            Fact::ExceptionDecided(decided) => Some(decided.edition),
            _ => None,
        }
    }

    pub(crate) fn kind(&self) -> EventKind {
        match self {
            Fact::Registered { .. } => EventKind::Registered,
            Fact::Renamed { .. } => EventKind::Renamed,
            Fact::Awarded(_) => EventKind::Awarded,
            Fact::Attested(_) => EventKind::Attested,
            Fact::Revoked { .. } => EventKind::Revoked,
            Fact::Entered(_) => EventKind::Entered,
            Fact::Audited(_) => EventKind::Audited,
            Fact::ExceptionAsked(_) => EventKind::ExceptionAsked,
            Fact::ExceptionDecided(_) => EventKind::ExceptionDecided,
        }
    }

    pub(crate) fn payload(&self) -> String {
        match self {
            Fact::Registered { id, name } => {
                shape::text(&RegisteredShape { id: id.to_string(), name: name.clone() })
            }
            Fact::Renamed { name } => shape::text(&RenamedShape { name: name.clone() }),
            Fact::Awarded(holding) => shape::text(&HoldingShape::of(holding)),
            Fact::Attested(attestation) => shape::text(&AttestationShape::of(attestation)),
            Fact::Revoked { holding, from } => {
                shape::text(&RevokedShape { holding: *holding, from: from.map(|day| day.to_string()) })
            }
            Fact::Entered(entry) => shape::text(&EnteredShape {
                qualification: entry.qualification.clone(),
                on: entry.on.to_string(),
                edition: entry.edition.to_string(),
            }),
            Fact::Audited(audit) => shape::text(&AuditedShape {
                qualification: audit.qualification.clone(),
                on: audit.on.to_string(),
                edition: audit.edition.to_string(),
                record: hex(&audit.record),
                release: audit.release.clone(),
                answer: audit.answer.clone(),
            }),
            Fact::ExceptionAsked(asked) => shape::text(&AskedShape::of(asked)),
            Fact::ExceptionDecided(decided) => shape::text(&DecidedShape::of(decided)),
        }
    }

    /// The fact that an event carries, or `None` if it carries none that can be understood.
    pub(crate) fn read(kind: EventKind, payload: &str) -> Option<Fact> {
        let mut complaints = Vec::new();
        match kind {
            EventKind::Registered => {
                let shape: RegisteredShape = parse(payload)?;
                Some(Fact::Registered { id: shape.id.parse().ok()?, name: shape.name })
            }
            EventKind::Renamed => {
                parse(payload).map(|shape: RenamedShape| Fact::Renamed { name: shape.name })
            }
            EventKind::Awarded => {
                let holding = parse::<HoldingShape>(payload)?.read(&mut complaints)?;
                Some(Fact::Awarded(Box::new(holding)))
            }
            EventKind::Attested => {
                parse::<AttestationShape>(payload)?.read(&mut complaints).map(Fact::Attested)
            }
            EventKind::Revoked => {
                let RevokedShape { holding, from } = parse(payload)?;
                let from = from.map(|day| value::date("from", &day)).transpose().ok()?;
                Some(Fact::Revoked { holding, from })
            }
            EventKind::Entered => {
                let EnteredShape { qualification, on, edition } = parse(payload)?;
                let edition = EditionHash(unhex(&edition)?);
                Some(Fact::Entered(Entry { qualification, on: value::date("on", &on).ok()?, edition }))
            }
            EventKind::Audited => {
                let shape: AuditedShape = parse(payload)?;
                Some(Fact::Audited(Box::new(KeptAudit {
                    qualification: shape.qualification,
                    on: value::date("on", &shape.on).ok()?,
                    edition: EditionHash(unhex(&shape.edition)?),
                    record: unhex(&shape.record)?,
                    release: shape.release,
                    answer: shape.answer,
                })))
            }
            EventKind::ExceptionAsked => {
                Some(Fact::ExceptionAsked(Box::new(parse::<AskedShape>(payload)?.read()?)))
            }
            EventKind::ExceptionDecided => parse::<DecidedShape>(payload)?.read().map(Fact::ExceptionDecided),
        }
    }

    /// The event's id: equal facts are one event. Only a name and a decision may come back after
    /// another one, so their place in the log takes part.
    pub(crate) fn event_id(&self, payload: &str, seq: u64) -> EventId {
        let place = if matches!(self, Fact::Renamed { .. } | Fact::ExceptionDecided(_)) { seq } else { 0 };
        key::event_id(self.kind(), payload, place)
    }
}

fn parse<T: DeserializeOwned>(payload: &str) -> Option<T> {
    serde_json::from_str(payload).ok()
}

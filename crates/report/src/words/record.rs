//! What was recorded, in sentences.

use cairn_core::{Attestation, Catalog, Date, Holding, Source, State};

use crate::words::{named, recorded};

/// The record was begun.
#[must_use]
pub fn registered(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("the record was begun, with the name “{name}”"),
        None => "the record was begun".to_owned(),
    }
}

/// The name changed.
#[must_use]
pub fn renamed(name: &str) -> String {
    format!("the name was changed to “{name}”")
}

/// A holding was added.
#[must_use]
pub fn awarded(catalog: Option<&Catalog>, number: usize, holding: &Holding) -> String {
    let id = holding.credential.as_str();
    let title = catalog.and_then(|catalog| title(catalog, id)).unwrap_or_else(|| id.to_owned());
    let facts = [
        holding.awarded.map(|day| format!("of {day}")),
        holding.expires.map(|day| format!("to {day}")),
        holding.grade.map(|grade| format!("grade {grade}")),
        recorded(catalog, holding),
        holding.issuer.as_ref().map(|issuer| format!("issuer {issuer}")),
        (holding.source != Source::Earned).then(|| holding.source.word().to_owned()),
        (holding.state != State::Earned).then(|| holding.state.word().to_owned()),
        Some(holding.evidence.as_ref().map_or_else(no_evidence, |evidence| format!("evidence {evidence}"))),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    format!("holding {number} was added: {}: {}", named(&title, id), facts.join(", "))
}

/// An attestation was added.
#[must_use]
pub fn attested(attestation: &Attestation) -> String {
    let day = attestation.on.map(|day| format!(" from {day} on")).unwrap_or_default();
    let evidence = attestation.evidence.as_ref();
    let evidence = evidence.map_or_else(no_evidence, |evidence| format!("evidence {evidence}"));
    format!("an attestation was added: {} {}{day}, {evidence}", attestation.key, attestation.amount)
}

/// A holding was taken back.
#[must_use]
pub fn revoked(number: u32, from: Option<Date>) -> String {
    match from {
        Some(day) => format!("holding {number} was revoked: it does not count from {day} on"),
        None => format!("holding {number} was revoked: it should never have counted"),
    }
}

/// A qualification was entered.
#[must_use]
pub fn entered(qualification: &str, on: Date, edition: &str) -> String {
    format!("{qualification} was entered on {on}, under edition {}", short(edition))
}

/// An audit was kept; its answer is that of an `AuditReport`.
#[must_use]
pub fn audited(qualification: &str, on: Date, edition: &str, answer: &str) -> String {
    let answer: Option<serde_json::Value> = serde_json::from_str(answer).ok();
    let summary = answer.and_then(|answer| Some(answer.get("summary")?.as_str()?.to_owned()));
    let summary = summary.map(|summary| format!(": {summary}")).unwrap_or_default();
    format!("{qualification} was audited as of {on} by edition {}{summary}", short(edition))
}

/// As much of a hash as a person compares.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// When, by whom and why something was recorded.
#[must_use]
pub fn recorded_by(recorded_at: &str, actor: &str, reason: &str) -> String {
    format!("{recorded_at} by {actor}: {reason}")
}

/// The line above an answer from a record as it was known on a day.
#[must_use]
pub fn as_known_on(day: &str) -> String {
    format!("From the record as it was known on {day}; what was recorded later takes no part.")
}

/// How a holding stands on a day.
#[must_use]
pub fn holding_on(day: Date, standing: HoldingStanding) -> String {
    match standing {
        HoldingStanding::Valid(None) => format!("valid on {day}"),
        HoldingStanding::Valid(Some(last)) => format!("valid on {day}, to {last}"),
        HoldingStanding::NotYet => format!("not awarded yet on {day}"),
        HoldingStanding::Expired(last) => format!("expired on {day}: its last day was {last}"),
        HoldingStanding::Out => format!("does not count on {day}"),
    }
}

/// How a holding can stand on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldingStanding {
    /// It is valid, to this last day.
    Valid(Option<Date>),
    /// It is awarded later.
    NotYet,
    /// This was its last day.
    Expired(Date),
    /// It is revoked, in progress or planned.
    Out,
}

fn no_evidence() -> String {
    "no evidence named".to_owned()
}

fn title(catalog: &Catalog, id: &str) -> Option<String> {
    let credential = catalog.find_credential(id).map(|ix| catalog.credential(ix).title.clone());
    credential
        .or_else(|| Some(catalog.qualification(*catalog.find_qualifications(id).first()?).title.clone()))
}

//! `cairn history`: what was recorded about a learner, when, by whom and why.

use cairn_core::Catalog;
use cairn_report::{
    report::{EventView, HistoryReport},
    text, words,
};
use cairn_storage::{Event, EventKind, Fact};
use serde_json::value::RawValue;

use crate::{arguments::Places, failure::Failure, output, record, rules::Rules};

pub(super) fn run(places: &Places, id: &str, json: bool) -> Result<(), Failure> {
    let store = record::open(&places.db)?;
    let learner = record::learner_id(id)?;
    let name = store.learner(&learner)?.ok_or_else(|| record::no_learner(id))?.learner.name;
    // A history can be told without rules; with them, credentials have their titles.
    let catalog = Rules::of(places).ok().and_then(|rules| rules.loading.catalog);
    let events = store.events(&learner)?;
    let views = events.iter().map(|event| view(catalog.as_ref(), event, &events)).collect();
    let report = HistoryReport::new(id, name, views);
    if json {
        return output::json(&report);
    }
    output::answer(&text::history(&report))?;
    places.follow(&[format!("cairn learner show {id}"), "cairn db verify".to_owned()]);
    Ok(())
}

fn view(catalog: Option<&Catalog>, event: &Event, log: &[Event]) -> EventView {
    EventView {
        number: event.seq,
        recorded_at: record::instant(event.recorded_at),
        actor: event.actor.clone(),
        reason: event.reason.clone(),
        kind: event.kind.word(),
        what: what(catalog, event, log),
        fact: RawValue::from_string(event.payload.clone()).unwrap_or_default(),
        hash: event.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn what(catalog: Option<&Catalog>, event: &Event, log: &[Event]) -> String {
    match event.fact() {
        Some(Fact::Registered { name, .. }) => words::registered(name.as_deref()),
        Some(Fact::Renamed { name }) => words::renamed(&name),
        Some(Fact::Awarded(holding)) => words::awarded(catalog, number_of(event, log), &holding),
        Some(Fact::Attested(attestation)) => words::attested(&attestation),
        Some(Fact::Revoked { holding, from }) => words::revoked(holding, from),
        Some(Fact::Entered(entry)) => {
            words::entered(&entry.qualification, entry.on, &entry.edition.to_string())
        }
        Some(Fact::Audited(audit)) => {
            words::audited(&audit.qualification, audit.on, &audit.edition.to_string(), &audit.answer)
        }
        Some(Fact::ExceptionAsked(asked)) => {
            let asks = log.iter().filter(|other| other.kind == EventKind::ExceptionAsked);
            let number = asks.take_while(|other| other.seq <= event.seq).count();
            words::exception_asked(number, &words::exception(catalog, &asked.exception))
        }
        Some(Fact::ExceptionDecided(decided)) => {
            words::exception_decided(decided.number, decided.decision.word())
        }
        // A later release may have written it; what it wrote is shown as it is.
        _ => event.payload.clone(),
    }
}

/// The number on the record of the holding that an event added.
fn number_of(event: &Event, log: &[Event]) -> usize {
    let awards = log.iter().filter(|other| matches!(other.fact(), Some(Fact::Awarded(_))));
    awards.take_while(|other| other.seq <= event.seq).count()
}

//! `cairn publish`, `cairn editions`, `cairn learner enter`, and audits that are kept.

use cairn_core::{Catalog, Date, Learner};
use cairn_report::{AuditReport, words::count};
use cairn_storage::{
    Context, Edition, EditionHash, Entry, Fact, KeptAudit, Store,
    edition::{entries, on_entry, record_hash},
};
use serde::Serialize;

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
    rules::Rules,
};

/// The name under which a command means the edition of the learner's entry.
const ENTRY: &str = "entry";

/// An edition for programs.
#[derive(Serialize)]
struct EditionView {
    hash: String,
    label: String,
    effective_from: String,
    recorded_at: String,
    actor: String,
    reason: String,
}

/// All editions for programs.
#[derive(Serialize)]
struct EditionsView {
    format_version: u32,
    editions: Vec<EditionView>,
}

pub(super) fn publish(
    places: &Places,
    label: &str,
    from: Option<Date>,
    context: &Context,
) -> Result<(), Failure> {
    let rules = Rules::of(places)?;
    rules.all_readable()?;
    // What cannot be used cannot bind anybody either.
    Rules::catalog(places)?;
    let files = rules.files_of_edition(places);
    let effective_from = from.unwrap_or_else(record::today);
    let edition = Edition { label: label.to_owned(), effective_from, files };
    let is_new = record::open_or_create(&places.db)?.publish(&edition, context)?;
    output::say(&format!(
        "{} {} published{}",
        count(edition.files.len() as u64, "file"),
        if edition.files.len() == 1 { "is" } else { "are" },
        if is_new {
            format!(" as `{label}`, for entry from {effective_from} on")
        } else {
            " already".to_owned()
        },
    ));
    output::answer(&format!("{}\n", edition.hash()))?;
    places.follow(&["cairn editions".to_owned()]);
    Ok(())
}

pub(super) fn list(places: &Places, json: bool) -> Result<(), Failure> {
    let editions = record::open(&places.db)?.editions()?;
    let views: Vec<_> = editions
        .into_iter()
        .map(|edition| EditionView {
            hash: edition.hash.to_string(),
            label: edition.label,
            effective_from: edition.effective_from.to_string(),
            recorded_at: record::instant(edition.recorded_at),
            actor: edition.actor,
            reason: edition.reason,
        })
        .collect();
    if json {
        return output::json(&EditionsView { format_version: 1, editions: views });
    }
    let lines = views.iter().map(|view| {
        let by = cairn_report::words::recorded_by(&view.recorded_at, &view.actor, &view.reason);
        let line = format!("{}  {}  from {}  {by}", &view.hash[..12], view.label, view.effective_from);
        format!("{}\n", cairn_report::words::plain(&line))
    });
    output::answer(&lines.collect::<String>())
}

pub(super) fn enter(
    places: &Places,
    id: &str,
    qualification: &str,
    on: Date,
    context: &Context,
) -> Result<(), Failure> {
    let mut store = record::open_to_write(&places.db)?;
    let learner = record::load(store.as_ref(), id)?.id;
    let edition = match &places.edition {
        Some(name) => record::edition(store.as_ref(), name)?,
        None => on_entry(&store.editions()?, on).map(|edition| edition.hash).ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("no edition of the rules is meant for entry on {on}"))
                .help("publish one: `cairn publish LABEL --from DATE`")
        })?,
    };
    let rules = Rules::of(&Places { edition: Some(edition.to_string()), ..places.clone() })?;
    let catalog = rules.loading.catalog.ok_or_else(|| {
        Failure::new(Exit::Rules, "this release cannot use the rules of that edition".to_owned())
    })?;
    let ix = record::qualification(&catalog, qualification)?;
    let qualification = catalog.qualification(ix).id.to_string();
    let entry = Entry { qualification: qualification.clone(), on, edition };
    let recorded = store.note(&learner, Fact::Entered(entry), context)?;
    let already = if recorded.is_nothing() { "already " } else { "" };
    output::say(&format!(
        "`{id}` is {already}bound to edition {edition} of `{qualification}`, entered on {on}"
    ));
    let again = Places { edition: Some(ENTRY.to_owned()), ..places.clone() };
    again.follow(&[format!("cairn audit {id} {qualification}")]);
    Ok(())
}

/// The same places, with the edition of the learner's entry where that is what was asked for.
pub(super) fn of_entry(places: &Places, id: &str, qualifications: &[String]) -> Result<Places, Failure> {
    if places.edition.as_deref() != Some(ENTRY) {
        return Ok(places.clone());
    }
    let store = record::open(&places.db)?;
    let entered = entries(&store.events(&record::learner_id(id)?)?);
    let is_asked = |entry: &&Entry| qualifications.first().is_none_or(|name| entry.qualification == *name);
    let mut bound: Vec<_> = entered.iter().filter(is_asked).map(|entry| entry.edition).collect();
    bound.sort();
    bound.dedup();
    match bound[..] {
        [one] => Ok(Places { edition: Some(one.to_string()), ..places.clone() }),
        [] => Err(Failure::new(Exit::NotFound, format!("`{id}` has entered no such qualification"))
            .help(format!("record it: `cairn learner enter {id} QUALIFICATION --on DATE`"))),
        _ => Err(Failure::new(Exit::NotFound, format!("`{id}` is bound to several editions"))
            .help("name the qualification")),
    }
}

/// Keeps audits in the learner's log.
pub(super) fn keep(
    places: &Places,
    catalog: &Catalog,
    learner: &Learner,
    reports: &[AuditReport],
) -> Result<(), Failure> {
    let mut store = record::open_to_write(&places.db)?;
    for report in reports {
        let ix = record::qualification(catalog, &report.qualification)?;
        let qualification = catalog.qualification(ix).id.to_string();
        let asked = of_entry(places, learner.id.as_str(), std::slice::from_ref(&qualification))?;
        let edition = in_use(&asked, store.as_ref(), "only audits by published rules are kept")?;
        let audit = KeptAudit {
            qualification,
            on: report.as_of.parse().expect("a report has the day of its audit"),
            edition,
            record: record_hash(learner),
            release: env!("CARGO_PKG_VERSION").to_owned(),
            answer: serde_json::to_string(report).expect("reports are plain data"),
        };
        let context = record::context(&record::actor(), "audit");
        store.note(&learner.id, Fact::Audited(Box::new(audit)), &context)?;
    }
    Ok(())
}

/// The published edition that a command's rules are; `why` says what needs one.
pub(crate) fn in_use(places: &Places, store: &dyn Store, why: &str) -> Result<EditionHash, Failure> {
    let hash = hash_of_rules(places, store)?;
    store.edition(hash)?.map(|_| hash).ok_or_else(|| {
        Failure::new(Exit::NotFound, format!("{why}, and these are not published"))
            .help("publish them first: `cairn publish LABEL`")
    })
}

/// The hash of a command's rules, whether or not they are published.
pub(crate) fn hash_of_rules(places: &Places, store: &dyn Store) -> Result<EditionHash, Failure> {
    if let Some(name) = &places.edition {
        return record::edition(store, name);
    }
    let files = Rules::read(&places.rules)?.files_of_edition(places);
    Ok(Edition { label: String::new(), effective_from: Date::MIN, files }.hash())
}

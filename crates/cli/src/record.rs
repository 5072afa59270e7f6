//! Learners' records: opening the database, loading a learner, what can be asked about them.

use std::{path::Path, time::Duration};

use cairn_core::{
    Catalog, Date, Learner, LearnerId,
    catalog::{Editions, QualificationIx, RequirementIx},
};
use cairn_engine::{EditionChoice, Question};
use cairn_storage::{AsOf, Context, EditionHash, OpenMode, Store, StoreError};

use crate::{
    arguments::{Asked, When},
    failure::{Exit, Failure},
};

/// Opens the database for reading.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Store>, Failure> {
    cairn_storage::open(path, OpenMode::ReadOnly).map_err(|error| {
        let missing = matches!(error, StoreError::Missing { .. });
        let failure = Failure::from(error);
        if missing {
            failure
                .help("import learners first: `cairn learner import FILE`, or name the database with `--db`")
        } else {
            failure
        }
    })
}

/// Opens the database for writing.
pub(crate) fn open_to_write(path: &Path) -> Result<Box<dyn Store>, Failure> {
    Ok(cairn_storage::open(path, OpenMode::Existing)?)
}

/// Opens the database for writing, and makes it if it is not there.
///
/// Somebody else may be making it at this moment: then this waits a little until it is there.
pub(crate) fn open_or_create(path: &Path) -> Result<Box<dyn Store>, Failure> {
    const TRIES: u32 = 400;
    for _ in 0..TRIES {
        let opened = match cairn_storage::open(path, OpenMode::Existing) {
            Err(StoreError::Missing { .. }) => cairn_storage::open(path, OpenMode::Create),
            other => other,
        };
        match opened {
            Err(StoreError::Exists { .. } | StoreError::Empty { .. } | StoreError::Unfinished { .. }) => {
                std::thread::sleep(Duration::from_millis(50));
            }
            other => return Ok(other?),
        }
    }
    Ok(cairn_storage::open(path, OpenMode::Existing)?)
}

/// Who records something, why, and at which instant.
pub(crate) fn context(actor: &str, reason: &str) -> Context {
    let recorded_at = jiff::Timestamp::now().as_microsecond();
    Context { recorded_at, actor: actor.to_owned(), reason: reason.to_owned() }
}

/// Who records something, where no option says it.
pub(crate) fn actor() -> String {
    std::env::var("CAIRN_ACTOR").unwrap_or_else(|_| "cairn".to_owned())
}

/// An instant as people read it.
pub(crate) fn instant(microseconds: i64) -> String {
    let instant = jiff::Timestamp::from_microsecond(microseconds);
    instant.map_or_else(|_| format!("{microseconds} µs"), |at| at.to_string())
}

/// The clock's day.
pub(crate) fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The id of a learner who is on record.
pub(crate) fn learner_id(id: &str) -> Result<LearnerId, Failure> {
    id.parse().map_err(|_| no_learner(id))
}

/// A failure about somebody who is not on record.
pub(crate) fn no_learner(id: &str) -> Failure {
    Failure::new(Exit::NotFound, format!("no learner has the id `{id}`"))
        .help("`cairn learner list` shows who is there")
}

/// Loads one learner as the record is now.
pub(crate) fn load(store: &dyn Store, id: &str) -> Result<Learner, Failure> {
    Ok(store.learner(&learner_id(id)?)?.ok_or_else(|| no_learner(id))?.learner)
}

/// Loads one learner as the record was on a day, and as it was known on one.
pub(crate) fn load_as_of(
    store: &dyn Store,
    id: &str,
    on: Option<Date>,
    known_on: Option<Date>,
) -> Result<Learner, Failure> {
    let as_of = AsOf { known_at: known_on.map(end_of), on };
    let stored = store.learner_as_of(&learner_id(id)?, as_of)?;
    let stored = stored.ok_or_else(|| match known_on {
        Some(day) => Failure::new(Exit::NotFound, format!("nothing was on record about `{id}` on {day}"))
            .help(format!("`cairn history {id}` says what was recorded when")),
        None => no_learner(id),
    })?;
    Ok(stored.learner)
}

/// The last microsecond of a day in UTC.
pub(crate) fn end_of(day: Date) -> i64 {
    let next = day.tomorrow().and_then(|next| next.to_zoned_datetime(jiff::tz::TimeZone::UTC));
    next.map_or(i64::MAX, |next| next.timestamp().as_microsecond() - 1)
}

/// The edition that a label, a hash or the beginning of one means.
pub(crate) fn edition(store: &dyn Store, name: &str) -> Result<EditionHash, Failure> {
    let mut editions = store.editions()?;
    editions.retain(|edition| edition.label == name || edition.hash.to_string().starts_with(name));
    match &editions[..] {
        [one] => Ok(one.hash),
        [] => Err(Failure::new(Exit::NotFound, format!("no edition of the rules is called `{name}`"))
            .help("`cairn editions` lists what was published")),
        several => {
            let hashes: Vec<_> = several.iter().map(|edition| format!("`{}`", edition.hash)).collect();
            Err(Failure::new(Exit::NotFound, format!("several editions of the rules are called `{name}`"))
                .help(format!("say which: {}", hashes.join(", "))))
        }
    }
}

/// The qualifications that were named, or all.
pub(crate) fn qualifications(catalog: &Catalog, names: &[String]) -> Result<Vec<QualificationIx>, Failure> {
    if names.is_empty() {
        return Ok(catalog.qualification_indexes().collect());
    }
    names.iter().map(|name| qualification(catalog, name)).collect()
}

/// The one qualification of a name.
pub(crate) fn qualification(catalog: &Catalog, name: &str) -> Result<QualificationIx, Failure> {
    match catalog.find_qualifications(name)[..] {
        [one] => Ok(one),
        [] if catalog.find_credential(name).is_some() => Err(Failure::new(
            Exit::NotFound,
            format!("`{name}` is a credential, and qualifications are asked about"),
        )
        .help(format!("`cairn show {name}` says what it leads to"))),
        [] => Err(not_defined(catalog, "qualification", name)),
        ref several => {
            let editions: Vec<_> =
                several.iter().map(|&ix| format!("`{}`", catalog.qualification(ix).id)).collect();
            Err(Failure::new(Exit::NotFound, format!("`{name}` has several editions"))
                .help(format!("say which: {}", editions.join(", "))))
        }
    }
}

/// A failure about a name that the rules do not have.
pub(crate) fn not_defined(catalog: &Catalog, what: &str, name: &str) -> Failure {
    let failure = Failure::new(Exit::NotFound, format!("no {what} is named `{name}`"));
    match catalog.closest_name(name) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`cairn show` lists what is defined"),
    }
}

/// The day of the audit: that which was asked for, else the clock's.
pub(crate) fn day(when: When) -> Date {
    when.on.unwrap_or_else(today)
}

/// The days that were asked for, as options of a command that follows.
pub(crate) fn days(when: When) -> String {
    let on = when.on.map(|day| format!(" --on {day}")).unwrap_or_default();
    let known_on = when.as_known_on.map(|day| format!(" --as-known-on {day}")).unwrap_or_default();
    let entry = when.entry.map(|day| format!(" --entry {day}")).unwrap_or_default();
    on + &entry + &known_on
}

/// A question, and the editions that were compared for it where none was named.
pub(crate) struct Posed {
    pub(crate) question: Question,
    pub(crate) choice: Option<EditionChoice>,
}

/// The questions that a command line asks.
pub(crate) fn questions(catalog: &Catalog, learner: &Learner, asked: &Asked) -> Result<Vec<Posed>, Failure> {
    let question = |(qualification, outcome)| {
        let usual = Question::new(catalog, qualification, day(asked.when));
        let When { entry, scenario, budget, .. } = asked.when;
        Question { outcome, entry, scenario, cases_max: budget, ..usual }.by(&asked.by)
    };
    if asked.qualifications.is_empty() {
        let all = catalog.qualification_indexes();
        return Ok(all.map(|one| Posed { question: question((one, None)), choice: None }).collect());
    }
    let named = asked.qualifications.iter().map(|name| {
        if let Some(editions) = catalog.editions_of(name) {
            // The measure of the latest edition is that in which they are compared.
            let latest = *editions.all.last().unwrap_or(&editions.all[0]);
            return chosen(catalog, learner, editions, &question((latest, None)));
        }
        Ok(Posed { question: question(outcome(catalog, name)?), choice: None })
    });
    named.collect()
}

/// The question about the best edition that may be chosen.
fn chosen(
    catalog: &Catalog,
    learner: &Learner,
    editions: &Editions,
    like: &Question,
) -> Result<Posed, Failure> {
    let choice = cairn_engine::best_edition(catalog, learner, editions, like);
    if let Some(best) = choice.audit() {
        return Ok(Posed { question: best.question, choice: Some(choice) });
    }
    let why: Vec<_> =
        choice.editions.iter().map(|entry| cairn_report::words::edition(catalog, entry, false)).collect();
    let message = format!("`{}` may choose no edition of `{}`", learner.id, editions.code);
    Err(Failure::new(Exit::NotFound, message).help(why.join("; ")))
}

/// A qualification, and the outcome of it that is asked about: `CHC33021` or `CHC33021#ageing`.
fn outcome(catalog: &Catalog, name: &str) -> Result<(QualificationIx, Option<RequirementIx>), Failure> {
    let Some((name, id)) = name.split_once('#') else { return Ok((qualification(catalog, name)?, None)) };
    let qualification = qualification(catalog, name)?;
    let rules = catalog.qualification(qualification);
    let Some(outcome) = rules.find_outcome(id) else {
        let known: Vec<_> =
            rules.outcomes.iter().map(|&ix| format!("`{name}#{}`", rules.requirement(ix).id)).collect();
        let failure = Failure::new(Exit::NotFound, format!("`{name}` has no outcome `{id}`"));
        return Err(match known.is_empty() {
            true => failure.help(format!("it has none: ask about `{name}`")),
            false => failure.help(format!("it has {}", known.join(", "))),
        });
    };
    Ok((qualification, Some(outcome)))
}

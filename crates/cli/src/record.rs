//! Learners' records: opening the database, loading a learner, what can be asked about them.

use std::{path::Path, time::Duration};

use cairn_core::{
    Catalog, Date, Learner, LearnerId,
    catalog::{Editions, QualificationIx},
};
use cairn_engine::{EditionChoice, Question};
use cairn_storage::{OpenMode, SqliteStore, Store as _, StoreError};

use crate::{
    arguments::{Asked, When},
    failure::{Exit, Failure},
};

/// Opens the database for reading.
pub(crate) fn open(path: &Path) -> Result<SqliteStore, Failure> {
    SqliteStore::open(path, OpenMode::ReadOnly).map_err(|error| {
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

/// Opens the database for writing, and makes it if it is not there.
///
/// Somebody else may be making it at this moment: then this waits a little until it is there.
pub(crate) fn open_or_create(path: &Path) -> Result<SqliteStore, Failure> {
    const TRIES: u32 = 60;
    for _ in 0..TRIES {
        let opened = match SqliteStore::open(path, OpenMode::Existing) {
            Err(StoreError::Missing { .. }) => SqliteStore::open(path, OpenMode::Create),
            other => other,
        };
        match opened {
            Err(StoreError::Exists { .. } | StoreError::Empty { .. } | StoreError::Unfinished { .. }) => {
                std::thread::sleep(Duration::from_millis(50));
            }
            other => return Ok(other?),
        }
    }
    Ok(SqliteStore::open(path, OpenMode::Existing)?)
}

/// Loads one learner.
pub(crate) fn load(store: &SqliteStore, id: &str) -> Result<Learner, Failure> {
    let not_found = || {
        Failure::new(Exit::NotFound, format!("no learner has the id `{id}`"))
            .help("`cairn learner list` shows who is there")
    };
    let id: LearnerId = id.parse().map_err(|_| not_found())?;
    Ok(store.learner(&id)?.ok_or_else(not_found)?.learner)
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
    when.on.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
}

/// A question, and the editions that were compared for it where none was named.
pub(crate) struct Posed {
    pub(crate) question: Question,
    pub(crate) choice: Option<EditionChoice>,
}

/// The questions that a command line asks.
pub(crate) fn questions(catalog: &Catalog, learner: &Learner, asked: &Asked) -> Result<Vec<Posed>, Failure> {
    let question = |qualification| {
        let usual = Question::new(catalog, qualification, day(asked.when));
        let When { entry, scenario, budget, .. } = asked.when;
        Question { entry, scenario, cases_max: budget, ..usual }.by(&asked.by)
    };
    if asked.qualifications.is_empty() {
        let all = catalog.qualification_indexes();
        return Ok(all.map(|one| Posed { question: question(one), choice: None }).collect());
    }
    let named = asked.qualifications.iter().map(|name| {
        if let Some(editions) = catalog.editions_of(name) {
            // The measure of the latest edition is that in which they are compared.
            let latest = *editions.all.last().unwrap_or(&editions.all[0]);
            return chosen(catalog, learner, editions, &question(latest));
        }
        Ok(Posed { question: question(qualification(catalog, name)?), choice: None })
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

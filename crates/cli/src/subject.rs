//! Whom and what a question is about: the rules and a record, as they are read with the learner's exceptions.

use cairn_core::{Catalog, Date, Exception, Learner};
use cairn_report::report::{ExceptionState, ExceptionView};
use cairn_storage::{
    Decision, EditionHash, Signed, Standing, StoredException, event::known_at, exception::exceptions,
};

use crate::{
    arguments::{Places, When},
    command::edition,
    failure::{Exit, Failure},
    record,
    rules::Rules,
};

/// Whom and what a question is about.
pub(crate) struct Subject {
    /// The rules, with what was granted.
    pub(crate) catalog: Catalog,
    /// The record, with what was extended.
    pub(crate) learner: Learner,
    /// The record as it is.
    pub(crate) recorded: Learner,
    /// All exceptions on it.
    pub(crate) exceptions: Vec<ExceptionView>,
}

impl Subject {
    /// Loads the rules and a learner.
    pub(crate) fn load(places: &Places, id: &str, when: When) -> Result<Subject, Failure> {
        let rules = Rules::catalog(places)?;
        let store = record::open(&places.db)?;
        let on = record::day(when);
        let recorded = record::load_as_of(store.as_ref(), id, Some(on), when.as_known_on)?;
        let events = store.events(&recorded.id)?;
        let all = exceptions(known_at(&events, when.as_known_on.map(record::end_of)));
        if all.is_empty() {
            let learner = recorded.clone();
            let catalog = rules.beside(&learner).into_owned();
            return Ok(Subject { catalog, learner, recorded, exceptions: Vec::new() });
        }
        let edition = edition::hash_of_rules(places, store.as_ref())?;
        let granted = granted(&all, edition, on);
        let learner = rules.extended(&recorded, &granted);
        let catalog = excepting(&rules, &granted)?.beside(&learner).into_owned();
        let exceptions = all.iter().map(|one| view(&rules, one, edition, on)).collect();
        Ok(Subject { catalog, learner, recorded, exceptions })
    }
}

/// What holds under an edition on a day.
pub(crate) fn granted(all: &[StoredException], edition: EditionHash, on: Date) -> Vec<Exception> {
    let holds = all.iter().filter(|one| one.granted(edition, on).is_some());
    holds.map(|one| one.asked.exception.clone()).collect()
}

/// The rules with exceptions.
pub(crate) fn excepting(rules: &Catalog, granted: &[Exception]) -> Result<Catalog, Failure> {
    rules.excepting(granted).map_err(|misfit| {
        Failure::new(Exit::NotFound, format!("the exception cannot be made to these rules: {misfit}"))
            .help("`cairn show QUALIFICATION` says what they ask for")
    })
}

/// The view of an exception as it stands under an edition on a day.
pub(crate) fn view(rules: &Catalog, one: &StoredException, edition: EditionHash, on: Date) -> ExceptionView {
    let standing = one.standing(edition);
    let Signed { actor, recorded_at, reason } = match standing {
        Standing::Asked => &one.by,
        Standing::Decided(_) | Standing::NeedsReview => one.last_word(edition),
    };
    let holds = standing == Standing::Decided(Decision::Granted) && one.granted(edition, on).is_some();
    let state = ExceptionState {
        number: one.number,
        standing: standing.word(),
        holds,
        actor: actor.clone(),
        recorded_at: record::instant(*recorded_at),
        reason: reason.clone(),
    };
    ExceptionView::new(rules, &one.asked.exception, state)
}

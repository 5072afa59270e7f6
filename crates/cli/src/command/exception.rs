//! `cairn exception`: asked for by one, decided by another, and what each would change.

use cairn_core::{Catalog, Date, Exception, Learner};
use cairn_engine::{Question, audit};
use cairn_report::{report::ExceptionView, words};
use cairn_storage::{
    AskedException, DecidedException, Decision, EditionHash, EventKind, Fact, Standing, StoredException,
    exception::exceptions,
};
use serde::Serialize;

use crate::{
    arguments::{DecisionArguments, EffectArguments, ExceptionCommand, Places},
    command::edition,
    failure::{Exit, Failure},
    output, record,
    rules::Rules,
    subject::{excepting, granted, view},
};

/// An exception of a learner for programs.
#[derive(Serialize)]
struct OfLearner {
    learner: String,
    #[serde(flatten)]
    exception: ExceptionView,
}

/// Exceptions for programs.
#[derive(Serialize)]
struct Exceptions {
    format_version: u32,
    exceptions: Vec<OfLearner>,
}

pub(super) fn run(places: &Places, command: &ExceptionCommand) -> Result<(), Failure> {
    match command {
        ExceptionCommand::Ask { learner, qualification, requirement, relief, from, until, effect } => {
            let dossier = Dossier::open(places, learner, effect)?;
            let ix = record::qualification(&dossier.rules, qualification)?;
            let rules = dossier.rules.qualification(ix);
            let root = || rules.requirement(rules.root()).id.clone();
            let requirement = requirement.as_ref().map_or_else(|| Ok(root()), |id| id.parse());
            let requirement =
                requirement.map_err(|_| Failure::new(Exit::NotFound, "that names no requirement"))?;
            let exception =
                Exception { qualification: rules.id.clone(), requirement, relief: relief.relief() };
            let asked = AskedException { exception, edition: dossier.edition, from: *from, until: *until };
            dossier.ask(places, asked, effect)
        }
        ExceptionCommand::Grant(asked) => decide(places, asked, Decision::Granted),
        ExceptionCommand::Refuse(asked) => decide(places, asked, Decision::Refused),
        ExceptionCommand::Withdraw(asked) => decide(places, asked, Decision::Withdrawn),
        ExceptionCommand::List { learner, json } => list(places, learner.as_deref(), *json),
    }
}

/// What decisions about a learner rest on.
struct Dossier {
    rules: Catalog,
    edition: EditionHash,
    learner: Learner,
    exceptions: Vec<StoredException>,
    /// The day of which effects are shown, if one was named.
    on: Option<Date>,
}

impl Dossier {
    fn open(places: &Places, id: &str, effect: &EffectArguments) -> Result<Dossier, Failure> {
        let store = record::open(&places.db)?;
        let learner = record::load(store.as_ref(), id)?;
        Ok(Dossier {
            rules: Rules::catalog(places)?,
            edition: edition::in_use(places, store.as_ref(), "exceptions are made to published rules only")?,
            exceptions: exceptions(&store.events(&learner.id)?),
            learner,
            on: effect.on,
        })
    }

    /// The day of which the effect of an exception is shown: today, unless it begins to hold later.
    fn day(&self, asked: &AskedException) -> Date {
        let today = record::today();
        self.on.unwrap_or_else(|| asked.from.map_or(today, |first| first.max(today)))
    }

    fn ask(&self, places: &Places, asked: AskedException, effect: &EffectArguments) -> Result<(), Failure> {
        let on = self.day(&asked);
        let now = granted(&self.exceptions, self.edition, on);
        let then = [&now[..], std::slice::from_ref(&asked.exception)].concat();
        self.show(on, &now, &then, &words::exception(Some(&self.rules), &asked.exception))?;
        if effect.only_show {
            return Ok(());
        }
        let mut store = record::open_to_write(&places.db)?;
        let fact = Fact::ExceptionAsked(Box::new(asked.clone()));
        let id = &self.learner.id;
        let recorded = store.note(id, fact, &record::context(&effect.actor, &effect.reason))?;
        let all = exceptions(&store.events(id)?);
        let one = all.iter().find(|one| one.asked == asked).expect("what is noted is on the log");
        let number = one.number;
        if recorded.notes == 0 {
            let standing = one.standing(self.edition).word();
            output::say(&format!("exception {number} of `{id}` is the same, and is {standing} already"));
            return Ok(());
        }
        output::say(&format!(
            "exception {number} of `{id}` is asked for; it holds once somebody else grants it"
        ));
        places.follow(&[format!("cairn exception grant {id} {number} --actor NAME --reason WHY")]);
        Ok(())
    }

    fn find(&self, number: u32) -> Result<&StoredException, Failure> {
        self.exceptions.iter().find(|one| one.number == number).ok_or_else(|| {
            let id = &self.learner.id;
            Failure::new(Exit::NotFound, format!("`{id}` has no exception {number}"))
                .help(format!("`cairn exception list {id}` lists them"))
        })
    }

    /// Says what a change would do to every qualification.
    fn show(&self, on: Date, now: &[Exception], then: &[Exception], grants: &str) -> Result<(), Failure> {
        let mut text = format!("{}\n\n", words::plain(grants));
        let read = |granted| self.rules.extended(&self.learner, granted);
        let (learner_now, learner_then) = (read(now), read(then));
        let (before, after) = (excepting(&self.rules, now)?, excepting(&self.rules, then)?);
        let (before, after) = (before.beside(&learner_now), after.beside(&learner_then));
        for ix in self.rules.qualification_indexes() {
            let question = Question::new(&self.rules, ix, on);
            let (now, then) =
                (audit(&before, &learner_now, &question), audit(&after, &learner_then, &question));
            let name = words::qualification(&self.rules, ix);
            text.push_str(&format!(
                "  {name}: {}; {}\n",
                words::verdict(&self.rules, &now),
                words::difference(&self.rules, &now, &then)
            ));
        }
        output::answer(&text)
    }
}

fn decide(places: &Places, asked: &DecisionArguments, decision: Decision) -> Result<(), Failure> {
    let DecisionArguments { learner: id, number, effect } = asked;
    let dossier = Dossier::open(places, id, effect)?;
    let one = dossier.find(*number)?;
    if decision == Decision::Granted && one.by.actor == effect.actor {
        let message =
            format!("`{}` has asked for exception {number}, so somebody else must grant it", effect.actor);
        return Err(Failure::new(Exit::Refused, message).help("say who grants it: `--actor NAME`"));
    }
    if one.standing(dossier.edition) == Standing::Decided(decision) {
        output::say(&format!("exception {number} of `{id}` is {} already", decision.word()));
        return Ok(());
    }
    let exception = &one.asked.exception;
    let on = dossier.day(&one.asked);
    let now = granted(&dossier.exceptions, dossier.edition, on);
    let others: Vec<_> = dossier.exceptions.iter().filter(|other| other.number != *number).cloned().collect();
    let mut then = granted(&others, dossier.edition, on);
    if decision == Decision::Granted {
        then.push(exception.clone());
    }
    dossier.show(on, &now, &then, &words::exception(Some(&dossier.rules), exception))?;
    if effect.only_show {
        return Ok(());
    }
    let fact =
        Fact::ExceptionDecided(DecidedException { number: *number, decision, edition: dossier.edition });
    let context = record::context(&effect.actor, &effect.reason);
    record::open_to_write(&places.db)?.note(&dossier.learner.id, fact, &context)?;
    output::say(&format!("exception {number} of `{id}` is {}", decision.word()));
    places.follow(&[format!("cairn audit {id} {} --why", exception.qualification)]);
    Ok(())
}

fn list(places: &Places, learner: Option<&str>, json: bool) -> Result<(), Failure> {
    let rules = Rules::catalog(places)?;
    let store = record::open(&places.db)?;
    let edition = edition::hash_of_rules(places, store.as_ref())?;
    let learners = match learner {
        Some(id) => vec![record::load(store.as_ref(), id)?.id],
        None => store.noted(EventKind::ExceptionAsked)?,
    };
    let mut all = Vec::new();
    for id in learners {
        for one in exceptions(&store.events(&id)?) {
            let exception = view(&rules, &one, edition, record::today());
            all.push(OfLearner { learner: id.to_string(), exception });
        }
    }
    if json {
        return output::json(&Exceptions { format_version: 1, exceptions: all });
    }
    let lines = all.iter().map(|one| format!("{}  {}\n", one.learner, one.exception.line()));
    output::answer(&lines.collect::<String>())
}

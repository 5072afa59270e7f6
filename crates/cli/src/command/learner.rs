//! `cairn learner`: records in and out.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read},
    path::Path,
};

use cairn_core::Date;
use cairn_report::{
    report::{Known, LearnerReport},
    text, words,
};
use cairn_storage::{
    Context, Store, StoreError, export,
    import::{self, Format, Input, Options, Outcome, Progress},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::{
    arguments::{LearnerCommand, Places},
    command::edition,
    failure::{Exit, Failure},
    output, record,
    rules::Rules,
};

pub(super) fn run(places: &Places, command: &LearnerCommand) -> Result<(), Failure> {
    match command {
        LearnerCommand::Import { files, keep_going, actor, reason } => {
            for file in files {
                readable(file)?;
            }
            let mut store = record::open_or_create(&places.db)?;
            let context = record::context(actor, reason);
            let mut refused = false;
            for file in files {
                refused |= import_again(store.as_mut(), file, &context, *keep_going)?;
            }
            if refused {
                return Err(Failure::said(Exit::Refused));
            }
            places.follow(&["cairn learner list".to_owned(), "cairn progress LEARNER".to_owned()]);
            Ok(())
        }
        LearnerCommand::Revoke { learner, holding, from, actor, reason } => {
            revoke(places, learner, *holding, *from, &record::context(actor, reason))
        }
        LearnerCommand::Enter { learner, qualification, on, actor, reason } => {
            edition::enter(places, learner, qualification, *on, &record::context(actor, reason))
        }
        LearnerCommand::List { json } => list(places, *json),
        LearnerCommand::Show { learner, on, as_known_on, json } => {
            show(places, learner, *on, *as_known_on, *json)
        }
        LearnerCommand::Export { learners } => export(record::open(&places.db)?.as_ref(), learners),
    }
}

fn revoke(
    places: &Places,
    id: &str,
    holding: u32,
    from: Option<Date>,
    context: &Context,
) -> Result<(), Failure> {
    let learner = record::load(record::open(&places.db)?.as_ref(), id)?;
    let mut store = record::open_to_write(&places.db)?;
    let recorded = store.revoke(&learner.id, holding, from, context).map_err(|error| match error {
        StoreError::NoHolding { .. } => Failure::new(Exit::NotFound, error.to_string())
            .help(format!("`cairn learner show {id}` numbers what they hold")),
        other => other.into(),
    })?;
    let named = learner.holdings.get(holding as usize - 1).map(|holding| holding.credential.to_string());
    output::say(&format!(
        "`{}` of `{id}` is {}revoked{}",
        named.unwrap_or_default(),
        if recorded.is_nothing() { "already " } else { "" },
        from.filter(|_| !recorded.is_nothing()).map(|day| format!(" from {day} on")).unwrap_or_default(),
    ));
    places.follow(&[format!("cairn learner show {id}"), format!("cairn progress {id}")]);
    Ok(())
}

/// Whether a file can be imported at all: a wrong name shall not leave an empty database behind.
fn readable(path: &Path) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(());
    }
    if Format::of_name(path).is_none() {
        return Err(Failure::new(
            Exit::File,
            format!("`{}` is neither CSV nor JSON by its name", path.display()),
        )
        .help("records are read from files that end in `.csv`, `.json`, `.ndjson` or `.jsonl`"));
    }
    File::open(path).map(drop).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(Exit::File, format!("`{}` cannot be read: {error}", path.display()))
}

/// Imports one file. Where another writer was in the way nothing was kept, and it is read again.
fn import_again(
    store: &mut dyn Store,
    path: &Path,
    context: &Context,
    keep_going: bool,
) -> Result<bool, Failure> {
    const TRIES: u32 = 5;
    for _ in 1..TRIES {
        match import_file(store, path, context, keep_going) {
            Err(failure) if failure.is_busy && path != Path::new("-") => {}
            answer => return answer,
        }
    }
    import_file(store, path, context, keep_going)
}

/// Imports one file; says whether records of it were refused.
fn import_file(
    store: &mut dyn Store,
    path: &Path,
    context: &Context,
    keep_going: bool,
) -> Result<bool, Failure> {
    let is_stdin = path == Path::new("-");
    let (mut file, size): (Box<dyn Read>, u64) = if is_stdin {
        (Box::new(io::stdin().lock()), 0)
    } else {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let size = file.metadata().map_err(|error| unreadable(path, &error))?.len();
        (Box::new(file), size)
    };
    let format = Format::of_name(path).unwrap_or(Format::Json);
    let bar = bar(size);
    let mut progress = |progress: Progress| bar.set_position(progress.bytes);
    let input = Input { format, file: &mut file };
    let outcome = import::import(store, input, context, Options { keep_going }, &mut progress);
    bar.finish_and_clear();
    let outcome = outcome.map_err(|error| match error {
        import::ImportError::Read(error) => unreadable(path, &error),
        import::ImportError::Store(error) => error.into(),
    })?;
    say_outcome(path, &outcome);
    Ok(outcome.problems_total > 0)
}

/// A bar for long imports, where somebody watches.
fn bar(size: u64) -> ProgressBar {
    const LONG: u64 = 1_000_000;
    if size < LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {eta} to go");
    let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}

fn say_outcome(path: &Path, outcome: &Outcome) {
    for problem in &outcome.problems {
        output::say(&format!("error: `{}` {problem}", path.display()));
        if let Some(help) = &problem.help {
            output::say(&format!(" help: {help}"));
        }
    }
    let unsaid = outcome.problems_total.saturating_sub(outcome.problems.len() as u64);
    if unsaid > 0 {
        output::say(&format!("error: … and {} more", words::count(unsaid, "record")));
    }
    match &outcome.recorded {
        None => output::say(&format!(
            "`{}`: nothing was recorded, because {} cannot be read; mend them, or keep the good ones with `--keep-going`",
            path.display(),
            words::count(outcome.problems_total, "record"),
        )),
        Some(recorded) => output::say(&format!(
            "`{}`: {}, {} and {} recorded; {} known already",
            path.display(),
            words::count(recorded.learners, "new learner"),
            words::count(recorded.holdings, "holding"),
            words::count(recorded.attestations, "attestation"),
            recorded.unchanged,
        )),
    }
}

/// So many learners are read at a time.
const PAGE: u32 = 1000;

/// A line of the list, for programs.
#[derive(Serialize)]
struct ListedView {
    id: String,
    name: Option<String>,
    holdings: u64,
}

#[derive(Serialize)]
struct ListView {
    format_version: u32,
    learners: Vec<ListedView>,
}

fn list(places: &Places, json: bool) -> Result<(), Failure> {
    let store = record::open(&places.db)?;
    let mut learners = Vec::new();
    let mut after = None;
    loop {
        let page = store.learners(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        learners.extend(page.into_iter().map(|listed| ListedView {
            id: listed.id.to_string(),
            name: listed.name,
            holdings: listed.holdings,
        }));
    }
    if json {
        return output::json(&ListView { format_version: 1, learners });
    }
    let width = learners.iter().map(|listed| listed.id.len()).max().unwrap_or(0);
    let lines = learners.iter().map(|listed| {
        let name = listed.name.as_ref().map(|name| format!("  {}", words::plain(name))).unwrap_or_default();
        format!("{:<width$}  {}{name}\n", listed.id, words::count(listed.holdings, "holding"))
    });
    output::answer(&lines.collect::<String>())?;
    let first = learners.first().map(|listed| format!("cairn progress {}", listed.id));
    places.follow(&first.into_iter().collect::<Vec<_>>());
    Ok(())
}

fn show(
    places: &Places,
    id: &str,
    on: Option<Date>,
    known_on: Option<Date>,
    json: bool,
) -> Result<(), Failure> {
    let learner = record::load_as_of(record::open(&places.db)?.as_ref(), id, on, known_on)?;
    // A record can be shown without rules; with them, credentials have their titles.
    let catalog = Rules::of(places).ok().and_then(|rules| rules.loading.catalog);
    let mut report = LearnerReport::new(catalog.as_ref(), &learner);
    if let Some(day) = on {
        report = report.on(catalog.as_ref(), &learner, day);
    }
    let report = Known::on(known_on, report);
    if json {
        return output::json(&report);
    }
    output::answer(&report.text(text::learner))?;
    places.follow(&[format!("cairn progress {id}"), format!("cairn audit {id} QUALIFICATION")]);
    Ok(())
}

fn export(store: &dyn Store, learners: &[String]) -> Result<(), Failure> {
    for id in learners {
        let learner = record::load(store, id)?;
        output::answer(&format!("{}\n", export::learner_json(&learner)))?;
    }
    if !learners.is_empty() {
        return Ok(());
    }
    let mut after = None;
    loop {
        let page = store.learners(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id.clone());
        let mut lines = String::new();
        for listed in &page {
            if let Some(stored) = store.learner(&listed.id)? {
                lines.push_str(&export::learner_json(&stored.learner));
                lines.push('\n');
            }
        }
        output::answer(&lines)?;
    }
}

//! `cairn db`: whether the database is what was written to it, seals, copies, and what follows from the logs.

use std::path::Path;

use cairn_report::words::count;
use cairn_storage::{OpenMode, SealHash, SqliteStore, StoreError, Verification};

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
};

pub(super) fn verify(places: &Places, kept: &[SealHash]) -> Result<(), Failure> {
    let verification = record::open(&places.db)?.verify()?;
    for flaw in &verification.flaws {
        output::say(&format!("error: {flaw}"));
    }
    let unsaid = verification.flaws_total.saturating_sub(verification.flaws.len() as u64);
    if unsaid > 0 {
        output::say(&format!("error: … and {} more", count(unsaid, "flaw")));
    }
    let read =
        format!("{} and {}", count(verification.learners, "learner"), count(verification.events, "event"));
    if !verification.is_clean() {
        let flaws = count(verification.flaws_total, "flaw");
        return Err(Failure::new(Exit::Database, format!("{flaws} among {read}")).help(
            "restore a copy, or try `cairn db rebuild` if no event is concerned; what is damaged is not \
             shown, the other learners can be used",
        ));
    }
    let missed = kept.iter().find(|seal| !verification.seals.contains(seal));
    if let Some(seal) = missed {
        return Err(Failure::new(Exit::Database, format!("no seal of this database is {seal}"))
            .help("it is another database, an older copy, or somebody has written all of it anew"));
    }
    output::answer(&format!(
        "{read}: the chain holds, and every record follows from it{}\n",
        seals(&verification, kept)
    ))
}

fn seals(verification: &Verification, kept: &[SealHash]) -> String {
    match (verification.seals.len() as u64, kept.len() as u64) {
        (0, _) => String::new(),
        (there, 0) => format!("; {}", count(there, "seal")),
        (there, kept) => format!("; {}, and {kept} kept elsewhere among them", count(there, "seal")),
    }
}

pub(super) fn seal(places: &Places, actor: &str, reason: &str) -> Result<(), Failure> {
    let mut store = record::open_to_write(&places.db)?;
    let seal = store.seal(&record::context(actor, reason))?;
    let heads = count(seal.heads, "record");
    output::say(&format!(
        "seal {}: {heads} new or changed since the seal before; keep the seal elsewhere",
        seal.number
    ));
    output::answer(&format!("{}\n", seal.hash))?;
    places.follow(&[format!("cairn db verify --seal {}", seal.hash)]);
    Ok(())
}

pub(super) fn rebuild(places: &Places) -> Result<(), Failure> {
    let rebuilt = record::open_to_write(&places.db)?.rebuild()?;
    output::answer(&format!(
        "{} made anew from {}: {} mended, {} that belonged to nobody removed\n",
        count(rebuilt.learners, "record"),
        count(rebuilt.events, "event"),
        rebuilt.mended,
        count(rebuilt.orphans, "row"),
    ))?;
    places.follow(&["cairn db verify".to_owned()]);
    Ok(())
}

pub(super) fn backup(places: &Places, file: &Path) -> Result<(), Failure> {
    refuse_servers(places)?;
    SqliteStore::open(&places.db, OpenMode::ReadOnly)?.backup(file)?;
    output::say(&format!("everything is copied to `{}`, and the copy is sound", file.display()));
    places.follow(&[format!("cairn db restore {}", file.display())]);
    Ok(())
}

pub(super) fn restore(places: &Places, file: &Path, until: Option<jiff::Timestamp>) -> Result<(), Failure> {
    refuse_servers(places)?;
    let restored = SqliteStore::restore(file, &places.db, until.map(jiff::Timestamp::as_microsecond));
    restored.map_err(|error| {
        let is_there = matches!(error, StoreError::Exists { .. });
        let failure = Failure::from(error);
        if is_there { failure.help("move it away first, or name a new file with `--db`") } else { failure }
    })?;
    let as_of = until.map(|until| format!(" as it was at {until}")).unwrap_or_default();
    output::say(&format!("`{}` is restored{as_of}, and sound", places.db.display()));
    places.follow(&["cairn learner list".to_owned()]);
    Ok(())
}

fn refuse_servers(places: &Places) -> Result<(), Failure> {
    if !cairn_storage::is_address(&places.db) {
        return Ok(());
    }
    Err(Failure::new(Exit::Database, "a server's databases are copied with the server's own programs")
        .help("`pg_dump` and `pg_basebackup` copy it; `cairn db verify` proves a copy"))
}

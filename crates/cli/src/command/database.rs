//! `cairn db`: whether the database is what was written to it, seals, and what follows from the logs.

use cairn_report::words::count;
use cairn_storage::{SealHash, Verification};

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

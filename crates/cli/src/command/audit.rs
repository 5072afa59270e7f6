//! `cairn audit`, `progress` and `what-if`.

use cairn_core::{Catalog, CredentialId, Holding, Learner};
use cairn_engine::{Audit, Change, Cost, Question, Verdict};
use cairn_report::{
    AuditReport, EditionView, OverviewReport, WhatIfReport,
    report::{FORMAT_VERSION, Known},
    text::{self, Why},
};
use serde::Serialize;

use crate::{
    arguments::{Asked, Places, ProofFiles, When},
    command::{edition, proof, why},
    failure::{Exit, Failure},
    output,
    record::{self, Posed},
    subject::Subject,
};

/// Several audits for programs.
#[derive(Serialize)]
struct Audits<T> {
    format_version: u32,
    audits: Vec<T>,
}

/// Whom and what a command line asks about.
pub(super) fn subject_of(places: &Places, asked: &Asked) -> Result<Subject, Failure> {
    let places = edition::of_entry(places, &asked.learner, &asked.qualifications)?;
    Subject::load(&places, &asked.learner, asked.when)
}

pub(super) fn audit(
    places: &Places,
    asked: &Asked,
    why: Option<&str>,
    prefer: &[(String, String)],
    afterwards: Afterwards,
    files: &ProofFiles,
) -> Result<(), Failure> {
    let Subject { catalog, learner, recorded, exceptions } = subject_of(places, asked)?;
    let posed = record::questions(&catalog, &learner, asked)?;
    let questions: Vec<_> = posed.iter().map(|one| one.question).collect();
    let proved = proof::write(&catalog, &learner, &questions, files)?;
    let mut audits = audits(&catalog, &learner, &questions);
    if !prefer.is_empty() {
        let wishes = why::preferences(&catalog, &learner, &audits, prefer)?;
        for (audit, wishes) in audits.iter_mut().zip(wishes) {
            *audit = cairn_engine::audit_preferring(&catalog, &learner, &audit.question, &wishes);
        }
    }
    let why = why::wanted(&catalog, &audits, why)?;
    let reports = audits.iter().zip(&posed).map(|(audit, posed)| {
        let report = why::report(&catalog, &learner, audit, &why);
        let editions = posed.choice.as_ref().map(|choice| EditionView::of(&catalog, choice));
        AuditReport { editions: editions.unwrap_or_default(), ..report }.with_exceptions(&exceptions)
    });
    let reports: Vec<_> = reports.collect();
    if afterwards.keep {
        edition::keep(places, &catalog, &recorded, &reports)?;
    }
    print(reports, asked, |report| text::audit(report, &why))?;
    if !asked.json {
        places.follow(&[follow_up(asked, &audits, why == Why::Nothing), proved].concat());
    }
    if afterwards.require && audits.iter().any(is_not_complete) {
        return Err(Failure::said(Exit::NotComplete));
    }
    settled(&audits)
}

/// What is done once an audit is made.
#[derive(Clone, Copy)]
pub(super) struct Afterwards {
    /// Fail unless it is complete.
    pub(super) require: bool,
    /// Keep it.
    pub(super) keep: bool,
}

/// Whether it is certain that something is missing.
pub(super) fn is_not_complete(audit: &Audit) -> bool {
    match audit.verdict {
        Verdict::Complete => false,
        Verdict::Remaining(_) | Verdict::Unreachable => true,
        Verdict::Stopped(bounds) => bounds.least > Cost::ZERO,
    }
}

/// An exit code of its own says that a search was stopped.
pub(super) fn settled<'a>(audits: impl IntoIterator<Item = &'a Audit>) -> Result<(), Failure> {
    let is_stopped = |audit: &Audit| matches!(audit.verdict, Verdict::Stopped(_));
    if audits.into_iter().any(is_stopped) { Err(Failure::said(Exit::Stopped)) } else { Ok(()) }
}

pub(super) fn progress(places: &Places, learner: &str, when: When, json: bool) -> Result<(), Failure> {
    let Subject { catalog, learner, .. } = Subject::load(places, learner, when)?;
    let day = record::day(when);
    let entries = cairn_engine::overview(&catalog, &learner, day, when.entry, when.scenario, when.budget);
    let report =
        Known::on(when.as_known_on, OverviewReport::new(&catalog, &learner, day.to_string(), &entries));
    let settled = settled(entries.iter().map(|entry| &entry.audit));
    if json {
        output::json(&report)?;
        return settled;
    }
    output::answer(&report.text(text::overview))?;
    let on = record::days(when);
    let nearest =
        report.report.qualifications.iter().find(|entry| entry.state == "begun" || entry.state == "open");
    let command = nearest.map(|entry| format!("cairn audit {} {}{on}", learner.id, entry.qualification));
    places.follow(&command.into_iter().collect::<Vec<_>>());
    settled
}

pub(super) fn what_if(
    places: &Places,
    asked: &Asked,
    add: &[String],
    drop: &[String],
) -> Result<(), Failure> {
    let Subject { catalog, learner, exceptions, .. } = subject_of(places, asked)?;
    let changes = changes(&catalog, &learner, asked, add, drop)?;
    let (mut reports, mut both) = (Vec::new(), Vec::new());
    for Posed { question, .. } in record::questions(&catalog, &learner, asked)? {
        let now = cairn_engine::audit(&catalog, &learner, &question);
        let then = cairn_engine::what_if(&catalog, &learner, &question, &changes);
        let report = WhatIfReport::new(&catalog, &learner, &now, &then);
        reports.push(WhatIfReport {
            now: report.now.with_exceptions(&exceptions),
            then: report.then.with_exceptions(&exceptions),
            ..report
        });
        both.extend([now, then]);
    }
    print(reports, asked, text::what_if)?;
    if !asked.json {
        let named = asked.qualifications.first().map(|name| format!(" {name}")).unwrap_or_default();
        places.follow(&[format!("cairn next {}{named}", asked.learner)]);
    }
    settled(&both)
}

/// What `--add` and `--drop` name: something of the catalog, something on the record.
fn changes(
    catalog: &Catalog,
    learner: &Learner,
    asked: &Asked,
    add: &[String],
    drop: &[String],
) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for name in add {
        let id: Option<CredentialId> = name.parse().ok();
        let is_defined =
            catalog.find_credential(name).is_some() || !catalog.find_qualifications(name).is_empty();
        let id = id
            .filter(|_| is_defined)
            .ok_or_else(|| record::not_defined(catalog, "credential or qualification", name))?;
        changes.push(Change::Add(Holding { awarded: Some(record::day(asked.when)), ..Holding::of(id) }));
    }
    for name in drop {
        let held = learner.holdings.iter().find(|holding| holding.credential.as_str() == name);
        let held = held.ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("`{}` does not hold `{name}`", learner.id))
                .help(format!("`cairn learner show {}` lists what they hold", learner.id))
        })?;
        changes.push(Change::Drop(held.credential.clone()));
    }
    Ok(changes)
}

pub(super) fn audits(catalog: &Catalog, learner: &Learner, questions: &[Question]) -> Vec<Audit> {
    questions.iter().map(|question| cairn_engine::audit(catalog, learner, question)).collect()
}

pub(super) fn print<T: Serialize>(
    reports: Vec<T>,
    asked: &Asked,
    text: impl Fn(&T) -> String,
) -> Result<(), Failure> {
    let audits = Audits { format_version: FORMAT_VERSION, audits: reports };
    let known = Known::on(asked.when.as_known_on, audits);
    if asked.json {
        return output::json(&known);
    }
    output::answer(&known.text(|reports| reports.audits.iter().map(text).collect::<Vec<_>>().join("\n")))
}

/// The learner, the first qualification and the day, as they were asked for.
pub(super) fn subject(asked: &Asked) -> String {
    let named = asked.qualifications.first().map(|name| format!(" {name}")).unwrap_or_default();
    format!("{}{named}{}", asked.learner, record::days(asked.when))
}

/// The commands that follow from audits.
pub(super) fn follow_up(asked: &Asked, audits: &[Audit], offer_why: bool) -> Vec<String> {
    let [audit] = audits else { return vec![format!("cairn progress {}", asked.learner)] };
    let subject = subject(asked);
    let mut commands = Vec::new();
    if offer_why {
        commands.push(format!("cairn audit {subject} --why"));
    }
    if matches!(audit.verdict, Verdict::Remaining(_)) {
        commands.push(format!("cairn what-if {subject} --add CREDENTIAL"));
    }
    commands
}

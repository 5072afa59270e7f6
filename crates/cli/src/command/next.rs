//! `cairn next`: one way on, or several.

use cairn_core::{Catalog, Learner, Measure};
use cairn_engine::End;
use cairn_report::{
    AuditReport, CompletionsReport,
    report::{FORMAT_VERSION, Known},
    text,
};
use serde::Serialize;

use crate::{
    arguments::{Asked, Places, Ways},
    command::audit::{audits, follow_up, print, settled, subject, subject_of},
    failure::{Exit, Failure},
    output, record,
    subject::Subject,
};

/// Several lists of ways for programs.
#[derive(Serialize)]
struct WaysReport {
    format_version: u32,
    ways: Vec<CompletionsReport>,
}

pub(super) fn run(places: &Places, asked: &Asked, ways: &Ways) -> Result<(), Failure> {
    let Subject { catalog, learner, exceptions, .. } = subject_of(places, asked)?;
    if ways.pareto || ways.best.is_some() {
        return several(places, &catalog, &learner, asked, ways);
    }
    let posed = record::questions(&catalog, &learner, asked)?;
    let audits = audits(&catalog, &learner, &posed.iter().map(|one| one.question).collect::<Vec<_>>());
    let report = |audit| AuditReport::new(&catalog, &learner, audit).with_exceptions(&exceptions);
    let reports: Vec<_> = audits.iter().map(report).collect();
    print(reports, asked, text::next)?;
    if !asked.json {
        places.follow(&follow_up(asked, &audits, true));
    }
    settled(&audits)
}

/// More ways than one.
fn several(
    places: &Places,
    catalog: &Catalog,
    learner: &Learner,
    asked: &Asked,
    ways: &Ways,
) -> Result<(), Failure> {
    let most = ways.best.map_or(usize::MAX, |most| most as usize);
    let posed = record::questions(catalog, learner, asked)?.into_iter().map(|one| one.question);
    let questions = posed.map(|question| match ways.pareto {
        true if asked.by.is_empty() => question.by(&[Measure::Cost, Measure::Credits, Measure::Effort]),
        _ => question,
    });
    let found: Vec<_> = questions
        .map(|question| match ways.pareto {
            true => cairn_engine::pareto(catalog, learner, &question),
            false => cairn_engine::best(catalog, learner, &question, most),
        })
        .collect();
    let reports = found.iter().map(|found| CompletionsReport::new(catalog, learner, found, ways.pareto));
    let reports: Vec<_> = reports.collect();
    let ways = WaysReport { format_version: FORMAT_VERSION, ways: reports };
    let known = Known::on(asked.when.as_known_on, ways);
    if asked.json {
        output::json(&known)?;
    } else {
        let texts = |report: &WaysReport| report.ways.iter().map(text::completions).collect::<Vec<_>>();
        output::answer(&known.text(|report| texts(report).join("\n")))?;
        places.follow(&[format!("cairn next {}", subject(asked))]);
    }
    let is_stopped = found.iter().any(|found| found.end == End::Stopped);
    if is_stopped { Err(Failure::said(Exit::Stopped)) } else { Ok(()) }
}

//! `cairn audit --jointly` and `cairn next --jointly`: several qualifications at once.

use cairn_core::{Catalog, Learner};
use cairn_engine::{JointAudit, JointQuestion, audit_jointly};
use cairn_report::{
    JointReport,
    text::{self, Why},
};

use crate::{
    arguments::{Asked, Places},
    command::audit::{about, catalog_and_learner},
    failure::{Exit, Failure},
    output, record,
};

pub(super) fn audit(places: &Places, asked: &Asked, why: Option<&str>, require: bool) -> Result<(), Failure> {
    let (catalog, learner) = catalog_and_learner(places, &asked.learner)?;
    let joint = answer(&catalog, &learner, asked)?;
    let why = about(&catalog, std::slice::from_ref(&joint.audit), why)?;
    print(&catalog, &learner, asked, &joint, |report| text::joint(report, &why))?;
    if !asked.json && why == Why::Nothing {
        places.follow(&[format!("{} --why", command(asked))]);
    }
    if require && !joint.audit.is_complete() {
        return Err(Failure::said(Exit::NotComplete));
    }
    Ok(())
}

pub(super) fn next(places: &Places, asked: &Asked) -> Result<(), Failure> {
    let (catalog, learner) = catalog_and_learner(places, &asked.learner)?;
    let joint = answer(&catalog, &learner, asked)?;
    print(&catalog, &learner, asked, &joint, text::joint_next)?;
    if !asked.json {
        places.follow(&[format!("{} --why", command(asked))]);
    }
    Ok(())
}

fn answer(catalog: &Catalog, learner: &Learner, asked: &Asked) -> Result<JointAudit, Failure> {
    let named = record::qualifications(catalog, &asked.qualifications)?;
    let Some(mut question) = JointQuestion::new(catalog, &named, record::day(asked.when)) else {
        return Err(Failure::new(Exit::NotFound, "the rules define no qualification".to_owned())
            .help("`cairn show` lists what is defined"));
    };
    question.scenario = asked.when.scenario;
    question.measure = asked.measure.unwrap_or(question.measure);
    Ok(audit_jointly(catalog, learner, &question))
}

fn print(
    catalog: &Catalog,
    learner: &Learner,
    asked: &Asked,
    joint: &JointAudit,
    text: impl Fn(&JointReport) -> String,
) -> Result<(), Failure> {
    let report = JointReport::new(catalog, learner, joint);
    if asked.json { output::json(&report) } else { output::answer(&text(&report)) }
}

/// The command of the audit.
fn command(asked: &Asked) -> String {
    let named: String = asked.qualifications.iter().map(|name| format!(" {name}")).collect();
    let on = asked.when.on.map(|day| format!(" --on {day}")).unwrap_or_default();
    format!("cairn audit {}{named} --jointly{on}", asked.learner)
}

//! `cairn audit --jointly` and `cairn next --jointly`: several qualifications at once.

use cairn_core::{Catalog, Learner};
use cairn_engine::{JointAudit, JointQuestion, Question, Verdict, audit_jointly, forced_jointly};
use cairn_report::{
    JointReport,
    report::Known,
    text::{self, Why},
};

use crate::{
    arguments::{Asked, Places, ProofFiles, When},
    command::{
        audit::{is_not_complete, settled, subject_of},
        proof, why,
    },
    failure::{Exit, Failure},
    output, record,
    subject::Subject,
};

pub(super) fn audit(
    places: &Places,
    asked: &Asked,
    why: Option<&str>,
    require: bool,
    files: &ProofFiles,
) -> Result<(), Failure> {
    let Subject { catalog, learner, .. } = subject_of(places, asked)?;
    let joint = answer(&catalog, &learner, asked)?;
    let proved = proof::write_jointly(&catalog, &learner, &joint.question, files)?;
    let why = why::wanted(&catalog, std::slice::from_ref(&joint.audit), why)?;
    let mut report = JointReport::new(&catalog, &learner, &joint);
    let is_open = matches!(joint.audit.verdict, Verdict::Remaining(_) | Verdict::Unreachable);
    if why == Why::Everything
        && is_open
        && let Some(forced) = forced_jointly(&catalog, &learner, &joint.question)
    {
        report.audit = report.audit.forced_by(&catalog, &joint.audit, &forced);
    }
    print(asked, &report, |report| text::joint(report, &why))?;
    if !asked.json {
        let more = (why == Why::Nothing).then(|| format!("{} --why", command(asked)));
        places.follow(&[Vec::from_iter(more), proved].concat());
    }
    if require && is_not_complete(&joint.audit) {
        return Err(Failure::said(Exit::NotComplete));
    }
    settled([&joint.audit])
}

pub(super) fn next(places: &Places, asked: &Asked) -> Result<(), Failure> {
    let Subject { catalog, learner, .. } = subject_of(places, asked)?;
    let joint = answer(&catalog, &learner, asked)?;
    print(asked, &JointReport::new(&catalog, &learner, &joint), text::joint_next)?;
    if !asked.json {
        places.follow(&[format!("{} --why", command(asked))]);
    }
    settled([&joint.audit])
}

fn answer(catalog: &Catalog, learner: &Learner, asked: &Asked) -> Result<JointAudit, Failure> {
    let named = record::qualifications(catalog, &asked.qualifications)?;
    let Some(mut question) = JointQuestion::new(catalog, &named, record::day(asked.when)) else {
        return Err(Failure::new(Exit::NotFound, "the rules define no qualification".to_owned())
            .help("`cairn show` lists what is defined"));
    };
    let usual = question.alone(named[0]);
    let When { entry, scenario, budget, .. } = asked.when;
    question = question.like(Question { entry, scenario, cases_max: budget, ..usual }.by(&asked.by));
    Ok(audit_jointly(catalog, learner, &question))
}

fn print(asked: &Asked, report: &JointReport, text: impl Fn(&JointReport) -> String) -> Result<(), Failure> {
    let known = Known::on(asked.when.as_known_on, report);
    if asked.json { output::json(&known) } else { output::answer(&known.text(|report| text(report))) }
}

/// The command of the audit.
fn command(asked: &Asked) -> String {
    let named: String = asked.qualifications.iter().map(|name| format!(" {name}")).collect();
    format!("cairn audit {}{named} --jointly{}", asked.learner, record::days(asked.when))
}

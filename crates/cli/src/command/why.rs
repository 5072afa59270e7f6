//! What is asked about an audit: reasons, prices, wishes.

use cairn_core::{
    Catalog, Learner,
    catalog::{RequirementIx, Rule, Sight},
};
use cairn_engine::{Audit, Place, Preference, Verdict};
use cairn_report::{AuditReport, text::Why};

use crate::failure::{Exit, Failure};

/// The reasons that are wanted: all, or those about a requirement or a holding of this name.
pub(super) fn wanted(catalog: &Catalog, audits: &[Audit], name: Option<&str>) -> Result<Why, Failure> {
    let Some(name) = name else { return Ok(Why::Nothing) };
    if name.is_empty() {
        return Ok(Why::Everything);
    }
    let is_held = |audit: &Audit| audit.holdings.iter().any(|held| held.credential.as_str() == name);
    if audits.iter().any(|audit| place(catalog, audit, name).is_some()) {
        Ok(Why::About(name.to_owned()))
    } else if audits.iter().any(is_held) {
        Ok(Why::Holding(name.to_owned()))
    } else {
        Err(unknown(catalog, audits, name))
    }
}

/// The report of an audit with what was asked about it.
pub(super) fn report(catalog: &Catalog, learner: &Learner, audit: &Audit, why: &Why) -> AuditReport {
    let report = AuditReport::new(catalog, learner, audit);
    let is_open = matches!(audit.verdict, Verdict::Remaining(_) | Verdict::Unreachable);
    match why {
        Why::Everything if is_open => match cairn_engine::forced(catalog, learner, &audit.question) {
            Some(forced) => report.forced_by(catalog, audit, &forced),
            None => report,
        },
        Why::Holding(name) => {
            let mine = (0..audit.holdings.len()).filter(|&at| audit.holdings[at].credential.as_str() == name);
            let price = |at| (at, cairn_engine::price_of(catalog, learner, &audit.question, at));
            report.elsewhere(catalog, audit, &mine.map(price).collect::<Vec<_>>())
        }
        _ => report,
    }
}

/// The wishes that are about what an audit allocates.
pub(super) fn preferences(
    catalog: &Catalog,
    learner: &Learner,
    audits: &[Audit],
    wishes: &[(String, String)],
) -> Result<Vec<Vec<Preference>>, Failure> {
    let mut all = vec![Vec::new(); audits.len()];
    for (held, name) in wishes {
        let is_held = learner.holdings.iter().any(|holding| holding.credential.as_str() == held);
        let credential = catalog.find_credential(held).filter(|_| is_held).ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("`{}` holds no credential `{held}`", learner.id))
                .help(format!("`cairn learner show {}` lists what they hold", learner.id))
        })?;
        let mut is_known = false;
        for (audit, wishes) in audits.iter().zip(&mut all) {
            let Some(place) = place(catalog, audit, name) else { continue };
            is_known = true;
            let rule = &catalog.qualification(place.0).requirement(place.1).rule;
            if !matches!(rule, Rule::Take(take) if take.sight == Sight::Taking) {
                return Err(Failure::new(Exit::NotFound, format!("`{name}` takes no holdings itself"))
                    .help("name a requirement that does; `cairn show` says what each asks for"));
            }
            wishes.push(Preference { credential, place });
        }
        if !is_known {
            return Err(unknown(catalog, audits, name));
        }
    }
    Ok(all)
}

/// A requirement of what an audit allocates, by its name or as `qualification#name`.
fn place(catalog: &Catalog, audit: &Audit, wanted: &str) -> Option<Place> {
    audit.scopes.iter().find_map(|scope| {
        let qualification = catalog.qualification(scope.qualification);
        let is_it = |ix: &RequirementIx| {
            let id = qualification.requirement(*ix).id.as_str();
            let full = wanted.strip_prefix(qualification.id.as_str()).and_then(|rest| rest.strip_prefix('#'));
            wanted == id || full == Some(id)
        };
        let ix = qualification.requirement_indexes().find(is_it)?;
        Some((scope.qualification, ix))
    })
}

fn unknown(catalog: &Catalog, audits: &[Audit], wanted: &str) -> Failure {
    let mut known = Vec::new();
    for scope in audits.iter().flat_map(|audit| &audit.scopes) {
        let qualification = catalog.qualification(scope.qualification);
        for requirement in &qualification.requirements {
            // The root has the name of its qualification, and stands for all of it.
            if requirement.id.as_str() != qualification.id.as_str() {
                known.push(format!("`{}`", requirement.id));
            }
        }
    }
    known.sort();
    known.dedup();
    let failure = Failure::new(Exit::NotFound, format!("no requirement is named `{wanted}`"));
    failure.help(format!("the requirements are {}", cairn_report::words::list(&known, "and")))
}

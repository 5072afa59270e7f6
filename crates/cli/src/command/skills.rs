//! `cairn skills` and `cairn gap`: what a learner can show, and what a profile still needs.

use cairn_core::{Catalog, catalog::QualificationIx};
use cairn_engine::Question;
use cairn_report::{
    report::{GapReport, SkillsReport},
    text,
};

use crate::{
    arguments::{GapArguments, Places, When},
    command::audit::settled,
    failure::{Exit, Failure},
    output, record,
    subject::Subject,
};

/// What a learner can show.
pub(super) fn skills(places: &Places, learner: &str, when: When, json: bool) -> Result<(), Failure> {
    let Subject { catalog, learner, .. } = Subject::load(places, learner, when)?;
    let day = record::day(when);
    let shown = cairn_engine::skills(&catalog, &learner, day, when.scenario);
    let report = SkillsReport::new(&catalog, &learner, day.to_string(), when.scenario.word(), &shown);
    if json {
        return output::json(&report);
    }
    output::answer(&text::skills(&report))?;
    let profile = catalog.qualifications().iter().find(|one| one.is_profile);
    let command = profile.map(|profile| format!("cairn gap {} --to {}", learner.id, profile.id));
    places.follow(&command.into_iter().collect::<Vec<_>>());
    Ok(())
}

/// What a profile still needs.
pub(super) fn gap(places: &Places, asked: &GapArguments) -> Result<(), Failure> {
    let Subject { catalog, learner, .. } = Subject::load(places, &asked.learner, asked.when)?;
    let profile = profile(&catalog, &asked.to)?;
    let day = record::day(asked.when);
    let When { scenario, budget, .. } = asked.when;
    let question = Question { scenario, cases_max: budget, ..Question::new(&catalog, profile, day) };
    let audit = cairn_engine::audit(&catalog, &learner, &question.by(&asked.by));
    let shown = cairn_engine::skills(&catalog, &learner, day, scenario);
    let report = GapReport::new(&catalog, &learner, &audit, &shown);
    if asked.json {
        output::json(&report)?;
    } else {
        output::answer(&text::gap(&report))?;
        places.follow(&[format!("cairn audit {} {} --why", learner.id, report.profile)]);
    }
    settled([&audit])
}

/// The one profile of a name.
fn profile(catalog: &Catalog, name: &str) -> Result<QualificationIx, Failure> {
    let ix = record::qualification(catalog, name)?;
    if catalog.qualification(ix).is_profile {
        return Ok(ix);
    }
    let message = format!("`{name}` is a qualification, and a gap is one to a profile");
    Err(Failure::new(Exit::NotFound, message)
        .help(format!("`cairn next LEARNER {name}` says what is left of a qualification")))
}

//! Views of several completions.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Completion, Completions, End};
use serde::Serialize;

use crate::{
    report::{FORMAT_VERSION, Remaining, StepView, catalog::common_scheme, cost_view, step_view},
    words,
};

/// Several ways to complete a qualification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompletionsReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub learner: String,
    /// The learner's name, if one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The qualification's id, with its edition.
    pub qualification: String,
    /// The qualification's title.
    pub title: String,
    /// The day, as `YYYY-MM-DD`.
    pub as_of: String,
    /// The id of the scheme in which credits are counted, if the rules name schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// What is taken to be had: `earned`, `in-progress` or `planned`.
    pub scenario: &'static str,
    /// `best` for the best different ones, `pareto` for those that no other beats.
    pub kind: &'static str,
    /// `exhausted`, `enough` or `stopped`.
    pub end: &'static str,
    /// How many there are, in a sentence.
    pub summary: String,
    /// The completions, the cheapest first.
    pub completions: Vec<CompletionView>,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompletionView {
    /// What it costs.
    pub cost: Remaining,
    /// The same in a sentence.
    pub summary: String,
    /// What is to be done, in order.
    pub steps: Vec<StepView>,
    /// Where others would do as well.
    pub choices: Vec<ChoiceView>,
}

/// Credentials that others could stand for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceView {
    /// Those among the steps.
    pub chosen: Vec<String>,
    /// Any of these would do as well as any of them.
    pub others: Vec<String>,
    /// The same in a sentence.
    pub text: String,
}

impl CompletionsReport {
    /// The view of the best different completions, or of a Pareto set.
    #[must_use]
    pub fn new(
        catalog: &Catalog,
        learner: &Learner,
        found: &Completions,
        is_pareto: bool,
    ) -> CompletionsReport {
        let question = &found.question;
        let qualification = catalog.qualification(question.qualification);
        CompletionsReport {
            format_version: FORMAT_VERSION,
            learner: learner.id.to_string(),
            name: learner.name.clone(),
            qualification: qualification.id.to_string(),
            title: qualification.title.clone(),
            as_of: question.as_of.to_string(),
            scheme: common_scheme(catalog),
            scenario: question.scenario.word(),
            kind: if is_pareto { "pareto" } else { "best" },
            end: match found.end {
                End::Exhausted => "exhausted",
                End::Enough => "enough",
                End::Stopped => "stopped",
            },
            summary: words::completions(found, is_pareto),
            completions: found.completions.iter().map(|one| completion_view(catalog, found, one)).collect(),
        }
    }
}

fn completion_view(catalog: &Catalog, found: &Completions, completion: &Completion) -> CompletionView {
    let question = &found.question;
    let ids = |list: &[cairn_core::catalog::CredentialIx]| {
        list.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect()
    };
    CompletionView {
        cost: cost_view(question, &completion.cost),
        summary: words::completion(catalog, question, completion),
        steps: completion
            .steps
            .iter()
            .map(|step| step_view(catalog, question, Some(question.qualification), step))
            .collect(),
        choices: completion
            .choices
            .iter()
            .map(|choice| ChoiceView {
                chosen: ids(&choice.chosen),
                others: ids(&choice.others),
                text: words::otherwise(catalog, choice),
            })
            .collect(),
    }
}

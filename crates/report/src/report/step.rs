//! The view of one step of a completion.

use cairn_core::{Catalog, catalog::QualificationIx};
use cairn_engine::{Action, Question, Step};
use serde::Serialize;

use super::{AmountView, cost::further, reference};
use crate::words;

/// One step of the completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// `earn`, `award` or `confirm`.
    pub action: &'static str,
    /// The id of what is earned, awarded or confirmed.
    pub id: String,
    /// The step in a sentence.
    pub text: String,
    /// What it adds to the measure.
    pub cost: String,
    /// What it adds to the further measures of the question, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<AmountView>,
    /// The requirements that it counts toward.
    pub fills: Vec<String>,
    /// Later steps that require it.
    pub opens: Vec<String>,
    /// Of an award: the credentials that earn it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

pub(super) fn step_view(
    catalog: &Catalog,
    question: &Question,
    asked: Option<QualificationIx>,
    step: &Step,
) -> StepView {
    let (action, id) = match &step.action {
        Action::Earn(ix) => ("earn", catalog.credential(*ix).id.to_string()),
        Action::Award(ix) => ("award", catalog.qualification(*ix).id.to_string()),
        Action::Confirm { key, .. } => ("confirm", key.to_string()),
    };
    StepView {
        action,
        id,
        text: words::step(catalog, question, asked, step),
        cost: step.cost.measure.to_string(),
        further: further(question, &step.cost),
        fills: step.fills.iter().map(|&(within, ix)| reference(catalog, within, ix)).collect(),
        opens: step.opens.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
        components: step.components.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
    }
}

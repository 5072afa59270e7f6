//! Plain, public views of answers. Their JSON is stable: a change of shape raises `format_version`.

use cairn_core::{
    Catalog,
    catalog::{QualificationIx, RequirementIx},
};

// What an audit is shown as, and what it is made of.
mod audit;
pub use audit::{AuditReport, OutcomeView};

mod cost;
pub(crate) use cost::verdict_code;
pub use cost::{AmountView, BoundsView, ProgressView, Remaining};
use cost::{cost_view, remaining};

mod scope;
pub use scope::{CountedView, MeasuredView, RequirementView, ScopeView};

mod step;
pub use step::StepView;
use step::step_view;

mod reason;
pub use reason::ReasonView;

mod policy;
pub use policy::PolicyView;

mod why;
pub use why::{ClauseView, ElsewhereView, ForcedView};

// Several audits.
mod edition;
pub use edition::EditionView;

mod exception;
pub use exception::{ExceptionState, ExceptionView};

mod joint;
pub use joint::{JointReport, TargetView};

mod overview;
pub use overview::{OverviewEntry, OverviewReport, WhatIfReport};

mod several;
pub use several::{ChoiceView, CompletionView, CompletionsReport};

mod skills;
pub use skills::{EvidenceView, GapReport, NeededView, SkillView, SkillsReport};

mod tests;
pub use tests::{BecauseView, FailureView, TestView, TestsReport};

// The rules and the record themselves.
mod catalog;
pub use catalog::{CatalogReport, CredentialView, PoolView, QualificationView, RuleView, StatedView};

mod learner;
pub use learner::{AttestationView, HoldingView, LearnerReport};

mod history;
pub use history::{EventView, HistoryReport};

mod known;
pub use known::Known;

/// The version of all shapes of this module.
pub const FORMAT_VERSION: u32 = 1;

/// A requirement, as `qualification#requirement`.
fn reference(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let qualification = catalog.qualification(within);
    format!("{}#{}", qualification.id, qualification.requirement(ix).id)
}

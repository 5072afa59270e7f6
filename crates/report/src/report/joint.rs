//! The view of a joint audit.

use cairn_core::{Catalog, Learner};
use cairn_engine::JointAudit;
use serde::Serialize;

use crate::{
    report::{AuditReport, FORMAT_VERSION, Remaining, remaining, verdict_code},
    words,
};

/// Several qualifications at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointReport {
    /// The version of the shape.
    pub format_version: u32,
    /// Each qualification, by id.
    pub targets: Vec<TargetView>,
    /// The audit of all together; its `qualification` and `title` name all of them.
    pub audit: AuditReport,
}

/// One qualification of a joint audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetView {
    /// Its id, with its edition.
    pub qualification: String,
    /// Its title.
    pub title: String,
    /// Whether what is held completes it beside the others.
    pub complete: bool,
    /// By itself: `complete`, `remaining` or `unreachable`.
    pub alone: &'static str,
    /// What remains by itself, unless it is unreachable.
    pub remaining: Option<Remaining>,
    /// How it stands, in a sentence.
    pub text: String,
}

impl JointReport {
    /// The view of a joint audit.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, joint: &JointAudit) -> JointReport {
        let mut audit = AuditReport::new(catalog, learner, &joint.audit);
        let named = joint.targets.iter().map(|target| catalog.qualification(target.qualification));
        let (ids, titles): (Vec<_>, Vec<_>) =
            named.map(|named| (named.id.to_string(), named.title.clone())).unzip();
        audit.qualification = ids.join(", ");
        audit.title = words::list(&titles, "and");
        let question = &joint.audit.question;
        let targets = joint.targets.iter().map(|target| {
            let named = catalog.qualification(target.qualification);
            TargetView {
                qualification: named.id.to_string(),
                title: named.title.clone(),
                complete: target.is_complete,
                alone: verdict_code(target.alone),
                remaining: remaining(question, target.alone),
                text: words::target(catalog, target, question.measure),
            }
        });
        JointReport { format_version: FORMAT_VERSION, targets: targets.collect(), audit }
    }
}

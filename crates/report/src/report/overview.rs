//! Views made of several audits.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Audit, Entry, Verdict};
use serde::Serialize;

use crate::{
    report::{AuditReport, BoundsView, FORMAT_VERSION, ProgressView, Remaining, catalog::common_scheme},
    words,
};

/// How far a learner is with every qualification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub learner: String,
    /// The name, if one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The day.
    pub as_of: String,
    /// The id of the scheme in which credits are counted, if the rules name schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Qualifications: held first, then complete ones, then the nearest.
    pub qualifications: Vec<OverviewEntry>,
}

/// One line of an overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewEntry {
    /// The qualification's id.
    pub qualification: String,
    /// Its title.
    pub title: String,
    /// `held`, `complete`, `begun`, `open`, `stopped` or `unreachable`.
    pub state: &'static str,
    /// The verdict in a sentence.
    pub summary: String,
    /// What remains.
    pub remaining: Option<Remaining>,
    /// What is known of that where the search was stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<BoundsView>,
    /// The part of the way that is done.
    pub progress: Option<ProgressView>,
}

impl OverviewReport {
    /// The view of an overview, ordered by what a learner wants to know first.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, as_of: String, entries: &[Entry]) -> OverviewReport {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by_key(|entry| {
            let done = entry.audit.progress.map(std::cmp::Reverse);
            (rank(entry), std::cmp::Reverse(done.is_some()), done, entry.qualification)
        });
        let view = |entry: &&Entry| {
            let AuditReport { qualification, title, summary, remaining, bounds, progress, .. } =
                AuditReport::new(catalog, learner, &entry.audit);
            let state = ["held", "complete", "begun", "open", "stopped", "unreachable"][rank(entry)];
            OverviewEntry { qualification, title, state, summary, remaining, bounds, progress }
        };
        OverviewReport {
            format_version: FORMAT_VERSION,
            learner: learner.id.to_string(),
            name: learner.name.clone(),
            as_of,
            scheme: common_scheme(catalog),
            qualifications: sorted.iter().map(view).collect(),
        }
    }
}

fn rank(entry: &Entry) -> usize {
    match (entry.is_held, entry.audit.verdict) {
        (true, _) => 0,
        (false, Verdict::Complete) => 1,
        (false, Verdict::Remaining(_)) if entry.audit.progress.is_some_and(|done| done.numerator() > 0) => 2,
        (false, Verdict::Remaining(_)) => 3,
        (false, Verdict::Stopped(_)) => 4,
        (false, Verdict::Unreachable) => 5,
    }
}

/// An audit beside the one that would be if the record were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIfReport {
    /// The version of the shape.
    pub format_version: u32,
    /// What the change does, in a sentence.
    pub summary: String,
    /// As it is.
    pub now: AuditReport,
    /// As it would be.
    pub then: AuditReport,
}

impl WhatIfReport {
    /// The view of two audits of one question.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, now: &Audit, then: &Audit) -> WhatIfReport {
        WhatIfReport {
            format_version: FORMAT_VERSION,
            summary: words::difference(catalog, now, then),
            now: AuditReport::new(catalog, learner, now),
            then: AuditReport::new(catalog, learner, then),
        }
    }
}

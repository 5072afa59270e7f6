//! The view of one reason.

use cairn_core::Catalog;
use cairn_engine::{Audit, Reason};
use serde::Serialize;

use super::{PolicyView, reference};
use crate::words;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// Its kind.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
    /// The requirement that it is about, as `qualification#requirement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The credential of the holding that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The sharing policies that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyView>,
}

pub(super) fn reason_view(catalog: &Catalog, audit: &Audit, reason: &Reason) -> ReasonView {
    let (code, text) = words::reason(catalog, audit, reason);
    let requirement = reason.place().map(|(within, ix)| reference(catalog, within, ix));
    let credential = reason.holding().map(|at| audit.holdings[at].credential.to_string());
    let policies = reason.policies().iter().map(|&ix| PolicyView::new(catalog, ix)).collect();
    ReasonView { code, text, requirement, credential, policies }
}

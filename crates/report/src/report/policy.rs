//! The view of a sharing policy.

use cairn_core::{Catalog, catalog::PolicyIx};
use serde::Serialize;

use crate::words;

/// A sharing policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// Its id, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The file and the line where it is written.
    pub place: String,
    /// What it demands, in a sentence.
    pub text: String,
}

impl PolicyView {
    /// The view of a policy.
    #[must_use]
    pub fn new(catalog: &Catalog, ix: PolicyIx) -> PolicyView {
        let policy = catalog.policy(ix);
        PolicyView {
            id: policy.id.as_ref().map(ToString::to_string),
            title: policy.title.clone(),
            place: policy.place.clone(),
            text: words::policy_rule(catalog, ix),
        }
    }
}

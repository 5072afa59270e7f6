//! What may not count together: sharing policies and exclusions.

use crate::{
    Amount, Span,
    catalog::{CredentialIx, QualificationIx},
};

/// How much two qualifications may both count.
#[derive(Debug)]
pub struct Sharing {
    /// The qualifications; every two of them are coupled.
    pub between: Vec<QualificationIx>,
    /// At most this many holdings.
    pub count: Option<Amount>,
    /// At most this many of their credits.
    pub credits: Option<Amount>,
    /// Where it is written.
    pub span: Span,
}

/// Credentials of which at most one is counted in a qualification.
#[derive(Debug)]
pub struct Exclusion {
    /// The credentials.
    pub between: Vec<CredentialIx>,
    /// Where it is written.
    pub span: Span,
}

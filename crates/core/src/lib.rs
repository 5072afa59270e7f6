//! What the rules say and what a learner holds: from rule text to a checked catalog.
//!
//! A pure library: it reads no clock, file, database or environment. Text goes in
//! ([`SourceFile`]), a [`Catalog`] or a list of [`Diagnostic`]s comes out.
//!
//! Read the modules in this order: the small words first, then the path that a rule file
//! takes, then what a learner brings to it.

// The small words that everything else is written in.
pub mod id;
pub use id::{
    AttestationKey, CredentialId, IdError, LearnerId, PolicyId, PoolId, QualificationId, RequirementId,
    SchemeId, SkillId,
};

pub mod quantity;
pub use quantity::{Amount, Fraction, Measure, Period, QuantityError};

pub mod attribute;
pub use attribute::{Attributes, Condition, Scalar, Test};

// The path of a rule file: text, document, catalog.
pub mod source;
pub use source::{At, Named, SourceFile, Span};

pub mod diagnostic;
pub use diagnostic::{Code, Diagnostic, Label, Severity};

pub mod document;
pub use document::Document;

pub mod catalog;
pub use catalog::{Catalog, Loading, build, load};

// What a learner brings.
pub mod learner;
pub use learner::{Attestation, Holding, Learner, Scenario, Source, State};

pub mod exception;
pub use exception::{Exception, Misfit, Relief};

pub use jiff::civil::Date;

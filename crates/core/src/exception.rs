//! Exceptions: how the rules are read for one learner, where somebody has decided so.

use std::fmt;

use jiff::civil::Date;

use crate::{Amount, CredentialId, QualificationId, RequirementId};

/// One exception: of which requirement, and what it grants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exception {
    /// The qualification, with its edition.
    pub qualification: QualificationId,
    /// The requirement of it; the qualification's own id is its root.
    pub requirement: RequirementId,
    /// What is granted.
    pub relief: Relief,
}

impl Exception {
    /// What it is of.
    #[must_use]
    pub fn place(&self) -> (&QualificationId, &RequirementId) {
        (&self.qualification, &self.requirement)
    }
}

/// What an exception grants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relief {
    /// The requirement also accepts this credential.
    Allow(CredentialId),
    /// The first credential may stand in the place of the second, so that only one of them counts there.
    Substitute(CredentialId, CredentialId),
    /// The requirement also accepts what is held of this credential, whatever its grade and its age.
    CountHere(CredentialId),
    /// No more than this is needed, in number, credits or whatever the requirement asks for.
    Amount(Amount),
    /// The requirement is not asked.
    Waive,
    /// What is held of this credential is valid until this day, wherever it counts.
    Extend(CredentialId, Date),
}

impl Relief {
    /// The word for [`Relief::Allow`].
    pub const ALLOW: &'static str = "allow";
    /// The word for [`Relief::Substitute`].
    pub const SUBSTITUTE: &'static str = "substitute";
    /// The word for [`Relief::CountHere`].
    pub const COUNT_HERE: &'static str = "count-here";
    /// The word for [`Relief::Amount`].
    pub const AMOUNT: &'static str = "amount";
    /// The word for [`Relief::Waive`].
    pub const WAIVE: &'static str = "waive";
    /// The word for [`Relief::Extend`].
    pub const EXTEND: &'static str = "extend";

    /// The word for its kind that logs and reports use.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Relief::Allow(_) => Relief::ALLOW,
            Relief::Substitute(..) => Relief::SUBSTITUTE,
            Relief::CountHere(_) => Relief::COUNT_HERE,
            Relief::Amount(_) => Relief::AMOUNT,
            Relief::Waive => Relief::WAIVE,
            Relief::Extend(..) => Relief::EXTEND,
        }
    }

    /// The credential that is accepted, counted or extended by it.
    #[must_use]
    pub fn credential(&self) -> Option<&CredentialId> {
        match self {
            Relief::Allow(credential)
            | Relief::Substitute(credential, _)
            | Relief::CountHere(credential)
            | Relief::Extend(credential, _) => Some(credential),
            Relief::Amount(_) | Relief::Waive => None,
        }
    }
}

/// Why an exception cannot be made of these rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// There is no such qualification.
    NoQualification(QualificationId),
    /// The qualification has no such requirement.
    NoRequirement(RequirementId),
    /// There is no such credential.
    NoCredential(CredentialId),
    /// The requirement does not ask for what could be granted.
    Idle(RequirementId, &'static str),
    /// With it, something would be required for itself.
    Circle,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::NoQualification(id) => write!(f, "no qualification is named `{id}`"),
            Misfit::NoRequirement(id) => write!(f, "no requirement is named `{id}`"),
            Misfit::NoCredential(id) => write!(f, "no credential is named `{id}`"),
            Misfit::Idle(id, why) => write!(f, "`{id}` {why}"),
            Misfit::Circle => f.write_str("with it, something would be required for itself"),
        }
    }
}

impl std::error::Error for Misfit {}

//! Something that counts, and where.

use cairn_core::{
    Amount,
    catalog::{CredentialIx, RequirementIx},
};

use crate::{eligibility::Unit, model::Model};

/// Something that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A holding, by its position in [`crate::Audit::holdings`].
    Held(usize),
    /// A credential still to be earned.
    New(CredentialIx),
}

/// Where something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// What counts.
    pub thing: Thing,
    /// The credential that it counts as.
    pub face: CredentialIx,
    /// The requirement that it counts toward.
    pub requirement: RequirementIx,
    /// How much of it counts there, where that is less than all.
    pub part: Option<Part>,
}

/// A part of something that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its credits.
    pub credits: Amount,
    /// Whether another part of the same counts toward another requirement, which is named before.
    pub is_more: bool,
}

pub(crate) fn unit_of<'m, 'a>(model: &'m Model<'a>, thing: Thing) -> &'m Unit<'a> {
    let is_it = |unit: &&Unit<'_>| match thing {
        Thing::Held(holding) => unit.holding == Some(holding),
        Thing::New(credential) => unit.is_new() && unit.own == credential,
    };
    model.units.iter().find(is_it).expect("what is placed is a unit of the model")
}

//! What a unit may count as: what it is, and what it is equivalent to.

use cairn_core::{
    Catalog, Date,
    catalog::{CredentialIx, Equivalence},
};

/// A credential that something may count as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face<'a> {
    pub(crate) credential: CredentialIx,
    /// Nothing where it is what it is.
    pub(super) by: Option<&'a Equivalence>,
}

impl Face<'_> {
    /// Whether it stands for the whole of the credential, whatever it is wanted for.
    pub(crate) fn is_full(&self) -> bool {
        self.by.is_none_or(Equivalence::is_full)
    }
}

/// Everything that a holding of that day may count as: itself first.
pub(crate) fn faces(catalog: &Catalog, own: CredentialIx, awarded: Option<Date>) -> Vec<Face<'_>> {
    let others = catalog.credential(own).counts_as.iter().filter(|one| one.covers(awarded));
    let others = others.map(|one| Face { credential: one.to, by: Some(one) });
    std::iter::once(Face { credential: own, by: None }).chain(others).collect()
}

//! What things are called.

use cairn_core::{
    Catalog,
    catalog::{CredentialIx, Origin, Prerequisite, QualificationIx, RequirementIx},
};
use cairn_engine::Audit;

use crate::words::{list, rule};

/// A title with its id, or the id alone where they are the same.
#[must_use]
pub fn named(title: &str, id: &str) -> String {
    if title == id { id.to_owned() } else { format!("{title} ({id})") }
}

/// A credential by title and id; one that stands for what the rules do not name, by what that is.
#[must_use]
pub fn credential(catalog: &Catalog, ix: CredentialIx) -> String {
    let credential = catalog.credential(ix);
    match credential.origin {
        Origin::Open(within, pool) => {
            let pool = &catalog.qualification(within).pools[pool.index()];
            format!("{} ({})", credential.title, rule::elsewhere(catalog, pool, credential.credits))
        }
        Origin::Rules | Origin::Record => named(&credential.title, credential.id.as_str()),
    }
}

/// A qualification by title and id.
#[must_use]
pub fn qualification(catalog: &Catalog, ix: QualificationIx) -> String {
    let qualification = catalog.qualification(ix);
    named(&qualification.title, qualification.id.as_str())
}

/// A requirement by its title; one that is named in a list together with the list, and one of
/// another qualification than the one in question together with it.
#[must_use]
pub fn requirement(
    catalog: &Catalog,
    within: QualificationIx,
    ix: RequirementIx,
    asked: Option<QualificationIx>,
) -> String {
    let owner = catalog.qualification(within);
    let id = owner.requirement(ix).id.as_str();
    let mut name = format!("“{}”", requirement_title(catalog, within, ix));
    let list = id.split_once('/').map(|(list, _)| list).filter(|list| *list != owner.id.as_str());
    if let Some(list) =
        list.and_then(|list| owner.requirements.iter().find(|other| other.id.as_str() == list))
    {
        name.push_str(&format!(" in “{}”", list.title));
    }
    if Some(within) != asked {
        name.push_str(&format!(" of {}", qualification(catalog, within)));
    }
    name
}

/// The one qualification that is asked about, if it is one.
pub(crate) fn asked(audit: &Audit) -> Option<QualificationIx> {
    match audit.targets[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// What to call a requirement: its title; for a credential or qualification named in a list, theirs.
#[must_use]
pub fn requirement_title(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let requirement = catalog.qualification(within).requirement(ix);
    if !requirement.id.as_str().contains('/') {
        return requirement.title.clone();
    }
    if let Some(named) = catalog.find_credential(&requirement.title) {
        return catalog.credential(named).title.clone();
    }
    match catalog.find_qualifications(&requirement.title)[..] {
        [named] => catalog.qualification(named).title.clone(),
        _ => requirement.title.clone(),
    }
}

/// One prerequisite with its alternatives.
#[must_use]
pub fn prerequisite(catalog: &Catalog, any: &[Prerequisite]) -> String {
    let names = any.iter().map(|one| match *one {
        Prerequisite::Credential(ix) => credential(catalog, ix),
        Prerequisite::Qualification(ix) => qualification(catalog, ix),
    });
    list(&names.collect::<Vec<_>>(), "or")
}

/// An issuer by title, or as it is written where the rules do not describe it.
#[must_use]
pub fn issuer(catalog: &Catalog, issuer: &str) -> String {
    let known = catalog.issuers().iter().find(|known| known.id.as_str() == issuer);
    known.map_or_else(
        || issuer.to_owned(),
        |known| match &known.url {
            Some(url) => format!("{}, {url}", named(&known.title, issuer)),
            None => named(&known.title, issuer),
        },
    )
}

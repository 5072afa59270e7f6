//! Exceptions in sentences.

use cairn_core::{Catalog, CredentialId, Exception, Relief};

use crate::words::{credential, requirement};

/// What heads the list of exceptions.
pub const EXCEPTIONS: &str = "Exceptions";

/// What an exception grants, in a sentence. `catalog` has the rules without it, where they are known.
#[must_use]
pub fn exception(catalog: Option<&Catalog>, exception: &Exception) -> String {
    let named = |id: &CredentialId| {
        let found = catalog.and_then(|catalog| Some((catalog, catalog.find_credential(id.as_str())?)));
        found.map_or_else(|| id.to_string(), |(catalog, ix)| credential(catalog, ix))
    };
    // The rules of another edition may know of no such requirement.
    let place = catalog.and_then(|catalog| Some((catalog, catalog.place_of(exception).ok()?)));
    let place = place.map_or_else(
        || format!("“{}”", exception.requirement),
        |(catalog, (within, ix))| requirement(catalog, within, ix, Some(within)),
    );
    let place = format!("{place} of {}", exception.qualification);
    match &exception.relief {
        Relief::Allow(id) => format!("{} is accepted for {place} as well", named(id)),
        Relief::Substitute(held, wanted) => {
            format!("{} may stand for {} in {place}", named(held), named(wanted))
        }
        Relief::CountHere(id) => {
            format!("{} counts toward {place}, whatever its grade and its age", named(id))
        }
        Relief::Amount(amount) => format!("no more than {amount} is needed for {place}"),
        Relief::Waive => format!("{place} is waived"),
        Relief::Extend(id, until) => format!("{} is valid to {until}", named(id)),
    }
}

/// Who granted an exception, as the end of a sentence.
#[must_use]
pub fn by_exception(number: u32, actor: &str) -> String {
    format!("by exception {number} of {actor}")
}

/// How an exception stands, and who has said so; `says` is the last word about it.
#[must_use]
pub fn exception_line(number: u32, grants: &str, standing: &str, says: &str) -> String {
    let standing = match standing {
        "needs-review" => "needs review, because it was granted under another edition of the rules",
        "asked" => "was asked for, and is not decided",
        "granted" => "is granted",
        "refused" => "is refused",
        _ => "is withdrawn",
    };
    format!("{number}. {grants}: {standing} ({says})")
}

/// An exception was asked for.
#[must_use]
pub fn exception_asked(number: usize, grants: &str) -> String {
    format!("exception {number} was asked for: {grants}")
}

/// An exception was decided about.
#[must_use]
pub fn exception_decided(number: u32, decision: &str) -> String {
    format!("exception {number} was {decision}")
}

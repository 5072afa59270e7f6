//! What the graph of a catalog says.

use crate::words::list;

/// What a qualification cannot be completed without.
#[must_use]
pub fn unavoidable(credentials: &[String]) -> String {
    match credentials {
        [] => "can be completed without any one credential".to_owned(),
        some => format!("cannot be completed without {}", list(some, "and")),
    }
}

/// What holds a catalog together.
#[must_use]
pub fn joints(nodes: &[String]) -> String {
    match nodes {
        [] => "no single credential or qualification holds the catalog together".to_owned(),
        some => format!("without {} the catalog would fall apart", list(some, "or")),
    }
}

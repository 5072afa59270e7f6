//! What no rule file defines: whether it counts, and whether it is advised.

use cairn_core::{Catalog, catalog::Origin};
use cairn_engine::{Action, Audit};

/// Whether something counts, or is advised, for an open pool.
pub(crate) fn what_is_had_there(catalog: &Catalog, audit: &Audit) -> Vec<&'static str> {
    let counted = audit.scopes.iter().flat_map(|scope| &scope.counted);
    let counts = { counted }.any(|placed| catalog.credential(placed.face).origin == Origin::Record);
    let is_open = |ix| matches!(catalog.credential(ix).origin, Origin::Open(..));
    let advised = audit.next.iter().any(|step| matches!(step.action, Action::Earn(ix) if is_open(ix)));
    let kinds = [("advised from elsewhere", advised), ("counted from elsewhere", counts)];
    kinds.into_iter().filter(|(_, is_so)| *is_so).map(|(kind, _)| kind).collect()
}

//! Views of what is asked about an audit: what forces it, and where a holding could count.

use cairn_core::{Catalog, catalog::Clause};
use cairn_engine::{Audit, Forced, Outcome, Preferred, Price, Thing};
use serde::Serialize;

use crate::{
    report::{AuditReport, Remaining, reference, remaining},
    words,
};

/// A requirement toward which a holding counts, or could count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElsewhereView {
    /// The credential that is held.
    pub credential: String,
    /// The requirement, as `qualification#requirement`.
    pub requirement: String,
    /// Whether it counts there.
    pub counts: bool,
    /// What would remain if it had to, where that is within reach and settled.
    pub remaining: Option<Remaining>,
    /// All of it in a sentence.
    pub text: String,
}

/// The rules that force what remains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForcedView {
    /// Whether each of them is needed for that.
    pub minimal: bool,
    /// What follows from them, in a sentence.
    pub text: String,
    /// The rules.
    pub rules: Vec<ClauseView>,
}

/// One sentence of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseView {
    /// The sentence.
    pub text: String,
    /// The requirement that it belongs to, as `qualification#requirement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
}

impl AuditReport {
    /// The same with the price of counting holdings, by their positions, elsewhere.
    #[must_use]
    pub fn elsewhere(self, catalog: &Catalog, audit: &Audit, prices: &[(usize, Vec<Price>)]) -> AuditReport {
        let is_needed = |price: &&Price| {
            audit.scopes.iter().any(|scope| scope.needed && scope.qualification == price.place.0)
        };
        let views = prices.iter().flat_map(|(holding, prices)| {
            prices.iter().filter(is_needed).map(|price| elsewhere_view(catalog, audit, *holding, price))
        });
        AuditReport { elsewhere: views.collect(), ..self }
    }

    /// The same with the rules that force what remains.
    #[must_use]
    pub fn forced_by(self, catalog: &Catalog, audit: &Audit, forced: &Forced) -> AuditReport {
        let asked = words::asked(audit);
        let rules = forced.clauses.iter().map(|&clause| ClauseView {
            text: words::clause(catalog, asked, clause),
            requirement: match clause {
                Clause::Need(within, ix, _)
                | Clause::Asked(within, ix)
                | Clause::Cap(within, ix, _)
                | Clause::Window(within, ix)
                | Clause::After(within, ix) => Some(reference(catalog, within, ix)),
                Clause::Limit(..) | Clause::Policy(..) | Clause::Exclusion(_) => None,
            },
        });
        let text = words::forced(audit.verdict, forced);
        let forced_by = ForcedView { minimal: forced.is_minimal, text, rules: rules.collect() };
        AuditReport { forced_by: Some(forced_by), ..self }
    }
}

fn elsewhere_view(catalog: &Catalog, audit: &Audit, holding: usize, price: &Price) -> ElsewhereView {
    let (within, requirement) = price.place;
    let mut scopes = audit.scopes.iter().filter(|scope| scope.qualification == within);
    let counts = scopes.any(|scope| {
        scope
            .counted
            .iter()
            .any(|placed| placed.thing == Thing::Held(holding) && placed.requirement == requirement)
    });
    ElsewhereView {
        credential: audit.holdings[holding].credential.to_string(),
        requirement: reference(catalog, within, requirement),
        counts,
        remaining: remaining(&audit.question, price.verdict),
        text: words::elsewhere(catalog, audit, holding, price, counts),
    }
}

pub(super) fn preferred_view(catalog: &Catalog, audit: &Audit, one: &Preferred) -> ElsewhereView {
    let (within, requirement) = one.preference.place;
    ElsewhereView {
        credential: catalog.credential(one.preference.credential).id.to_string(),
        requirement: reference(catalog, within, requirement),
        counts: one.outcome == Outcome::Honoured,
        remaining: match one.outcome {
            Outcome::Honoured => remaining(&audit.question, audit.verdict),
            Outcome::Priced(verdict) => remaining(&audit.question, verdict),
            Outcome::NotAccepted => None,
        },
        text: words::preferred(catalog, audit, one),
    }
}

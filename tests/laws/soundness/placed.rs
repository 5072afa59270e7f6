//! What is placed: what it is, what it counts as, what is known of it.

use cairn_core::{
    Amount, Attributes, Catalog, Scalar,
    catalog::{CredentialIx, Equivalence, Facts, Filter, Qualification},
};
use cairn_engine::{Audit, Placement, Thing};

/// Whether another part of the same thing counts already.
pub(crate) fn is_more(placed: &Placement) -> bool {
    placed.part.is_some_and(|part| part.is_more)
}

pub(super) fn own(catalog: &Catalog, audit: &Audit, placed: &Placement) -> CredentialIx {
    match placed.thing {
        Thing::New(credential) => credential,
        Thing::Held(at) => {
            catalog.find_credential(audit.holdings[at].credential.as_str()).expect("what counts is known")
        }
    }
}

/// The equivalence by which something counts, on the day of its award.
pub(super) fn equivalence<'c>(
    catalog: &'c Catalog,
    audit: &Audit,
    placed: &Placement,
) -> Option<&'c Equivalence> {
    let day = match placed.thing {
        Thing::New(_) => Some(audit.question.as_of),
        Thing::Held(at) => audit.holdings[at].awarded,
    };
    catalog.credential(own(catalog, audit, placed)).as_other(placed.face, day)
}

/// Whether it counts toward a qualification, as what it is and as what it counts as.
pub(super) fn may_count(catalog: &Catalog, audit: &Audit, placed: &Placement, rules: &Qualification) -> bool {
    let both = [own(catalog, audit, placed), placed.face];
    both.iter().all(|&ix| catalog.credential(ix).counts_toward(rules))
        && equivalence(catalog, audit, placed).is_none_or(|one| one.counts_toward(rules))
}

fn facts<'a>(catalog: &'a Catalog, audit: &Audit, placed: &Placement, own: &'a mut Attributes) -> Facts<'a> {
    let mut source = None;
    if let Thing::Held(at) = placed.thing {
        let holding = &audit.holdings[at];
        source = Some(holding.source);
        own.clone_from(&holding.attributes);
        own.extend(
            holding.issuer.iter().map(|issuer| ("issuer".to_owned(), vec![Scalar::Text(issuer.clone())])),
        );
        own.extend(
            catalog
                .credits_recorded(holding)
                .map(|credits| ("credits".to_owned(), vec![Scalar::Number(credits)])),
        );
    }
    let face = catalog.credential(placed.face);
    Facts {
        credential: placed.face,
        origin: face.origin,
        attributes: &face.attributes,
        own: Some(own),
        source,
    }
}

pub(super) fn passes(
    catalog: &Catalog,
    audit: &Audit,
    rules: &Qualification,
    placed: &Placement,
    filter: &Filter,
) -> bool {
    filter.accepts(facts(catalog, audit, placed, &mut Attributes::new()), &rules.pools)
}

pub(super) fn values(catalog: &Catalog, audit: &Audit, placed: &Placement, attribute: &str) -> Vec<Scalar> {
    facts(catalog, audit, placed, &mut Attributes::new()).values(attribute).into_owned()
}

pub(super) fn credits(catalog: &Catalog, audit: &Audit, placed: &Placement) -> Amount {
    if let Some(credits) = equivalence(catalog, audit, placed).and_then(|one| one.credits) {
        return credits;
    }
    match placed.thing {
        Thing::Held(at) => {
            let recorded = catalog.credits_recorded(&audit.holdings[at]);
            recorded.unwrap_or(catalog.credential(placed.face).credits)
        }
        Thing::New(_) => catalog.credential(placed.face).credits,
    }
}

//! A catalog beside a record: with what open pools have of it.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    Amount, Attributes, Catalog, CredentialId, Holding, Learner, Span,
    catalog::{Credential, CredentialIx, Facts, Origin, Pool, filter::in_any},
};

impl Catalog {
    /// The catalog with those credentials on a record that no rule file defines and an open pool has.
    ///
    /// Every question about a learner is asked of this one: otherwise those holdings count for nothing.
    #[must_use]
    pub fn beside(&self, learner: &Learner) -> Cow<'_, Catalog> {
        let found = self.undescribed(learner);
        if found.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut catalog = self.clone();
        let known = catalog.credentials.split_off(catalog.described);
        let mut all: BTreeMap<CredentialId, Credential> =
            known.into_iter().map(|one| (one.id.clone(), one)).collect();
        all.extend(found.into_iter().map(|id| (id.clone(), recorded(id))));
        catalog.credentials.extend(all.into_values());
        catalog.graph.make_room(catalog.credentials.len());
        Cow::Owned(catalog)
    }

    /// Whether everything on a record that an open pool has is in the catalog.
    #[must_use]
    pub fn is_beside(&self, learner: &Learner) -> bool {
        self.undescribed(learner).is_empty()
    }

    fn undescribed(&self, learner: &Learner) -> Vec<CredentialId> {
        if !self.has_open_pools() {
            return Vec::new();
        }
        let is_new = |holding: &&Holding| {
            let id = holding.credential.as_str();
            self.find_credential(id).is_none() && self.find_qualifications(id).is_empty()
        };
        let found = learner.holdings.iter().filter(is_new).filter(|holding| self.is_in_open_pool(holding));
        found.map(|holding| holding.credential.clone()).collect()
    }

    fn has_open_pools(&self) -> bool {
        self.open_pools().next().is_some()
    }

    fn open_pools(&self) -> impl Iterator<Item = (&[Pool], usize)> {
        let all =
            self.qualifications.iter().flat_map(|one| (0..one.pools.len()).map(|at| (&one.pools[..], at)));
        all.filter(|(pools, at)| pools[*at].open.is_some())
    }

    fn is_in_open_pool(&self, holding: &Holding) -> bool {
        let none = Attributes::new();
        let own = self.facts_recorded(holding);
        let facts = Facts {
            credential: CredentialIx::at(self.credentials.len()),
            origin: Origin::Record,
            attributes: &none,
            own: Some(&own),
            source: Some(holding.source),
        };
        self.open_pools().any(|(pools, at)| in_any(&[crate::catalog::PoolIx::at(at)], facts, pools))
    }
}

/// What is known of a credential that no rule file defines: nothing but what is recorded with holdings.
fn recorded(id: CredentialId) -> Credential {
    Credential {
        title: id.to_string(),
        id,
        scheme: None,
        credits: Amount::ZERO,
        credits_stated: Amount::ZERO,
        cost: Amount::ZERO,
        effort: Amount::ZERO,
        valid: None,
        renewed_by: Vec::new(),
        renewal_window: None,
        renewed_from_end: false,
        valid_after_retirement: None,
        requires: Vec::new(),
        counts_as: Vec::new(),
        only_toward: None,
        offered: false,
        retired: None,
        times: 1,
        attributes: Attributes::new(),
        origin: Origin::Record,
        span: Span::new(0, 0..0),
    }
}

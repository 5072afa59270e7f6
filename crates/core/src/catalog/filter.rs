//! Which credentials a pool or a limit speaks of.

use std::borrow::Cow;

use crate::{
    Amount, Attributes, Condition, PoolId, Scalar, Source, Span, Test,
    catalog::{CredentialIx, Origin, PoolIx, number, skill_attribute},
};

/// The attribute of the credits that something has.
pub const CREDITS: &str = "credits";

/// A named selection of credentials.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Its name.
    pub id: PoolId,
    /// Only these, sorted; without it, any.
    pub of: Option<Vec<CredentialIx>>,
    /// Only those that meet all of these.
    pub conditions: Vec<Condition>,
    /// Not those of these pools.
    pub not_in: Vec<PoolIx>,
    /// Whether what is in it is advised; otherwise it is accepted where it is held.
    pub advise: bool,
    /// Where what is in no rule file is in it as well: what stands for what could be earned of that.
    pub open: Option<CredentialIx>,
    /// Where it is written.
    pub span: Span,
}

/// What a requirement or a limit accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The credential must be in one of these; without it, any will do.
    pub pools: Option<Vec<PoolIx>>,
    /// Only this credential.
    pub credential: Option<CredentialIx>,
    /// It must meet all of these as well.
    pub conditions: Vec<Condition>,
}

/// A credential as something counts as it: its attributes, with those of the award before them.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The credential that it counts as.
    pub credential: CredentialIx,
    /// Where that is described.
    pub origin: Origin,
    /// The attributes of that credential.
    pub attributes: &'a Attributes,
    /// The attributes of the holding; they beat those of the credential.
    pub own: Option<&'a Attributes>,
    /// How the holding came to be; nothing where the credential itself is meant, which is earned.
    pub source: Option<Source>,
}

/// The attribute that says how a holding came to be.
pub const SOURCE: &str = "source";

impl<'a> Facts<'a> {
    /// The values of an attribute.
    #[must_use]
    pub fn values(&self, attribute: &str) -> Cow<'a, [Scalar]> {
        if attribute == SOURCE {
            let source = self.source.unwrap_or(Source::Earned);
            return Cow::Owned(vec![Scalar::Text(source.word().to_owned())]);
        }
        let own = self.own.and_then(|own| own.get(attribute));
        Cow::Borrowed(own.or_else(|| self.attributes.get(attribute)).map_or(&[], Vec::as_slice))
    }

    /// The level at which a skill is shown, if it is.
    #[must_use]
    pub fn level_of(&self, skill: &str) -> Option<Amount> {
        let values = self.values(&skill_attribute(skill));
        (!values.is_empty()).then(|| number(&values))
    }

    fn meet(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| condition.test.accepts(&self.values(&condition.attribute)))
    }
}

impl Filter {
    /// Accepts one credential.
    #[must_use]
    pub fn only(credential: CredentialIx) -> Filter {
        Filter { credential: Some(credential), ..Filter::default() }
    }

    /// The only credentials that may be accepted, where they are named one by one; some of them may be
    /// refused all the same. `pools` are those of the qualification.
    #[must_use]
    pub fn named(&self, pools: &[Pool]) -> Option<Vec<CredentialIx>> {
        if let Some(only) = self.credential {
            return Some(vec![only]);
        }
        let closed = |pool: &&PoolIx| pools[pool.index()].open.is_none();
        let lists = self.pools.as_ref()?.iter();
        let lists =
            lists.map(|pool| Some(pool).filter(closed).and_then(|ix| pools[ix.index()].of.as_deref()));
        let mut named = lists.collect::<Option<Vec<_>>>()?.concat();
        named.sort_unstable();
        named.dedup();
        Some(named)
    }

    /// Whether something with these facts is accepted. `pools` are those of the qualification.
    #[must_use]
    pub fn accepts(&self, facts: Facts<'_>, pools: &[Pool]) -> bool {
        self.credential.is_none_or(|only| only == facts.credential)
            && facts.meet(&self.conditions)
            && self.pools.as_ref().is_none_or(|any| in_any(any, facts, pools))
    }
}

/// Whether `facts` lie in any of these pools.
pub(super) fn in_any(any: &[PoolIx], facts: Facts<'_>, pools: &[Pool]) -> bool {
    if any.iter().all(|pool| pools[pool.index()].not_in.is_empty()) {
        return any.iter().any(|pool| pools[pool.index()].names(facts));
    }
    // Pools leave out other pools, which leave out others; each stands after those it leaves out,
    // so one pass over the list answers for all of them without recursion.
    let last = any.iter().map(|pool| pool.index()).max().unwrap_or(0);
    let mut within: Vec<bool> = Vec::with_capacity(last + 1);
    for pool in &pools[..=last] {
        let left_out = || pool.not_in.iter().any(|other| within[other.index()]);
        within.push(pool.names(facts) && (pool.open == Some(facts.credential) || !left_out()));
    }
    any.iter().any(|pool| within[pool.index()])
}

impl Pool {
    /// Whether the pool's own words name something; what it leaves out is not asked here.
    ///
    /// What stands for what could be earned elsewhere is what its pool asks for, whatever it says of
    /// itself.
    fn names(&self, facts: Facts<'_>) -> bool {
        let is_listed = |of: &Vec<CredentialIx>| of.binary_search(&facts.credential).is_ok();
        self.open == Some(facts.credential)
            || ((self.of.as_ref().is_none_or(is_listed) || self.is_open_to(facts))
                && facts.meet(&self.conditions))
    }

    /// Whether the pool is open to something that no rule file defines.
    pub(super) fn is_open_to(&self, facts: Facts<'_>) -> bool {
        match facts.origin {
            Origin::Rules => false,
            Origin::Open(..) => self.open == Some(facts.credential),
            Origin::Record => self.open.is_some(),
        }
    }
}

impl Test {
    /// Whether an attribute with these values satisfies the test.
    #[must_use]
    pub fn accepts(&self, values: &[Scalar]) -> bool {
        let within = |value: &Scalar| match value {
            Scalar::Number(number) => {
                self.at_least.is_none_or(|least| least <= *number)
                    && self.at_most.is_none_or(|most| *number <= most)
            }
            Scalar::Flag(_) | Scalar::Text(_) => false,
        };
        self.any_of.as_ref().is_none_or(|any| any.iter().any(|one| values.contains(one)))
            && self.all_of.as_ref().is_none_or(|all| all.iter().all(|one| values.contains(one)))
            && self.none_of.as_ref().is_none_or(|none| !none.iter().any(|one| values.contains(one)))
            && ((self.at_least.is_none() && self.at_most.is_none()) || values.iter().any(within))
    }
}

//! The rules, linked and checked: immutable, acyclic, in canonical order.
//!
//! Everything is sorted by id, so that the order of files, tables and lists cannot matter.
//! After [`build`] nobody asks again whether a name exists or a number makes sense.

use std::{borrow::Cow, collections::BTreeSet};

use crate::{Amount, Attributes, Holding, Scalar};

// What a catalog holds.
mod credential;
pub use credential::{Credential, Issuer, Origin, Prerequisite};

mod scheme;
pub use scheme::{Exchange, Nearness, Rounded, Scheme, Schemes};

mod equivalence;
pub use equivalence::Equivalence;

mod qualification;
pub use qualification::{AgeDay, Attempt, Grace, Qualification};

mod editions;
pub use editions::{Choose, Editions};

mod size;
pub use size::{Size, SizeBounds};

mod requirement;
pub use requirement::{Attest, AwardMode, Requirement, Rule, Sight, Take, When};

mod limit;
pub use limit::{Bound, Last, Limit, Rounding, Share, Tally, Weight, Whole, number};

mod filter;
pub use filter::{CREDITS, Facts, Filter, Pool, SOURCE};

mod clause;
pub use clause::Clause;

mod skill;
pub use skill::{Skill, skills};
pub(crate) use skill::{shows, skill_attribute};

mod test;
pub use test::{Expectation, Expected, RuleTest};

mod sharing;
pub use sharing::{Exclusion, Part, PolicyBound, Sharing, SharingRule, Way};

// How it comes to be, and how it is read for one learner.
mod load;
pub use load::{Loading, load};

mod build;
pub use build::build;

mod excepting;

mod resolve;
pub(crate) use resolve::closest;

mod check;

mod beside;

// What can be read off it.

pub mod graph;
pub use graph::{Edge, Graph, Node};

macro_rules! indexes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The position, for tables of one's own beside the catalog.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )*};
}

indexes! {
    /// A credential of a catalog.
    CredentialIx;
    /// A qualification of a catalog.
    QualificationIx;
    /// A requirement of a qualification.
    RequirementIx;
    /// A pool of a qualification.
    PoolIx;
    /// A sharing policy of a catalog.
    PolicyIx;
    /// Bounds on the size of a kind of qualifications.
    SizeIx;
}

/// All rules of one set of files.
#[derive(Debug, Clone)]
pub struct Catalog {
    credentials: Vec<Credential>,
    /// How many of these the rules describe; the others are on a record.
    described: usize,
    qualifications: Vec<Qualification>,
    exclusions: Vec<Exclusion>,
    policies: Vec<Sharing>,
    issuers: Vec<Issuer>,
    schemes: Schemes,
    editions: Vec<Editions>,
    sizes: Vec<SizeBounds>,
    skills: Vec<Skill>,
    tests: Vec<RuleTest>,
    graph: Graph,
}

impl Catalog {
    /// All credentials, by id; after them those that are only on a record.
    #[must_use]
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// All qualifications, by id.
    #[must_use]
    pub fn qualifications(&self) -> &[Qualification] {
        &self.qualifications
    }

    /// Barred sets.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }

    /// All sharing policies, in canonical order.
    #[must_use]
    pub fn policies(&self) -> &[Sharing] {
        &self.policies
    }

    /// A sharing policy by position.
    #[must_use]
    pub fn policy(&self, ix: PolicyIx) -> &Sharing {
        &self.policies[ix.index()]
    }

    /// The positions of all sharing policies.
    pub fn policy_indexes(&self) -> impl Iterator<Item = PolicyIx> + use<> {
        (0..self.policies.len()).map(PolicyIx::at)
    }

    /// Which editions of a code may be chosen, if the rules say so.
    #[must_use]
    pub fn editions_of(&self, code: &str) -> Option<&Editions> {
        self.editions.iter().find(|editions| editions.code.as_str() == code)
    }

    /// How large a qualification may be, if its kind says so.
    #[must_use]
    pub fn size_bounds(&self, ix: QualificationIx) -> Option<&SizeBounds> {
        self.qualification(ix).kind.map(|kind| &self.sizes[kind.index()])
    }

    /// How much a qualification asks for, in credits.
    #[must_use]
    pub fn size(&self, ix: QualificationIx) -> Size {
        size::size(self.qualification(ix), &self.credentials)
    }

    /// Awarding bodies, by id.
    #[must_use]
    pub fn issuers(&self) -> &[Issuer] {
        &self.issuers
    }

    /// Credit schemes; everything is counted in the common one.
    #[must_use]
    pub fn schemes(&self) -> &Schemes {
        &self.schemes
    }

    /// The credits that are recorded with a holding, in the common scheme. Those of a scheme that the
    /// rules do not know are none.
    #[must_use]
    pub fn credits_recorded(&self, holding: &Holding) -> Option<Amount> {
        let recorded = holding.credits?;
        let of_credential =
            || self.credential(self.find_credential(holding.credential.as_str())?).scheme.as_ref();
        let Some(id) = holding.scheme.as_ref().or_else(of_credential) else { return Some(recorded) };
        let scheme = self.schemes.find(id.as_str());
        Some(scheme.map_or(Amount::ZERO, |scheme| scheme.recorded(recorded)))
    }

    /// The attributes that are recorded with a holding, with its issuer and credits among them.
    #[must_use]
    pub fn facts_recorded<'h>(&self, holding: &'h Holding) -> Cow<'h, Attributes> {
        if holding.issuer.is_none() && holding.credits.is_none() {
            return Cow::Borrowed(&holding.attributes);
        }
        let mut facts = holding.attributes.clone();
        if let Some(issuer) = &holding.issuer {
            facts.insert("issuer".to_owned(), vec![Scalar::Text(issuer.clone())]);
        }
        if let Some(credits) = self.credits_recorded(holding) {
            facts.insert(CREDITS.to_owned(), vec![Scalar::Number(credits)]);
        }
        Cow::Owned(facts)
    }

    /// All skills that are defined or named, by id.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// A skill by id.
    #[must_use]
    pub fn find_skill(&self, id: &str) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id.as_str() == id)
    }

    /// The tests that stand beside the rules, by qualification and name.
    #[must_use]
    pub fn tests(&self) -> &[RuleTest] {
        &self.tests
    }

    /// The graph of what counts toward what.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// A credential by position.
    #[must_use]
    pub fn credential(&self, ix: CredentialIx) -> &Credential {
        &self.credentials[ix.index()]
    }

    /// A qualification by position.
    #[must_use]
    pub fn qualification(&self, ix: QualificationIx) -> &Qualification {
        &self.qualifications[ix.index()]
    }

    /// For each qualification, by position, the credentials that no completion can do without, as
    /// far as the rules alone tell: everything of an `all`, what the branches of an `any` have in
    /// common, the whole of a pool from which all must be taken, and their prerequisites.
    #[must_use]
    pub fn unavoidable(&self) -> Vec<BTreeSet<CredentialIx>> {
        graph::unavoidable::all(&self.credentials, &self.qualifications, &self.graph)
    }

    /// The positions of all credentials.
    pub fn credential_indexes(&self) -> impl Iterator<Item = CredentialIx> + use<> {
        (0..self.credentials.len()).map(CredentialIx::at)
    }

    /// The positions of all qualifications.
    pub fn qualification_indexes(&self) -> impl Iterator<Item = QualificationIx> + use<> {
        (0..self.qualifications.len()).map(QualificationIx::at)
    }

    /// The credential of an id.
    #[must_use]
    pub fn find_credential(&self, id: &str) -> Option<CredentialIx> {
        let (described, recorded) = self.credentials.split_at(self.described);
        let find = |all: &[Credential]| all.binary_search_by(|one| one.id.as_str().cmp(id)).ok();
        let recorded = || Some(self.described + find(recorded)?);
        find(described).or_else(recorded).map(CredentialIx::at)
    }

    /// The qualifications that a name may mean: the one of that id, or all editions of that code.
    #[must_use]
    pub fn find_qualifications(&self, name: &str) -> Vec<QualificationIx> {
        if let Ok(index) = self.qualifications.binary_search_by(|q| q.id.as_str().cmp(name)) {
            return vec![QualificationIx::at(index)];
        }
        self.qualification_indexes().filter(|&ix| self.qualification(ix).code.as_str() == name).collect()
    }

    /// Whether an award of some qualification uses up what earned it.
    #[must_use]
    pub fn has_consuming(&self) -> bool {
        self.qualifications.iter().any(|qualification| qualification.consumes)
    }

    /// The known name nearest to a misspelt one.
    #[must_use]
    pub fn closest_name(&self, name: &str) -> Option<&str> {
        let credentials = self.credentials.iter().map(|credential| credential.id.as_str());
        let qualifications = self.qualifications.iter().map(|qualification| qualification.id.as_str());
        closest(name, credentials.chain(qualifications))
    }
}

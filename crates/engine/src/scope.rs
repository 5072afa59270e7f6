//! Which scopes take part in an audit.
//!
//! A qualification that must be earned is allocated in a scope of its own. Scopes are independent
//! of each other, except within a *frame*: a qualification together with those that its sharing
//! policies couple to it. A qualification that is referred to in many places has one scope, so
//! the model never grows larger than the catalog.

use std::collections::BTreeMap;

use cairn_core::{
    Catalog, Learner,
    catalog::{AwardMode, CredentialIx, Prerequisite, QualificationIx, Rule},
};

use crate::{Question, eligibility::is_held, eligibility::is_open};

/// One allocation of the holdings: that of `qualification`, in the frame of `owner`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScopeKey {
    pub(crate) owner: QualificationIx,
    pub(crate) qualification: QualificationIx,
}

/// All scopes of an audit, and what may be newly had.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    /// In the order in which they were reached; the first is that of the question.
    pub(crate) keys: Vec<ScopeKey>,
    pub(crate) position: BTreeMap<ScopeKey, usize>,
    /// Qualifications that may be newly awarded.
    pub(crate) awardable: Vec<QualificationIx>,
    /// Credentials that may be newly earned and could be of use, sorted.
    pub(crate) earnable: Vec<CredentialIx>,
}

/// The qualification, and those that sharing policies couple to it.
pub(crate) fn coupled(catalog: &Catalog, owner: QualificationIx) -> Vec<QualificationIx> {
    let mut coupled = vec![owner];
    let mut at = 0;
    while let Some(&next) = coupled.get(at) {
        for policy in &catalog.qualification(next).sharing {
            for &other in &policy.between {
                if !coupled.contains(&other) {
                    coupled.push(other);
                }
            }
        }
        at += 1;
    }
    coupled
}

impl Scopes {
    /// The scope in which `other` is earned when a scope of this key asks for it.
    pub(crate) fn earned_in(&self, catalog: &Catalog, from: ScopeKey, other: QualificationIx) -> usize {
        self.position[&key_of(catalog, from, other)]
    }

    pub(crate) fn find(catalog: &Catalog, learner: &Learner, question: &Question) -> Scopes {
        let mut scopes = Scopes::default();
        scopes.add_frame(catalog, question.qualification);
        let mut useful = vec![false; catalog.credentials().len()];
        let mut scopes_done = 0;
        let mut credentials_done = vec![false; useful.len()];
        loop {
            while let Some(&key) = scopes.keys.get(scopes_done) {
                scopes_done += 1;
                scopes.follow(catalog, learner, question, key, &mut useful);
            }
            let open = |&ix: &CredentialIx| useful[ix.index()] && !credentials_done[ix.index()];
            let fresh: Vec<_> = catalog.credential_indexes().filter(open).collect();
            if fresh.is_empty() {
                break;
            }
            for ix in fresh {
                credentials_done[ix.index()] = true;
                scopes.require(catalog, learner, question, ix, &mut useful);
            }
        }
        let earnable = |&ix: &CredentialIx| {
            let credential = catalog.credential(ix);
            credentials_done[ix.index()] && credential.offered && is_open(credential.retired, question.as_of)
        };
        scopes.earnable = catalog.credential_indexes().filter(earnable).collect();
        scopes
    }

    fn add_frame(&mut self, catalog: &Catalog, owner: QualificationIx) {
        for qualification in coupled(catalog, owner) {
            let key = ScopeKey { owner, qualification };
            if !self.position.contains_key(&key) {
                self.position.insert(key, self.keys.len());
                self.keys.push(key);
            }
        }
    }

    fn add_award(&mut self, catalog: &Catalog, question: &Question, ix: QualificationIx) {
        if is_open(catalog.qualification(ix).retired, question.as_of) && !self.awardable.contains(&ix) {
            self.awardable.push(ix);
            self.add_frame(catalog, ix);
        }
    }

    /// Reaches what the requirements of a scope ask for.
    fn follow(
        &mut self,
        catalog: &Catalog,
        learner: &Learner,
        question: &Question,
        key: ScopeKey,
        useful: &mut [bool],
    ) {
        let qualification = catalog.qualification(key.qualification);
        for requirement in &qualification.requirements {
            match &requirement.rule {
                Rule::Award(other, AwardMode::Held)
                    if !is_held(catalog, learner, *other, qualification.grace, question) =>
                {
                    self.add_award(catalog, question, *other);
                }
                Rule::Award(other, AwardMode::Earned | AwardMode::Either) => {
                    self.add_frame(catalog, key_of(catalog, key, *other).owner);
                }
                _ => {}
            }
        }
        for credential in catalog.graph().accepted_by(key.qualification) {
            useful[credential.index()] = true;
        }
    }

    /// Reaches what a credential requires.
    fn require(
        &mut self,
        catalog: &Catalog,
        learner: &Learner,
        question: &Question,
        ix: CredentialIx,
        useful: &mut [bool],
    ) {
        for prerequisite in catalog.credential(ix).requires.iter().flatten() {
            match *prerequisite {
                Prerequisite::Qualification(other) => {
                    let none = cairn_core::catalog::Grace::None;
                    if !is_held(catalog, learner, other, none, question) {
                        self.add_award(catalog, question, other);
                    }
                }
                Prerequisite::Credential(other) => {
                    useful[other.index()] = true;
                    for &source in catalog.graph().counts_as(other) {
                        useful[source.index()] = true;
                    }
                }
            }
        }
    }
}

/// Inside a frame, the coupled qualifications share its owner; all others have a frame of their own.
fn key_of(catalog: &Catalog, from: ScopeKey, other: QualificationIx) -> ScopeKey {
    let owner = if coupled(catalog, from.owner).contains(&other) { from.owner } else { other };
    ScopeKey { owner, qualification: other }
}

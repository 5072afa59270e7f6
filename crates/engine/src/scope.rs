//! Which scopes take part in an audit.
//!
//! A qualification that must be earned is allocated in a scope of its own. Scopes are independent
//! of each other, except within a *frame* in which a sharing policy binds: the qualifications that
//! are asked about, or one that is awarded, with all that they ask to be earned. A qualification
//! that is referred to in many places of a frame has one scope, so the model never grows larger
//! than the catalog for each frame.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Catalog, Learner,
    catalog::{AwardMode, CredentialIx, PolicyIx, Prerequisite, QualificationIx, Rule},
};

use crate::{
    Question,
    eligibility::{is_held, is_open, recorded_components},
};

/// What is to be had at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Frame {
    /// What the question asks about.
    Asked,
    /// One qualification, for itself.
    Of(QualificationIx),
}

/// One allocation of the holdings: that of `qualification`, within a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScopeKey {
    pub(crate) frame: Frame,
    pub(crate) qualification: QualificationIx,
}

/// What is asked: qualifications that are to be complete at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal<'a> {
    pub(crate) question: &'a Question,
    /// Sorted, each once.
    pub(crate) targets: &'a [QualificationIx],
}

impl<'a> From<&'a Question> for Goal<'a> {
    fn from(question: &'a Question) -> Goal<'a> {
        Goal { question, targets: std::slice::from_ref(&question.qualification) }
    }
}

/// All scopes of an audit, and what may be newly had.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    /// In the order in which they were reached; the first are those of the question.
    pub(crate) keys: Vec<ScopeKey>,
    pub(crate) position: BTreeMap<ScopeKey, usize>,
    /// The frames in which policies bind, with these.
    pub(crate) coupled: BTreeMap<Frame, Vec<PolicyIx>>,
    /// Qualifications that may be newly awarded.
    pub(crate) awardable: Vec<QualificationIx>,
    /// Credentials that may be newly earned and could be of use, sorted.
    pub(crate) earnable: Vec<CredentialIx>,
}

/// The policies that bind when qualifications are claimed with what they ask to be earned, beside
/// awards that are looked into.
pub(crate) fn binding(
    catalog: &Catalog,
    asked: &[QualificationIx],
    is_looked_into: impl Fn(QualificationIx) -> bool,
) -> Vec<PolicyIx> {
    if catalog.policies().is_empty() {
        return Vec::new();
    }
    let mut reached = asked.to_vec();
    let mut seen: BTreeSet<QualificationIx> = asked.iter().copied().collect();
    let mut at = 0;
    while let Some(&next) = reached.get(at) {
        for requirement in &catalog.qualification(next).requirements {
            if let Rule::Award(other, AwardMode::Earned | AwardMode::Either) = requirement.rule
                && seen.insert(other)
            {
                reached.push(other);
            }
        }
        at += 1;
    }
    catalog.policy_indexes().filter(|&ix| catalog.policy(ix).binds_among(&reached, &is_looked_into)).collect()
}

impl Scopes {
    /// The scope in which `other` is earned when a scope of this key asks for it.
    pub(crate) fn earned_in(&self, from: ScopeKey, other: QualificationIx) -> usize {
        self.position[&self.key_of(from, other)]
    }

    pub(crate) fn find(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> Scopes {
        let question = goal.question;
        let mut scopes = Scopes::default();
        let is_recorded = |ix| recorded_components(catalog, learner, ix, question).is_some();
        let policies = binding(catalog, goal.targets, is_recorded);
        let is_coupled = !policies.is_empty();
        if is_coupled {
            scopes.coupled.insert(Frame::Asked, policies);
        }
        for &target in goal.targets {
            let frame = if is_coupled { Frame::Asked } else { Frame::Of(target) };
            scopes.add(ScopeKey { frame, qualification: target });
        }
        let mut useful = vec![false; catalog.credentials().len()];
        let mut scopes_done = 0;
        let mut credentials_done = vec![false; useful.len()];
        loop {
            while let Some(&key) = scopes.keys.get(scopes_done) {
                scopes_done += 1;
                scopes.follow(catalog, learner, goal, key, &mut useful);
            }
            let open = |&ix: &CredentialIx| useful[ix.index()] && !credentials_done[ix.index()];
            let fresh: Vec<_> = catalog.credential_indexes().filter(open).collect();
            if fresh.is_empty() {
                break;
            }
            for ix in fresh {
                credentials_done[ix.index()] = true;
                scopes.require(catalog, learner, goal, ix, &mut useful);
            }
        }
        let earnable = |&ix: &CredentialIx| {
            let credential = catalog.credential(ix);
            credentials_done[ix.index()] && credential.offered && is_open(credential.retired, question.as_of)
        };
        scopes.earnable = catalog.credential_indexes().filter(earnable).collect();
        scopes
    }

    fn add(&mut self, key: ScopeKey) {
        if !self.position.contains_key(&key) {
            self.position.insert(key, self.keys.len());
            self.keys.push(key);
        }
    }

    fn add_award(&mut self, catalog: &Catalog, learner: &Learner, goal: Goal<'_>, ix: QualificationIx) {
        if !is_open(catalog.qualification(ix).retired, goal.question.as_of) || self.awardable.contains(&ix) {
            return;
        }
        self.awardable.push(ix);
        let is_recorded = |ix| recorded_components(catalog, learner, ix, goal.question).is_some();
        let policies = binding(catalog, &[ix], is_recorded);
        let frame = Frame::Of(ix);
        if !policies.is_empty() {
            self.coupled.insert(frame, policies);
        }
        self.add(ScopeKey { frame, qualification: ix });
    }

    /// Inside a frame in which a policy binds, all is claimed together; elsewhere each for itself.
    fn key_of(&self, from: ScopeKey, other: QualificationIx) -> ScopeKey {
        let frame = if self.coupled.contains_key(&from.frame) { from.frame } else { Frame::Of(other) };
        ScopeKey { frame, qualification: other }
    }

    /// Reaches what the requirements of a scope ask for.
    fn follow(
        &mut self,
        catalog: &Catalog,
        learner: &Learner,
        goal: Goal<'_>,
        key: ScopeKey,
        useful: &mut [bool],
    ) {
        let qualification = catalog.qualification(key.qualification);
        for requirement in &qualification.requirements {
            match &requirement.rule {
                Rule::Award(other, AwardMode::Held)
                    if !is_held(catalog, learner, *other, qualification.grace, goal.question) =>
                {
                    self.add_award(catalog, learner, goal, *other);
                }
                Rule::Award(other, AwardMode::Earned | AwardMode::Either) => {
                    self.add(self.key_of(key, *other));
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
        goal: Goal<'_>,
        ix: CredentialIx,
        useful: &mut [bool],
    ) {
        for prerequisite in catalog.credential(ix).requires.iter().flatten() {
            match *prerequisite {
                Prerequisite::Qualification(other) => {
                    let none = cairn_core::catalog::Grace::None;
                    if !is_held(catalog, learner, other, none, goal.question) {
                        self.add_award(catalog, learner, goal, other);
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

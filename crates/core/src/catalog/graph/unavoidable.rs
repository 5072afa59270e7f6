//! Which credentials no completion can do without.
//!
//! The rules are an AND/OR graph, so plain dominators would say too little: what an `all` needs is
//! the union of what its children need, what an `any` needs is what they have in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Amount,
    catalog::{
        AwardMode, Credential, CredentialIx, Graph, Node, Prerequisite, Qualification, QualificationIx,
        Requirement, Rule, Take, Tally, graph::build::accepted,
    },
};

type Set = BTreeSet<CredentialIx>;

/// What each qualification cannot do without, found in one pass in topological order.
pub(crate) fn all(credentials: &[Credential], qualifications: &[Qualification], graph: &Graph) -> Vec<Set> {
    let mut sets = Sets {
        credentials,
        of_credential: vec![Set::new(); credentials.len()],
        of_requirement: qualifications.iter().map(|q| vec![Set::new(); q.requirements.len()]).collect(),
        of_qualification: vec![Set::new(); qualifications.len()],
    };
    for node in graph.topological() {
        match node {
            Node::Credential(ix) => sets.of_credential[ix.index()] = sets.credential(ix),
            Node::Requirement(ix, requirement) => {
                let qualification = &qualifications[ix.index()];
                let Requirement { rule, when, .. } = qualification.requirement(requirement);
                // What is asked of some only, others can do without.
                let set = if when.is_some() { Set::new() } else { sets.requirement(ix, qualification, rule) };
                sets.of_requirement[ix.index()][requirement.index()] = set;
            }
            Node::Qualification(ix) => {
                let root = qualifications[ix.index()].root();
                sets.of_qualification[ix.index()] =
                    sets.of_requirement[ix.index()].get(root.index()).cloned().unwrap_or_default();
            }
        }
    }
    sets.of_qualification
}

struct Sets<'c> {
    credentials: &'c [Credential],
    /// A credential with what must be had before it.
    of_credential: Vec<Set>,
    of_requirement: Vec<Vec<Set>>,
    of_qualification: Vec<Set>,
}

impl Sets<'_> {
    fn credential(&self, ix: CredentialIx) -> Set {
        let mut set = Set::from([ix]);
        for alternatives in &self.credentials[ix.index()].requires {
            set.extend(at_least(
                1,
                alternatives.iter().map(|prerequisite| match *prerequisite {
                    Prerequisite::Credential(other) => &self.of_credential[other.index()],
                    Prerequisite::Qualification(other) => &self.of_qualification[other.index()],
                }),
            ));
        }
        set
    }

    fn requirement(&self, ix: QualificationIx, qualification: &Qualification, rule: &Rule) -> Set {
        let child = |child: &crate::catalog::RequirementIx| &self.of_requirement[ix.index()][child.index()];
        match rule {
            Rule::All(children) | Rule::Same(_, children) => {
                at_least(children.len(), children.iter().map(child))
            }
            Rule::Any(children) => at_least(1, children.iter().map(child)),
            Rule::Choose(chosen, children) => at_least(*chosen as usize, children.iter().map(child)),
            // A conferred award does not show what earned it.
            Rule::Award(_, AwardMode::Held) | Rule::Attest(_) => Set::new(),
            Rule::Award(other, AwardMode::Earned | AwardMode::Either) => {
                self.of_qualification[other.index()].clone()
            }
            Rule::Take(take) => self.take(take, qualification),
        }
    }

    fn take(&self, take: &Take, qualification: &Qualification) -> Set {
        let accepted: Vec<_> = accepted(take, qualification, self.credentials).collect();
        let needed = take.floors.iter().filter(|floor| floor.tally == Tally::Count && floor.is_need());
        let needed = needed.map(|floor| floor.amount).max().unwrap_or(Amount::ZERO);
        let needed = usize::try_from(needed.thousandths() / 1000).unwrap_or(usize::MAX);
        // One that is repeatable may be taken in place of another.
        let times = |ix: CredentialIx| self.credentials[ix.index()].times as usize;
        let sets =
            accepted.iter().flat_map(|&ix| std::iter::repeat_n(&self.of_credential[ix.index()], times(ix)));
        at_least(needed, sets.collect::<Vec<_>>().into_iter())
    }
}

/// What must be had if at least `chosen` of these sets must be had: each element that more than
/// `sets − chosen` of them contain.
fn at_least<'s>(chosen: usize, sets: impl ExactSizeIterator<Item = &'s Set>) -> Set {
    let spare = sets.len().saturating_sub(chosen);
    if chosen == 0 {
        return Set::new();
    }
    let mut times: BTreeMap<CredentialIx, usize> = BTreeMap::new();
    for element in sets.flatten() {
        *times.entry(*element).or_default() += 1;
    }
    times.into_iter().filter(|&(_, times)| times > spare).map(|(element, _)| element).collect()
}

//! A question prepared once for many learners: how much remains, without a search where that can be
//! proved.
//!
//! Nearly all rules are a tree of needs that holdings fill, each holding one. Such a question is
//! laid out once as a [`Cover`](cairn_solver::Cover); for a learner it is then answered in
//! microseconds. Where the rules are of another kind, or the two bounds of the cover do not meet,
//! the integer problem is built and searched, as in every audit: so the answer is always the same,
//! only sooner.
//!
//! A qualification that must be earned within another is laid out once, however many ask for it.

use std::collections::BTreeMap;

use cairn_core::{
    Catalog,
    catalog::{AwardMode, Node, QualificationIx, Rule},
};
use cairn_solver::cover;

use crate::{Cost, Question};

mod record;
pub use record::Record;

mod layout;

mod laid;
use laid::Laid;

/// A question, laid out for many learners.
#[derive(Debug)]
pub struct Prepared<'c> {
    catalog: &'c Catalog,
    question: Question,
    /// The qualification of the question last, and before it those that may have to be earned for it,
    /// each after those that it asks for.
    laid: Vec<Option<Laid<'c>>>,
    places: BTreeMap<QualificationIx, usize>,
}

/// The working memory of many questions; see [`cover::Scratch`].
#[derive(Debug, Default)]
pub struct Scratch {
    covers: Vec<cover::Scratch>,
    /// Whether each qualification is asked for, and whether it is known to be complete.
    states: Vec<State>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    is_asked: bool,
    is_complete: bool,
}

impl<'c> Prepared<'c> {
    /// Lays a question out.
    #[must_use]
    pub fn new(catalog: &'c Catalog, question: &Question) -> Prepared<'c> {
        let order = to_be_earned(catalog, question.qualification);
        let laid = order.iter().map(|&qualification| Laid::new(catalog, &question.about(qualification)));
        let places = order.iter().copied().zip(0..).collect();
        Prepared { catalog, question: *question, laid: laid.collect(), places }
    }

    /// The least cost of a completion, or nothing if there is none: what [`crate::remaining`] says.
    #[must_use]
    pub fn remaining(&self, record: &Record<'_>, scratch: &mut Scratch) -> Option<Cost> {
        match self.without_search(record, scratch) {
            Some(cost) => cost,
            None => crate::remaining(self.catalog, record.learner(), &self.question),
        }
    }

    /// The same, if it can be proved without a search.
    #[must_use]
    pub fn without_search(&self, record: &Record<'_>, scratch: &mut Scratch) -> Option<Option<Cost>> {
        let root = self.laid.last()?.as_ref()?;
        Some(root.cost(self.price(root, record, scratch)?))
    }

    /// The same, and whether the checker of such answers, which does not search, accepts all that it
    /// rests on.
    ///
    /// # Errors
    ///
    /// What the checker found: a fault of this program.
    pub fn verified(
        &self,
        record: &Record<'_>,
        scratch: &mut Scratch,
    ) -> Result<Option<Option<Cost>>, cover::Flaw> {
        let Some(Some(root)) = self.laid.last() else { return Ok(None) };
        let Some(price) = self.price(root, record, scratch) else { return Ok(None) };
        let complete = self.laid.iter().zip(&scratch.states).zip(&scratch.covers);
        for ((laid, _), cover) in complete.filter(|((_, state), _)| state.is_complete) {
            if let Some(laid) = laid {
                laid.verify(cover, 0)?;
            }
        }
        if let Some(cover) = scratch.covers.last() {
            root.verify(cover, price)?;
        }
        Ok(Some(root.cost(price)))
    }

    /// The price of the root, with what it asks for before it.
    fn price(&self, root: &Laid<'_>, record: &Record<'_>, scratch: &mut Scratch) -> Option<i64> {
        self.ask(record, scratch);
        let Scratch { covers, states } = scratch;
        for (at, laid) in self.laid[..self.laid.len() - 1].iter().enumerate() {
            if let (true, Some(laid)) = (states[at].is_asked, laid) {
                let price =
                    laid.price(self.catalog, record, &mut covers[at], |ix| self.is_complete(ix, states));
                states[at].is_complete = price == Some(0);
            }
        }
        let cover = covers.last_mut()?;
        root.price(self.catalog, record, cover, |ix| self.is_complete(ix, states))
    }

    /// Marks what must be looked at: what the question asks for, what that asks for, and so on.
    fn ask(&self, record: &Record<'_>, scratch: &mut Scratch) {
        let Scratch { covers, states } = scratch;
        covers.resize_with(self.laid.len(), cover::Scratch::default);
        states.clear();
        states.resize(self.laid.len(), State::default());
        if let Some(root) = states.last_mut() {
            root.is_asked = true;
        }
        for at in (0..self.laid.len()).rev() {
            if let (true, Some(laid)) = (states[at].is_asked, &self.laid[at]) {
                for other in laid.to_be_earned(self.catalog, record) {
                    states[self.places[&other]].is_asked = true;
                }
            }
        }
    }

    fn is_complete(&self, ix: QualificationIx, states: &[State]) -> bool {
        states[self.places[&ix]].is_complete
    }
}

/// A qualification, and before it those that may have to be earned for it, each after those that it
/// asks for.
fn to_be_earned(catalog: &Catalog, qualification: QualificationIx) -> Vec<QualificationIx> {
    let mut is_asked = vec![false; catalog.qualifications().len()];
    let mut open = vec![qualification];
    let mut found = 0;
    while let Some(ix) = open.pop() {
        if std::mem::replace(&mut is_asked[ix.index()], true) {
            continue;
        }
        found += 1;
        for requirement in &catalog.qualification(ix).requirements {
            if let Rule::Award(other, AwardMode::Earned | AwardMode::Either) = requirement.rule {
                open.push(other);
            }
        }
    }
    if found == 1 {
        return vec![qualification];
    }
    let asked = |node| match node {
        Node::Qualification(ix) => is_asked[ix.index()].then_some(ix),
        _ => None,
    };
    catalog.graph().topological().filter_map(asked).collect()
}

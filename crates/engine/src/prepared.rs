//! A question prepared once for many learners: how much remains, without a search where that can be
//! proved.
//!
//! Nearly all rules are a tree of needs that holdings fill, each holding one. Such a question is
//! laid out once as a [`Cover`]; for a learner it is then answered in microseconds. Where the
//! rules are of another kind, or the two bounds of the cover do not meet, the integer problem is
//! built and searched, as in every audit: so the answer is always the same, only sooner.

use cairn_core::{
    Amount, Catalog,
    catalog::{AwardMode, Grace, Prerequisite, QualificationIx},
};
use cairn_solver::{
    Cover,
    cover::{self, NEVER},
};

use crate::{
    Cost, Question,
    eligibility::{is_held, is_open},
    model::{price, recorded},
};

mod record;
pub use record::Record;

mod layout;
use layout::{Cap, Layout, Switch};

/// A question, laid out for many learners.
#[derive(Debug)]
pub struct Prepared<'c> {
    catalog: &'c Catalog,
    question: Question,
    laid: Option<Laid<'c>>,
}

/// The question as a cover, with the meaning of its numbers.
#[derive(Debug)]
struct Laid<'c> {
    cover: Cover,
    /// The item of each credential, by position.
    items: Vec<Option<ItemOf>>,
    /// The credential of each item.
    credentials: Vec<cairn_core::catalog::CredentialIx>,
    /// The requirement of each leaf.
    leaves: Vec<cairn_core::catalog::RequirementIx>,
    switches: Vec<Asked<'c>>,
    caps: Vec<Cap>,
    /// Whether any pool or limit asks for attributes, which a holding may have of its own.
    asks_for_facts: bool,
    code: Code,
}

/// A credential among the items.
#[derive(Debug, Clone, Copy)]
struct ItemOf {
    item: u32,
    /// Whether it depends on the holding which leaves it can serve.
    is_judged: bool,
}

/// What is asked about each learner beside their holdings.
#[derive(Debug)]
enum Asked<'c> {
    Award(QualificationIx, AwardMode, Option<Box<Prepared<'c>>>),
    Attest(&'c str, Amount),
}

/// The parts of a cost in one number, in the order in which they are compared.
#[derive(Debug, Clone, Copy)]
struct Code {
    numbers: i64,
    attestations: i64,
}

impl Code {
    fn price(self, measured: Amount) -> Option<i64> {
        measured.thousandths().checked_mul(self.numbers)?.checked_add(1)?.checked_mul(self.attestations)
    }

    fn cost(self, price: i64) -> Cost {
        let (rest, attestations) = (price / self.attestations, price % self.attestations);
        let number = |number: i64| u64::try_from(number).expect("prices are not negative");
        Cost {
            measure: Amount::from_thousandths(rest / self.numbers),
            new: number(rest % self.numbers),
            attestations: number(attestations),
            ..Cost::ZERO
        }
    }
}

/// The working memory of many questions; see [`cover::Scratch`].
#[derive(Debug, Default)]
pub struct Scratch {
    cover: cover::Scratch,
    below: Vec<Scratch>,
}

impl<'c> Prepared<'c> {
    /// Lays a question out.
    #[must_use]
    pub fn new(catalog: &'c Catalog, question: &Question) -> Prepared<'c> {
        Prepared { catalog, question: *question, laid: Laid::new(catalog, question) }
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
        let laid = self.laid.as_ref()?;
        let price = laid.price(self, record, scratch)?;
        Some((price < NEVER).then(|| laid.code.cost(price)))
    }
}

impl<'c> Laid<'c> {
    fn new(catalog: &'c Catalog, question: &Question) -> Option<Laid<'c>> {
        if question.measures().count() > 1 {
            return None;
        }
        let Layout { leaves, nodes, switches, sources, accepted, caps } = layout::layout(catalog, question)?;
        let attestations = switches.iter().filter(|one| matches!(one, Switch::Attest(..))).count();
        let code = Code {
            numbers: i64::try_from(accepted.len()).ok()? + 1,
            attestations: i64::try_from(attestations).ok()? + 1,
        };
        let mut items = vec![None; catalog.credentials().len()];
        let mut shapes = Vec::with_capacity(accepted.len());
        for (at, one) in (0..).zip(&accepted) {
            let credential = catalog.credential(one.credential);
            items[one.credential.index()] = Some(ItemOf { item: at, is_judged: one.is_judged });
            let is_offered = credential.offered && is_open(credential.retired, question.as_of);
            let price = match is_offered {
                true => Some(code.price(price(catalog, one.credential, question.measure))?),
                false => None,
            };
            shapes.push(cover::Item { units: one.units, price, is_last: !credential.requires.is_empty() });
        }
        let switches = switches.into_iter().map(|switch| match switch {
            Switch::Attest(key, amount) => Asked::Attest(key, amount),
            Switch::Award(other, AwardMode::Held) => Asked::Award(other, AwardMode::Held, None),
            Switch::Award(other, mode) => {
                let question = Question { qualification: other, ..*question };
                Asked::Award(other, mode, Some(Box::new(Prepared::new(catalog, &question))))
            }
        });
        Some(Laid {
            cover: Cover::new(shapes, leaves, nodes)?,
            items,
            credentials: accepted.iter().map(|one| one.credential).collect(),
            leaves: sources,
            switches: switches.collect(),
            caps,
            asks_for_facts: layout::asks_for_facts(catalog.qualification(question.qualification)),
            code,
        })
    }

    /// The price of the cheapest completion, if the cover proves it.
    fn price(&self, asked: &Prepared<'_>, record: &Record<'_>, scratch: &mut Scratch) -> Option<i64> {
        let Prepared { catalog, question, .. } = asked;
        scratch.cover.begin(&self.cover);
        let qualification = catalog.qualification(question.qualification);
        for known in record.holdings() {
            let its_item = self.items[known.own.index()];
            let may_differ = known.has_facts && (self.asks_for_facts || its_item.is_some());
            if (its_item.is_none() && !may_differ)
                || !known.is_countable(record, catalog, qualification.grace, question)
            {
                continue;
            }
            // What differs from its credential, or is held twice, is for the search.
            let ItemOf { item, is_judged } = its_item.filter(|_| !may_differ)?;
            if scratch.cover.holds(item) {
                return None;
            }
            if !is_judged {
                scratch.cover.hold(&self.cover, item);
                continue;
            }
            let serves = |&leaf: &u32| {
                known.serves(record, qualification.requirement(self.leaves[leaf as usize]), question.as_of)
            };
            let uses = self.cover.uses(item);
            match uses.iter().filter(|leaf| serves(leaf)).count() {
                // As if it were not held: it can be earned again.
                0 => {}
                all if all == uses.len() => scratch.cover.hold(&self.cover, item),
                _ => return None,
            }
        }
        for (at, switch) in (0..).zip(&self.switches) {
            let price = switch.price(asked, record, &mut scratch.below, at as usize)?;
            scratch.cover.switch(at, price);
        }
        let price = self.cover.solve(&mut scratch.cover)?;
        let is_answer = price >= NEVER
            || (self.is_within_caps(&scratch.cover)
                && self.are_allowed(scratch.cover.bought(), catalog, record, question));
        is_answer.then_some(price)
    }

    /// Whether what serves is within the limits over everything counted, which the cover ignores.
    fn is_within_caps(&self, scratch: &cover::Scratch) -> bool {
        self.caps.iter().all(|cap| {
            let serving = scratch.serving().map(|item| cap.values[item as usize]);
            serving.sum::<i64>() <= cap.most
        })
    }

    /// Whether what is bought has its prerequisites, held or bought.
    fn are_allowed(
        &self,
        bought: &[u32],
        catalog: &Catalog,
        record: &Record<'_>,
        question: &Question,
    ) -> bool {
        let is_new = |wanted| bought.iter().any(|&item| self.credentials[item as usize] == wanted);
        let has = |one: &Prerequisite| match *one {
            Prerequisite::Credential(wanted) => {
                let sources = catalog.graph().counts_as(wanted);
                let is_it = |own| own == wanted || sources.contains(&own);
                let mut held = record.holdings().iter().filter(|known| is_it(known.own));
                is_new(wanted) || held.any(|known| known.is_countable(record, catalog, Grace::None, question))
            }
            Prerequisite::Qualification(wanted) => {
                is_held(catalog, record.learner(), wanted, Grace::None, question)
            }
        };
        bought.iter().all(|&item| {
            let requires = &catalog.credential(self.credentials[item as usize]).requires;
            requires.iter().all(|alternatives| alternatives.iter().any(has))
        })
    }
}

impl Asked<'_> {
    /// What it costs to have it, where that is certain.
    fn price(
        &self,
        asked: &Prepared<'_>,
        record: &Record<'_>,
        below: &mut Vec<Scratch>,
        at: usize,
    ) -> Option<i64> {
        let Prepared { catalog, question, .. } = asked;
        match self {
            Asked::Attest(key, amount) => {
                Some(i64::from(recorded(record.learner(), key, question) < *amount))
            }
            Asked::Award(other, mode, earned) => {
                let grace = catalog.qualification(question.qualification).grace;
                if *mode != AwardMode::Earned
                    && record.has_award(*other)
                    && is_held(catalog, record.learner(), *other, grace, question)
                {
                    return Some(0);
                }
                // What must still be earned for it may be of use here as well: that is for the search.
                let earned = earned.as_ref()?;
                if below.len() <= at {
                    below.resize_with(at + 1, Scratch::default);
                }
                let cost = earned.without_search(record, &mut below[at])??;
                (cost == Cost::ZERO).then_some(0)
            }
        }
    }
}

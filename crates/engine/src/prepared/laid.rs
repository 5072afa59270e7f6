//! One qualification, laid out as a cover.

use cairn_core::{
    Amount, Catalog,
    catalog::{AwardMode, CredentialIx, Grace, Prerequisite, QualificationIx, RequirementIx},
};
use cairn_solver::{
    Cover,
    cover::{self, Flaw, NEVER},
};

use crate::{
    Cost, Question,
    eligibility::{is_held, is_open, recorded},
    model::price,
    prepared::{
        Record,
        layout::{self, Cap, Layout, Switch},
    },
};

/// One qualification as a cover, with the meaning of its numbers.
#[derive(Debug)]
pub(super) struct Laid<'c> {
    question: Question,
    cover: Cover,
    /// The item of each credential, by position.
    items: Vec<Option<ItemOf>>,
    /// The credential of each item.
    credentials: Vec<CredentialIx>,
    /// The requirement of each leaf.
    leaves: Vec<RequirementIx>,
    switches: Vec<Switch<'c>>,
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

impl<'c> Laid<'c> {
    pub(super) fn new(catalog: &'c Catalog, question: &Question) -> Option<Laid<'c>> {
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
        Some(Laid {
            question: *question,
            cover: Cover::new(shapes, leaves, nodes)?,
            items,
            credentials: accepted.iter().map(|one| one.credential).collect(),
            leaves: sources,
            switches,
            caps,
            asks_for_facts: layout::asks_for_facts(catalog.qualification(question.qualification)),
            code,
        })
    }

    /// The awards that must be earned, because none is on the record.
    pub(super) fn to_be_earned<'a>(
        &'a self,
        catalog: &'a Catalog,
        record: &'a Record<'_>,
    ) -> impl Iterator<Item = QualificationIx> + 'a {
        self.switches.iter().filter_map(|switch| match *switch {
            Switch::Award(other, mode) => {
                (mode != AwardMode::Held && !self.has(other, mode, catalog, record)).then_some(other)
            }
            Switch::Attest(..) => None,
        })
    }

    /// Whether an award that counts is on the record, where that will do.
    fn has(&self, other: QualificationIx, mode: AwardMode, catalog: &Catalog, record: &Record<'_>) -> bool {
        let grace = catalog.qualification(self.question.qualification).grace;
        mode != AwardMode::Earned
            && record.has_award(other)
            && is_held(catalog, record.learner(), other, grace, &self.question)
    }

    /// The price of the cheapest completion, if the cover proves it; `earned` says for each
    /// qualification whether it is complete, where it is known to be.
    pub(super) fn price(
        &self,
        catalog: &Catalog,
        record: &Record<'_>,
        scratch: &mut cover::Scratch,
        earned: impl Fn(QualificationIx) -> bool,
    ) -> Option<i64> {
        let question = &self.question;
        scratch.begin(&self.cover);
        let qualification = catalog.qualification(question.qualification);
        let age_day = question.age_day(record.learner(), qualification);
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
            if scratch.holds(item) {
                return None;
            }
            if !is_judged {
                scratch.hold(&self.cover, item);
                continue;
            }
            let serves = |&leaf: &u32| {
                known.serves(record, qualification.requirement(self.leaves[leaf as usize]), age_day)
            };
            let uses = self.cover.uses(item);
            match uses.iter().filter(|leaf| serves(leaf)).count() {
                // As if it were not held: it can be earned again.
                0 => {}
                all if all == uses.len() => scratch.hold(&self.cover, item),
                _ => return None,
            }
        }
        for (at, switch) in (0..).zip(&self.switches) {
            let price = match *switch {
                Switch::Attest(key, amount) => i64::from(recorded(record.learner(), key, question) < amount),
                Switch::Award(other, mode) if self.has(other, mode, catalog, record) => 0,
                Switch::Award(other, mode) if mode != AwardMode::Held && earned(other) => 0,
                // What must still be earned for it may be of use here as well: that is for the search.
                Switch::Award(..) => return None,
            };
            scratch.switch(at, price);
        }
        let price = self.cover.solve(scratch)?;
        let is_answer = price >= NEVER
            || (self.is_within_caps(scratch) && self.are_allowed(scratch.bought(), catalog, record));
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
    fn are_allowed(&self, bought: &[u32], catalog: &Catalog, record: &Record<'_>) -> bool {
        let question = &self.question;
        let is_new = |wanted| bought.iter().any(|&item| self.credentials[item as usize] == wanted);
        let has = |one: &Prerequisite| match *one {
            Prerequisite::Credential(wanted) => {
                let mut held = record.holdings().iter().filter(|known| known.will_do_as(catalog, wanted));
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

impl Laid<'_> {
    /// Whether the checker accepts the price that was found last.
    pub(super) fn verify(&self, scratch: &cover::Scratch, price: i64) -> Result<(), Flaw> {
        let held = scratch.held().iter().map(|&item| (item, self.cover.uses(item).to_vec()));
        let claim = self.cover.claim(scratch, price);
        cover::verify(&self.cover, &held.collect::<Vec<_>>(), scratch.switches(), &claim)
    }

    /// What a price stands for; nothing where it cannot be paid.
    pub(super) fn cost(&self, price: i64) -> Option<Cost> {
        (price < NEVER).then(|| self.code.cost(price))
    }
}

//! The working memory of a question: what is held, and what is found out on the way.

use super::{Cover, grounds::Grounds, tree, u32_of};

/// An item that serves one of several leaves of one lane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contested {
    pub(super) item: u32,
    /// Its leaves among [`Scratch::options`].
    pub(super) start: u32,
    pub(super) end: u32,
    /// The leaf that it serves, or [`NOWHERE`].
    pub(super) leaf: u32,
}

pub(super) const NOWHERE: u32 = u32::MAX;

/// The working memory of a question; it is kept from one to the next, so that nothing is allocated
/// once it has grown to its size.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// Which question an item was last held in.
    pub(super) held_in: Vec<u32>,
    pub(super) bought_in: Vec<u32>,
    pub(super) question: u32,
    pub(super) held: Vec<u32>,
    /// What each leaf has from items that serve it.
    pub(super) got: Vec<u32>,
    /// How much could still come to each leaf from contested items.
    pub(super) contested_for: Vec<u32>,
    pub(super) is_open: Vec<bool>,
    pub(super) contested: Vec<Contested>,
    pub(super) options: Vec<u32>,
    /// The price of each switch.
    pub(super) switches: Vec<i64>,
    pub(super) tree: tree::Work,
    pub(super) prices: Vec<i64>,
    pub(super) terms: Vec<i64>,
    pub(super) order: Vec<u32>,
    pub(super) via: Vec<u32>,
    pub(super) parent: Vec<u32>,
    pub(super) queue: Vec<u32>,
    /// What each leaf costs, filled by each amount up to what it misses.
    pub(super) fills: Vec<i64>,
    pub(super) fill_starts: Vec<u32>,
    /// What each leaf misses beside what serves it for good.
    pub(super) wants: Vec<u32>,
    pub(super) costs: Vec<i64>,
    pub(super) takes: Vec<u32>,
    pub(super) given: Vec<(u32, u32)>,
    pub(super) bought: Vec<u32>,
    /// What is bought, and what it serves.
    pub(super) sold: Vec<(u32, u32)>,
    pub(super) paid: i64,
    /// The least that is known to be enough.
    pub(super) most: i64,
    /// How many cases the question was divided into.
    pub(super) cases: u32,
    /// What contested items serve in this case.
    pub(super) decided: Vec<(u32, u32)>,
    /// The prices that bound this case best.
    pub(super) bounding: Vec<i64>,
    pub(super) grounds: Grounds,
    /// The memory of a case below this one.
    pub(super) below: Option<Box<Scratch>>,
    pub(super) best: Best,
}

/// The best of a question so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Best {
    pub(super) bought: Vec<u32>,
    pub(super) serves: Vec<(u32, u32)>,
}

impl Scratch {
    /// Begins a question: nothing is held.
    pub fn begin(&mut self, cover: &Cover) {
        self.question = self.question.wrapping_add(1);
        if self.question == 0 || self.held_in.len() != cover.items.len() {
            self.question = 1;
            for marks in [&mut self.held_in, &mut self.bought_in] {
                marks.clear();
                marks.resize(cover.items.len(), 0);
            }
        }
        let leaves = cover.leaves.len();
        self.held.clear();
        self.contested.clear();
        self.options.clear();
        self.given.clear();
        self.decided.clear();
        self.bought.clear();
        self.best.bought.clear();
        self.best.serves.clear();
        self.got.clear();
        self.got.resize(leaves, 0);
        self.is_open.clear();
        self.is_open.extend(cover.leaves.iter().map(|leaf| leaf.need > 0));
        self.switches.clear();
        self.switches.resize(cover.tree.switches(), 0);
        self.tree.begin(&cover.tree);
    }

    /// Sets what a switch costs: nothing, a price, or [`NEVER`](super::NEVER).
    pub fn switch(&mut self, switch: u32, price: i64) {
        self.switches[switch as usize] = price;
    }

    /// Whether an item is held.
    #[must_use]
    pub fn holds(&self, item: u32) -> bool {
        self.held_in[item as usize] == self.question
    }

    /// What is held.
    #[must_use]
    pub fn held(&self) -> &[u32] {
        &self.held
    }

    /// What each switch costs.
    #[must_use]
    pub fn switches(&self) -> &[i64] {
        &self.switches
    }

    /// Holds an item, which can serve all of its leaves.
    pub fn hold(&mut self, cover: &Cover, item: u32) {
        self.hold_for(cover, item, |_| true);
    }

    /// Holds an item that can serve some of its leaves only.
    pub fn hold_for(&mut self, cover: &Cover, item: u32, serves: impl Fn(u32) -> bool) {
        self.held_in[item as usize] = self.question;
        self.held.push(item);
        let mut start = u32_of(self.options.len());
        let mut lane = 0;
        for &leaf in cover.uses(item) {
            let its_lane = cover.leaves[leaf as usize].lane;
            if its_lane != lane {
                self.contest(cover, item, start);
                start = u32_of(self.options.len());
                lane = its_lane;
            }
            if serves(leaf) {
                self.options.push(leaf);
            }
        }
        self.contest(cover, item, start);
    }

    /// Goes on from where another question is settled.
    pub(super) fn resume(&mut self, from: &Scratch) {
        self.held_in.clone_from(&from.held_in);
        self.bought_in.clear();
        self.bought_in.resize(from.bought_in.len(), 0);
        self.question = from.question;
        self.got.clone_from(&from.got);
        self.is_open.clone_from(&from.is_open);
        self.contested.clone_from(&from.contested);
        self.options.clone_from(&from.options);
        self.switches.clone_from(&from.switches);
        self.given.clone_from(&from.given);
        self.decided.clone_from(&from.decided);
        self.tree.resume(&from.tree);
        self.bought.clear();
        self.best.bought.clear();
        self.best.serves.clear();
        self.most = from.most;
    }

    pub(super) fn keep_purchases(&mut self) {
        let Scratch { best, bought, sold, given, contested, .. } = self;
        best.bought.clone_from(bought);
        best.serves.clone_from(given);
        best.serves
            .extend(contested.iter().filter(|one| one.leaf != NOWHERE).map(|one| (one.item, one.leaf)));
        best.serves.extend_from_slice(sold);
    }

    /// Every item that serves some leaf in the last answer, once for each lane.
    pub fn serving(&self) -> impl Iterator<Item = u32> {
        self.best.serves.iter().map(|&(item, _)| item)
    }

    /// What the last answer buys.
    #[must_use]
    pub fn bought(&self) -> &[u32] {
        &self.best.bought
    }
}

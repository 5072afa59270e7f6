//! Nodes above the leaves: so many of their children.

use super::{NEVER, u32_of, verify::WIDE};

/// One node of a tree; children stand before their parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// The next leaf.
    Leaf,
    /// Something whose price is said with each question.
    Switch,
    /// So many of these.
    Of(u32, Vec<u32>),
}

/// A tree, laid out for passes over arrays.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    nodes: Vec<Laid>,
    /// The children of all nodes, one after the other.
    children: Vec<u32>,
    /// The node of each leaf.
    leaf_nodes: Vec<u32>,
    switches: u32,
}

#[derive(Debug, Clone, Copy)]
struct Laid {
    what: What,
    parent: u32,
    /// The first node of its subtree; the last is itself.
    first: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Leaf(u32),
    Switch(u32),
    /// So many of the children from here to there.
    Of {
        wanted: u32,
        start: u32,
        end: u32,
    },
}

const NO_PARENT: u32 = u32::MAX;

/// The state of a tree during a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    /// How many children of each node are closed.
    closed: Vec<u32>,
    values: Vec<i64>,
    is_chosen: Vec<bool>,
    before: Vec<bool>,
    sorted: Vec<(i64, u32)>,
}

impl Tree {
    pub(super) fn new(nodes: Vec<Node>, leaves: usize) -> Option<Tree> {
        let mut tree = Tree { nodes: Vec::new(), children: Vec::new(), leaf_nodes: Vec::new(), switches: 0 };
        for (at, node) in nodes.into_iter().enumerate() {
            let at = u32_of(at);
            let mut first = at;
            let what = match node {
                Node::Leaf => {
                    tree.leaf_nodes.push(at);
                    What::Leaf(u32_of(tree.leaf_nodes.len() - 1))
                }
                Node::Switch => {
                    tree.switches += 1;
                    What::Switch(tree.switches - 1)
                }
                Node::Of(wanted, children) => {
                    let start = u32_of(tree.children.len());
                    // In a tree laid out children first, a subtree is a run that ends in its root.
                    for &child in children.iter().rev() {
                        if child.checked_add(1) != Some(first) {
                            return None;
                        }
                        tree.nodes[child as usize].parent = at;
                        first = tree.nodes[child as usize].first;
                    }
                    if wanted as usize > children.len() {
                        return None;
                    }
                    tree.children.extend(children);
                    What::Of { wanted, start, end: u32_of(tree.children.len()) }
                }
            };
            tree.nodes.push(Laid { what, parent: NO_PARENT, first });
        }
        let is_one = tree.nodes.last().is_some_and(|root| root.first == 0);
        (is_one && tree.leaf_nodes.len() == leaves).then_some(tree)
    }

    /// Whether a leaf is needed whatever else is chosen.
    pub(super) fn is_always_needed(&self, leaf: u32) -> bool {
        let mut at = self.nodes[self.leaf_nodes[leaf as usize] as usize].parent;
        while let Some(node) = self.nodes.get(at as usize) {
            match node.what {
                What::Of { wanted, start, end } if wanted == end - start => at = node.parent,
                _ => return false,
            }
        }
        true
    }

    pub(super) fn switches(&self) -> usize {
        self.switches as usize
    }

    /// Closes a leaf that is full: what its nodes no longer need is closed with them.
    pub(super) fn close(&self, leaf: u32, work: &mut Work, is_open: &mut [bool]) {
        self.close_node(self.leaf_nodes[leaf as usize], work, is_open);
    }

    /// Closes the switches that cost nothing, and the leaves that need nothing.
    pub(super) fn close_free(&self, switches: &[i64], work: &mut Work, is_open: &mut [bool]) {
        for (at, node) in self.nodes.iter().enumerate() {
            let is_free = match node.what {
                What::Switch(switch) => switches[switch as usize] == 0,
                What::Leaf(leaf) => !is_open[leaf as usize],
                What::Of { wanted, .. } => wanted == 0,
            };
            if is_free {
                self.close_node(u32_of(at), work, is_open);
            }
        }
    }

    fn close_node(&self, mut at: u32, work: &mut Work, is_open: &mut [bool]) {
        loop {
            let node = self.nodes[at as usize];
            if let What::Of { wanted, .. } = node.what
                && work.closed[at as usize] < wanted
            {
                return;
            }
            if work.closed[at as usize] == DONE {
                return;
            }
            for below in &self.nodes[node.first as usize..=at as usize] {
                if let What::Leaf(leaf) = below.what {
                    is_open[leaf as usize] = false;
                }
            }
            work.closed[node.first as usize..=at as usize].fill(DONE);
            if node.parent == NO_PARENT {
                return;
            }
            at = node.parent;
            if work.closed[at as usize] != DONE {
                work.closed[at as usize] += 1;
            }
        }
    }

    /// The least that the root comes to, if each leaf comes to its term.
    pub(super) fn cheapest(&self, terms: &[i64], switches: &[i64], parts: i64, work: &mut Work) -> i64 {
        for at in 0..self.nodes.len() {
            work.values[at] = match self.nodes[at].what {
                _ if work.closed[at] == DONE => 0,
                What::Leaf(leaf) => terms[leaf as usize],
                What::Switch(switch) => match switches[switch as usize] {
                    NEVER => NEVER,
                    price => price * parts,
                },
                What::Of { wanted, start, end } => {
                    let children = &self.children[start as usize..end as usize];
                    let value = |child: &u32| work.values[*child as usize];
                    if wanted as usize == children.len() {
                        add(children.iter().map(value))
                    } else if wanted == 1 {
                        children.iter().map(value).min().unwrap_or(0)
                    } else {
                        work.sorted.clear();
                        work.sorted
                            .extend(children.iter().map(|child| (work.values[*child as usize], *child)));
                        work.sorted.sort_unstable();
                        add(work.sorted[..wanted as usize].iter().map(|&(value, _)| value))
                    }
                }
            };
        }
        work.values.last().copied().unwrap_or(0)
    }

    /// The least that the root comes to; for the checker, in wide numbers and without any state.
    pub(super) fn value(&self, terms: &[i128], switches: &[i128]) -> Option<i128> {
        let mut values: Vec<i128> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            values.push(match node.what {
                What::Leaf(leaf) => *terms.get(leaf as usize)?,
                What::Switch(switch) => *switches.get(switch as usize)?,
                What::Of { wanted, start, end } => {
                    let children = &self.children[start as usize..end as usize];
                    let mut below: Vec<i128> = children.iter().map(|&child| values[child as usize]).collect();
                    below.sort_unstable();
                    below[..wanted as usize].iter().sum::<i128>().min(WIDE)
                }
            });
        }
        values.last().copied()
    }

    /// Chooses the nodes that the last call of [`Tree::cheapest`] counted; says whether others were
    /// chosen before.
    pub(super) fn choose(&self, work: &mut Work) -> bool {
        let later = u32_of(self.nodes.len());
        std::mem::swap(&mut work.before, &mut work.is_chosen);
        work.is_chosen.fill(false);
        if let Some(root) = work.is_chosen.last_mut() {
            *root = true;
        }
        for at in (0..self.nodes.len()).rev() {
            if !work.is_chosen[at] || work.closed[at] == DONE {
                continue;
            }
            if let What::Of { wanted, start, end } = self.nodes[at].what {
                let children = &self.children[start as usize..end as usize];
                if wanted as usize == children.len() {
                    children.iter().for_each(|&child| work.is_chosen[child as usize] = true);
                } else {
                    work.sorted.clear();
                    // What is done already comes first among what costs nothing.
                    let rank =
                        |child: u32| child + if work.closed[child as usize] == DONE { 0 } else { later };
                    work.sorted
                        .extend(children.iter().map(|&child| (work.values[child as usize], rank(child))));
                    work.sorted.sort_unstable();
                    for &(_, rank) in &work.sorted[..wanted as usize] {
                        work.is_chosen[(rank % later) as usize] = true;
                    }
                }
            }
        }
        work.before != work.is_chosen
    }

    pub(super) fn is_chosen(&self, leaf: u32, work: &Work) -> bool {
        work.is_chosen[self.leaf_nodes[leaf as usize] as usize]
    }

    /// What the chosen switches cost.
    pub(super) fn switched(&self, switches: &[i64], work: &Work) -> i64 {
        let chosen = (0..self.nodes.len()).filter(|&at| work.is_chosen[at] && work.closed[at] != DONE);
        add(chosen.map(|at| match self.nodes[at].what {
            What::Switch(switch) => switches[switch as usize],
            What::Leaf(_) | What::Of { .. } => 0,
        }))
    }
}

const DONE: u32 = u32::MAX;

impl Work {
    /// Goes on from another state.
    pub(super) fn resume(&mut self, from: &Work) {
        self.closed.clone_from(&from.closed);
        self.values.clone_from(&from.values);
        self.is_chosen.clone_from(&from.is_chosen);
        self.before.clone_from(&from.before);
    }

    pub(super) fn begin(&mut self, tree: &Tree) {
        let nodes = tree.nodes.len();
        self.closed.clear();
        self.closed.resize(nodes, 0);
        self.values.resize(nodes, 0);
        self.is_chosen.resize(nodes, false);
        self.before.resize(nodes, false);
    }
}

/// The sum, and no more than [`NEVER`].
pub(super) fn add(prices: impl Iterator<Item = i64>) -> i64 {
    prices.fold(0, |sum: i64, price| sum.saturating_add(price).min(NEVER))
}

//! The DAG of credentials, requirements and qualifications, and what can be read off it.
//!
//! An edge runs from what is had to what it helps to have: from a credential to the requirements
//! that accept it, from a requirement to what asks for it, from a qualification to the
//! requirements for its award, and from a prerequisite to what requires it.

use std::collections::VecDeque;

use petgraph::{
    algo::{articulation_points, dominators},
    graph::{DiGraph, NodeIndex, UnGraph},
    visit::{Dfs, EdgeRef, IntoNeighbors, Reversed, VisitMap, Visitable},
};

use crate::catalog::{CredentialIx, QualificationIx, RequirementIx};

mod order;
pub(crate) use order::order;

mod build;

pub(super) mod unavoidable;

#[cfg(test)]
mod tests;

/// A node of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A credential.
    Credential(CredentialIx),
    /// A requirement of a qualification.
    Requirement(QualificationIx, RequirementIx),
    /// A qualification.
    Qualification(QualificationIx),
}

/// Why one node leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// It counts toward it.
    CountsToward,
    /// It must be had first.
    Prerequisite,
}

/// The immutable graph of a catalog; acyclic by construction.
#[derive(Debug, Clone)]
pub struct Graph {
    graph: DiGraph<Node, Edge>,
    /// Position of each credential, each qualification, and each requirement by qualification.
    credentials: Vec<NodeIndex>,
    qualifications: Vec<NodeIndex>,
    /// Every node after all that lead to it.
    topological: Vec<NodeIndex>,
    /// For each credential, those that may count as it.
    counted_as: Vec<Vec<CredentialIx>>,
    /// For each qualification, the credentials that its requirements accept, sorted.
    accepted_by: Vec<Vec<CredentialIx>>,
}

impl Graph {
    /// The credentials that may count as this one, besides itself.
    #[must_use]
    pub fn counts_as(&self, credential: CredentialIx) -> &[CredentialIx] {
        &self.counted_as[credential.index()]
    }

    /// The credentials that some requirement of a qualification accepts, sorted.
    #[must_use]
    pub fn accepted_by(&self, qualification: QualificationIx) -> &[CredentialIx] {
        &self.accepted_by[qualification.index()]
    }

    /// Makes room for credentials that count as nothing else.
    pub(crate) fn make_room(&mut self, credentials: usize) {
        self.counted_as.resize(credentials, Vec::new());
    }

    /// The graph itself.
    #[must_use]
    pub fn petgraph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    fn position(&self, node: Node) -> Option<NodeIndex> {
        match node {
            Node::Credential(ix) => self.credentials.get(ix.index()).copied(),
            Node::Qualification(ix) => self.qualifications.get(ix.index()).copied(),
            Node::Requirement(..) => self.graph.node_indices().find(|&at| self.graph[at] == node),
        }
    }

    /// Every node, each after all that lead to it.
    pub fn topological(&self) -> impl Iterator<Item = Node> {
        self.topological.iter().map(|&node| self.graph[node])
    }

    /// Everything that a node leads to, sorted.
    #[must_use]
    pub fn leads_to(&self, node: Node) -> Vec<Node> {
        self.reached(&self.graph, node)
    }

    /// Everything that a node rests on, sorted.
    #[must_use]
    pub fn rests_on(&self, node: Node) -> Vec<Node> {
        self.reached(Reversed(&self.graph), node)
    }

    /// Everything that a search through the graph, in one direction or the other, comes to.
    fn reached<G>(&self, directed: G, node: Node) -> Vec<Node>
    where
        G: IntoNeighbors<NodeId = NodeIndex> + Visitable<NodeId = NodeIndex> + Copy,
        G::Map: VisitMap<NodeIndex>,
    {
        let Some(start) = self.position(node) else { return Vec::new() };
        let mut search = Dfs::new(directed, start);
        let nodes = std::iter::from_fn(|| search.next(directed)).filter(|&at| at != start);
        let mut found: Vec<_> = nodes.map(|at| self.graph[at]).collect();
        found.sort_unstable();
        found
    }

    /// A shortest way from one node to another, both included; of several, the one whose nodes are lowest.
    #[must_use]
    pub fn shortest_ladder(&self, from: Node, to: Node) -> Option<Vec<Node>> {
        let (from, to) = (self.position(from)?, self.position(to)?);
        let next = |node: NodeIndex| {
            let mut next: Vec<_> = self.graph.neighbors(node).collect();
            next.sort_by_key(|&node| self.graph[node]);
            next
        };
        let mut before: Vec<Option<NodeIndex>> = vec![None; self.graph.node_count()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node == to {
                let mut path: Vec<_> =
                    std::iter::successors(Some(to), |&at| (at != from).then(|| before[at.index()]).flatten())
                        .collect();
                path.reverse();
                return Some(path.into_iter().map(|at| self.graph[at]).collect());
            }
            for after in next(node) {
                if after != from && before[after.index()].is_none() {
                    before[after.index()] = Some(node);
                    queue.push_back(after);
                }
            }
        }
        None
    }

    /// What every way from a node to a qualification passes, in that order: the dominators of the
    /// node in the graph read backwards from the qualification.
    #[must_use]
    pub fn gateways(&self, from: Node, to: QualificationIx) -> Vec<Node> {
        let (Some(from), Some(to)) = (self.position(from), self.position(Node::Qualification(to))) else {
            return Vec::new();
        };
        let dominators = dominators::simple_fast(Reversed(&self.graph), to);
        let passed = dominators.strict_dominators(from).into_iter().flatten();
        passed.filter(|&node| node != to).map(|node| self.graph[node]).collect()
    }

    /// Credentials and qualifications without which the catalog falls into parts that share nothing.
    #[must_use]
    pub fn articulations(&self) -> Vec<Node> {
        let mut undirected: UnGraph<Node, ()> =
            UnGraph::with_capacity(self.graph.node_count(), self.graph.edge_count());
        for node in self.graph.node_weights() {
            undirected.add_node(*node);
        }
        for edge in self.graph.edge_references() {
            undirected.add_edge(edge.source(), edge.target(), ());
        }
        let found = articulation_points::articulation_points(&undirected);
        let mut nodes: Vec<_> = found.into_iter().map(|at| self.graph[at]).collect();
        nodes.retain(|node| !matches!(node, Node::Requirement(..)));
        nodes.sort_unstable();
        nodes
    }

    /// The nodes by layer: each one above everything that it rests on.
    #[must_use]
    pub fn layers(&self) -> Vec<Vec<Node>> {
        let mut layer = vec![0; self.graph.node_count()];
        let mut layers: Vec<Vec<Node>> = Vec::new();
        for &node in &self.topological {
            let below = self.graph.neighbors_directed(node, petgraph::Direction::Incoming);
            let own = below.map(|before| layer[before.index()] + 1).max().unwrap_or(0);
            layer[node.index()] = own;
            if layers.len() <= own {
                layers.resize_with(own + 1, Vec::new);
            }
            layers[own].push(self.graph[node]);
        }
        for nodes in &mut layers {
            nodes.sort_unstable();
        }
        layers
    }
}

//! The DAG of credentials, requirements and qualifications, and what can be read off it.
//!
//! An edge runs from what is had to what it helps to have: from a credential to the requirements
//! that accept it, from a requirement to what asks for it, from a qualification to the
//! requirements for its award, and from a prerequisite to what requires it.

use std::collections::{BTreeSet, VecDeque};

use petgraph::{
    algo::{articulation_points, dominators, toposort},
    graph::{DiGraph, NodeIndex, UnGraph},
    visit::{Dfs, EdgeRef, Reversed},
};

use crate::catalog::{
    Credential, CredentialIx, Facts, Prerequisite, Qualification, QualificationIx, RequirementIx, Rule,
};

mod unavoidable;

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
#[derive(Debug)]
pub struct Graph {
    graph: DiGraph<Node, Edge>,
    /// Position of each credential, each qualification, and each requirement by qualification.
    credentials: Vec<NodeIndex>,
    qualifications: Vec<NodeIndex>,
    /// Every node after all that lead to it.
    topological: Vec<NodeIndex>,
    /// For each qualification, the credentials that no completion can do without.
    unavoidable: Vec<BTreeSet<CredentialIx>>,
    /// For each credential, those that may count as it.
    counted_as: Vec<Vec<CredentialIx>>,
    /// For each qualification, the credentials that its requirements accept, sorted.
    accepted_by: Vec<Vec<CredentialIx>>,
}

impl Graph {
    /// Builds the graph, or names a circle in it.
    pub(crate) fn new(
        credentials: &[Credential],
        qualifications: &[Qualification],
    ) -> Result<Graph, Vec<Node>> {
        let mut graph = DiGraph::new();
        let add = |graph: &mut DiGraph<Node, Edge>, node| graph.add_node(node);
        let credential_nodes: Vec<_> = (0..credentials.len())
            .map(|at| add(&mut graph, Node::Credential(CredentialIx::at(at))))
            .collect();
        let qualification_nodes: Vec<_> = (0..qualifications.len())
            .map(|at| add(&mut graph, Node::Qualification(QualificationIx::at(at))))
            .collect();
        let mut accepted_by = Vec::with_capacity(qualifications.len());
        for (at, qualification) in qualifications.iter().enumerate() {
            let ix = QualificationIx::at(at);
            let mut accepts = BTreeSet::new();
            let nodes: Vec<_> = qualification
                .requirement_indexes()
                .map(|at| graph.add_node(Node::Requirement(ix, at)))
                .collect();
            for (requirement, &node) in qualification.requirements.iter().zip(&nodes) {
                let sources: Vec<NodeIndex> = match &requirement.rule {
                    Rule::All(children) | Rule::Any(children) | Rule::Choose(_, children) => {
                        children.iter().map(|child| nodes[child.index()]).collect()
                    }
                    Rule::Award(other, _) => vec![qualification_nodes[other.index()]],
                    Rule::Take(take) => accepted(take, qualification, credentials)
                        .inspect(|&credential| {
                            accepts.insert(credential);
                        })
                        .map(|credential| credential_nodes[credential.index()])
                        .collect(),
                    Rule::Attest(_) => Vec::new(),
                };
                for source in sources {
                    graph.update_edge(source, node, Edge::CountsToward);
                }
            }
            accepted_by.push(accepts.into_iter().collect());
            if let Some(&root) = nodes.last() {
                graph.update_edge(root, qualification_nodes[at], Edge::CountsToward);
            }
        }
        let counted_as = counted_as(credentials);
        for (at, credential) in credentials.iter().enumerate() {
            for prerequisite in credential.requires.iter().flatten() {
                match *prerequisite {
                    Prerequisite::Qualification(ix) => {
                        graph.update_edge(
                            qualification_nodes[ix.index()],
                            credential_nodes[at],
                            Edge::Prerequisite,
                        );
                    }
                    // What counts as the prerequisite will do as well.
                    Prerequisite::Credential(ix) => {
                        for source in std::iter::once(ix).chain(counted_as[ix.index()].iter().copied()) {
                            graph.update_edge(
                                credential_nodes[source.index()],
                                credential_nodes[at],
                                Edge::Prerequisite,
                            );
                        }
                    }
                }
            }
        }
        let Ok(topological) = toposort(&graph, None) else {
            let edges: Vec<_> =
                graph.edge_references().map(|edge| (edge.source().index(), edge.target().index())).collect();
            let cycle = order(graph.node_count(), &edges).expect_err("the graph has a circle");
            return Err(cycle.into_iter().map(|node| graph[NodeIndex::new(node)]).collect());
        };
        let unavoidable = unavoidable::all(credentials, qualifications, &graph, &topological);
        Ok(Graph {
            graph,
            credentials: credential_nodes,
            qualifications: qualification_nodes,
            topological,
            unavoidable,
            counted_as,
            accepted_by,
        })
    }

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
        let Some(start) = self.position(node) else { return Vec::new() };
        let mut search = Dfs::new(&self.graph, start);
        let mut found: Vec<_> = std::iter::from_fn(|| search.next(&self.graph))
            .filter(|&at| at != start)
            .map(|at| self.graph[at])
            .collect();
        found.sort_unstable();
        found
    }

    /// Everything that a node rests on, sorted.
    #[must_use]
    pub fn rests_on(&self, node: Node) -> Vec<Node> {
        let Some(start) = self.position(node) else { return Vec::new() };
        let reversed = Reversed(&self.graph);
        let mut search = Dfs::new(reversed, start);
        let mut found: Vec<_> = std::iter::from_fn(|| search.next(reversed))
            .filter(|&at| at != start)
            .map(|at| self.graph[at])
            .collect();
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

    /// Credentials that no completion of the qualification can do without, as far as the rules
    /// alone tell: everything of an `all`, what the branches of an `any` have in common, the whole
    /// of a pool from which all must be taken, and their prerequisites.
    #[must_use]
    pub fn unavoidable(&self, qualification: QualificationIx) -> &BTreeSet<CredentialIx> {
        &self.unavoidable[qualification.index()]
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
            undirected.update_edge(edge.source(), edge.target(), ());
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

/// The credentials of the catalog that a requirement accepts, directly or counted as another.
pub(crate) fn accepted<'c>(
    take: &'c crate::catalog::Take,
    qualification: &'c Qualification,
    credentials: &'c [Credential],
) -> impl Iterator<Item = CredentialIx> + 'c {
    let accepts = move |ix: CredentialIx| {
        let facts = Facts { credential: ix, attributes: &credentials[ix.index()].attributes, own: None };
        take.filter.accepts(facts, &qualification.pools)
    };
    (0..credentials.len()).map(CredentialIx::at).filter(move |&ix| {
        accepts(ix) || credentials[ix.index()].counts_as.iter().any(|&other| accepts(other))
    })
}

/// For each credential, those that may count as it.
pub(crate) fn counted_as(credentials: &[Credential]) -> Vec<Vec<CredentialIx>> {
    let mut sources = vec![Vec::new(); credentials.len()];
    for (at, credential) in credentials.iter().enumerate() {
        for target in &credential.counts_as {
            sources[target.index()].push(CredentialIx::at(at));
        }
    }
    sources
}

/// Positions `0..count` so that each edge leads forward; or a circle, if there is one.
///
/// Of all circles through the lowest position on any, the circle is a shortest.
pub(crate) fn order(count: usize, edges: &[(usize, usize)]) -> Result<Vec<usize>, Vec<usize>> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(count, edges.len());
    for _ in 0..count {
        graph.add_node(());
    }
    for &(from, to) in edges {
        graph.update_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    match toposort(&graph, None) {
        Ok(order) => Ok(order.into_iter().map(NodeIndex::index).collect()),
        Err(_) => Err(circle(&graph)),
    }
}

fn circle(graph: &DiGraph<(), ()>) -> Vec<usize> {
    let components = petgraph::algo::kosaraju_scc(graph);
    let cyclic = components.into_iter().filter(|component| {
        component.len() > 1 || component.iter().any(|&node| graph.contains_edge(node, node))
    });
    let start = cyclic.flatten().min().expect("a graph without an order has a circle");
    let mut before = vec![None; graph.node_count()];
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut next: Vec<_> = graph.neighbors(node).collect();
        next.sort_unstable();
        for after in next {
            if after == start {
                let back = std::iter::successors(Some(node), |&at| before[at.index()]);
                let mut circle: Vec<_> = back.map(NodeIndex::index).collect();
                circle.reverse();
                return circle;
            }
            if before[after.index()].is_none() {
                before[after.index()] = Some(node);
                queue.push_back(after);
            }
        }
    }
    unreachable!("a node of a circle comes back to itself")
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn an_order_leads_forward() {
        let edges = [(2, 1), (1, 0), (2, 0)];
        assert_eq!(order(3, &edges), Ok(vec![2, 1, 0]));
    }

    #[test]
    fn a_circle_is_named_whole() {
        assert_eq!(order(4, &[(0, 1), (1, 2), (2, 3), (3, 1)]), Err(vec![1, 2, 3]));
        assert_eq!(order(1, &[(0, 0)]), Err(vec![0]));
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let edges: Vec<_> = (0..200_000).map(|at| (at, at + 1)).collect();
        assert_eq!(order(200_001, &edges).map(|order| order.len()), Ok(200_001));
        let closed: Vec<_> = edges.into_iter().chain([(200_000, 0)]).collect();
        assert_eq!(order(200_001, &closed).map_err(|circle| circle.len()), Err(200_001));
    }
}

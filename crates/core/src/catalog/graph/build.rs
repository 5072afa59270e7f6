//! Builds the graph of a catalog: nodes, edges, an order.

use std::collections::BTreeSet;

use petgraph::{
    algo::toposort,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

use crate::{
    Source,
    catalog::{
        Credential, CredentialIx, Edge, Facts, Graph, Node, Prerequisite, Qualification, QualificationIx,
        Requirement, Rule, Take, graph::order,
    },
};

impl Graph {
    /// Builds the graph, or names a circle in it.
    pub(crate) fn new(
        credentials: &[Credential],
        qualifications: &[Qualification],
    ) -> Result<Graph, Vec<Node>> {
        let mut sketch = Sketch::new(credentials, qualifications);
        let accepted_by = (0..qualifications.len()).map(|at| sketch.qualification(at)).collect();
        let counted_as = counted_as(credentials);
        for at in 0..credentials.len() {
            sketch.prerequisites(at, &counted_as);
        }
        let Sketch { graph, credential_nodes, qualification_nodes, .. } = sketch;
        let Ok(topological) = toposort(&graph, None) else { return Err(circle(&graph)) };
        Ok(Graph {
            graph,
            credentials: credential_nodes,
            qualifications: qualification_nodes,
            topological,
            counted_as,
            accepted_by,
        })
    }
}

/// A graph whose edges are still being drawn.
struct Sketch<'c> {
    credentials: &'c [Credential],
    qualifications: &'c [Qualification],
    graph: DiGraph<Node, Edge>,
    credential_nodes: Vec<NodeIndex>,
    qualification_nodes: Vec<NodeIndex>,
}

impl<'c> Sketch<'c> {
    fn new(credentials: &'c [Credential], qualifications: &'c [Qualification]) -> Self {
        let mut graph = DiGraph::new();
        let credential_nodes =
            (0..credentials.len()).map(|at| graph.add_node(Node::Credential(CredentialIx::at(at)))).collect();
        let qualification_nodes = (0..qualifications.len())
            .map(|at| graph.add_node(Node::Qualification(QualificationIx::at(at))))
            .collect();
        Sketch { credentials, qualifications, graph, credential_nodes, qualification_nodes }
    }

    /// Adds the requirements of a qualification; answers which credentials they accept, sorted.
    fn qualification(&mut self, at: usize) -> Vec<CredentialIx> {
        let qualification = &self.qualifications[at];
        let ix = QualificationIx::at(at);
        let nodes: Vec<_> = qualification
            .requirement_indexes()
            .map(|requirement| self.graph.add_node(Node::Requirement(ix, requirement)))
            .collect();
        let mut accepts = BTreeSet::new();
        for (requirement, &node) in qualification.requirements.iter().zip(&nodes) {
            // What leads to a requirement is distinct, so no edge is drawn twice.
            for source in self.sources(qualification, requirement, &nodes, &mut accepts) {
                self.graph.add_edge(source, node, Edge::CountsToward);
            }
        }
        // An outcome leads to the qualification as well: to the title that it gives it.
        for outcome in &qualification.outcomes {
            self.graph.add_edge(nodes[outcome.index()], self.qualification_nodes[at], Edge::CountsToward);
        }
        if let Some(&root) = nodes.last() {
            self.graph.add_edge(root, self.qualification_nodes[at], Edge::CountsToward);
        }
        accepts.into_iter().collect()
    }

    fn sources(
        &self,
        qualification: &Qualification,
        requirement: &Requirement,
        nodes: &[NodeIndex],
        accepts: &mut BTreeSet<CredentialIx>,
    ) -> Vec<NodeIndex> {
        match &requirement.rule {
            Rule::All(children)
            | Rule::Any(children)
            | Rule::Choose(_, children)
            | Rule::Same(_, children) => children.iter().map(|child| nodes[child.index()]).collect(),
            Rule::Award(other, _) => vec![self.qualification_nodes[other.index()]],
            Rule::Take(take) => {
                let accepted: Vec<_> = accepted(take, qualification, self.credentials).collect();
                accepts.extend(&accepted);
                accepted.iter().map(|credential| self.credential_nodes[credential.index()]).collect()
            }
            Rule::Attest(_) => Vec::new(),
        }
    }

    /// Draws what a credential requires; what counts as a prerequisite will do as well.
    fn prerequisites(&mut self, at: usize, counted_as: &[Vec<CredentialIx>]) {
        let mut sources = BTreeSet::new();
        for prerequisite in self.credentials[at].requires.iter().flatten() {
            match *prerequisite {
                Prerequisite::Qualification(ix) => {
                    sources.insert(self.qualification_nodes[ix.index()]);
                }
                Prerequisite::Credential(ix) => {
                    let all = std::iter::once(&ix).chain(&counted_as[ix.index()]);
                    sources.extend(all.map(|source| self.credential_nodes[source.index()]));
                }
            }
        }
        for source in sources {
            self.graph.add_edge(source, self.credential_nodes[at], Edge::Prerequisite);
        }
    }
}

fn circle(graph: &DiGraph<Node, Edge>) -> Vec<Node> {
    let edges: Vec<_> =
        graph.edge_references().map(|edge| (edge.source().index(), edge.target().index())).collect();
    let circle = order(graph.node_count(), &edges).expect_err("the graph has a circle");
    circle.into_iter().map(|node| graph[NodeIndex::new(node)]).collect()
}

/// The credentials of the catalog that a requirement accepts, directly or counted as another.
pub(crate) fn accepted<'c>(
    take: &'c Take,
    qualification: &'c Qualification,
    credentials: &'c [Credential],
) -> impl Iterator<Item = CredentialIx> + 'c {
    let accepts = move |ix: CredentialIx| {
        let Credential { attributes, origin, .. } = &credentials[ix.index()];
        let accepts = |source| {
            let facts =
                Facts { credential: ix, origin: *origin, attributes, own: None, source: Some(source) };
            take.accepts(facts, &qualification.pools)
        };
        Source::ALL.iter().any(|&source| accepts(source))
    };
    let counts = move |ix: CredentialIx| credentials[ix.index()].counts_toward(qualification);
    (0..credentials.len()).map(CredentialIx::at).filter(move |&ix| {
        let mut others = credentials[ix.index()].counts_as.iter();
        counts(ix)
            && (accepts(ix)
                || others.any(|one| accepts(one.to) && counts(one.to) && one.counts_toward(qualification)))
    })
}

/// For each credential, those that may count as it.
pub(crate) fn counted_as(credentials: &[Credential]) -> Vec<Vec<CredentialIx>> {
    let mut sources = vec![Vec::new(); credentials.len()];
    for (at, credential) in credentials.iter().enumerate() {
        for one in &credential.counts_as {
            // For other days or parts, it may be said several times.
            let sources = &mut sources[one.to.index()];
            if sources.last() != Some(&CredentialIx::at(at)) {
                sources.push(CredentialIx::at(at));
            }
        }
    }
    sources
}

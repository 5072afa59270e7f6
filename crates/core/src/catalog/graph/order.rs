//! Positions in an order that leads forward, or the circle that forbids one.

use std::collections::VecDeque;

use petgraph::{
    algo::toposort,
    graph::{DiGraph, NodeIndex},
};

/// Positions `0..count` so that each edge leads forward; or a circle, if there is one.
///
/// Of all circles through the lowest position on any, the circle is a shortest.
pub(crate) fn order(count: usize, edges: &[(usize, usize)]) -> Result<Vec<usize>, Vec<usize>> {
    // The sort goes through the nodes backwards: turned round, what is free stays in its order.
    let turned = |position: usize| count - 1 - position;
    match toposort(&graph(count, edges.iter().map(|&(from, to)| (turned(from), turned(to)))), None) {
        Ok(order) => Ok(order.into_iter().map(|node| turned(node.index())).collect()),
        Err(_) => Err(circle(&graph(count, edges.iter().copied()))),
    }
}

fn graph(count: usize, edges: impl Iterator<Item = (usize, usize)>) -> DiGraph<(), ()> {
    let mut graph = DiGraph::new();
    for _ in 0..count {
        graph.add_node(());
    }
    for (from, to) in edges {
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    graph
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

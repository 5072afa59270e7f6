//! The layer of each box: above everything that it rests on, near what it leads to.
//!
//! Longest paths first; then each box is pulled toward what it leads to where that makes lines
//! shorter, after the aim of Gansner, Koutsofios, North and Vo, "A Technique for Drawing Directed
//! Graphs", IEEE TSE 19 (1993), with the promotion of Nikolov and Tarassov, "Graph layering by
//! promotion of nodes", Discrete Applied Mathematics 154 (2006), in place of network simplex.

use crate::drawing::Edge;

/// Pulling one box can free others; more rounds than these gain nothing that the eye sees.
const ROUNDS: usize = 4;

/// The layers of `count` boxes, none empty, from 0.
pub(super) fn layers(count: usize, edges: &[Edge]) -> Vec<usize> {
    let mut after = vec![Vec::new(); count];
    let mut before = vec![0_usize; count];
    for edge in edges {
        after[edge.from].push(edge.to);
        before[edge.to] += 1;
    }
    let order = topological(&after, &before);
    let mut layer = longest_paths(&order, &after);
    for _ in 0..ROUNDS {
        pull(&order, &after, &before, &mut layer);
    }
    without_gaps(&mut layer);
    layer
}

/// Each box after all that lead to it.
fn topological(after: &[Vec<usize>], before: &[usize]) -> Vec<usize> {
    let mut waiting = before.to_vec();
    let mut order: Vec<usize> = (0..after.len()).filter(|&node| waiting[node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for &target in &after[node] {
            waiting[target] -= 1;
            if waiting[target] == 0 {
                order.push(target);
            }
        }
    }
    assert_eq!(order.len(), after.len(), "a picture of an acyclic catalog has no circle");
    order
}

fn longest_paths(order: &[usize], after: &[Vec<usize>]) -> Vec<usize> {
    let mut layer = vec![0; after.len()];
    for &node in order {
        for &target in &after[node] {
            layer[target] = layer[target].max(layer[node] + 1);
        }
    }
    layer
}

fn pull(order: &[usize], after: &[Vec<usize>], before: &[usize], layer: &mut [usize]) {
    for &node in order.iter().rev() {
        let nearest = after[node].iter().map(|&target| layer[target]).min();
        if let Some(nearest) = nearest
            && before[node] <= after[node].len()
        {
            layer[node] = nearest - 1;
        }
    }
}

fn without_gaps(layer: &mut [usize]) {
    let mut used = vec![0_usize; layer.iter().max().map_or(0, |highest| highest + 1)];
    for &at in layer.iter() {
        used[at] = 1;
    }
    let mut next = 0;
    for slot in &mut used {
        let taken = *slot;
        *slot = next;
        next += taken;
    }
    for at in layer {
        *at = used[*at];
    }
}

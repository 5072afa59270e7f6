//! The order of each column, with few crossings.
//!
//! Begins with what a search from the right finds, so that what belongs together stands together;
//! then sweeps over the columns, each time sorting one by the barycentres of its neighbours in the
//! column before it (Sugiyama, Tagawa and Toda 1981), and keeps the best order that it met. The
//! last crossings go by exchanging neighbours.

use crate::drawing::{
    crossings::crossings,
    exchange::exchange,
    lanes::{Columns, Neighbours},
};

/// Sweeps over a small picture; few sweeps bring most of the gain.
const SWEEPS_MAX: usize = 24;

/// Joints visited in all, at most; larger pictures get fewer sweeps.
const JOINTS_VISITED_MAX: usize = 3_000_000;

/// Barycentres are kept in fractions of a place.
const FRACTION: usize = 1024;

/// Puts the items of each column in order.
pub(super) fn order(columns: &mut Columns, neighbours: &Neighbours) {
    columns.columns = found_from_the_right(columns, neighbours);
    let mut place = columns.places();
    let mut best = (count(columns, &place), columns.columns.clone());
    let sweeps = (JOINTS_VISITED_MAX / columns.joints.len().max(1)).clamp(2, SWEEPS_MAX);
    for sweep in 0..sweeps {
        if best.0 == 0 {
            break;
        }
        let rightward = sweep % 2 == 0;
        let mut turns: Vec<usize> = (0..columns.columns.len()).collect();
        if !rightward {
            turns.reverse();
        }
        for column in turns {
            sort(columns, column, if rightward { &neighbours.left } else { &neighbours.right }, &mut place);
        }
        let crossed = count(columns, &place);
        if crossed < best.0 {
            best = (crossed, columns.columns.clone());
        }
    }
    columns.columns = best.1;
    exchange(columns, neighbours);
}

/// The columns as a depth-first search meets their items, from the last column leftward.
fn found_from_the_right(columns: &Columns, neighbours: &Neighbours) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); columns.columns.len()];
    let mut seen = vec![false; columns.items.len()];
    for &start in columns.columns.iter().rev().flatten() {
        let mut waiting = vec![start];
        while let Some(item) = waiting.pop() {
            if std::mem::replace(&mut seen[item], true) {
                continue;
            }
            found[columns.column[item]].push(item);
            waiting.extend(neighbours.left[item].iter().rev().map(|&joint| columns.joints[joint].from));
        }
    }
    found
}

fn count(columns: &Columns, place: &[usize]) -> u64 {
    let mut between = vec![Vec::new(); columns.columns.len()];
    for joint in &columns.joints {
        between[columns.column[joint.from]].push((place[joint.from], place[joint.to]));
    }
    between.iter_mut().map(|lines| crossings(lines)).sum()
}

/// Sorts one column by the barycentres of the items on one side; items without any stay about where they are.
fn sort(columns: &mut Columns, column: usize, side: &[Vec<usize>], place: &mut [usize]) {
    let barycentre = |&item: &usize| {
        let joints = &side[item];
        if joints.is_empty() {
            return place[item] * FRACTION;
        }
        let other = |&joint: &usize| columns.joints[joint].from + columns.joints[joint].to - item;
        joints.iter().map(|joint| place[other(joint)] * FRACTION).sum::<usize>() / joints.len()
    };
    let mut items = columns.columns[column].clone();
    items.sort_by_cached_key(barycentre);
    for (at, &item) in items.iter().enumerate() {
        place[item] = at;
    }
    columns.columns[column] = items;
}

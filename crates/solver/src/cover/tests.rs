//! Covers against trying everything.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
struct Case {
    cover: Cover,
    /// The leaves as they were given, before any items were kept for some of them.
    leaves: Vec<Leaf>,
    held: Vec<(u32, Vec<u32>)>,
    switches: Vec<i64>,
}

/// The leaves that an item can serve.
fn uses(leaves: &[Leaf], item: u32) -> Vec<u32> {
    (0..).zip(leaves).filter(|(_, leaf)| leaf.items.contains(&item)).map(|(at, _)| at).collect()
}

/// Tries every set of purchases and every way to serve.
fn brute_force(case: &Case) -> i64 {
    let cover = &case.cover;
    let mut best = NEVER;
    let items = cover.items.len();
    let is_held = |item: usize| case.held.iter().any(|(held, _)| *held as usize == item);
    for set in 0u32..1 << items {
        let bought: Vec<u32> = (0..u32_of(items)).filter(|item| set >> item & 1 == 1).collect();
        if bought.iter().any(|&item| is_held(item as usize) || cover.items[item as usize].price.is_none()) {
            continue;
        }
        let cost: i64 = bought.iter().map(|&item| cover.items[item as usize].price.unwrap_or(0)).sum();
        if cost >= best {
            continue;
        }
        let mut choices: Vec<(u32, Vec<u32>)> = Vec::new();
        let all = bought.iter().map(|&item| (item, uses(&case.leaves, item)));
        for (item, leaves) in case.held.iter().cloned().chain(all) {
            let mut by_lane: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
            for leaf in leaves {
                by_lane.entry(cover.leaves[leaf as usize].lane).or_default().push(leaf);
            }
            choices.extend(by_lane.into_values().map(|leaves| (item, leaves)));
        }
        let mut got = vec![0; cover.leaves.len()];
        best = best.min(cost.saturating_add(serve(case, &choices, &mut got)).min(NEVER));
    }
    best
}

fn serve(case: &Case, choices: &[(u32, Vec<u32>)], got: &mut Vec<u32>) -> i64 {
    let cover = &case.cover;
    let Some(((item, leaves), rest)) = choices.split_first() else {
        let lacks = |leaf: usize| if got[leaf] >= cover.leaves[leaf].need { 0 } else { verify::WIDE };
        let terms: Vec<_> = (0..got.len()).map(lacks).collect();
        let switches: Vec<_> = case
            .switches
            .iter()
            .map(|&price| if price == NEVER { verify::WIDE } else { price.into() })
            .collect();
        let value = cover.tree.value(&terms, &switches).expect("complete");
        return i64::try_from(value).unwrap_or(NEVER);
    };
    let mut best = serve(case, rest, got);
    for &leaf in leaves {
        let gift = if cover.leaves[leaf as usize].by_units { cover.items[*item as usize].units } else { 1 };
        got[leaf as usize] += gift;
        best = best.min(serve(case, rest, got));
        got[leaf as usize] -= gift;
    }
    best
}

/// Trees over a few leaves: `shape` says how many of the nodes so far each group takes, and how many
/// of those it wants.
fn nodes(leaves: usize, switches: usize, shape: &[(usize, u32)]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut open = Vec::new();
    for at in 0..leaves + switches {
        nodes.push(if at < leaves { Node::Leaf } else { Node::Switch });
        open.push(u32_of(nodes.len() - 1));
        let (taken, wanted) = shape[at % shape.len()];
        if taken > 1 && open.len() >= taken {
            let children = open.split_off(open.len() - taken);
            nodes.push(Node::Of(wanted.min(u32_of(taken)), children));
            open.push(u32_of(nodes.len() - 1));
        }
    }
    let wanted = u32_of(open.len());
    nodes.push(Node::Of(wanted, open));
    nodes
}

fn cases() -> impl Strategy<Value = Case> {
    let item = (1..4u32, prop::option::weighted(0.9, 0..5i64), any::<bool>());
    let leaf = (0..4u32, any::<bool>(), prop::sample::select(vec![0u32, 0, 0, 1]), 0u32..64);
    let parts = (
        prop::collection::vec(item, 1..7),
        prop::collection::vec(leaf, 1..5),
        prop::collection::vec((1..4usize, 1..3u32), 1..4),
        prop::collection::vec(prop::sample::select(vec![0, 1, 3, NEVER]), 0..2),
        0u32..64,
        any::<u64>(),
    );
    parts.prop_map(|(items, leaves, shape, switches, held, narrow)| {
        let items: Vec<_> =
            items.into_iter().map(|(units, price, is_last)| Item { units, price, is_last }).collect();
        let count = u32_of(items.len());
        let leaves: Vec<_> = leaves
            .into_iter()
            .map(|(need, by_units, lane, accepts)| Leaf {
                need,
                by_units,
                lane,
                items: (0..count).filter(|item| accepts >> item & 1 == 1).collect(),
            })
            .collect();
        let nodes = nodes(leaves.len(), switches.len(), &shape);
        let cover = Cover::new(items, leaves.clone(), nodes).expect("small");
        let held = (0..count).filter(|item| held >> item & 1 == 1);
        let held = held
            .map(|item| {
                let all = uses(&leaves, item);
                // What is kept for some leaf is not held for others only.
                let is_kept = all.len() > cover.uses(item).len();
                let serves = |leaf: &u32| is_kept || narrow >> ((item * 5 + leaf) % 64) & 7 != 0;
                (item, all.into_iter().filter(serves).collect())
            })
            .collect();
        Case { cover, leaves, held, switches }
    })
}

/// The leaves that a held item can serve after some were kept for others.
fn kept(case: &Case, item: u32, leaves: &[u32]) -> Vec<u32> {
    case.cover.uses(item).iter().copied().filter(|leaf| leaves.contains(leaf)).collect()
}

fn solve(case: &Case, scratch: &mut Scratch) -> Option<i64> {
    scratch.begin(&case.cover);
    for (item, leaves) in &case.held {
        scratch.hold_for(&case.cover, *item, |leaf| leaves.contains(&leaf));
    }
    for (switch, &price) in (0..).zip(&case.switches) {
        scratch.switch(switch, price);
    }
    case.cover.solve(scratch)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn what_is_proved_is_the_least(case in cases()) {
        let mut scratch = Scratch::default();
        if let Some(cost) = solve(&case, &mut scratch) {
            prop_assert_eq!(cost, brute_force(&case));
            let claim = case.cover.claim(&scratch, cost);
            let held: Vec<_> =
                case.held.iter().map(|(item, leaves)| (*item, kept(&case, *item, leaves))).collect();
            prop_assert_eq!(verify(&case.cover, &held, &case.switches, &claim), Ok(()));
            if cost > 0 {
                let less = Claim { cost: cost - 1, ..claim };
                prop_assert!(verify(&case.cover, &held, &case.switches, &less).is_err());
            }
            // Nothing is left from the question before.
            prop_assert_eq!(solve(&case, &mut scratch), Some(cost));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12_000))]

    /// Whatever is changed in a claim, it is refused, or what it says is still true.
    #[test]
    fn a_changed_claim_is_refused_or_true(case in cases(), what in 0..9u8, at in 0..64usize, to in 0..8i64) {
        let mut scratch = Scratch::default();
        let Some(cost) = solve(&case, &mut scratch) else { return Ok(()) };
        let mut claim = case.cover.claim(&scratch, cost);
        let at_of = |length: usize| at % length.max(1);
        match what {
            0 => claim.cost = (claim.cost + to - 4).max(0),
            1 if !claim.serves.is_empty() => {
                let at = at_of(claim.serves.len());
                claim.serves.remove(at);
            }
            2 if !claim.serves.is_empty() => {
                let at = at_of(claim.serves.len());
                claim.serves[at].1 = u32::try_from(to).expect("small");
            }
            3 => claim.bought.push(u32::try_from(to).expect("small")),
            4 => {
                claim.cases.remove(at_of(claim.cases.len()));
            }
            5 => {
                let one = at_of(claim.cases.len());
                claim.cases[one].decided.pop();
            }
            6 => {
                let one = at_of(claim.cases.len());
                let leaf = u32::try_from(to).expect("small");
                claim.cases[one].decided.iter_mut().for_each(|decided| decided.1 = leaf);
            }
            _ => {
                let one = at_of(claim.cases.len());
                let super::Case { prices, pays, .. } = &mut claim.cases[one];
                if !pays.is_empty() {
                    let at = at % pays.len();
                    if what == 7 {
                        prices[at] = to * PARTS;
                        pays[at] = true;
                    } else {
                        pays[at] = !pays[at];
                        claim.cost += to % 2;
                    }
                }
            }
        }
        let held: Vec<_> =
            case.held.iter().map(|(item, leaves)| (*item, kept(&case, *item, leaves))).collect();
        if verify(&case.cover, &held, &case.switches, &claim).is_ok() {
            prop_assert_eq!(claim.cost, cost);
        }
    }
}

/// Sets of every size: a place more than there are holdings, at the edges of machine words and beyond.
#[test]
fn a_holding_too_few_for_the_places_is_noticed_at_any_size() {
    for size in [1, 63, 64, 65, 129, 300] {
        let items = vec![Item { units: 1, price: Some(7), is_last: false }; size + 1];
        let all: Vec<u32> = (0..u32_of(size + 1)).collect();
        let leaf = Leaf { need: 1, by_units: false, lane: 0, items: all };
        let mut nodes = vec![Node::Leaf; size + 1];
        nodes.push(Node::Of(u32_of(size + 1), (0..u32_of(size + 1)).collect()));
        let cover = Cover::new(items, vec![leaf; size + 1], nodes).expect("small");
        let mut scratch = Scratch::default();
        scratch.begin(&cover);
        (0..u32_of(size)).for_each(|item| scratch.hold(&cover, item));
        assert_eq!(cover.solve(&mut scratch), Some(7), "{size} holdings");
        let held: Vec<_> = (0..u32_of(size)).map(|item| (item, cover.uses(item).to_vec())).collect();
        let claim = cover.claim(&scratch, 7);
        assert_eq!(verify(&cover, &held, &[], &claim), Ok(()));
    }
}

/// How many of the cases of the test above are proved, and how many of them in several cases: enough of
/// each, so that it tests something.
#[test]
fn most_small_cases_are_proved() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut proved, mut divided) = (0, 0);
    let mut scratch = Scratch::default();
    for _ in 0..1000 {
        let case = cases().new_tree(&mut runner).expect("a case").current();
        let cost = solve(&case, &mut scratch);
        proved += usize::from(cost.is_some());
        divided += usize::from(cost.is_some_and(|cost| case.cover.claim(&scratch, cost).cases.len() > 1));
    }
    assert!(proved > 900, "only {proved} of 1000 were proved");
    assert!(divided > 5, "only {divided} of 1000 were divided");
}

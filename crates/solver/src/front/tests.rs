//! The answers against trying everything.

use proptest::prelude::*;

use super::Front;
use crate::{Problem, Var, search::tests::sized};

type Point = Vec<i64>;

/// All solutions, as costs and values.
fn all(problem: &Problem) -> Vec<(Vec<i64>, Point)> {
    let mut values = vec![0; problem.variables()];
    let mut found = Vec::new();
    loop {
        if problem.accepts(&values) {
            let costs = (0..problem.objectives.len()).map(|at| problem.cost(at, &values)).collect();
            found.push((costs, values.clone()));
        }
        let Some(next) = (0..values.len()).find(|&at| values[at] < problem.uppers[at]) else { break };
        values[next] += 1;
        values[..next].fill(0);
    }
    found.sort();
    found
}

fn has_as_much(more: &[i64], less: &[i64]) -> bool {
    less.iter().zip(more).all(|(less, more)| less <= more)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn answers_come_from_the_cheapest_on_and_none_contains_another(mut problem in sized(6, 6)) {
        let vars: Vec<Var> = (0..).take(problem.variables()).map(Var).collect();
        problem.minimise(vars.iter().map(|&var| (var, 1)));
        let mut expected: Vec<(Vec<i64>, Point)> = Vec::new();
        for (costs, values) in all(&problem) {
            if !expected.iter().any(|(_, given)| has_as_much(&values, given)) {
                expected.push((costs, values));
            }
        }
        let each = vars.iter().map(|&var| vec![(var, 1)]).collect();
        let mut found: Vec<_> = Front::new(&problem, each, u64::MAX)
            .map(|solution| (solution.costs, solution.values))
            .collect();
        prop_assert!(found.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn with_prices_as_coordinates_nothing_is_better_in_one_and_no_worse_in_others(
        problem in sized(6, 6),
        cases_max in prop_oneof![Just(u64::MAX), 0..40u64],
    ) {
        let prices = problem.objectives.clone();
        let mut expected: Vec<Point> = Vec::new();
        for (costs, _) in all(&problem) {
            if !expected.iter().any(|given| has_as_much(&costs, given)) {
                expected.push(costs);
            }
        }
        let mut front = Front::new(&problem, prices, cases_max);
        let found: Vec<_> = front.by_ref().map(|solution| solution.costs).collect();
        // What was stopped has begun right.
        prop_assert!(front.is_stopped() || found.len() == expected.len());
        prop_assert_eq!(&found[..], &expected[..found.len()]);
    }
}

//! The search against trying everything, and families whose optimum is known.

use proptest::prelude::*;

use super::dice::Dice;
use crate::{Bounded, Problem, Solution, Var, solve, solve_within};

/// Tries every assignment.
fn brute_force(problem: &Problem) -> Option<Vec<i64>> {
    let mut values = vec![0; problem.variables()];
    let mut best: Option<Vec<i64>> = None;
    loop {
        if problem.accepts(&values) {
            let costs: Vec<_> = (0..problem.objectives.len()).map(|at| problem.cost(at, &values)).collect();
            best = Some(best.map_or(costs.clone(), |best| best.min(costs)));
        }
        let Some(next) = (0..values.len()).find(|&at| values[at] < problem.uppers[at]) else { return best };
        values[next] += 1;
        values[..next].fill(0);
    }
}

type Terms = Vec<(usize, i64)>;

/// Upper bounds with ranks, rows, objectives.
type Parts = (Vec<(i64, u8)>, Vec<(Terms, i64)>, Vec<Terms>);

pub(crate) fn problems() -> impl Strategy<Value = Problem> {
    sized(8, 8)
}

/// Problems of fewer than this many variables and rows.
pub(crate) fn sized(variables: usize, rows: usize) -> impl Strategy<Value = Problem> {
    let uppers = prop::collection::vec((0..4i64, 0..3u8), 1..variables);
    uppers.prop_flat_map(move |uppers| {
        let variables = uppers.len();
        let rows = prop::collection::vec(
            (prop::collection::vec((0..variables, -9..10i64), 1..6), -12..16i64),
            0..rows,
        );
        let objectives = prop::collection::vec(prop::collection::vec((0..variables, 1..12i64), 1..6), 0..3);
        (Just(uppers), rows, objectives).prop_map(build)
    })
}

fn build((uppers, rows, objectives): Parts) -> Problem {
    let mut problem = Problem::default();
    let vars: Vec<Var> = uppers.into_iter().map(|(upper, rank)| problem.var(upper, rank)).collect();
    let terms = |terms: Terms| terms.into_iter().map(|(at, factor)| (vars[at], factor)).collect::<Vec<_>>();
    for (row, least) in rows {
        problem.at_least(terms(row), least);
    }
    for objective in objectives {
        problem.minimise(terms(objective));
    }
    problem
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_optimum_is_that_of_trying_everything(problem in problems()) {
        let solution = solve(&problem);
        prop_assert_eq!(solution.as_ref().map(|solution| solution.costs.clone()), brute_force(&problem));
        if let Some(Solution { values, .. }) = solution {
            prop_assert!(problem.accepts(&values));
        }
    }

    /// What was stopped has the optimum between its two bounds, and says no more than it knows.
    #[test]
    fn a_stopped_search_has_the_optimum_between_its_bounds(problem in problems(), cases_max in 0..12u64) {
        let best = brute_force(&problem);
        let bounded = solve_within(&problem, cases_max);
        prop_assert!(bounded.cases <= cases_max);
        prop_assert_eq!(&bounded, &solve_within(&problem, cases_max));
        if let Some(best) = &best {
            let known = bounded.least.len().min(best.len());
            prop_assert!(bounded.least[..known] <= best[..known]);
        }
        let found = bounded.solution.map(|solution| {
            assert!(problem.accepts(&solution.values));
            solution.costs
        });
        if bounded.is_proved {
            prop_assert_eq!(&found, &best);
        } else if let Some(found) = found {
            prop_assert!(Some(found) >= best);
        }
    }
}

/// `holdings` for one slot more than there are: the shortfall is one.
#[test]
fn a_pigeon_too_few_is_noticed() {
    for holdings in [8, 64, 65] {
        let mut problem = Problem::default();
        let slots = holdings + 1;
        let cells: Vec<Vec<Var>> =
            (0..holdings).map(|_| (0..slots).map(|_| problem.var(1, 1)).collect()).collect();
        let missing: Vec<Var> = (0..slots).map(|_| problem.var(1, 0)).collect();
        for row in &cells {
            problem.at_most(row.iter().map(|&var| (var, 1)), 1);
        }
        for slot in 0..slots {
            problem.at_least(cells.iter().map(|row| (row[slot], 1)).chain([(missing[slot], 1)]), 1);
        }
        problem.minimise(missing.iter().map(|&var| (var, 1)));
        assert_eq!(solve(&problem).map(|solution| solution.costs), Some(vec![1]));
    }
}

/// Sets of credits of which no two halves are equal: the nearest half is known.
#[test]
fn credits_that_do_not_divide_are_placed_exactly() {
    let credits = [17, 23, 31, 42, 58, 61, 77, 90, 101, 116];
    let total: i64 = credits.iter().sum();
    let mut problem = Problem::default();
    let left: Vec<Var> = credits.iter().map(|_| problem.var(1, 1)).collect();
    let short = problem.var(total, 0);
    let weighed = || left.iter().copied().zip(credits);
    problem.at_least(weighed().chain([(short, 1)]), total / 2);
    problem.at_most(weighed(), total / 2);
    problem.minimise([(short, 1)]);
    let best = (0..1 << credits.len())
        .map(|set: u32| {
            (0..credits.len()).filter(|&at| set >> at & 1 == 1).map(|at| credits[at]).sum::<i64>()
        })
        .filter(|&sum| sum <= total / 2)
        .max()
        .expect("the empty set");
    assert_eq!(solve(&problem).map(|solution| solution.costs), Some(vec![total / 2 - best]));
}

/// Fifty sizes for ten sums that take up all of them: there are a great many ways, and hardly any is found
/// by deciding on one after the other.
#[test]
fn sums_that_come_out_exactly_are_found_by_a_walk() {
    let mut dice = Dice::default();
    let mut problem = Problem::default();
    let sizes: Vec<usize> = (0..50).map(|_| 2 + dice.below(5)).collect();
    let places: Vec<Vec<(usize, Var)>> = (0..50)
        .map(|_| (0..10).filter(|_| dice.below(5) < 2).map(|to| (to, problem.var(1, 1))).collect())
        .collect();
    for vars in &places {
        problem.at_most(vars.iter().map(|&(_, var)| (var, 1)), 1);
    }
    let one_way: Vec<usize> = places.iter().map(|vars| vars[dice.below(vars.len())].0).collect();
    let mut costs = Vec::new();
    for sum in 0..10 {
        let least: usize = (0..50).filter(|&at| one_way[at] == sum).map(|at| sizes[at]).sum();
        let least = i64::try_from(least).expect("small");
        let short = problem.var(least, 0);
        let here =
            places.iter().zip(&sizes).flat_map(|(vars, &size)| vars.iter().map(move |&var| (var, size)));
        let here = here
            .filter(|((to, _), _)| *to == sum)
            .map(|((_, var), size)| (var, i64::try_from(size).expect("small")));
        problem.at_least(here.chain([(short, 1)]), least);
        costs.push((short, 1));
    }
    problem.minimise(costs);
    let Bounded { solution, is_proved, .. } = solve_within(&problem, 200);
    assert_eq!(solution.map(|solution| solution.costs), Some(vec![0]));
    assert!(is_proved);
}

#[test]
fn the_same_problem_has_the_same_answer() {
    let mut problem = Problem::default();
    let vars: Vec<Var> = (0..12).map(|_| problem.var(1, 0)).collect();
    problem.at_least(vars.iter().map(|&var| (var, 1)), 5);
    problem.minimise(vars.iter().map(|&var| (var, 1)));
    assert_eq!(solve(&problem), solve(&problem));
}

/// Numbers as large as rules may state, so that pivots outgrow 64 bits and the bound is given up.
#[test]
fn astronomically_large_numbers_are_solved_all_the_same() {
    let sizes: Vec<i64> = (0..14).map(|at| 1_000_000_000_000 - 7_919 * at * at - 31 * at).collect();
    let mut problem = Problem::default();
    let left: Vec<Var> = sizes.iter().map(|_| problem.var(1, 1)).collect();
    let right: Vec<Var> = sizes.iter().map(|_| problem.var(1, 1)).collect();
    for (&one, &other) in left.iter().zip(&right) {
        problem.at_most([(one, 1), (other, 1)], 1);
    }
    let weighed = |vars: &[Var]| vars.iter().copied().zip(sizes.iter().copied()).collect::<Vec<_>>();
    problem.at_least(weighed(&left), 5 * sizes[13]);
    problem.at_least(weighed(&right), 6 * sizes[13]);
    problem.minimise(weighed(&[&left[..], &right[..]].concat()[..14]));
    let solution = solve(&problem).expect("there are enough");
    assert!(problem.accepts(&solution.values));
    assert_eq!(solution.costs, [sizes[9..].iter().sum::<i64>()]);
}

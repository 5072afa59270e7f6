//! Bounds from rows: what every solution must do anyway.

use crate::problem::{Problem, Row, Var};

/// Lower and upper bounds of all variables at one point of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) lower: Vec<i64>,
    pub(crate) upper: Vec<i64>,
}

/// A row that contradicts the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contradiction {
    pub(crate) row: u32,
}

impl Bounds {
    pub(crate) fn of(problem: &Problem) -> Bounds {
        Bounds { lower: vec![0; problem.uppers.len()], upper: problem.uppers.clone() }
    }

    pub(crate) fn is_fixed(&self, var: usize) -> bool {
        self.lower[var] == self.upper[var]
    }

    /// The least that a row can come to.
    fn least(&self, row: &Row) -> i64 {
        let end =
            |factor: i64, var: usize| factor * if factor > 0 { self.lower[var] } else { self.upper[var] };
        row.terms.iter().map(|&(var, factor)| end(factor, var.index())).sum()
    }

    /// The most that a row can come to.
    fn most(&self, row: &Row) -> i64 {
        let end =
            |factor: i64, var: usize| factor * if factor > 0 { self.upper[var] } else { self.lower[var] };
        row.terms.iter().map(|&(var, factor)| end(factor, var.index())).sum()
    }

    /// Whether a row holds whatever is decided within the bounds.
    pub(crate) fn settles(&self, row: &Row) -> bool {
        self.least(row) >= row.least
    }
}

/// One tightening: what the row says about the variable, given the bounds of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The position of the row.
    pub row: u32,
    /// The variable.
    pub var: Var,
}

/// For each variable, the rows that it stands in.
#[derive(Debug)]
pub(crate) struct Incidence {
    rows_of: Vec<Vec<u32>>,
}

impl Incidence {
    pub(crate) fn of(variables: usize, rows: &[Row]) -> Incidence {
        let mut rows_of = vec![Vec::new(); variables];
        for (position, row) in (0..).zip(rows) {
            for &(var, _) in &row.terms {
                rows_of[var.index()].push(position);
            }
        }
        Incidence { rows_of }
    }

    pub(crate) fn rows_of(&self, var: Var) -> impl Iterator<Item = usize> {
        self.rows_of[var.index()].iter().map(|&row| row as usize)
    }
}

/// Tightens bounds until no row says more, and notes each step. `changed` names the variables to
/// start from; all rows are looked at if it is `None`.
pub(crate) fn propagate(
    rows: &[Row],
    incidence: &Incidence,
    bounds: &mut Bounds,
    changed: Option<&[usize]>,
    steps: &mut Vec<Step>,
) -> Result<(), Contradiction> {
    let mut queued = vec![false; rows.len()];
    let mut queue: Vec<u32> = Vec::new();
    let enqueue = |queue: &mut Vec<u32>, queued: &mut Vec<bool>, row: u32| {
        if !std::mem::replace(&mut queued[row as usize], true) {
            queue.push(row);
        }
    };
    match changed {
        None => (0..).zip(rows).for_each(|(row, _)| enqueue(&mut queue, &mut queued, row)),
        Some(vars) => {
            for &var in vars {
                incidence.rows_of[var].iter().for_each(|&row| enqueue(&mut queue, &mut queued, row));
            }
        }
    }
    while let Some(position) = queue.pop() {
        queued[position as usize] = false;
        let row = &rows[position as usize];
        let slack = bounds.most(row) - row.least;
        if slack < 0 {
            return Err(Contradiction { row: position });
        }
        for &(var, factor) in &row.terms {
            let name = var;
            let var = var.index();
            if !tighten(bounds, var, factor, slack) {
                continue;
            }
            steps.push(Step { row: position, var: name });
            for &other in &incidence.rows_of[var] {
                if other != position {
                    enqueue(&mut queue, &mut queued, other);
                }
            }
        }
    }
    Ok(())
}

/// How far a variable may stray from the end that helps the row, given the row's slack.
fn tighten(bounds: &mut Bounds, var: usize, factor: i64, slack: i64) -> bool {
    let room = slack / factor.abs();
    if bounds.upper[var] - bounds.lower[var] <= room {
        return false;
    }
    if factor > 0 {
        bounds.lower[var] = bounds.upper[var] - room;
    } else {
        bounds.upper[var] = bounds.lower[var] + room;
    }
    true
}

/// A row over what is still open: constants moved to the right, divided by what its coefficients
/// have in common, and with coefficients no larger than the need. The same whole-number solutions
/// satisfy it, but fewer fractional ones do.
pub(crate) fn strengthen(row: &Row, bounds: &Bounds) -> Row {
    let mut least = row.least;
    let mut terms = Vec::with_capacity(row.terms.len());
    for &(var, factor) in &row.terms {
        if bounds.is_fixed(var.index()) {
            least -= factor * bounds.lower[var.index()];
        } else {
            terms.push((var, factor));
        }
    }
    let divide = |terms: &mut Vec<(Var, i64)>, least: &mut i64| {
        let divisor = terms.iter().fold(0, |divisor, &(_, factor)| gcd(divisor, factor));
        if divisor > 1 {
            terms.iter_mut().for_each(|(_, factor)| *factor /= divisor);
            *least = least.div_euclid(divisor) + i64::from(least.rem_euclid(divisor) != 0);
        }
    };
    divide(&mut terms, &mut least);
    // Above their lower bounds, non-negative terms need never count for more than the need.
    let floor: i64 = terms.iter().map(|&(var, factor)| factor * bounds.lower[var.index()]).sum();
    let need = least - floor;
    if need > 0
        && terms.iter().all(|&(_, factor)| factor > 0)
        && terms.iter().any(|&(_, factor)| factor > need)
    {
        for (var, factor) in &mut terms {
            let cut = (*factor).min(need);
            least -= (*factor - cut) * bounds.lower[var.index()];
            *factor = cut;
        }
        divide(&mut terms, &mut least);
    }
    Row { terms, least }
}

pub(crate) fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_row_fixes_its_variables() {
        let mut problem = Problem::default();
        let (x, y) = (problem.var(1, 0), problem.var(1, 0));
        problem.at_least([(x, 1), (y, 1)], 2);
        let mut bounds = Bounds::of(&problem);
        let incidence = Incidence::of(2, &problem.rows);
        assert_eq!(propagate(&problem.rows, &incidence, &mut bounds, None, &mut Vec::new()), Ok(()));
        assert_eq!(bounds.lower, [1, 1]);
        problem.at_most([(x, 1)], 0);
        let incidence = Incidence::of(2, &problem.rows);
        assert_eq!(
            propagate(&problem.rows, &incidence, &mut bounds, None, &mut Vec::new()),
            Err(Contradiction { row: 1 })
        );
    }

    #[test]
    fn a_row_in_eights_is_a_row_in_ones() {
        let mut problem = Problem::default();
        let (x, y) = (problem.var(5, 0), problem.var(5, 0));
        problem.at_least([(x, 8), (y, 16)], 20);
        let row = strengthen(&problem.rows[0], &Bounds::of(&problem));
        assert_eq!((row.terms, row.least), (vec![(x, 1), (y, 2)], 3));
    }
}

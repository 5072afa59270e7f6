//! The linear relaxation, solved exactly: a dual simplex over whole numbers.
//!
//! Every row of the tableau is an equation with whole-number coefficients and a positive factor
//! at its basic variable,
//!
//! ```text
//! d·t_B + Σ a_j·t_j = b,
//! ```
//!
//! divided by what the numbers have in common when they grow. The objective row is kept in the
//! same way, `D·z = z₀ + Σ z_j·t_j`. Costs are not negative and all variables begin at their
//! lower bound, so the tableau is dual feasible from the start and the objective only rises: at
//! any moment `⌈z₀ / D⌉` is a lower bound. Numbers that would not fit in 64 bits end the attempt;
//! the search then goes on without this bound.
//!
//! Source: the bounded dual simplex method (Lemke 1954; Wagner 1958 for upper bounds), in
//! integer-preserving form (Edmonds 1967); Bland's rule (1977) against cycling.

use crate::reduce::{Bounds, gcd};
use crate::{Row, Var};

/// A range without an end, for slack variables.
const ENDLESS: i64 = i64::MAX;

/// Why the relaxation gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A number outgrew 64 bits, or there were too many steps.
    GaveUp,
    /// Nothing satisfies the rows, not even fractions: this row of the tableau shows it.
    Infeasible(usize),
    /// The objective has passed the cutoff.
    CutOff,
}

/// A variable as `base + sign · t` with `0 ≤ t ≤ range`.
#[derive(Debug, Clone, Copy)]
struct Column {
    base: i64,
    sign: i64,
    range: i64,
}

#[derive(Debug, Clone)]
pub(crate) struct Tableau {
    /// Number of columns that are not basic.
    width: usize,
    /// Row-major coefficients of the columns that are not basic.
    cells: Vec<i64>,
    /// The factor at each row's basic variable; positive.
    factors: Vec<i64>,
    rights: Vec<i64>,
    /// The basic variable of each row.
    basis: Vec<usize>,
    /// The variable of each column.
    slots: Vec<usize>,
    columns: Vec<Column>,
    /// Where each variable is: row `Ok`, or column `Err`.
    places: Vec<Result<usize, usize>>,
    /// For each row, no cell is larger.
    sizes: Vec<i64>,
    costs: Vec<i64>,
    cost: i64,
    cost_factor: i64,
    cost_size: i64,
    source: Source,
    /// Number of variables that are not slacks.
    structural: usize,
}

impl Tableau {
    /// Sets the relaxation up over `variables` variables with whole-number bounds.
    pub(crate) fn new(
        variables: usize,
        bounds: &Bounds,
        rows: &[Row],
        objective: &[(Var, i64)],
    ) -> Option<Tableau> {
        let width = variables;
        let mut columns: Vec<_> = (0..variables)
            .map(|var| Column {
                base: bounds.lower[var],
                sign: 1,
                range: bounds.upper[var] - bounds.lower[var],
            })
            .collect();
        columns.extend(rows.iter().map(|_| Column { base: 0, sign: 1, range: ENDLESS }));
        let mut cells = vec![0; rows.len() * width];
        let mut rights = Vec::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            let mut right = i128::from(-row.least);
            for &(var, factor) in &row.terms {
                cells[position * width + var.index()] = -factor;
                right += i128::from(factor) * i128::from(bounds.lower[var.index()]);
            }
            rights.push(i64::try_from(right).ok()?);
        }
        let mut costs = vec![0; width];
        let mut cost = 0i128;
        for &(var, factor) in objective {
            costs[var.index()] = factor;
            cost += i128::from(factor) * i128::from(bounds.lower[var.index()]);
        }
        Some(Tableau {
            width,
            sizes: (0..rows.len()).map(|row| largest(&cells[row * width..(row + 1) * width])).collect(),
            cost_size: largest(&costs),
            source: Source::default(),
            cells,
            factors: vec![1; rows.len()],
            rights,
            basis: (variables..variables + rows.len()).collect(),
            slots: (0..variables).collect(),
            places: (0..variables).map(Err).chain((0..rows.len()).map(Ok)).collect(),
            columns,
            costs,
            cost: i64::try_from(cost).ok()?,
            cost_factor: 1,
            structural: variables,
        })
    }

    /// The lower bound so far, rounded up to a whole number.
    pub(crate) fn bound(&self) -> i64 {
        self.cost.div_euclid(self.cost_factor) + i64::from(self.cost.rem_euclid(self.cost_factor) != 0)
    }

    /// A variable's value as numerator and positive denominator.
    pub(crate) fn value(&self, var: usize) -> (i128, i128) {
        let Column { base, sign, .. } = self.columns[var];
        match self.places[var] {
            Err(_) => (base.into(), 1),
            Ok(row) => {
                let factor = i128::from(self.factors[row]);
                (i128::from(base) * factor + i128::from(sign) * i128::from(self.rights[row]), factor)
            }
        }
    }

    /// Narrows the bounds of a variable. The new ones lie within the old.
    pub(crate) fn narrow(&mut self, var: usize, lower: i64, upper: i64) -> Result<(), Failure> {
        let Column { base, sign, .. } = self.columns[var];
        // What `t` must now begin at.
        let shift = if sign > 0 { lower - base } else { base - upper };
        self.columns[var].range = upper - lower;
        if shift == 0 {
            return Ok(());
        }
        self.columns[var].base = base + sign * shift;
        match self.places[var] {
            Ok(row) => {
                self.rights[row] =
                    fit(i128::from(self.rights[row]) - i128::from(self.factors[row]) * i128::from(shift))?;
            }
            Err(slot) => {
                for row in 0..self.basis.len() {
                    let cell = self.cells[row * self.width + slot];
                    if cell != 0 {
                        self.rights[row] =
                            fit(i128::from(self.rights[row]) - i128::from(cell) * i128::from(shift))?;
                    }
                }
                self.cost = fit(i128::from(self.cost) + i128::from(self.costs[slot]) * i128::from(shift))?;
            }
        }
        Ok(())
    }

    /// Raises the objective until the relaxation is solved, or the bound reaches `cutoff`.
    pub(crate) fn solve(&mut self, cutoff: Option<i64>) -> Result<(), Failure> {
        let patient = 20 * (self.basis.len() + self.width) + 100;
        for step in 0..50 * patient {
            if cutoff.is_some_and(|cutoff| self.bound() >= cutoff) {
                return Err(Failure::CutOff);
            }
            let Some(row) = self.leaving(step > patient) else { return Ok(()) };
            if self.rights[row] >= 0 {
                self.complement(row)?;
            }
            let slot = self.entering(row).ok_or(Failure::Infeasible(row))?;
            self.pivot(row, slot)?;
        }
        Err(Failure::GaveUp)
    }

    /// The row whose basic variable strays furthest from its bounds; the first by variable when
    /// `careful`, which cannot cycle.
    fn leaving(&self, careful: bool) -> Option<usize> {
        let mut best: Option<(i128, i128, usize)> = None;
        for row in 0..self.basis.len() {
            let (right, factor) = (i128::from(self.rights[row]), i128::from(self.factors[row]));
            let range = self.columns[self.basis[row]].range;
            let stray = if right < 0 {
                -right
            } else if range != ENDLESS && right > factor * i128::from(range) {
                right - factor * i128::from(range)
            } else {
                continue;
            };
            let better = match best {
                None => true,
                Some((_, _, other)) if careful => self.basis[row] < self.basis[other],
                Some((most, its_factor, other)) => {
                    let (left, right) = (stray.saturating_mul(its_factor), most.saturating_mul(factor));
                    left > right || (left == right && self.basis[row] < self.basis[other])
                }
            };
            if better {
                best = Some((stray, factor, row));
            }
        }
        best.map(|(_, _, row)| row)
    }

    /// Measures a row's basic variable from its upper bound instead of its lower one.
    fn complement(&mut self, row: usize) -> Result<(), Failure> {
        let column = &mut self.columns[self.basis[row]];
        let top = i128::from(self.factors[row]) * i128::from(column.range);
        column.base += column.sign * column.range;
        column.sign = -column.sign;
        self.rights[row] = fit(top - i128::from(self.rights[row]))?;
        for cell in &mut self.cells[row * self.width..(row + 1) * self.width] {
            *cell = -*cell;
        }
        Ok(())
    }

    /// The column that lets the row's variable back within bounds at the least cost.
    fn entering(&self, row: usize) -> Option<usize> {
        let cells = &self.cells[row * self.width..(row + 1) * self.width];
        let mut best: Option<usize> = None;
        for (slot, &cell) in cells.iter().enumerate() {
            if cell >= 0 || self.columns[self.slots[slot]].range == 0 {
                continue;
            }
            let better = best.is_none_or(|other| {
                let this = i128::from(self.costs[slot]) * -i128::from(cells[other]);
                let that = i128::from(self.costs[other]) * -i128::from(cell);
                this < that || (this == that && self.slots[slot] < self.slots[other])
            });
            if better {
                best = Some(slot);
            }
        }
        best
    }

    fn pivot(&mut self, row: usize, slot: usize) -> Result<(), Failure> {
        let width = self.width;
        // The row as an equation for the entering variable, with a positive factor.
        let leaving_factor = self.factors[row];
        let entering_factor = -self.cells[row * width + slot];
        for cell in &mut self.cells[row * width..(row + 1) * width] {
            *cell = -*cell;
        }
        self.cells[row * width + slot] = -leaving_factor;
        self.factors[row] = entering_factor;
        self.rights[row] = -self.rights[row];
        self.sizes[row] = self.sizes[row].max(leaving_factor);
        let source = &mut self.source;
        source.read(&self.cells[row * width..(row + 1) * width], self.rights[row], entering_factor);

        for other in 0..self.basis.len() {
            let cells = &mut self.cells[other * width..(other + 1) * width];
            if other != row && cells[slot] != 0 {
                Equation {
                    cells,
                    right: &mut self.rights[other],
                    factor: &mut self.factors[other],
                    size: &mut self.sizes[other],
                }
                .eliminate(slot, source)?;
            }
        }
        if self.costs[slot] != 0 {
            // `D·z − Σ z_j·t_j = z₀`: the same elimination with the signs turned.
            self.costs.iter_mut().for_each(|cost| *cost = -*cost);
            Equation {
                cells: &mut self.costs,
                right: &mut self.cost,
                factor: &mut self.cost_factor,
                size: &mut self.cost_size,
            }
            .eliminate(slot, source)?;
            self.costs.iter_mut().for_each(|cost| *cost = -*cost);
        }
        let (leaving, entering) = (self.basis[row], self.slots[slot]);
        self.basis[row] = entering;
        self.slots[slot] = leaving;
        self.places[entering] = Ok(row);
        self.places[leaving] = Err(slot);
        Ok(())
    }

    /// How often each row of the relaxation stands in the objective row, and the objective itself:
    /// `D·cost ≥ z₀ + Σ λ·(row − least)`, which proves the bound.
    pub(crate) fn proof_of_bound(&self) -> (Vec<(usize, i64)>, i64) {
        let slacks = self.slots.iter().zip(&self.costs);
        let used = slacks.filter(|(var, cost)| **var >= self.structural && **cost != 0);
        (used.map(|(var, cost)| (var - self.structural, *cost)).collect(), self.cost_factor)
    }

    /// How often each row of the relaxation stands in a row that cannot hold.
    pub(crate) fn proof_of_infeasibility(&self, row: usize) -> Vec<(usize, i64)> {
        let cells = &self.cells[row * self.width..(row + 1) * self.width];
        let all = self.slots.iter().copied().zip(cells.iter().copied());
        let all = all.chain([(self.basis[row], self.factors[row])]);
        let used = all.filter(|&(var, factor)| var >= self.structural && factor != 0);
        used.map(|(var, factor)| (var - self.structural, factor)).collect()
    }

    /// The structural variables whose values are not whole, with their values rounded down.
    pub(crate) fn fractional(&self) -> impl Iterator<Item = (usize, i64, i128, i128)> {
        (0..self.basis.len()).filter_map(|row| {
            let var = self.basis[row];
            if var >= self.structural || self.rights[row] % self.factors[row] == 0 {
                return None;
            }
            let (numerator, denominator) = self.value(var);
            let floor = i64::try_from(numerator.div_euclid(denominator)).ok()?;
            Some((var, floor, numerator.rem_euclid(denominator), denominator))
        })
    }
}

/// The equation of the entering variable, `factor·t = right − Σ cell·t`, while it is eliminated
/// from the others.
#[derive(Debug, Clone, Default)]
struct Source {
    cells: Vec<i64>,
    /// Where the cells are not zero: few places, in most rows of most problems.
    filled: Vec<u32>,
    right: i64,
    factor: i64,
    /// No cell is larger.
    size: i64,
}

impl Source {
    fn read(&mut self, cells: &[i64], right: i64, factor: i64) {
        self.cells.clear();
        self.cells.extend_from_slice(cells);
        self.filled.clear();
        self.filled.extend((0..).zip(cells).filter(|(_, cell)| **cell != 0).map(|(at, _): (u32, _)| at));
        self.size = largest(cells);
        (self.right, self.factor) = (right, factor);
    }
}

/// One equation of the tableau, borrowed for elimination.
struct Equation<'t> {
    cells: &'t mut [i64],
    right: &'t mut i64,
    factor: &'t mut i64,
    /// No cell is larger.
    size: &'t mut i64,
}

/// Numbers up to this are left as they are; above, what they have in common is divided out.
const SMALL: i64 = 1 << 40;

impl Equation<'_> {
    /// Replaces the entering variable by its equation.
    fn eliminate(self, slot: usize, source: &Source) -> Result<(), Failure> {
        let common = gcd(self.cells[slot], source.factor);
        let (multiple, scale) = (self.cells[slot] / common, source.factor / common);
        self.cells[slot] = 0;
        let wide = |own: i64, other: i64| {
            i128::from(own) * i128::from(scale) - i128::from(other) * i128::from(multiple)
        };
        let factor = i128::from(*self.factor) * i128::from(scale);
        let right = wide(*self.right, source.right);
        let size = i128::from(*self.size) * i128::from(scale)
            + i128::from(source.size) * i128::from(multiple.unsigned_abs());
        if size < 1 << 62 {
            if scale == 1 {
                for &at in &source.filled {
                    self.cells[at as usize] -= source.cells[at as usize] * multiple;
                }
            } else {
                for (own, &other) in self.cells.iter_mut().zip(&source.cells) {
                    *own = *own * scale - other * multiple;
                }
            }
            *self.size = if size > i128::from(SMALL) { largest(self.cells) } else { fit(size)? };
            let small = i128::from(SMALL);
            let divisor = if *self.size > SMALL || factor.abs() > small || right.abs() > small {
                self.cells.iter().fold(gcd_wide(factor, right), |common, &cell| gcd_wide(common, cell.into()))
            } else {
                1
            };
            if divisor > 1 {
                let divisor = fit(divisor)?;
                self.cells.iter_mut().for_each(|cell| *cell /= divisor);
                *self.size /= divisor;
            }
            (*self.right, *self.factor) = (fit(right / divisor)?, fit(factor / divisor)?);
        } else {
            let mixed = self.cells.iter().zip(&source.cells).map(|(&own, &other)| wide(own, other));
            let divisor = mixed.chain([right]).fold(factor, gcd_wide).max(1);
            for (own, &other) in self.cells.iter_mut().zip(&source.cells) {
                *own = fit(wide(*own, other) / divisor)?;
            }
            *self.size = largest(self.cells);
            (*self.right, *self.factor) = (fit(right / divisor)?, fit(factor / divisor)?);
        }
        Ok(())
    }
}

fn largest(cells: &[i64]) -> i64 {
    cells.iter().map(|cell| cell.abs()).max().unwrap_or(0)
}

fn gcd_wide(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn fit(number: i128) -> Result<i64, Failure> {
    // One bit is kept free so that negating never overflows.
    i64::try_from(number).ok().filter(|number| number.unsigned_abs() < 1 << 62).ok_or(Failure::GaveUp)
}

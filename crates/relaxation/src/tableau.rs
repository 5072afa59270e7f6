//! The tableau, in floating-point numbers.
//!
//! Every variable is kept as its distance `t ≥ 0` from one of its bounds. A row of the tableau is
//! `t_B + Σ a_j·t_j = b`, the objective `z = z₀ + Σ z_j·t_j`. Costs are not negative and all
//! variables begin at their lower bound, so the tableau is dual feasible from the start and the
//! objective only rises.
//!
//! Source: the bounded dual simplex method (Lemke 1954; Wagner 1958 for upper bounds).

/// A range without an end, for slack variables.
const ENDLESS: i64 = i64::MAX;

/// A value that strays less from its bounds is taken to be within them.
const STRAY: f64 = 1e-7;

/// A cell that is smaller is taken to be zero.
const ZERO: f64 = 1e-10;

/// A cell to divide by must be larger.
const PIVOT: f64 = 1e-7;

/// A value that is nearer to a whole number is taken to be one.
pub(crate) const WHOLE: f64 = 1e-6;

/// Why the relaxation gave no optimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// There were too many steps.
    GaveUp,
    /// Nothing seems to satisfy the rows, not even fractions: this row of the tableau shows it.
    Infeasible(usize),
    /// The objective has passed the cutoff.
    CutOff,
}

/// A variable as `base + sign · t` with `0 ≤ t ≤ range`.
#[derive(Debug, Clone, Copy)]
struct Column {
    base: i64,
    is_from_above: bool,
    range: i64,
}

impl Column {
    fn sign(self) -> f64 {
        if self.is_from_above { -1.0 } else { 1.0 }
    }

    fn span(self) -> f64 {
        if self.range == ENDLESS { f64::INFINITY } else { float(self.range) }
    }
}

/// Where a variable is.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Basic in a row.
    Row(usize),
    /// In a column that is not basic.
    Slot(usize),
    /// Nowhere: it had one value only from the beginning.
    Fixed,
}

#[derive(Debug, Clone)]
pub(crate) struct Tableau {
    /// Number of columns that are not basic.
    width: usize,
    /// Row-major coefficients of the columns that are not basic.
    cells: Vec<f64>,
    rights: Vec<f64>,
    /// The basic variable of each row.
    basis: Vec<usize>,
    /// The variable of each column.
    slots: Vec<usize>,
    columns: Vec<Column>,
    places: Vec<Place>,
    costs: Vec<f64>,
    cost: f64,
    /// Number of variables that are not slacks.
    structural: usize,
    /// The row of a pivot while it is eliminated from the others, and where it is not zero.
    source: Vec<f64>,
    filled: Vec<u32>,
}

impl Tableau {
    /// Begins without rows.
    pub(crate) fn new(
        bounds: impl Iterator<Item = (i64, i64)>,
        objective: impl Iterator<Item = (usize, i64)>,
    ) -> Tableau {
        let column = |(lower, upper)| Column { base: lower, is_from_above: false, range: upper - lower };
        let columns: Vec<_> = bounds.map(column).collect();
        let mut slots = Vec::with_capacity(columns.len());
        let mut places = vec![Place::Fixed; columns.len()];
        for (var, place) in places.iter_mut().enumerate().filter(|(var, _)| columns[*var].range > 0) {
            *place = Place::Slot(slots.len());
            slots.push(var);
        }
        let (width, structural) = (slots.len(), columns.len());
        let mut tableau = Tableau {
            width,
            cells: Vec::new(),
            rights: Vec::new(),
            basis: Vec::new(),
            slots,
            columns,
            places,
            costs: vec![0.0; width],
            cost: 0.0,
            structural,
            source: Vec::new(),
            filled: Vec::new(),
        };
        for (var, factor) in objective {
            if let Place::Slot(slot) = tableau.places[var] {
                tableau.costs[slot] = float(factor);
            }
            tableau.cost += float(factor) * float(tableau.columns[var].base);
        }
        tableau
    }

    /// Adds a row, `slack = Σ factor·x − least`, in terms of what is not basic now.
    pub(crate) fn add(&mut self, terms: impl Iterator<Item = (usize, i64)>, least: i64) {
        let mut cells = vec![0.0; self.width];
        let mut right = -float(least);
        for (var, factor) in terms {
            let column = self.columns[var];
            right += float(factor) * float(column.base);
            let factor = float(factor) * column.sign();
            match self.places[var] {
                Place::Fixed => {}
                Place::Slot(slot) => cells[slot] -= factor,
                Place::Row(at) => {
                    right += factor * self.rights[at];
                    let basic = &self.cells[at * self.width..(at + 1) * self.width];
                    for (cell, other) in cells.iter_mut().zip(basic) {
                        *cell += factor * other;
                    }
                }
            }
        }
        self.cells.extend(cells);
        self.rights.push(right);
        self.places.push(Place::Row(self.basis.len()));
        self.basis.push(self.columns.len());
        self.columns.push(Column { base: 0, is_from_above: false, range: ENDLESS });
    }

    /// Drops rows from the `first`th on that do not bind.
    pub(crate) fn drop_slack_rows(&mut self, first: usize) {
        let mut row = 0;
        while row < self.basis.len() {
            if self.basis[row] < self.structural + first || self.rights[row] < STRAY {
                row += 1;
                continue;
            }
            let last = self.basis.len() - 1;
            self.cells.copy_within(last * self.width.., row * self.width);
            self.cells.truncate(last * self.width);
            self.rights.swap_remove(row);
            self.basis.swap_remove(row);
            if let Some(&moved) = self.basis.get(row) {
                self.places[moved] = Place::Row(row);
            }
        }
    }

    /// The objective so far.
    pub(crate) fn cost(&self) -> f64 {
        self.cost
    }

    /// A variable's value.
    pub(crate) fn value(&self, var: usize) -> f64 {
        let column = self.columns[var];
        let Place::Row(row) = self.places[var] else { return float(column.base) };
        let moved = self.rights[row];
        float(column.base) + column.sign() * moved
    }

    /// Whether a variable is measured from its upper bound.
    pub(crate) fn is_from_above(&self, var: usize) -> bool {
        self.columns[var].is_from_above
    }

    /// Narrows the bounds of a variable. The new ones lie within the old.
    pub(crate) fn narrow(&mut self, var: usize, lower: i64, upper: i64) {
        let Column { base, is_from_above, .. } = self.columns[var];
        // What `t` must now begin at.
        let shift = if is_from_above { base - upper } else { lower - base };
        let column = &mut self.columns[var];
        column.range = upper - lower;
        column.base = if is_from_above { upper } else { lower };
        if shift == 0 {
            return;
        }
        let shift = float(shift);
        match self.places[var] {
            // Nothing lies within its bounds but its value.
            Place::Fixed => {}
            Place::Row(row) => self.rights[row] -= shift,
            Place::Slot(slot) => {
                for row in 0..self.basis.len() {
                    self.rights[row] -= self.cells[row * self.width + slot] * shift;
                }
                self.cost += self.costs[slot] * shift;
            }
        }
    }

    /// Raises the objective until the relaxation is solved, or has reached `cutoff`.
    pub(crate) fn solve(&mut self, cutoff: f64) -> Result<(), Failure> {
        let patient = 20 * (self.basis.len() + self.width) + 100;
        for step in 0..2 * patient {
            if self.cost >= cutoff {
                return Err(Failure::CutOff);
            }
            let Some(row) = self.leaving(step > patient) else { return Ok(()) };
            if self.rights[row] > 0.0 {
                self.complement(row);
            }
            let slot = self.entering(row).ok_or(Failure::Infeasible(row))?;
            self.pivot(row, slot);
        }
        Err(Failure::GaveUp)
    }

    /// The row whose basic variable strays furthest from its bounds; the first by variable when
    /// `careful`.
    fn leaving(&self, careful: bool) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (row, &right) in self.rights.iter().enumerate() {
            let over = right - self.columns[self.basis[row]].span();
            let stray = if right < 0.0 { -right } else { over };
            if stray <= STRAY * (1.0 + right.abs()) {
                continue;
            }
            let is_better = |(most, other): (f64, usize)| {
                if careful { self.basis[row] < self.basis[other] } else { stray > most }
            };
            if best.is_none_or(is_better) {
                best = Some((stray, row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// Measures a row's basic variable from its upper bound instead of its lower one.
    fn complement(&mut self, row: usize) {
        let column = &mut self.columns[self.basis[row]];
        column.base += if column.is_from_above { -column.range } else { column.range };
        column.is_from_above = !column.is_from_above;
        self.rights[row] = column.span() - self.rights[row];
        for cell in &mut self.cells[row * self.width..(row + 1) * self.width] {
            *cell = -*cell;
        }
    }

    /// The column that lets the row's variable back within bounds at the least cost; of those that cost
    /// nearly the same, the one with the largest cell.
    fn entering(&mut self, row: usize) -> Option<usize> {
        let cells = &self.cells[row * self.width..(row + 1) * self.width];
        self.filled.clear();
        let mut least = f64::INFINITY;
        for (at, (&cell, &cost)) in (0..).zip(cells.iter().zip(&self.costs)) {
            if cell < -PIVOT && self.columns[self.slots[at as usize]].range > 0 {
                self.filled.push(at);
                least = least.min(cost.max(0.0) / -cell);
            }
        }
        let ratio = |slot: usize| self.costs[slot].max(0.0) / -cells[slot];
        let near = self.filled.iter().map(|&at| at as usize).filter(|&slot| ratio(slot) <= least + 1e-9);
        near.min_by(|&a, &b| cells[a].total_cmp(&cells[b]).then(self.slots[a].cmp(&self.slots[b])))
    }

    fn pivot(&mut self, row: usize, slot: usize) {
        let Tableau { width, cells, rights, costs, cost, source, filled, .. } = self;
        let width = *width;
        // The row as an equation for the entering variable.
        let own = &mut cells[row * width..(row + 1) * width];
        let divisor = own[slot];
        own[slot] = 1.0;
        own.iter_mut().for_each(|cell| *cell /= divisor);
        rights[row] /= divisor;
        let right = rights[row];
        source.clear();
        source.extend_from_slice(own);
        filled.clear();
        for (at, cell) in (0..).zip(source.iter_mut()) {
            if cell.abs() > ZERO {
                filled.push(at);
            } else {
                *cell = 0.0;
            }
        }
        let is_full = filled.len() * 3 > width;
        let eliminate = |cells: &mut [f64], multiple: f64| {
            cells[slot] = 0.0;
            if is_full {
                for (cell, other) in cells.iter_mut().zip(source.iter()) {
                    *cell -= multiple * other;
                }
            } else {
                for &at in filled.iter() {
                    cells[at as usize] -= multiple * source[at as usize];
                }
            }
        };
        for (other, right_of) in rights.iter_mut().enumerate() {
            let cells = &mut cells[other * width..(other + 1) * width];
            let multiple = cells[slot];
            if other != row && multiple.abs() > ZERO {
                eliminate(cells, multiple);
                *right_of -= multiple * right;
            }
        }
        let multiple = costs[slot];
        if multiple.abs() > ZERO {
            eliminate(costs, multiple);
            *cost += multiple * right;
        }
        let (leaving, entering) = (self.basis[row], self.slots[slot]);
        self.basis[row] = entering;
        self.slots[slot] = leaving;
        self.places[entering] = Place::Row(row);
        self.places[leaving] = Place::Slot(slot);
    }

    /// The prices of the rows of the relaxation: how often each stands in the objective row.
    pub(crate) fn prices(&self) -> impl Iterator<Item = (usize, f64)> {
        let slacks = self.slots.iter().zip(&self.costs);
        slacks
            .filter(|(var, cost)| **var >= self.structural && **cost > ZERO)
            .map(|(var, cost)| (var - self.structural, *cost))
    }

    /// How often each row of the relaxation stands in a row that cannot hold.
    pub(crate) fn conflict(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let own = (self.basis[row], 1.0);
        self.row(row)
            .chain([own])
            .filter(|&(var, times)| var >= self.structural && times > ZERO)
            .map(|(var, times)| (var - self.structural, times))
    }

    /// The variables and cells of a row of the tableau.
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let cells = &self.cells[row * self.width..(row + 1) * self.width];
        self.slots.iter().copied().zip(cells.iter().copied())
    }

    /// How often each row of the relaxation stands in the row of a basic variable, without whole
    /// times: what is to be divided and rounded for a cut.
    pub(crate) fn parts(&self, var: usize) -> Vec<(usize, f64)> {
        let Place::Row(row) = self.places[var] else { return Vec::new() };
        let slacks = self.row(row).filter(|(var, _)| *var >= self.structural);
        let parts = slacks.map(|(var, cell)| (var - self.structural, cell - cell.floor()));
        parts.filter(|&(_, part)| part > WHOLE && part < 1.0 - WHOLE).collect()
    }

    /// The structural variables whose values are not whole.
    pub(crate) fn fractional(&self) -> impl Iterator<Item = (usize, f64)> {
        self.basis.iter().filter(|&&var| var < self.structural).filter_map(|&var| {
            let value = self.value(var);
            let is_whole = !(WHOLE..=1.0 - WHOLE).contains(&(value - value.floor()));
            (!is_whole).then_some((var, value))
        })
    }
}

/// The nearest float. Numbers above 2⁵³ lose their last places, which is no more than a guess loses.
#[expect(clippy::cast_precision_loss, reason = "a guess may be a little off")]
pub(crate) fn float(number: i64) -> f64 {
    number as f64
}

/// The nearest whole number of 64 bits.
#[expect(clippy::cast_possible_truncation, reason = "conversion saturates, and is checked afterwards")]
pub(crate) fn whole(number: f64) -> i64 {
    number.round() as i64
}

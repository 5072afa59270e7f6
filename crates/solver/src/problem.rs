//! The problem: variables, rows, objectives.

/// A variable; its value is a whole number from zero to its upper bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub(crate) u32);

impl Var {
    /// The position of its value in a solution.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// `Σ coefficient · variable ≥ least`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Coefficients by variable; each variable stands there once, no coefficient is zero.
    pub terms: Vec<(Var, i64)>,
    /// The right-hand side.
    pub least: i64,
}

impl Row {
    /// Whether values satisfy the row.
    #[must_use]
    pub fn holds(&self, values: &[i64]) -> bool {
        let sum: i128 = self
            .terms
            .iter()
            .map(|&(var, factor)| i128::from(factor) * i128::from(values[var.index()]))
            .sum();
        sum >= i128::from(self.least)
    }
}

/// A problem under construction, and then to be solved.
///
/// Numbers must be small enough that a row's sum fits in 64 bits with room to spare; see
/// [`Problem::MAGNITUDE_MAX`].
#[derive(Debug, Clone, Default)]
pub struct Problem {
    pub(crate) uppers: Vec<i64>,
    pub(crate) ranks: Vec<u8>,
    pub(crate) rows: Vec<Row>,
    pub(crate) objectives: Vec<Vec<(Var, i64)>>,
}

impl Problem {
    /// The largest sum of `|coefficient| · upper` in a row or objective.
    pub const MAGNITUDE_MAX: i64 = i64::MAX / 4;

    /// Adds a variable from zero to `upper`. Variables of a lower `rank` are decided on first.
    pub fn var(&mut self, upper: i64, rank: u8) -> Var {
        assert!(upper >= 0, "a variable has at least the value zero");
        self.uppers.push(upper);
        self.ranks.push(rank);
        Var(u32::try_from(self.uppers.len() - 1).expect("fewer than 2³² variables"))
    }

    /// Demands `Σ coefficient · variable ≥ least`. Terms of one variable are added up.
    ///
    /// Returns the position of the row.
    pub fn at_least(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, least: i64) -> usize {
        let terms = self.collect(terms);
        self.rows.push(Row { terms, least });
        self.rows.len() - 1
    }

    /// Demands `Σ coefficient · variable ≤ most`.
    pub fn at_most(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, most: i64) -> usize {
        self.at_least(terms.into_iter().map(|(var, factor)| (var, -factor)), -most)
    }

    /// Adds an objective to be minimised after those added before. Its coefficients are not negative.
    pub fn minimise(&mut self, terms: impl IntoIterator<Item = (Var, i64)>) {
        let terms = self.collect(terms);
        assert!(terms.iter().all(|&(_, factor)| factor > 0), "a cost is not negative");
        self.objectives.push(terms);
    }

    pub(crate) fn collect(&self, terms: impl IntoIterator<Item = (Var, i64)>) -> Vec<(Var, i64)> {
        let mut terms: Vec<_> = terms.into_iter().collect();
        terms.sort_by_key(|&(var, _)| var);
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        terms.retain(|&(_, factor)| factor != 0);
        let magnitude: i128 = terms
            .iter()
            .map(|&(var, factor)| i128::from(factor.abs()) * i128::from(self.uppers[var.index()]))
            .sum();
        assert!(
            magnitude <= i128::from(Self::MAGNITUDE_MAX),
            "the numbers of a row are bounded where they enter"
        );
        terms
    }

    /// The same problem with only some of its rows, by position.
    #[must_use]
    pub fn with_rows(&self, keeps: impl Fn(usize) -> bool) -> Problem {
        let rows = self.rows.iter().enumerate().filter(|(at, _)| keeps(*at)).map(|(_, row)| row.clone());
        Problem { rows: rows.collect(), ..self.clone() }
    }

    /// The number of variables.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.uppers.len()
    }

    /// The upper bounds of all variables, by position.
    #[must_use]
    pub fn uppers(&self) -> &[i64] {
        &self.uppers
    }

    /// All objectives, the first to be minimised first.
    #[must_use]
    pub fn objectives(&self) -> &[Vec<(Var, i64)>] {
        &self.objectives
    }

    /// All rows, by position.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether values are within their bounds and satisfy every row.
    #[must_use]
    pub fn accepts(&self, values: &[i64]) -> bool {
        values.len() == self.uppers.len()
            && values.iter().zip(&self.uppers).all(|(value, upper)| (0..=*upper).contains(value))
            && self.rows.iter().all(|row| row.holds(values))
    }

    /// The value of an objective.
    #[must_use]
    pub fn cost(&self, objective: usize, values: &[i64]) -> i64 {
        cost(&self.objectives[objective], values)
    }
}

pub(crate) fn cost(objective: &[(Var, i64)], values: &[i64]) -> i64 {
    objective.iter().map(|&(var, factor)| factor * values[var.index()]).sum()
}

/// The row that keeps an objective at what it may come to.
pub(crate) fn at_most(objective: &[(Var, i64)], most: i64) -> Row {
    Row { terms: objective.iter().map(|&(var, factor)| (var, -factor)).collect(), least: -most }
}

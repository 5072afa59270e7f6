//! Lower and upper limits on a set of holdings.

use crate::{Amount, Condition, Fraction, Measure, Scalar, Span, Test, catalog::Filter};

/// A lower or upper limit on a set of holdings.
#[derive(Debug, Clone)]
pub struct Limit {
    /// What is added up or compared.
    pub tally: Tally,
    /// How much. Of a part of what is counted it is nothing: see `share`.
    pub amount: Amount,
    /// Of what the amount is a part, if it is stated as one.
    pub share: Option<Share>,
    /// For each value of this attribute by itself.
    pub per: Option<String>,
    /// Only of the last of what is taken or counted.
    pub last: Option<Last>,
    /// Which of the holdings it speaks of.
    pub filter: Filter,
    /// Whether `amount` is the least or the most.
    pub bound: Bound,
    /// Where it is written.
    pub span: Span,
}

impl Limit {
    /// A limit of a stated amount over everything.
    #[must_use]
    pub fn plain(tally: Tally, amount: Amount, bound: Bound, span: Span) -> Limit {
        Limit { tally, amount, share: None, per: None, last: None, filter: Filter::default(), bound, span }
    }

    /// The part of what is counted that the limit compares with, if it does.
    #[must_use]
    pub fn share_of_counted(&self) -> Option<Fraction> {
        self.share.filter(|share| share.of == Whole::Counted).map(|share| share.fraction)
    }

    /// The same limit for one value of an attribute.
    #[must_use]
    pub fn only(&self, attribute: &str, value: &Scalar) -> Limit {
        let test = Test { any_of: Some(vec![value.clone()]), ..Test::default() };
        let mut limit = Limit { per: None, ..self.clone() };
        limit.filter.conditions.push(Condition { attribute: attribute.to_owned(), test });
        limit
    }

    /// Whether it is the need of the whole: of a stated amount, and of everything.
    #[must_use]
    pub fn is_need(&self) -> bool {
        self.bound == Bound::AtLeast
            && self.filter == Filter::default()
            && self.share.is_none()
            && self.last.is_none()
            && !matches!(self.tally, Tally::Distinct { .. } | Tally::Average { .. })
    }
}

/// How far back the last of something reaches, by days of award: it is the last until what is later comes
/// to this much.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Last {
    /// Whether a number or credits are meant.
    pub tally: Tally,
    /// How much.
    pub amount: Amount,
}

/// The direction of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least.
    AtLeast,
    /// The most.
    AtMost,
}

/// What a limit adds up or compares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tally {
    /// The number of credentials.
    Count,
    /// Their credits.
    Credits,
    /// The numbers of an attribute: of several numbers of one credential the largest.
    Sum {
        /// The attribute.
        of: String,
    },
    /// How many different values of an attribute there are.
    Distinct {
        /// The attribute.
        by: String,
    },
    /// The average of the grades that are recorded.
    Average {
        /// What a grade weighs.
        weight: Weight,
        /// The best grade that can be earned; a better one on the record counts as this.
        best: Amount,
    },
}

/// What a grade weighs in an average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The credits, up to [`Weight::MAX`].
    Credits,
    /// Every grade the same.
    Count,
}

impl Weight {
    /// The most that a grade weighs, so that sums of weights times grades fit in 64 bits.
    pub const MAX: Amount = Amount::whole(10_000);
}

impl Tally {
    /// The largest grade that an average may ask for.
    pub const GRADE_MAX: Amount = Amount::whole(1_000);

    /// The tally of a measure that holdings can be limited in.
    #[must_use]
    pub fn of(measure: Measure) -> Tally {
        match measure {
            Measure::Count => Tally::Count,
            Measure::Credits | Measure::Cost | Measure::Effort => Tally::Credits,
        }
    }

    /// The attribute whose values it looks at.
    #[must_use]
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Tally::Sum { of } => Some(of),
            Tally::Distinct { by } => Some(by),
            Tally::Count | Tally::Credits | Tally::Average { .. } => None,
        }
    }
}

/// The number of an attribute that a sum adds up: the largest, or nothing.
#[must_use]
pub fn number(values: &[Scalar]) -> Amount {
    let number = |value: &Scalar| match value {
        Scalar::Number(number) => Some(*number),
        Scalar::Flag(_) | Scalar::Text(_) => None,
    };
    values.iter().filter_map(number).max().unwrap_or(Amount::ZERO)
}

/// An amount that is a part of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which part.
    pub fraction: Fraction,
    /// Of what.
    pub of: Whole,
    /// What becomes of a part that is no whole number.
    pub rounding: Rounding,
}

/// What a share is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// What is asked for in all; this much.
    Required(Amount),
    /// What is taken or counted.
    Counted,
}

/// What becomes of a share that is no whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// It is compared as it is.
    Exact,
    /// It is the next whole number.
    Up,
    /// It is the last whole number.
    Down,
}

impl Share {
    /// The amount that a bound of this share of `whole` comes to. Without rounding, the last or first
    /// amount of three places that is on the right side of it: sums have three places, so nothing
    /// lies between.
    #[must_use]
    pub fn amount(self, whole: Amount, bound: Bound) -> Amount {
        let (up, unit) = match (self.rounding, bound) {
            (Rounding::Up, _) => (true, i128::from(Amount::ONE.thousandths())),
            (Rounding::Down, _) => (false, i128::from(Amount::ONE.thousandths())),
            (Rounding::Exact, Bound::AtLeast) => (true, 1),
            (Rounding::Exact, Bound::AtMost) => (false, 1),
        };
        let part = i128::from(whole.thousandths()) * i128::from(self.fraction.numerator());
        let divisor = i128::from(self.fraction.denominator()) * unit;
        let units = if up { (part + divisor - 1) / divisor } else { part / divisor };
        Amount::from_thousandths(i64::try_from(units * unit).unwrap_or(i64::MAX))
    }
}

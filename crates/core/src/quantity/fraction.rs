//! Exact fractions, for shares and progress.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::{Amount, QuantityError};

/// An exact fraction of two whole numbers, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// `numerator / denominator` in lowest terms, or nothing if the denominator is not positive.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Fraction> {
        if denominator <= 0 {
            return None;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i64::try_from(divisor).ok()?;
        Some(Fraction { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// The upper number.
    #[must_use]
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The lower number; always positive.
    #[must_use]
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// Whole per cent, rounded down, so that 100 means all of it.
    #[must_use]
    pub fn percent(self) -> i64 {
        let percent = i128::from(self.numerator) * 100 / i128::from(self.denominator);
        i64::try_from(percent).unwrap_or(0)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl Fraction {
    /// The largest lower number that a rule may state.
    pub const DENOMINATOR_MAX: i64 = 1000;

    /// The largest upper number of a rate of exchange.
    const RATE_MAX: i64 = 1_000_000;

    /// Reads a rate of exchange, which is more than nothing and may be more than one: `2/3`, or a
    /// decimal like `1.5`.
    ///
    /// # Errors
    ///
    /// The text is no such rate.
    pub fn rate(text: &str) -> Result<Fraction, QuantityError> {
        let is_rate = |rate: &Fraction| (1..=Self::RATE_MAX).contains(&rate.numerator);
        read(text).filter(is_rate).ok_or_else(|| QuantityError::NotRate(super::shorten(text)))
    }
}

impl FromStr for Fraction {
    type Err = QuantityError;

    /// Reads a part of a whole: `1/2`, or a decimal like `0.5`.
    fn from_str(text: &str) -> Result<Fraction, QuantityError> {
        let is_part = |part: &Fraction| part.numerator <= part.denominator;
        read(text).filter(is_part).ok_or_else(|| QuantityError::NotFraction(super::shorten(text)))
    }
}

/// A fraction or a decimal, with a lower number that a rule may state.
fn read(text: &str) -> Option<Fraction> {
    let fraction = match text.split_once('/') {
        Some((upper, lower)) => {
            let number = |text: &str| text.trim().parse::<u16>().map(i64::from).ok();
            Fraction::new(number(upper)?, number(lower)?)
        }
        None => {
            let decimal: Amount = text.parse().ok()?;
            Fraction::new(decimal.thousandths(), Amount::ONE.thousandths())
        }
    };
    fraction.filter(|fraction| fraction.denominator <= Fraction::DENOMINATOR_MAX)
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

/// The greatest common divisor; that of 0 and 0 is 1, so that dividing by it is always allowed.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_rounds_down_so_that_only_all_is_100_percent() {
        let almost = Fraction::new(1999, 2000).expect("positive denominator");
        assert_eq!(almost.percent(), 99);
        assert_eq!(Fraction::new(6, 12), Fraction::new(1, 2));
        assert_eq!(Fraction::new(1, 0), None);
    }

    #[test]
    fn a_part_is_read_as_a_fraction_or_a_decimal() {
        for (text, expected) in [("1/2", (1, 2)), ("0.25", (1, 4)), ("48 / 65", (48, 65)), ("1", (1, 1))] {
            assert_eq!(text.parse(), Ok(Fraction::new(expected.0, expected.1).expect("positive")), "{text}");
        }
        for text in ["1/0", "3/2", "-1/2", "1/2/3", "", "half", "1/1001", "1.5", "50%"] {
            assert!(text.parse::<Fraction>().is_err(), "{text}");
        }
    }
}

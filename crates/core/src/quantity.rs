//! Exact quantities: decimals with three places, fractions, periods.
//!
//! No float takes part: `4.5` credits are 4500 thousandths, read from their literal text.

use std::{fmt, iter::Sum, ops, str::FromStr};

use jiff::{ToSpan, civil::Date};

mod fraction;
pub use fraction::Fraction;

/// The largest amount that a rule or a record may state, in units.
///
/// With it, a sum over twenty million places where something may count still fits in 64 bits.
pub const AMOUNT_MAX: i64 = 100_000_000;

const SCALE: i64 = 1000;

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not plain digits with at most one point.
    #[error("`{0}` is not a plain decimal number (write it like `12` or `4.5`)")]
    NotDecimal(String),
    /// More than three places.
    #[error("`{0}` has more than three decimal places")]
    TooFine(String),
    /// Above [`AMOUNT_MAX`].
    #[error("`{0}` is larger than {AMOUNT_MAX}")]
    TooLarge(String),
    /// Not a number and a unit.
    #[error("`{0}` is not a period (write it like `3 years`, `30 months` or `90 days`)")]
    NotPeriod(String),
    /// Not a rate of exchange.
    #[error("`{0}` is not a rate of exchange (write it like `1/2`, `2` or `0.75`)")]
    NotRate(String),
    /// Not a part of a whole.
    #[error("`{0}` is not a part of a whole (write it like `1/2` or `0.25`)")]
    NotFraction(String),
}

/// A non-negative decimal with three places: credits, hours, grade points or money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);
    /// One unit.
    pub const ONE: Amount = Amount(SCALE);

    /// A whole number of units.
    #[must_use]
    pub const fn whole(units: u32) -> Amount {
        Amount(units as i64 * SCALE)
    }

    /// An amount from its thousandths, as a database keeps it.
    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Amount {
        Amount(thousandths)
    }

    /// The amount in thousandths of a unit.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// What is left after taking `other` away; never below zero.
    #[must_use]
    pub fn saturating_sub(self, other: Amount) -> Amount {
        Amount(self.0.saturating_sub(other.0).max(0))
    }
}

impl ops::Add for Amount {
    type Output = Amount;

    fn add(self, other: Amount) -> Amount {
        Amount(self.0.saturating_add(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::ZERO, ops::Add::add)
    }
}

impl FromStr for Amount {
    type Err = QuantityError;

    /// Reads digits with at most one point; underscores between digits are allowed, as in TOML.
    fn from_str(literal: &str) -> Result<Amount, QuantityError> {
        let not_decimal = || QuantityError::NotDecimal(shorten(literal));
        let text = literal.strip_prefix('+').unwrap_or(literal).replace('_', "");
        let (units, places) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if units.is_empty() || !digits(units) || !digits(places) || text.ends_with('.') {
            return Err(not_decimal());
        }
        let places = places.trim_end_matches('0');
        if places.len() > 3 {
            return Err(QuantityError::TooFine(shorten(literal)));
        }
        let too_large = || QuantityError::TooLarge(shorten(literal));
        let units: i64 = units.parse().map_err(|_| too_large())?;
        if units > AMOUNT_MAX {
            return Err(too_large());
        }
        let thousandths: i64 = format!("{places:0<3}").parse().map_err(|_| not_decimal())?;
        Ok(Amount(units * SCALE + thousandths))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, rest) = (self.0 / SCALE, self.0 % SCALE);
        let text = if rest == 0 {
            units.to_string()
        } else {
            format!("{units}.{rest:03}").trim_end_matches('0').to_owned()
        };
        f.pad(&text)
    }
}

/// Keeps a hostile literal from filling a message.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is counted: the unit of a requirement's need, of a limit, or of what remains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The number of credentials.
    Count,
    /// Their credits.
    Credits,
    /// What they cost, in units of the institution's currency.
    Cost,
    /// The effort they take, in hours.
    Effort,
}

impl Measure {
    /// Every measure, in the order of the documentation.
    pub const ALL: [Measure; 4] = [Measure::Count, Measure::Credits, Measure::Cost, Measure::Effort];

    /// The word that rules, options and reports use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Measure::Count => "count",
            Measure::Credits => "credits",
            Measure::Cost => "cost",
            Measure::Effort => "effort",
        }
    }
}

/// A period of civil time: `3 years`, `30 months`, `90 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    months: u32,
    days: u32,
}

impl Period {
    /// The day that lies this period after `day`; the last day of a shorter month where the day
    /// does not exist, and the last representable day where the calendar ends.
    #[must_use]
    pub fn after(self, day: Date) -> Date {
        let span = i64::from(self.months).months().days(i64::from(self.days));
        day.saturating_add(span)
    }
}

impl FromStr for Period {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Period, QuantityError> {
        let error = || QuantityError::NotPeriod(shorten(text));
        let (number, unit) = text.trim().split_once(' ').ok_or_else(error)?;
        let number: u32 = number.parse().map_err(|_| error())?;
        let period = match unit.trim() {
            "year" | "years" if number <= 200 => Period { months: number * 12, days: 0 },
            "month" | "months" if number <= 2400 => Period { months: number, days: 0 },
            "day" | "days" if number <= 73_000 => Period { months: 0, days: number },
            _ => return Err(error()),
        };
        if number == 0 { Err(error()) } else { Ok(period) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match (self.months, self.days) {
            (0, days) => (days, "day"),
            (months, _) if months % 12 == 0 => (months / 12, "year"),
            (months, _) => (months, "month"),
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn amounts_are_read_from_their_literal_text() {
        for (literal, thousandths) in [("12", 12_000), ("4.5", 4_500), ("2.400", 2_400), ("1_000", 1_000_000)]
        {
            assert_eq!(literal.parse::<Amount>().map(Amount::thousandths), Ok(thousandths), "{literal}");
        }
        for literal in
            ["1e400", "-1", "inf", "nan", "1.", ".5", "", "0x10", "1.2.3", "9999999999999999999999", "0.0001"]
        {
            assert!(literal.parse::<Amount>().is_err(), "{literal}");
        }
    }

    #[test]
    fn amounts_print_as_they_are_written() {
        for literal in ["12", "4.5", "2.4", "0.125", "0"] {
            assert_eq!(literal.parse::<Amount>().map(|amount| amount.to_string()), Ok(literal.to_owned()));
        }
    }

    #[test]
    fn a_period_ends_on_a_day_that_exists() {
        let three_years: Period = "3 years".parse().expect("a period");
        assert_eq!(three_years.after(date(2024, 2, 29)), date(2027, 2, 28));
        assert_eq!(three_years.after(date(9999, 1, 1)), date(9999, 12, 31));
        assert_eq!(three_years.to_string(), "3 years");
        for text in ["three years", "0 days", "3", "3 weeks", "999999999999 years"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}

//! Credit schemes: in what credits are stated, and how they are exchanged into one of them.

use crate::{Amount, Fraction, SchemeId, Span, quantity::AMOUNT_MAX};

/// All schemes of a catalog. Where there are any, exactly one is the common one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schemes {
    /// By id.
    all: Vec<Scheme>,
}

/// One scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its id.
    pub id: SchemeId,
    /// The name to show before the word credits.
    pub title: String,
    /// What its credits are in the common scheme; nothing for the common scheme itself.
    pub exchange: Option<Exchange>,
    /// Where it is defined.
    pub span: Span,
}

/// What credits of one scheme are in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// What one credit is.
    pub rate: Fraction,
    /// How credits that are had are rounded, if they are.
    pub rounding: Option<Rounded>,
}

/// Rounding to whole multiples of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    /// Which way.
    pub way: Nearness,
    /// The amount.
    pub multiple_of: Amount,
}

/// Which of the multiples on both sides is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// The one above.
    Up,
    /// The one below.
    Down,
    /// The nearer one; the one above from the middle on.
    Nearest,
}

impl Schemes {
    pub(crate) fn new(mut all: Vec<Scheme>) -> Schemes {
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Schemes { all }
    }

    /// All of them, by id.
    #[must_use]
    pub fn all(&self) -> &[Scheme] {
        &self.all
    }

    /// The one in which everything is counted.
    #[must_use]
    pub fn common(&self) -> Option<&Scheme> {
        self.all.iter().find(|scheme| scheme.exchange.is_none())
    }

    /// The scheme of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Scheme> {
        self.all.iter().find(|scheme| scheme.id.as_str() == id)
    }
}

impl Scheme {
    /// What these credits of the scheme are in the common one, if that is a whole number of
    /// thousandths.
    #[must_use]
    pub fn exactly(&self, credits: Amount) -> Option<Amount> {
        match &self.exchange {
            None => Some(credits),
            Some(exchange) => {
                let (numerator, denominator) = exchange.fraction_of(credits);
                (numerator % denominator == 0).then(|| bounded(numerator / denominator))
            }
        }
    }

    /// What these credits are where they are had: rounded where the scheme says how.
    #[must_use]
    pub fn stated(&self, credits: Amount) -> Option<Amount> {
        match self.exchange.and_then(|exchange| Some((exchange, exchange.rounding?))) {
            None => self.exactly(credits),
            Some((exchange, Rounded { way, multiple_of })) => {
                let (numerator, denominator) = exchange.fraction_of(credits);
                let step = denominator * i128::from(multiple_of.thousandths());
                let number = match way {
                    Nearness::Down => numerator / step,
                    Nearness::Up => (numerator + step - 1) / step,
                    Nearness::Nearest => (2 * numerator + step) / (2 * step),
                };
                Some(bounded(number * i128::from(multiple_of.thousandths())))
            }
        }
    }

    /// The same for credits on a record, which nobody can be asked to write otherwise: the part of a
    /// thousandth that no rounding speaks of is left out.
    #[must_use]
    pub fn recorded(&self, credits: Amount) -> Amount {
        self.stated(credits).unwrap_or_else(|| {
            let (numerator, denominator) =
                self.exchange.map_or((0, 1), |exchange| exchange.fraction_of(credits));
            bounded(numerator / denominator)
        })
    }
}

impl Exchange {
    /// Thousandths of the common scheme, as a fraction.
    fn fraction_of(&self, credits: Amount) -> (i128, i128) {
        let rate = self.rate;
        (i128::from(credits.thousandths()) * i128::from(rate.numerator()), i128::from(rate.denominator()))
    }
}

/// The largest amount there is, where an exchange comes to more.
fn bounded(thousandths: i128) -> Amount {
    let most = AMOUNT_MAX * Amount::ONE.thousandths();
    Amount::from_thousandths(i64::try_from(thousandths).unwrap_or(most).min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(rate: &str, rounding: Option<(Nearness, &str)>) -> Scheme {
        let rounding =
            rounding.map(|(way, multiple)| Rounded { way, multiple_of: multiple.parse().expect("a number") });
        Scheme {
            id: "s".parse().expect("an id"),
            title: "S".to_owned(),
            exchange: Some(Exchange { rate: Fraction::rate(rate).expect("a rate"), rounding }),
            span: Span::new(0, 0..0),
        }
    }

    fn shown(amount: Option<Amount>) -> String {
        amount.map_or("none".to_owned(), |amount| amount.to_string())
    }

    #[test]
    fn an_exchange_is_exact_or_none() {
        let of =
            |rate: &str, credits: &str| shown(scheme(rate, None).exactly(credits.parse().expect("a number")));
        assert_eq!(of("1/2", "15"), "7.5");
        assert_eq!(of("2", "3"), "6");
        assert_eq!(of("2/3", "4.5"), "3");
        assert_eq!(of("2/3", "5"), "none");
        assert_eq!(of("1000000", "100000000"), AMOUNT_MAX.to_string());
    }

    #[test]
    fn what_is_had_is_rounded_as_the_scheme_says() {
        let of = |way, multiple, credits: &str| {
            shown(scheme("2/3", Some((way, multiple))).stated(credits.parse().expect("a number")))
        };
        assert_eq!(of(Nearness::Down, "0.5", "5"), "3");
        assert_eq!(of(Nearness::Up, "0.5", "5"), "3.5");
        assert_eq!(of(Nearness::Nearest, "0.5", "5"), "3.5");
        assert_eq!(of(Nearness::Nearest, "0.1", "5"), "3.3");
        assert_eq!(of(Nearness::Up, "1", "3"), "2");
    }

    #[test]
    fn what_is_recorded_is_never_more_than_it_was() {
        let credits = "5".parse().expect("a number");
        assert_eq!(scheme("2/3", None).recorded(credits).to_string(), "3.333");
    }
}

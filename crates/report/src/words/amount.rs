//! Amounts, and what there is toward a need.

use cairn_core::{Amount, Measure, catalog::Tally};
use cairn_engine::{Cost, Question};

use crate::report::MeasuredView;

/// An amount in a measure: `10 credits`, `1 credential`.
#[must_use]
pub fn amount(amount: Amount, measure: Measure) -> String {
    let one = amount == Amount::ONE;
    match measure {
        Measure::Count => format!("{amount} credential{}", if one { "" } else { "s" }),
        Measure::Credits => format!("{amount} credit{}", if one { "" } else { "s" }),
        Measure::Cost => format!("{amount} in cost"),
        Measure::Effort => format!("{amount} hour{} of effort", if one { "" } else { "s" }),
    }
}

/// A cost in the further measures of a question.
pub(crate) fn further(question: &Question, cost: &Cost) -> impl Iterator<Item = (Amount, Measure)> {
    cost.further.into_iter().zip(question.further).filter_map(|(amount, measure)| Some((amount, measure?)))
}

/// An amount of what a limit adds up or compares: `3 different values of subject`.
#[must_use]
pub fn tally(amount: Amount, tally: &Tally) -> String {
    match tally {
        Tally::Count => self::amount(amount, Measure::Count),
        Tally::Credits => self::amount(amount, Measure::Credits),
        Tally::Sum { of } => format!("{amount} {of}"),
        Tally::Distinct { by } if amount == Amount::ONE => format!("1 value of {by}"),
        Tally::Distinct { by } => format!("{amount} different values of {by}"),
        Tally::Average { .. } => format!("an average grade of {amount}"),
    }
}

/// The word of a tally for programs, and the attribute that it looks at.
#[must_use]
pub fn tally_word(tally: &Tally) -> (&'static str, Option<&str>) {
    let word = match tally {
        Tally::Count => "count",
        Tally::Credits => "credits",
        Tally::Sum { .. } => "sum",
        Tally::Distinct { .. } => "distinct",
        Tally::Average { .. } => "average",
    };
    (word, tally.attribute())
}

/// What remaining is counted in.
#[must_use]
pub fn measure_word(word: &str) -> &str {
    if word == "count" { "credentials" } else { word }
}

/// Whether a need is met by what is held.
#[must_use]
pub fn is_reached(measured: &MeasuredView) -> bool {
    let number = |text: &str| text.parse::<Amount>().unwrap_or(Amount::ZERO);
    number(&measured.held) >= number(&measured.needed)
}

/// What there is toward a need: `4 of 6 credentials`, `0 of 10 credits from “science”`.
#[must_use]
pub fn have(measured: &MeasuredView) -> String {
    let of = measured.of.as_deref().unwrap_or_default();
    let unit = match (measured.measure, measured.needed.as_str()) {
        ("count", "1") => "credential".to_owned(),
        ("count", _) => "credentials".to_owned(),
        ("sum", _) => of.to_owned(),
        ("distinct", _) => format!("different values of {of}"),
        ("average", _) => "as average grade".to_owned(),
        (measure, _) => measure.to_owned(),
    };
    format!("{} of {} {unit}{}", measured.held, measured.needed, measured.from)
}

/// A lower limit over everything counted, and what there is toward it.
#[must_use]
pub fn limit_line(measured: &MeasuredView) -> String {
    format!("Of everything counted: {}", have(measured))
}

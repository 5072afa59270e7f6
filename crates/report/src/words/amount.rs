//! Amounts, and what there is toward a need.

use cairn_core::{
    Amount, Catalog, Holding, Measure,
    catalog::{Credential, Scheme, Tally},
};
use cairn_engine::{Cost, Question};

use crate::report::MeasuredView;

/// An amount in a measure: `10 ECTS credits`, `1 credential`.
#[must_use]
pub fn amount(catalog: &Catalog, amount: Amount, measure: Measure) -> String {
    let one = amount == Amount::ONE;
    match measure {
        Measure::Count => format!("{amount} credential{}", if one { "" } else { "s" }),
        Measure::Credits => format!("{amount} {}{}", credit(catalog), if one { "" } else { "s" }),
        Measure::Cost => format!("{amount} in cost"),
        Measure::Effort => format!("{amount} hour{} of effort", if one { "" } else { "s" }),
    }
}

/// What one credit is called: `credit`, or `ECTS credit` where the rules name schemes.
#[must_use]
pub fn credit(catalog: &Catalog) -> String {
    credit_of(catalog.schemes().common().map(|scheme| scheme.title.as_str()))
}

/// What one credit of a scheme of this title is called.
#[must_use]
pub fn credit_of(scheme: Option<&str>) -> String {
    scheme.map_or_else(|| "credit".to_owned(), |title| format!("{title} credit"))
}

/// The credits of a credential, and what the rules state where that is in another scheme.
#[must_use]
pub fn credits(catalog: &Catalog, credential: &Credential) -> String {
    let counted = amount(catalog, credential.credits, Measure::Credits);
    match stated_in(catalog, credential) {
        None => counted,
        Some(scheme) => {
            let title = credit_of(Some(&scheme.title));
            format!("{counted}, stated as {} {title}s", credential.credits_stated)
        }
    }
}

/// The scheme in which the rules state the credits of a credential, where that is not the common one.
#[must_use]
pub fn stated_in<'c>(catalog: &'c Catalog, credential: &Credential) -> Option<&'c Scheme> {
    let scheme = catalog.schemes().find(credential.scheme.as_ref()?.as_str())?;
    scheme.exchange.map(|_| scheme)
}

/// Credits as they are written on a record: `15 CATS credits`.
#[must_use]
pub fn recorded(catalog: Option<&Catalog>, holding: &Holding) -> Option<String> {
    let title = holding.scheme.as_ref().map(|id| {
        let known = catalog.and_then(|catalog| catalog.schemes().find(id.as_str()));
        known.map_or(id.as_str(), |scheme| scheme.title.as_str())
    });
    let of_credential = || {
        let catalog = catalog?;
        let own = catalog.find_credential(holding.credential.as_str())?;
        let scheme = match &catalog.credential(own).scheme {
            Some(id) => catalog.schemes().find(id.as_str()),
            None => catalog.schemes().common(),
        };
        Some(scheme?.title.as_str())
    };
    let credits = holding.credits?;
    Some(format!("{credits} {}s", credit_of(title.or_else(of_credential))))
}

/// A cost in the further measures of a question.
pub(crate) fn further(question: &Question, cost: &Cost) -> impl Iterator<Item = (Amount, Measure)> {
    cost.further.into_iter().zip(question.further).filter_map(|(amount, measure)| Some((amount, measure?)))
}

/// An amount of what a limit adds up or compares: `3 different values of subject`.
#[must_use]
pub fn tally(catalog: &Catalog, amount: Amount, tally: &Tally) -> String {
    match tally {
        Tally::Count => self::amount(catalog, amount, Measure::Count),
        Tally::Credits => self::amount(catalog, amount, Measure::Credits),
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
        ("credits", _) => format!("{}s", credit_of(measured.scheme.as_deref())),
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

//! `unknown-value`: a condition that compares with a value that no credential has.
//!
//! Only a warning: a holding may bring values of its own. Flags are left out, since both of
//! their values are plain to everybody.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Amount, At, Catalog, Code, Diagnostic, Document, Scalar, Source, Span,
    catalog::{CREDITS, SOURCE, resolve::Guesses},
    diagnostic::tick,
    document::{Number, TestTable},
};

pub(super) fn check(catalog: &Catalog, documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let mut had: BTreeMap<&str, BTreeSet<&Scalar>> = BTreeMap::new();
    for (attribute, values) in catalog.credentials().iter().flat_map(|credential| &credential.attributes) {
        had.entry(attribute).or_default().extend(values);
    }
    let sources: Vec<_> = Source::ALL.iter().map(|source| Scalar::Text(source.word().to_owned())).collect();
    had.entry(SOURCE).or_default().extend(&sources);
    let guesses = Guesses::default();
    for (attribute, test) in documents.iter().flat_map(Document::closed_conditions) {
        // What is written in one scheme is not what was written in another.
        if attribute.value == CREDITS && catalog.schemes().all().len() > 1 {
            continue;
        }
        let Some(had) = had.get(attribute.value.as_str()) else { continue };
        let asked = Asked { attribute, had, guesses: &guesses };
        findings.extend(scalars(test).filter_map(|scalar| asked.scalar(scalar)));
        findings.extend(asked.bounds(test));
    }
}

fn scalars(test: &TestTable) -> impl Iterator<Item = &At<Scalar>> {
    [&test.any, &test.all, &test.none].into_iter().flatten().flat_map(|list| &list.value)
}

/// What is asked of an attribute, and the values that credentials have.
struct Asked<'a> {
    attribute: &'a At<String>,
    had: &'a BTreeSet<&'a Scalar>,
    guesses: &'a Guesses,
}

impl Asked<'_> {
    fn scalar(&self, scalar: &At<Scalar>) -> Option<Diagnostic> {
        let value = &scalar.value;
        if self.had.contains(value) || matches!(value, Scalar::Flag(_)) {
            return None;
        }
        let written = match value {
            Scalar::Text(text) => tick(&format!("\"{text}\"")),
            Scalar::Flag(_) | Scalar::Number(_) => format!("`{value}`"),
        };
        let message = format!("no credential has {written} as {}", tick(&self.attribute.value));
        let help = self.otherwise_written(value).unwrap_or_else(|| self.instead(value));
        Some(Diagnostic::new(Code::UnknownValue, scalar.span, message).help(help))
    }

    /// A number that is written as a text, or the reverse.
    fn otherwise_written(&self, value: &Scalar) -> Option<String> {
        let other = match value {
            Scalar::Text(text) => Scalar::Number(text.parse().ok()?),
            Scalar::Number(number) => Scalar::Text(number.to_string()),
            Scalar::Flag(_) => return None,
        };
        self.had.contains(&other).then(|| match other {
            Scalar::Text(text) => format!("credentials have the text: write `\"{text}\"`, with quotes"),
            _ => format!("credentials have the number: write `{other}`, without quotes"),
        })
    }

    fn instead(&self, value: &Scalar) -> String {
        let texts = || {
            self.had.iter().filter_map(|scalar| match scalar {
                Scalar::Text(text) => Some(text.as_str()),
                Scalar::Number(_) | Scalar::Flag(_) => None,
            })
        };
        if let Scalar::Text(text) = value
            && let Some(near) = self.guesses.closest(text, texts())
        {
            return format!("did you mean `\"{near}\"`?", near = crate::diagnostic::shorten(near));
        }
        let some: Vec<_> = self.had.iter().take(LISTED_MAX).map(|value| tick(&value.to_string())).collect();
        let more = if self.had.len() > LISTED_MAX { ", …" } else { "" };
        format!("they have: {}{more}", some.join(", "))
    }

    /// Bounds that every number of the credentials is outside of.
    fn bounds(&self, test: &TestTable) -> Option<Diagnostic> {
        let (span, words) = bounds_written(test)?;
        let read =
            |bound: &Option<At<Number>>| bound.as_ref().and_then(|n| n.value.literal.parse::<Amount>().ok());
        let (least, most) = (read(&test.min), read(&test.max));
        let within = |number: &Amount| {
            least.is_none_or(|least| least <= *number) && most.is_none_or(|most| *number <= most)
        };
        let numbers: Vec<Amount> = self
            .had
            .iter()
            .filter_map(|scalar| match scalar {
                Scalar::Number(number) => Some(*number),
                Scalar::Text(_) | Scalar::Flag(_) => None,
            })
            .collect();
        // Bounds that exclude each other are a finding of their own.
        let is_empty = matches!((least, most), (Some(least), Some(most)) if least > most);
        if is_empty || numbers.iter().any(within) {
            return None;
        }
        let name = tick(&self.attribute.value);
        let (message, help) = match (numbers.iter().min(), numbers.iter().max()) {
            (Some(lowest), Some(highest)) => (
                format!("no credential has a number as {name} that is {words}"),
                format!("theirs are from {lowest} to {highest}"),
            ),
            _ => (
                format!("`min` and `max` compare numbers, and no credential has a number as {name}"),
                "write the number in the credentials without quotes, or ask for the texts".to_owned(),
            ),
        };
        Some(Diagnostic::new(Code::UnknownValue, span, message).help(help))
    }
}

/// How many values are listed.
const LISTED_MAX: usize = 6;

fn bounds_written(test: &TestTable) -> Option<(Span, String)> {
    let shown = |number: &At<Number>| crate::diagnostic::shorten(&number.value.literal);
    match (&test.min, &test.max) {
        (Some(min), Some(max)) => {
            Some((min.span, format!("at least {} and at most {}", shown(min), shown(max))))
        }
        (Some(min), None) => Some((min.span, format!("at least {}", shown(min)))),
        (None, Some(max)) => Some((max.span, format!("at most {}", shown(max)))),
        (None, None) => None,
    }
}

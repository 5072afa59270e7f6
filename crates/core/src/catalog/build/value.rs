//! Checks single values on their way from document to catalog, and collects what is wrong with them.

use std::{collections::BTreeMap, str::FromStr};

use jiff::civil::Date;

use crate::{
    Amount, At, Code, Condition, Diagnostic, IdError, Measure, Period, Scalar, SchemeId, Severity, Span,
    Test,
    catalog::{CREDITS, Scheme, Schemes},
    diagnostic::{quantity, shorten, tick},
    document::{BoundTable, Keys, Number, WhereTable},
};

/// The findings so far, with the checks that add to them.
#[derive(Debug, Default)]
pub(super) struct Values {
    findings: Vec<Diagnostic>,
    /// The schemes in which credits may be written.
    pub(super) schemes: Schemes,
    /// The scheme of the credits that are read at the moment; the common one without it.
    pub(super) written_in: Option<SchemeId>,
}

impl Values {
    pub(super) fn add(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(super) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.code.severity() == Severity::Error)
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// Keeps a result, or its finding.
    pub(super) fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|finding| self.add(finding)).ok()
    }

    /// Reports a missing key, unless it is there with a value that could not be read.
    pub(super) fn missing(&mut self, span: Span, present: &Keys, key: &str, help: &str) {
        if present.lacks(key) {
            let message = format!("the key `{key}` is missing");
            self.add(Diagnostic::new(Code::MissingKey, span, message).help(help));
        }
    }

    pub(super) fn required<'a, T>(
        &mut self,
        value: Option<&'a At<T>>,
        span: Span,
        present: &Keys,
        key: &str,
    ) -> Option<&'a At<T>> {
        if value.is_none() {
            self.missing(span, present, key, &format!("add `{key} = …`"));
        }
        value
    }

    /// A list that must be there and name something.
    pub(super) fn required_list<'a, T>(
        &mut self,
        value: Option<&'a At<Vec<At<T>>>>,
        span: Span,
        present: &Keys,
        key: &str,
    ) -> Option<&'a At<Vec<At<T>>>> {
        let list = self.required(value, span, present, key)?;
        self.filled(list, key)
    }

    /// A list that names something.
    pub(super) fn filled<'a, T>(
        &mut self,
        list: &'a At<Vec<At<T>>>,
        key: &str,
    ) -> Option<&'a At<Vec<At<T>>>> {
        if list.value.is_empty() {
            let finding = Diagnostic::new(Code::EmptyList, list.span, format!("`{key}` names nothing"));
            self.add(finding.help("name at least one, or take the key out"));
            return None;
        }
        Some(list)
    }

    /// Resolves every name of a list; each may stand there once, and `once` says why.
    pub(super) fn names<T: Ord + Copy>(
        &mut self,
        list: &At<Vec<At<String>>>,
        once: &str,
        resolve: impl Fn(&At<String>) -> Result<T, Diagnostic>,
    ) -> Vec<T> {
        let mut first: BTreeMap<T, Span> = BTreeMap::new();
        let mut resolved = Vec::with_capacity(list.value.len());
        for name in &list.value {
            let Some(meaning) = self.take(resolve(name)) else { continue };
            match first.get(&meaning) {
                Some(&span) => self.add(named_twice(name, span, once)),
                None => {
                    first.insert(meaning, name.span);
                    resolved.push(meaning);
                }
            }
        }
        resolved
    }

    pub(super) fn id<T: FromStr<Err = IdError>>(&mut self, id: &At<String>) -> Option<T> {
        match id.value.parse() {
            Ok(id) => Some(id),
            Err(error) => {
                let message = match error {
                    IdError::Empty => error.to_string(),
                    _ => format!("{} cannot be an id: {error}", tick(&id.value)),
                };
                self.add(Diagnostic::new(Code::InvalidId, id.span, message).help(match error {
                    IdError::Empty => "write at least one letter or digit",
                    IdError::TooLong(_) => "choose a shorter id, and put the whole name in `title`",
                    IdError::Character(_) | IdError::Start(_) => {
                        "choose a plain id, and put the name as it is in `title`"
                    }
                }));
                None
            }
        }
    }

    pub(super) fn amount(&mut self, number: &At<Number>, key: &str) -> Option<Amount> {
        self.parse(&number.value.literal, number.span, key)
    }

    pub(super) fn grade(&mut self, number: &At<Number>, key: &str) -> Option<Amount> {
        let literal = &number.value.literal;
        if literal.parse::<Amount>().is_err() && literal.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let message = format!("`{key}` takes a number, not {}", tick(literal));
            let help = "grades are compared as numbers: write what the letter stands for on your scale";
            self.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
            return None;
        }
        self.amount(number, key)
    }

    pub(super) fn amount_or_zero(&mut self, number: Option<&At<Number>>, key: &str) -> Amount {
        number.and_then(|number| self.amount(number, key)).unwrap_or(Amount::ZERO)
    }

    pub(super) fn period(&mut self, text: &At<String>, key: &str) -> Option<Period> {
        self.parse(&text.value, text.span, key)
    }

    pub(super) fn parse<T: FromStr<Err = crate::QuantityError>>(
        &mut self,
        literal: &str,
        span: Span,
        key: &str,
    ) -> Option<T> {
        literal.parse().map_err(|error| self.add(quantity(key, span, &error))).ok()
    }

    /// A whole number of at least `least`.
    pub(super) fn whole(&mut self, number: &At<Number>, key: &str, least: u32) -> Option<u32> {
        let amount = self.amount(number, key)?;
        let whole =
            u32::try_from(amount.thousandths() / 1000).ok().filter(|&whole| Amount::whole(whole) == amount);
        let Some(whole) = whole else {
            let message = format!("`{key}` takes a whole number, not `{amount}`");
            let help = "write it without a point; to ask for parts of a credential, ask for `credits`";
            self.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
            return None;
        };
        if whole < least {
            let message = format!("`{key} = {whole}` asks for nothing, so everybody meets it");
            let help = "ask for at least one, or write `optional = true` without the key";
            self.add(Diagnostic::new(Code::Vacuous, number.span, message).help(help));
            return None;
        }
        Some(whole)
    }

    pub(super) fn date(&mut self, number: &At<Number>, key: &str) -> Option<Date> {
        let date = number.value.day();
        if date.is_none() {
            let message =
                format!("`{key}` takes a day, and {} is none of the calendar", tick(&number.value.literal));
            let help = "write a day like `2025-09-01`";
            self.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
        }
        date
    }

    /// One of a few words.
    pub(super) fn word<T: Clone>(&mut self, text: &At<String>, key: &str, words: &[(&str, T)]) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(meaning.clone());
        }
        let message = format!("`{key}` cannot be {}", tick(&text.value));
        let choices: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let finding = Diagnostic::new(Code::InvalidValue, text.span, message);
        self.add(finding.help(format!("it is one of {}", choices.join(", "))));
        None
    }

    /// The measure and amount of a bound; a bare number is in `own`, the requirement's measure.
    pub(super) fn bounds(
        &mut self,
        bound: &At<BoundTable>,
        own: Option<Measure>,
    ) -> Vec<(Measure, Amount, Span)> {
        let mut bounds = Vec::new();
        if let Some(number) = &bound.value.plain {
            match own {
                Some(measure) => bounds.extend(self.bound(number, measure)),
                None => self.add(
                    Diagnostic::new(
                        Code::ConflictingKeys,
                        number.span,
                        "it is not said what this number counts",
                    )
                    .help(format!(
                        "write `{{ count = {0} }}` or `{{ credits = {0} }}`",
                        shorten(&number.value.literal)
                    )),
                ),
            }
        } else if bound.value.count.is_none() && bound.value.credits.is_none() {
            let message = "this limit says no amount";
            self.add(
                Diagnostic::new(Code::MissingKey, bound.span, message)
                    .help("write `{ count = … }` or `{ credits = … }`"),
            );
        }
        for (number, measure) in
            [(&bound.value.count, Measure::Count), (&bound.value.credits, Measure::Credits)]
        {
            bounds.extend(number.as_ref().and_then(|number| self.bound(number, measure)));
        }
        bounds
    }

    fn bound(&mut self, number: &At<Number>, measure: Measure) -> Option<(Measure, Amount, Span)> {
        let amount = match measure {
            Measure::Count => Amount::whole(self.whole(number, measure.word(), 0)?),
            Measure::Credits => self.credits_asked(number, measure.word())?,
            Measure::Cost | Measure::Effort => self.amount(number, measure.word())?,
        };
        Some((measure, amount, number.span))
    }

    /// The values of a condition, in canonical order; those of credits in the common scheme.
    fn scalars(&mut self, list: &Option<At<Vec<At<Scalar>>>>, is_credits: bool) -> Option<Vec<Scalar>> {
        let mut scalars = Vec::new();
        for At { value, span } in &list.as_ref()?.value {
            scalars.push(match value {
                Scalar::Number(credits) if is_credits => {
                    Scalar::Number(self.exchanged(*credits, *span, Scheme::stated).unwrap_or(*credits))
                }
                _ => value.clone(),
            });
        }
        scalars.sort();
        Some(scalars)
    }

    fn compared(&mut self, number: Option<&At<Number>>, key: &str, is_credits: bool) -> Option<Amount> {
        if is_credits { self.credits(number?, key) } else { self.amount(number?, key) }
    }

    pub(super) fn conditions(&mut self, table: Option<&At<WhereTable>>) -> Vec<Condition> {
        let Some(table) = table else { return Vec::new() };
        if table.value.conditions.is_empty() {
            let message = "`where` states no condition";
            self.add(
                Diagnostic::new(Code::EmptyList, table.span, message)
                    .help("take it out: without it, everything is meant"),
            );
        }
        let mut conditions = Vec::new();
        for (name, written) in &table.value.conditions {
            let is_credits = name.value == CREDITS;
            let test = Test {
                any_of: self.scalars(&written.any, is_credits),
                all_of: self.scalars(&written.all, is_credits),
                none_of: self.scalars(&written.none, is_credits),
                at_least: self.compared(written.min.as_ref(), "min", is_credits),
                at_most: self.compared(written.max.as_ref(), "max", is_credits),
            };
            let unread = written.present.contains("min") || written.present.contains("max");
            if (test == Test::default() && !unread)
                || [&test.any_of, &test.all_of, &test.none_of].into_iter().flatten().any(Vec::is_empty)
            {
                let message = format!("the condition on {} names no value", tick(&name.value));
                let help = "name at least one value, or take the condition out";
                self.add(Diagnostic::new(Code::EmptyList, name.span, message).help(help));
            }
            conditions.push(Condition { attribute: name.value.clone(), test });
        }
        conditions
    }
}

/// Why nothing is named twice where holdings are counted.
pub(super) const ONE_HOLDING: &str = "one holding is never two";

/// Why nothing is named twice where it is only chosen from.
pub(super) const ONCE: &str = "once is enough";

pub(super) fn named_twice(name: &At<String>, first: Span, once: &str) -> Diagnostic {
    Diagnostic::new(Code::NamedTwice, name.span, format!("{} is named twice", tick(&name.value)))
        .note("named again here")
        .also(first, "first named here")
        .help(format!("take one of them out: {once}"))
}

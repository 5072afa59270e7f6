//! Checks single values on their way from document to catalog, and collects what is wrong with them.

use std::{collections::BTreeMap, str::FromStr};

use jiff::civil::Date;

use crate::{
    Amount, At, Code, Condition, Diagnostic, IdError, Measure, Period, Severity, Span, Test,
    document::{BoundTable, Number, WhereTable},
};

/// The findings so far, with the checks that add to them.
#[derive(Debug, Default)]
pub(super) struct Values {
    findings: Vec<Diagnostic>,
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
    pub(super) fn missing(&mut self, span: Span, present: &[&str], key: &str, help: &str) {
        if !present.contains(&key) {
            let message = format!("the key `{key}` is missing");
            self.add(Diagnostic::new(Code::MissingKey, span, message).help(help));
        }
    }

    pub(super) fn required<'a, T>(
        &mut self,
        value: Option<&'a At<T>>,
        span: Span,
        present: &[&str],
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
        present: &[&str],
        key: &str,
    ) -> Option<&'a At<Vec<At<T>>>> {
        let list = self.required(value, span, present, key)?;
        if list.value.is_empty() {
            let message = format!("`{key}` names nothing");
            self.add(
                Diagnostic::new(Code::EmptyList, list.span, message)
                    .help("name at least one, or take the key out"),
            );
            return None;
        }
        Some(list)
    }

    /// Resolves every name of a list; each may stand there once.
    pub(super) fn names<T: Ord + Copy>(
        &mut self,
        list: &At<Vec<At<String>>>,
        resolve: impl Fn(&At<String>) -> Result<T, Diagnostic>,
    ) -> Vec<T> {
        let mut first: BTreeMap<T, Span> = BTreeMap::new();
        let mut resolved = Vec::with_capacity(list.value.len());
        for name in &list.value {
            let Some(meaning) = self.take(resolve(name)) else { continue };
            match first.get(&meaning) {
                Some(&span) => self.add(named_twice(name, span)),
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
                let shown: String = id.value.chars().take(40).collect();
                let message = format!("`{shown}` cannot be an id: {error}");
                self.add(
                    Diagnostic::new(Code::InvalidId, id.span, message)
                        .help("choose a plain id, and put the name in `title`"),
                );
                None
            }
        }
    }

    pub(super) fn amount(&mut self, number: &At<Number>) -> Option<Amount> {
        self.parse(&number.value.literal, number.span)
    }

    pub(super) fn amount_or_zero(&mut self, number: Option<&At<Number>>) -> Amount {
        number.and_then(|number| self.amount(number)).unwrap_or(Amount::ZERO)
    }

    pub(super) fn period(&mut self, text: &At<String>) -> Option<Period> {
        self.parse(&text.value, text.span)
    }

    fn parse<T: FromStr<Err = crate::QuantityError>>(&mut self, literal: &str, span: Span) -> Option<T> {
        literal
            .parse()
            .map_err(|error| self.add(Diagnostic::new(Code::InvalidValue, span, format!("{error}"))))
            .ok()
    }

    /// A whole number of at least `least`.
    pub(super) fn whole(&mut self, number: &At<Number>, key: &str, least: u32) -> Option<u32> {
        let amount = self.amount(number)?;
        let whole =
            u32::try_from(amount.thousandths() / 1000).ok().filter(|&whole| Amount::whole(whole) == amount);
        let Some(whole) = whole else {
            let message = format!("`{key}` takes a whole number, not {amount}");
            self.add(Diagnostic::new(Code::InvalidValue, number.span, message));
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

    pub(super) fn date(&mut self, number: &At<Number>) -> Option<Date> {
        let date: Option<Date> = number.value.literal.parse().ok();
        if date.is_none() {
            let shown: String = number.value.literal.chars().take(40).collect();
            let message = format!("`{shown}` is not a day of the calendar");
            self.add(
                Diagnostic::new(Code::InvalidValue, number.span, message)
                    .help("write a day like `2025-09-01`"),
            );
        }
        date
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&mut self, text: &At<String>, key: &str, words: &[(&str, T)]) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*meaning);
        }
        let choices: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let shown: String = text.value.chars().take(40).collect();
        let finding = Diagnostic::new(Code::InvalidValue, text.span, format!("`{key}` cannot be `{shown}`"));
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
                        number.value.literal
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
            Measure::Credits | Measure::Cost | Measure::Effort => self.amount(number)?,
        };
        Some((measure, amount, number.span))
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
        for (name, test) in &table.value.conditions {
            let scalars = |list: &Option<At<Vec<At<crate::Scalar>>>>| {
                let mut scalars: Vec<_> =
                    list.as_ref()?.value.iter().map(|scalar| scalar.value.clone()).collect();
                scalars.sort();
                Some(scalars)
            };
            let test = Test {
                any_of: scalars(&test.any),
                all_of: scalars(&test.all),
                none_of: scalars(&test.none),
                at_least: test.min.as_ref().and_then(|number| self.amount(number)),
                at_most: test.max.as_ref().and_then(|number| self.amount(number)),
            };
            if test == Test::default()
                || [&test.any_of, &test.all_of, &test.none_of].into_iter().flatten().any(Vec::is_empty)
            {
                let message = format!("the condition on `{}` names no value", name.value);
                self.add(Diagnostic::new(Code::EmptyList, name.span, message));
            }
            conditions.push(Condition { attribute: name.value.clone(), test });
        }
        conditions
    }
}

pub(super) fn named_twice(name: &At<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::NamedTwice, name.span, format!("`{}` is named twice", name.value))
        .note("named again here")
        .also(first, "first named here")
        .help("take one of them out: one holding is never two")
}

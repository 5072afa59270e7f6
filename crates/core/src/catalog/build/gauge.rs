//! `sum`, `distinct` and `average`: limits that have a key of their own.

use crate::{
    Amount, At, Code, Diagnostic, Span,
    catalog::{
        Bound, Limit, Tally, Weight,
        build::{limit::filter, pool::Pools, value::Values},
    },
    diagnostic::tick,
    document::{AverageTable, DistinctTable, Number, SumTable},
};

/// `sum = { of = "points", at_least = 12 }`.
pub(super) fn sum(table: &At<SumTable>, values: &mut Values) -> Vec<Limit> {
    let At { value: SumTable { of, at_least, at_most, present }, span } = table;
    let help = "say what is summed, an attribute: `of = \"points\"`";
    values.missing(*span, present, "of", help);
    if present.lacks("at_least") && present.lacks("at_most") {
        let finding = Diagnostic::new(Code::MissingKey, *span, "`sum` says neither the least nor the most");
        values.add(finding.help("add `at_least = …`"));
    }
    let Some(of) = of else { return Vec::new() };
    let mut amounts = Vec::new();
    for (number, bound) in [(at_least, Bound::AtLeast), (at_most, Bound::AtMost)] {
        let Some(number) = number else { continue };
        amounts.extend(values.sum_asked(number, &of.value).map(|amount| (amount, bound, number.span)));
    }
    let tally = Tally::Sum { of: of.value.clone() };
    stated(&tally, &amounts, values)
}

/// `distinct = { by = "subject", at_least = 3 }`.
pub(super) fn distinct(tables: Option<&At<Vec<At<DistinctTable>>>>, values: &mut Values) -> Vec<Limit> {
    let mut limits = Vec::new();
    for At { value: table, span } in tables.iter().flat_map(|tables| &tables.value) {
        let DistinctTable { by, at_least, at_most, present } = table;
        let help = "say by what they are told apart, an attribute: `by = \"subject\"`";
        values.missing(*span, present, "by", help);
        if present.lacks("at_least") && present.lacks("at_most") {
            let message = "`distinct` says neither the least nor the most";
            let finding = Diagnostic::new(Code::MissingKey, *span, message);
            values.add(finding.help("add `at_least = …` or `at_most = …`"));
        }
        let Some(by) = by else { continue };
        let mut amounts = Vec::new();
        for (number, bound) in [(at_least, Bound::AtLeast), (at_most, Bound::AtMost)] {
            let Some(number) = number else { continue };
            let whole = values.whole(number, "distinct", 0);
            amounts.extend(whole.map(|whole| (Amount::whole(whole), bound, number.span)));
        }
        limits.extend(stated(&Tally::Distinct { by: by.value.clone() }, &amounts, values));
    }
    limits
}

fn stated(tally: &Tally, amounts: &[(Amount, Bound, Span)], values: &mut Values) -> Vec<Limit> {
    let mut limits = Vec::new();
    for &(amount, bound, span) in amounts {
        if bound == Bound::AtLeast && amount == Amount::ZERO {
            let finding = Diagnostic::new(Code::Vacuous, span, "at least nothing is always so");
            values.add(finding.help("ask for some, or take it out"));
        }
        limits.push(Limit::plain(tally.clone(), amount, bound, span));
    }
    limits
}

/// `average = { grade = 3.0, best = 4.0 }`.
pub(super) fn average(
    table: Option<&At<AverageTable>>,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Option<Limit> {
    let At { value: table, span } = table?;
    let grade = values.required(table.grade.as_ref(), *span, &table.present, "grade");
    let help = "add the best grade that can be earned, like `best = 4.0`: what is still to be earned is taken to get it";
    values.missing(*span, &table.present, "best", help);
    let words = [("credits", Weight::Credits), ("count", Weight::Count)];
    let weight = match &table.measure {
        Some(word) => values.word(word, "measure", &words),
        None => Some(Weight::Credits),
    };
    let filter = filter(table.from.as_ref(), table.conditions.as_ref(), pools, values);
    let (grade, best) = (grade?, table.best.as_ref()?);
    let amount = on_scale(grade, "grade", values);
    let top = on_scale(best, "best", values);
    let (amount, top, weight) = (amount?, top?, weight?);
    if amount == Amount::ZERO {
        let finding = Diagnostic::new(Code::Vacuous, grade.span, "every average is at least 0");
        values.add(finding.help("ask for more, or take it out"));
    }
    if amount > top {
        let message = format!("no average is at least {amount} where the best grade is {top}");
        values.add(
            Diagnostic::new(Code::ContradictoryLimits, grade.span, message)
                .note("the least average")
                .also(best.span, "the best grade")
                .help("exchange the two, or correct one"),
        );
    }
    let tally = Tally::Average { weight, best: top };
    Some(Limit { filter, ..Limit::plain(tally, amount, Bound::AtLeast, grade.span) })
}

/// A grade of an average, which lies on a scale of bounded length.
fn on_scale(number: &At<Number>, key: &str, values: &mut Values) -> Option<Amount> {
    let grade = values.grade(number, key)?;
    if grade <= Tally::GRADE_MAX {
        return Some(grade);
    }
    let message = format!("{} is a grade of at most {}, and `{grade}` is more", tick(key), Tally::GRADE_MAX);
    let help = "averages are of grades on a scale from 0 to at most 1000";
    values.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
    None
}

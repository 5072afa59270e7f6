//! `repeated-equivalence`: one of two equal tables was probably meant for something else.
//! `overlapping-equivalence`: two tables that say different things of one award.

use std::collections::BTreeMap;

use crate::{At, Code, Date, Diagnostic, Document, Span, diagnostic::tick, document::EquivalenceTable};

pub(super) fn check(documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let mut stated: BTreeMap<(&str, &str), Vec<&At<EquivalenceTable>>> = BTreeMap::new();
    for table in documents.iter().filter_map(|document| document.equivalence.as_ref()).flat_map(|t| &t.value)
    {
        let (Some(from), Some(to)) = (&table.value.from, &table.value.to) else { continue };
        stated.entry((from.value.as_str(), to.value.as_str())).or_default().push(table);
    }
    for (pair, mut tables) in stated {
        // In the order of their first days, each overlaps with an earlier one if with the one that ends last.
        tables.sort_by_key(|table| days(&table.value).0);
        let mut tables = tables.into_iter();
        let Some(mut longest) = tables.next() else { continue };
        for table in tables {
            if overlap(&longest.value, &table.value) {
                findings.push(finding(
                    pair,
                    table.span,
                    longest.span,
                    says(&longest.value) == says(&table.value),
                ));
            }
            let ends_later = |one: Option<Date>, other: Option<Date>| {
                other.is_some_and(|other| one.is_none_or(|one| one > other))
            };
            if ends_later(days(&table.value).1, days(&longest.value).1) {
                longest = table;
            }
        }
    }
}

fn finding(pair: (&str, &str), again: Span, first: Span, is_same: bool) -> Diagnostic {
    let (from, to) = (tick(pair.0), tick(pair.1));
    if is_same {
        return Diagnostic::new(
            Code::RepeatedEquivalence,
            again,
            format!("{from} may count as {to} already"),
        )
        .note("said again here")
        .also(first, "said here")
        .help("take one of them out, or correct a name");
    }
    let message = format!("two equivalences say of the same day how {from} counts as {to}");
    Diagnostic::new(Code::OverlappingEquivalence, again, message)
        .note("said otherwise here")
        .also(first, "said here")
        .help("let one end the day before the other begins, with `until` and `effective`")
}

/// The first and the last day; what cannot be read is a finding of its own.
fn days(table: &EquivalenceTable) -> (Option<Date>, Option<Date>) {
    let day = |number: &Option<At<crate::document::Number>>| number.as_ref()?.value.day();
    (day(&table.effective), day(&table.until))
}

fn overlap(one: &EquivalenceTable, other: &EquivalenceTable) -> bool {
    let ((first, last), (others_first, others_last)) = (days(one), days(other));
    let ends_before = |last: Option<Date>, first: Option<Date>| matches!((last, first), (Some(last), Some(first)) if last < first);
    !ends_before(last, others_first) && !ends_before(others_last, first)
}

/// All that a table says, besides where it says it.
fn says(table: &EquivalenceTable) -> impl PartialEq {
    let toward = table.only_toward.as_ref().map(|list| {
        let mut names: Vec<_> = list.value.iter().map(|name| name.value.clone()).collect();
        names.sort_unstable();
        names
    });
    (days(table), table.credits.as_ref().map(|credits| credits.value.clone()), toward)
}

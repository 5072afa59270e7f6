//! `last`: limits that speak only of the last of what is taken or counted.

use crate::{
    Amount, At, Code, Diagnostic, Span,
    catalog::{
        Filter, Last, Share, Tally, Whole,
        build::{limit::Owner, value::Values},
    },
    document::{BoundTable, LimitTable},
};

/// How far back the last reaches, if the limit is about it.
pub(super) fn last(table: &LimitTable, owner: &Owner<'_>, values: &mut Values) -> Option<Last> {
    let At { value: BoundTable { plain, count, credits }, span } = table.last.as_ref()?;
    let (number, tally) = match (plain, count, credits) {
        (Some(number), ..) => (number, owner.own.clone().filter(|own| !matches!(own, Tally::Sum { .. }))),
        (_, Some(number), None) => (number, Some(Tally::Count)),
        (_, None, Some(number)) => (number, Some(Tally::Credits)),
        _ => {
            let message = "the last of something is a number or credits, and not both";
            let finding = Diagnostic::new(Code::ConflictingKeys, *span, message);
            values.add(finding.help("write `last = { credits = … }` or `last = { count = … }`"));
            return None;
        }
    };
    let Some(tally) = tally else {
        let finding = Diagnostic::new(Code::ConflictingKeys, *span, "it is not said what this number counts");
        values.add(finding.help("write `last = { credits = … }` or `last = { count = … }`"));
        return None;
    };
    let amount = match tally {
        Tally::Count => values.whole(number, "last", 1).map(Amount::whole)?,
        _ => values.credits_asked(number, "last")?,
    };
    if amount == Amount::ZERO {
        let finding = Diagnostic::new(Code::Vacuous, *span, "nothing is among the last 0 credits");
        values.add(finding.help("say how far back the last reaches, or take `last` out"));
    }
    Some(Last { tally, amount })
}

/// What else a limit on the last may say.
pub(super) fn goes_with(
    share: Option<Share>,
    filter: &Filter,
    per: Option<&String>,
    span: Span,
    values: &mut Values,
) {
    let (message, help) = if per.is_some() {
        ("`last` is of everything that counts, and `per` for each value by itself", "take one of them out")
    } else if share.is_some_and(|share| share.of == Whole::Counted) {
        (
            "`last` and a part of what is counted do not go together",
            "state the amount, or write `of = \"required\"`",
        )
    } else if *filter == Filter::default() {
        (
            "this compares the last of what counts with itself",
            "say of which of the last it speaks: add `from = …` or `where = …`",
        )
    } else {
        return;
    };
    values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
}

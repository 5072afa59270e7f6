//! Requirements that take holdings from pools, or look at them.

use crate::{
    Amount, Code, Diagnostic, Measure, Span,
    catalog::{
        Bound, CredentialIx, Filter, Limit, Rule, Sight, Take,
        build::{
            limit::limits,
            pool::Pools,
            value::{ONCE, Values},
        },
    },
    document::RequirementTable,
};

pub(super) fn take(
    table: &RequirementTable,
    span: Span,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Option<Rule> {
    let from = values.required_list(table.from.as_ref(), span, &table.present, "from");
    let mut floors = needs(table, span, values);
    let own = match floors[..] {
        [Limit { measure, .. }] => Some(measure),
        _ => None,
    };
    let limits = limits(table.limits.as_ref(), own, pools, values);
    let (more, caps): (Vec<_>, Vec<_>) = limits.into_iter().partition(|limit| limit.bound == Bound::AtLeast);
    floors.extend(more);
    let mut pools_taken = values.names(from?, ONCE, |name| pools.resolve(name));
    pools_taken.sort_unstable();
    Some(Rule::Take(Take {
        filter: Filter { pools: Some(pools_taken), ..Filter::default() },
        floors,
        caps,
        min_grade: table.min_grade.as_ref().and_then(|grade| values.grade(grade)),
        max_age: table.max_age.as_ref().and_then(|age| values.period(age, "max_age")),
        sight: sight(table, span, values)?,
        advise: table.advise.as_ref().is_none_or(|advise| advise.value),
    }))
}

/// The requirement's own needs: `count`, `credits`, both, or none where it is optional.
fn needs(table: &RequirementTable, span: Span, values: &mut Values) -> Vec<Limit> {
    let mut needs = Vec::new();
    let mut need = |measure, amount, span| {
        needs.push(Limit { measure, amount, filter: Filter::default(), bound: Bound::AtLeast, span });
    };
    if let Some(number) = &table.count
        && let Some(count) = values.whole(number, "count", 1)
    {
        need(Measure::Count, Amount::whole(count), number.span);
    }
    if let Some(number) = &table.credits
        && let Some(credits) = values.amount(number, "credits")
    {
        if credits == Amount::ZERO {
            let help = "ask for some, or write `optional = true` without the key";
            values.add(
                Diagnostic::new(
                    Code::Vacuous,
                    number.span,
                    "`credits = 0` asks for nothing, so everybody meets it",
                )
                .help(help),
            );
        }
        need(Measure::Credits, credits, number.span);
    }
    asks_once(table, span, values);
    needs
}

/// Either a need is stated, or it is said that there is none.
fn asks_once(table: &RequirementTable, span: Span, values: &mut Values) {
    let present = &table.present;
    let optional = table.optional.as_ref().is_some_and(|optional| optional.value);
    if optional && (present.contains("count") || present.contains("credits")) {
        let message = "an optional requirement asks for no number";
        let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
        values.add(finding.help("take out `optional`, or `count` and `credits`"));
    }
    if !optional && present.lacks("count") && present.lacks("credits") {
        let message = "it is not said how much is to be taken";
        let finding = Diagnostic::new(Code::MissingKey, span, message);
        values.add(finding.help("add `count = …` or `credits = …`; or `optional = true` if nothing need be"));
    }
}

fn sight(table: &RequirementTable, span: Span, values: &mut Values) -> Option<Sight> {
    let layer = table.layer.as_ref().map(|layer| layer.value.clone());
    let Some(over) = &table.over else {
        if layer.is_some() {
            let message = "`layer` is for requirements that look at holdings instead of taking them";
            values.add(
                Diagnostic::new(Code::ConflictingKeys, span, message)
                    .help("add `over = \"counted\"`, or take `layer` out"),
            );
        }
        return Some(Sight::Taking);
    };
    match values.word(over, "over", &[("counted", true), ("held", false)])? {
        true => Some(Sight::Counted { layer }),
        false => Some(Sight::Held { layer }),
    }
}

/// Naming a credential is taking one holding of it.
pub(super) fn one_credential(credential: CredentialIx, span: Span) -> Rule {
    let need = Limit {
        measure: Measure::Count,
        amount: Amount::ONE,
        filter: Filter::default(),
        bound: Bound::AtLeast,
        span,
    };
    Rule::Take(Take {
        filter: Filter::only(credential),
        floors: vec![need],
        caps: Vec::new(),
        min_grade: None,
        max_age: None,
        sight: Sight::Taking,
        advise: true,
    })
}

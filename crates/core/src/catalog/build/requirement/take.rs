//! Requirements that take holdings from pools, or look at them.

use crate::{
    Amount, Code, Diagnostic, Span,
    catalog::{
        Bound, CredentialIx, Filter, Limit, Rule, Sight, Take, Tally,
        build::{
            gauge,
            limit::{self, Owner, limits},
            pool::Pools,
            value::{ONCE, Values},
        },
    },
    document::RequirementTable,
};

mod part;

pub(super) fn take(
    table: &RequirementTable,
    span: Span,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Option<Rule> {
    let from = values.required_list(table.from.as_ref(), span, &table.present, "from");
    let stated = needs(table, span, values);
    let (mut floors, mut caps) = parted(stated);
    let own = match &floors[..] {
        [Limit { tally, .. }] => Some(tally.clone()),
        _ => None,
    };
    let limits = limits(table.limits.as_ref(), &Owner { needs: &floors, own }, pools, values);
    let mut more = gauge::distinct(table.distinct.as_ref(), values);
    limit::sort(&mut more);
    more.extend(limits);
    more.extend(gauge::average(table.average.as_ref(), pools, values));
    let (lower, upper) = parted(more);
    floors.extend(lower);
    caps.extend(upper);
    let sight = sight(table, span, values)?;
    let window = table.window.as_ref().and_then(|window| values.period(window, "window"));
    if sight == Sight::Attempted {
        leaves_nothing_out(&floors, &caps, window.is_some(), span, values);
    }
    let parts = part::parts(table, span, &sight, floors.iter().chain(&caps), values);
    let mut pools_taken = values.names(from?, ONCE, |name| pools.resolve(name));
    pools_taken.sort_unstable();
    Some(Rule::Take(Take {
        filter: Filter { pools: Some(pools_taken), ..Filter::default() },
        floors,
        caps,
        min_grade: table.min_grade.as_ref().and_then(|grade| values.grade(grade, "min_grade")),
        max_age: table.max_age.as_ref().and_then(|age| values.period(age, "max_age")),
        window,
        after: Vec::new(),
        is_ordered: false,
        sight,
        advise: table.advise.as_ref().is_none_or(|advise| advise.value),
        truncates: parts.truncates,
        divides: parts.divides,
        is_narrowed: false,
        excused: Vec::new(),
    }))
}

/// What is attempted is looked at as a whole, so it can only be asked to be enough.
fn leaves_nothing_out(floors: &[Limit], caps: &[Limit], has_window: bool, span: Span, values: &mut Values) {
    let is_part = floors.iter().any(|floor| floor.share_of_counted().is_some());
    if is_part || has_window || !caps.is_empty() {
        let message = "of what was attempted nothing can be left out, so it cannot be kept within a limit";
        let help = "take out `at_most`, `window` and fractions of what is counted, or look at what is held: `over = \"held\"`";
        values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
    }
}

/// Lower and upper limits.
fn parted(limits: Vec<Limit>) -> (Vec<Limit>, Vec<Limit>) {
    limits.into_iter().partition(|limit| limit.bound == Bound::AtLeast)
}

/// The requirement's own needs: `count`, `credits`, both, or none where it is optional.
fn needs(table: &RequirementTable, span: Span, values: &mut Values) -> Vec<Limit> {
    let mut needs = Vec::new();
    let mut need = |tally, amount, span| needs.push(Limit::plain(tally, amount, Bound::AtLeast, span));
    if let Some(number) = &table.count
        && let Some(count) = values.whole(number, "count", 1)
    {
        need(Tally::Count, Amount::whole(count), number.span);
    }
    if let Some(number) = &table.credits
        && let Some(credits) = values.credits_asked(number, "credits")
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
        need(Tally::Credits, credits, number.span);
    }
    needs.extend(table.sum.iter().flat_map(|sum| gauge::sum(sum, values)));
    asks_once(table, span, values);
    needs
}

/// Either a need is stated, or it is said that there is none.
fn asks_once(table: &RequirementTable, span: Span, values: &mut Values) {
    let present = &table.present;
    let optional = table.optional.as_ref().is_some_and(|optional| optional.value);
    if optional && ["count", "credits", "sum"].iter().any(|key| present.contains(key)) {
        let message = "an optional requirement asks for no number";
        let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
        values.add(finding.help("take out `optional`, or `count`, `credits` and `sum`"));
    }
    let asks = |key: &str| match (&table.sum, key) {
        (Some(sum), "sum") => !sum.value.present.lacks("at_least"),
        _ => !present.lacks(key),
    };
    if !optional && !["count", "credits", "sum"].iter().any(|key| asks(key)) {
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
    let words = [
        ("counted", Sight::Counted { layer: layer.clone() }),
        ("held", Sight::Held { layer: layer.clone() }),
        ("attempted", Sight::Attempted),
    ];
    let sight = values.word(over, "over", &words)?;
    if sight == Sight::Attempted && layer.is_some() {
        let message =
            "`layer` keeps requirements from looking at a holding twice, and attempts are all looked at";
        let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
        values.add(finding.help("take `layer` out"));
    }
    Some(sight)
}

/// Naming a credential is taking one holding of it, or looking for it among what counts.
pub(super) fn one_credential(credential: CredentialIx, looks: bool, span: Span) -> Rule {
    let need = Limit::plain(Tally::Count, Amount::ONE, Bound::AtLeast, span);
    Rule::Take(Take {
        filter: Filter::only(credential),
        floors: vec![need],
        caps: Vec::new(),
        min_grade: None,
        max_age: None,
        window: None,
        after: Vec::new(),
        is_ordered: false,
        sight: if looks { Sight::Counted { layer: None } } else { Sight::Taking },
        advise: true,
        truncates: false,
        divides: false,
        is_narrowed: false,
        excused: Vec::new(),
    })
}

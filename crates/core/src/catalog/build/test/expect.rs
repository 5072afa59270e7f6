//! What an audit must say.

use crate::{
    Amount, At, Code, Diagnostic, Measure,
    catalog::{
        Expectation, Expected, RequirementIx, Rule, Tally,
        build::{test::Context, value::Values},
    },
    diagnostic::tick,
    document::{BoundTable, ExpectTable, Name, RemainingTable},
};

/// Everything that is expected, in the order of the documentation.
pub(super) fn expectations(
    expect: &At<ExpectTable>,
    context: &Context<'_>,
    values: &mut Values,
) -> Vec<Expectation> {
    let table = &expect.value;
    let mut all = Vec::new();
    let flag = |written: &Option<At<bool>>, expected: fn(bool) -> Expected| {
        written.as_ref().map(|flag| Expectation { expected: expected(flag.value), span: flag.span })
    };
    all.extend(flag(&table.complete, Expected::Complete));
    all.extend(flag(&table.unreachable, Expected::Unreachable));
    remaining(table.remaining.as_ref(), &mut all, values);
    for (name, bound) in table.counted.iter().flat_map(|named| &named.value) {
        counted(name, bound, context, &mut all, values);
    }
    for (list, expected) in
        [(&table.met, Expected::Met as fn(_) -> Expected), (&table.open, Expected::Open as fn(_) -> Expected)]
    {
        for name in list.iter().flat_map(|list| &list.value) {
            let ix = context.requirement(name, values);
            all.extend(ix.map(|ix| Expectation { expected: expected(ix), span: name.span }));
        }
    }
    if let Some(list) = &table.outcomes {
        let mut outcomes: Vec<_> =
            list.value.iter().filter_map(|name| context.outcome(name, values)).collect();
        outcomes.sort_unstable();
        all.push(Expectation { expected: Expected::Outcomes(outcomes), span: list.span });
    }
    if let Some(list) = &table.next {
        let mut ids: Vec<_> = list.value.iter().map(|name| name.value.clone()).collect();
        ids.sort_unstable();
        all.push(Expectation { expected: Expected::Next(ids), span: list.span });
    }
    contradiction(expect, &all, values);
    if table.present.iter().next().is_none() && !table.present.has_unknown() {
        let finding = Diagnostic::new(Code::EmptyList, expect.span, "`expect` says nothing");
        values.add(finding.help("say what the audit must answer: `expect = { complete = true }`"));
    }
    all
}

fn remaining(table: Option<&At<RemainingTable>>, all: &mut Vec<Expectation>, values: &mut Values) {
    let Some(At { value: table, span }) = table else { return };
    let measures = [
        (&table.count, Measure::Count),
        (&table.credits, Measure::Credits),
        (&table.cost, Measure::Cost),
        (&table.effort, Measure::Effort),
    ];
    for (number, measure) in measures {
        let Some(number) = number else { continue };
        let amount = match measure {
            Measure::Credits => values.credits_asked(number, measure.word()),
            _ => values.amount(number, measure.word()),
        };
        let expected = amount.map(|amount| Expected::Remaining(measure, amount));
        all.extend(expected.map(|expected| Expectation { expected, span: number.span }));
    }
    if let Some(number) = &table.attestations {
        let amount = values.amount(number, "attestations");
        let expected = amount.map(Expected::Attestations);
        all.extend(expected.map(|expected| Expectation { expected, span: number.span }));
    }
    if table.present.iter().next().is_none() && !table.present.has_unknown() {
        let finding = Diagnostic::new(Code::EmptyList, *span, "`remaining` names no measure");
        values.add(finding.help("write how much remains: `remaining = { credits = 10 }`"));
    }
}

fn counted(
    name: &At<Name>,
    bound: &At<BoundTable>,
    context: &Context<'_>,
    all: &mut Vec<Expectation>,
    values: &mut Values,
) {
    let Some(ix) = context.requirement(name, values) else { return };
    if matches!(context.qualification.requirement(ix).rule, Rule::Award(..) | Rule::Attest(_)) {
        let message = format!("nothing counts toward {}: it asks for no holdings", tick(&name.value));
        let finding = Diagnostic::new(Code::ConflictingKeys, name.span, message);
        return values.add(finding.help("say that it is met or open: `met = [\"…\"]`, `open = [\"…\"]`"));
    }
    let BoundTable { plain, count, credits } = &bound.value;
    let written = [(plain, None), (count, Some(Measure::Count)), (credits, Some(Measure::Credits))];
    for (number, measure) in written {
        let Some(number) = number else { continue };
        let amount: Option<Amount> = match measure.or_else(|| own(context, ix)) {
            Some(Measure::Credits) => values.credits_asked(number, "counted"),
            _ => values.amount(number, "counted"),
        };
        let expected = amount.map(|amount| Expected::Counted(ix, measure, amount));
        all.extend(expected.map(|expected| Expectation { expected, span: number.span }));
    }
}

/// Whether a requirement counts credits where it is not said what is counted.
fn own(context: &Context<'_>, ix: RequirementIx) -> Option<Measure> {
    let Rule::Take(take) = &context.qualification.requirement(ix).rule else { return None };
    let need = take.floors.iter().find(|floor| floor.is_need())?;
    (need.tally == Tally::Credits).then_some(Measure::Credits)
}

/// What no audit can say at once.
fn contradiction(expect: &At<ExpectTable>, all: &[Expectation], values: &mut Values) {
    let complete = all.iter().any(|one| one.expected == Expected::Complete(true));
    let unreachable = all.iter().any(|one| one.expected == Expected::Unreachable(true));
    let left = all.iter().find(|one| match &one.expected {
        Expected::Unreachable(is_it) => *is_it,
        Expected::Remaining(_, amount) | Expected::Attestations(amount) => *amount > Amount::ZERO,
        Expected::Next(ids) => !ids.is_empty(),
        _ => false,
    });
    let remaining = all.iter().any(|one| matches!(one.expected, Expected::Remaining(..) | Expected::Next(_)));
    let message = match left {
        Some(_) if complete => "nothing remains of what is complete",
        _ if unreachable && remaining => "what is out of reach has no remaining and no next",
        _ => return,
    };
    let finding = Diagnostic::new(Code::ConflictingKeys, expect.span, message);
    values.add(finding.help("take one of them out"));
}

//! What an audit must say.

use crate::{
    Amount, At, Code, Diagnostic, Measure, Named, Span,
    catalog::{
        Expectation, Expected, RequirementIx, Rule, Tally,
        build::{test::Context, value::Values},
    },
    diagnostic::tick,
    document::{BoundTable, ExpectOfOneTable, ExpectTable, Name, RemainingTable},
};

/// Everything that is expected, in the order of the documentation.
pub(super) fn expectations(
    expect: &At<ExpectTable>,
    context: &Context<'_>,
    values: &mut Values,
) -> Vec<Expectation> {
    let table = &expect.value;
    let mut all = Vec::new();
    all.extend(context.flag(&table.complete, Expected::Complete));
    all.extend(context.flag(&table.unreachable, Expected::Unreachable));
    remaining(table.remaining.as_ref(), context, &mut all, values);
    requirements((&table.counted, &table.met, &table.open), context, &mut all, values);
    each(table.each.as_ref(), context, &mut all, values);
    if let Some(list) = &table.outcomes {
        if !context.beside.is_empty() {
            let message = "outcomes are reached by one qualification, and this test is about several";
            let finding = Diagnostic::new(Code::ConflictingKeys, list.span, message);
            values.add(finding.help("take `outcomes` or `beside` out"));
        }
        let mut outcomes: Vec<_> =
            list.value.iter().filter_map(|name| context.outcome(name, values)).collect();
        outcomes.sort_unstable();
        all.push(context.expects(Expected::Outcomes(outcomes), list.span));
    }
    if let Some(list) = &table.next {
        let mut ids: Vec<_> = list.value.iter().map(|name| name.value.clone()).collect();
        ids.sort_unstable();
        all.push(context.expects(Expected::Next(ids), list.span));
    }
    contradiction(expect, &all, values);
    if table.present.iter().next().is_none() && !table.present.has_unknown() {
        let finding = Diagnostic::new(Code::EmptyList, expect.span, "`expect` says nothing");
        values.add(finding.help("say what the audit must answer: `expect = { complete = true }`"));
    }
    all
}

/// What is said of the requirements of one qualification: how much counts, what is met, what is open.
type OfRequirements<'t> =
    (&'t Option<At<Named<BoundTable>>>, &'t Option<At<Vec<At<Name>>>>, &'t Option<At<Vec<At<Name>>>>);

fn requirements(
    (amounts, met, open): OfRequirements<'_>,
    context: &Context<'_>,
    all: &mut Vec<Expectation>,
    values: &mut Values,
) {
    for (name, bound) in amounts.iter().flat_map(|named| &named.value) {
        counted(name, bound, context, all, values);
    }
    for (list, expected) in
        [(met, Expected::Met as fn(_) -> Expected), (open, Expected::Open as fn(_) -> Expected)]
    {
        for name in list.iter().flat_map(|list| &list.value) {
            let ix = context.requirement(name, values);
            all.extend(ix.map(|ix| context.expects(expected(ix), name.span)));
        }
    }
}

/// What is said of each of several qualifications.
fn each(
    tables: Option<&At<Named<ExpectOfOneTable>>>,
    context: &Context<'_>,
    all: &mut Vec<Expectation>,
    values: &mut Values,
) {
    let Some(tables) = tables else { return };
    if context.beside.is_empty() {
        let message = "`each` tells several qualifications apart, and this test is about one";
        let finding = Diagnostic::new(Code::ConflictingKeys, tables.span, message);
        values.add(finding.help("name the others with `beside`, or write what is in it beside `each`"));
        return;
    }
    for (name, At { value: table, span }) in &tables.value {
        let Some(ix) = values.take(context.names.qualification(name)) else { continue };
        if ix != context.ix && !context.beside.contains(&ix) {
            let message = format!("this test is not about {}", tick(&name.value));
            let finding = Diagnostic::new(Code::ConflictingKeys, name.span, message);
            values.add(finding.help("name it in `beside`, or take it out"));
            continue;
        }
        let context = Context { ix, qualification: &context.qualifications[ix.index()], ..*context };
        all.extend(context.flag(&table.complete, Expected::CompleteBeside));
        values.written_in.clone_from(&context.qualification.scheme);
        requirements((&table.counted, &table.met, &table.open), &context, all, values);
        if table.present.iter().next().is_none() && !table.present.has_unknown() {
            let message = format!("nothing is said of {}", tick(&name.value));
            let finding = Diagnostic::new(Code::EmptyList, *span, message);
            values.add(finding.help("say what the audit must answer: `{ complete = true }`"));
        }
    }
}

impl Context<'_> {
    /// That an audit says this, of the qualification.
    fn expects(&self, expected: Expected, span: Span) -> Expectation {
        Expectation { of: self.ix, expected, span }
    }

    fn flag(&self, written: &Option<At<bool>>, expected: fn(bool) -> Expected) -> Option<Expectation> {
        written.as_ref().map(|flag| self.expects(expected(flag.value), flag.span))
    }
}

fn remaining(
    table: Option<&At<RemainingTable>>,
    context: &Context<'_>,
    all: &mut Vec<Expectation>,
    values: &mut Values,
) {
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
        all.extend(expected.map(|expected| context.expects(expected, number.span)));
    }
    if let Some(number) = &table.attestations {
        let amount = values.amount(number, "attestations");
        let expected = amount.map(Expected::Attestations);
        all.extend(expected.map(|expected| context.expects(expected, number.span)));
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
        all.extend(expected.map(|expected| context.expects(expected, number.span)));
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
        Expected::CompleteBeside(is_it) => !is_it,
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

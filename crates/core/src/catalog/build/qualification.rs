//! `[qualification]` with its pools and limits.

use crate::{
    At, Attributes, CredentialId, Document, Measure, QualificationId, Scalar,
    catalog::{
        AgeDay, Attempt, Grace, Qualification,
        build::{credential, gauge, limit, pool::pools, requirement, value::Values},
        resolve::Names,
    },
    document::QualificationTable,
};

pub(super) fn build(
    id: &At<QualificationId>,
    code: &str,
    document: &Document,
    names: &Names,
    values: &mut Values,
) -> Qualification {
    let Some(At { value: table, span }) = &document.qualification else {
        unreachable!("only documents with a qualification are declared");
    };
    let scheme = values.write_in(table.scheme.as_ref(), None, names);
    let pools = pools(document, names, values);
    let requirement::Built { requirements, outcomes } =
        requirement::build(id, document, &pools, names, values);
    values.written_in.clone_from(&scheme);
    let owner = limit::Owner { needs: &[], own: None };
    let mut limits = limit::limits(table.limits.as_ref(), &owner, &pools, values);
    limits.extend(gauge::average(table.average.as_ref(), &pools, values));
    limit::sort(&mut limits);
    let code = code.parse::<CredentialId>();
    Qualification {
        id: id.value.clone(),
        #[expect(clippy::expect_used, reason = "the code is the front of an id that was checked")]
        code: code.expect("the front of an id is an id"),
        title: table.title.as_ref().map_or_else(|| id.value.to_string(), |title| title.value.clone()),
        issuer: table.issuer.as_ref().map(|issuer| issuer.value.clone()),
        kind: None,
        effective: table.effective.as_ref().and_then(|day| values.date(day, "effective")),
        retired: table.retired.as_ref().and_then(|day| values.date(day, "retired")),
        sources: table
            .source
            .iter()
            .flat_map(|list| &list.value)
            .map(|source| source.value.clone())
            .collect(),
        scheme,
        measure: measure(table, values),
        grace: grace(table, values),
        attempt: attempt(table, values),
        max_age_on: max_age_on(table, values),
        entry: table.entry.as_ref().and_then(|key| values.id(key)),
        consumes: consumes(document, values),
        attributes: attributes(table, values),
        requirements,
        outcomes,
        pools: pools.built,
        limits,
        is_profile: false,
        span: *span,
    }
}

fn measure(table: &QualificationTable, values: &mut Values) -> Measure {
    let words = Measure::ALL.map(|measure| (measure.word(), measure));
    let stated = table.measure.as_ref().and_then(|text| values.word(text, "measure", &words));
    stated.unwrap_or(Measure::Count)
}

fn grace(table: &QualificationTable, values: &mut Values) -> Grace {
    let words = [("none", Grace::None), ("end of calendar year", Grace::EndOfCalendarYear)];
    table.grace.as_ref().and_then(|text| values.word(text, "grace", &words)).unwrap_or(Grace::None)
}

fn attempt(table: &QualificationTable, values: &mut Values) -> Attempt {
    let words = [("best", Attempt::Best), ("latest", Attempt::Latest)];
    let stated = table.attempt.as_ref().and_then(|text| values.word(text, "attempt", &words));
    stated.unwrap_or(Attempt::Best)
}

fn max_age_on(table: &QualificationTable, values: &mut Values) -> AgeDay {
    let words = [("audit", AgeDay::Audit), ("entry", AgeDay::Entry)];
    let stated = table.max_age_on.as_ref().and_then(|text| values.word(text, "max_age_on", &words));
    stated.unwrap_or(AgeDay::Audit)
}

/// Whether an award uses up what earned it.
fn consumes(document: &Document, values: &mut Values) -> bool {
    let Some(At { value: table, span }) = &document.on_award else { return false };
    let words = [("keep", false), ("consume", true)];
    let credits = values.required(table.credits.as_ref(), *span, &table.present, "credits");
    credits.and_then(|text| values.word(text, "credits", &words)).unwrap_or(false)
}

fn attributes(table: &QualificationTable, values: &mut Values) -> Attributes {
    let mut attributes = credential::levels(table.level.as_ref(), values);
    if let Some(issuer) = &table.issuer {
        attributes.insert("issuer".to_owned(), vec![Scalar::Text(issuer.value.clone())]);
    }
    attributes
}

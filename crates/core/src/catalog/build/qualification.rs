//! `[qualification]` with its pools, limits and sharing policies.

use crate::{
    At, Attributes, Code, CredentialId, Diagnostic, Document, Measure, QualificationId, Scalar,
    catalog::{
        Grace, Qualification, Sharing,
        build::{credential, gauge, limit, pool::pools, requirement, value::Values},
        resolve::Names,
    },
    document::{QualificationTable, SharingTable},
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
    let pools = pools(document, names, values);
    let requirements = requirement::build(id, document, &pools, names, values);
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
        effective: table.effective.as_ref().and_then(|day| values.date(day, "effective")),
        retired: table.retired.as_ref().and_then(|day| values.date(day, "retired")),
        sources: table
            .source
            .iter()
            .flat_map(|list| &list.value)
            .map(|source| source.value.clone())
            .collect(),
        measure: measure(table, values),
        grace: grace(table, values),
        attributes: attributes(table, values),
        requirements,
        pools: pools.built,
        limits,
        sharing: sharing(document, names, values),
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

fn attributes(table: &QualificationTable, values: &mut Values) -> Attributes {
    let mut attributes = credential::levels(table.level.as_ref(), values);
    if let Some(issuer) = &table.issuer {
        attributes.insert("issuer".to_owned(), vec![Scalar::Text(issuer.value.clone())]);
    }
    attributes
}

fn sharing(document: &Document, names: &Names, values: &mut Values) -> Vec<Sharing> {
    let tables = document.sharing.iter().flat_map(|tables| &tables.value);
    let mut policies: Vec<_> = tables.filter_map(|table| policy(table, names, values)).collect();
    policies.sort_by(|a, b| (&a.between, a.count, a.credits).cmp(&(&b.between, b.count, b.credits)));
    policies
}

fn policy(table: &At<SharingTable>, names: &Names, values: &mut Values) -> Option<Sharing> {
    let present = &table.value.present;
    let between = values.required_list(table.value.between.as_ref(), table.span, present, "between");
    let at_most = values.required(table.value.at_most.as_ref(), table.span, present, "at_most");
    let (between, at_most) = (between?, at_most?);
    let mut qualifications =
        values.names(between, "a policy is between two different qualifications", |name| {
            names.qualification(name)
        });
    if between.value.len() == 1 {
        let message = "sharing is between two qualifications or more";
        let finding = Diagnostic::new(Code::EmptyList, between.span, message);
        values.add(finding.help("name another, or take the policy out"));
    }
    qualifications.sort_unstable();
    let mut policy = Sharing { between: qualifications, count: None, credits: None, span: table.span };
    for (measure, amount, _) in values.bounds(at_most, None) {
        match measure {
            Measure::Count => policy.count = Some(amount),
            Measure::Credits | Measure::Cost | Measure::Effort => policy.credits = Some(amount),
        }
    }
    Some(policy)
}

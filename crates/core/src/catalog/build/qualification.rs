//! `[qualification]` with its pools, limits and sharing policies.

use std::collections::BTreeMap;

use crate::{
    At, Attributes, Code, CredentialId, Diagnostic, Document, Measure, QualificationId, Scalar,
    catalog::{
        Grace, Pool, PoolIx, Qualification, Sharing,
        build::{credential, requirement, value::Values},
        check, graph,
        resolve::{Names, unknown},
    },
    document::{PoolTable, QualificationTable, SharingTable},
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
    let limits = requirement::limits(table.limits.as_ref(), None, &pools, values);
    let code = code.parse::<CredentialId>();
    Qualification {
        id: id.value.clone(),
        #[expect(clippy::expect_used, reason = "the code is the front of an id that was checked")]
        code: code.expect("the front of an id is an id"),
        title: table.title.as_ref().map_or_else(|| id.value.to_string(), |title| title.value.clone()),
        issuer: table.issuer.as_ref().map(|issuer| issuer.value.clone()),
        effective: table.effective.as_ref().and_then(|day| values.date(day)),
        retired: table.retired.as_ref().and_then(|day| values.date(day)),
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

/// The pools of a file, with their names.
pub(super) struct Pools<'d> {
    pub(super) built: Vec<Pool>,
    positions: BTreeMap<&'d str, PoolIx>,
}

impl Pools<'_> {
    pub(super) fn resolve(&self, name: &At<String>) -> Result<PoolIx, Diagnostic> {
        let known = self.positions.keys().copied();
        self.positions.get(name.value.as_str()).copied().ok_or_else(|| unknown(name, "pool", known))
    }
}

/// Builds the pools so that each stands after those it leaves out.
fn pools<'d>(document: &'d Document, names: &Names, values: &mut Values) -> Pools<'d> {
    let tables: &[(At<String>, At<PoolTable>)] = document.pool.as_ref().map_or(&[], |pools| &pools.value);
    let by_name: BTreeMap<&str, usize> =
        tables.iter().enumerate().map(|(position, (name, _))| (name.value.as_str(), position)).collect();
    let mut edges = Vec::new();
    for (position, (_, table)) in tables.iter().enumerate() {
        for other in table.value.not_in.iter().flat_map(|list| &list.value) {
            edges.extend(by_name.get(other.value.as_str()).map(|&other| (other, position)));
        }
    }
    let order = graph::order(tables.len(), &edges).unwrap_or_else(|cycle| {
        let places: Vec<_> =
            cycle.iter().map(|&pool| (tables[pool].0.value.as_str(), tables[pool].0.span)).collect();
        values.add(check::cycle::circle(&places, "leaves out"));
        (0..tables.len()).collect()
    });
    let mut pools = Pools { built: Vec::new(), positions: BTreeMap::new() };
    for (position, &table) in order.iter().enumerate() {
        let (name, _) = &tables[table];
        pools.positions.insert(&name.value, PoolIx::at(position));
    }
    for &table in &order {
        let (name, table) = &tables[table];
        if let Some(pool) = pool(name, table, &pools, names, values) {
            pools.built.push(pool);
        }
    }
    pools
}

fn pool(
    name: &At<String>,
    table: &At<PoolTable>,
    pools: &Pools<'_>,
    names: &Names,
    values: &mut Values,
) -> Option<Pool> {
    let id = values.id(name)?;
    let present = &table.value.present;
    if present.is_empty() {
        let message = format!("the pool `{}` does not say what is in it", name.value);
        let help = "write `of = [...]`, `where = {...}`, or `not_in = [...]`";
        values.add(Diagnostic::new(Code::MissingKey, name.span, message).help(help));
    }
    let mut of = None;
    if present.contains(&"of") {
        let list = values.required_list(table.value.of.as_ref(), name.span, present, "of");
        of = list.map(|list| {
            let mut credentials = values.names(list, |name| names.credential(name));
            credentials.sort_unstable();
            credentials
        });
    }
    let mut not_in = table.value.not_in.as_ref().map(|list| values.names(list, |name| pools.resolve(name)));
    if let Some(not_in) = &mut not_in {
        not_in.sort_unstable();
    }
    let conditions = values.conditions(table.value.conditions.as_ref());
    Some(Pool { id, of, conditions, not_in: not_in.unwrap_or_default(), span: name.span })
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
    let mut qualifications = values.names(between, |name| names.qualification(name));
    if between.value.len() == 1 {
        let message = "sharing is between two qualifications or more";
        values.add(Diagnostic::new(Code::EmptyList, between.span, message));
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

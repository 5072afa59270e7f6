//! `limits`: the least and the most of a part of what is taken or counted.

use crate::{
    Amount, At, Code, Diagnostic, Measure,
    catalog::{
        Bound, Filter, Limit,
        build::{
            pool::Pools,
            value::{ONCE, Values},
        },
    },
    document::LimitTable,
};

/// Builds `limits`; a bare number is in `own`, the measure of the requirement they belong to.
pub(super) fn limits(
    tables: Option<&At<Vec<At<LimitTable>>>>,
    own: Option<Measure>,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Vec<Limit> {
    let mut limits = Vec::new();
    for table in tables.iter().flat_map(|tables| &tables.value) {
        limit(table, own, pools, values, &mut limits);
    }
    limits.sort_by(|a, b| {
        let key = |limit: &Limit| {
            (limit.bound == Bound::AtMost, limit.measure, limit.amount, limit.filter.pools.clone())
        };
        key(a).cmp(&key(b)).then_with(|| format!("{:?}", a.filter).cmp(&format!("{:?}", b.filter)))
    });
    limits
}

fn limit(
    At { value: table, span }: &At<LimitTable>,
    own: Option<Measure>,
    pools: &Pools<'_>,
    values: &mut Values,
    limits: &mut Vec<Limit>,
) {
    if table.present.lacks("at_least") && table.present.lacks("at_most") {
        let finding =
            Diagnostic::new(Code::MissingKey, *span, "this limit says neither the least nor the most");
        values.add(finding.help("add `at_least = …` or `at_most = …`"));
    }
    let filter = filter(table, pools, values);
    for (amount, bound) in [(&table.at_least, Bound::AtLeast), (&table.at_most, Bound::AtMost)] {
        let Some(amount) = amount else { continue };
        for (measure, amount, span) in values.bounds(amount, own) {
            if bound == Bound::AtLeast && amount == Amount::ZERO {
                let finding = Diagnostic::new(Code::Vacuous, span, "at least nothing is always so");
                values.add(finding.help("take the limit out"));
            }
            limits.push(Limit { measure, amount, filter: filter.clone(), bound, span });
        }
    }
}

fn filter(table: &LimitTable, pools: &Pools<'_>, values: &mut Values) -> Filter {
    let from = table.from.as_ref().and_then(|list| values.filled(list, "from"));
    let pools = from.map(|list| {
        let mut named = values.names(list, ONCE, |name| pools.resolve(name));
        named.sort_unstable();
        named
    });
    Filter { pools, credential: None, conditions: values.conditions(table.conditions.as_ref()) }
}

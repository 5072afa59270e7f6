//! `[framework.ID]`: levels of one framework as levels of another.

use std::collections::BTreeMap;

use crate::{
    Amount, At, Code, Diagnostic, Document, Named, Scalar, Span,
    catalog::{
        Credential,
        build::value::{ONCE, Values, named_twice},
        resolve::duplicate,
    },
    diagnostic::tick,
    document::{FrameworkTable, Number},
};

/// Which level of another framework a level is: by framework, level and other framework.
type Comparisons<'d> = BTreeMap<(&'d str, Amount), BTreeMap<&'d str, Amount>>;

/// Gives each credential the levels that its stated levels compare with, in frameworks in which it
/// states none itself.
pub(super) fn compare(documents: &[Document], credentials: &mut [Credential], values: &mut Values) {
    let comparisons = comparisons(documents, values);
    if comparisons.is_empty() {
        return;
    }
    for credential in credentials {
        let mut found: BTreeMap<String, Vec<Scalar>> = BTreeMap::new();
        for (name, levels) in &credential.attributes {
            let Some(framework) = name.strip_prefix("level.") else { continue };
            let numbers = levels.iter().filter_map(|level| match level {
                Scalar::Number(number) => Some(*number),
                Scalar::Text(_) | Scalar::Flag(_) => None,
            });
            let others = numbers.filter_map(|level| comparisons.get(&(framework, level))).flatten();
            for (other, level) in others {
                found.entry(format!("level.{other}")).or_default().push(Scalar::Number(*level));
            }
        }
        for (name, mut levels) in found {
            levels.sort();
            levels.dedup();
            credential.attributes.entry(name).or_insert(levels);
        }
    }
}

fn comparisons<'d>(documents: &'d [Document], values: &mut Values) -> Comparisons<'d> {
    let mut comparisons = Comparisons::new();
    let mut defined: BTreeMap<&str, Span> = BTreeMap::new();
    for (id, table) in
        documents.iter().filter_map(|document| document.framework.as_ref()).flat_map(|t| &t.value)
    {
        if let Some(first) = defined.insert(&id.value, id.span) {
            values.add(duplicate("framework", &id.value, id.span, first));
        }
        framework(id, table, &mut comparisons, values);
    }
    comparisons
}

fn framework<'d>(
    id: &'d At<String>,
    At { value: table, span }: &'d At<FrameworkTable>,
    comparisons: &mut Comparisons<'d>,
    values: &mut Values,
) {
    let Some(compare) = values.required(table.compare.as_ref(), *span, &table.present, "compare") else {
        return;
    };
    if compare.value.is_empty() {
        let finding = Diagnostic::new(Code::EmptyList, compare.span, "`compare` names no other framework");
        values.add(finding.help("write `compare = { eqf = { 5 = 4 } }`, or take the framework out"));
    }
    for (other, levels) in &compare.value {
        if other.value == id.value {
            let message = format!("the levels of {} are compared with themselves", tick(&id.value));
            values.add(
                Diagnostic::new(Code::ConflictingKeys, other.span, message).help("name another framework"),
            );
        }
        for (level, is) in pairs(levels, values) {
            comparisons.entry((&id.value, level)).or_default().insert(&other.value, is);
        }
    }
}

/// The levels of one framework with those of the other.
fn pairs(levels: &At<Named<Number>>, values: &mut Values) -> Vec<(Amount, Amount)> {
    if levels.value.is_empty() {
        let finding = Diagnostic::new(Code::EmptyList, levels.span, "no level is compared");
        values.add(finding.help("write each level and what it is there: `{ 5 = 4, 6 = 5 }`"));
    }
    let mut first: BTreeMap<Amount, Span> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (name, is) in &levels.value {
        let level = values.parse::<Amount>(&name.value, name.span, "compare");
        let is = values.amount(is, "compare");
        // `5` and `"5.0"` are two keys, and one level.
        if let Some(first) = level.and_then(|level| first.insert(level, name.span)) {
            values.add(named_twice(name, first, ONCE));
        }
        pairs.extend(level.zip(is));
    }
    pairs
}

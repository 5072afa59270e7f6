//! `[size.KIND]`: how large qualifications of a kind may be.

use std::collections::BTreeMap;

use crate::{
    Amount, At, Code, CredentialId, Diagnostic, Document, QualificationId,
    catalog::{
        Qualification, SizeBounds, SizeIx,
        build::value::Values,
        resolve::{Names, duplicate},
    },
    document::{RangeTable, SizeTable},
};

/// Builds the bounds, and gives each qualification those of its kind.
pub(super) fn link(
    documents: &[Document],
    declared: &[(At<QualificationId>, String, &Document)],
    qualifications: &mut [Qualification],
    names: &Names,
    values: &mut Values,
) -> Vec<SizeBounds> {
    let tables = documents.iter().flat_map(|document| &document.size).flat_map(|tables| &tables.value);
    let mut bounds: BTreeMap<&str, SizeBounds> = BTreeMap::new();
    for (kind, table) in tables {
        if let Some(first) = bounds.get(kind.value.as_str()) {
            let first = first.span;
            values.add(duplicate("size", &kind.value, kind.span, first));
            continue;
        }
        if values.id::<CredentialId>(kind).is_some() {
            bounds.insert(&kind.value, bounded(kind, table, names, values));
        }
    }
    for ((.., document), qualification) in declared.iter().zip(qualifications) {
        let Some(kind) = document.qualification.as_ref().and_then(|table| table.value.kind.as_ref()) else {
            continue;
        };
        qualification.kind = bounds.keys().position(|known| *known == kind.value).map(SizeIx::at);
        if qualification.kind.is_none() {
            let finding = names.guesses.unknown(kind, "size of a kind", bounds.keys().copied());
            let help = format!("say how large it may be, `[size.{}]`, or take `kind` out", kind.value);
            values.add(if bounds.is_empty() { finding.help(help) } else { finding });
        }
    }
    bounds.into_values().collect()
}

fn bounded(
    kind: &At<String>,
    At { value: table, span }: &At<SizeTable>,
    names: &Names,
    values: &mut Values,
) -> SizeBounds {
    values.write_in(table.scheme.as_ref(), None, names);
    let title = table.title.as_ref().map_or_else(|| kind.value.clone(), |title| title.value.clone());
    let credits = values.required(table.credits.as_ref(), *span, &table.present, "credits");
    let (least, most) = credits.map_or((None, None), |credits| range(credits, values));
    SizeBounds { kind: kind.value.clone(), title, least, most, span: kind.span }
}

fn range(range: &At<RangeTable>, values: &mut Values) -> (Option<Amount>, Option<Amount>) {
    let RangeTable { min, max, present } = &range.value;
    if present.lacks("min") && present.lacks("max") {
        let finding =
            Diagnostic::new(Code::MissingKey, range.span, "it says neither the least nor the most credits");
        values.add(finding.help("add `min = …` or `max = …`"));
    }
    let least = min.as_ref().and_then(|number| values.credits_asked(number, "credits"));
    let most = max.as_ref().and_then(|number| values.credits_asked(number, "credits"));
    if let (Some(least), Some(most)) = (least, most)
        && most < least
    {
        let message = format!("at least {least} and at most {most} credits are asked for");
        let finding = Diagnostic::new(Code::ContradictoryLimits, range.span, message);
        values.add(finding.help("lower the least, or raise the most"));
    }
    (least, most)
}

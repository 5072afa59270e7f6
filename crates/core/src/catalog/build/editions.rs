//! `[editions.CODE]`: which editions of a qualification may be chosen.

use std::collections::BTreeMap;

use crate::{
    At, Code, CredentialId, Diagnostic, Document, Span,
    catalog::{
        Choose, Editions, Qualification, QualificationIx,
        build::value::Values,
        resolve::{Names, duplicate},
    },
    diagnostic::{shorten, tick},
    document::EditionsTable,
};

pub(super) fn build(
    documents: &[Document],
    names: &Names,
    qualifications: &[Qualification],
    values: &mut Values,
) -> Vec<Editions> {
    let mut defined: BTreeMap<&str, Span> = BTreeMap::new();
    let mut all = Vec::new();
    for (code, table) in
        documents.iter().filter_map(|document| document.editions.as_ref()).flat_map(|t| &t.value)
    {
        if let Some(first) = defined.insert(&code.value, code.span) {
            values.add(duplicate("choice of editions", &code.value, code.span, first));
            continue;
        }
        all.extend(editions(code, table, names, qualifications, values));
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}

fn editions(
    code: &At<String>,
    At { value: table, span }: &At<EditionsTable>,
    names: &Names,
    qualifications: &[Qualification],
    values: &mut Values,
) -> Option<Editions> {
    let Some(known) = names.editions.get(&code.value) else {
        let message = format!("no qualification has the id {}", tick(&code.value));
        let help = "name the id without the edition: `[editions.ID]`";
        values.add(Diagnostic::new(Code::UnknownName, code.span, message).help(help));
        return None;
    };
    let choose = choose(table, *span, values);
    let last = table.last.as_ref().and_then(|last| values.whole(last, "last", 1));
    let teach_out = table.teach_out.as_ref().and_then(|period| values.period(period, "teach_out"));
    let entry = table.entry.as_ref().and_then(|key| values.id(key));
    let all = in_order(code, known, qualifications, values)?;
    let code: CredentialId = values.id(code)?;
    Some(Editions { code, all, choose: choose?, last, teach_out, entry, span: *span })
}

fn choose(table: &EditionsTable, span: Span, values: &mut Values) -> Option<Choose> {
    let written = values.required(table.choose.as_ref(), span, &table.present, "choose")?;
    let within = table.within.as_ref().and_then(|period| values.period(period, "within"));
    let words = [
        ("entry", Choose::Entry),
        ("later", Choose::Later(within)),
        ("credit", Choose::Credit),
        ("any", Choose::Any),
    ];
    let choose = values.word(written, "choose", &words)?;
    if let Some(within) = &table.within
        && !matches!(choose, Choose::Later(_))
    {
        let message = "`within` says how much later than entry an edition may be";
        let finding = Diagnostic::new(Code::ConflictingKeys, within.span, message);
        values.add(finding.help("write `choose = \"later\"`, or take `within` out"));
    }
    Some(choose)
}

/// The editions by the day from which each is in force; of each, that must be said.
fn in_order(
    code: &At<String>,
    known: &[QualificationIx],
    qualifications: &[Qualification],
    values: &mut Values,
) -> Option<Vec<QualificationIx>> {
    let mut dated = Vec::new();
    for &ix in known {
        // Where a qualification could not be built, that is a finding of its own.
        let qualification = qualifications.get(ix.index())?;
        let Some(day) = qualification.effective else {
            let message = format!("it is not said from when `{}` is in force", qualification.id);
            let finding = Diagnostic::new(Code::MissingKey, qualification.span, message);
            let help = format!(
                "add `effective = …`: the editions of `{}` are told apart by it",
                shorten(&code.value)
            );
            values.add(finding.also(code.span, "what may be chosen").help(help));
            return None;
        };
        dated.push((day, ix));
    }
    dated.sort_unstable();
    for pair in dated.windows(2) {
        if let [(one, first), (other, second)] = pair
            && one == other
        {
            let [first, second] = [first, second].map(|ix| &qualifications[ix.index()]);
            let message = format!("`{}` and `{}` are both in force from {one} on", first.id, second.id);
            let finding = Diagnostic::new(Code::ConflictingKeys, second.span, message);
            values.add(finding.also(first.span, "the other").help("correct one of the two days"));
        }
    }
    Some(dated.into_iter().map(|(_, ix)| ix).collect())
}

//! What the files define, by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    At, Code, Diagnostic, Document, QualificationId,
    catalog::{
        CredentialIx, QualificationIx,
        build::value::Values,
        resolve::{Names, duplicate},
    },
    diagnostic::tick,
    document::{CredentialTable, QualificationTable},
};

pub(super) struct Declared<'d> {
    pub(super) names: Names,
    /// In the order of their ids, which is that of their positions.
    pub(super) credentials: Vec<(&'d At<String>, &'d At<CredentialTable>)>,
    /// Full id, code, and the document that defines it, in the order of the ids.
    pub(super) qualifications: Vec<(At<QualificationId>, String, &'d Document)>,
}

/// Declares what the files define; `profiles` are written as qualifications, and `stand_ins` as
/// credentials that nobody can name.
pub(super) fn declare<'d>(
    documents: &'d [Document],
    profiles: &'d [Document],
    stand_ins: &'d [Document],
    values: &mut Values,
) -> Declared<'d> {
    let mut credentials: BTreeMap<&str, (&At<String>, &At<CredentialTable>)> = BTreeMap::new();
    let mut qualifications: BTreeMap<String, (At<QualificationId>, String, &Document)> = BTreeMap::new();
    for document in documents.iter().chain(profiles).chain(stand_ins) {
        for (id, table) in document.credential.iter().flat_map(|tables| &tables.value) {
            match credentials.get(id.value.as_str()) {
                Some((first, _)) => values.add(duplicate("credential", &id.value, id.span, first.span)),
                None => drop(credentials.insert(&id.value, (id, table))),
            }
        }
        match &document.qualification {
            Some(table) => declare_qualification(table, document, &mut qualifications, values),
            None => orphans(document, values),
        }
    }
    clash_of_kinds(&credentials, &qualifications, values);

    let mut names = Names::default();
    let stand_ins = stand_ins.iter().flat_map(|document| &document.credential);
    let stand_ins: BTreeSet<&str> = stand_ins.flat_map(|all| &all.value).map(|(id, _)| &*id.value).collect();
    for (position, id) in credentials.keys().enumerate() {
        let named = if stand_ins.contains(id) { &mut names.stand_ins } else { &mut names.credentials };
        named.insert((*id).to_owned(), CredentialIx::at(position));
    }
    for (position, (id, (checked, code, _))) in qualifications.iter().enumerate() {
        names.ids.push(checked.value.clone());
        names.qualifications.insert(id.clone(), QualificationIx::at(position));
        names.editions.entry(code.clone()).or_default().push(QualificationIx::at(position));
    }
    Declared {
        names,
        credentials: credentials.into_values().collect(),
        qualifications: qualifications.into_values().collect(),
    }
}

fn declare_qualification<'d>(
    table: &At<QualificationTable>,
    document: &'d Document,
    declared: &mut BTreeMap<String, (At<QualificationId>, String, &'d Document)>,
    values: &mut Values,
) {
    let Some(code) = &table.value.id else {
        return values.missing(
            table.span,
            &table.value.present,
            "id",
            "a qualification needs an id: `id = \"…\"`",
        );
    };
    let full = match &table.value.edition {
        Some(edition) => format!("{}@{}", code.value, edition.value),
        None => code.value.clone(),
    };
    if code.value.contains('@') {
        let message = "the edition is not part of the id";
        let help = "write it in a key of its own: `edition = \"…\"`";
        return values.add(Diagnostic::new(Code::InvalidId, code.span, message).help(help));
    }
    let Some(id) = values.id::<QualificationId>(&At { value: full.clone(), span: code.span }) else { return };
    match declared.get(&full) {
        Some((first, ..)) => values.add(duplicate("qualification", &full, code.span, first.span)),
        None => {
            drop(declared.insert(full, (At { value: id, span: code.span }, code.value.clone(), document)))
        }
    }
}

/// Requirements, pools and what an award does belong to the qualification of their file.
fn orphans(document: &Document, values: &mut Values) {
    if document.present.contains("qualification") {
        return;
    }
    let parts = [
        ("table `on_award`", document.on_award.as_ref().map(|table| table.span)),
        ("requirement", document.requirement.as_ref().and_then(|tables| Some(tables.value.first()?.0.span))),
        ("outcome", document.outcome.as_ref().and_then(|tables| Some(tables.value.first()?.span))),
        ("pool", document.pool.as_ref().and_then(|tables| Some(tables.value.first()?.0.span))),
    ];
    for (what, span) in parts {
        if let Some(span) = span {
            let message = format!("a {what} belongs to a qualification, and this file defines none");
            let finding = Diagnostic::new(Code::MissingKey, span, message);
            values.add(
                finding.help("add a `[qualification]` table to the file, or move it to one that has it"),
            );
        }
    }
}

fn clash_of_kinds(
    credentials: &BTreeMap<&str, (&At<String>, &At<CredentialTable>)>,
    qualifications: &BTreeMap<String, (At<QualificationId>, String, &Document)>,
    values: &mut Values,
) {
    for (id, code, _) in qualifications.values() {
        for name in [id.value.as_str(), code.as_str()] {
            if let Some((credential, _)) = credentials.get(name) {
                let message = format!("{} is the id of a credential and of a qualification", tick(name));
                values.add(
                    Diagnostic::new(Code::DuplicateId, id.span, message)
                        .note("the qualification")
                        .also(credential.span, "the credential")
                        .help("give one of them another id: a name must say which is meant"),
                );
                break;
            }
        }
    }
}

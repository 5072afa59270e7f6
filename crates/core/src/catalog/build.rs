//! Documents to catalog: declare the names, read the values, link, look for circles.

use std::collections::BTreeMap;

use crate::{
    At, Catalog, Code, Diagnostic, Document, QualificationId, Severity, Span,
    catalog::{
        CredentialIx, Exclusion, Issuer, QualificationIx, check, graph,
        resolve::{Names, duplicate},
    },
    document::{CredentialTable, QualificationTable},
};

mod credential;

mod qualification;

mod requirement;
pub(crate) use requirement::earned;

mod value;
use value::Values;

/// Links documents into a catalog. There is none if a finding is an error.
#[must_use]
pub fn build(documents: &[Document]) -> (Option<Catalog>, Vec<Diagnostic>) {
    let mut values = Values::default();
    let declared = declare(documents, &mut values);
    let names = &declared.names;

    let mut credentials: Vec<_> = declared
        .credentials
        .iter()
        .map(|(id, table)| credential::build(id, table, names, &mut values))
        .collect();
    link_equivalences(documents, names, &mut credentials, &mut values);
    let exclusions = exclusions(documents, names, &mut values);
    let issuers = issuers(documents, &mut values);

    let qualifications: Vec<_> = declared
        .qualifications
        .iter()
        .map(|(id, code, document)| qualification::build(id, code, document, names, &mut values))
        .collect();
    let sound = !values.has_errors();
    let mut findings = values.into_findings();
    // A document with errors is linked only in part: what rests on the links would accuse the innocent.
    if !sound {
        return (None, findings);
    }
    let graph = match graph::Graph::new(&credentials, &qualifications) {
        Ok(graph) => graph,
        Err(cycle) => {
            findings.push(check::cycle::finding(&cycle, &credentials, &qualifications));
            return (None, findings);
        }
    };
    let catalog = Catalog { credentials, qualifications, exclusions, issuers, graph };
    check::all(&catalog, &mut findings);
    let usable = findings.iter().all(|finding| finding.code.severity() == Severity::Warning);
    (usable.then_some(catalog), findings)
}

struct Declared<'d> {
    names: Names,
    /// In the order of their ids, which is that of their positions.
    credentials: Vec<(&'d At<String>, &'d At<CredentialTable>)>,
    /// Full id, code, and the document that defines it, in the order of the ids.
    qualifications: Vec<(At<QualificationId>, String, &'d Document)>,
}

fn declare<'d>(documents: &'d [Document], values: &mut Values) -> Declared<'d> {
    let mut credentials: BTreeMap<&str, (&At<String>, &At<CredentialTable>)> = BTreeMap::new();
    let mut qualifications: BTreeMap<String, (At<QualificationId>, String, &Document)> = BTreeMap::new();
    for document in documents {
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
    for (position, id) in credentials.keys().enumerate() {
        names.credentials.insert((*id).to_owned(), CredentialIx::at(position));
    }
    for (position, (id, (_, code, _))) in qualifications.iter().enumerate() {
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

/// Requirements, pools and policies belong to the qualification of their file.
fn orphans(document: &Document, values: &mut Values) {
    if document.present.contains(&"qualification") {
        return;
    }
    let first = |tables: Option<Span>| tables;
    let parts = [
        ("requirement", first(document.requirement.as_ref().map(|tables| tables.span))),
        ("pool", first(document.pool.as_ref().map(|tables| tables.span))),
        ("sharing", first(document.sharing.as_ref().map(|tables| tables.span))),
    ];
    for (key, span) in parts {
        if let Some(span) = span {
            let message = format!("a `{key}` belongs to a qualification, and this file defines none");
            values.add(
                Diagnostic::new(Code::MissingKey, span, message)
                    .help("add a `[qualification]` table to the file"),
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
                values.add(duplicate("credential or qualification", name, id.span, credential.span));
                break;
            }
        }
    }
}

fn link_equivalences(
    documents: &[Document],
    names: &Names,
    credentials: &mut [crate::catalog::Credential],
    values: &mut Values,
) {
    for table in
        documents.iter().filter_map(|document| document.equivalence.as_ref()).flat_map(|tables| &tables.value)
    {
        let present = &table.value.present;
        let from = values.required(table.value.from.as_ref(), table.span, present, "from");
        let to = values.required(table.value.to.as_ref(), table.span, present, "to");
        let (Some(from), Some(to)) = (from, to) else { continue };
        let (Some(from_ix), Some(to_ix)) =
            (values.take(names.credential(from)), values.take(names.credential(to)))
        else {
            continue;
        };
        if from_ix == to_ix {
            let message = format!("`{}` is said to count as itself", from.value);
            values.add(
                Diagnostic::new(Code::ConflictingKeys, to.span, message).help("take the equivalence out"),
            );
        } else if let Some(credential) = credentials.get_mut(from_ix.index()) {
            credential.counts_as.push(to_ix);
        }
    }
    for credential in credentials {
        credential.counts_as.sort_unstable();
        credential.counts_as.dedup();
    }
}

fn exclusions(documents: &[Document], names: &Names, values: &mut Values) -> Vec<Exclusion> {
    let mut exclusions = Vec::new();
    for table in
        documents.iter().filter_map(|document| document.exclusion.as_ref()).flat_map(|tables| &tables.value)
    {
        let present = &table.value.present;
        let Some(between) =
            values.required_list(table.value.between.as_ref(), table.span, present, "between")
        else {
            continue;
        };
        let mut members = values.names(between, |name| names.credential(name));
        if members.len() == 1 && between.value.len() == 1 {
            let message = "an exclusion is between two credentials or more";
            values.add(Diagnostic::new(Code::EmptyList, between.span, message));
        }
        members.sort_unstable();
        exclusions.push(Exclusion { between: members, span: table.span });
    }
    exclusions.sort_by(|a, b| a.between.cmp(&b.between));
    exclusions
}

fn issuers(documents: &[Document], values: &mut Values) -> Vec<Issuer> {
    let mut issuers: BTreeMap<&str, (Span, Issuer)> = BTreeMap::new();
    for (id, table) in
        documents.iter().filter_map(|document| document.issuer.as_ref()).flat_map(|tables| &tables.value)
    {
        if let Some((first, _)) = issuers.get(id.value.as_str()) {
            values.add(duplicate("issuer", &id.value, id.span, *first));
            continue;
        }
        let Some(checked) = values.id(id) else { continue };
        let title = table.value.title.as_ref().map_or_else(|| id.value.clone(), |title| title.value.clone());
        let url = table.value.url.as_ref().map(|url| url.value.clone());
        issuers.insert(&id.value, (id.span, Issuer { id: checked, title, url }));
    }
    issuers.into_values().map(|(_, issuer)| issuer).collect()
}

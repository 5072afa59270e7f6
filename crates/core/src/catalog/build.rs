//! Documents to catalog: declare the names, read the values, link, look for circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Catalog, Code, Diagnostic, Document, Severity, Span,
    catalog::{
        Exclusion, Issuer, Qualification, QualificationIx, check, graph,
        resolve::{Names, duplicate},
    },
    document::{as_qualifications, stand_ins},
};

mod value;
use value::{ONE_HOLDING, Values};

mod editions;

mod declare;
use declare::declare;

mod scheme;

mod credential;

mod equivalence;

mod framework;

mod qualification;

mod size;

mod pool;

mod requirement;
pub(crate) use requirement::earned;

mod limit;

mod sharing;
pub(super) use sharing::ban;

mod gauge;

mod spread;

mod skill;

mod test;

/// Links documents into a catalog. There is none if a finding is an error.
#[must_use]
pub fn build(documents: &[Document]) -> (Option<Catalog>, Vec<Diagnostic>) {
    let profiles: Vec<Document> = as_qualifications(documents);
    let stand_ins: Vec<Document> = documents.iter().map(stand_ins).collect();
    let mut values = Values::default();
    let declared = declare(documents, &profiles, &stand_ins, &mut values);
    let names = &declared.names;

    values.schemes = scheme::build(documents, &mut values);
    let mut credentials: Vec<_> = declared
        .credentials
        .iter()
        .map(|(id, table)| credential::build(id, table, names, &mut values))
        .collect();
    framework::compare(documents, &mut credentials, &mut values);
    equivalence::link(documents, names, &mut credentials, &mut values);
    let exclusions = exclusions(documents, names, &mut values);
    let issuers = issuers(documents, &mut values);
    let skills = skill::build(documents, names, &mut values);

    let mut qualifications: Vec<_> = declared
        .qualifications
        .iter()
        .map(|(id, code, document)| qualification::build(id, code, document, names, &mut values))
        .collect();
    let sizes = size::link(documents, &declared.qualifications, &mut qualifications, names, &mut values);
    let of_profiles: BTreeSet<&str> = profiles.iter().filter_map(Document::qualification_id).collect();
    for one in &mut qualifications {
        one.is_profile = of_profiles.contains(one.id.as_str());
    }
    pool::open(&qualifications, &mut credentials);
    let policies = sharing::build(documents, &qualifications, names, &mut values);
    let editions = editions::build(documents, names, &qualifications, &mut values);
    let tests = test::build(documents, names, &qualifications, &mut values);
    let sound = !values.has_errors();
    let schemes = std::mem::take(&mut values.schemes);
    let mut findings = values.into_findings();
    check::written(documents, &mut findings);
    // A document with errors is linked only in part: what rests on the links would accuse the innocent.
    if !sound {
        return (None, findings);
    }
    qualifications.iter_mut().for_each(|one| spread::spread(one, &credentials, &mut findings));
    if let Some(finding) =
        check::size::too_wide(&qualifications, credentials.iter().map(|one| one.times as usize).sum())
    {
        findings.push(finding);
        return (None, findings);
    }
    let graph = match graph::Graph::new(&credentials, &qualifications) {
        Ok(graph) => graph,
        Err(cycle) => {
            findings.push(check::cycle::finding(&cycle, &credentials, &qualifications));
            return (None, findings);
        }
    };
    let mut catalog = Catalog {
        described: credentials.len(),
        credentials,
        qualifications,
        exclusions,
        policies,
        issuers,
        schemes,
        editions,
        sizes,
        skills,
        tests,
        graph,
    };
    sharing::ban(&mut catalog);
    check::linked(&catalog, documents, &mut findings);
    let usable = findings.iter().all(|finding| finding.code.severity() == Severity::Warning);
    (usable.then_some(catalog), findings)
}

/// The qualification that a file defines, if it could be built.
fn defined_in(document: &Document, qualifications: &[Qualification]) -> Option<QualificationIx> {
    let table = document.qualification.as_ref()?;
    qualifications.iter().position(|one| one.span == table.span).map(QualificationIx::at)
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
        let mut members = values.names(between, ONE_HOLDING, |name| names.credential(name));
        if members.len() == 1 && between.value.len() == 1 {
            let message = "an exclusion is between two credentials or more";
            let finding = Diagnostic::new(Code::EmptyList, between.span, message);
            values.add(finding.help("name another, or take the exclusion out"));
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

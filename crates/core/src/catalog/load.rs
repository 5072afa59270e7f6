//! From files to a catalog, with all findings of all files.

use std::collections::BTreeMap;

use crate::{
    Catalog, Code, Diagnostic, Severity, SourceFile,
    catalog::{build, check},
    document,
};

/// What came of loading rule files.
#[derive(Debug)]
pub struct Loading {
    /// The catalog, unless a finding is an error.
    pub catalog: Option<Catalog>,
    /// All findings of all files, ordered by file and place.
    pub findings: Vec<Diagnostic>,
}

/// Reads rule files and builds their catalog, with all findings of all files.
#[must_use]
pub fn load(files: &[SourceFile]) -> Loading {
    if let Some(finding) = check::size::too_large(files) {
        return Loading { catalog: None, findings: vec![finding] };
    }
    let mut findings = Vec::new();
    let mut documents = Vec::with_capacity(files.len());
    for (number, file) in in_order(files) {
        let reading = document::read(number, file);
        findings.extend(reading.findings);
        documents.push(reading.document);
    }
    let unreadable =
        findings.iter().any(|finding| matches!(finding.code, Code::Syntax | Code::Format | Code::TooLarge));
    let (mut catalog, mut more) = build(&documents);
    // What could not be read is not missing; only its own fault is reported.
    if unreadable {
        more.retain(|finding| finding.code != Code::UnknownName);
    }
    if findings.iter().any(|finding| finding.code.severity() == Severity::Error) {
        more.retain(|finding| !accuses_of_absence(finding.code));
    }
    findings.extend(more);
    if let Some(catalog) = &mut catalog {
        locate(catalog, files);
    }
    sort(&mut findings, files);
    if findings.iter().any(|finding| finding.code.severity() == Severity::Error) {
        catalog = None;
    }
    Loading { catalog, findings }
}

/// The files by name, each with its number: what is called the first of two must not depend on
/// the order in which files were given.
fn in_order(files: &[SourceFile]) -> Vec<(u32, &SourceFile)> {
    let mut numbered: Vec<_> = (0..).zip(files).collect();
    numbered.sort_by_key(|(_, file)| (&file.path, &file.text));
    numbered
}

/// Says of each policy the file and the line, for people.
fn locate(catalog: &mut Catalog, files: &[SourceFile]) {
    let mut lines: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for policy in &mut catalog.policies {
        let Some(file) = files.get(policy.span.file as usize) else { continue };
        let ends = lines
            .entry(policy.span.file)
            .or_insert_with(|| file.text.match_indices('\n').map(|(at, _)| at).collect());
        let before = ends.partition_point(|&end| end < policy.span.start as usize);
        policy.place = format!("{}:{}", file.path, before + 1);
    }
}

/// Whether a finding accuses somebody because something else was found nowhere.
fn accuses_of_absence(code: Code) -> bool {
    matches!(
        code,
        Code::NoRules
            | Code::UnknownAttribute
            | Code::UnknownValue
            | Code::LookAlikeIssuer
            | Code::ImpossibleCount
            | Code::UnusedRequirement
            | Code::UnusedPool
            | Code::NothingCounted
            | Code::UnrelatedSharing
    )
}

/// Orders findings by the name of the file and the place, so that the order of files cannot matter.
fn sort(findings: &mut [Diagnostic], files: &[SourceFile]) {
    findings.sort_by_cached_key(|finding| {
        let place = finding.labels.first().map(|label| label.span);
        let path = place.and_then(|span| files.get(span.file as usize)).map(|file| file.path.clone());
        (path, place.map(|span| span.start), finding.code, finding.message.clone())
    });
}

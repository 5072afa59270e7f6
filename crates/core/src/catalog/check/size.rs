//! `too-large`: files that together are larger than a catalog may be.

use crate::{
    Code, Diagnostic, SourceFile,
    catalog::{Qualification, Rule},
    document::CATALOG_BYTES_MAX,
};

/// The most pairs of a requirement and a credential that might be counted toward it.
///
/// Each may become an edge of the graph and a variable of an audit.
const PAIRS_MAX: usize = 12_000_000;

/// A finding about requirements over pools that are together too wide.
pub(crate) fn too_wide(qualifications: &[Qualification], credentials: usize) -> Option<Diagnostic> {
    let width = |rule: &Rule| match rule {
        Rule::Take(take) if take.filter.credential.is_some() => 1,
        Rule::Take(_) => credentials,
        _ => 0,
    };
    let requirements = qualifications.iter().flat_map(|qualification| &qualification.requirements);
    let pairs: usize = requirements.map(|requirement| width(&requirement.rule)).sum();
    (pairs > PAIRS_MAX).then(|| {
        let message = format!(
            "the requirements look at {pairs} credentials together; a catalog may have {PAIRS_MAX} such pairs"
        );
        let help = "split the folder into catalogs of their own";
        Diagnostic { code: Code::TooLarge, message, labels: Vec::new(), help: Some(help.to_owned()) }
    })
}

pub(crate) fn too_large(files: &[SourceFile]) -> Option<Diagnostic> {
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    (bytes > CATALOG_BYTES_MAX).then(|| {
        let message =
            format!("the rule files have {bytes} bytes together; a catalog has at most {CATALOG_BYTES_MAX}");
        let help = "split the folder into catalogs of their own";
        Diagnostic { code: Code::TooLarge, message, labels: Vec::new(), help: Some(help.to_owned()) }
    })
}

//! `too-large`: files that together are larger than a catalog may be.

use crate::{
    Code, Diagnostic, SourceFile,
    catalog::{Limit, Qualification, Rule, Tally},
    document::CATALOG_BYTES_MAX,
};

/// The most pairs of a requirement and a credential that might be counted toward it.
///
/// Each may become an edge of the graph and a variable of an audit.
const PAIRS_MAX: usize = 12_000_000;

/// A finding about requirements over pools that are together too wide.
pub(crate) fn too_wide(qualifications: &[Qualification], credentials: usize) -> Option<Diagnostic> {
    let pairs: usize = qualifications.iter().map(|one| pairs(one, credentials)).sum();
    (pairs > PAIRS_MAX).then(|| {
        let message = format!(
            "the requirements look at {pairs} credentials together; a catalog may have {PAIRS_MAX} such pairs"
        );
        let help = "split the folder into catalogs of their own";
        Diagnostic { code: Code::TooLarge, message, labels: Vec::new(), help: Some(help.to_owned()) }
    })
}

fn pairs(qualification: &Qualification, credentials: usize) -> usize {
    let width = |rule: &Rule| match rule {
        Rule::Take(take) if take.filter.credential.is_some() => 1,
        Rule::Take(_) => credentials,
        _ => 0,
    };
    let pairs: usize = qualification.requirements.iter().map(|requirement| width(&requirement.rule)).sum();
    pairs.saturating_mul(factor(qualification))
}

/// The largest number by which an audit multiplies what is counted: a row of its problem has to fit
/// in 64 bits.
fn factor(qualification: &Qualification) -> usize {
    let takes = qualification.requirements.iter().filter_map(|requirement| match &requirement.rule {
        Rule::Take(take) => Some(take.floors.iter().chain(&take.caps)),
        _ => None,
    });
    let factor = |limit: &Limit| match (&limit.tally, limit.share_of_counted()) {
        // Weights are bounded by a ten thousandth of what an amount may be, and grades by a million
        // thousandths.
        (Tally::Average { .. }, _) => 200,
        (_, Some(share)) => usize::try_from(2 * share.denominator()).unwrap_or(usize::MAX),
        (_, None) => 1,
    };
    takes.flatten().chain(&qualification.limits).map(factor).max().unwrap_or(1)
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

//! `conflicting-keys`: a limit on the last of something that can be looked away from, or of which parts
//! may count.

use crate::{
    Catalog, Code, Diagnostic, Span,
    catalog::{Limit, Rule, Sight, Take},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        let takes: Vec<&Take> = qualification
            .requirements
            .iter()
            .filter_map(|requirement| match &requirement.rule {
                Rule::Take(take) => Some(take),
                _ => None,
            })
            .collect();
        for take in &takes {
            for limit in on_the_last(take.floors.iter().chain(&take.caps)) {
                if take.sight != Sight::Taking {
                    let message = "`last` is of what counts, and this requirement only looks";
                    findings.push(conflict(limit.span, message, "take `last` out, or `over`"));
                } else if take.counts_parts() {
                    findings.push(of_parts(limit.span));
                }
            }
        }
        if takes.iter().any(|take| take.counts_parts()) {
            findings.extend(on_the_last(qualification.limits.iter()).map(|limit| of_parts(limit.span)));
        }
    }
}

fn on_the_last<'l>(limits: impl Iterator<Item = &'l Limit>) -> impl Iterator<Item = &'l Limit> {
    limits.filter(|limit| limit.last.is_some())
}

fn of_parts(span: Span) -> Diagnostic {
    let message = "`last` adds up whole units, and less than all of a unit's credits may count here";
    conflict(span, message, "take `last` out, or `larger_than_room` and `splittable`")
}

fn conflict(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::ConflictingKeys, span, message).help(help)
}

//! `idle-list`: `requires = []` says nothing; perhaps somebody meant to fill it in.

use crate::{At, Code, Diagnostic, Document};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    for (_, credential) in document.credentials() {
        let table = &credential.value;
        look("requires", table.requires.as_ref(), findings);
        look("renewed_by", table.renewed_by.as_ref(), findings);
        look("subject", table.subject.as_ref(), findings);
        look("tags", table.tags.as_ref(), findings);
    }
    for (_, pool) in document.pool.iter().flat_map(|tables| &tables.value) {
        look("not_in", pool.value.not_in.as_ref(), findings);
    }
    for (_, requirement) in document.requirement.iter().flat_map(|tables| &tables.value) {
        look("limits", requirement.value.limits.as_ref(), findings);
    }
    if let Some(qualification) = &document.qualification {
        look("limits", qualification.value.limits.as_ref(), findings);
        look("source", qualification.value.source.as_ref(), findings);
    }
}

fn look<T>(key: &str, list: Option<&At<Vec<T>>>, findings: &mut Vec<Diagnostic>) {
    if let Some(list) = list.filter(|list| list.value.is_empty()) {
        let message = format!("`{key} = []` says nothing");
        let help = "name what is meant, or take the key out";
        findings.push(Diagnostic::new(Code::IdleList, list.span, message).help(help));
    }
}

//! `no-rules`: files that define nothing are hardly the ones that were meant.

use crate::{Code, Diagnostic, Document};

pub(super) fn check(documents: &[Document], findings: &mut Vec<Diagnostic>) {
    let defines = |document: &Document| {
        document.present.has_unknown() || document.present.iter().any(|key| key != "format")
    };
    if !documents.iter().any(defines) {
        findings.push(Diagnostic {
            code: Code::NoRules,
            message: "no rule file defines a qualification or a credential".to_owned(),
            labels: Vec::new(),
            help: Some("write `[qualification]` or `[credential.ID]`, or name another folder".to_owned()),
        });
    }
}

//! `idle-renewal`: what never expires is not renewed, and nothing is renewed by itself.

use crate::{At, Code, Diagnostic, Document, diagnostic::tick, document::CredentialTable};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    for (id, credential) in document.credentials() {
        findings.extend(without_period(id, &credential.value));
        findings.extend(by_itself(id, &credential.value));
    }
}

fn without_period(id: &At<String>, table: &CredentialTable) -> Option<Diagnostic> {
    let renewals = table.renewed_by.as_ref().filter(|list| !list.value.is_empty())?;
    table.present.lacks("valid").then(|| {
        let message = format!("{} is valid for ever, so `renewed_by` renews nothing", tick(&id.value));
        let help = "say how long it is valid, `valid = \"3 years\"`, or take `renewed_by` out";
        Diagnostic::new(Code::IdleRenewal, renewals.span, message).help(help)
    })
}

fn by_itself(id: &At<String>, table: &CredentialTable) -> Option<Diagnostic> {
    let renewals = table.renewed_by.as_ref()?;
    let own = renewals.value.iter().find(|name| name.value == id.value)?;
    let message = format!("{} is said to be renewed by itself", tick(&id.value));
    let help = "take it out of `renewed_by`: earned again, it is a new holding with its own expiry";
    Some(Diagnostic::new(Code::IdleRenewal, own.span, message).help(help))
}

//! `retired-too-early`: an edition that ends before it begins is in force on no day.

use crate::{Code, Diagnostic, Document};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    let Some(table) = document.qualification.as_ref().map(|table| &table.value) else { return };
    let (Some(effective), Some(retired)) = (&table.effective, &table.retired) else { return };
    let (Some(first), Some(end)) = (effective.value.day(), retired.value.day()) else { return };
    if end <= first {
        let message = format!("the edition is retired on {end}, and effective only from {first}");
        findings.push(
            Diagnostic::new(Code::RetiredTooEarly, retired.span, message)
                .note("retired")
                .also(effective.span, "effective")
                .help("exchange the two days, or correct one"),
        );
    }
}

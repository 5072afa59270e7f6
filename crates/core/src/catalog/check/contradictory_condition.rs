//! `contradictory-condition`: no number is at least 5 and at most 3.

use crate::{Amount, Code, Diagnostic, Document, diagnostic::tick};

pub(super) fn check(document: &Document, findings: &mut Vec<Diagnostic>) {
    for (attribute, test) in document.conditions() {
        let (Some(min), Some(max)) = (&test.min, &test.max) else { continue };
        let (Ok(least), Ok(most)) = (min.value.literal.parse::<Amount>(), max.value.literal.parse()) else {
            continue;
        };
        if least > most {
            let name = tick(&attribute.value);
            let message = format!("no {name} is at least {least} and at most {most}");
            findings.push(
                Diagnostic::new(Code::ContradictoryCondition, min.span, message)
                    .note("the least")
                    .also(max.span, "the most")
                    .help("exchange the two numbers, or take one out"),
            );
        }
    }
}

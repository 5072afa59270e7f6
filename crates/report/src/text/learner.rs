//! A learner's record as text.

use std::fmt::Write as _;

use crate::{
    report::{AttestationView, HoldingView, LearnerReport},
    text::{DIM, heading, styled},
    words::plain,
};

/// The record, a line for each holding and attestation.
#[must_use]
pub fn learner(report: &LearnerReport) -> String {
    let name = plain(report.name.as_deref().unwrap_or(&report.id));
    let mut text = format!("{}\n", heading(&crate::words::named(&name, &report.id)));
    let _ = writeln!(text, "\n{}", heading("Holdings"));
    if report.holdings.is_empty() {
        text.push_str("  none\n");
    }
    for holding in &report.holdings {
        text.push_str(&holding_line(holding));
    }
    if !report.attestations.is_empty() {
        let _ = writeln!(text, "\n{}", heading("Attestations"));
    }
    for attestation in &report.attestations {
        text.push_str(&attestation_line(attestation));
    }
    text
}

fn holding_line(holding: &HoldingView) -> String {
    let named =
        crate::words::named(holding.title.as_deref().unwrap_or(&holding.credential), &holding.credential);
    let facts = [
        holding.expires.as_ref().map(|day| format!("to {day}")),
        holding.grade.as_ref().map(|grade| format!("grade {grade}")),
        holding.credits_shown.clone(),
        holding.issuer.clone(),
        (holding.source != "earned").then(|| holding.source.to_owned()),
        (holding.state != "earned").then(|| holding.state.to_owned()),
        holding.evidence.as_ref().map(|evidence| format!("evidence {evidence}")),
        earned_by(holding),
        holding.standing.clone(),
    ];
    let own = holding.attributes.iter().map(|(name, values)| format!("{name} {}", values.join(", ")));
    let facts: Vec<_> = facts.into_iter().flatten().chain(own).collect();
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!("  {}", styled(DIM, &plain(&facts.join(", "))))
    };
    format!(
        "  {:>3}. {:<10}  {named}{facts}\n",
        holding.number,
        holding.awarded.as_deref().unwrap_or("no day")
    )
}

/// What earned an award, if that is recorded.
fn earned_by(holding: &HoldingView) -> Option<String> {
    let named = |(id, &times): (&String, &u32)| match times {
        1 => id.clone(),
        times => format!("{id} ({times} times)"),
    };
    let names: Vec<_> = holding.components.iter().map(named).collect();
    (!names.is_empty()).then(|| format!("earned by {}", names.join(", ")))
}

fn attestation_line(attestation: &AttestationView) -> String {
    let evidence =
        attestation.evidence.as_ref().map(|evidence| format!("  evidence {evidence}")).unwrap_or_default();
    let day = attestation.on.as_deref().unwrap_or("no day");
    format!("  {day:<10}  {} {}{}\n", attestation.key, attestation.amount, styled(DIM, &plain(&evidence)))
}

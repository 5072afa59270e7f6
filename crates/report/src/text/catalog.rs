//! A catalog as text: lists, and rules as sentences.

use std::fmt::Write as _;

use crate::{
    report::{CatalogReport, CredentialView, QualificationView},
    text::{DIM, heading, styled},
    words::{list, named},
};

/// What a catalog defines.
#[must_use]
pub fn catalog(report: &CatalogReport) -> String {
    let mut text = format!("{}\n", heading("Qualifications"));
    for qualification in &report.qualifications {
        let _ = writeln!(text, "  {}", named(&qualification.title, &qualification.id));
    }
    let _ = writeln!(text, "\n{}", heading("Credentials"));
    for credential in &report.credentials {
        let _ = writeln!(text, "  {}", named(&credential.title, &credential.id));
    }
    text
}

/// The rules of a qualification in sentences.
#[must_use]
pub fn qualification(view: &QualificationView) -> String {
    let mut text = format!("{}\n", heading(&named(&view.title, &view.id)));
    let facts = [
        view.issuer.as_ref().map(|issuer| format!("awarded by {issuer}")),
        (!view.level.is_empty()).then(|| view.level.join(", ")),
        Some(format!("what remains is counted in {}", crate::words::measure_word(view.measure))),
        view.effective.as_ref().map(|day| format!("these rules from {day}")),
        view.retired.as_ref().map(|day| format!("no longer awarded from {day}")),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = writeln!(text, "{}", styled(DIM, &facts.join(" · ")));
    }
    text.push('\n');
    for rule in &view.rules {
        let indent = "  ".repeat(rule.depth);
        let line = if rule.depth == 0 {
            format!("It asks for {}", rule.rule)
        } else {
            labelled(&rule.title, &rule.rule)
        };
        let _ = writeln!(text, "{indent}{line}.");
    }
    for term in &view.terms {
        let _ = writeln!(text, "{term}.");
    }
    for limit in &view.limits {
        let _ = writeln!(text, "Of everything that is counted, {limit}.");
    }
    if view.on_award.is_some() {
        let _ = writeln!(text, "{}.", crate::words::consumes());
    }
    if !view.outcomes.is_empty() {
        let _ = writeln!(text, "\n{}", heading("Outcomes"));
    }
    for rule in &view.outcomes {
        let _ = writeln!(text, "{}{}.", "  ".repeat(rule.depth), labelled(&rule.title, &rule.rule));
    }
    if !view.sharing.is_empty() {
        let _ = writeln!(text, "\n{}", heading("Sharing"));
    }
    for policy in &view.sharing {
        let name = policy.title.as_ref().or(policy.id.as_ref());
        let name = name.map(|name| format!("“{name}”: ")).unwrap_or_default();
        let _ = writeln!(text, "  {name}{}. {}", policy.text, styled(DIM, &policy.place));
    }
    if !view.pools.is_empty() {
        let _ = writeln!(text, "\n{}", heading("Pools"));
    }
    for pool in &view.pools {
        let _ = writeln!(text, "  “{}” is {}.", pool.id, pool.text);
    }
    let facts = [
        ("No completion can do without", &view.unavoidable),
        ("It rests on", &view.rests_on),
        ("It leads to", &view.leads_to),
        ("Source:", &view.sources),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    if !facts.is_empty() {
        text.push('\n');
    }
    for (word, names) in facts {
        let _ = writeln!(text, "{word} {}", list(names, "and"));
    }
    text
}

/// A requirement and what it asks for; a credential that is named in a list is its own label.
fn labelled(title: &str, rule: &str) -> String {
    if rule.starts_with(title) { rule.to_owned() } else { format!("{title}: {rule}") }
}

/// One credential.
#[must_use]
pub fn credential(view: &CredentialView) -> String {
    let mut text = format!("{}\n\n", heading(&named(&view.title, &view.id)));
    if !view.attributes.is_empty() {
        let _ = writeln!(text, "It has {}.", list(&view.attributes, "and"));
    }
    if view.credits != "0" {
        let _ = writeln!(text, "It has {}.", view.credits_shown);
    }
    if let Some(valid) = &view.valid {
        let _ = writeln!(text, "It is valid for {valid}.");
    }
    if let Some(times) = view.repeatable {
        let _ = writeln!(text, "It may count {times} times.");
    }
    if !view.renewed_by.is_empty() {
        let by = list(&view.renewed_by, "or");
        if view.renewal.is_empty() {
            let _ = writeln!(text, "Earned in time, {by} renews it.");
        } else {
            let _ = writeln!(text, "{by} renews it{}.", view.renewal);
        }
    }
    if let Some(period) = &view.valid_after_retirement {
        let _ = writeln!(text, "Without another end, it is valid for {period} after its retirement.");
    }
    for prerequisite in &view.requires {
        let _ = writeln!(text, "It requires {prerequisite}.");
    }
    if !view.counts_as.is_empty() {
        let _ = writeln!(text, "It may count as {}.", list(&view.counts_as, "or"));
    }
    if let Some(only) = &view.only_toward {
        let _ = writeln!(text, "It counts only toward {}.", list(only, "and"));
    }
    let leads_to =
        if view.leads_to.is_empty() { "no qualification".to_owned() } else { list(&view.leads_to, "and") };
    let _ = writeln!(text, "It leads to {leads_to}.");
    text
}

//! The one helper: rules and a record in, a compact text out.

use std::fmt::Write as _;

use cairn_core::{Amount, Attestation, Catalog, Holding, Learner, Measure, Scalar, Scenario, Source, State};
use cairn_engine::{Audit, Question, Reason, audit};
use cairn_report::AuditReport;
use cairn_testkit::{random::AS_OF, text::files};

/// Audits the first qualification of the rules. Files are divided by a line `---`.
pub(crate) fn audit_text(rules: &str, record: &str) -> String {
    audit_in(Scenario::Earned, rules, record)
}

/// The same, of rules of which there is something to say.
pub(crate) fn audit_warned(rules: &str, record: &str) -> String {
    audit_of(&warned(rules), Scenario::Earned, record)
}

pub(crate) fn audit_in(scenario: Scenario, rules: &str, record: &str) -> String {
    audit_of(&catalog(rules), scenario, record)
}

fn audit_of(catalog: &Catalog, scenario: Scenario, record: &str) -> String {
    let learner = learner(record);
    let catalog = &*catalog.beside(&learner);
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let question = Question { scenario, ..Question::new(catalog, first, AS_OF) };
    text(catalog, &learner, &audit(catalog, &learner, &question))
}

/// What the first qualification of the rules asks for, in sentences.
pub(crate) fn sentences(rules: &str) -> String {
    let report = cairn_report::CatalogReport::of_everything(&catalog(rules));
    let view = report.qualifications.first().expect("a qualification");
    let asked = view.rules.iter().map(|rule| format!("{}: {}\n", rule.id, rule.rule));
    asked.chain(view.limits.iter().map(|limit| format!("of everything: {limit}\n"))).collect()
}

/// What is to be done for the first qualification of the rules, in sentences.
pub(crate) fn steps(rules: &str, record: &str) -> String {
    let (catalog, learner) = (catalog(rules), learner(record));
    let catalog = &*catalog.beside(&learner);
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let audit = audit(catalog, &learner, &Question::new(catalog, first, AS_OF));
    let report = AuditReport::new(catalog, &learner, &audit);
    report.next.iter().map(|step| format!("{}\n", step.text)).collect()
}

/// What is shown of the first qualification of the rules, and of a credential; its colours begin with `␛`.
pub(crate) fn shown(rules: &str, credential: &str) -> String {
    let report = cairn_report::CatalogReport::of_everything(&warned(rules));
    let view = report.qualifications.first().expect("a qualification");
    let of_credential = report.credentials.iter().find(|view| view.id == credential).expect("a credential");
    let text = [cairn_report::text::qualification(view), cairn_report::text::credential(of_credential)];
    text.join("\n").replace('\u{1b}', "␛")
}

/// What is wrong with rules, by code.
pub(crate) fn findings(rules: &str) -> String {
    let findings = cairn_core::load(&files(rules)).findings;
    findings.iter().map(|finding| format!("{}: {}\n", finding.code.word(), finding.message)).collect()
}

pub(crate) fn catalog(rules: &str) -> Catalog {
    let loading = cairn_core::load(&files(rules));
    assert_eq!(loading.findings, []);
    loading.catalog.expect("without findings there is a catalog")
}

fn warned(rules: &str) -> Catalog {
    cairn_core::load(&files(rules)).catalog.expect("only warnings")
}

pub(crate) fn learner(record: &str) -> Learner {
    let mut learner = Learner::new("ada".parse().expect("an id"));
    for line in record.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split(' ');
        let name = words.next().expect("a word");
        if name == "shows" {
            let key = words.next().expect("a key").parse().expect("a key");
            let amount = words.next().map_or(Amount::ONE, |amount| amount.parse().expect("an amount"));
            learner.attestations.push(Attestation { key, amount, on: None, evidence: None });
            continue;
        }
        let mut holding = Holding::of(name.parse().expect("an id"));
        words.for_each(|fact| note(&mut holding, fact));
        learner.holdings.push(holding);
    }
    learner
}

fn note(holding: &mut Holding, fact: &str) {
    let (key, value) = fact.split_once('=').expect("key=value");
    match key {
        "on" => holding.awarded = Some(value.parse().expect("a day")),
        "to" => holding.expires = Some(value.parse().expect("a day")),
        "grade" => holding.grade = Some(value.parse().expect("a grade")),
        "credits" => holding.credits = Some(value.parse().expect("credits")),
        "state" => holding.state = State::from_word(value).expect("a state"),
        "by" => {
            for name in value.split(',') {
                *holding.components.entry(name.parse().expect("an id")).or_default() += 1;
            }
        }
        "source" => holding.source = Source::from_word(value).expect("a source"),
        _ => {
            let scalar = value.parse().map_or_else(|_| Scalar::Text(value.to_owned()), Scalar::Flag);
            holding.attributes.insert(key.to_owned(), vec![scalar]);
        }
    }
}

/// Text without the codes of its colours.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once('m')).map(|(_, text)| text).collect::<String>()
}

/// The verdict, what counts where, then what does not count, is lacking, and is to be done.
fn text(catalog: &Catalog, learner: &Learner, audit: &Audit) -> String {
    let report = AuditReport::new(catalog, learner, audit);
    let mut text = match &report.remaining {
        None => format!("{}: unreachable\n", report.qualification),
        Some(left) if report.verdict == "complete" => {
            format!("{}: complete, {} {} remain\n", report.qualification, left.amount, left.measure)
        }
        Some(left) => {
            let rest = if left.attestations > 0 {
                format!(", {} to confirm", left.attestations)
            } else {
                String::new()
            };
            let unit = if audit.question.measure == Measure::Count { "" } else { " in " };
            let new = if unit.is_empty() { String::new() } else { format!("{unit}{}", left.new) };
            format!("{}: {} {} remain{new}{rest}\n", report.qualification, left.amount, left.measure)
        }
    };
    for reason in &audit.reasons {
        let Reason::Counts { holding, qualification, requirement, face, credits } = reason else { continue };
        let own = audit.holdings[*holding].credential.as_str();
        let face = catalog.credential(*face).id.as_str();
        let counted_as = if face == own { String::new() } else { format!(" as {face}") };
        let part = credits.map_or(String::new(), |credits| format!(", {credits} credits of it"));
        let rules = catalog.qualification(*qualification);
        let _ = writeln!(
            text,
            "  {own}{counted_as}{part} -> {}#{}",
            rules.id,
            rules.requirement(*requirement).id
        );
    }
    for reason in report.reasons.iter().filter(|reason| reason.code != "counts") {
        let _ = writeln!(text, "  {}: {}", reason.code, reason.text);
    }
    for step in &report.next {
        let _ = writeln!(text, "  next: {} {}", step.action, step.id);
    }
    text
}

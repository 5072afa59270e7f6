//! How a qualification looks at holdings, and which of its editions may be chosen, in sentences.

use cairn_core::{
    AttestationKey, Catalog,
    catalog::{AgeDay, Attempt, Choose, Credential, Editions, Grace, QualificationIx, SizeBounds},
};

use crate::words::credit;

/// What holds for every requirement of a qualification.
#[must_use]
pub fn terms(catalog: &Catalog, qualification: QualificationIx) -> Vec<String> {
    let mut terms = Vec::new();
    if let Some(bounds) = catalog.size_bounds(qualification) {
        terms.push(size(catalog, bounds));
    }
    let qualification = catalog.qualification(qualification);
    if qualification.grace == Grace::EndOfCalendarYear {
        terms.push("What expires counts to the end of the calendar year".to_owned());
    }
    if qualification.attempt == Attempt::Latest {
        terms.push("Of several attempts only the latest counts".to_owned());
    }
    if qualification.max_age_on == AgeDay::Entry {
        let shown = shown_by(qualification.entry.as_ref());
        terms.push(format!("Age reckons from the day of entry{shown}"));
    }
    terms.extend(catalog.editions_of(qualification.code.as_str()).map(choice));
    terms
}

/// How large a qualification of a kind may be.
fn size(catalog: &Catalog, SizeBounds { title, least, most, .. }: &SizeBounds) -> String {
    let range = match (least, most) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "any number of".to_owned(),
    };
    format!("As any “{title}”, it asks for {range} {}s", credit(catalog))
}

fn shown_by(entry: Option<&AttestationKey>) -> String {
    entry.map(|key| format!(", which is that of the evidence {key}")).unwrap_or_default()
}

/// Which editions may be chosen.
fn choice(editions: &Editions) -> String {
    let which = match editions.choose {
        Choose::Entry => "the one in force on the day of entry".to_owned(),
        Choose::Later(None) => "the one in force on the day of entry, or a later one".to_owned(),
        Choose::Later(Some(within)) => {
            format!("the one in force on the day of entry, or a later one that came within {within} of it")
        }
        Choose::Credit => "the one in force, or one in whose time a credit was earned".to_owned(),
        Choose::Any => "any that is or was in force".to_owned(),
    };
    let mut sentence = format!("A learner may choose among the editions of {}: {which}", editions.code);
    if matches!(editions.choose, Choose::Entry | Choose::Later(_)) {
        sentence.push_str(&shown_by(editions.entry.as_ref()));
    }
    if let Some(last) = editions.last {
        sentence.push_str(&format!("; of the last {last} only"));
    }
    if let Some(period) = editions.teach_out {
        sentence.push_str(&format!("; to be completed within {period} of the next"));
    }
    sentence
}

/// When a renewal must be earned, and from when it reckons, as the end of a sentence.
#[must_use]
pub fn renewal(credential: &Credential) -> String {
    let window =
        credential.renewal_window.map(|window| format!(" where it is earned within {window} before its end"));
    let from = credential.renewed_from_end.then(|| "; the new period begins at that end".to_owned());
    window.into_iter().chain(from).collect()
}

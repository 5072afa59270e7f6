//! `[credential.ID]`: its values, its attributes, and what it rests on.

use std::collections::BTreeMap;

use crate::{
    Amount, At, Attributes, Code, CredentialId, Diagnostic, Named, Period, Scalar,
    catalog::{
        Credential, Origin, Prerequisite, SOURCE, Scheme,
        build::{
            equivalence, skill,
            value::{ONCE, Values},
        },
        resolve::{Meaning, Names},
    },
    diagnostic::{shorten, tick},
    document::{CredentialTable, Number},
};

pub(super) fn build(
    id: &At<String>,
    table: &At<CredentialTable>,
    names: &Names,
    values: &mut Values,
) -> Credential {
    let span = id.span;
    let table = &table.value;
    // A refused id is a finding; the stand-in only keeps the positions right until then.
    let checked: CredentialId = values.id(id).unwrap_or_else(unreadable);
    let scheme = values.write_in(table.scheme.as_ref(), None, names);
    let credits_stated = values.amount_or_zero(table.credits.as_ref(), "credits");
    let written = table.credits.as_ref();
    let credits = written.and_then(|at| values.exchanged(credits_stated, at.span, Scheme::stated));
    let credits = credits.unwrap_or(Amount::ZERO);
    Credential {
        title: table.title.as_ref().map_or_else(|| id.value.clone(), |title| title.value.clone()),
        attributes: attributes(table, credits, values),
        credits,
        scheme,
        credits_stated,
        cost: values.amount_or_zero(table.cost.as_ref(), "cost"),
        effort: values.amount_or_zero(table.effort.as_ref(), "effort"),
        valid: table.valid.as_ref().and_then(|period| values.period(period, "valid")),
        renewed_by: table
            .renewed_by
            .as_ref()
            .map(|list| {
                let mut renewals = values.names(list, ONCE, |name| names.credential(name));
                renewals.sort_unstable();
                renewals
            })
            .unwrap_or_default(),
        renewal_window: table
            .renewal_window
            .as_ref()
            .and_then(|period| values.period(period, "renewal_window")),
        renewed_from_end: renewed_from_end(table, values),
        valid_after_retirement: valid_after_retirement(table, values),
        requires: prerequisites(table, names, values),
        counts_as: Vec::new(),
        only_toward: equivalence::only_toward(table.only_toward.as_ref(), names, values),
        offered: table.offered.as_ref().is_none_or(|offered| offered.value),
        times: times(table, values),
        retired: table.retired.as_ref().and_then(|day| values.date(day, "retired")),
        id: checked,
        origin: Origin::Rules,
        span,
    }
}

fn renewed_from_end(table: &CredentialTable, values: &mut Values) -> bool {
    let words = [("renewal", false), ("end", true)];
    let stated = table.renewed_from.as_ref().and_then(|text| values.word(text, "renewed_from", &words));
    stated.unwrap_or(false)
}

fn valid_after_retirement(table: &CredentialTable, values: &mut Values) -> Option<Period> {
    let written = table.valid_after_retirement.as_ref()?;
    let period = values.period(written, "valid_after_retirement")?;
    if !table.present.contains("retired") {
        let message = "it is not said when it is retired";
        let finding = Diagnostic::new(Code::MissingKey, written.span, message);
        values.add(finding.help("add `retired = …`, or take `valid_after_retirement` out"));
    }
    Some(period)
}

/// The most times that a credential may be repeatable: each time may be a step of a completion.
const TIMES_MAX: u32 = 100;

fn times(table: &CredentialTable, values: &mut Values) -> u32 {
    let Some(number) = &table.repeatable else { return 1 };
    let Some(times) = values.whole(number, "repeatable", 0) else { return 1 };
    if (2..=TIMES_MAX).contains(&times) {
        return times;
    }
    let (message, help) = if times < 2 {
        let message = "every credential counts once, and `repeatable` says how many times one counts";
        (message.to_owned(), "write 2 or more, or take it out".to_owned())
    } else {
        (
            format!("`repeatable` is at most {TIMES_MAX}, and `{times}` is more"),
            "write a smaller number".to_owned(),
        )
    };
    values.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
    1
}

fn unreadable() -> CredentialId {
    #[expect(clippy::unwrap_used, reason = "the literal is an id")]
    "unreadable".parse().unwrap()
}

fn prerequisites(table: &CredentialTable, names: &Names, values: &mut Values) -> Vec<Vec<Prerequisite>> {
    let mut all = Vec::new();
    for alternatives in table.requires.iter().flat_map(|requires| &requires.value) {
        let Some(alternatives) = values.filled(alternatives, "requires") else { continue };
        let mut any: Vec<_> = values
            .names(alternatives, ONCE, |name| names.resolve(name))
            .into_iter()
            .map(|meaning| match meaning {
                Meaning::Credential(credential) => Prerequisite::Credential(credential),
                Meaning::Qualification(qualification) => Prerequisite::Qualification(qualification),
            })
            .collect();
        any.sort_unstable();
        all.push(any);
    }
    all.sort();
    all
}

/// Puts the built-in attributes beside those of the author's choosing.
fn attributes(table: &CredentialTable, credits: Amount, values: &mut Values) -> Attributes {
    let mut attributes = Attributes::new();
    for (name, list) in table.attributes.iter().flat_map(|attributes| &attributes.value) {
        if name.value == SOURCE {
            let message = "`source` says how a holding came to be, and is no attribute of a credential";
            let help = "choose another name for it";
            values.add(Diagnostic::new(Code::ConflictingKeys, name.span, message).help(help));
        } else if BUILT_IN.contains(&name.value.as_str())
            || name.value.starts_with("level.")
            || name.value.starts_with("skill.")
        {
            values.add(key_of_its_own(name, list));
        }
        attributes.insert(name.value.clone(), sorted(list.value.iter().map(|scalar| scalar.value.clone())));
    }
    let texts =
        |list: &At<Vec<At<String>>>| sorted(list.value.iter().map(|text| Scalar::Text(text.value.clone())));
    let built_in = [
        ("kind", table.kind.as_ref().map(|kind| vec![Scalar::Text(kind.value.clone())])),
        ("issuer", table.issuer.as_ref().map(|issuer| vec![Scalar::Text(issuer.value.clone())])),
        ("subject", table.subject.as_ref().map(texts)),
        ("tags", table.tags.as_ref().map(texts)),
        ("credits", table.credits.as_ref().map(|_| vec![Scalar::Number(credits)])),
    ];
    attributes.extend(built_in.into_iter().filter_map(|(name, values)| Some((name.to_owned(), values?))));
    attributes.extend(levels(table.level.as_ref(), values));
    attributes.extend(skill::of_credential(table.skills.as_ref(), values));
    attributes
}

fn key_of_its_own(name: &At<String>, list: &At<Vec<At<Scalar>>>) -> Diagnostic {
    let message = format!("{} is a key of its own, not one of `attributes`", tick(&name.value));
    let value = match list.value.first().map(|scalar| &scalar.value) {
        Some(Scalar::Number(number)) => number.to_string(),
        _ => "…".to_owned(),
    };
    let written = match name.value.strip_prefix("level.") {
        Some(framework) => format!("level = {{ {} = {value} }}", shorten(framework)),
        None if name.value.starts_with("skill.") => "skills = [\"…\"]".to_owned(),
        None if name.value == "level" => format!("level = {{ aqf = {value} }}"),
        None => format!("{} = {value}", name.value),
    };
    Diagnostic::new(Code::ConflictingKeys, name.span, message)
        .help(format!("write it directly in the credential: `{written}`"))
}

const BUILT_IN: [&str; 6] = ["kind", "issuer", "subject", "tags", "credits", "level"];

/// `level = { aqf = 5 }` as the attribute `level.aqf`.
pub(super) fn levels(
    levels: Option<&At<Named<Number>>>,
    values: &mut Values,
) -> BTreeMap<String, Vec<Scalar>> {
    let mut attributes = Attributes::new();
    for (framework, level) in levels.iter().flat_map(|levels| &levels.value) {
        if let Some(level) = values.amount(level, "level") {
            attributes.insert(format!("level.{}", framework.value), vec![Scalar::Number(level)]);
        }
    }
    attributes
}

fn sorted(values: impl Iterator<Item = Scalar>) -> Vec<Scalar> {
    let mut values: Vec<_> = values.collect();
    values.sort();
    values.dedup();
    values
}

//! `unknown-key`: what somebody probably meant by a key that the format does not have.

use crate::{
    At, Code, Diagnostic,
    diagnostic::tick,
    document::{Document, RequirementTable, read::Reader},
};

/// Findings on one table beyond these are mostly of one kind.
const FINDINGS_MAX: usize = 20;

/// Reports the keys of one table that the format does not have.
pub(in crate::document) fn unknown_keys(
    within: &str,
    mut unknown: Vec<At<String>>,
    keys: &[&str],
    reader: &mut Reader<'_>,
) {
    unknown.sort_by_key(|name| name.span);
    if within == "qualification" {
        requirement_keys(&mut unknown, reader);
    }
    let more = unknown.len().saturating_sub(FINDINGS_MAX);
    for name in unknown.iter().take(FINDINGS_MAX) {
        let finding = unknown_key(within, name, keys, reader);
        reader.findings.push(finding);
    }
    if more > 0 {
        let message = format!("{} has {more} more keys that the format does not have", place(within));
        let last = unknown[FINDINGS_MAX].span;
        reader.findings.push(Diagnostic::new(Code::UnknownKey, last, message).help(listed(keys)));
    }
}

/// A qualification asks for nothing itself; all such keys in it are one misunderstanding.
fn requirement_keys(unknown: &mut Vec<At<String>>, reader: &mut Reader<'_>) {
    let is_asking = |name: &At<String>| RequirementTable::KEYS.contains(&name.value.as_str());
    let asking: Vec<_> = unknown.extract_if(.., |name| is_asking(name)).collect();
    let Some(first) = asking.first() else { return };
    let words: Vec<_> = asking.iter().map(|name| tick(&name.value)).collect();
    let message = match words.len() {
        1 => format!("{} belongs to a requirement, not to `qualification`", words[0]),
        _ => format!("{} belong to a requirement, not to `qualification`", words.join(", ")),
    };
    let help =
        "write a requirement, `[requirement.NAME]`, with these keys, and name it here: `all = [\"NAME\"]`";
    reader.findings.push(Diagnostic::new(Code::UnknownKey, first.span, message).help(help));
}

fn unknown_key(within: &str, name: &At<String>, keys: &[&str], reader: &mut Reader<'_>) -> Diagnostic {
    let key = name.value.as_str();
    if !within.is_empty() && Document::KEYS.contains(&key) {
        return misplaced(within, name, reader);
    }
    let message = format!("there is no key {} in {}", tick(key), place(within));
    Diagnostic::new(Code::UnknownKey, name.span, message).help(meant(within, key, keys))
}

/// Something of the top of a file, written inside a table.
fn misplaced(within: &str, name: &At<String>, reader: &mut Reader<'_>) -> Diagnostic {
    let key = &name.value;
    let message = format!("`{key}` stands on its own, not in {}", place(within));
    let help = match key.as_str() {
        "format" => {
            reader.format_is_misplaced = true;
            "begin the file with it, before the first table".to_owned()
        }
        "qualification" if within.starts_with("requirement") => {
            "another qualification is asked for with `award = \"ID\"`".to_owned()
        }
        "qualification" | "on_award" => format!("write `[{key}]`"),
        "outcome" | "sharing" | "equivalence" | "exclusion" | "test" => format!("write `[[{key}]]`"),
        _ => format!("write `[{key}.NAME]`"),
    };
    Diagnostic::new(Code::UnknownKey, name.span, message).help(help)
}

fn meant(within: &str, key: &str, keys: &[&str]) -> String {
    if let Some((_, _, help)) =
        OTHER_WORDS.iter().find(|(word, needs, _)| *word == key && (needs.is_empty() || keys.contains(needs)))
    {
        return (*help).to_owned();
    }
    if key == "id" && within.contains('.') {
        return "take it out: the name in the brackets is the id".to_owned();
    }
    match crate::catalog::closest(key, keys.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        // Attributes are free in conditions, so authors write them beside the keys of a credential.
        None if keys.contains(&"offered") => format!(
            "an attribute of your own stands under `attributes = {{ NAME = … }}`, a level under \
             `level = {{ FRAMEWORK = … }}`; {}",
            listed(keys)
        ),
        None => listed(keys),
    }
}

fn listed(keys: &[&str]) -> String {
    format!("the keys are: {}", keys.join(", "))
}

fn place(within: &str) -> String {
    if within.is_empty() { "a rule file".to_owned() } else { tick(within) }
}

/// Words of other systems: the word, a key that the table must have (or none), what to write.
const OTHER_WORDS: &[(&str, &str, &str)] = &[
    ("advise", "offered", "write `advise = false` in the pools or requirements that accept it"),
    ("dated", "until", "write the first and the last day: `effective = …`, `until = …`"),
    ("duration", "effort", "write `effort = …`, in hours"),
    (
        "equivalents",
        "offered",
        "make each a credential of its own, and write `[[equivalence]]` with `from` and `to`",
    ),
    ("expires", "valid", "write how long it is valid: `valid = \"3 years\"`"),
    ("grade", "", "ask for a grade in a requirement with `from`: `min_grade = 50`"),
    ("hours", "effort", "write `effort = …`, in hours"),
    ("name", "title", "write `title = \"…\"`"),
    ("partial", "until", "write how many of the other's credits it covers: `credits = …`"),
    ("partial", "larger_than_room", "write `larger_than_room = \"truncate\"`"),
    ("points", "credits", "write `credits = …`"),
    (
        "policy",
        "qualification",
        "write `attempt` and `max_age_on` in `[qualification]`, and `rounding` beside a `fraction`",
    ),
    ("prerequisites", "requires", "write `requires = [...]`"),
    ("pools", "from", "write `from = [...]`"),
    ("version", "edition", "write `edition = \"…\"`"),
    (
        "where",
        "larger_than_room",
        "conditions stand in a pool: `[pool.NAME]` with `where = …`; then `from = \"NAME\"`",
    ),
];

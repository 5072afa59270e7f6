//! Facts about credentials.

use cairn_core::Attributes;

use crate::words::list;

/// The levels among attributes: `eqf level 5`.
#[must_use]
pub fn levels(attributes: &Attributes) -> Vec<String> {
    let levels = attributes.iter().filter_map(|(name, values)| Some((name.strip_prefix("level.")?, values)));
    levels
        .flat_map(|(framework, values)| values.iter().map(move |level| format!("{framework} level {level}")))
        .collect()
}

/// Attributes in words: `kind unit`, `eqf level 5`; credits are said elsewhere.
#[must_use]
pub fn attributes(attributes: &Attributes) -> Vec<String> {
    let own = attributes
        .iter()
        .filter(|(name, _)| !name.starts_with("level.") && !name.starts_with("skill.") && *name != "credits");
    let own = own.map(|(name, values)| {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        format!("{name} {}", list(&values, "and"))
    });
    let skills = cairn_core::catalog::skills(attributes);
    let skills = skills.map(|(skill, level)| format!("shows {skill} at level {level}"));
    own.chain(levels(attributes)).chain(skills).collect()
}

//! `[skill.ID]`, and the skills that credentials show and profiles need.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Amount, At, Attributes, Code, Diagnostic, Document, SkillId,
    catalog::{
        Skill,
        build::value::{ONCE, Values, named_twice},
        resolve::{Names, duplicate},
        shows,
    },
    diagnostic::tick,
    document::SkilledTable,
};

type Skilled = At<Vec<At<SkilledTable>>>;

/// Everything that is defined or named as a skill, by id.
pub(super) fn build(documents: &[Document], names: &Names, values: &mut Values) -> Vec<Skill> {
    let mut skills: BTreeMap<&str, Skill> = BTreeMap::new();
    for (id, table) in documents.iter().flat_map(|document| document.skill.iter()).flat_map(|one| &one.value)
    {
        if let Some(first) = skills.get(id.value.as_str()) {
            values.add(duplicate("skill", &id.value, id.span, first.span));
            continue;
        }
        let Some(checked) = values.id::<SkillId>(id) else { continue };
        let text = |text: &Option<At<String>>| text.as_ref().map(|text| text.value.clone());
        let title = text(&table.value.title).unwrap_or_else(|| id.value.clone());
        let framework = text(&table.value.framework).or_else(|| checked.framework().map(str::to_owned));
        let skill = Skill { id: checked, title, framework, uri: text(&table.value.uri), span: id.span };
        skills.insert(&id.value, skill);
    }
    let defined: BTreeSet<&str> = skills.keys().copied().collect();
    let of_credentials: Vec<&Skilled> = credentials(documents).collect();
    let of_profiles: Vec<&Skilled> = profiles(documents, values);
    for entry in of_credentials.iter().chain(&of_profiles).flat_map(|list| &list.value) {
        let Some(name) = entry.value.skill() else {
            let present = &entry.value.facts.present;
            values.missing(entry.span, present, "skill", "add `skill = …`");
            continue;
        };
        if skills.contains_key(name.value.as_str()) {
            continue;
        }
        // One of a framework is described there.
        if !name.value.contains(':') {
            values.add(names.guesses.unknown(name, "skill", defined.iter().copied()));
            continue;
        }
        let Some(id) = values.id::<SkillId>(name) else { continue };
        let framework = id.framework().map(str::to_owned);
        let skill = Skill { id, title: name.value.clone(), framework, uri: None, span: name.span };
        skills.insert(&name.value, skill);
    }
    not_shown(&of_credentials, &of_profiles, values);
    skills.into_values().collect()
}

fn credentials(documents: &[Document]) -> impl Iterator<Item = &Skilled> {
    documents.iter().flat_map(Document::credentials).filter_map(|(_, table)| table.value.skills.as_ref())
}

fn profiles<'d>(documents: &'d [Document], values: &mut Values) -> Vec<&'d Skilled> {
    let tables = documents.iter().flat_map(|document| document.profile.iter()).flat_map(|one| &one.value);
    let list = |(_, table): &'d (At<String>, At<crate::document::ProfileTable>)| {
        values.required_list(table.value.skills.as_ref(), table.span, &table.value.present, "skills")
    };
    tables.filter_map(list).collect()
}

/// A profile that needs what no credential shows can never be met.
fn not_shown(of_credentials: &[&Skilled], of_profiles: &[&Skilled], values: &mut Values) {
    let name = |entry: &At<SkilledTable>| entry.value.skill().map(|name| name.value.clone());
    let shown: BTreeSet<String> =
        of_credentials.iter().flat_map(|list| &list.value).filter_map(name).collect();
    for list in of_profiles {
        let mut first = BTreeMap::new();
        for skill in list.value.iter().filter_map(|entry| entry.value.skill()) {
            if let Some(span) = first.insert(skill.value.as_str(), skill.span) {
                values.add(named_twice(skill, span, ONCE));
            }
            if !shown.contains(&skill.value) {
                let message = format!("no credential shows the skill {}", tick(&skill.value));
                let help = "name it in `skills` of the credentials that show it, or take it out";
                values.add(Diagnostic::new(Code::UnknownAttribute, skill.span, message).help(help));
            }
        }
    }
}

/// The skills that a credential shows, as attributes; at level 1 where none is said.
pub(super) fn of_credential(list: Option<&Skilled>, values: &mut Values) -> Attributes {
    let mut attributes = Attributes::new();
    let mut first = BTreeMap::new();
    for entry in list.iter().flat_map(|list| &list.value) {
        let Some(skill) = entry.value.skill() else { continue };
        if let Some(span) = first.insert(skill.value.as_str(), skill.span) {
            values.add(named_twice(skill, span, ONCE));
        }
        let level = match &entry.value.facts.level {
            Some(level) => values.amount(level, "level"),
            None => Some(Amount::ONE),
        };
        attributes.extend(level.map(|level| shows(&skill.value, level)));
    }
    attributes
}

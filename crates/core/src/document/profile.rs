//! A profile as the qualification that it is: each of its skills is a requirement that looks at what
//! is held, for a credential that shows the skill.
//!
//! So a gap is what remains of an audit, and there is one engine for both.

use std::collections::BTreeMap;

use crate::{
    At, Named, Span,
    catalog::skill_attribute,
    document::{
        Document, Name, Number, PoolTable, ProfileTable, QualificationTable, RequirementTable, SkilledTable,
        TestTable, WhereTable,
    },
};

/// What skills are called, by id.
type Titles<'d> = BTreeMap<&'d str, &'d str>;

/// The profiles of all documents, each as the document of a qualification.
pub(crate) fn as_qualifications(documents: &[Document]) -> Vec<Document> {
    let skills = documents.iter().flat_map(|document| &document.skill).flat_map(|skills| &skills.value);
    let titled = skills.filter_map(|(id, skill)| Some((&*id.value, &*skill.value.title.as_ref()?.value)));
    let titles: Titles<'_> = titled.collect();
    let profiles = documents.iter().flat_map(|document| &document.profile).flat_map(|one| &one.value);
    let needs =
        |profile: &ProfileTable| profile.skills.as_ref().is_some_and(|skills| !skills.value.is_empty());
    let profiles = profiles.filter(|(_, profile)| needs(&profile.value));
    profiles.map(|(id, profile)| as_qualification(&titles, id, profile)).collect()
}

fn as_qualification(titles: &Titles<'_>, id: &At<Name>, profile: &At<ProfileTable>) -> Document {
    let table = &profile.value;
    let mut requirements = Vec::new();
    let mut pools = Vec::new();
    let mut all = Vec::new();
    let mut skills: BTreeMap<&str, (&At<Name>, &At<SkilledTable>)> = BTreeMap::new();
    for skilled in table.skills.iter().flat_map(|skills| &skills.value) {
        let Some(skill) = skilled.value.skill() else { continue };
        // A skill that is named twice is a finding of its own.
        skills.entry(&skill.value).or_insert((skill, skilled));
    }
    for (skill, skilled) in skills.into_values() {
        // A requirement is never called like a credential, and two skills may differ in a colon alone.
        let mut name = At { value: skill_attribute(&skill.value).replace(':', "."), span: skill.span };
        while all.iter().any(|other: &At<Name>| other.value == name.value) {
            name.value.push('+');
        }
        requirements.push((name.clone(), requirement(title(titles, skill, &skilled.value), &name)));
        pools.push((name.clone(), pool(skill, skilled)));
        all.push(name);
    }
    let skills_span = table.skills.as_ref().map_or(profile.span, |skills| skills.span);
    let mut qualification = QualificationTable {
        id: Some(id.clone()),
        title: table.title.clone(),
        source: table.source.clone(),
        measure: table.measure.clone(),
        all: Some(At { value: all, span: skills_span }),
        ..QualificationTable::default()
    };
    ["id", "all"].into_iter().for_each(|key| qualification.present.insert(key));
    let mut written = Document {
        qualification: Some(At { value: qualification, span: id.span }),
        requirement: Some(named(requirements, skills_span)),
        pool: Some(named(pools, skills_span)),
        ..Document::default()
    };
    ["qualification", "requirement", "pool"].into_iter().for_each(|key| written.present.insert(key));
    written
}

/// Tables in the order of their names.
fn named<T>(mut tables: Named<T>, span: Span) -> At<Named<T>> {
    tables.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
    At { value: tables, span }
}

/// What a skill of a profile is called.
fn title(titles: &Titles<'_>, skill: &At<Name>, skilled: &SkilledTable) -> String {
    let title = titles.get(&*skill.value).copied().unwrap_or(&skill.value);
    match &skilled.facts.level {
        Some(level) => format!("{title}, level {}", level.value.literal),
        None => title.to_owned(),
    }
}

/// At least one credential that shows it, among everything held.
fn requirement(title: String, name: &At<Name>) -> At<RequirementTable> {
    let at = |value: String| At { value, span: name.span };
    let mut table = RequirementTable {
        title: Some(at(title)),
        count: Some(At { value: Number { literal: "1".to_owned() }, span: name.span }),
        from: Some(At { value: vec![name.clone()], span: name.span }),
        over: Some(at("held".to_owned())),
        ..RequirementTable::default()
    };
    ["title", "count", "from", "over"].into_iter().for_each(|key| table.present.insert(key));
    At { value: table, span: name.span }
}

/// What shows the skill at the level or a higher one.
fn pool(skill: &At<Name>, skilled: &At<SkilledTable>) -> At<PoolTable> {
    let lowest = || At { value: Number { literal: "0".to_owned() }, span: skilled.span };
    let mut test = TestTable {
        min: Some(skilled.value.facts.level.clone().unwrap_or_else(lowest)),
        ..TestTable::default()
    };
    test.present.insert("min");
    let attribute = At { value: skill_attribute(&skill.value), span: skill.span };
    let conditions = WhereTable { conditions: vec![(attribute, test)] };
    let mut table =
        PoolTable { conditions: Some(At { value: conditions, span: skilled.span }), ..PoolTable::default() };
    table.present.insert("where");
    At { value: table, span: skilled.span }
}

//! Skills: what credentials show, and profiles need.

use crate::{
    Amount, Attributes, Scalar, SkillId, Span,
    catalog::{Pool, Requirement, Rule, number},
};

/// Something that credentials show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its id: one of the author's own, or one of a framework, `esco:S5.6.1`.
    pub id: SkillId,
    /// The name to show.
    pub title: String,
    /// The framework that describes it.
    pub framework: Option<String>,
    /// Where it is described.
    pub uri: Option<String>,
    /// Where it is defined, or first named.
    pub span: Span,
}

/// The attribute by which a credential says that it shows a skill; its number is the level.
pub(crate) fn skill_attribute(skill: &str) -> String {
    format!("{SKILL}{skill}")
}

const SKILL: &str = "skill.";

/// The skills among attributes, each with the level at which it is shown.
pub fn skills(attributes: &Attributes) -> impl Iterator<Item = (&str, Amount)> {
    attributes.iter().filter_map(|(name, values)| Some((name.strip_prefix(SKILL)?, number(values))))
}

/// An attribute that says at which level a skill is shown.
pub(crate) fn shows(skill: &str, level: Amount) -> (String, Vec<Scalar>) {
    (skill_attribute(skill), vec![Scalar::Number(level)])
}

impl Requirement {
    /// The skill that a requirement of a profile asks for, and the least level; `pools` are those of
    /// the profile.
    #[must_use]
    pub fn skill<'a>(&'a self, pools: &'a [Pool]) -> Option<(&'a str, Amount)> {
        let Rule::Take(take) = &self.rule else { return None };
        let mut conditions = take.filter.pools.iter().flatten().flat_map(|ix| &pools[ix.index()].conditions);
        conditions.find_map(|condition| {
            let skill = condition.attribute.strip_prefix(SKILL)?;
            Some((skill, condition.test.at_least.unwrap_or(Amount::ZERO)))
        })
    }
}

//! The tables of skills, and of the profiles that need them.

use crate::{
    At,
    document::{
        Name, Number,
        read::{plain_or_facts, tables},
    },
};

tables! {
    /// `[skill.ID]`: something that credentials show.
    pub struct SkillTable {
        /// The name to show.
        title: String,
        /// The framework that describes it: `esco`.
        framework: String,
        /// Where it is described.
        uri: String,
    }

    /// The written-out form of a skill in a list.
    pub struct SkillFactsTable {
        /// The skill.
        skill: Name,
        /// How well it is shown, or how well it must be.
        level: Number,
    }

    /// `[profile.ID]`: a role or a programme, with the skills that it needs.
    pub struct ProfileTable {
        /// The name to show.
        title: String,
        /// Where it is described.
        source: Vec<At<String>>,
        /// The gap is counted in this: `count`, `credits`, `cost` or `effort`.
        measure: String,
        /// The skills, all of which it needs.
        skills: Vec<At<SkilledTable>>,
    }
}

plain_or_facts! {
    /// A skill in a list: its id alone, or with a level.
    SkilledTable: SkillFactsTable,
}

impl SkilledTable {
    /// The skill, if one is named.
    pub(crate) fn skill(&self) -> Option<&At<Name>> {
        self.plain.as_ref().or(self.facts.skill.as_ref())
    }
}

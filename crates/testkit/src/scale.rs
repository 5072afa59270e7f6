//! Real qualifications in number: the collections of `tests/scale`, as rule text.
//!
//! A collection is facts about published programmes, in a format of its own. Everything in it
//! becomes text in Cairn's format, one file for each programme and one for the courses, which then
//! goes the way of every rule file. A key that is not known here is an error, so nothing is lost.

use std::{fs, path::PathBuf};

use cairn_core::{Catalog, Severity};
use serde::Deserialize;

mod text;
pub use text::{files, full_id, id};

mod learner;
pub use learner::{courses_held, learner};

/// The collections, by name.
pub const COLLECTIONS: [&str; 2] = ["utd_majors", "unsw_auto"];

/// Courses and the programmes that ask for them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// What it is.
    pub name: String,
    /// Where it is from.
    pub source: String,
    /// What was taken for granted when it was made.
    pub assumption: Option<String>,
    /// The courses.
    pub credentials: Vec<Course>,
    /// The programmes.
    pub qualifications: Vec<Programme>,
}

/// A course.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its credits.
    pub credits: u32,
    /// Its subject, the first part of its code.
    pub subject: String,
    /// The year it is meant for.
    pub level: u32,
}

/// A programme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its id, with the year before a slash where there are several.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What remaining is counted in.
    pub cost: String,
    /// The credits of the whole degree, of which the rule may be a part.
    pub total: u32,
    /// What sort of programme it is.
    pub kind: Option<String>,
    /// Of each group at most one course is counted.
    #[serde(default)]
    pub exclusive: Vec<Vec<String>>,
    /// What it asks for.
    pub rule: Node,
}

/// A part of a rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// One course.
    Unit(Unit),
    /// All of these.
    All(All),
    /// One of these.
    Any(Any),
    /// So many of these.
    AtLeast(AtLeast),
    /// So much from these courses.
    Take(Take),
}

/// One course.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its code.
    pub unit: String,
}

/// All of these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct All {
    /// The parts.
    pub all: Vec<Node>,
}

/// One of these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Any {
    /// The options.
    pub any: Vec<Node>,
}

/// So many of these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// How many.
    pub at_least: u32,
    /// Of which.
    pub of: Vec<Node>,
}

/// So much from a set of courses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// How much.
    pub take: Quantity,
    /// Of which courses.
    pub from: Filter,
    /// In a layer, it looks at what other parts take, at each course once.
    pub layer: Option<String>,
    /// Of which so much of a kind.
    #[serde(default)]
    pub limits: Vec<Limit>,
}

/// How much is taken.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Quantity {
    /// So many credits; none means as many as one likes.
    Credits(u32),
    /// So many courses.
    Count(u32),
}

/// A set of courses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Filter {
    /// These courses.
    Ids(Vec<String>),
    /// Those of a subject; where no course has it, those whose code begins like that.
    Subject(Vec<String>),
    /// All but these.
    Not(Box<Filter>),
    /// What is in one of these sets.
    Or(Vec<Filter>),
}

/// At least so many credits of what is taken are of a level or above.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Of what.
    #[serde(rename = "where")]
    pub of: LevelMin,
    /// How many credits.
    pub min_credits: u32,
}

/// Courses of a level or above.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelMin {
    /// The lowest level.
    pub level_min: u32,
}

impl Filter {
    /// Whether a course is in the set.
    #[must_use]
    pub fn accepts(&self, collection: &Collection, course: &Course) -> bool {
        match self {
            Filter::Ids(ids) => ids.contains(&course.id),
            Filter::Subject(subjects) => subjects.iter().any(|subject| {
                let is_known = collection.credentials.iter().any(|course| course.subject == *subject);
                if is_known { course.subject == *subject } else { course.id.starts_with(subject) }
            }),
            Filter::Not(inner) => !inner.accepts(collection, course),
            Filter::Or(parts) => parts.iter().any(|part| part.accepts(collection, course)),
        }
    }
}

/// The folder of the collections.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/scale")
}

/// Reads a collection of `tests/scale`.
#[must_use]
pub fn collection(name: &str) -> Collection {
    let text = fs::read_to_string(folder().join(format!("{name}.json"))).expect("the collection is there");
    serde_json::from_str(&text).expect("a collection that is understood whole")
}

/// The catalog of a collection, in which no finding is an error.
#[must_use]
pub fn catalog(collection: &Collection) -> Catalog {
    let loading = cairn_core::load(&files(collection));
    let errors: Vec<_> =
        loading.findings.iter().filter(|finding| finding.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", collection.name);
    loading.catalog.expect("without errors there is a catalog")
}

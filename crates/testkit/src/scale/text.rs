//! A collection as rule text.

use std::{collections::BTreeSet, fmt::Write as _};

use cairn_core::SourceFile;

use super::{Collection, Filter, Node, Programme, Quantity, Take};

/// The rule files of a collection: the courses, and one for each programme.
#[must_use]
pub fn files(collection: &Collection) -> Vec<SourceFile> {
    let mut files = vec![SourceFile { path: "courses.toml".to_owned(), text: courses(collection) }];
    for programme in &collection.qualifications {
        let path = format!("{}.toml", full_id(programme));
        files.push(SourceFile { path, text: Author::new(collection).programme(programme) });
    }
    files
}

/// A code as an id: what an id may not have becomes a hyphen.
#[must_use]
pub fn id(code: &str) -> String {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let parts = code.split(|c| !is_legal(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// The id of a programme, and its edition where the part before a slash names a year.
fn names(programme: &Programme) -> (String, Option<String>) {
    match programme.id.split_once('/') {
        Some((edition, rest)) => (id(rest), Some(id(edition))),
        None => (id(&programme.id), None),
    }
}

/// The id of a programme with its edition, as the catalog has it.
#[must_use]
pub fn full_id(programme: &Programme) -> String {
    match names(programme) {
        (id, Some(edition)) => format!("{id}@{edition}"),
        (id, None) => id,
    }
}

fn courses(collection: &Collection) -> String {
    let mut text = format!("# {}\n# Source: {}\n", collection.name, collection.source);
    if let Some(assumption) = &collection.assumption {
        let _ = writeln!(text, "# Assumed: {assumption}");
    }
    text.push_str("format = 1\n\n[credential]\n");
    let mut seen = BTreeSet::new();
    for course in &collection.credentials {
        let name = id(&course.id);
        assert!(seen.insert(name.to_lowercase()), "two courses become `{name}`");
        let _ = writeln!(
            text,
            "{name:?} = {{ title = {:?}, kind = \"course\", credits = {}, subject = {:?}, level = {{ year = {} }} }}",
            course.title, course.credits, course.subject, course.level,
        );
    }
    text
}

/// Writes the requirements of one programme.
struct Author<'c> {
    collection: &'c Collection,
    text: String,
}

impl<'c> Author<'c> {
    fn new(collection: &'c Collection) -> Author<'c> {
        Author { collection, text: String::new() }
    }

    fn programme(mut self, programme: &Programme) -> String {
        let Node::All(root) = &programme.rule else { panic!("`{}` is not all of its parts", programme.id) };
        let parts = self.parts(&root.all, "part");
        let (id, edition) = names(programme);
        let mut text =
            format!("# Source: {}\nformat = 1\n\n[qualification]\nid = {id:?}\n", self.collection.source);
        if let Some(edition) = edition {
            let _ = writeln!(text, "edition = {edition:?}");
        }
        let _ = writeln!(text, "title = {:?}\nmeasure = {:?}", programme.title, programme.cost);
        if let Some(kind) = &programme.kind {
            let _ = writeln!(text, "# A {kind}.");
        }
        let _ = writeln!(text, "# {} credits in all, with what the rule leaves out.", programme.total);
        let _ = writeln!(text, "all = {parts}");
        // An [[exclusion]] would bind the other programmes as well.
        let limits = (0..programme.exclusive.len())
            .map(|at| format!("{{ at_most = {{ count = 1 }}, from = \"exclusive-{at}\" }}"));
        let limits = limits.collect::<Vec<_>>().join(", ");
        if !limits.is_empty() {
            let _ = writeln!(text, "limits = [{limits}]");
        }
        for (at, group) in programme.exclusive.iter().enumerate() {
            let _ = writeln!(
                self.text,
                "\n[pool.exclusive-{at}]\nof = {}",
                list(group.iter().map(|code| self::id(code)))
            );
        }
        text + &self.text
    }

    /// The names of parts as a list; those that are more than a course become requirements.
    fn parts(&mut self, nodes: &[Node], above: &str) -> String {
        let names = nodes.iter().zip(1..).map(|(node, number)| self.part(node, format!("{above}-{number}")));
        list(names.collect::<Vec<_>>())
    }

    fn part(&mut self, node: &Node, name: String) -> String {
        let body = match node {
            Node::Unit(unit) => return id(&unit.unit),
            Node::All(all) => format!("all = {}\n", self.parts(&all.all, &name)),
            Node::Any(any) => format!("any = {}\n", self.parts(&any.any, &name)),
            Node::AtLeast(some) => {
                format!("choose = {}\nof = {}\n", some.at_least, self.parts(&some.of, &name))
            }
            Node::Take(take) => self.take(take, &name),
        };
        let _ = write!(self.text, "\n[requirement.{name}]\n{body}");
        name
    }

    fn take(&mut self, take: &Take, name: &str) -> String {
        let mut body = match take.take {
            Quantity::Credits(0) => "optional = true\n".to_owned(),
            Quantity::Credits(credits) => format!("credits = {credits}\n"),
            Quantity::Count(count) => format!("count = {count}\n"),
        };
        let _ = writeln!(body, "from = {name:?}");
        if let Some(layer) = &take.layer {
            let _ = writeln!(body, "over = \"counted\"\nlayer = {layer:?}");
        }
        let limits = take.limits.iter().map(|limit| {
            format!(
                "{{ at_least = {{ credits = {} }}, where = {{ level = {{ year = {{ min = {} }} }} }} }}",
                limit.min_credits, limit.of.level_min
            )
        });
        let limits = limits.collect::<Vec<_>>().join(", ");
        if !limits.is_empty() {
            let _ = writeln!(body, "limits = [{limits}]");
        }
        let pool = self.pool(&take.from, name);
        let _ = write!(self.text, "\n[pool.{name}]\n{pool}");
        body
    }

    /// The body of the pool of a set.
    fn pool(&mut self, filter: &Filter, name: &str) -> String {
        match filter {
            // The collections name some courses twice, which in a set means nothing.
            Filter::Ids(ids) => {
                let ids: BTreeSet<_> = ids.iter().map(|code| id(code)).collect();
                format!("of = {}\n", list(ids))
            }
            Filter::Not(inner) => match &**inner {
                Filter::Ids(ids) if ids.is_empty() => "where = { kind = \"course\" }\n".to_owned(),
                inner => {
                    let pool = self.pool(inner, name);
                    let _ = write!(self.text, "\n[pool.{name}-not]\n{pool}");
                    format!("where = {{ kind = \"course\" }}\nnot_in = \"{name}-not\"\n")
                }
            },
            // A pool has no "or"; the courses themselves say it.
            Filter::Or(_) | Filter::Subject(_) => {
                let courses = self.collection.credentials.iter();
                let accepted = courses.filter(|course| filter.accepts(self.collection, course));
                format!("of = {}\n", list(accepted.map(|course| id(&course.id))))
            }
        }
    }
}

fn list(names: impl IntoIterator<Item = String>) -> String {
    let names = names.into_iter().map(|name| format!("{name:?}"));
    format!("[{}]", names.collect::<Vec<_>>().join(", "))
}

//! Requirements: which verb, of what, with which limits.

use std::collections::BTreeMap;

use crate::{
    At, Code, Diagnostic, Document, QualificationId, RequirementId, Span,
    catalog::{
        AwardMode, QualificationIx, Requirement, RequirementIx, Rule,
        build::{pool::Pools, value::Values},
        resolve::Names,
    },
    diagnostic::tick,
    document::RequirementTable,
};

mod group;
use group::Group;

mod take;

mod evidence;

mod link;

mod outcome;

mod when;
use when::DraftWhen;

mod order;

/// The requirements of a document: children before parents, the root last; and those of them that
/// have a title of their own.
pub(super) struct Built {
    pub(super) requirements: Vec<Requirement>,
    pub(super) outcomes: Vec<RequirementIx>,
}

/// Builds the requirements of a document.
pub(super) fn build(
    id: &At<QualificationId>,
    document: &Document,
    pools: &Pools<'_>,
    names: &Names,
    values: &mut Values,
) -> Built {
    let empty = Vec::new();
    let tables = document.requirement.as_ref().map_or(&empty, |tables| &tables.value);
    let named = tables.iter().map(|(name, _)| (name.value.as_str(), name.span)).collect();
    let mut drafts = Drafts { named, pools, names, drafts: BTreeMap::new(), outcomes: Vec::new() };
    let scheme = values.written_in.clone();
    for (name, table) in tables {
        values.write_in(table.value.scheme.as_ref(), scheme.as_ref(), names);
        drafts.requirement(name, table, values);
    }
    drafts.outcomes(document, values);
    let root = id.value.to_string();
    drafts.root(&root, document, values);
    if let Some(&span) = drafts.named.get(root.as_str()) {
        let message = format!("the requirement {} has the name of its qualification", tick(&root));
        values.add(Diagnostic::new(Code::DuplicateId, span, message).help("give it a name of its own"));
    }
    let outcomes = drafts.outcomes.clone();
    let drafts = link::reachable(&root, drafts, values);
    let requirements = link::link(&root, drafts, &outcomes, values);
    let positions = (0..requirements.len()).map(RequirementIx::at);
    let is_outcome =
        |ix: &RequirementIx| outcomes.iter().any(|outcome| requirements[ix.index()].id.as_str() == outcome);
    Built { outcomes: positions.filter(is_outcome).collect(), requirements }
}

/// The qualification that a requirement asks to be earned in its own scope, if it does.
#[must_use]
pub(crate) fn earned(rule: &Rule) -> Option<QualificationIx> {
    match rule {
        Rule::Award(qualification, AwardMode::Earned | AwardMode::Either) => Some(*qualification),
        _ => None,
    }
}

/// A requirement whose children are still names.
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) rule: DraftRule,
    when: Option<DraftWhen>,
    /// What comes before it.
    after: Vec<String>,
    pub(super) span: Span,
}

pub(super) enum DraftRule {
    Group { least: Least, children: Vec<String> },
    Same { by: String, children: Vec<String> },
    Leaf(Rule),
}

impl DraftRule {
    fn children(&self) -> &[String] {
        match self {
            DraftRule::Group { children, .. } | DraftRule::Same { children, .. } => children,
            DraftRule::Leaf(_) => &[],
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Least {
    All,
    One,
    Number(u32),
}

pub(super) struct Drafts<'d> {
    pub(super) named: BTreeMap<&'d str, Span>,
    pub(super) pools: &'d Pools<'d>,
    pub(super) names: &'d Names,
    pub(super) drafts: BTreeMap<String, Draft>,
    /// The names of those that have a title of their own, sorted.
    pub(super) outcomes: Vec<String>,
}

impl<'d> Drafts<'d> {
    fn root(&mut self, root: &str, document: &'d Document, values: &mut Values) {
        let Some(table) = &document.qualification else { return };
        let group = Group::of_qualification(table);
        if let Some(rule) = self.group(root, &group, &["all", "any", "choose"], values) {
            let title =
                table.value.title.as_ref().map_or_else(|| root.to_owned(), |title| title.value.clone());
            let draft =
                Draft { id: root.to_owned(), title, rule, when: None, after: Vec::new(), span: table.span };
            self.drafts.insert(root.to_owned(), draft);
        }
    }

    fn requirement(&mut self, name: &At<String>, table: &'d At<RequirementTable>, values: &mut Values) {
        if values.id::<RequirementId>(name).is_none() {
            return;
        }
        if name.value.contains('/') {
            let message =
                format!("{} is the name of a requirement, and `/` may not stand in it", tick(&name.value));
            let help = "write `-` in its place: reports join a requirement and a credential by `/`";
            values.add(Diagnostic::new(Code::InvalidId, name.span, message).help(help));
            return;
        }
        let table = &table.value;
        let title = table.title.as_ref().map_or_else(|| name.value.clone(), |title| title.value.clone());
        let when = table.when.as_ref().and_then(|when| self.when(name, when, values));
        let after = self.after(name, table.after.as_ref(), values);
        if let Some(rule) = self.rule(name, table, values) {
            let draft = Draft { id: name.value.clone(), title, rule, when, after, span: name.span };
            self.drafts.insert(name.value.clone(), draft);
        }
    }

    fn rule(
        &mut self,
        name: &At<String>,
        table: &'d RequirementTable,
        values: &mut Values,
    ) -> Option<DraftRule> {
        let verb = verb(name, table, values)?;
        strays(verb, name.span, table, values);
        match verb {
            "award" => {
                let (qualification, modes) = evidence::award(table, self.names, values)?;
                Some(self.award(name, qualification, modes))
            }
            "attest" => evidence::attest(table, values).map(DraftRule::Leaf),
            "same" => self.same(&name.value, table, name.span, values),
            "from" => take::take(table, name.span, self.pools, values).map(DraftRule::Leaf),
            _ => self.group(&name.value, &Group::of_requirement(table, name.span), &[verb], values),
        }
    }
}

impl Drafts<'_> {
    /// An award; one that must be held and still be earned is two requirements, of which all are met.
    fn award(&mut self, name: &At<String>, qualification: QualificationIx, modes: &[AwardMode]) -> DraftRule {
        if let [mode] = modes {
            return DraftRule::Leaf(Rule::Award(qualification, *mode));
        }
        let mut children = Vec::new();
        for &mode in modes {
            let (word, title) = match mode {
                AwardMode::Held => ("held", "awarded"),
                AwardMode::Earned | AwardMode::Either => ("earned", "still complete"),
            };
            let id = format!("{}/{word}", name.value);
            let rule = DraftRule::Leaf(Rule::Award(qualification, mode));
            self.drafts.insert(
                id.clone(),
                Draft {
                    id: id.clone(),
                    title: title.to_owned(),
                    rule,
                    when: None,
                    after: Vec::new(),
                    span: name.span,
                },
            );
            children.push(id);
        }
        DraftRule::Group { least: Least::All, children }
    }
}

/// The one kind of thing that a requirement asks for.
fn verb(name: &At<String>, table: &RequirementTable, values: &mut Values) -> Option<&'static str> {
    let present = &table.present;
    let mut verbs: Vec<_> = ["all", "any", "choose", "same", "award", "attest"]
        .into_iter()
        .filter(|verb| present.contains(verb))
        .collect();
    if ["count", "credits", "sum", "from"].iter().any(|key| present.contains(key)) {
        verbs.push("from");
    }
    let message = match verbs[..] {
        [verb] => return Some(verb),
        // What a misspelt key would have said is not missing.
        [] if present.has_unknown() => return None,
        [] => format!("the requirement {} asks for nothing", tick(&name.value)),
        _ => {
            let written = verbs.join("`, `");
            format!("the requirement {} asks for several things at once: `{written}`", tick(&name.value))
        }
    };
    let help = "a requirement has exactly one of `all`, `any`, `choose`, `same`, `count` or `credits` with `from`, `award`, `attest`";
    values.add(Diagnostic::new(Code::ConflictingKeys, name.span, message).help(help));
    None
}

/// Reports keys that do not go with the verb.
fn strays(verb: &str, span: Span, table: &RequirementTable, values: &mut Values) {
    let allowed: &[&str] = match verb {
        "all" => &["title", "all", "when", "after"],
        "any" => &["title", "any", "when", "after"],
        "choose" => &["title", "choose", "of", "when", "after"],
        "same" => &["title", "same", "each", "when", "after"],
        "award" => &["title", "award", "as", "when"],
        "attest" => &["title", "attest", "at_least", "unit", "when"],
        _ => TAKING,
    };
    let strays: Vec<_> = table.present.iter().filter(|key| !allowed.contains(key)).collect();
    if !strays.is_empty() {
        let (strays, go) = (strays.join("`, `"), if strays.len() == 1 { "does" } else { "do" });
        let message = format!("`{strays}` {go} not go with `{verb}`");
        let help = format!("with `{verb}` the keys are: {}", allowed.join(", "));
        values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
    }
}

const TAKING: &[&str] = &[
    "title",
    "count",
    "credits",
    "sum",
    "scheme",
    "from",
    "limits",
    "distinct",
    "over",
    "layer",
    "min_grade",
    "average",
    "max_age",
    "window",
    "optional",
    "advise",
    "larger_than_room",
    "splittable",
    "when",
    "after",
];

//! Requirements: which verb, of what, with which limits.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Amount, At, Code, Diagnostic, Document, Measure, QualificationId, RequirementId, Span,
    catalog::{
        Attest, AwardMode, Bound, CredentialIx, Filter, Limit, QualificationIx, Requirement, RequirementIx,
        Rule, Sight, Take,
        build::{
            qualification::Pools,
            value::{Values, named_twice},
        },
        check, graph,
        resolve::{Meaning, Names, unknown},
    },
    document::{LimitTable, Number, RequirementTable},
};

/// A requirement whose children are still names.
struct Draft {
    id: String,
    title: String,
    rule: DraftRule,
    span: Span,
}

enum DraftRule {
    /// `None` of a count means all.
    Group {
        least: Least,
        children: Vec<String>,
    },
    Leaf(Rule),
}

#[derive(Clone, Copy)]
enum Least {
    All,
    One,
    Number(u32),
}

type List<'d> = &'d At<Vec<At<String>>>;

/// The keys that all verbs over a list come from; a qualification has them as well as a requirement.
struct Group<'d> {
    all: Option<List<'d>>,
    any: Option<List<'d>>,
    choose: Option<&'d At<Number>>,
    of: Option<List<'d>>,
    present: &'d [&'static str],
    span: Span,
}

/// Builds the requirements of a document: children before parents, the root last.
pub(super) fn build(
    id: &At<QualificationId>,
    document: &Document,
    pools: &Pools<'_>,
    names: &Names,
    values: &mut Values,
) -> Vec<Requirement> {
    let empty = Vec::new();
    let tables = document.requirement.as_ref().map_or(&empty, |tables| &tables.value);
    let named = tables.iter().map(|(name, _)| (name.value.as_str(), name.span)).collect();
    let mut drafts = Drafts { named, pools, names, drafts: BTreeMap::new() };
    for (name, table) in tables {
        drafts.requirement(name, table, values);
    }
    let root = id.value.to_string();
    drafts.root(&root, document, values);
    if let Some(&span) = drafts.named.get(root.as_str()) {
        let message = format!("the requirement `{root}` has the name of its qualification");
        values.add(Diagnostic::new(Code::DuplicateId, span, message).help("give it a name of its own"));
    }
    let drafts = reachable(&root, drafts, values);
    link(drafts, values)
}

struct Drafts<'d> {
    named: BTreeMap<&'d str, Span>,
    pools: &'d Pools<'d>,
    names: &'d Names,
    drafts: BTreeMap<String, Draft>,
}

impl<'d> Drafts<'d> {
    fn root(&mut self, root: &str, document: &'d Document, values: &mut Values) {
        let Some(At { value: table, span }) = &document.qualification else { return };
        let group = Group {
            all: table.all.as_ref(),
            any: table.any.as_ref(),
            choose: table.choose.as_ref(),
            of: table.of.as_ref(),
            present: &table.present,
            span: *span,
        };
        if let Some(rule) = self.group(root, &group, &["all", "any", "choose"], values) {
            let title = table.title.as_ref().map_or_else(|| root.to_owned(), |title| title.value.clone());
            self.drafts.insert(root.to_owned(), Draft { id: root.to_owned(), title, rule, span: *span });
        }
    }

    fn requirement(&mut self, name: &At<String>, table: &'d At<RequirementTable>, values: &mut Values) {
        if values.id::<RequirementId>(name).is_none() {
            return;
        }
        if name.value.contains('/') {
            let message = "a requirement's name may not contain `/`: it joins a requirement and a credential in reports";
            values.add(Diagnostic::new(Code::InvalidId, name.span, message));
            return;
        }
        let table = &table.value;
        let rule = self.rule(name, table, values);
        let title = table.title.as_ref().map_or_else(|| name.value.clone(), |title| title.value.clone());
        if let Some(rule) = rule {
            self.drafts
                .insert(name.value.clone(), Draft { id: name.value.clone(), title, rule, span: name.span });
        }
    }

    fn rule(
        &mut self,
        name: &At<String>,
        table: &'d RequirementTable,
        values: &mut Values,
    ) -> Option<DraftRule> {
        let span = name.span;
        let verbs: Vec<_> = ["all", "any", "choose", "award", "attest"]
            .into_iter()
            .filter(|verb| table.present.contains(verb))
            .chain(
                ["count", "credits", "from"]
                    .into_iter()
                    .find(|verb| table.present.contains(verb))
                    .map(|_| "from"),
            )
            .collect();
        let [verb] = verbs[..] else {
            let help = "a requirement has exactly one of `all`, `any`, `choose`, `count` or `credits` with `from`, `award`, `attest`";
            let message = match verbs.len() {
                0 => format!("the requirement `{}` asks for nothing", name.value),
                _ => format!(
                    "the requirement `{}` asks for several things at once: `{}`",
                    name.value,
                    verbs.join("`, `")
                ),
            };
            values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
            return None;
        };
        let allowed: &[&str] = match verb {
            "all" => &["title", "all"],
            "any" => &["title", "any"],
            "choose" => &["title", "choose", "of"],
            "award" => &["title", "award", "as"],
            "attest" => &["title", "attest", "at_least", "unit"],
            _ => &[
                "title",
                "count",
                "credits",
                "from",
                "limits",
                "over",
                "layer",
                "min_grade",
                "max_age",
                "optional",
            ],
        };
        let strays: Vec<_> = table.present.iter().filter(|key| !allowed.contains(key)).copied().collect();
        if !strays.is_empty() {
            let message = format!("`{}` does not go with `{verb}`", strays.join("`, `"));
            let help = format!("with `{verb}` the keys are: {}", allowed.join(", "));
            values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
        }
        match verb {
            "award" => self.award(table, values).map(DraftRule::Leaf),
            "attest" => attest(table, values).map(DraftRule::Leaf),
            "from" => take(table, span, self.pools, values).map(DraftRule::Leaf),
            _ => {
                let group = Group {
                    all: table.all.as_ref(),
                    any: table.any.as_ref(),
                    choose: table.choose.as_ref(),
                    of: table.of.as_ref(),
                    present: &table.present,
                    span,
                };
                self.group(&name.value, &group, &[verb], values)
            }
        }
    }

    fn award(&self, table: &RequirementTable, values: &mut Values) -> Option<Rule> {
        let qualification = values.take(self.names.qualification(table.award.as_ref()?))?;
        let words = [("held", AwardMode::Held), ("earned", AwardMode::Earned), ("either", AwardMode::Either)];
        let mode = match &table.mode {
            Some(text) => values.word(text, "as", &words)?,
            None => AwardMode::Either,
        };
        Some(Rule::Award(qualification, mode))
    }

    fn group(
        &mut self,
        parent: &str,
        group: &Group<'_>,
        verbs: &[&str],
        values: &mut Values,
    ) -> Option<DraftRule> {
        let written: Vec<_> = verbs.iter().filter(|verb| group.present.contains(verb)).copied().collect();
        let [verb] = written[..] else {
            let message = "it is not said what completes it";
            let help = "write exactly one of `all = [...]`, `any = [...]`, or `choose = k` with `of = [...]`";
            values.add(Diagnostic::new(Code::ConflictingKeys, group.span, message).help(help));
            return None;
        };
        if group.present.contains(&"of") && verb != "choose" {
            let message = "`of` goes with `choose`";
            values.add(
                Diagnostic::new(Code::ConflictingKeys, group.span, message)
                    .help("write `choose = k` beside it"),
            );
        }
        let (list, key) = match verb {
            "all" => (group.all, "all"),
            "any" => (group.any, "any"),
            _ => (group.of, "of"),
        };
        let list = values.required_list(list, group.span, group.present, key)?;
        let children = self.children(parent, list, values);
        let least = match verb {
            "all" => Least::All,
            "any" => Least::One,
            _ => Least::Number(self.choice(group.choose?, list, values)?),
        };
        Some(DraftRule::Group { least, children })
    }

    fn choice(&self, choose: &At<Number>, list: List<'_>, values: &mut Values) -> Option<u32> {
        let chosen = values.whole(choose, "choose", 1)?;
        if chosen as usize > list.value.len() {
            let message =
                format!("`choose = {chosen}` asks for more than the {} that `of` names", list.value.len());
            values.add(
                Diagnostic::new(Code::ChoiceTooLarge, choose.span, message).also(list.span, "the choice"),
            );
            return None;
        }
        Some(chosen)
    }

    /// The children of a list; a credential or qualification named directly becomes a requirement of its own.
    fn children(&mut self, parent: &str, list: List<'_>, values: &mut Values) -> Vec<String> {
        let mut children: BTreeMap<String, Span> = BTreeMap::new();
        for name in &list.value {
            let Some(child) = self.child(parent, name, values) else { continue };
            match children.get(&child) {
                Some(&first) => values.add(named_twice(name, first)),
                None => drop(children.insert(child, name.span)),
            }
        }
        children.into_keys().collect()
    }

    fn child(&mut self, parent: &str, name: &At<String>, values: &mut Values) -> Option<String> {
        let meaning = self.names.resolve(name);
        if let Some(&span) = self.named.get(name.value.as_str()) {
            if meaning.is_ok() {
                let message = format!(
                    "`{}` is a requirement of this file and also a credential or qualification",
                    name.value
                );
                values.add(
                    Diagnostic::new(Code::AmbiguousName, name.span, message)
                        .also(span, "the requirement")
                        .help("give the requirement another name"),
                );
            }
            return Some(name.value.clone());
        }
        let rule = match meaning {
            Ok(Meaning::Credential(credential)) => one_credential(credential, name.span),
            Ok(Meaning::Qualification(qualification)) => Rule::Award(qualification, AwardMode::Either),
            Err(finding) if finding.code == Code::AmbiguousName => return values.take(Err(finding)),
            Err(finding) => {
                let nearest = self.named.keys().copied();
                let own = unknown(name, "requirement, credential or qualification", nearest);
                let did_you_mean =
                    |finding: &Diagnostic| finding.help.as_ref().is_some_and(|help| help.starts_with("did"));
                let help = if did_you_mean(&own) { own.help.clone() } else { finding.help };
                return values.take(Err(Diagnostic { help, ..own }));
            }
        };
        let id = format!("{parent}/{}", name.value);
        let draft =
            Draft { id: id.clone(), title: name.value.clone(), rule: DraftRule::Leaf(rule), span: name.span };
        self.drafts.insert(id.clone(), draft);
        Some(id)
    }
}

/// Naming a credential is taking one holding of it.
fn one_credential(credential: CredentialIx, span: Span) -> Rule {
    let need = Limit {
        measure: Measure::Count,
        amount: Amount::ONE,
        filter: Filter::default(),
        bound: Bound::AtLeast,
        span,
    };
    Rule::Take(Take {
        filter: Filter::only(credential),
        floors: vec![need],
        caps: Vec::new(),
        min_grade: None,
        max_age: None,
        sight: Sight::Taking,
    })
}

fn attest(table: &RequirementTable, values: &mut Values) -> Option<Rule> {
    let key = values.id(table.attest.as_ref()?)?;
    let amount = match &table.at_least {
        Some(number) => values.amount(number)?,
        None => Amount::ONE,
    };
    if amount == Amount::ZERO {
        let span =
            table.at_least.as_ref().map_or_else(|| unreachable!("zero is written"), |number| number.span);
        values.add(Diagnostic::new(
            Code::Vacuous,
            span,
            "evidence of nothing is asked for, so everybody has it",
        ));
    }
    let unit = table.unit.as_ref().map(|unit| unit.value.clone());
    Some(Rule::Attest(Attest { key, amount, unit }))
}

fn take(table: &RequirementTable, span: Span, pools: &Pools<'_>, values: &mut Values) -> Option<Rule> {
    let from = values.required_list(table.from.as_ref(), span, &table.present, "from");
    let mut floors = needs(table, span, values);
    let own = match floors[..] {
        [Limit { measure, .. }] => Some(measure),
        _ => None,
    };
    let limits = limits(table.limits.as_ref(), own, pools, values);
    let (more, caps): (Vec<_>, Vec<_>) = limits.into_iter().partition(|limit| limit.bound == Bound::AtLeast);
    floors.extend(more);
    let mut pools_taken = values.names(from?, |name| pools.resolve(name));
    pools_taken.sort_unstable();
    Some(Rule::Take(Take {
        filter: Filter { pools: Some(pools_taken), ..Filter::default() },
        floors,
        caps,
        min_grade: table.min_grade.as_ref().and_then(|grade| values.amount(grade)),
        max_age: table.max_age.as_ref().and_then(|age| values.period(age)),
        sight: sight(table, span, values)?,
    }))
}

/// The requirement's own needs: `count`, `credits`, both, or none where it is optional.
fn needs(table: &RequirementTable, span: Span, values: &mut Values) -> Vec<Limit> {
    let mut needs = Vec::new();
    let mut need = |measure, amount, span| {
        needs.push(Limit { measure, amount, filter: Filter::default(), bound: Bound::AtLeast, span });
    };
    if let Some(number) = &table.count
        && let Some(count) = values.whole(number, "count", 1)
    {
        need(Measure::Count, Amount::whole(count), number.span);
    }
    if let Some(number) = &table.credits
        && let Some(credits) = values.amount(number)
    {
        if credits == Amount::ZERO {
            let help = "ask for some, or write `optional = true` without the key";
            values.add(
                Diagnostic::new(
                    Code::Vacuous,
                    number.span,
                    "`credits = 0` asks for nothing, so everybody meets it",
                )
                .help(help),
            );
        }
        need(Measure::Credits, credits, number.span);
    }
    let asks = table.present.contains(&"count") || table.present.contains(&"credits");
    let optional = table.optional.as_ref().is_some_and(|optional| optional.value);
    match (asks, optional) {
        (true, true) => values.add(
            Diagnostic::new(Code::ConflictingKeys, span, "an optional requirement asks for no number")
                .help("take out `optional`, or `count` and `credits`"),
        ),
        (false, false) => values.add(
            Diagnostic::new(Code::MissingKey, span, "it is not said how much is to be taken")
                .help("add `count = …` or `credits = …`; or `optional = true` if nothing need be"),
        ),
        _ => {}
    }
    needs
}

fn sight(table: &RequirementTable, span: Span, values: &mut Values) -> Option<Sight> {
    let layer = table.layer.as_ref().map(|layer| layer.value.clone());
    let Some(over) = &table.over else {
        if layer.is_some() {
            let message = "a layer is for requirements that look at holdings instead of taking them";
            values.add(
                Diagnostic::new(Code::ConflictingKeys, span, message)
                    .help("add `over = \"counted\"`, or take `layer` out"),
            );
        }
        return Some(Sight::Taking);
    };
    match values.word(over, "over", &[("counted", true), ("held", false)])? {
        true => Some(Sight::Counted { layer }),
        false => Some(Sight::Held { layer }),
    }
}

/// Builds `limits`; a bare number is in `own`, the measure of the requirement they belong to.
pub(super) fn limits(
    tables: Option<&At<Vec<At<LimitTable>>>>,
    own: Option<Measure>,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Vec<Limit> {
    let mut limits = Vec::new();
    for At { value: table, span } in tables.iter().flat_map(|tables| &tables.value) {
        if !table.present.contains(&"at_least") && !table.present.contains(&"at_most") {
            let message = "this limit says neither the least nor the most";
            values.add(
                Diagnostic::new(Code::MissingKey, *span, message).help("add `at_least = …` or `at_most = …`"),
            );
        }
        let pools_named = table.from.as_ref().map(|list| {
            let mut named = values.names(list, |name| pools.resolve(name));
            named.sort_unstable();
            named
        });
        let filter = Filter {
            pools: pools_named,
            credential: None,
            conditions: values.conditions(table.conditions.as_ref()),
        };
        for (bound_table, bound) in [(&table.at_least, Bound::AtLeast), (&table.at_most, Bound::AtMost)] {
            let Some(bound_table) = bound_table else { continue };
            for (measure, amount, span) in values.bounds(bound_table, own) {
                if bound == Bound::AtLeast && amount == Amount::ZERO {
                    values.add(
                        Diagnostic::new(Code::Vacuous, span, "at least nothing is always so")
                            .help("take the limit out"),
                    );
                }
                limits.push(Limit { measure, amount, filter: filter.clone(), bound, span });
            }
        }
    }
    limits.sort_by(|a, b| {
        let key = |limit: &Limit| {
            (limit.bound == Bound::AtMost, limit.measure, limit.amount, limit.filter.pools.clone())
        };
        key(a).cmp(&key(b)).then_with(|| format!("{:?}", a.filter).cmp(&format!("{:?}", b.filter)))
    });
    limits
}

/// Keeps what the root rests on; a requirement that nothing asks for is a finding.
fn reachable(root: &str, drafts: Drafts<'_>, values: &mut Values) -> Vec<Draft> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(id) = open.pop() {
        if let Some(Draft { rule: DraftRule::Group { children, .. }, .. }) = drafts.drafts.get(&id) {
            open.extend(children.iter().filter(|child| !seen.contains(*child)).cloned());
        }
        seen.insert(id);
    }
    // Where something could not be read, what it would have asked for cannot be known.
    if !values.has_errors() {
        for (name, &span) in &drafts.named {
            if !seen.contains(*name) {
                let message = format!("nothing asks for the requirement `{name}`");
                let help = "name it in the qualification or in another requirement, or take it out";
                values.add(Diagnostic::new(Code::UnusedRequirement, span, message).help(help));
            }
        }
    }
    drafts.drafts.into_values().filter(|draft| seen.contains(&draft.id)).collect()
}

/// Turns names into positions, children first.
fn link(drafts: Vec<Draft>, values: &mut Values) -> Vec<Requirement> {
    let position_of: BTreeMap<&str, usize> =
        drafts.iter().enumerate().map(|(position, draft)| (draft.id.as_str(), position)).collect();
    let mut edges = Vec::new();
    for (parent, draft) in drafts.iter().enumerate() {
        if let DraftRule::Group { children, .. } = &draft.rule {
            edges.extend(
                children.iter().filter_map(|child| Some((*position_of.get(child.as_str())?, parent))),
            );
        }
    }
    let order = match graph::order(drafts.len(), &edges) {
        Ok(order) => order,
        Err(cycle) => {
            let places: Vec<_> =
                cycle.iter().map(|&draft| (drafts[draft].id.as_str(), drafts[draft].span)).collect();
            values.add(check::cycle::circle(&places, "is part of"));
            return Vec::new();
        }
    };
    let mut new_position = BTreeMap::new();
    for (position, &draft) in order.iter().enumerate() {
        new_position.insert(drafts[draft].id.clone(), RequirementIx::at(position));
    }
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|draft| slots[draft].take())
        .filter_map(|draft| {
            let linked = |children: Vec<String>| {
                children.iter().filter_map(|id| new_position.get(id).copied()).collect()
            };
            let rule = match draft.rule {
                DraftRule::Leaf(rule) => rule,
                DraftRule::Group { least: Least::All, children } => Rule::All(linked(children)),
                DraftRule::Group { least: Least::One, children } => Rule::Any(linked(children)),
                DraftRule::Group { least: Least::Number(number), children } => {
                    Rule::Choose(number, linked(children))
                }
            };
            let id = draft.id.parse().map_err(|error: crate::IdError| {
                let message = format!("the name `{}` is too long: {error}", draft.id);
                values.add(
                    Diagnostic::new(Code::InvalidId, draft.span, message)
                        .help("shorten the requirement's name"),
                );
            });
            Some(Requirement { id: id.ok()?, title: draft.title, rule, span: draft.span })
        })
        .collect()
}

/// The qualification that a requirement asks to be earned in its own scope, if it does.
#[must_use]
pub(crate) fn earned(rule: &Rule) -> Option<QualificationIx> {
    match rule {
        Rule::Award(qualification, AwardMode::Earned | AwardMode::Either) => Some(*qualification),
        _ => None,
    }
}

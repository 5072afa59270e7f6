//! From names to positions: what the root rests on, children first.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Code, Diagnostic, IdError, RequirementId,
    catalog::{
        Requirement, RequirementIx, Rule, When,
        build::{
            requirement::{Draft, DraftRule, DraftWhen, Drafts, Least, order},
            value::Values,
        },
        check, graph,
    },
    diagnostic::tick,
};

/// Keeps what the root rests on; a requirement that nothing asks for is a finding.
pub(super) fn reachable(root: &str, drafts: Drafts<'_>, values: &mut Values) -> Vec<Draft> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = drafts.outcomes.clone();
    open.push(root.to_owned());
    while let Some(id) = open.pop() {
        let children = drafts.drafts.get(&id).map_or(&[][..], |draft| draft.rule.children());
        open.extend(children.iter().filter(|child| !seen.contains(*child)).cloned());
        seen.insert(id);
    }
    // Where something could not be read, what it would have asked for cannot be known.
    if !values.has_errors() {
        for (name, &span) in &drafts.named {
            if !seen.contains(*name) {
                let message = format!("nothing asks for the requirement {}", tick(name));
                let help = "name it in the qualification or in another requirement, or take it out";
                values.add(Diagnostic::new(Code::UnusedRequirement, span, message).help(help));
            }
        }
    }
    drafts.drafts.into_values().filter(|draft| seen.contains(&draft.id)).collect()
}

/// Turns names into positions, children first and the root last.
pub(super) fn link(
    root: &str,
    drafts: Vec<Draft>,
    outcomes: &[String],
    values: &mut Values,
) -> Vec<Requirement> {
    let position = |id: &str| drafts.iter().position(|draft| draft.id == id);
    let last = position(root);
    let before = outcomes.iter().filter_map(|outcome| position(outcome).zip(last));
    let edges: Vec<_> = edges(&drafts).into_iter().chain(before).collect();
    let order = match graph::order(drafts.len(), &edges) {
        Ok(order) => order,
        Err(cycle) => {
            let places: Vec<_> =
                cycle.iter().map(|&draft| (drafts[draft].id.as_str(), drafts[draft].span)).collect();
            let is_ordered = cycle.iter().any(|&draft| !drafts[draft].after.is_empty());
            let verb = if is_ordered { "is part of, or comes before," } else { "is part of" };
            values.add(check::cycle::circle(&places, verb));
            return Vec::new();
        }
    };
    let mut position_of = BTreeMap::new();
    for (position, &draft) in order.iter().enumerate() {
        position_of.insert(drafts[draft].id.clone(), RequirementIx::at(position));
    }
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let drafts = order.into_iter().filter_map(|draft| slots[draft].take());
    let mut requirements: Vec<Requirement> =
        drafts.filter_map(|draft| requirement(draft, &position_of, values)).collect();
    narrow(&mut requirements);
    if requirements.len() == position_of.len() {
        order::order(&mut requirements, values);
    }
    requirements
}

/// Marks what takes or looks below a requirement that chooses a value; parents stand last.
fn narrow(requirements: &mut [Requirement]) {
    let mut is_below = vec![false; requirements.len()];
    for at in (0..requirements.len()).rev() {
        let rule = &mut requirements[at].rule;
        if let Rule::Take(take) = rule {
            take.is_narrowed = is_below[at];
        }
        let narrows = is_below[at] || matches!(rule, Rule::Same(..));
        rule.children().iter().for_each(|child| is_below[child.index()] |= narrows);
    }
}

/// From each child to its parent, and from what comes before to what comes after it.
fn edges(drafts: &[Draft]) -> Vec<(usize, usize)> {
    let position_of: BTreeMap<&str, usize> =
        drafts.iter().enumerate().map(|(position, draft)| (draft.id.as_str(), position)).collect();
    let mut edges = Vec::new();
    for (parent, draft) in drafts.iter().enumerate() {
        let children = draft.rule.children().iter().chain(&draft.after);
        edges.extend(children.filter_map(|child| Some((*position_of.get(child.as_str())?, parent))));
    }
    edges
}

fn requirement(
    draft: Draft,
    position_of: &BTreeMap<String, RequirementIx>,
    values: &mut Values,
) -> Option<Requirement> {
    let linked =
        |children: Vec<String>| children.iter().filter_map(|id| position_of.get(id).copied()).collect();
    let rule = match draft.rule {
        DraftRule::Leaf(rule) => rule,
        DraftRule::Same { by, children } => Rule::Same(by, linked(children)),
        DraftRule::Group { least: Least::All, children } => Rule::All(linked(children)),
        DraftRule::Group { least: Least::One, children } => Rule::Any(linked(children)),
        DraftRule::Group { least: Least::Number(number), children } => Rule::Choose(number, linked(children)),
    };
    let id = draft.id.parse::<RequirementId>().map_err(|error: IdError| {
        let message = format!("together, the names {} are too long: {error}", tick(&draft.id));
        let finding = Diagnostic::new(Code::InvalidId, draft.span, message);
        values.add(finding.help("shorten the name of the requirement"));
    });
    let when = draft.when.map(|DraftWhen { held, attested, met }| {
        let met = met.map(|names| names.iter().filter_map(|id| position_of.get(id).copied()).collect());
        When { held, attested, met }
    });
    let after = linked(draft.after);
    Some(Requirement { id: id.ok()?, title: draft.title, rule, when, after, span: draft.span })
}

//! `after`: requirements that come one after the other.

use std::collections::BTreeSet;

use crate::{
    At, Code, Diagnostic,
    catalog::{
        Requirement, RequirementIx, Rule, Sight,
        build::{
            requirement::Drafts,
            value::{ONCE, Values},
        },
    },
};

impl Drafts<'_> {
    /// The names of what comes before a requirement.
    pub(super) fn after(
        &self,
        own: &At<String>,
        list: Option<&At<Vec<At<String>>>>,
        values: &mut Values,
    ) -> Vec<String> {
        let Some(list) = list.and_then(|list| values.filled(list, "after")) else { return Vec::new() };
        let named = |name: &At<String>| {
            let help = "name what comes before it, or take `after` out";
            self.other(own, name, "a requirement does not come after itself", help)
        };
        let mut names = values.names(list, ONCE, named);
        names.sort_unstable();
        names.into_iter().map(ToOwned::to_owned).collect()
    }
}

/// The most pairs of requirements of one file of which one comes after the other.
const PAIRS_MAX: usize = 1_000_000;

/// Says of every requirement that takes which others come before it: whatever is said of a group is
/// said of all that takes below it.
pub(super) fn order(requirements: &mut [Requirement], values: &mut Values) {
    let positions = (0..requirements.len()).map(RequirementIx::at);
    let written =
        positions.flat_map(|later| requirements[later.index()].after.iter().map(move |&one| (later, one)));
    let mut pairs = 0;
    for (later, earlier) in written.collect::<Vec<_>>() {
        let own = takes(requirements, later, values);
        let theirs = takes(requirements, earlier, values);
        pairs += own.len() * theirs.len() + own.len() + theirs.len();
        if pairs > PAIRS_MAX {
            let span = requirements[later.index()].span;
            let message = format!("more than {PAIRS_MAX} pairs of requirements come after each other");
            let finding = Diagnostic::new(Code::TooLarge, span, message);
            return values
                .add(finding.help("name the last requirement before each, which comes after the others"));
        }
        if let Some(&both) = own.intersection(&theirs).next() {
            values.add(in_itself(requirements, both, later, earlier));
        }
        for &ix in own.iter().chain(&theirs) {
            let Rule::Take(take) = &mut requirements[ix.index()].rule else { continue };
            take.is_ordered = true;
            if own.contains(&ix) {
                take.after.extend(&theirs);
                take.after.sort_unstable();
                take.after.dedup();
            }
        }
    }
}

fn in_itself(
    requirements: &[Requirement],
    both: RequirementIx,
    later: RequirementIx,
    earlier: RequirementIx,
) -> Diagnostic {
    let id = |ix: RequirementIx| &requirements[ix.index()].id;
    let message = format!(
        "`{}` is asked for by `{}` and by `{}`, and does not come after itself",
        id(both),
        id(later),
        id(earlier)
    );
    let help = "let requirements come after each other that have nothing in common";
    Diagnostic::new(Code::ConflictingKeys, requirements[later.index()].span, message).help(help)
}

/// What takes at or below a requirement. Anything else has no day that could be compared.
fn takes(requirements: &[Requirement], top: RequirementIx, values: &mut Values) -> BTreeSet<RequirementIx> {
    let (mut seen, mut takes, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![top]);
    while let Some(ix) = open.pop() {
        if !seen.insert(ix) {
            continue;
        }
        let requirement = &requirements[ix.index()];
        match &requirement.rule {
            Rule::Take(take) if take.sight == Sight::Taking => drop(takes.insert(ix)),
            Rule::Take(_) | Rule::Award(..) | Rule::Attest(_) => {
                let message = format!("`{}` takes no holdings, so it has no day in an order", requirement.id);
                let help = "let only requirements come after each other that take holdings; ask for the rest beside them";
                values.add(Diagnostic::new(Code::ConflictingKeys, requirement.span, message).help(help));
            }
            rule => open.extend(rule.children()),
        }
    }
    takes
}

//! Every word of a picture that a person reads.

use cairn_core::{
    Catalog,
    catalog::{Credential, Limit, Qualification, QualificationIx, Requirement, Rule, Take, Tally},
};

use crate::drawing::{EdgeKind, NodeKind, Picture};

/// What a kind of box is called.
pub(super) fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Credential => "credential",
        NodeKind::Group => "group of credentials",
        NodeKind::Requirement => "requirement",
        NodeKind::Qualification => "qualification",
    }
}

/// What a kind of line means.
pub(super) fn line(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::CountsToward => "counts toward",
        EdgeKind::Prerequisite => "must be had before",
    }
}

/// Which way the lines run.
pub(super) const DIRECTION: &str = "Lines run from left to right.";

/// Stands above boxes without lines.
pub(super) const UNCONNECTED: &str = "Without a line to anything in this picture:";

/// Stands in place of a picture without boxes.
pub(super) const NOTHING: &str = "There is nothing to draw.";

/// The caption of a credential's box.
pub(super) fn credential(catalog: &Catalog, credential: &Credential) -> String {
    let kind = kind(NodeKind::Credential);
    if credential.credits.thousandths() == 0 {
        return kind.to_owned();
    }
    format!("{kind}, {}", amount(&credential.credits.to_string(), &crate::words::credit(catalog)))
}

/// The caption of a requirement's box.
pub(super) fn requirement(catalog: &Catalog, requirement: &Requirement) -> String {
    let asked = match &requirement.rule {
        Rule::All(_) => "all of these".to_owned(),
        Rule::Same(by, _) => format!("all of these, one {by}"),
        Rule::Any(_) => "one of these".to_owned(),
        Rule::Choose(least, _) => format!("{least} of these"),
        Rule::Take(take) => needs(catalog, take).unwrap_or_else(|| "optional".to_owned()),
        Rule::Award(..) => "award".to_owned(),
        Rule::Attest(attest) => match &attest.unit {
            Some(unit) => format!("{} {unit}", attest.amount),
            None => "evidence".to_owned(),
        },
    };
    format!("{}: {asked}", kind(NodeKind::Requirement))
}

/// The title of a group's box: how much of how many, and from where.
pub(super) fn group(
    catalog: &Catalog,
    qualification: &Qualification,
    requirement: &Requirement,
    members: usize,
) -> String {
    let Rule::Take(take) = &requirement.rule else { return requirement.title.clone() };
    let whole = amount(&members.to_string(), "credential");
    let asked = match own_needs(take)[..] {
        [] => format!("any of {whole}"),
        [Limit { tally: Tally::Count, amount, .. }] => format!("{amount} of {whole}"),
        _ => format!("{} from {whole}", needs(catalog, take).unwrap_or_default()),
    };
    let pools: Vec<_> =
        take.filter.pools.iter().flatten().map(|ix| &qualification.pools[ix.index()]).collect();
    let names: Vec<_> = pools.iter().map(|pool| pool.id.as_str()).collect();
    match names[..] {
        [] => asked,
        [pool] => format!("{asked} in pool {pool}"),
        _ => format!("{asked} in pools {}", names.join(", ")),
    }
}

/// What a requirement itself asks for, without the limits on parts of it.
fn own_needs(take: &Take) -> Vec<&Limit> {
    take.floors.iter().filter(|floor| floor.is_need()).collect()
}

fn needs(catalog: &Catalog, take: &Take) -> Option<String> {
    let needs = own_needs(take).into_iter().map(|need| {
        let unit = match &need.tally {
            Tally::Count => "credential".to_owned(),
            Tally::Credits => crate::words::credit(catalog),
            other => return crate::words::tally(catalog, need.amount, other),
        };
        amount(&need.amount.to_string(), &unit)
    });
    let needs: Vec<_> = needs.collect();
    (!needs.is_empty()).then(|| needs.join(" and "))
}

/// `1 credit`, `2 credits`, `2 boxes`.
fn amount(number: &str, unit: &str) -> String {
    let ending = match (number, unit.ends_with('x')) {
        ("1", _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{number} {unit}{ending}")
}

/// The title of a picture.
pub(super) fn picture_title(catalog: &Catalog, scope: Option<&[QualificationIx]>) -> String {
    match scope {
        Some(&[one]) => format!("Pathway map: {}", catalog.qualification(one).title),
        _ => "Pathway map".to_owned(),
    }
}

/// What a picture shows, for those who cannot see it.
pub(super) fn description(picture: &Picture) -> String {
    let count = |wanted| picture.nodes().iter().filter(|node| node.kind == wanted).count();
    let counts: Vec<_> = [
        (count(NodeKind::Credential), "credential"),
        (count(NodeKind::Group), "group"),
        (count(NodeKind::Requirement), "requirement"),
        (count(NodeKind::Qualification), "qualification"),
    ]
    .into_iter()
    .filter(|&(count, _)| count > 0)
    .map(|(count, word)| amount(&count.to_string(), word))
    .collect();
    if counts.is_empty() {
        return NOTHING.to_owned();
    }
    format!("{}; {}. {DIRECTION}", counts.join(", "), amount(&picture.edges().len().to_string(), "line"))
}

/// Stands in place of a picture that would need too much room.
pub(super) fn too_large(picture: &Picture) -> String {
    format!(
        "This map of {} and {} is too large to be drawn. Draw the part under one qualification.",
        amount(&picture.nodes().len().to_string(), "box"),
        amount(&picture.edges().len().to_string(), "line")
    )
}

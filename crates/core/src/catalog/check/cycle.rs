//! `cycle`: things that rest on each other, printed whole.

use crate::{
    Code, Diagnostic, Span,
    catalog::{Credential, Node, Qualification},
};

/// The most places that are pointed at; the message names every step all the same.
const LABELS_MAX: usize = 8;

/// The longest circle that a message spells out.
const STEPS_MAX: usize = 40;

/// A circle of named places, each of which `verb`s the next.
pub(crate) fn circle(places: &[(&str, Span)], verb: &str) -> Diagnostic {
    let (first, span) = places.first().copied().expect("a circle has a place");
    let mut steps: Vec<_> = places.iter().map(|(name, _)| format!("`{name}`")).collect();
    if steps.len() > STEPS_MAX {
        let left_out = steps.len() - STEPS_MAX;
        steps.truncate(STEPS_MAX);
        steps.push(format!("… {left_out} more …"));
    }
    steps.push(format!("`{first}`"));
    let message = format!("`{first}` rests on itself: {}", steps.join(" → "));
    let mut finding = Diagnostic::new(Code::Cycle, span, message).help("take one of these steps out");
    for (place, next) in places.iter().zip(places.iter().cycle().skip(1)).take(LABELS_MAX) {
        let text = format!("`{}` {verb} `{}`", place.0, next.0);
        if place.1 == span && finding.labels[0].text.is_empty() {
            finding.labels[0].text = text;
        } else {
            finding = finding.also(place.1, text);
        }
    }
    finding
}

/// A circle in the graph of a whole catalog.
pub(crate) fn finding(
    cycle: &[Node],
    credentials: &[Credential],
    qualifications: &[Qualification],
) -> Diagnostic {
    let places: Vec<_> = cycle
        .iter()
        .map(|node| match *node {
            Node::Credential(ix) => (credentials[ix.index()].id.as_str(), credentials[ix.index()].span),
            Node::Qualification(ix) => {
                (qualifications[ix.index()].id.as_str(), qualifications[ix.index()].span)
            }
            Node::Requirement(ix, requirement) => {
                let requirement = qualifications[ix.index()].requirement(requirement);
                (requirement.id.as_str(), requirement.span)
            }
        })
        .collect();
    circle(&places, "leads to")
}

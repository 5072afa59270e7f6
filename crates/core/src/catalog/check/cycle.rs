//! `cycle`: things that rest on each other, printed whole.

use crate::{
    Code, Diagnostic, Span,
    catalog::{Credential, Node, Qualification},
    diagnostic::tick,
};

/// The most places that are pointed at; the message names the steps all the same.
const LABELS_MAX: usize = 8;

/// How much of a long circle a message spells out, in bytes.
const STEPS_BYTES_MAX: usize = 1200;

/// A circle of named places, each of which `verb`s the next.
pub(crate) fn circle(places: &[(&str, Span)], verb: &str) -> Diagnostic {
    let (first, span) = places.first().copied().expect("a circle has a place");
    let first = tick(first);
    let message = match places {
        [_] => format!("{first} rests on itself"),
        _ => format!("{first} rests on itself: {} → {first}", steps(places)),
    };
    let mut finding = Diagnostic::new(Code::Cycle, span, message).help("take one of these steps out");
    finding.labels.clear();
    if let [only] = places {
        return finding.also(only.1, "it leads to itself");
    }
    for (place, next) in places.iter().zip(places.iter().cycle().skip(1)).take(LABELS_MAX) {
        finding = finding.also(place.1, format!("{} {verb} {}", tick(place.0), tick(next.0)));
    }
    finding
}

/// The steps of a circle, each once; in the middle of a long one some are only counted.
fn steps(places: &[(&str, Span)]) -> String {
    let mut steps = String::new();
    for (at, (name, _)) in places.iter().enumerate() {
        if at > 0 {
            steps.push_str(" → ");
        }
        if steps.len() > STEPS_BYTES_MAX {
            steps.push_str(&format!("… {} more …", places.len() - at));
            break;
        }
        steps.push_str(&tick(name));
    }
    steps
}

/// A circle in the graph of a whole catalog, told by the names that stand in the text.
pub(crate) fn finding(
    cycle: &[Node],
    credentials: &[Credential],
    qualifications: &[Qualification],
) -> Diagnostic {
    let mut places: Vec<(&str, Span)> = Vec::new();
    for node in cycle {
        match *node {
            Node::Credential(ix) => {
                let credential = &credentials[ix.index()];
                places.push((credential.id.as_str(), credential.span));
            }
            Node::Qualification(ix) => {
                let qualification = &qualifications[ix.index()];
                places.push((qualification.id.as_str(), qualification.span));
            }
            Node::Requirement(ix, at) => {
                let qualification = &qualifications[ix.index()];
                let requirement = qualification.requirement(at);
                if at == qualification.root() {
                    continue;
                }
                // What a list names directly is a requirement that nobody wrote; its place is that
                // of the name in the list, and so the best place for the step that leads to it.
                if requirement.id.as_str().contains('/') {
                    if let Some(named) = places.last_mut() {
                        named.1 = requirement.span;
                    }
                } else {
                    places.push((requirement.id.as_str(), requirement.span));
                }
            }
        }
    }
    circle(&places, "leads to")
}

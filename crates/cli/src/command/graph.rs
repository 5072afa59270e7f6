//! `cairn graph`: the drawing, and questions to the graph.

use std::{fmt::Write as _, fs};

use cairn_core::{Catalog, catalog::Node};
use cairn_report::{
    drawing::{self, Detail, Picture},
    words,
};

use crate::{
    arguments::{GraphArguments, GraphFormat, Places},
    failure::{Exit, Failure},
    output, record,
    rules::Rules,
};

pub(super) fn run(places: &Places, asked: &GraphArguments) -> Result<(), Failure> {
    let catalog = Rules::catalog(places)?;
    if let [from, to] = &asked.ladder[..] {
        return ladder(&catalog, from, to);
    }
    if asked.bottlenecks {
        return bottlenecks(&catalog, asked);
    }
    if asked.layers {
        return layers(&catalog);
    }
    let scope = record::qualifications(&catalog, &asked.qualifications)?;
    let scope = (!asked.qualifications.is_empty()).then_some(scope.as_slice());
    let detail = if asked.requirements { Detail::Requirements } else { Detail::Credentials };
    let picture = Picture::of_catalog(&catalog, scope, detail);
    let drawn = match asked.format {
        GraphFormat::Svg => drawing::svg(&picture),
        GraphFormat::Dot => drawing::dot(&picture),
        GraphFormat::Mermaid => drawing::mermaid(&picture),
        GraphFormat::Json => drawing::json(&picture),
    };
    let Some(path) = &asked.output else { return output::answer(&drawn) };
    fs::write(path, drawn).map_err(|error| {
        Failure::new(Exit::File, format!("`{}` cannot be written: {error}", path.display()))
    })?;
    output::say(&format!("drawn into `{}`", path.display()));
    places.follow(&["cairn graph --bottlenecks".to_owned(), "cairn show".to_owned()]);
    Ok(())
}

fn node(catalog: &Catalog, name: &str) -> Result<Node, Failure> {
    match catalog.find_credential(name) {
        Some(ix) => Ok(Node::Credential(ix)),
        None if catalog.find_qualifications(name).is_empty() => {
            Err(record::not_defined(catalog, "credential or qualification", name))
        }
        None => Ok(Node::Qualification(record::qualification(catalog, name)?)),
    }
}

fn named(catalog: &Catalog, node: Node) -> String {
    match node {
        Node::Credential(ix) => words::credential(catalog, ix),
        Node::Qualification(ix) => words::qualification(catalog, ix),
        Node::Requirement(within, ix) => words::requirement(catalog, within, ix, Some(within)),
    }
}

/// The steps of a ladder; requirements stand between what is earned, and are not steps.
fn steps(nodes: &[Node]) -> impl Iterator<Item = &Node> {
    nodes.iter().filter(|node| !matches!(node, Node::Requirement(..)))
}

fn ladder(catalog: &Catalog, from: &str, to: &str) -> Result<(), Failure> {
    let (from, to) = (node(catalog, from)?, node(catalog, to)?);
    let Some(path) = catalog.graph().shortest_ladder(from, to) else {
        let message = format!("{} does not lead to {}", named(catalog, from), named(catalog, to));
        return output::answer(&format!("{message}\n"));
    };
    let mut text = String::new();
    for (number, &step) in steps(&path).enumerate() {
        let _ = writeln!(text, "{}{}", "  ".repeat(number), named(catalog, step));
    }
    if let Node::Qualification(to) = to {
        let passed = catalog.graph().gateways(from, to);
        let passed: Vec<_> = steps(&passed).map(|&node| named(catalog, node)).collect();
        if !passed.is_empty() {
            let _ = writeln!(text, "\nevery way passes {}", words::list(&passed, "and"));
        }
    }
    output::answer(&text)
}

fn bottlenecks(catalog: &Catalog, asked: &GraphArguments) -> Result<(), Failure> {
    let mut text = String::new();
    let unavoidable = catalog.unavoidable();
    for ix in record::qualifications(catalog, &asked.qualifications)? {
        let needed: Vec<_> =
            unavoidable[ix.index()].iter().map(|&ix| words::credential(catalog, ix)).collect();
        let _ = writeln!(text, "{}\n  {}\n", words::qualification(catalog, ix), words::unavoidable(&needed));
    }
    let joints: Vec<_> =
        catalog.graph().articulations().into_iter().map(|node| named(catalog, node)).collect();
    let _ = writeln!(text, "{}", words::joints(&joints));
    output::answer(&text)
}

fn layers(catalog: &Catalog) -> Result<(), Failure> {
    let layers = catalog.graph().layers();
    let shown = layers.iter().map(|layer| steps(layer).map(|&node| named(catalog, node)).collect::<Vec<_>>());
    let mut text = String::new();
    for (number, names) in (1..).zip(shown.filter(|names| !names.is_empty())) {
        let _ = writeln!(text, "{number:>3}  {}", names.join("\n     "));
    }
    output::answer(&text)
}

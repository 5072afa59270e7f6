//! Writes a picture as JSON; the shape is a promise, and its changes are counted.

use serde::Serialize;

use crate::drawing::{EdgeKind, NodeKind, Picture};

/// The version of the shape.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Shape<'p> {
    format_version: u32,
    title: &'p str,
    nodes: Vec<NodeShape<'p>>,
    edges: Vec<EdgeShape<'p>>,
}

#[derive(Serialize)]
struct NodeShape<'p> {
    id: &'p str,
    kind: &'static str,
    title: &'p str,
    caption: &'p str,
    layer: usize,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    members: &'p [String],
}

#[derive(Serialize)]
struct EdgeShape<'p> {
    from: &'p str,
    to: &'p str,
    kind: &'static str,
}

/// The picture as JSON: nodes and edges by id, `members` where a node stands for many credentials.
///
/// A member may also be a node of its own; its membership is not repeated as an edge.
#[must_use]
pub fn json(picture: &Picture) -> String {
    let nodes = picture.nodes();
    let shape = Shape {
        format_version: FORMAT_VERSION,
        title: picture.title(),
        nodes: nodes
            .iter()
            .map(|node| NodeShape {
                id: &node.id,
                kind: kind_of_node(node.kind),
                title: &node.title,
                caption: &node.caption,
                layer: node.layer,
                members: &node.members,
            })
            .collect(),
        edges: picture
            .edges()
            .iter()
            .map(|edge| EdgeShape {
                from: &nodes[edge.from].id,
                to: &nodes[edge.to].id,
                kind: kind_of_edge(edge.kind),
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&shape).expect("strings and numbers are always JSON");
    text.push('\n');
    text
}

fn kind_of_node(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Credential => "credential",
        NodeKind::Group => "group",
        NodeKind::Requirement => "requirement",
        NodeKind::Qualification => "qualification",
    }
}

fn kind_of_edge(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::CountsToward => "counts-toward",
        EdgeKind::Prerequisite => "prerequisite",
    }
}

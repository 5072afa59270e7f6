//! Writes a picture for Graphviz.
//!
//! In its quoted strings `"` and `\` are special, and labels also understand HTML entities
//! (<https://graphviz.org/doc/info/lang.html>, <https://graphviz.org/docs/attr-types/escString/>).

use std::fmt::Write as _;

use crate::drawing::{EdgeKind, NodeKind, Picture, text};

/// The picture as a `digraph`, for `dot -Tpdf`.
#[must_use]
pub fn dot(picture: &Picture) -> String {
    let mut out = format!(
        "digraph \"{}\" {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n",
        quoted(picture.title())
    );
    for node in picture.nodes() {
        let _ = writeln!(
            out,
            "  \"{}\" [label=\"{}\\n{}\", {}];",
            quoted(&node.id),
            quoted(&node.caption),
            quoted(&node.title),
            shape(node.kind)
        );
    }
    for edge in picture.edges() {
        let [from, to] = [edge.from, edge.to].map(|at| quoted(&picture.nodes()[at].id));
        let style = match edge.kind {
            EdgeKind::CountsToward => "",
            EdgeKind::Prerequisite => " [style=dashed]",
        };
        let _ = writeln!(out, "  \"{from}\" -> \"{to}\"{style};");
    }
    out.push_str("}\n");
    out
}

fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Credential => "shape=box",
        NodeKind::Group => "shape=box3d",
        NodeKind::Requirement => "shape=octagon",
        NodeKind::Qualification => "shape=box, style=rounded, penwidth=2",
    }
}

fn quoted(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in text::shown(raw).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

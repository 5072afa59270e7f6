//! Writes a picture as a Mermaid flowchart.
//!
//! Mermaid reads directives, markdown, HTML and entity codes inside labels, and words such as
//! `end` outside them. So nodes are called by number, and of ASCII only letters, digits, spaces and
//! a few signs stand for themselves; the rest are entity codes
//! (<https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters>).

use std::fmt::Write as _;

use crate::drawing::{EdgeKind, NodeKind, Picture, text};

/// The picture as a `flowchart`. Mermaid itself refuses charts of more than 500 lines unless it is
/// configured otherwise.
#[must_use]
pub fn mermaid(picture: &Picture) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, node) in picture.nodes().iter().enumerate() {
        let (open, close) = shape(node.kind);
        let (caption, title) = (label(&node.caption), label(&node.title));
        let _ = writeln!(out, "  n{at}{open}\"{caption}<br/>{title}\"{close}");
    }
    for edge in picture.edges() {
        let arrow = match edge.kind {
            EdgeKind::CountsToward => "-->",
            EdgeKind::Prerequisite => "-.->",
        };
        let _ = writeln!(out, "  n{} {arrow} n{}", edge.from, edge.to);
    }
    out
}

fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Credential => ("[", "]"),
        NodeKind::Group => ("[[", "]]"),
        NodeKind::Requirement => ("{{", "}}"),
        NodeKind::Qualification => ("([", "])"),
    }
}

fn label(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in text::shown(raw).chars() {
        if c.is_ascii_alphanumeric() || " ,:()".contains(c) || !c.is_ascii() {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

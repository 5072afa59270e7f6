//! What is drawn: boxes, and the lines between them.
//!
//! Invariant: a picture has no circle, and each edge leads to a higher layer.

use cairn_core::{Catalog, catalog::QualificationIx};

use crate::drawing::{collect, layers, words};

/// How much of the rules is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Credentials and qualifications; requirements are left out, but their pools are not.
    Credentials,
    /// The named requirements as well.
    Requirements,
}

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A credential.
    Credential,
    /// All credentials that a requirement with a broad pool accepts.
    Group,
    /// A named requirement of a qualification.
    Requirement,
    /// A qualification.
    Qualification,
}

/// Why there is a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// The one counts toward the other.
    CountsToward,
    /// The one must be had before the other can be earned.
    Prerequisite,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The id of the credential or qualification; `qualification#requirement` of a requirement,
    /// and `qualification#requirement#group` of a group. No id of the rules contains a `#`.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// The name to show.
    pub title: String,
    /// The kind in words, with what is worth knowing: `credential, 5 credits`.
    pub caption: String,
    /// Its layer; lines lead from lower to higher layers.
    pub layer: usize,
    /// The ids of the credentials that a group stands for; some may have a box of their own.
    pub members: Vec<String>,
}

/// A line from one box to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Position of the box where it begins.
    pub from: usize,
    /// Position of the box to which it leads.
    pub to: usize,
    /// What it means.
    pub kind: EdgeKind,
}

/// The boxes and lines of a catalog, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    title: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Picture {
    /// The picture of a catalog, or of everything under some of its qualifications.
    ///
    /// A requirement that accepts more than a dozen credentials gets one group box for all of
    /// them; a credential has a box of its own if anything else speaks of it.
    #[must_use]
    pub fn of_catalog(catalog: &Catalog, scope: Option<&[QualificationIx]>, detail: Detail) -> Picture {
        let (mut nodes, edges) = collect::collect(catalog, scope, detail);
        let count = nodes.len();
        for (node, layer) in nodes.iter_mut().zip(layers::layers(count, &edges)) {
            node.layer = layer;
        }
        Picture { title: words::picture_title(catalog, scope), nodes, edges }
    }

    /// What the picture shows, in a few words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The boxes, by id.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The lines, by the positions of their ends.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }
}

//! Draws what counts toward what: as SVG, for Graphviz, for Mermaid, and as JSON.
//!
//! A pure function of the catalog: the same rules give the same bytes, in whatever order their
//! files were read. All coordinates are integers.
//!
//! The SVG is a layered drawing after Sugiyama, Tagawa and Toda, "Methods for Visual Understanding
//! of Hierarchical System Structures", IEEE Trans. SMC 11 (1981): give every box a layer, make
//! room for lines that pass a layer, order each layer, place it, draw the lines. Layers run from
//! left to right. A line crosses a layer only in a lane of its own, and bends only between layers:
//! so it never runs through a box.

// What is drawn.
mod picture;
pub use picture::{Detail, Edge, EdgeKind, Node, NodeKind, Picture};

mod collect;

mod layers;

mod words;

// Where it is drawn: one step per module.
mod text;

mod wrap;

mod label;

mod lanes;

mod order;

mod crossings;

mod exchange;

mod place;

mod route;

mod aside;

mod legend;

mod layout;
pub use layout::{
    Layout, PlacedBox, PlacedSample, Point, Rect, RoutedLine, Sample, Stroke, TextLine, layout,
};

// How it is written.
mod colours;

mod svg;
pub use svg::svg;

mod dot;
pub use dot::dot;

mod mermaid;
pub use mermaid::mermaid;

mod json;
pub use json::json;

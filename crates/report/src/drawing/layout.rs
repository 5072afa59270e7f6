//! Where everything of a picture is, as plain data, in pixels from the top left corner.
//!
//! INVARIANT: no two boxes overlap, no line runs through a box, no text is wider than its box, and
//! all lie in the picture (tests/drawing/laws.rs).

use crate::drawing::{EdgeKind, NodeKind, Picture, aside, label, lanes, legend, order, place, route};

/// The free border of a picture.
pub(super) const MARGIN: i64 = 20;

/// A narrower picture has no room for the legend.
const WIDTH_MIN: i64 = 360;

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Pixels from the left.
    pub x: i64,
    /// Pixels from the top.
    pub y: i64,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// The left border.
    pub x: i64,
    /// The upper border.
    pub y: i64,
    /// How wide it is.
    pub width: i64,
    /// How high it is.
    pub height: i64,
}

impl Rect {
    /// The right border.
    #[must_use]
    pub fn right(self) -> i64 {
        self.x + self.width
    }

    /// The lower border.
    #[must_use]
    pub fn bottom(self) -> i64 {
        self.y + self.height
    }

    /// The height of the middle.
    #[must_use]
    pub fn middle(self) -> i64 {
        self.y + self.height / 2
    }
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// What it says.
    pub text: String,
    /// Where it begins, on the base line.
    pub at: Point,
    /// How wide it is at most, in the fonts that it was measured for.
    pub width: i64,
    /// The size of its font.
    pub size: i64,
}

/// A box with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedBox {
    /// Position of the picture's node.
    pub node: usize,
    /// What it covers, the cards behind a group included.
    pub area: Rect,
    /// The width inside the box that text may take.
    pub room: i64,
    /// The first line: what kind of thing it is.
    pub caption: TextLine,
    /// The title.
    pub title: Vec<TextLine>,
}

/// A piece of a line: straight if both ends are at one height, else a curve that stays in the
/// rectangle between its ends and is level at both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stroke {
    /// The left end.
    pub from: Point,
    /// The right end.
    pub to: Point,
}

/// Lines of one kind that fork from one box, or join at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutedLine {
    /// What it means.
    pub kind: EdgeKind,
    /// Positions of the nodes where it begins, each with the point where it leaves.
    pub from: Vec<(usize, Point)>,
    /// Positions of the nodes to which it leads, each with the point where it arrives.
    pub to: Vec<(usize, Point)>,
    /// Its pieces, from the left.
    pub strokes: Vec<Stroke>,
}

/// What a sample of the legend looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A box.
    Box(NodeKind),
    /// A line.
    Line(EdgeKind),
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedSample {
    /// What is shown.
    pub sample: Sample,
    /// Where.
    pub area: Rect,
    /// What it means.
    pub text: TextLine,
}

/// A picture with a place for everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width of the whole.
    pub width: i64,
    /// The height of the whole.
    pub height: i64,
    /// The boxes.
    pub boxes: Vec<PlacedBox>,
    /// The lines.
    pub lines: Vec<RoutedLine>,
    /// The legend.
    pub samples: Vec<PlacedSample>,
    /// Sentences beside the drawing.
    pub notes: Vec<TextLine>,
}

/// Finds a place for everything; nothing if the picture is too large to be drawn.
#[must_use]
pub fn layout(picture: &Picture) -> Option<Layout> {
    let mut layout = Layout {
        width: 0,
        height: 0,
        boxes: Vec::new(),
        lines: Vec::new(),
        samples: Vec::new(),
        notes: Vec::new(),
    };
    let labels: Vec<_> = picture.nodes().iter().map(label::label).collect();
    let mut columns = lanes::columns(picture)?;
    let neighbours = columns.neighbours();
    order::order(&mut columns, &neighbours);
    let sizes = route::sizes(&columns, &labels);
    let middle = place::place(&columns, &neighbours, &sizes);
    route::draw(&columns, &sizes, &middle, &labels, &mut layout);
    aside::add(picture, &labels, &mut layout);
    layout.width = layout.width.max(WIDTH_MIN);
    legend::add(picture, &mut layout);
    layout.height += MARGIN;
    Some(layout)
}

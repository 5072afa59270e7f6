//! The text of a box, and the room that it takes.

use crate::drawing::{
    Node, NodeKind, PlacedBox, Point, Rect, TextLine,
    text::{self, Font},
    wrap::wrap,
};

/// All boxes are equally wide, so that columns are straight.
pub(super) const BOX_WIDTH: i64 = 192;

/// How far the cards behind a group stick out.
pub(super) const STACK: i64 = 6;

const PADDING: i64 = 12;
const CAPTION_HEIGHT: i64 = 16;
const LINE_HEIGHT: i64 = 18;
const LINES_MAX: usize = 3;

/// A box's lines of text; its height is even, so that its middle is a whole number.
pub(super) struct Label {
    caption: String,
    title: Vec<String>,
    font: Font,
    /// How far the front of the box lies inside its area, at the top and at the right.
    inset: i64,
    pub(super) height: i64,
}

/// The label of a node.
pub(super) fn label(node: &Node) -> Label {
    let inset = if node.kind == NodeKind::Group { STACK } else { 0 };
    let font = if node.kind == NodeKind::Qualification { text::STRONG } else { text::TITLE };
    let caption = wrap(&node.caption, text::SMALL, room(inset), 1).pop().unwrap_or_default();
    let mut title = wrap(&node.title, font, room(inset), LINES_MAX);
    if title.is_empty() {
        title = wrap(&node.id, font, room(inset), LINES_MAX);
    }
    let lines = i64::try_from(title.len()).unwrap_or(0);
    let height = inset + 2 * PADDING - 6 + CAPTION_HEIGHT + LINE_HEIGHT * lines;
    Label { caption, title, font, inset, height: height + height % 2 }
}

fn room(inset: i64) -> i64 {
    BOX_WIDTH - 2 * PADDING - inset
}

impl Label {
    /// The box with this label and its upper left corner at `corner`.
    pub(super) fn at(&self, node: usize, corner: Point) -> PlacedBox {
        let x = corner.x + PADDING;
        let caption_y = corner.y + self.inset + PADDING + 8;
        let title = (1..).zip(&self.title).map(|(line, text)| {
            TextLine::new(text.clone(), Point { x, y: caption_y + 1 + line * LINE_HEIGHT }, self.font)
        });
        PlacedBox {
            node,
            area: Rect { x: corner.x, y: corner.y, width: BOX_WIDTH, height: self.height },
            room: room(self.inset),
            caption: TextLine::new(self.caption.clone(), Point { x, y: caption_y }, text::SMALL),
            title: title.collect(),
        }
    }
}

impl TextLine {
    pub(super) fn new(text: String, at: Point, font: Font) -> TextLine {
        let width = text::width(&text, font);
        TextLine { text, at, width, size: font.size }
    }
}

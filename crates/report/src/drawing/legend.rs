//! What the shapes and lines mean, below the drawing: only those that it has.

use crate::drawing::{
    EdgeKind, Layout, NodeKind, Picture, PlacedSample, Point, Rect, Sample, TextLine,
    layout::MARGIN,
    text::{self, SMALL},
    words,
    wrap::wrap,
};

const SAMPLE_WIDTH: i64 = 34;
const SAMPLE_HEIGHT: i64 = 20;
const ROW: i64 = 30;
const LINE: i64 = 18;
const NOTE_LINES_MAX: usize = 4;

/// Adds the legend below what is there.
pub(super) fn add(picture: &Picture, layout: &mut Layout) {
    if picture.nodes().is_empty() {
        layout.height = MARGIN;
        return note(words::NOTHING, layout);
    }
    layout.height += MARGIN;
    let right = layout.width - MARGIN;
    let mut corner = Point { x: MARGIN, y: layout.height };
    for (sample, word) in samples(picture) {
        let width = SAMPLE_WIDTH + 8 + text::width(word, SMALL);
        if corner.x > MARGIN && corner.x + width > right {
            corner = Point { x: MARGIN, y: corner.y + ROW };
        }
        let at = Point { x: corner.x + SAMPLE_WIDTH + 8, y: corner.y + SAMPLE_HEIGHT - 6 };
        layout.samples.push(PlacedSample {
            sample,
            area: Rect { x: corner.x, y: corner.y, width: SAMPLE_WIDTH, height: SAMPLE_HEIGHT },
            text: TextLine::new(word.to_owned(), at, SMALL),
        });
        corner.x += width + 24;
    }
    layout.height = corner.y + SAMPLE_HEIGHT;
    if !picture.edges().is_empty() {
        note(words::DIRECTION, layout);
    }
}

fn samples(picture: &Picture) -> impl Iterator<Item = (Sample, &'static str)> {
    let kinds = [NodeKind::Credential, NodeKind::Group, NodeKind::Requirement, NodeKind::Qualification];
    let boxes = kinds.into_iter().filter(|&kind| picture.nodes().iter().any(|node| node.kind == kind));
    let lines = [EdgeKind::CountsToward, EdgeKind::Prerequisite]
        .into_iter()
        .filter(|&kind| picture.edges().iter().any(|edge| edge.kind == kind));
    let boxes = boxes.map(|kind| (Sample::Box(kind), words::kind(kind)));
    boxes.chain(lines.map(|kind| (Sample::Line(kind), words::line(kind))))
}

/// Adds a sentence below what is there.
pub(super) fn note(sentence: &str, layout: &mut Layout) {
    layout.height += 8;
    for line in wrap(sentence, SMALL, layout.width - 2 * MARGIN, NOTE_LINES_MAX) {
        layout.height += LINE;
        let at = Point { x: MARGIN, y: layout.height - 5 };
        layout.notes.push(TextLine::new(line, at, SMALL));
    }
}

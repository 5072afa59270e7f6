//! Writes a picture as SVG: no script, nothing from elsewhere, legible in light and dark.

use std::fmt::Write as _;

use crate::drawing::{
    EdgeKind, Layout, Node, NodeKind, Picture, PlacedBox, PlacedSample, Point, Rect, RoutedLine, Sample,
    Stroke, TextLine, colours::COLOURS, label::STACK, layout, legend, text, words,
};

/// The picture as an SVG document.
///
/// Every rule of its style sheet is confined to its class `cairn-map`, so that it can stand inside
/// a page. A picture that would take too much room is a sentence that says so.
#[must_use]
pub fn svg(picture: &Picture) -> String {
    let layout = layout(picture).unwrap_or_else(|| notice(picture));
    let mut out = String::new();
    head(&mut out, picture, &layout);
    for line in &layout.lines {
        routed(&mut out, line);
    }
    for placed in &layout.boxes {
        boxed(&mut out, placed, &picture.nodes()[placed.node]);
    }
    for sample in &layout.samples {
        sampled(&mut out, sample);
    }
    for note in &layout.notes {
        line_of_text(&mut out, note, " class=\"caption\"");
    }
    out.push_str("</svg>\n");
    out
}

fn notice(picture: &Picture) -> Layout {
    let mut layout = Layout {
        width: 400,
        height: 20,
        boxes: Vec::new(),
        lines: Vec::new(),
        samples: Vec::new(),
        notes: Vec::new(),
    };
    legend::note(&words::too_large(picture), &mut layout);
    layout.height += 20;
    layout
}

/// Appends formatted text; writing to a `String` cannot fail.
macro_rules! put {
    ($out:expr, $($part:tt)*) => {
        let _ = write!($out, $($part)*);
    };
}

fn head(out: &mut String, picture: &Picture, layout: &Layout) {
    let (width, height) = (layout.width, layout.height);
    put!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cairn-map\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"cairn-map-title cairn-map-desc\">\n\
         <title id=\"cairn-map-title\">{}</title>\n<desc id=\"cairn-map-desc\">{}</desc>\n<style>\n",
        escaped(picture.title()),
        escaped(&words::description(picture))
    );
    style(out);
    put!(out, "</style>\n<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n");
}

fn style(out: &mut String) {
    out.push_str(concat!(
        ".cairn-map text{font:13px system-ui,\"DejaVu Sans\",sans-serif}\n",
        ".cairn-map .caption{font-size:12px}\n",
        ".cairn-map .qualification .title{font-weight:bold}\n",
        ".cairn-map .box{stroke-width:1.5}\n",
        ".cairn-map .qualification .box{stroke-width:3}\n",
        ".cairn-map .line{fill:none;stroke-width:1.5}\n",
        ".cairn-map .before.line{stroke-dasharray:7 4}\n",
    ));
    for colour in &COLOURS {
        put!(out, ".cairn-map {}{{{}:{}}}\n", colour.selector, colour.property, colour.light);
    }
    out.push_str("@media (prefers-color-scheme:dark){\n");
    for colour in &COLOURS {
        put!(out, ".cairn-map {}{{{}:{}}}\n", colour.selector, colour.property, colour.dark);
    }
    out.push_str("}\n");
}

fn class_of_line(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::CountsToward => "counts",
        EdgeKind::Prerequisite => "before",
    }
}

fn class_of_box(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Credential => "credential",
        NodeKind::Group => "group",
        NodeKind::Requirement => "requirement",
        NodeKind::Qualification => "qualification",
    }
}

fn routed(out: &mut String, line: &RoutedLine) {
    put!(out, "<path class=\"{} line\" d=\"", class_of_line(line.kind));
    let mut pen = None;
    for stroke in &line.strokes {
        if pen != Some(stroke.from) {
            put!(out, "M{} {}", stroke.from.x, stroke.from.y);
        }
        stroked(out, *stroke);
        pen = Some(stroke.to);
    }
    out.push_str("\"/>\n");
    for &(_, at) in &line.to {
        tip(out, line.kind, at);
    }
}

fn stroked(out: &mut String, Stroke { from, to }: Stroke) {
    if from.y == to.y {
        put!(out, "H{}", to.x);
    } else {
        let bend = (from.x + to.x) / 2;
        put!(out, "C{bend} {} {bend} {} {} {}", from.y, to.y, to.x, to.y);
    }
}

fn tip(out: &mut String, kind: EdgeKind, at: Point) {
    put!(out, "<path class=\"{} tip\" d=\"M{} {}l-8 -4v8z\"/>\n", class_of_line(kind), at.x, at.y);
}

fn boxed(out: &mut String, placed: &PlacedBox, node: &Node) {
    put!(
        out,
        "<g class=\"{}\" data-id=\"{}\"><title>{}</title>",
        class_of_box(node.kind),
        escaped(&node.id),
        escaped(&format!("{} ({}): {}", node.title, node.id, node.caption))
    );
    shape(out, node.kind, placed.area);
    line_of_text(out, &placed.caption, " class=\"caption\"");
    for line in &placed.title {
        line_of_text(out, line, " class=\"title\"");
    }
    out.push_str("</g>\n");
}

/// Each kind has an outline of its own: square corners, cards, cut corners, round ends.
fn shape(out: &mut String, kind: NodeKind, area: Rect) {
    match kind {
        NodeKind::Credential => rect(out, area, 3),
        NodeKind::Qualification => rect(out, area, (area.height / 2).min(16)),
        NodeKind::Requirement => cut_corners(out, area),
        NodeKind::Group => {
            for step in [0, STACK / 2, STACK] {
                let front = Rect {
                    x: area.x + STACK - step,
                    y: area.y + step,
                    width: area.width - STACK,
                    height: area.height - STACK,
                };
                rect(out, front, 3);
            }
        }
    }
}

fn rect(out: &mut String, area: Rect, round: i64) {
    let Rect { x, y, width, height } = area;
    put!(
        out,
        "<rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>"
    );
}

fn cut_corners(out: &mut String, area: Rect) {
    let Rect { x, y, width, height } = area;
    let cut = (height / 4).min(9);
    put!(
        out,
        "<path class=\"box\" d=\"M{} {y}h{}l{cut} {cut}v{}l-{cut} {cut}h-{}l-{cut} -{cut}v-{}z\"/>",
        x + cut,
        width - 2 * cut,
        height - 2 * cut,
        width - 2 * cut,
        height - 2 * cut
    );
}

fn line_of_text(out: &mut String, line: &TextLine, class: &str) {
    put!(out, "<text{class} x=\"{}\" y=\"{}\">{}</text>", line.at.x, line.at.y, escaped(&line.text));
}

fn sampled(out: &mut String, placed: &PlacedSample) {
    let area = placed.area;
    match placed.sample {
        Sample::Box(kind) => {
            put!(out, "<g class=\"{}\">", class_of_box(kind));
            shape(out, kind, area);
            out.push_str("</g>");
        }
        Sample::Line(kind) => {
            let (from, to) =
                (Point { x: area.x, y: area.middle() }, Point { x: area.right(), y: area.middle() });
            put!(out, "<path class=\"{} line\" d=\"M{} {}H{}\"/>", class_of_line(kind), from.x, from.y, to.x);
            tip(out, kind, to);
        }
    }
    line_of_text(out, &placed.text, " class=\"caption\"");
    out.push('\n');
}

/// Text for XML 1.0, in content or in a double-quoted attribute.
fn escaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in text::shown(raw).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

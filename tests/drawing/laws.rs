//! What is so in every picture.

use cairn_core::{Catalog, SourceFile, catalog::Node};
use cairn_report::drawing::{
    Detail, Edge, EdgeKind, Layout, Picture, Rect, Sample, dot, json, layout, mermaid, svg,
};
use proptest::prelude::*;

use crate::rules::{catalog, random};

const DETAILS: [Detail; 2] = [Detail::Credentials, Detail::Requirements];

fn pictures(files: &[SourceFile]) -> [Picture; 2] {
    let catalog = catalog(files);
    DETAILS.map(|detail| Picture::of_catalog(&catalog, None, detail))
}

fn bytes(files: &[SourceFile]) -> String {
    let texts =
        pictures(files).map(|picture| [svg(&picture), dot(&picture), mermaid(&picture), json(&picture)]);
    texts.concat().concat()
}

/// Whether two rectangles share more than a border.
fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

fn inside(inner: Rect, outer: Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

fn text_area(line: &cairn_report::drawing::TextLine) -> Rect {
    Rect { x: line.at.x, y: line.at.y - line.size, width: line.width, height: line.size + 4 }
}

pub(crate) fn check(picture: &Picture, layout: &Layout) {
    let page = Rect { x: 0, y: 0, width: layout.width, height: layout.height };
    boxes_keep_apart(layout, page);
    lines_avoid_boxes(picture, layout);
    words_fit(layout);
    for edge in picture.edges() {
        assert!(picture.nodes()[edge.from].layer < picture.nodes()[edge.to].layer, "an edge leads upward");
    }
}

fn boxes_keep_apart(layout: &Layout, page: Rect) {
    let boxes = layout.boxes.iter().map(|placed| placed.area);
    let samples = layout.samples.iter().map(|sample| sample.area);
    let words = layout.samples.iter().map(|sample| text_area(&sample.text));
    let notes = layout.notes.iter().map(text_area);
    let mut areas: Vec<Rect> = boxes.chain(samples).chain(words).chain(notes).collect();
    assert!(areas.iter().all(|&area| inside(area, page)), "everything is in the picture");
    areas.sort_by_key(|area| area.x);
    for (at, &area) in areas.iter().enumerate() {
        let near = areas[at + 1..].iter().take_while(|other| other.x < area.right());
        for &other in near {
            assert!(!overlap(area, other), "{area:?} and {other:?}");
        }
    }
}

fn lines_avoid_boxes(picture: &Picture, layout: &Layout) {
    let area = |node: usize| layout.boxes.iter().find(|placed| placed.node == node).unwrap().area;
    let mut drawn = Vec::new();
    for line in &layout.lines {
        for &(node, point) in &line.from {
            let start = area(node);
            assert!(point.x == start.right() && on_side(start, point.y), "a line leaves its box");
            drawn.extend(line.to.iter().map(|&(end, _)| (node, end, line.kind)));
        }
        for &(node, point) in &line.to {
            let end = area(node);
            assert!(point.x == end.x && on_side(end, point.y), "a line arrives at its box");
        }
        let mut reached: Vec<_> = line.from.iter().map(|&(_, point)| point).collect();
        for stroke in &line.strokes {
            assert!(reached.contains(&stroke.from), "a line has no holes");
            reached.push(stroke.to);
            let (top, bottom) = (stroke.from.y.min(stroke.to.y), stroke.from.y.max(stroke.to.y));
            let hull =
                Rect { x: stroke.from.x, y: top, width: stroke.to.x - stroke.from.x, height: bottom - top };
            // A level stroke has no height; one pixel makes it a rectangle.
            let hull = Rect { height: hull.height.max(1), ..hull };
            for placed in &layout.boxes {
                assert!(!overlap(hull, placed.area), "{hull:?} through {:?}", placed.area);
            }
        }
    }
    drawn.sort_unstable();
    let edges: Vec<_> = picture.edges().iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
    let mut edges = edges;
    edges.sort_unstable();
    assert_eq!(drawn, edges, "each edge is drawn once");
}

fn on_side(area: Rect, y: i64) -> bool {
    area.y < y && y < area.bottom()
}

fn words_fit(layout: &Layout) {
    for placed in &layout.boxes {
        for line in placed.title.iter().chain([&placed.caption]) {
            assert!(line.width <= placed.room, "{line:?} in {}", placed.room);
            assert!(inside(text_area(line), placed.area), "{line:?} in {:?}", placed.area);
        }
    }
}

/// The SVG says what the layout says: the front of each box, each line, each text.
fn written(picture: &Picture, layout: &Layout) {
    let text = svg(picture);
    let document = roxmltree::Document::parse(&text).expect("the picture is well-formed XML");
    let root = document.root_element();
    assert_eq!(root.attribute("viewBox"), Some(&*format!("0 0 {} {}", layout.width, layout.height)));
    let named = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    assert_eq!(named("script").count() + named("image").count() + named("a").count(), 0);
    let groups = named("g").filter(|group| group.has_attribute("data-id")).count();
    assert_eq!(groups, picture.nodes().len());
    let lines = layout.samples.iter().filter(|sample| matches!(sample.sample, Sample::Line(_))).count();
    let paths =
        named("path").filter(|path| path.attribute("class").is_some_and(|class| class.ends_with(" line")));
    assert_eq!(paths.count(), layout.lines.len() + lines);
    let texts: usize = layout.boxes.iter().map(|placed| placed.title.len() + 1).sum();
    assert_eq!(named("text").count(), texts + layout.samples.len() + layout.notes.len());
    for number in document.descendants().flat_map(|node| node.attributes()) {
        if ["x", "y", "width", "height", "rx"].contains(&number.name()) {
            assert!(number.value().parse::<i64>().is_ok(), "{} is a whole number", number.value());
        }
    }
}

/// Whatever the catalog's graph says is drawn, if only as the membership in a group.
fn complete(catalog: &Catalog, picture: &Picture) {
    let position = |id: &str| picture.nodes().iter().position(|node| node.id == id);
    let drawn = |from: &str, to: &str, kind| {
        let (from, to) = (position(from), position(to));
        from.zip(to).is_some_and(|(from, to)| picture.edges().contains(&Edge { from, to, kind }))
    };
    let graph = catalog.graph().petgraph();
    for edge in graph.raw_edges() {
        match (graph[edge.source()], graph[edge.target()]) {
            (Node::Credential(credential), Node::Requirement(qualification, requirement)) => {
                let credential = catalog.credential(credential).id.as_str();
                let qualification = catalog.qualification(qualification);
                let requirement = &qualification.requirement(requirement).id;
                let group = format!("{}#{requirement}#group", qualification.id);
                let member = position(&group)
                    .is_some_and(|at| picture.nodes()[at].members.iter().any(|member| member == credential));
                assert!(
                    if member {
                        drawn(&group, qualification.id.as_str(), EdgeKind::CountsToward)
                    } else {
                        drawn(credential, qualification.id.as_str(), EdgeKind::CountsToward)
                    },
                    "{credential} counts toward {requirement}"
                );
            }
            (Node::Credential(before), Node::Credential(after)) => {
                let [before, after] = [before, after].map(|ix| catalog.credential(ix).id.as_str());
                assert!(position(after).is_none() || drawn(before, after, EdgeKind::Prerequisite));
            }
            (Node::Qualification(part), Node::Requirement(whole, _)) => {
                let [part, whole] = [part, whole].map(|ix| catalog.qualification(ix).id.as_str());
                assert!(drawn(part, whole, EdgeKind::CountsToward));
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn everything_has_its_place(files in random()) {
        for picture in pictures(&files) {
            let layout = layout(&picture).unwrap();
            check(&picture, &layout);
            written(&picture, &layout);
            let value: serde_json::Value = serde_json::from_str(&json(&picture)).unwrap();
            prop_assert_eq!(value["nodes"].as_array().unwrap().len(), picture.nodes().len());
        }
    }

    #[test]
    fn nothing_is_left_out(files in random()) {
        let catalog = catalog(&files);
        complete(&catalog, &Picture::of_catalog(&catalog, None, Detail::Credentials));
        for scope in catalog.qualification_indexes() {
            let picture = Picture::of_catalog(&catalog, Some(&[scope]), Detail::Requirements);
            let ends = picture.nodes().iter().enumerate().filter(|(at, _)| picture.edges().iter().all(|edge| edge.from != *at));
            let ends: Vec<_> = ends.map(|(_, node)| node.id.as_str()).collect();
            prop_assert_eq!(ends, [catalog.qualification(scope).id.as_str()], "all leads to the one qualification");
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(files in random(), turn in 0_usize..6) {
        let mut turned = files.clone();
        turned.reverse();
        let middle = turn % turned.len();
        turned.rotate_left(middle);
        let drawn = bytes(&files);
        prop_assert_eq!(&drawn, &bytes(&files));
        prop_assert_eq!(&drawn, &bytes(&turned));
    }
}

//! What the formats look like, on the smallest example.

use cairn_report::drawing::{Detail, Picture, dot, json, mermaid, svg};
use insta::assert_snapshot;

use crate::rules::{catalog, example};

fn picture(detail: Detail) -> Picture {
    Picture::of_catalog(&catalog(&example("first-steps")), None, detail)
}

#[test]
fn graphviz_draws_the_qualifications() {
    assert_snapshot!(dot(&picture(Detail::Credentials)), @r##"
    digraph "Pathway map" {
      rankdir=LR;
      node [fontname="sans-serif"];
      "accessible-pages" [label="credential, 10 credits\nAccessible pages", shape=box];
      "css-layout" [label="credential, 5 credits\nCSS layout", shape=box];
      "html-basics" [label="credential, 5 credits\nHTML basics", shape=box];
      "web-certificate" [label="qualification\nCertificate in Web Pages", shape=box, style=rounded, penwidth=2];
      "web-diploma" [label="qualification\nDiploma in Web Pages", shape=box, style=rounded, penwidth=2];
      "accessible-pages" -> "web-certificate";
      "accessible-pages" -> "web-diploma";
      "css-layout" -> "web-certificate";
      "css-layout" -> "web-diploma";
      "html-basics" -> "css-layout" [style=dashed];
      "html-basics" -> "web-certificate";
      "html-basics" -> "web-diploma";
      "web-certificate" -> "web-diploma";
    }
    "##);
}

#[test]
fn mermaid_draws_the_requirements_as_well() {
    assert_snapshot!(mermaid(&picture(Detail::Requirements)), @r##"
    flowchart LR
      n0["credential, 10 credits<br/>Accessible pages"]
      n1["credential, 5 credits<br/>CSS layout"]
      n2["credential, 5 credits<br/>HTML basics"]
      n3(["qualification<br/>Certificate in Web Pages"])
      n4{{"requirement: 1 credential<br/>One unit of your choice"}}
      n5{{"requirement: all of these<br/>Foundations"}}
      n6(["qualification<br/>Diploma in Web Pages"])
      n7{{"requirement: award<br/>The certificate"}}
      n8{{"requirement: 20 credits<br/>20 credits in all"}}
      n9{{"requirement: 40 hours<br/>Work placement"}}
      n0 --> n4
      n0 --> n8
      n1 --> n4
      n1 --> n8
      n2 -.-> n1
      n2 --> n4
      n2 --> n5
      n2 --> n8
      n3 --> n7
      n4 --> n3
      n5 --> n3
      n7 --> n6
      n8 --> n6
      n9 --> n6
    "##);
}

#[test]
fn json_names_every_node_and_edge() {
    assert_snapshot!(json(&one_qualification()), @r##"
    {
      "format_version": 1,
      "title": "Pathway map: Certificate in Web Pages",
      "nodes": [
        {
          "id": "accessible-pages",
          "kind": "credential",
          "title": "Accessible pages",
          "caption": "credential, 10 credits",
          "layer": 1
        },
        {
          "id": "css-layout",
          "kind": "credential",
          "title": "CSS layout",
          "caption": "credential, 5 credits",
          "layer": 1
        },
        {
          "id": "html-basics",
          "kind": "credential",
          "title": "HTML basics",
          "caption": "credential, 5 credits",
          "layer": 0
        },
        {
          "id": "web-certificate",
          "kind": "qualification",
          "title": "Certificate in Web Pages",
          "caption": "qualification",
          "layer": 2
        }
      ],
      "edges": [
        {
          "from": "accessible-pages",
          "to": "web-certificate",
          "kind": "counts-toward"
        },
        {
          "from": "css-layout",
          "to": "web-certificate",
          "kind": "counts-toward"
        },
        {
          "from": "html-basics",
          "to": "css-layout",
          "kind": "prerequisite"
        },
        {
          "from": "html-basics",
          "to": "web-certificate",
          "kind": "counts-toward"
        }
      ]
    }
    "##);
}

/// Only what leads to the certificate.
fn one_qualification() -> Picture {
    let catalog = catalog(&example("first-steps"));
    let scope = catalog.find_qualifications("web-certificate");
    Picture::of_catalog(&catalog, Some(&scope), Detail::Credentials)
}

#[test]
fn a_picture_without_boxes_says_so() {
    let catalog = catalog(&example("first-steps"));
    let picture = Picture::of_catalog(&catalog, Some(&[]), Detail::Credentials);
    assert!(picture.nodes().is_empty());
    assert!(svg(&picture).contains("There is nothing to draw."));
}

#[test]
fn a_broad_pool_is_one_box() {
    let picture = broad_pool();
    assert_snapshot!(mermaid(&picture), @r##"
    flowchart LR
      n0["credential<br/>Capstone"]
      n1(["qualification<br/>Q"])
      n2[["group of credentials<br/>12#46;5 credits from 20 credentials in pool units"]]
      n3["credential<br/>Start"]
      n4["credential<br/>Unit 1"]
      n0 --> n1
      n2 --> n1
      n3 -.-> n2
      n3 -.-> n4
      n4 -.-> n0
    "##);
    let group = picture.nodes().iter().find(|node| !node.members.is_empty()).unwrap();
    assert_eq!(group.members.len(), 20, "the capstone is a member, although it has a box of its own");
}

/// Twenty units in one pool; one is named by another requirement, one is required by it, and one
/// course must be had before all others.
fn broad_pool() -> Picture {
    let mut text = String::from(
        r#"
format = 1
[qualification]
id = "q"
title = "Q"
all = ["capstone", "free"]
[requirement.free]
credits = 12.5
from = "units"
[pool.units]
where = { kind = "unit" }
[credential.start]
title = "Start"
kind = "course"
[credential.capstone]
title = "Capstone"
kind = "unit"
requires = ["u01"]
"#,
    );
    for at in 1..20 {
        text += &format!(
            "[credential.u{at:02}]\ntitle = \"Unit {at}\"\nkind = \"unit\"\nrequires = [\"start\"]\n"
        );
    }
    let files = [cairn_core::SourceFile { path: "q.toml".to_owned(), text }];
    Picture::of_catalog(&catalog(&files), None, Detail::Credentials)
}

#[test]
fn signs_that_a_format_reads_are_escaped() {
    let text = r#"
format = 1
[credential.c]
title = '"A\N" & <b>%%{init}%%</b> #1; `x`'
"#;
    let files = [cairn_core::SourceFile { path: "c.toml".to_owned(), text: text.to_owned() }];
    let picture = Picture::of_catalog(&catalog(&files), None, Detail::Credentials);
    assert_snapshot!(dot(&picture), @r##"
    digraph "Pathway map" {
      rankdir=LR;
      node [fontname="sans-serif"];
      "c" [label="credential\n\"A\\N\" &amp; <b>%%{init}%%</b> #1; `x`", shape=box];
    }
    "##);
    assert_snapshot!(mermaid(&picture), @r##"
    flowchart LR
      n0["credential<br/>#34;A#92;N#34; #38; #60;b#62;#37;#37;#123;init#125;#37;#37;#60;#47;b#62; #35;1#59; #96;x#96;"]
    "##);
    assert!(svg(&picture).contains("&quot;A\\N&quot; &amp; &lt;b&gt;%%{init}%%"));
}

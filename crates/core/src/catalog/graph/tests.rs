//! The questions of the graph, asked of one small catalog with known answers.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use crate::{
    Catalog, SourceFile,
    catalog::{Node, load},
};

/// `a` and `b` make CERT; CERT and one of `c`, `d` make DIPLOMA; `c` requires `a`; `old` counts as `b`.
const CERTIFICATE: &str = r#"format = 1
[qualification]
id = "CERT"
all = ["a", "b"]
[credential]
a = {}
b = {}
c = { requires = "a" }
d = { requires = "CERT" }
old = {}
alone = {}
[[equivalence]]
from = "old"
to = "b"
"#;

const DIPLOMA: &str = r#"format = 1
[qualification]
id = "DIPLOMA"
all = ["CERT", "more"]
[requirement.more]
count = 1
from = "more"
[pool.more]
of = ["c", "d"]
"#;

fn catalog() -> Catalog {
    of(&[CERTIFICATE, DIPLOMA])
}

fn of(texts: &[&str]) -> Catalog {
    let file = |(at, text): (usize, &&str)| SourceFile { path: at.to_string(), text: (*text).to_owned() };
    let loading = load(&texts.iter().enumerate().map(file).collect::<Vec<_>>());
    assert_eq!(loading.findings, []);
    loading.catalog.unwrap()
}

fn node(catalog: &Catalog, name: &str) -> Node {
    let credential = catalog.find_credential(name).map(Node::Credential);
    credential.unwrap_or_else(|| Node::Qualification(catalog.find_qualifications(name)[0]))
}

/// The names of nodes; those of requirements stand in brackets.
fn names(catalog: &Catalog, nodes: impl IntoIterator<Item = Node>) -> String {
    let name = |node| match node {
        Node::Credential(ix) => catalog.credential(ix).id.to_string(),
        Node::Qualification(ix) => catalog.qualification(ix).id.to_string(),
        Node::Requirement(ix, at) => format!("({})", catalog.qualification(ix).requirement(at).id),
    };
    nodes.into_iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_credential_leads_to_all_that_it_helps_to_have() {
    let catalog = catalog();
    let leads_to = |name| names(&catalog, catalog.graph().leads_to(node(&catalog, name)));
    assert_eq!(
        leads_to("a"),
        "c d (CERT/a) (CERT) (DIPLOMA/CERT) (more) (DIPLOMA) CERT DIPLOMA",
        "by kind, then by position"
    );
    assert_eq!(leads_to("alone"), "");
}

#[test]
fn a_qualification_rests_on_all_that_helps_to_have_it() {
    let catalog = catalog();
    let rests_on = |name| names(&catalog, catalog.graph().rests_on(node(&catalog, name)));
    assert_eq!(rests_on("CERT"), "a b old (CERT/a) (CERT/b) (CERT)");
    assert_eq!(rests_on("d"), "a b old (CERT/a) (CERT/b) (CERT) CERT");
    assert_eq!(rests_on("a"), "");
}

#[test]
fn a_ladder_is_as_short_as_can_be() {
    let catalog = catalog();
    let ladder = |from, to| {
        let found = catalog.graph().shortest_ladder(node(&catalog, from), node(&catalog, to));
        found.map(|nodes| names(&catalog, nodes))
    };
    assert_eq!(ladder("a", "DIPLOMA").unwrap(), "a c (more) (DIPLOMA) DIPLOMA");
    assert_eq!(ladder("old", "CERT").unwrap(), "old (CERT/b) (CERT) CERT");
    assert_eq!(ladder("a", "a").unwrap(), "a");
    assert_eq!(ladder("DIPLOMA", "a"), None);
}

#[test]
fn a_gateway_is_on_every_way() {
    let catalog = catalog();
    let gateways = |from, to| {
        let Node::Qualification(to) = node(&catalog, to) else { panic!("{to} is a qualification") };
        names(&catalog, catalog.graph().gateways(node(&catalog, from), to))
    };
    assert_eq!(gateways("b", "DIPLOMA"), "(CERT/b) (CERT) CERT (DIPLOMA)");
    assert_eq!(gateways("a", "DIPLOMA"), "(DIPLOMA)", "by way of c, or of CERT");
    assert_eq!(gateways("alone", "DIPLOMA"), "");
}

#[test]
fn what_is_unavoidable_is_in_every_completion() {
    let catalog = catalog();
    let unavoidable = |name| {
        let [ix] = catalog.find_qualifications(name)[..] else { panic!("{name} is one") };
        let credentials = catalog.unavoidable()[ix.index()].clone().into_iter().map(Node::Credential);
        names(&catalog, credentials)
    };
    assert_eq!(unavoidable("CERT"), "a", "old may stand for b");
    assert_eq!(unavoidable("DIPLOMA"), "a");
}

#[test]
fn an_articulation_holds_two_parts_together() {
    let catalog = of(&[
        "format = 1\n[qualification]\nid = \"P\"\nall = [\"u\", \"v\"]\n[credential]\nu = {}\nv = {}\nw = {}",
        "format = 1\n[qualification]\nid = \"R\"\nall = [\"u\", \"w\"]",
        "format = 1\n[qualification]\nid = \"S\"\nall = \"P\"",
    ]);
    assert_eq!(names(&catalog, catalog.graph().articulations()), "u P", "u holds R, P holds S");
    assert_eq!(self::catalog().graph().articulations(), [], "two ways lead round CERT");
}

#[test]
fn each_layer_rests_on_those_below() {
    let catalog = catalog();
    let layers: Vec<_> = catalog.graph().layers().into_iter().map(|layer| names(&catalog, layer)).collect();
    assert_eq!(
        layers,
        [
            "a alone b old",
            "c (CERT/a) (CERT/b)",
            "(CERT)",
            "CERT",
            "d (DIPLOMA/CERT)",
            "(more)",
            "(DIPLOMA)",
            "DIPLOMA",
        ]
    );
}

#[test]
fn every_node_stands_after_those_that_lead_to_it() {
    let catalog = catalog();
    let order: Vec<_> = catalog.graph().topological().collect();
    for (at, &node) in order.iter().enumerate() {
        assert!(catalog.graph().rests_on(node).iter().all(|below| order[..at].contains(below)));
    }
}

#[test]
fn what_counts_as_another_is_accepted_for_it() {
    let catalog = catalog();
    let b = catalog.find_credential("b").unwrap();
    let counts = catalog.graph().counts_as(b).iter().copied().map(Node::Credential);
    assert_eq!(names(&catalog, counts), "old");
    let [cert] = catalog.find_qualifications("CERT")[..] else { panic!("one CERT") };
    let accepted = catalog.graph().accepted_by(cert).iter().copied().map(Node::Credential);
    assert_eq!(names(&catalog, accepted), "a b old");
}

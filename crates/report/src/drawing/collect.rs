//! Which boxes and lines a catalog has.
//!
//! A requirement that accepts many credentials gets one group box for them. A credential then has
//! a box of its own only if a narrow requirement accepts it, if no requirement does, or if it must
//! be had before one that has a box. What must be had before a credential without a box leads to
//! the credential's groups, unless it is a member itself.
//!
//! Each line stands for a path of the catalog's graph (every member of a group leads to where the
//! group leads), so the picture is acyclic as the graph is.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Catalog,
    catalog::{CredentialIx, Edge as Reason, Node as Source, QualificationIx, RequirementIx, Rule, Sight},
};

use crate::drawing::{Detail, Edge, EdgeKind, Node, NodeKind, words};

/// A requirement that accepts more credentials than these gets a group box.
const SINGLE_BOXES_MAX: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Credential(CredentialIx),
    Group(QualificationIx, RequirementIx),
    Requirement(QualificationIx, RequirementIx),
    Qualification(QualificationIx),
}

type Keyed = BTreeSet<(Key, Key, EdgeKind)>;
type Accepted = BTreeMap<(QualificationIx, RequirementIx), Vec<CredentialIx>>;

/// The boxes by id, all in layer 0, and the lines between their positions.
pub(super) fn collect(
    catalog: &Catalog,
    scope: Option<&[QualificationIx]>,
    detail: Detail,
) -> (Vec<Node>, Vec<Edge>) {
    let within = within(catalog, scope);
    let mut collected = Collected::new(catalog, detail);
    let accepted = accepted(catalog);
    for &source in &within {
        match source {
            Source::Qualification(ix) => collected.qualification(ix, &accepted),
            Source::Credential(ix) => drop(collected.credentials.insert(ix)),
            Source::Requirement(..) => {}
        }
    }
    collected.prerequisites();
    let groups = std::mem::take(&mut collected.groups);
    finish(catalog, collected.keys, &groups, &collected.edges)
}

/// Everything that is drawn or contracted: all, or what leads to the qualifications of the scope.
fn within(catalog: &Catalog, scope: Option<&[QualificationIx]>) -> BTreeSet<Source> {
    let graph = catalog.graph();
    let Some(scope) = scope else { return graph.topological().collect() };
    let under = scope.iter().flat_map(|&ix| graph.rests_on(Source::Qualification(ix)));
    under.chain(scope.iter().map(|&ix| Source::Qualification(ix))).collect()
}

fn accepted(catalog: &Catalog) -> Accepted {
    let graph = catalog.graph().petgraph();
    let mut accepted = Accepted::new();
    for edge in graph.raw_edges() {
        if let (Source::Credential(credential), Source::Requirement(qualification, requirement)) =
            (graph[edge.source()], graph[edge.target()])
        {
            accepted.entry((qualification, requirement)).or_default().push(credential);
        }
    }
    accepted.values_mut().for_each(|credentials| credentials.sort_unstable());
    accepted
}

struct Collected<'c> {
    catalog: &'c Catalog,
    detail: Detail,
    /// The credentials of the scope.
    credentials: BTreeSet<CredentialIx>,
    /// Those that no box of their own need stand for.
    covered: BTreeSet<CredentialIx>,
    groups: BTreeMap<Key, Vec<CredentialIx>>,
    keys: BTreeSet<Key>,
    edges: Keyed,
}

impl<'c> Collected<'c> {
    fn new(catalog: &'c Catalog, detail: Detail) -> Collected<'c> {
        Collected {
            catalog,
            detail,
            credentials: BTreeSet::new(),
            covered: BTreeSet::new(),
            groups: BTreeMap::new(),
            keys: BTreeSet::new(),
            edges: Keyed::new(),
        }
    }

    fn qualification(&mut self, ix: QualificationIx, accepted: &Accepted) {
        self.keys.insert(Key::Qualification(ix));
        let heads = self.heads(ix);
        for requirement in self.catalog.qualification(ix).requirement_indexes() {
            let heads = &heads[requirement.index()];
            match &self.catalog.qualification(ix).requirement(requirement).rule {
                Rule::Award(other, _) => self.count(Key::Qualification(*other), heads),
                Rule::Take(take) => {
                    let credentials = accepted.get(&(ix, requirement)).map_or(&[][..], Vec::as_slice);
                    let looks_on = matches!(take.sight, Sight::Counted { .. });
                    if looks_on && self.detail == Detail::Credentials {
                        // What it looks at is drawn where it is counted.
                        self.covered.extend(credentials);
                    } else {
                        self.take(Key::Group(ix, requirement), credentials, heads);
                    }
                }
                Rule::All(_) | Rule::Any(_) | Rule::Choose(..) | Rule::Same(..) | Rule::Attest(_) => {}
            }
        }
    }

    /// For each requirement, the boxes to which what it accepts leads.
    ///
    /// The root is the qualification's box, and a credential or qualification that is named
    /// directly (`parent/credential`) leads to the parent's box.
    fn heads(&mut self, ix: QualificationIx) -> Vec<Vec<Key>> {
        let qualification = self.catalog.qualification(ix);
        let whole = vec![Key::Qualification(ix)];
        if self.detail == Detail::Credentials {
            return vec![whole; qualification.requirements.len()];
        }
        let mut heads: Vec<Vec<Key>> = vec![Vec::new(); qualification.requirements.len()];
        // Parents stand after their children.
        for requirement in qualification.requirement_indexes().rev() {
            let rule = qualification.requirement(requirement);
            let own = std::mem::take(&mut heads[requirement.index()]);
            let key = Key::Requirement(ix, requirement);
            heads[requirement.index()] = if requirement == qualification.root() {
                whole.clone()
            } else if rule.id.as_str().contains('/') {
                own
            } else {
                self.keys.insert(key);
                self.count(key, &own);
                vec![key]
            };
            for child in rule.rule.children() {
                let here = heads[requirement.index()].clone();
                heads[child.index()].extend(here);
            }
        }
        heads
    }

    fn count(&mut self, from: Key, heads: &[Key]) {
        self.edges.extend(heads.iter().map(|&head| (from, head, EdgeKind::CountsToward)));
    }

    fn take(&mut self, group: Key, credentials: &[CredentialIx], heads: &[Key]) {
        if credentials.len() > SINGLE_BOXES_MAX {
            self.covered.extend(credentials);
            self.groups.insert(group, credentials.to_vec());
            self.keys.insert(group);
            self.count(group, heads);
            return;
        }
        for &credential in credentials {
            self.keys.insert(Key::Credential(credential));
            self.count(Key::Credential(credential), heads);
        }
    }

    /// Adds the credentials that have a box, and the lines to what requires others.
    fn prerequisites(&mut self) {
        let before = self.before();
        let single = self.credentials.difference(&self.covered).map(|&ix| Key::Credential(ix));
        self.keys.extend(single);
        let mut waiting: Vec<Key> = self.keys.iter().copied().collect();
        while let Some(key) = waiting.pop() {
            let Key::Credential(credential) = key else { continue };
            for &source in before.get(&credential).into_iter().flatten() {
                self.edges.insert((source, key, EdgeKind::Prerequisite));
                if self.keys.insert(source) {
                    waiting.push(source);
                }
            }
        }
        for (&group, members) in &self.groups {
            let hidden = members.iter().filter(|&&member| !self.keys.contains(&Key::Credential(member)));
            for &source in hidden.filter_map(|member| before.get(member)).flatten() {
                // Which members come before others is not for the group's box to say.
                let inside = matches!(source, Key::Credential(ix) if members.binary_search(&ix).is_ok());
                if !inside && self.keys.contains(&source) {
                    self.edges.insert((source, group, EdgeKind::Prerequisite));
                }
            }
        }
    }

    /// What must be had before each credential.
    fn before(&self) -> BTreeMap<CredentialIx, Vec<Key>> {
        let graph = self.catalog.graph().petgraph();
        let mut before: BTreeMap<CredentialIx, Vec<Key>> = BTreeMap::new();
        for edge in graph.raw_edges() {
            if let (Reason::Prerequisite, Source::Credential(target)) = (edge.weight, graph[edge.target()]) {
                let source = match graph[edge.source()] {
                    Source::Credential(ix) => Key::Credential(ix),
                    Source::Qualification(ix) => Key::Qualification(ix),
                    Source::Requirement(..) => continue,
                };
                before.entry(target).or_default().push(source);
            }
        }
        before
    }
}

/// Gives every box its words and its position by id.
fn finish(
    catalog: &Catalog,
    keys: BTreeSet<Key>,
    groups: &BTreeMap<Key, Vec<CredentialIx>>,
    edges: &Keyed,
) -> (Vec<Node>, Vec<Edge>) {
    let members = |key| groups.get(&key).map_or(&[][..], Vec::as_slice);
    let mut boxes: Vec<_> = keys.into_iter().map(|key| (node(catalog, key, members(key)), key)).collect();
    boxes.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let position: BTreeMap<Key, usize> = boxes.iter().enumerate().map(|(at, &(_, key))| (key, at)).collect();
    let mut edges: Vec<_> = edges
        .iter()
        .map(|(from, to, kind)| Edge { from: position[from], to: position[to], kind: *kind })
        .collect();
    edges.sort_unstable();
    (boxes.into_iter().map(|(node, _)| node).collect(), edges)
}

fn node(catalog: &Catalog, key: Key, members: &[CredentialIx]) -> Node {
    let blank = |id: String, kind| Node {
        id,
        kind,
        title: String::new(),
        caption: String::new(),
        layer: 0,
        members: members.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
    };
    match key {
        Key::Credential(ix) => {
            let credential = catalog.credential(ix);
            let node = blank(credential.id.to_string(), NodeKind::Credential);
            Node { title: credential.title.clone(), caption: words::credential(catalog, credential), ..node }
        }
        Key::Qualification(ix) => {
            let qualification = catalog.qualification(ix);
            let node = blank(qualification.id.to_string(), NodeKind::Qualification);
            Node { title: qualification.title.clone(), caption: words::kind(node.kind).to_owned(), ..node }
        }
        Key::Requirement(ix, at) => {
            let qualification = catalog.qualification(ix);
            let requirement = qualification.requirement(at);
            let node = blank(format!("{}#{}", qualification.id, requirement.id), NodeKind::Requirement);
            Node {
                title: requirement.title.clone(),
                caption: words::requirement(catalog, requirement),
                ..node
            }
        }
        Key::Group(ix, at) => {
            let qualification = catalog.qualification(ix);
            let requirement = qualification.requirement(at);
            let node = blank(format!("{}#{}#group", qualification.id, requirement.id), NodeKind::Group);
            let title = words::group(catalog, qualification, requirement, members.len());
            Node { title, caption: words::kind(node.kind).to_owned(), ..node }
        }
    }
}

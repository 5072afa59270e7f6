//! The view of a catalog: what is defined, and what the rules say.

use std::collections::BTreeSet;

use cairn_core::{
    Catalog,
    catalog::{CredentialIx, Node, QualificationIx},
};
use serde::Serialize;

use crate::{
    report::{FORMAT_VERSION, PolicyView},
    words,
};

/// A catalog, or one part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogReport {
    /// The version of the shape.
    pub format_version: u32,
    /// Qualifications, by id.
    pub qualifications: Vec<QualificationView>,
    /// Credentials, by id.
    pub credentials: Vec<CredentialView>,
}

/// A qualification and its rules in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QualificationView {
    /// Its id, with the edition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who awards it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Level in each framework, in words.
    pub level: Vec<String>,
    /// The first day of this edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// The day from which it is no longer awarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired: Option<String>,
    /// What remains is counted in this.
    pub measure: &'static str,
    /// The id of the scheme in which credits are counted, if the rules name schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Where the rules are published.
    pub sources: Vec<String>,
    /// The requirements, each after the one that asks for it.
    pub rules: Vec<RuleView>,
    /// How it looks at holdings, and which of its editions may be chosen, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// Limits over everything counted, in sentences.
    pub limits: Vec<String>,
    /// `consume`, if an award of it uses up what earned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_award: Option<&'static str>,
    /// The sharing policies that it has or that name it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sharing: Vec<PolicyView>,
    /// Its pools.
    pub pools: Vec<PoolView>,
    /// Credentials that no completion can do without.
    pub unavoidable: Vec<String>,
    /// Titles that are had by meeting more, each with what it asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<RuleView>,
    /// Qualifications that it rests on.
    pub rests_on: Vec<String>,
    /// Qualifications that it leads to.
    pub leads_to: Vec<String>,
}

/// One requirement in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How deep it stands below the root.
    pub depth: usize,
    /// What it asks for.
    pub rule: String,
}

/// One pool in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PoolView {
    /// Its name.
    pub id: String,
    /// What is in it.
    pub text: String,
}

/// A credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CredentialView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind, issuer, level and other attributes, in words.
    pub attributes: Vec<String>,
    /// Its credits.
    pub credits: String,
    /// The same for people, with the scheme.
    #[serde(skip)]
    pub credits_shown: String,
    /// The scheme of these credits, if the rules name schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// What the rules state, where that is in another scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedView>,
    /// How long it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<String>,
    /// How many holdings of it may count together, if more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeatable: Option<u32>,
    /// What renews it when it is earned in time.
    pub renewed_by: Vec<String>,
    /// When that must be, and from when it reckons, if either is stated.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub renewal: String,
    /// How long after its retirement it is valid where it has no other end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_after_retirement: Option<String>,
    /// What must be had first: each entry in a sentence.
    pub requires: Vec<String>,
    /// What it may count as: an id, and what limits it in words.
    pub counts_as: Vec<String>,
    /// The qualifications toward which it counts; all of them where the key is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_toward: Option<Vec<String>>,
    /// Qualifications that it leads to.
    pub leads_to: Vec<String>,
}

/// Credits as the rules state them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedView {
    /// How many.
    pub credits: String,
    /// The id of their scheme.
    pub scheme: String,
}

/// The id of the scheme in which credits are counted, if the rules name schemes.
pub(super) fn common_scheme(catalog: &Catalog) -> Option<String> {
    catalog.schemes().common().map(|scheme| scheme.id.to_string())
}

impl CatalogReport {
    /// The view of everything.
    #[must_use]
    pub fn of_everything(catalog: &Catalog) -> CatalogReport {
        let unavoidable = catalog.unavoidable();
        CatalogReport {
            format_version: FORMAT_VERSION,
            qualifications: catalog
                .qualification_indexes()
                .zip(&unavoidable)
                .map(|(ix, unavoidable)| QualificationView::with(catalog, ix, unavoidable))
                .collect(),
            credentials: catalog.credential_indexes().map(|ix| CredentialView::new(catalog, ix)).collect(),
        }
    }

    /// The view of one qualification.
    #[must_use]
    pub fn of_qualification(catalog: &Catalog, ix: QualificationIx) -> CatalogReport {
        let qualifications = vec![QualificationView::new(catalog, ix)];
        CatalogReport { format_version: FORMAT_VERSION, qualifications, credentials: Vec::new() }
    }

    /// The view of one credential.
    #[must_use]
    pub fn of_credential(catalog: &Catalog, ix: CredentialIx) -> CatalogReport {
        let credentials = vec![CredentialView::new(catalog, ix)];
        CatalogReport { format_version: FORMAT_VERSION, qualifications: Vec::new(), credentials }
    }
}

impl QualificationView {
    /// The view of one qualification.
    #[must_use]
    pub fn new(catalog: &Catalog, ix: QualificationIx) -> QualificationView {
        QualificationView::with(catalog, ix, &catalog.unavoidable()[ix.index()])
    }

    fn with(
        catalog: &Catalog,
        ix: QualificationIx,
        unavoidable: &BTreeSet<CredentialIx>,
    ) -> QualificationView {
        let qualification = catalog.qualification(ix);
        let view = |(requirement, depth)| RuleView {
            id: qualification.requirement(requirement).id.to_string(),
            title: words::requirement_title(catalog, ix, requirement),
            depth,
            rule: words::rule(catalog, ix, requirement),
        };
        let rules = qualification.outline().into_iter().map(view).collect();
        let outcomes = qualification.outcomes_outline().into_iter().map(view).collect();
        let graph = catalog.graph();
        let node = Node::Qualification(ix);
        QualificationView {
            id: qualification.id.to_string(),
            title: qualification.title.clone(),
            issuer: qualification.issuer.as_ref().map(|issuer| words::issuer(catalog, issuer)),
            level: words::levels(&qualification.attributes),
            effective: qualification.effective.map(|day| day.to_string()),
            retired: qualification.retired.map(|day| day.to_string()),
            measure: qualification.measure.word(),
            scheme: common_scheme(catalog),
            sources: qualification.sources.clone(),
            rules,
            terms: words::terms(catalog, ix),
            limits: qualification
                .limits
                .iter()
                .map(|limit| words::limit(catalog, limit, qualification))
                .collect(),
            on_award: qualification.consumes.then_some("consume"),
            sharing: catalog
                .policy_indexes()
                .filter(|&policy| {
                    let policy = catalog.policy(policy);
                    policy.owner == Some(ix) || policy.between.contains(&ix)
                })
                .map(|policy| PolicyView::new(catalog, policy))
                .collect(),
            pools: qualification
                .pools
                .iter()
                .map(|pool| PoolView {
                    id: pool.id.to_string(),
                    text: words::pool(catalog, qualification, pool),
                })
                .collect(),
            unavoidable: unavoidable.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
            outcomes,
            rests_on: qualifications(catalog, graph.rests_on(node)),
            leads_to: qualifications(catalog, graph.leads_to(node)),
        }
    }
}

impl CredentialView {
    /// The view of one credential.
    #[must_use]
    pub fn new(catalog: &Catalog, ix: CredentialIx) -> CredentialView {
        let credential = catalog.credential(ix);
        CredentialView {
            id: credential.id.to_string(),
            title: credential.title.clone(),
            attributes: words::attributes(&credential.attributes),
            credits: credential.credits.to_string(),
            credits_shown: words::credits(catalog, credential),
            scheme: common_scheme(catalog),
            stated: words::stated_in(catalog, credential).map(|scheme| StatedView {
                credits: credential.credits_stated.to_string(),
                scheme: scheme.id.to_string(),
            }),
            repeatable: (credential.times > 1).then_some(credential.times),
            valid: credential.valid.map(|valid| valid.to_string()),
            renewed_by: credential
                .renewed_by
                .iter()
                .map(|&ix| catalog.credential(ix).id.to_string())
                .collect(),
            renewal: words::renewal(credential),
            valid_after_retirement: credential.valid_after_retirement.map(|period| period.to_string()),
            requires: credential.requires.iter().map(|any| words::prerequisite(catalog, any)).collect(),
            counts_as: credential.counts_as.iter().map(|one| words::equivalence(catalog, one)).collect(),
            only_toward: credential
                .only_toward
                .as_ref()
                .map(|ids| ids.iter().map(ToString::to_string).collect()),
            leads_to: qualifications(catalog, catalog.graph().leads_to(Node::Credential(ix))),
        }
    }
}

fn qualifications(catalog: &Catalog, nodes: Vec<Node>) -> Vec<String> {
    let ids = nodes.into_iter().filter_map(|node| match node {
        Node::Qualification(ix) => Some(catalog.qualification(ix).id.to_string()),
        Node::Credential(_) | Node::Requirement(..) => None,
    });
    ids.collect()
}

//! The rules, linked and checked: immutable, acyclic, in canonical order.
//!
//! Everything is sorted by id, so that the order of files, tables and lists cannot matter.
//! After [`build`] nobody asks again whether a name exists or a number makes sense.

use jiff::civil::Date;

use crate::{
    Amount, AttestationKey, Attributes, CredentialId, Diagnostic, Measure, Period, QualificationId,
    RequirementId, Severity, SourceFile, Span, document,
};

mod build;
pub use build::build;

mod resolve;
pub(crate) use resolve::closest;

mod check;

mod filter;
pub use filter::{Facts, Filter, Pool};

pub mod graph;
pub use graph::{Edge, Graph, Node};

macro_rules! indexes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The position, for tables of one's own beside the catalog.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )*};
}

indexes! {
    /// A credential of a catalog.
    CredentialIx;
    /// A qualification of a catalog.
    QualificationIx;
    /// A requirement of a qualification.
    RequirementIx;
    /// A pool of a qualification.
    PoolIx;
}

/// All rules of one set of files.
#[derive(Debug)]
pub struct Catalog {
    credentials: Vec<Credential>,
    qualifications: Vec<Qualification>,
    exclusions: Vec<Exclusion>,
    issuers: Vec<Issuer>,
    graph: Graph,
}

/// Something that can be earned and is not itself made of requirements.
#[derive(Debug)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// The name to show.
    pub title: String,
    /// Credits, if it has any.
    pub credits: Amount,
    /// What it costs.
    pub cost: Amount,
    /// The effort it takes, in hours.
    pub effort: Amount,
    /// How long an award is valid; for ever without it.
    pub valid: Option<Period>,
    /// Credentials that renew it when they are earned while it is valid.
    pub renewed_by: Vec<CredentialIx>,
    /// Each entry must be had before this can be earned; one of its alternatives suffices.
    pub requires: Vec<Vec<Prerequisite>>,
    /// Credentials that a holding of this one may count as, besides itself.
    pub counts_as: Vec<CredentialIx>,
    /// Whether it can be earned.
    pub offered: bool,
    /// The day from which it can no longer be earned.
    pub retired: Option<Date>,
    /// Everything that conditions look at.
    pub attributes: Attributes,
    /// Where it is defined.
    pub span: Span,
}

/// One alternative of what must be had before a credential can be earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prerequisite {
    /// A credential.
    Credential(CredentialIx),
    /// An awarded qualification.
    Qualification(QualificationIx),
}

/// A credential that is complete when its requirements are met.
#[derive(Debug)]
pub struct Qualification {
    /// Its id with the edition: `BSB50420@R1`.
    pub id: QualificationId,
    /// The part of the id before the edition.
    pub code: CredentialId,
    /// The name to show.
    pub title: String,
    /// Who awards it.
    pub issuer: Option<String>,
    /// The first day of this edition.
    pub effective: Option<Date>,
    /// The day from which it is no longer awarded.
    pub retired: Option<Date>,
    /// Where the rules are published.
    pub sources: Vec<String>,
    /// What remains is counted in this.
    pub measure: Measure,
    /// How long after its expiry a holding still counts here.
    pub grace: Grace,
    /// Level, issuer and the like.
    pub attributes: Attributes,
    /// All requirements; children stand before their parents, the root is last.
    pub requirements: Vec<Requirement>,
    /// The pools that requirements and limits speak of; a pool stands after those it leaves out.
    pub pools: Vec<Pool>,
    /// Limits over everything that is counted.
    pub limits: Vec<Limit>,
    /// Policies on what the qualifications audited with this one may share.
    pub sharing: Vec<Sharing>,
    /// Where it is defined.
    pub span: Span,
}

impl Qualification {
    /// The requirement that must be met for the qualification to be complete.
    #[must_use]
    pub fn root(&self) -> RequirementIx {
        RequirementIx::at(self.requirements.len().saturating_sub(1))
    }

    /// A requirement by position.
    #[must_use]
    pub fn requirement(&self, ix: RequirementIx) -> &Requirement {
        &self.requirements[ix.index()]
    }

    /// The positions of all requirements, children first.
    pub fn requirement_indexes(&self) -> impl DoubleEndedIterator<Item = RequirementIx> + use<> {
        (0..self.requirements.len()).map(RequirementIx::at)
    }

    /// Whether an award recorded under `credential` is this qualification, in this or any edition.
    #[must_use]
    pub fn is_named(&self, credential: &CredentialId) -> bool {
        self.code == *credential || self.id.as_str() == credential.as_str()
    }
}

/// How long after its expiry a holding still counts in a qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grace {
    /// Not at all.
    None,
    /// To the end of the calendar year of its expiry.
    EndOfCalendarYear,
}

/// One node of a qualification's rules.
#[derive(Debug)]
pub struct Requirement {
    /// Its name.
    pub id: RequirementId,
    /// The name to show.
    pub title: String,
    /// What it asks for.
    pub rule: Rule,
    /// Where it is written.
    pub span: Span,
}

/// What a requirement asks for.
#[derive(Debug)]
pub enum Rule {
    /// All of these.
    All(Vec<RequirementIx>),
    /// One of these.
    Any(Vec<RequirementIx>),
    /// This many of these.
    Choose(u32, Vec<RequirementIx>),
    /// Holdings, taken or looked at.
    Take(Take),
    /// Another qualification.
    Award(QualificationIx, AwardMode),
    /// Evidence of at least this amount.
    Attest(Attest),
}

/// How another qualification must be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardMode {
    /// Conferred.
    Held,
    /// Complete in its own scope.
    Earned,
    /// One or the other.
    Either,
}

/// What no credential shows.
#[derive(Debug)]
pub struct Attest {
    /// What must be confirmed.
    pub key: AttestationKey,
    /// How much of it.
    pub amount: Amount,
    /// The unit, for people.
    pub unit: Option<String>,
}

/// A requirement on a set of holdings.
#[derive(Debug)]
pub struct Take {
    /// Which holdings it accepts.
    pub filter: Filter,
    /// Lower limits; the first are the requirement's own needs.
    pub floors: Vec<Limit>,
    /// Upper limits.
    pub caps: Vec<Limit>,
    /// Only holdings with at least this grade.
    pub min_grade: Option<Amount>,
    /// Only holdings awarded at most this long before the day of the audit.
    pub max_age: Option<Period>,
    /// Whether it uses holdings up or looks at them.
    pub sight: Sight,
}

/// Whether a requirement uses holdings up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// It takes them: a holding counts for at most one taking requirement of a qualification.
    Taking,
    /// It looks at what the taking requirements of the qualification count.
    Counted {
        /// Inside one layer, a holding is looked at once.
        layer: Option<String>,
    },
    /// It looks at everything countable.
    Held {
        /// Inside one layer, a holding is looked at once.
        layer: Option<String>,
    },
}

impl Sight {
    /// The layer inside which a holding is used once; taking is one, an overlay alone is none.
    #[must_use]
    pub fn layer(&self) -> Option<&str> {
        match self {
            Sight::Taking => None,
            Sight::Counted { layer } | Sight::Held { layer } => layer.as_deref(),
        }
    }
}

/// A lower or upper limit on a set of holdings.
#[derive(Debug)]
pub struct Limit {
    /// In number or credits.
    pub measure: Measure,
    /// How much.
    pub amount: Amount,
    /// Which of the holdings it counts.
    pub filter: Filter,
    /// Whether `amount` is the least or the most.
    pub bound: Bound,
    /// Where it is written.
    pub span: Span,
}

/// The direction of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least.
    AtLeast,
    /// The most.
    AtMost,
}

/// How much two qualifications may both count.
#[derive(Debug)]
pub struct Sharing {
    /// The qualifications; every two of them are coupled.
    pub between: Vec<QualificationIx>,
    /// At most this many holdings.
    pub count: Option<Amount>,
    /// At most this many of their credits.
    pub credits: Option<Amount>,
    /// Where it is written.
    pub span: Span,
}

/// Credentials of which at most one is counted in a qualification.
#[derive(Debug)]
pub struct Exclusion {
    /// The credentials.
    pub between: Vec<CredentialIx>,
    /// Where it is written.
    pub span: Span,
}

/// An awarding body.
#[derive(Debug)]
pub struct Issuer {
    /// Its id.
    pub id: CredentialId,
    /// The name to show.
    pub title: String,
    /// Where it can be reached.
    pub url: Option<String>,
}

/// What came of loading rule files.
#[derive(Debug)]
pub struct Loading {
    /// The catalog, unless a finding is an error.
    pub catalog: Option<Catalog>,
    /// All findings of all files, ordered by file and place.
    pub findings: Vec<Diagnostic>,
}

/// Reads rule files and builds their catalog, with all findings of all files.
#[must_use]
pub fn load(files: &[SourceFile]) -> Loading {
    if let Some(finding) = check::size::too_large(files) {
        return Loading { catalog: None, findings: vec![finding] };
    }
    let mut findings = Vec::new();
    let mut documents = Vec::with_capacity(files.len());
    for (number, file) in (0..).zip(files) {
        let reading = document::read(number, file);
        findings.extend(reading.findings);
        documents.push(reading.document);
    }
    // What a broken file would have defined is not missing; only its own fault is reported.
    let unreadable = findings.iter().any(|finding| {
        matches!(finding.code, crate::Code::Syntax | crate::Code::Format | crate::Code::TooLarge)
    });
    let mut catalog = None;
    if !unreadable {
        let (built, more) = build(&documents);
        catalog = built;
        findings.extend(more);
    }
    sort(&mut findings, files);
    if findings.iter().any(|finding| finding.code.severity() == Severity::Error) {
        catalog = None;
    }
    Loading { catalog, findings }
}

/// Orders findings by the name of the file and the place, so that the order of files cannot matter.
fn sort(findings: &mut [Diagnostic], files: &[SourceFile]) {
    findings.sort_by_cached_key(|finding| {
        let place = finding.labels.first().map(|label| label.span);
        let path = place.and_then(|span| files.get(span.file as usize)).map(|file| file.path.clone());
        (path, place.map(|span| span.start), finding.code, finding.message.clone())
    });
}

impl Catalog {
    /// All credentials, by id.
    #[must_use]
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// All qualifications, by id.
    #[must_use]
    pub fn qualifications(&self) -> &[Qualification] {
        &self.qualifications
    }

    /// Barred sets.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion] {
        &self.exclusions
    }

    /// Awarding bodies, by id.
    #[must_use]
    pub fn issuers(&self) -> &[Issuer] {
        &self.issuers
    }

    /// The graph of what counts toward what.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// A credential by position.
    #[must_use]
    pub fn credential(&self, ix: CredentialIx) -> &Credential {
        &self.credentials[ix.index()]
    }

    /// A qualification by position.
    #[must_use]
    pub fn qualification(&self, ix: QualificationIx) -> &Qualification {
        &self.qualifications[ix.index()]
    }

    /// The positions of all credentials.
    pub fn credential_indexes(&self) -> impl Iterator<Item = CredentialIx> + use<> {
        (0..self.credentials.len()).map(CredentialIx::at)
    }

    /// The positions of all qualifications.
    pub fn qualification_indexes(&self) -> impl Iterator<Item = QualificationIx> + use<> {
        (0..self.qualifications.len()).map(QualificationIx::at)
    }

    /// The credential of an id.
    #[must_use]
    pub fn find_credential(&self, id: &str) -> Option<CredentialIx> {
        self.credentials
            .binary_search_by(|credential| credential.id.as_str().cmp(id))
            .ok()
            .map(CredentialIx::at)
    }

    /// The qualifications that a name may mean: the one of that id, or all editions of that code.
    #[must_use]
    pub fn find_qualifications(&self, name: &str) -> Vec<QualificationIx> {
        if let Ok(index) = self.qualifications.binary_search_by(|q| q.id.as_str().cmp(name)) {
            return vec![QualificationIx::at(index)];
        }
        self.qualification_indexes().filter(|&ix| self.qualification(ix).code.as_str() == name).collect()
    }

    /// The known name nearest to a misspelt one.
    #[must_use]
    pub fn closest_name(&self, name: &str) -> Option<&str> {
        let credentials = self.credentials.iter().map(|credential| credential.id.as_str());
        let qualifications = self.qualifications.iter().map(|qualification| qualification.id.as_str());
        closest(name, credentials.chain(qualifications))
    }
}

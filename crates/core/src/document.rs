//! One rule file as written: every value with its place, nothing linked yet.
//!
//! Reading never stops at the first fault. The text is parsed with recovery, then each table is
//! read key by key, so that one bad value hides neither its neighbours nor the next table.
//! What the tables *mean* together is decided in [`crate::catalog`].

use crate::{At, Code, Diagnostic, Named, SourceFile, Span, diagnostic::tick};

mod read;
pub use read::{Keys, Name, Number};
use read::{Reader, tables};

pub mod shape;

mod credential;
pub use credential::{CredentialTable, EquivalenceTable, ExclusionTable, FrameworkTable, IssuerTable};

mod qualification;
pub use qualification::{EditionsTable, OnAwardTable, PoolTable, QualificationTable, RangeTable, SizeTable};

mod sharing;
pub use sharing::SharingTable;

mod requirement;
pub use requirement::{BoundTable, MeasuredBoundTable, RequirementTable, TestTable, WhereTable};

mod when;
pub use when::{OutcomeTable, WhenTable};

mod limit;
pub use limit::{AverageTable, DistinctTable, LimitBoundTable, LimitTable, MeasuredLimitTable, SumTable};

mod scheme;
pub use scheme::SchemeTable;

mod skill;
pub use skill::{ProfileTable, SkillFactsTable, SkillTable, SkilledTable};

mod profile;
pub(crate) use profile::as_qualifications;

mod open;
pub(crate) use open::{stand_in_id, stand_ins};

mod test;
pub use test::{
    AttestedFactsTable, AttestedTable, ExpectOfOneTable, ExpectTable, HeldFactsTable, HeldTable,
    RemainingTable, RuleTestTable,
};

/// The format that this version reads.
pub const FORMAT: &str = "1";

/// The largest rule file, in bytes. Parsing takes about 35 times as much memory.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;

/// The largest catalog, in bytes over all its files.
pub const CATALOG_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Syntax errors beyond these are mostly echoes of the first.
const SYNTAX_FINDINGS_MAX: usize = 3;

tables! {
    /// A whole rule file.
    pub struct Document {
        /// The version of the format; must be there.
        format: Number,
        /// The one qualification that the file defines, if it defines one.
        qualification: QualificationTable,
        /// What becomes of what earned it when it is awarded.
        on_award: OnAwardTable,
        /// The qualification's requirements by name.
        requirement: Named<RequirementTable>,
        /// Titles of their own, for those who meet more than the whole.
        outcome: Vec<At<OutcomeTable>>,
        /// The qualification's pools by name.
        pool: Named<PoolTable>,
        /// Policies that couple what may count in several qualifications.
        sharing: Vec<At<SharingTable>>,
        /// Credentials by id.
        credential: Named<CredentialTable>,
        /// Credentials that may count as others.
        equivalence: Vec<At<EquivalenceTable>>,
        /// Credentials of which only one may be counted.
        exclusion: Vec<At<ExclusionTable>>,
        /// Issuers by id.
        issuer: Named<IssuerTable>,
        /// Which editions may be chosen, by the code of the qualification.
        editions: Named<EditionsTable>,
        /// How large qualifications may be, by kind.
        size: Named<SizeTable>,
        /// Level frameworks by id.
        framework: Named<FrameworkTable>,
        /// Credit schemes by id.
        scheme: Named<SchemeTable>,
        /// Skills by id.
        skill: Named<SkillTable>,
        /// Roles and programmes by id, with the skills that they need.
        profile: Named<ProfileTable>,
        /// Learners in a few words, and what an audit of them must say.
        test: Vec<At<RuleTestTable>>,
    }
}

impl Document {
    /// What describes credentials: their ids with their tables, and for an open pool its name with what
    /// could be earned elsewhere.
    pub(crate) fn credentials(&self) -> impl Iterator<Item = (&At<String>, &At<CredentialTable>)> {
        let own = self.credential.iter().flat_map(|tables| &tables.value).map(|(id, table)| (id, table));
        let pools = self.pool.iter().flat_map(|pools| &pools.value);
        own.chain(pools.filter_map(|(name, pool)| Some((name, pool.value.open.as_ref()?))))
    }

    /// Every condition of the document: the attribute, and what is asked of its values.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &(At<String>, TestTable)> {
        self.conditions_of(|_| true)
    }

    /// Those that only what some rule file knows can meet.
    pub(crate) fn closed_conditions(&self) -> impl Iterator<Item = &(At<String>, TestTable)> {
        self.conditions_of(|pool| pool.open.is_none())
    }

    fn conditions_of(&self, asked: fn(&PoolTable) -> bool) -> impl Iterator<Item = &(At<String>, TestTable)> {
        let pools = self.pool.iter().flat_map(|pools| &pools.value);
        let pools = pools.filter(move |(_, pool)| asked(&pool.value));
        let pools = pools.filter_map(|(_, pool)| pool.value.conditions.as_ref());
        let limits = self.limits().filter_map(|limit| limit.value.conditions.as_ref());
        let averages = self.averages().filter_map(|average| average.value.conditions.as_ref());
        let policies = self.sharing.iter().flat_map(|policies| &policies.value);
        let policies = policies.filter_map(|policy| policy.value.conditions.as_ref());
        pools.chain(limits).chain(averages).chain(policies).flat_map(|table| &table.value.conditions)
    }

    /// Every attribute that is named outside of a condition: what is summed, and by what is told apart.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &At<String>> {
        let limits = self.limits().flat_map(|limit| {
            let bounds = [&limit.value.at_least, &limit.value.at_most].into_iter().flatten();
            let sums = bounds.filter(|bound| bound.value.written.sum.is_some());
            let summed = sums.filter_map(|bound| bound.value.written.of.as_ref());
            summed.chain(&limit.value.per)
        });
        let own = self.requirements().flat_map(|table| {
            let distinct = table.distinct.iter().flat_map(|tables| &tables.value);
            let distinct = distinct.filter_map(|table| table.value.by.as_ref());
            let summed = table.sum.iter().filter_map(|table| table.value.of.as_ref());
            summed.chain(distinct).chain(&table.same)
        });
        limits.chain(own)
    }

    /// The id of the qualification that the document defines, without its edition.
    pub(crate) fn qualification_id(&self) -> Option<&str> {
        Some(&self.qualification.as_ref()?.value.id.as_ref()?.value)
    }

    /// The id of the qualification that the document defines, with its edition.
    pub(crate) fn full_id(&self) -> Option<String> {
        let code = self.qualification_id()?;
        let edition = self.qualification.as_ref()?.value.edition.as_ref();
        Some(edition.map_or_else(|| code.to_owned(), |edition| format!("{code}@{}", edition.value)))
    }

    fn limits(&self) -> impl Iterator<Item = &At<LimitTable>> {
        let own = self.qualification.iter().filter_map(|table| table.value.limits.as_ref());
        let theirs = self.requirements().filter_map(|table| table.limits.as_ref());
        own.chain(theirs).flat_map(|limits| &limits.value)
    }

    fn averages(&self) -> impl Iterator<Item = &At<AverageTable>> {
        let own = self.qualification.iter().filter_map(|table| table.value.average.as_ref());
        own.chain(self.requirements().filter_map(|table| table.average.as_ref()))
    }

    fn requirements(&self) -> impl Iterator<Item = &RequirementTable> {
        let tables = self.requirement.iter().flat_map(|tables| &tables.value);
        tables.map(|(_, table)| &table.value)
    }
}

/// A document with what was found while reading it.
#[derive(Debug)]
pub struct Reading {
    /// What could be read.
    pub document: Document,
    /// What is wrong with the text.
    pub findings: Vec<Diagnostic>,
}

/// Reads file number `file` of a catalog.
#[must_use]
pub fn read(file: u32, source: &SourceFile) -> Reading {
    let whole = Span::new(file, 0..0);
    if source.text.len() > FILE_BYTES_MAX {
        let message = format!("{} has more than {FILE_BYTES_MAX} bytes", tick(&source.path));
        let finding = Diagnostic::new(Code::TooLarge, whole, message)
            .help("split it: one qualification per file, credentials in files of their own");
        return Reading { document: Document::default(), findings: vec![finding] };
    }
    // A byte order mark is what some editors write at the front; it is not part of the rules.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mut reader = Reader::new(file, text, source.text.len() - text.len());
    let (root, errors) = toml::de::DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let findings = errors.iter().take(SYNTAX_FINDINGS_MAX).map(|error| reader.syntax(error)).collect();
        return Reading { document: Document::default(), findings };
    }
    let span = reader.span(0..text.len().min(1));
    let document = Document::read_table(root.into_inner(), "", &mut reader);
    if let Some(finding) = unknown_format(&document) {
        // Of another format, nothing else can be said.
        return Reading { document: Document::default(), findings: vec![finding] };
    }
    missing_format(&document, &mut reader, span);
    Reading { document, findings: reader.findings }
}

fn unknown_format(document: &Document) -> Option<Diagnostic> {
    let format = document.format.as_ref().filter(|format| format.value.literal != FORMAT)?;
    let message = format!(
        "the file is written in format {}, and this version of Cairn reads format `{FORMAT}`",
        tick(&format.value.literal)
    );
    let help = format!("write `format = {FORMAT}`, or read the file with a newer version");
    Some(Diagnostic::new(Code::Format, format.span, message).help(help))
}

fn missing_format(document: &Document, reader: &mut Reader<'_>, top: Span) {
    if document.present.contains("format") || reader.format_is_misplaced {
        return;
    }
    let message = "the file does not say which format it is written in";
    let help = format!("begin the file with `format = {FORMAT}`");
    reader.findings.push(Diagnostic::new(Code::Format, top, message).help(help));
}

//! One rule file as written: every value with its place, nothing linked yet.
//!
//! Reading never stops at the first fault. The text is parsed with recovery, then each table is
//! read key by key, so that one bad value hides neither its neighbours nor the next table.
//! What the tables *mean* together is decided in [`crate::catalog`].

use crate::{At, Code, Diagnostic, Named, SourceFile, Span};

mod read;
pub use read::{Name, Number};
use read::{Reader, tables};

mod credential;
pub use credential::{CredentialTable, EquivalenceTable, ExclusionTable, IssuerTable};

mod qualification;
pub use qualification::{PoolTable, QualificationTable, SharingTable};

mod requirement;
pub use requirement::{BoundTable, LimitTable, MeasuredBoundTable, RequirementTable, TestTable, WhereTable};

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
        /// The qualification's requirements by name.
        requirement: Named<RequirementTable>,
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
        let message = format!(
            "`{}` has {} bytes; a rule file has at most {FILE_BYTES_MAX}",
            source.path,
            source.text.len()
        );
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
    let document = Document::read_table(root.into_inner(), span, &mut reader);
    check_format(&document, &mut reader, span);
    Reading { document, findings: reader.findings }
}

fn check_format(document: &Document, reader: &mut Reader<'_>, top: Span) {
    match &document.format {
        Some(format) if format.value.literal == FORMAT => {}
        Some(format) => reader.findings.push(
            Diagnostic::new(
                Code::Format,
                format.span,
                format!("format `{}` is not known to this version of Cairn", format.value.literal),
            )
            .help(format!("this version reads `format = {FORMAT}`")),
        ),
        None if document.present.contains(&"format") => {}
        None => reader.findings.push(
            Diagnostic::new(Code::Format, top, "the file does not say which format it is written in")
                .help(format!("begin the file with `format = {FORMAT}`")),
        ),
    }
}

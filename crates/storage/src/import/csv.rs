//! Rows of holdings or of attestations, as spreadsheets write them.

use std::collections::BTreeMap;
use std::io::{self, Read};

use ::csv::{ByteRecord, ReaderBuilder};
use cairn_core::{Amount, Attestation, Attributes, CredentialId, Holding, Learner, SchemeId};

use super::{Place, RECORD_BYTES_MAX, Row, Rows};
use crate::shape::counted;
use crate::value::{self, Complaint, nearest, take};

mod bounded;
use bounded::Bounded;

const HOLDING_COLUMNS: [&str; 13] = [
    "learner",
    "credential",
    "name",
    "awarded",
    "expires",
    "grade",
    "credits",
    "scheme",
    "issuer",
    "source",
    "state",
    "evidence",
    "components",
];

const ATTESTATION_COLUMNS: [&str; 5] = ["learner", "attestation", "amount", "on", "evidence"];

/// What precedes the name of an attribute in the header.
const ATTRIBUTE: &str = "attr.";

pub(super) struct CsvRows<'a> {
    reader: ::csv::Reader<Bounded<'a>>,
    columns: Option<Columns>,
    row: ByteRecord,
    is_over: bool,
}

/// The columns of a file, in its order.
struct Columns {
    names: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Holdings,
    Attestations,
}

impl<'a> CsvRows<'a> {
    pub(super) fn new(file: &'a mut dyn Read) -> CsvRows<'a> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(Bounded::new(file));
        CsvRows { reader, columns: None, row: ByteRecord::new(), is_over: false }
    }

    /// The next row of the file; `None` at its end.
    fn read(&mut self) -> io::Result<Option<Place>> {
        self.reader.get_mut().begin_row();
        let is_read = self.reader.read_byte_record(&mut self.row).map_err(io::Error::from)?;
        Ok(is_read.then(|| Place { line: self.line(), column: None, record: None }))
    }

    /// The line on which the row begins.
    ///
    /// The library's own count begins at the empty lines before a row, so this one goes back
    /// from the row's end.
    fn line(&self) -> u64 {
        let end = self.reader.position();
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let is_line_ended = self.reader.get_ref().byte_before(end.byte()) == Some(b'\n');
        end.line().saturating_sub(inside + u64::from(is_line_ended))
    }

    /// Reads the header; without it there is nothing to be read.
    fn header(&mut self, place: Place) -> Option<Row> {
        let (columns, complaints) = header(&self.row);
        if complaints.is_empty() {
            self.columns = Some(columns);
            return None;
        }
        self.is_over = true;
        Some(Row::Unusable(complaints.into_iter().map(|complaint| place.problem(complaint)).collect()))
    }

    /// Ends with a row that has no end.
    fn too_long(&mut self) -> Row {
        self.is_over = true;
        let place = Place { line: self.reader.position().line(), column: None, record: None };
        let message = format!("the row that begins here has more than {RECORD_BYTES_MAX} bytes");
        let complaint = Complaint::new(message).help("look for a quote that is not closed");
        place.row(None, vec![complaint])
    }
}

impl Rows for CsvRows<'_> {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        while !self.is_over {
            let place = match self.read() {
                Ok(Some(place)) => place,
                Ok(None) => break,
                Err(_) if self.reader.get_ref().is_exceeded() => return Ok(Some(self.too_long())),
                Err(error) => return Err(error),
            };
            let row = match &self.columns {
                Some(columns) => Some(columns.row(&self.row, place)),
                None => self.header(place),
            };
            if row.is_some() {
                return Ok(row);
            }
        }
        Ok(None)
    }

    fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}

/// The columns that a header names, and what is wrong with it.
fn header(row: &ByteRecord) -> (Columns, Vec<Complaint>) {
    let names: Vec<String> = row.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    let has = |name: &str| names.iter().any(|column| column == name);
    let (kind, known): (_, &[&str]) = if has("attestation") {
        (Kind::Attestations, &ATTESTATION_COLUMNS)
    } else {
        (Kind::Holdings, &HOLDING_COLUMNS)
    };
    let mut complaints = Vec::new();
    if let ([only], true) = (names.as_slice(), names.concat().contains([';', '\t'])) {
        let message = format!("the first line `{}` is only one column", value::shorten(only));
        complaints.push(Complaint::new(message).help("save the file with commas between the columns"));
        return (Columns { names, kind }, complaints);
    }
    for (place, name) in names.iter().enumerate() {
        complaints.extend(column_complaint(name, kind, known));
        if names[..place].contains(name) {
            let complaint = Complaint::new(format!("there are two columns `{}`", value::shorten(name)));
            complaints.push(complaint.help("keep one of them"));
        }
    }
    for name in known[..2].iter().filter(|name| !has(name)) {
        let complaint = Complaint::new(format!("there is no column `{name}`"));
        complaints.push(complaint.help(
            "the first line names the columns: `learner` and `credential`, or `learner` and `attestation`",
        ));
    }
    (Columns { names, kind }, complaints)
}

fn column_complaint(name: &str, kind: Kind, known: &[&str]) -> Option<Complaint> {
    if let (Some(attribute), Kind::Holdings) = (name.strip_prefix(ATTRIBUTE), kind) {
        return value::attribute_name(attribute).err();
    }
    if known.contains(&name) {
        return None;
    }
    let complaint = Complaint::new(format!("no column is called `{}`", value::shorten(name)));
    // Someone who wrote `attestaton` meant the other kind of file.
    let meant = nearest(name, known.iter().copied().chain(["attestation"]));
    Some(match meant {
        Some(column) => complaint.help(format!("did you mean `{column}`?")),
        None => complaint.help(format!(
            "the columns are `{}`{}",
            known.join("`, `"),
            if kind == Kind::Holdings { " and `attr.NAME`" } else { "" }
        )),
    })
}

impl Columns {
    fn row(&self, row: &ByteRecord, place: Place) -> Row {
        if row.len() != self.names.len() {
            let (found, expected) = (row.len(), self.names.len());
            let complaint =
                Complaint::new(format!("the row has {found} fields and the header has {expected}"));
            let help = "put a value that contains commas in double quotes";
            return place.row(None, vec![complaint.help(help)]);
        }
        let Some(fields) =
            row.iter().map(|field| str::from_utf8(field).ok().map(str::trim)).collect::<Option<Vec<_>>>()
        else {
            let complaint = Complaint::new("the row is not UTF-8 text");
            return place.row(None, vec![complaint.help("save the file as `CSV UTF-8`")]);
        };
        let mut complaints = Vec::new();
        let fields = Fields { names: &self.names, values: &fields };
        let learner = match self.kind {
            Kind::Holdings => fields.holding_row(&mut complaints),
            Kind::Attestations => fields.attestation_row(&mut complaints),
        };
        place.row(learner, complaints)
    }
}

/// One row, by the names of its columns.
struct Fields<'a> {
    names: &'a [String],
    values: &'a [&'a str],
}

impl<'a> Fields<'a> {
    /// The value of a column, unless it is empty or there is no such column.
    fn get(&self, name: &str) -> Option<&'a str> {
        let place = self.names.iter().position(|column| column == name)?;
        Some(self.values[place]).filter(|value| !value.is_empty())
    }

    fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&str, &str) -> Result<T, Complaint>,
        complaints: &mut Vec<Complaint>,
    ) -> Option<T> {
        self.get(name).and_then(|value| take(read(name, value), complaints))
    }

    fn holding_row(&self, complaints: &mut Vec<Complaint>) -> Option<Learner> {
        let id = take(value::id("learner", self.get("learner").unwrap_or("")), complaints);
        let credential = take(value::id("credential", self.get("credential").unwrap_or("")), complaints);
        let name = self.optional("name", value::text, complaints);
        let facts = Facts {
            awarded: self.optional("awarded", value::date, complaints),
            expires: self.optional("expires", value::date, complaints),
            grade: self.optional("grade", value::amount, complaints),
            credits: self.optional("credits", value::amount, complaints),
            scheme: self.optional("scheme", value::id, complaints),
            issuer: self.optional("issuer", value::text, complaints),
            source: self.optional("source", |_, word| value::source(word), complaints),
            state: self.optional("state", |_, word| value::state(word), complaints),
            evidence: self.optional("evidence", value::text, complaints),
            attributes: self.attributes(complaints),
            components: self.components(complaints),
        };
        Some(Learner { name, holdings: vec![facts.of(credential?)], ..Learner::new(id?) })
    }

    fn attestation_row(&self, complaints: &mut Vec<Complaint>) -> Option<Learner> {
        let id = take(value::id("learner", self.get("learner").unwrap_or("")), complaints);
        let key = take(value::id("attestation", self.get("attestation").unwrap_or("")), complaints);
        let amount = self.optional("amount", value::amount, complaints).unwrap_or(Amount::ONE);
        let on = self.optional("on", value::date, complaints);
        let evidence = self.optional("evidence", value::text, complaints);
        let attestations = vec![Attestation { key: key?, amount, on, evidence }];
        Some(Learner { attestations, ..Learner::new(id?) })
    }

    /// What earned an award: `html; css` is two credentials.
    fn components(&self, complaints: &mut Vec<Complaint>) -> BTreeMap<CredentialId, u32> {
        let names = self.get("components").unwrap_or("").split(';').map(str::trim);
        let ids = names.filter(|name| !name.is_empty());
        counted(ids.filter_map(|name| take(value::id("components", name), complaints)).collect())
    }

    /// The attributes: `infra; app` is two values.
    fn attributes(&self, complaints: &mut Vec<Complaint>) -> Attributes {
        let mut attributes = Attributes::new();
        for (column, value) in self.names.iter().zip(self.values) {
            let Some(name) = column.strip_prefix(ATTRIBUTE) else { continue };
            let words = value.split(';').map(str::trim).filter(|word| !word.is_empty());
            let values: Vec<_> =
                words.filter_map(|word| take(value::bare_scalar(column, word), complaints)).collect();
            if !values.is_empty() {
                attributes.insert(name.to_owned(), values);
            }
        }
        attributes
    }
}

/// What a row says of a holding besides its credential.
struct Facts {
    awarded: Option<cairn_core::Date>,
    expires: Option<cairn_core::Date>,
    grade: Option<Amount>,
    credits: Option<Amount>,
    scheme: Option<SchemeId>,
    issuer: Option<String>,
    source: Option<cairn_core::Source>,
    state: Option<cairn_core::State>,
    evidence: Option<String>,
    attributes: Attributes,
    components: BTreeMap<CredentialId, u32>,
}

impl Facts {
    fn of(self, credential: cairn_core::CredentialId) -> Holding {
        let bare = Holding::of(credential);
        Holding {
            awarded: self.awarded,
            expires: self.expires,
            grade: self.grade,
            credits: self.credits,
            scheme: self.scheme,
            issuer: self.issuer,
            source: self.source.unwrap_or(bare.source),
            state: self.state.unwrap_or(bare.state),
            evidence: self.evidence,
            attributes: self.attributes,
            components: self.components,
            ..bare
        }
    }
}

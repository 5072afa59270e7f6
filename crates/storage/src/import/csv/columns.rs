//! The columns of a file, as its header names them.

use ::csv::ByteRecord;

use super::fields::{ATTRIBUTE, Fields};
use crate::import::{Place, Row};
use crate::value::{self, Complaint, nearest};

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

/// The columns of a file, in its order.
pub(super) struct Columns {
    names: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Holdings,
    Attestations,
}

impl Columns {
    /// The columns that a header names, and what is wrong with it.
    pub(super) fn of_header(row: &ByteRecord) -> (Columns, Vec<Complaint>) {
        let names: Vec<String> =
            row.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
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

    /// What a row of the file says.
    pub(super) fn row(&self, row: &ByteRecord, place: Place) -> Row {
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

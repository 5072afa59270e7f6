//! Records of learners: a list of them, or one after the other.

use std::io::{self, Read};

use super::frame::{Found, Frame, Frames};
use super::{Place, Row, Rows};
use crate::shape::LearnerShape;
use crate::value::{Complaint, nearest};

pub(super) struct JsonRows<'a> {
    frames: Frames<'a>,
}

impl<'a> JsonRows<'a> {
    pub(super) fn new(file: &'a mut dyn Read) -> JsonRows<'a> {
        JsonRows { frames: Frames::new(file) }
    }
}

impl Rows for JsonRows<'_> {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        Ok(self.frames.next()?.map(|found| match found {
            Found::Frame(frame) => row(&frame),
            Found::Broken(place, complaint) => place.row(None, vec![complaint]),
        }))
    }

    fn bytes(&self) -> u64 {
        self.frames.bytes()
    }
}

fn row(frame: &Frame) -> Row {
    match serde_json::from_slice::<LearnerShape>(frame.text.trim_ascii_end()) {
        Ok(shape) => {
            let mut complaints = Vec::new();
            let learner = shape.read(&mut complaints);
            frame.place.row(learner, complaints)
        }
        Err(error) => place_of(frame.place, &error).row(None, vec![complaint(&error)]),
    }
}

/// Where in the file an error inside a record is.
fn place_of(record: Place, error: &serde_json::Error) -> Place {
    let (line, column) = (error.line() as u64, error.column() as u64);
    match line {
        0 => record,
        1 => Place { column: record.column.map(|start| (start + column).saturating_sub(1)), ..record },
        _ => Place { line: record.line + line - 1, column: Some(column), ..record },
    }
}

fn complaint(error: &serde_json::Error) -> Complaint {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    if error.is_data() {
        return data_complaint(message);
    }
    Complaint::new(format!("the record is not JSON: {message}"))
        .help("look for a missing quote, comma or bracket just before this place")
}

fn data_complaint(message: &str) -> Complaint {
    // `unknown field `x`, expected one of `a`, `b``: the words between backticks.
    let mut words = message.split('`').skip(1).step_by(2);
    let Some(unknown) = words.next().filter(|_| message.starts_with("unknown field")) else {
        return Complaint::new(message)
            .help("a record is `{\"id\": …, \"name\": …, \"holdings\": […], \"attestations\": […]}`");
    };
    let known: Vec<&str> = words.collect();
    let complaint = Complaint::new(format!("no field is called `{unknown}`"));
    match nearest(unknown, known.iter().copied()) {
        Some(field) => complaint.help(format!("did you mean `{field}`?")),
        None => complaint.help(format!("the fields are `{}`", known.join("`, `"))),
    }
}

//! `cairn schema`: the rule format as a JSON Schema.

use crate::{failure::Failure, output};

pub(super) fn run() -> Result<(), Failure> {
    output::json(&cairn_report::schema::rules())
}

//! Random requirements that ask for an award.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn award(
        &mut self,
        name: &str,
        other: usize,
        mode: &str,
        text: &mut String,
        earned: &mut Vec<usize>,
    ) {
        self.note(match mode {
            "held" => "award held",
            "earned" => "award earned",
            "either" => "award either",
            "maintained" => "award maintained",
            _ => "award without a mode",
        });
        if mode != "held" {
            earned.push(other);
        }
        let id = self.name(other);
        let _ = writeln!(text, "[requirement.{name}]\naward = \"{id}\"");
        if !mode.is_empty() {
            let _ = writeln!(text, "as = \"{mode}\"");
        }
    }
}

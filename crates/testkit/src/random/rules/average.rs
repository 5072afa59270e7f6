//! Random averages.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn average(&mut self, text: &mut String) {
        let measure = self.dice.pick(&["", ", measure = \"credits\"", ", measure = \"count\""]);
        let part = self.dice.pick(&["", "", ", from = \"p1\"", ", where = { source = \"earned\" }"]);
        let least = self.dice.pick(&["3", "2.5", "3.9"]);
        let _ = writeln!(text, "average = {{ grade = {least}, best = 4{measure}{part} }}");
    }
}

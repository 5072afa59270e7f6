//! Random exclusions.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn exclusion(&mut self, text: &mut String) {
        if !self.uses("exclusion", 6) {
            return;
        }
        let one = self.dice.below(self.credentials);
        let list = if self.uses("exclusion of three", 3) {
            "\"c0\", \"c1\", \"c2\"".to_owned()
        } else {
            format!("\"c{one}\", \"c{}\"", self.other(one))
        };
        let _ = writeln!(text, "[[exclusion]]\nbetween = [{list}]");
    }
}

//! Random requirements that are asked of some only.

use std::fmt::Write as _;

use super::Author;

impl Author {
    /// Of whom the requirement that was written last is asked; `others` are requirements beside it.
    pub(super) fn when(&mut self, others: &[String], text: &mut String) {
        if !self.dice.once_in(8) {
            return;
        }
        let mut parts = Vec::new();
        if self.dice.once_in(2) {
            self.note("when held");
            let credential = format!("\"c{}\"", self.dice.below(self.credentials));
            let last = self.name(self.qualifications.len() - 1);
            parts.push(match self.dice.below(4) {
                0 => format!("held = [{credential}, \"{last}\"]"),
                1 => format!("held = \"{last}\""),
                _ => format!("held = {credential}"),
            });
        }
        if parts.is_empty() && self.dice.once_in(2) || self.dice.once_in(6) {
            self.note("when attested");
            parts.push(format!("attested = \"{}\"", self.dice.pick(&["hours", "licence"])));
        }
        if !others.is_empty() && (parts.is_empty() || self.dice.once_in(4)) {
            self.note("when met");
            let other = self.dice.pick(&others.iter().collect::<Vec<_>>()).clone();
            parts.push(format!("met = \"{other}\""));
        }
        if !parts.is_empty() {
            let _ = writeln!(text, "when = {{ {} }}", parts.join(", "));
        }
    }
}

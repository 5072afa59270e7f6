//! Random requirements that are asked of some only, and random outcomes.

use std::fmt::Write as _;

use super::rules::Author;

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

    /// A title of its own for those who meet more.
    pub(super) fn outcome(&mut self, requirements: &[String], text: &mut String) {
        if !self.dice.once_in(6) {
            return;
        }
        self.note("outcome");
        let mut names = Vec::new();
        if self.dice.once_in(2) {
            self.note("outcome of a credential");
            names.push(format!("c{}", self.dice.below(self.credentials)));
        }
        if !requirements.is_empty() && self.dice.once_in(2) {
            self.note("outcome of a requirement");
            names.push(self.dice.pick(&requirements.iter().collect::<Vec<_>>()).clone());
        }
        if names.is_empty() || self.dice.once_in(3) {
            self.note("outcome of what is counted");
            let need = self.dice.pick(&["credits = 5", "count = 2", "credits = 9"]);
            let from = self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"]);
            let _ = writeln!(text, "[requirement.r8]\nover = \"counted\"\n{need}\nfrom = {from}");
            names.push("r8".to_owned());
        }
        let group = self.group(&names);
        let _ = writeln!(text, "[[outcome]]\nid = \"r9\"\ntitle = \"Title\"\n{group}");
    }
}

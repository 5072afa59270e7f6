//! Random outcomes.

use std::fmt::Write as _;

use super::Author;

impl Author {
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
            let from = self.some_pools();
            let _ = writeln!(text, "[requirement.r8]\nover = \"counted\"\n{need}\nfrom = {from}");
            names.push("r8".to_owned());
        }
        let group = self.group(&names);
        let _ = writeln!(text, "[[outcome]]\nid = \"r9\"\ntitle = \"Title\"\n{group}");
    }
}

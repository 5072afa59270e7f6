//! Random requirements.

use std::fmt::Write as _;

use super::{Author, Names, requirements};

impl Author {
    /// Writes a requirement, or two that belong together, and names them.
    pub(super) fn requirement(
        &mut self,
        name: &str,
        at: usize,
        text: &mut String,
        names: &mut Names,
        earned: &mut Vec<usize>,
    ) {
        let others = requirements(names);
        names.push(name.to_owned());
        match self.dice.below(14) {
            0 | 1 if at + 1 < self.qualifications.len() => {
                let other = at + 1 + self.dice.below(self.qualifications.len() - at - 1);
                let mode = self.dice.pick(&["held", "earned", "either", "", "held", "maintained"]);
                self.award(name, other, mode, text, earned);
            }
            2 if self.uses("attest", 1) => {
                let amount = self.dice.pick(&["at_least = 1", "at_least = 40\nunit = \"hours\"", ""]);
                let key = self.dice.pick(&["hours", "hours", "licence"]);
                let _ = writeln!(text, "[requirement.{name}]\nattest = \"{key}\"\n{amount}");
            }
            3 | 4 if self.uses("group of credentials", 1) => self.group_of_credentials(name, text),
            5 if self.uses("group of requirements", 1) => self.group_of_requirements(name, text),
            6 | 7 => self.overlay(name, text, names),
            8 if self.uses("optional", 1) => {
                let _ = writeln!(text, "[requirement.{name}]\noptional = true\nfrom = [\"p0\", \"p1\"]");
                let cap = self.dice.pick(&["{ credits = 5 }", "{ count = 1 }"]);
                let _ = writeln!(text, "limits = [{{ at_most = {cap} }}]");
            }
            _ => {
                let _ = writeln!(text, "[requirement.{name}]");
                self.scheme_asked("scheme of a requirement", text);
                self.take(text);
            }
        }
        self.after(name, &others, text);
        self.when(&others, text);
    }
}

//! Random rules of combination.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn group_of_credentials(&mut self, name: &str, text: &mut String) {
        let first = self.dice.below(self.credentials);
        let list = [format!("c{first}"), format!("c{}", (first + 1) % self.credentials)];
        let group = self.group(&list);
        let _ = writeln!(text, "[requirement.{name}]\ntitle = \"Some units\"\n{group}");
    }

    pub(super) fn group_of_requirements(&mut self, name: &str, text: &mut String) {
        let children = [format!("{name}x"), format!("{name}y")];
        for child in &children {
            if self.uses("overlay in a group", 6) {
                let from = self.dice.pick(&["\"p0\"", "\"p1\""]);
                let need = self.dice.pick(&["count = 1", "credits = 4"]);
                let _ = writeln!(text, "[requirement.{child}]\nover = \"counted\"\n{need}\nfrom = {from}");
                continue;
            }
            let _ = writeln!(text, "[requirement.{child}]");
            self.take(text);
        }
        let all = if self.uses("same", 2) {
            let by = self.dice.pick(&["subject", "track", "kind", "track"]);
            format!("same = \"{by}\"\neach = [\"{}\"]", children.join("\", \""))
        } else {
            self.group(&children)
        };
        let _ = writeln!(text, "[requirement.{name}]\n{all}");
    }

    /// `all`, `any` or `choose` over names.
    pub(super) fn group(&mut self, names: &[String]) -> String {
        let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let list = quoted.join(", ");
        match self.dice.below(5) {
            0 if self.uses("any", 1) => format!("any = [{list}]"),
            1 if self.uses("choose", 1) => {
                format!("choose = {}\nof = [{list}]", 1 + self.dice.below(names.len()))
            }
            _ => format!("all = [{list}]"),
        }
    }
}

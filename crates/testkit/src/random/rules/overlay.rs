//! Random requirements that take nothing, but look at what is held, counted or attempted.

use std::fmt::Write as _;

use super::{Author, Names};

impl Author {
    pub(super) fn overlay(&mut self, name: &str, text: &mut String, names: &mut Names) {
        if self.uses("over attempted", 5) {
            return self.attempts(name, text);
        }
        let over = self.dice.pick(&["held", "counted"]);
        let twins = self.dice.once_in(3);
        self.note(match (over, twins) {
            ("held", false) => "over held",
            ("held", true) => "over held, two in a layer",
            (_, false) => "over counted",
            (_, true) => "over counted, two in a layer",
        });
        let layer = if twins || self.uses("layer", 3) { "layer = \"l\"\n" } else { "" };
        let mut all = vec![name.to_owned()];
        if twins {
            all.push(format!("{name}b"));
            names.push(format!("{name}b"));
        }
        for name in all {
            let _ = writeln!(text, "[requirement.{name}]\nover = \"{over}\"\n{layer}count = 1");
            let _ = writeln!(text, "from = {}", self.some_pools());
            if self.uses("overlay with an average", 8) {
                self.average(text);
            }
            if self.uses("overlay with a window", 10) {
                text.push_str("window = \"1 year\"\n");
            }
            if self.uses("overlay with distinct", 10) {
                text.push_str("distinct = { by = \"subject\", at_least = 2 }\n");
            }
            if self.dice.once_in(3) {
                self.note(if over == "held" { "over held, capped" } else { "over counted, capped" });
                let cap = self.dice.pick(&["{ credits = 4.5 }", "{ count = 1 }", "{ credits = 3 }"]);
                let _ = writeln!(text, "limits = [{{ at_most = {cap} }}]");
            }
        }
    }

    fn attempts(&mut self, name: &str, text: &mut String) {
        let need = self.dice.pick(&["optional = true", "optional = true", "count = 2", "credits = 5"]);
        let from = self.some_pools();
        let _ = writeln!(text, "[requirement.{name}]\nover = \"attempted\"\n{need}\nfrom = {from}");
        if need.starts_with("optional") || self.dice.once_in(2) {
            self.note("over attempted, average");
            self.average(text);
        }
        if self.dice.once_in(4) {
            text.push_str("distinct = { by = \"subject\", at_least = 2 }\n");
        }
    }
}

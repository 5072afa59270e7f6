//! Random requirements that take from pools.

use std::fmt::Write as _;

use super::Author;

impl Author {
    /// What a requirement asks for, after its first line.
    pub(super) fn take(&mut self, text: &mut String) {
        if self.dice.once_in(if text.contains("splittable") { 2 } else { 10 }) {
            return self.parts(text);
        }
        let from = self.some_pools();
        let need = match self.dice.below(7) {
            0 if self.uses("two needs", 1) => "credits = 5\ncount = 2",
            1..4 if self.uses("take credits", 1) => {
                self.dice.pick(&["credits = 3", "credits = 7.5", "credits = 5"])
            }
            4 if self.uses("sum", 2) => self.dice.pick(&[
                "sum = { of = \"points\", at_least = 4 }",
                "sum = { of = \"points\", at_least = 2.5, at_most = 5 }",
                "sum = { of = \"points\", at_least = 3 }\ncount = 2",
            ]),
            _ => self.dice.pick(&["count = 1", "count = 2", "count = 2"]),
        };
        let _ = writeln!(text, "{need}\nfrom = {from}");
        if self.uses("limits", 3) {
            let limit = self.limit(need);
            let _ = writeln!(text, "limits = [{limit}]");
        }
        if self.uses("distinct", 7) {
            let distinct = self.dice.pick(&[
                "{ by = \"subject\", at_least = 2 }",
                "{ by = \"subject\", at_most = 1 }",
                "{ by = \"track\", at_least = 2, at_most = 2 }",
                "[{ by = \"kind\", at_least = 2 }, { by = \"track\", at_least = 3 }]",
            ]);
            let _ = writeln!(text, "distinct = {distinct}");
        }
        if self.uses("average", 7) {
            self.average(text);
        }
        if self.uses("window", 7) {
            let window = self.dice.pick(&["6 months", "1 year", "365 days", "18 months"]);
            let _ = writeln!(text, "window = \"{window}\"");
        }
        if self.uses("min_grade", 8) {
            text.push_str("min_grade = 2.5\n");
        }
        if self.uses("max_age", 8) {
            text.push_str("max_age = \"2 years\"\n");
        }
        if self.uses("requirement that is not advised", 16) {
            text.push_str("advise = false\n");
        }
    }
}

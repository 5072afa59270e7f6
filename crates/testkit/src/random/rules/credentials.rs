//! Random credentials, each by itself.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn credentials(&mut self, text: &mut String) {
        let mut last = String::new();
        for at in 0..self.credentials {
            // Now and then two that no rule can tell apart.
            let is_like_last = at > 0 && self.dice.once_in(10) && !last.contains("repeatable");
            let unit = match is_like_last {
                true => {
                    last.replacen(&format!("[credential.c{}]", at - 1), &format!("[credential.c{at}]"), 1)
                }
                false => {
                    let mut unit = String::new();
                    self.unit(at, &mut unit);
                    unit
                }
            };
            text.push_str(&unit);
            last = unit;
        }
    }

    fn unit(&mut self, at: usize, text: &mut String) {
        let dice = &mut self.dice;
        let _ = writeln!(text, "[credential.c{at}]\ntitle = \"Unit {at}\"");
        let _ = writeln!(text, "kind = \"{}\"\nlevel = {{ x = {} }}", dice.pick(&["k", "m"]), dice.below(3));
        let _ = writeln!(text, "tags = [\"t{}\", \"u\"]\nsubject = \"s{}\"", dice.below(2), dice.below(2));
        let _ = writeln!(text, "issuer = \"{}\"\ncost = {}", dice.pick(&["x", "y"]), 1 + dice.below(5));
        let _ = writeln!(text, "effort = {}", dice.pick(&["0", "10", "12.5"]));
        let track = dice.pick(&["\"a\"", "[\"a\", \"b\"]", "[\"b\", 7]"]);
        let points = dice.pick(&["1", "2.5", "[1, 4]", "0"]);
        let _ = writeln!(
            text,
            "attributes = {{ live = {}, track = {track}, points = {points} }}",
            !dice.once_in(4)
        );
        if at == 0 || !self.uses("no credits", 12) {
            let credits = self.dice.pick(&["2", "3", "4.5", "6", "3"]);
            let _ = writeln!(text, "credits = {credits}");
            self.scheme_had(text);
        }
        self.prerequisites(at, text);
        if self.uses("not offered", 8) {
            text.push_str("offered = false\n");
        } else if self.uses("retired credential", 8) {
            let day = self.dice.pick(&["2026-06-15", "2026-06-16", "2020-01-01"]);
            let _ = writeln!(text, "retired = {day}");
            if self.uses("valid after retirement", 2) {
                let period = self.dice.pick(&["7 years", "2357 days", "2 years", "1 day"]);
                let _ = writeln!(text, "valid_after_retirement = \"{period}\"");
            }
        }
        self.only_toward("credential, only toward", 12, text);
        // Each time is one more credential for the oracle to try.
        if at == 1 && self.credentials == 3 && self.uses("repeatable", 4) {
            text.push_str("repeatable = 2\n");
        }
        if self.uses("valid", 4) {
            let period = self.dice.pick(&["1 year", "12 months", "400 days"]);
            let _ = writeln!(text, "valid = \"{period}\"");
            if self.uses("renewed_by", 2) {
                let _ = writeln!(text, "renewed_by = [\"c{}\"]", self.dice.below(self.credentials));
                if self.uses("renewal window", 3) {
                    let window = self.dice.pick(&["6 months", "1 day", "300 days"]);
                    let _ = writeln!(text, "renewal_window = \"{window}\"");
                }
                if self.uses("renewed from the end", 3) {
                    text.push_str("renewed_from = \"end\"\n");
                }
            }
        }
    }

    fn prerequisites(&mut self, at: usize, text: &mut String) {
        if at > 0 && self.uses("requires", 5) {
            let first = self.dice.below(at);
            let list = if at > 1 && self.uses("requires one of", 2) {
                format!("[[\"c{first}\", \"c{}\"]]", (first + 1) % at)
            } else {
                format!("[\"c{first}\"]")
            };
            let _ = writeln!(text, "requires = {list}");
        } else if self.uses("requires a qualification", 16) {
            let last = self.name(self.qualifications.len() - 1);
            let _ = writeln!(text, "requires = [\"{last}\"]");
        }
    }

    /// Toward which qualifications alone a credential, or an equivalence, counts.
    pub(super) fn only_toward(&mut self, construct: &'static str, times: usize, text: &mut String) {
        if self.uses(construct, times) {
            let at = self.dice.below(self.qualifications.len());
            let name = if self.dice.once_in(2) { self.qualifications[at].0.clone() } else { self.name(at) };
            let _ = writeln!(text, "only_toward = [\"{name}\"]");
        }
    }
}

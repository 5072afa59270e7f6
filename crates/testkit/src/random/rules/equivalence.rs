//! Random equivalences.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn equivalences(&mut self, text: &mut String) {
        if !self.uses("equivalence", 4) {
            return;
        }
        let from = self.dice.below(self.credentials);
        let to = self.other(from);
        self.equivalence(from, to, text);
        if self.uses("equivalence, two steps", 3) {
            let next = self.other(to);
            self.equivalence(to, next, text);
        }
    }

    fn equivalence(&mut self, from: usize, to: usize, text: &mut String) {
        let _ = writeln!(text, "[[equivalence]]\nfrom = \"c{from}\"\nto = \"c{to}\"");
        if self.uses("equivalence, dated", 3) {
            let days = [
                "effective = 2025-06-15",
                "until = 2026-06-14",
                "effective = 2024-03-01\nuntil = 2026-06-15",
            ];
            let _ = writeln!(text, "{}", self.dice.pick(&days));
        }
        if self.uses("equivalence, a part", 3) {
            let _ = writeln!(text, "credits = {}", self.dice.pick(&["1", "1.5"]));
            self.scheme_had(text);
        }
        self.only_toward("equivalence, only toward", 4, text);
    }
}

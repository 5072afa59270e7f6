//! Random pools.

use std::{collections::BTreeSet, fmt::Write as _};

use super::Author;

impl Author {
    /// One of the pools of a qualification, or both.
    pub(super) fn some_pools(&mut self) -> &'static str {
        self.dice.pick(&["\"p0\"", "\"p1\"", "[\"p0\", \"p1\"]"])
    }

    pub(super) fn pools(&mut self, text: &mut String) {
        let condition = self.condition();
        let _ = write!(text, "[pool.p0]\nwhere = {{ {condition} }}\n");
        let named: Vec<_> =
            (0..self.credentials).filter(|_| !self.dice.once_in(3)).map(|at| format!("\"c{at}\"")).collect();
        if named.is_empty() {
            text.push_str("[pool.p1]\nwhere = { tags = \"u\" }\n");
        } else {
            self.note("pool of");
            let _ = write!(text, "[pool.p1]\nof = [{}]\n", named.join(", "));
        }
        if self.uses("not_in", 3) {
            text.push_str("not_in = [\"p0\"]\n");
        }
        if self.uses("pool that is not advised", 10) {
            text.push_str("advise = false\n");
        }
        self.open(text);
    }

    /// What is not in the catalog is in a pool as well, once in a while in both.
    fn open(&mut self, text: &mut String) {
        // What the oracle tries doubles with each thing that could be earned.
        let many = |used: &BTreeSet<_>| used.contains("open pool") || used.contains("repeatable");
        let is_full = self.credentials > 3 || self.constructs.values().any(many);
        if is_full || !self.uses("open pool", 6) {
            return;
        }
        let credits = self.dice.pick(&[
            "credits = 3",
            "credits = 2.5",
            "subject = \"s0\"",
            "credits = 5, tags = \"u\"",
        ]);
        let times = if self.uses("open pool, several times", 3) { ", repeatable = 2" } else { "" };
        let price = self.dice.pick(&["", ", cost = 7", ", offered = false"]);
        let _ = writeln!(text, "open = {{ {credits}{times}{price} }}");
        if self.uses("open pools, two", 4) {
            let _ = writeln!(text, "[pool.p2]\nnot_in = \"p0\"\nopen = {{ credits = 4 }}");
            // Which requirements take from it is decided when all is written.
            *text = text.replacen("from = \"p0\"", "from = \"p2\"", 1);
        }
    }
}

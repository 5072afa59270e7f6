//! Random pools.

use std::fmt::Write as _;

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
    }
}

//! Random credit schemes.

use std::fmt::Write as _;

use super::Author;

impl Author {
    /// Three schemes: the common one, one whose amounts can all be exchanged, and one that is rounded.
    pub(super) fn schemes(&mut self, text: &mut String) {
        self.has_schemes = self.uses("schemes", 3);
        if !self.has_schemes {
            return;
        }
        let rounding = self.dice.pick(&[
            "rounding = \"down\"",
            "rounding = \"up\"\nmultiple_of = 0.5",
            "rounding = \"nearest\"\nmultiple_of = 1",
        ]);
        let rate = self.dice.pick(&["\"1/2\"", "2", "0.5"]);
        let _ = write!(
            text,
            "[scheme.common]\ntitle = \"Common\"\n[scheme.exact]\nexchange = {{ common = {rate} }}\n\
             [scheme.rounded]\nexchange = {{ common = \"2/3\" }}\n{rounding}\n"
        );
    }

    /// The scheme in which something that has credits states them.
    pub(super) fn scheme_had(&mut self, text: &mut String) {
        if self.has_schemes && self.dice.once_in(2) {
            self.note("scheme of a credential");
            let _ = writeln!(text, "scheme = \"{}\"", self.dice.pick(&["exact", "rounded", "common"]));
        }
    }

    /// The scheme in which something asks for credits.
    pub(super) fn scheme_asked(&mut self, construct: &'static str, text: &mut String) {
        if self.has_schemes && self.dice.once_in(2) {
            self.note(construct);
            let _ = writeln!(text, "scheme = \"{}\"", self.dice.pick(&["exact", "exact", "common"]));
        }
    }
}

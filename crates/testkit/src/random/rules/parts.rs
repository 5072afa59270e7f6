//! Random requirements toward which less than all the credits of a unit may count.

use std::fmt::Write as _;

use super::Author;

impl Author {
    /// A requirement that cuts units at its limits, or divides them with others.
    pub(super) fn parts(&mut self, text: &mut String) {
        let from = self.some_pools();
        let need = self.dice.pick(&["credits = 5", "credits = 4", "credits = 7.5", "optional = true"]);
        let _ = writeln!(text, "{need}\nfrom = {from}");
        let limit = self.dice.pick(&[
            "{ at_most = { credits = 5 } }",
            "{ at_most = { credits = 2.5 }, from = \"p1\" }",
            "{ at_least = { credits = 2 }, where = { kind = \"k\" } }, { at_most = { credits = 3.5 }, where = { kind = \"m\" } }",
            "{ at_most = { fraction = \"1/2\", of = \"counted\", measure = \"credits\" }, where = { live = true } }",
            "{ at_most = { credits = 4 }, per = \"subject\" }",
        ]);
        if !self.dice.once_in(4) {
            let _ = writeln!(text, "limits = [{limit}]");
        }
        // Several of those that divide must come together for anything to be divided.
        let divides = text.contains("splittable") || self.dice.once_in(2);
        if divides {
            self.note("splittable");
            text.push_str("splittable = true\n");
        }
        if !divides || self.dice.once_in(3) {
            self.note(if divides { "larger than room, divided" } else { "larger than room" });
            text.push_str("larger_than_room = \"truncate\"\n");
        } else if self.uses("larger than room is refused", 3) {
            text.push_str("larger_than_room = \"refuse\"\n");
        }
    }
}

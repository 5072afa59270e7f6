//! Random choices between the editions of a qualification.

use std::fmt::Write as _;

use super::Author;

impl Author {
    pub(super) fn editions(&mut self, text: &mut String) {
        let of_several = self.qualifications.iter().find(|(_, edition)| edition.is_some());
        let Some((code, _)) = of_several.cloned() else { return };
        if !self.uses("choice of editions", 1) {
            return;
        }
        let _ = writeln!(text, "[editions.{code}]");
        let keys = self.dice.pick(&[
            "choose = \"entry\"\nentry = \"licence\"",
            "choose = \"later\"",
            "choose = \"later\"\nwithin = \"5 months\"",
            "choose = \"credit\"",
            "choose = \"any\"",
        ]);
        let more =
            self.dice.pick(&["", "", "last = 1", "teach_out = \"12 months\"", "teach_out = \"300 days\""]);
        let _ = writeln!(text, "{keys}\n{more}");
    }
}

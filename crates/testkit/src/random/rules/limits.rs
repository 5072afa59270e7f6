//! Random limits, of requirements and of qualifications.

use super::Author;

impl Author {
    /// A limit over everything that counts toward a qualification, perhaps in parts.
    pub(super) fn limit_of_everything(&mut self, in_parts: bool) -> &'static str {
        if !in_parts && self.uses("last in a limit of a qualification", 6) {
            return self.dice.pick(&[
                "{ at_least = { credits = 4 }, last = { credits = 6 }, where = { kind = \"m\" } }",
                "{ at_least = { count = 1 }, last = { count = 1 }, from = \"p1\" }",
                "{ at_most = { count = 0 }, last = { count = 2 }, where = { source = \"transferred\" } }",
                "{ at_most = { credits = 2.5 }, last = { credits = 5 }, where = { kind = \"k\" } }",
                "{ at_least = { count = 2 }, last = { credits = 7.5 }, where = { source = \"earned\" } }",
            ]);
        }
        let limit = self.dice.pick(&[
            "{ at_least = { credits = 6 } }",
            "{ at_least = { count = 1 }, where = { level = { x = { min = 1 } } } }",
            "{ at_most = { credits = 7.5 }, where = { kind = \"k\" } }",
            "{ at_least = { count = 1, credits = 4 }, from = \"p1\" }",
            "{ at_most = { count = 2 } }",
        ]);
        if self.dice.once_in(2) { limit } else { self.special_limit_of_everything() }
    }

    /// A limit of a requirement that asks for this.
    pub(super) fn limit(&mut self, need: &str) -> String {
        let limits = [
            "{ at_most = { count = 1 }, from = \"p0\" }",
            "{ at_most = { credits = 5 } }",
            "{ at_least = { count = 1 }, where = { kind = \"m\" } }",
            "{ at_least = { credits = 4 }, from = \"p1\" }",
            "{ at_most = { count = 0 }, where = { live = false } }",
            "{ at_least = { count = 1, credits = 2.5 }, at_most = { credits = 9 }, from = [\"p0\", \"p1\"] }",
        ];
        let plain = "{ at_most = 3 }, { at_least = 1, from = \"p1\" }";
        let limit = if !need.contains('\n') && self.uses("limits in the own measure", 4) {
            plain
        } else {
            self.dice.pick(&limits)
        };
        if self.dice.once_in(2) { limit.to_owned() } else { self.special_limit(need) }
    }

    /// One that is a part of something, of points, or for each value.
    fn special_limit_of_everything(&mut self) -> &'static str {
        let (construct, text) = self.dice.pick(&[
            (
                "fraction of what is required, of a qualification",
                "{ at_least = { credits = 7 } }, { at_least = { fraction = \"1/3\", of = \"required\", measure = \"credits\" }, where = { kind = \"m\" } }",
            ),
            (
                "fraction of what is required, of a qualification",
                "{ at_least = { credits = 7, count = 1 } }, { at_most = { fraction = 0.5, of = \"required\", measure = \"credits\", rounding = \"up\" }, where = { source = \"transferred\" } }",
            ),
            (
                "fraction of what is counted, of a qualification",
                "{ at_most = { fraction = \"1/2\", of = \"counted\", measure = \"credits\" }, where = { kind = \"k\" } }",
            ),
            (
                "fraction of what is counted, of a qualification",
                "{ at_least = { fraction = \"2/3\", of = \"counted\", measure = \"count\" }, from = \"p1\" }",
            ),
            ("per in a limit of a qualification", "{ at_most = { credits = 5 }, per = \"subject\" }"),
            ("per in a limit of a qualification", "{ at_least = { count = 1 }, per = \"subject\" }"),
            ("sum in a limit", "{ at_least = { sum = 4, of = \"points\" } }"),
        ]);
        self.note(construct);
        text
    }

    /// One that is a part of something, of points, or for each value.
    fn special_limit(&mut self, need: &str) -> String {
        let measure = if need.contains("credits") { "credits" } else { "count" };
        let part = self.dice.pick(&["1/2", "1/3", "2/3", "0.25"]);
        let bound = self.dice.pick(&["at_least", "at_most"]);
        let from =
            self.dice.pick(&["from = \"p1\"", "where = { kind = \"k\" }", "where = { source = \"earned\" }"]);
        match self.dice.below(9) {
            7 | 8 if self.uses("last in a limit", 1) => {
                let last = self.dice.pick(&["{ count = 1 }", "{ credits = 5 }", "{ count = 2 }"]);
                let amount = self.dice.pick(&["{ count = 1 }", "{ credits = 3 }"]);
                format!("{{ {bound} = {amount}, last = {last}, {from} }}")
            }
            0 | 1 if !need.contains("sum") && self.uses("fraction of what is required", 1) => {
                let rounding = self.dice.pick(&["", ", rounding = \"up\"", ", rounding = \"down\""]);
                format!(
                    "{{ {bound} = {{ fraction = \"{part}\", of = \"required\", measure = \"{measure}\"{rounding} }}, {from} }}"
                )
            }
            2 | 3 if self.uses("fraction of what is counted", 1) => format!(
                "{{ {bound} = {{ fraction = \"{part}\", of = \"counted\", measure = \"{measure}\" }}, {from} }}"
            ),
            4 if self.uses("sum in a limit", 1) => self
                .dice
                .pick(&[
                    "{ at_most = { sum = 5, of = \"points\" } }",
                    "{ at_least = { sum = 2, of = \"points\" }, from = \"p1\" }",
                ])
                .to_owned(),
            _ => {
                let (construct, limit) = self.dice.pick(&[
                    ("per, at most", "{ at_most = { count = 1 }, per = \"subject\" }"),
                    ("per, at most", "{ at_most = { credits = 5 }, per = \"track\" }"),
                    ("per, at least", "{ at_least = { count = 1 }, per = \"subject\" }"),
                    (
                        "per, at least",
                        "{ at_least = { credits = 3 }, per = \"kind\", where = { live = true } }",
                    ),
                ]);
                self.note(construct);
                limit.to_owned()
            }
        }
    }
}

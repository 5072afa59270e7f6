//! Random sharing policies.

use std::fmt::Write as _;

use cairn_core::SourceFile;

use super::Author;

impl Author {
    /// A policy of a qualification, after all else in its file.
    pub(super) fn sharing(&mut self, at: usize, earned: &[usize], text: &mut String) {
        let last = self.qualifications.len() - 1;
        let between: Vec<usize> = match earned {
            [one, other, ..] if self.uses("sharing", 1) => {
                if self.uses("sharing of three", 4) {
                    vec![at, *one, *other]
                } else {
                    vec![*one, *other]
                }
            }
            [one] if self.uses("sharing with the whole", 3) => vec![at, *one],
            _ if at != last && self.uses("sharing of what is asked together", 4) => vec![at, last],
            _ => return,
        };
        self.policy(&between, text);
    }

    /// A policy that belongs to no qualification.
    pub(super) fn common_policy(&mut self) -> Option<SourceFile> {
        let last = self.qualifications.len() - 1;
        if last == 0 || !self.uses("sharing of no qualification", 6) {
            return None;
        }
        let mut text = "format = 1\n".to_owned();
        let between: Vec<usize> =
            if last == 2 && self.dice.once_in(3) { vec![0, 1, 2] } else { vec![last - 1, last] };
        self.policy(&between, &mut text);
        Some(SourceFile { path: "policies.toml".to_owned(), text })
    }

    fn policy(&mut self, between: &[usize], text: &mut String) {
        let names: Vec<_> = between.iter().map(|&at| format!("\"{}\"", self.name(at))).collect();
        let all = names.join(", ");
        let _ = writeln!(text, "[[sharing]]");
        if self.dice.once_in(3) {
            let _ = writeln!(text, "title = \"A policy\"");
        }
        let (mut is_about_each, mut may_be_about_some, mut has_way) = (false, true, false);
        let rule = match self.dice.below(12) {
            0 if self.uses("sharing: unique_at_least", 1) => {
                is_about_each = true;
                format!("unique_at_least = {}", self.least(&names))
            }
            1 if self.uses("sharing: surplus_above", 1) => {
                is_about_each = true;
                format!("surplus_above = {}", self.least(&names))
            }
            2 if self.uses("sharing: max_purposes", 1) => {
                format!("max_purposes = {}", 1 + self.dice.below(between.len() - 1))
            }
            3 if self.uses("sharing: max_partners", 1) => {
                format!("max_partners = {}", self.dice.below(between.len() - 1))
            }
            4 if self.uses("sharing: banned", 2) => {
                may_be_about_some = false;
                "banned = true".to_owned()
            }
            4 => {
                self.note("sharing: banned_above");
                format!("banned_above = {}", self.dice.pick(&["{ count = 0 }", "{ credits = 4 }"]))
            }
            5 if self.uses("sharing: jointly_with", 1) => {
                is_about_each = true;
                let sources = self.dice.pick(&["\"transferred\"", "[\"recognised\", \"transferred\"]"]);
                format!("jointly_with = {sources}\nat_most = {}", self.most(&names, true))
            }
            6 | 7 if self.uses("sharing: from into", 1) => {
                has_way = true;
                format!("at_most = {}", self.most(&names, true))
            }
            _ => format!("at_most = {}", self.most(&names, false)),
        };
        if has_way {
            let (from, into) = if self.dice.once_in(2) { (0, 1) } else { (1, 0) };
            let (from, into) = (&names[from], &names[into]);
            let _ = writeln!(text, "from = [{from}]\ninto = [{into}]");
        } else {
            let _ = writeln!(text, "between = [{all}]");
        }
        if is_about_each && self.uses("sharing: for", 3) {
            let _ = writeln!(text, "for = {}", names[0]);
        }
        if may_be_about_some && self.uses("sharing: where", 5) {
            let condition = self.condition();
            let _ = writeln!(text, "where = {{ {condition} }}");
        }
        if self.uses("sharing: looks into awards", 2) {
            text.push_str("looks_into_awards = true\n");
        }
        let _ = writeln!(text, "{rule}");
    }

    fn least(&mut self, names: &[String]) -> String {
        if let Some(part) = self.part(names, true) {
            return part;
        }
        self.dice
            .pick(&["{ count = 1 }", "{ credits = 3 }", "{ count = 2 }", "{ count = 1, credits = 4 }"])
            .to_owned()
    }

    fn most(&mut self, names: &[String], may_lack_of: bool) -> String {
        if let Some(part) = self.part(names, may_lack_of) {
            return part;
        }
        let plain = [
            "{ count = 0 }",
            "{ count = 1 }",
            "{ credits = 2.5 }",
            "{ count = 1, credits = 4 }",
            "{ count = 2 }",
        ];
        self.dice.pick(&plain).to_owned()
    }

    fn part(&mut self, names: &[String], may_lack_of: bool) -> Option<String> {
        if !self.uses("sharing: fraction", 2) {
            return None;
        }
        let of =
            if may_lack_of && self.dice.once_in(3) { String::new() } else { format!(", of = {}", names[0]) };
        let measure = self.dice.pick(&["count", "credits"]);
        let rounding = self.dice.pick(&["", ", rounding = \"up\"", ", rounding = \"down\""]);
        let fraction = self.dice.pick(&["1/2", "1/3", "2/3"]);
        Some(format!("{{ fraction = \"{fraction}\"{of}, measure = \"{measure}\"{rounding} }}"))
    }
}

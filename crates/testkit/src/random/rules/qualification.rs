//! Random qualifications.

use std::fmt::Write as _;

use super::{Author, Names, requirements};

/// A qualification with so many leaves gets no more.
const LEAVES_MAX: usize = 3;

impl Author {
    pub(super) fn qualification(&mut self, at: usize) -> String {
        let mut tables = String::new();
        let mut names = Names::new();
        let mut earned = Vec::new();
        if self.qualifications.len() == 3 && at == 0 && self.dice.once_in(3) {
            for other in [1, 2] {
                let mode = self.dice.pick(&["earned", "either", "earned"]);
                names.push(format!("a{other}"));
                self.award(&format!("a{other}"), other, mode, &mut tables, &mut earned);
            }
        }
        // The oracle tries every requirement for every holding: a few of them must do.
        for part in 0..1 + self.dice.below(3) {
            if tables.matches("from = ").count() < LEAVES_MAX {
                self.requirement(&format!("r{part}"), at, &mut tables, &mut names, &mut earned);
            }
        }
        if names.is_empty() || self.dice.once_in(4) {
            self.note("credential by name");
            names.push(format!("c{}", self.dice.below(self.credentials)));
        }
        if at + 1 < self.qualifications.len() && self.uses("qualification by name", 12) {
            let other = self.name(at + 1);
            earned.push(at + 1);
            names.push(other);
        }
        let mut text = self.head(at);
        let _ = writeln!(text, "{}", self.group(&names));
        if self.uses("limits of a qualification", 3) {
            let limit = {
                let in_parts = tables.contains("splittable") || tables.contains("\"truncate\"");
                self.limit_of_everything(in_parts)
            };
            let _ = writeln!(text, "limits = [{limit}]");
        }
        if self.uses("average of a qualification", 10) {
            self.average(&mut text);
        }
        text.push_str(&tables);
        self.outcome(&requirements(&names), &mut text);
        self.pools(&mut text);
        if self.uses("on_award", 5) {
            text.push_str("[on_award]\ncredits = \"consume\"\n");
        }
        earned.sort_unstable();
        earned.dedup();
        self.sharing(at, &earned, &mut text);
        text
    }

    fn head(&mut self, at: usize) -> String {
        let (code, edition) = self.qualifications[at].clone();
        let measure = self.dice.pick(&["count", "credits", "cost", "effort", "count"]);
        let mut text = format!("format = 1\n[qualification]\nid = \"{code}\"\nmeasure = \"{measure}\"\n");
        self.scheme_asked("scheme of a qualification", &mut text);
        if let Some(edition) = edition {
            self.note("edition");
            let effective = if edition == "e1" { "2020-01-01" } else { "2025-06-15" };
            let _ = writeln!(text, "edition = \"{edition}\"\neffective = {effective}");
        }
        if self.dice.once_in(4) {
            text.push_str(
                "title = \"A title\"\nissuer = \"x\"\nlevel = { x = 3 }\nsource = \"https://x.example\"\n",
            );
        }
        if self.uses("grace", 8) {
            text.push_str("grace = \"end of calendar year\"\n");
        }
        if self.uses("latest attempt", 8) {
            text.push_str("attempt = \"latest\"\n");
        }
        if self.uses("max_age on entry", 8) {
            text.push_str("max_age_on = \"entry\"\nentry = \"licence\"\n");
        }
        if at > 0 && self.uses("retired qualification", 10) {
            text.push_str("retired = 2026-01-01\n");
        }
        text
    }
}

//! Random requirements that come after others.

use std::fmt::Write as _;

use super::Author;

impl Author {
    /// What comes before the requirement that was written last, which has this name.
    pub(super) fn after(&mut self, name: &str, others: &[String], text: &mut String) {
        let before: Vec<&String> = others.iter().filter(|other| takes(text, other)).collect();
        if before.is_empty() || !takes(text, name) || !self.uses("after", 4) {
            return;
        }
        let first = self.dice.pick(&before);
        let _ = match before[..] {
            [one, other] if !self.dice.once_in(3) => {
                self.note("after two");
                writeln!(text, "after = [\"{one}\", \"{other}\"]")
            }
            _ => writeln!(text, "after = \"{first}\""),
        };
    }
}

/// Whether a requirement of the text, and all below it, takes holdings.
fn takes(text: &str, name: &str) -> bool {
    let Some((_, table)) = text.split_once(&format!("[requirement.{name}]\n")) else { return false };
    let table = table.split("[requirement.").next().unwrap_or_default();
    match table.contains(&format!("\"{name}x\"")) {
        true => takes(text, &format!("{name}x")) && takes(text, &format!("{name}y")),
        false => !table.contains("over = ") && (table.contains("from = ") || table.contains("Some units")),
    }
}

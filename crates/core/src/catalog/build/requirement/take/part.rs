//! `larger_than_room` and `splittable`: requirements toward which a part of a unit may count.

use crate::{
    Code, Diagnostic, Span,
    catalog::{Limit, Sight, Tally, build::value::Values},
    document::RequirementTable,
};

/// How less than all of a unit may count.
pub(super) struct Parts {
    pub(super) truncates: bool,
    pub(super) divides: bool,
}

pub(super) fn parts<'l>(
    table: &RequirementTable,
    span: Span,
    sight: &Sight,
    mut limits: impl Iterator<Item = &'l Limit>,
    values: &mut Values,
) -> Parts {
    let words = [("refuse", false), ("truncate", true)];
    let written = table.larger_than_room.as_ref();
    let truncates = written.and_then(|word| values.word(word, "larger_than_room", &words)).unwrap_or(false);
    let divides = table.splittable.as_ref().is_some_and(|divides| divides.value);
    for key in ["larger_than_room", "splittable"] {
        if table.present.contains(key) && *sight != Sight::Taking {
            let message = format!("`{key}` is for requirements that take, and this one only looks");
            let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
            values.add(finding.help(format!("take `{key}` out, or `over`")));
        }
    }
    let is_other = |limit: &&Limit| limit.tally != Tally::Credits;
    if divides && (limits.any(|limit| is_other(&limit)) || table.window.is_some()) {
        let message = "`splittable` divides credits, so the requirement can speak of credits only";
        let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
        let help = "ask for `credits`, or for nothing with `optional = true`; count whole units in another requirement, with `over = \"counted\"`";
        values.add(finding.help(help));
    }
    Parts { truncates, divides }
}

//! The requirements of a scope as text.

use std::fmt::Write as _;

use crate::{
    report::{CountedView, RequirementView, ScopeView},
    text::{DIM, heading, mark, styled},
    words,
};

/// Deeper requirements are not set further to the right.
const DEPTH_SHOWN_MAX: usize = 20;

pub(super) fn requirements(scope: &ScopeView, title: &str) -> String {
    let mut text = format!("{}\n", heading(title));
    // The root says only what the verdict has said, unless it stands alone.
    for requirement in scope.requirements.iter().skip(1) {
        text.push_str(&requirement_lines(requirement));
    }
    for limit in &scope.limits {
        let is_met = words::is_reached(limit);
        let (icon, style) = mark(if is_met { "met" } else { "open" });
        let word = if is_met { "met" } else { "open" };
        let _ =
            writeln!(text, "  {} {}", styled(style, &format!("{icon} {word:<10}")), words::limit_line(limit));
    }
    text
}

fn requirement_lines(requirement: &RequirementView) -> String {
    let (icon, style) = mark(requirement.standing);
    let indent = "  ".repeat(requirement.depth.saturating_sub(1).min(DEPTH_SHOWN_MAX));
    let needs: Vec<_> = requirement.needs.iter().map(words::have).collect();
    let needs =
        if needs.is_empty() { String::new() } else { format!("  {}", styled(DIM, &needs.join(", "))) };
    let mut text = format!(
        "  {} {indent}{}{needs}\n",
        styled(style, &format!("{icon} {:<10}", requirement.standing)),
        requirement.title,
    );
    let is_itself = requirement.id.contains('/');
    let shown = |counted: &CountedView| {
        let also = counted.counted_as.as_ref().map(|face| format!(" as {face}")).unwrap_or_default();
        let part =
            counted.credits.as_ref().map(|part| format!(" ({part} of its credits)")).unwrap_or_default();
        format!("{}{also}{part}", counted.credential)
    };
    for (held, word) in [(true, "counted"), (false, "to earn")] {
        let list: Vec<_> =
            requirement.counted.iter().filter(|counted| counted.held == held).map(shown).collect();
        let says_nothing_new =
            is_itself && list.iter().all(|credential| requirement.id.ends_with(credential));
        if !list.is_empty() && !says_nothing_new {
            let line = format!("{word}: {}", list.join(", "));
            let _ = writeln!(text, "               {indent}{}", styled(DIM, &line));
        }
    }
    text
}

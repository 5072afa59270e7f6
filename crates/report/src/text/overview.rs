//! An overview as text.

use std::fmt::Write as _;

use crate::{
    report::{OverviewEntry, OverviewReport},
    text::{DIM, heading, mark, styled},
};

/// One line for each qualification, grouped by how it stands.
#[must_use]
pub fn overview(report: &OverviewReport) -> String {
    let name = crate::words::plain(report.name.as_deref().unwrap_or(&report.learner));
    let mut text = format!(
        "{}\n",
        heading(&format!("{} as of {}", crate::words::named(&name, &report.learner), report.as_of))
    );
    let mut last = "";
    for entry in &report.qualifications {
        if entry.state != last {
            let _ = writeln!(text, "\n{}", heading(crate::words::state_heading(entry.state)));
            last = entry.state;
        }
        text.push_str(&line(entry));
    }
    text
}

fn line(entry: &OverviewEntry) -> String {
    let (icon, style) = mark(entry.state);
    let named = crate::words::named(&entry.title, &entry.qualification);
    let percent = match &entry.progress {
        Some(progress) if entry.state == "begun" => format!("{:>3} %", progress.percent),
        _ => "     ".to_owned(),
    };
    if entry.state == "held" {
        return format!("  {} {percent}  {named}\n", styled(style, icon));
    }
    let summary = styled(DIM, &entry.summary);
    format!("  {} {percent}  {named}\n           {summary}\n", styled(style, icon))
}

//! The rules of a command, and what was found in them.

use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use cairn_core::{Catalog, Code, Diagnostic, Loading, Severity, SourceFile};

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
};

mod files;

/// So many findings are shown with their lines.
const SHOWN_MAX: usize = 100;

/// Rule files with what was found in them.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) loading: Loading,
    /// What is wrong with files that could not even be read.
    unreadable: Vec<String>,
}

impl Rules {
    /// Reads and loads the rules at the given places.
    pub(crate) fn read(places: &[PathBuf]) -> Result<Rules, Failure> {
        let (files, unreadable) = files::settled(places)?;
        let mut loading = cairn_core::load(&files);
        if !unreadable.is_empty() {
            // What the unreadable files define is not known.
            loading.findings.retain(|finding| finding.code != Code::NoRules);
        }
        Ok(Rules { files, loading, unreadable })
    }

    /// Reads and loads the rules of a command: files, or an edition that was published.
    pub(crate) fn of(places: &Places) -> Result<Rules, Failure> {
        let Some(name) = &places.edition else { return Rules::read(&places.rules) };
        let store = record::open(&places.db)?;
        let edition = record::edition(store.as_ref(), name)?;
        let files = store.edition(edition)?.unwrap_or_default();
        let loading = cairn_core::load(&files);
        Ok(Rules { files, loading, unreadable: Vec::new() })
    }

    /// The files with their paths below the places at which they were found, as editions have them.
    pub(crate) fn files_of_edition(&self, places: &Places) -> Vec<SourceFile> {
        let below = |path: &str| {
            let parts = places.rules.iter().filter_map(|place| Path::new(path).strip_prefix(place).ok());
            let rest = parts.map(|rest| rest.display().to_string()).find(|rest| !rest.is_empty());
            rest.or_else(|| Some(Path::new(path).file_name()?.to_string_lossy().into_owned()))
        };
        let file = |file: &SourceFile| SourceFile {
            path: below(&file.path).unwrap_or_else(|| file.path.clone()),
            text: file.text.clone(),
        };
        self.files.iter().map(file).collect()
    }

    /// The catalog; if there is none, the findings are printed.
    pub(crate) fn catalog(places: &Places) -> Result<Catalog, Failure> {
        let mut rules = Rules::of(places)?;
        rules.all_readable()?;
        match rules.loading.catalog.take() {
            Some(catalog) => Ok(catalog),
            None => {
                rules.print(Some(Severity::Error));
                Err(Failure::said(Exit::Rules).help("`cairn check` shows everything that was found"))
            }
        }
    }

    /// Fails if a file could not be read: what it would have defined cannot be known.
    pub(crate) fn all_readable(&self) -> Result<(), Failure> {
        if self.unreadable.is_empty() {
            return Ok(());
        }
        Err(Failure::new(Exit::File, self.unreadable.join("\nerror: ")))
    }

    /// Says all findings, or only those of a severity, with the lines that they are about.
    pub(crate) fn print(&self, only: Option<Severity>) {
        let renderer = Renderer::styled();
        let is_wanted = |finding: &&Diagnostic| only.is_none_or(|only| only == finding.code.severity());
        let wanted = self.loading.findings.iter().filter(is_wanted);
        for finding in wanted.clone().take(SHOWN_MAX) {
            output::say(&renderer.render(&self.groups(finding)));
        }
        let unsaid = wanted.count().saturating_sub(SHOWN_MAX);
        if unsaid > 0 {
            output::say(&format!("… and {unsaid} more; `cairn check --format concise` lists all"));
        }
    }

    /// A finding in the shape that the renderer draws.
    fn groups<'a>(&'a self, finding: &'a Diagnostic) -> Vec<Group<'a>> {
        let level = match finding.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.clone().primary_title(finding.message.as_str()).id(finding.code.word());
        let mut group = Group::with_title(title);
        let mut labels: Vec<_> = finding.labels.iter().enumerate().collect();
        labels.sort_by_key(|(position, label)| {
            (label.span.file != finding.labels[0].span.file, label.span.file, *position)
        });
        for chunk in labels.chunk_by(|(_, a), (_, b)| a.span.file == b.span.file) {
            let file = &self.files[chunk[0].1.span.file as usize];
            let mut snippet = Snippet::source(file.text.as_str()).path(file.path.as_str());
            for &(position, label) in chunk {
                let kind = if position == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                let range = clamp(label.span.range(), &file.text);
                let annotation = kind.span(range);
                let text = (!label.text.is_empty()).then_some(label.text.as_str());
                snippet = snippet.annotation(annotation.label(text));
            }
            group = group.element(snippet);
        }
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        vec![group]
    }

    /// Line and column of a finding's main place, both from one.
    pub(crate) fn place(&self, finding: &Diagnostic) -> (String, usize, usize) {
        let Some(label) = finding.labels.first() else { return (String::new(), 1, 1) };
        let file = &self.files[label.span.file as usize];
        let before = &file.text[..clamp(label.span.range(), &file.text).start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (file.path.clone(), line, column)
    }
}

/// A place within a text, on the borders of its characters.
fn clamp(range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    start..end
}

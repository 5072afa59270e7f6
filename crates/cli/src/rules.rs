//! Reads rule files and prints what is found in them.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use cairn_core::{
    Catalog, Code, Diagnostic, Loading, Severity, SourceFile,
    document::{CATALOG_BYTES_MAX, FILE_BYTES_MAX},
};

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
};

/// So many findings are shown with their lines.
const SHOWN_MAX: usize = 100;

/// The deepest folder that is looked into.
const DEPTH_MAX: usize = 16;

/// How often files that are being changed are read again, and after which pause.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

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
        let (files, unreadable) = settled(places)?;
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

/// Reads files that nobody is changing: half of one edition and half of the next are no rules.
fn settled(places: &[PathBuf]) -> Result<(Vec<SourceFile>, Vec<String>), Failure> {
    for _ in 0..LOOKS {
        let before = stamps(places);
        let files = gather(places);
        if before.is_some() && before == stamps(places) {
            return files;
        }
        if before.is_none() && files.is_err() {
            return files;
        }
        std::thread::sleep(PAUSE);
    }
    Err(Failure::new(Exit::File, "the rule files are being changed at this moment")
        .help("try again when they are written"))
}

/// What tells that a file was written to or replaced.
type Stamp = (PathBuf, u64, Option<SystemTime>, Option<SystemTime>);

fn stamps(places: &[PathBuf]) -> Option<Vec<Stamp>> {
    let stamp = |(_, path): Found| {
        let data = fs::metadata(&path).ok()?;
        Some((path, data.len(), data.modified().ok(), data.created().ok()))
    };
    found(places).ok()?.into_iter().map(stamp).collect()
}

/// A rule file as it was named, and where it really lies.
type Found = (PathBuf, PathBuf);

/// Every rule file below the places, sorted.
fn found(places: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let mut all = Vec::new();
    for place in places {
        // A link is followed once, so that all files are those of one edition.
        let real = fs::canonicalize(place).unwrap_or_else(|_| place.clone());
        let mut paths = Vec::new();
        if collect(&real, 0, &mut paths).is_err() {
            // The same once more in the words of the one who named it.
            paths.clear();
            collect(place, 0, &mut paths)?;
        }
        for path in paths {
            let shown = match path.strip_prefix(&real) {
                Ok(rest) if rest.as_os_str().is_empty() => place.clone(),
                Ok(rest) => place.join(rest),
                Err(_) => path.clone(),
            };
            all.push((shown, path));
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// Reads every rule file below the places; the second list says what could not be read.
fn gather(places: &[PathBuf]) -> Result<(Vec<SourceFile>, Vec<String>), Failure> {
    let paths = found(places)?;
    if paths.is_empty() {
        let shown: Vec<_> = places.iter().map(|place| format!("`{}`", place.display())).collect();
        return Err(Failure::new(Exit::Rules, format!("there is no rule file in {}", shown.join(", ")))
            .help(
                "rule files end in `.toml`; name their folder with `--rules`, or make one with `cairn init`",
            ));
    }
    let (mut files, mut unreadable) = (Vec::with_capacity(paths.len()), Vec::new());
    let mut bytes = 0;
    for (shown, path) in &paths {
        match read(shown, path) {
            Ok(file) => {
                bytes += file.text.len();
                files.push(file);
            }
            Err(message) => unreadable.push(message),
        }
        if bytes > CATALOG_BYTES_MAX {
            break;
        }
    }
    Ok((files, unreadable))
}

/// Finds the rule files below a place.
fn collect(place: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| {
        let failure = Failure::new(Exit::File, format!("`{}` cannot be read: {error}", place.display()));
        failure.help("name the folder of your rules with `--rules`")
    };
    let kind = fs::metadata(place).map_err(unreadable)?;
    if kind.is_file() {
        paths.push(place.to_owned());
        return Ok(());
    }
    if !kind.is_dir() {
        let message = format!("`{}` is neither a file nor a folder", place.display());
        return Err(Failure::new(Exit::File, message));
    }
    if depth > DEPTH_MAX {
        return Err(Failure::new(Exit::File, format!("`{}` lies too deep", place.display())));
    }
    for entry in fs::read_dir(place).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_rule = path.extension().is_some_and(|extension| extension == "toml");
        // What is neither a rule file nor a folder of them is not ours; a link is not followed out.
        let kind = entry_kind(&path);
        if !is_hidden && (kind == Some(true) || (is_rule && kind == Some(false))) {
            collect(&path, depth + 1, paths)?;
        }
    }
    Ok(())
}

/// Whether a path is a folder (`true`) or a file (`false`); nothing for links and the like.
fn entry_kind(path: &Path) -> Option<bool> {
    let kind = fs::symlink_metadata(path).ok()?;
    if kind.is_dir() { Some(true) } else { kind.is_file().then_some(false) }
}

/// Reads one file, but no more of it than a rule file may have.
fn read(shown: &Path, path: &Path) -> Result<SourceFile, String> {
    let shown = shown.display().to_string();
    let unreadable = |error: std::io::Error| format!("`{shown}` cannot be read: {error}");
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // A file that is cut off may end within a character; it is refused for its size anyway.
        Err(error) if error.as_bytes().len() > FILE_BYTES_MAX => "\n".repeat(FILE_BYTES_MAX + 1),
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
                + 1;
            return Err(format!("`{shown}` is not text: line {line} has bytes that are not UTF-8"));
        }
    };
    let path = cairn_report::words::plain(shown.strip_prefix("./").unwrap_or(&shown));
    Ok(SourceFile { path, text })
}

//! The rule files below some places: one edition of them, and no more of any than it may have.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use cairn_core::{
    SourceFile,
    document::{CATALOG_BYTES_MAX, FILE_BYTES_MAX},
};

use crate::failure::{Exit, Failure};

/// The deepest folder that is looked into.
const DEPTH_MAX: usize = 16;

/// How often files that are being changed are read again, and after which pause.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// Reads files that nobody is changing: half of one edition and half of the next are no rules.
pub(super) fn settled(places: &[PathBuf]) -> Result<(Vec<SourceFile>, Vec<String>), Failure> {
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

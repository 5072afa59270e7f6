//! What can be said of a file without reading it: who may read it, whether it may grow, how much room there is.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::failure::InFile;
use crate::StoreError;
use crate::sql::schema::VERSION;

/// In what condition the file of a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How many bytes it has.
    pub bytes: u64,
    /// How many bytes its log has, from which it is brought up to date now and then.
    pub log_bytes: u64,
    /// The version of its schema, which is the one that this release writes.
    pub schema: i64,
    /// The file and those beside it that others than its owner may read or write.
    pub open_to_others: Vec<PathBuf>,
    /// Whether this user may write to it, and into its folder, where the log is.
    pub is_writable: bool,
    /// How many bytes this user may still write where it lies; `None` where the system does not say.
    pub free_bytes: Option<u64>,
}

pub(super) fn condition(path: &Path) -> Result<Condition, StoreError> {
    let length = |file: &Path| fs::metadata(file).map(|found| found.len());
    let log = beside(path, "-wal");
    let files = [path.to_owned(), log.clone(), beside(path, "-shm")];
    Ok(Condition {
        bytes: length(path).in_file(path)?,
        log_bytes: length(&log).unwrap_or(0),
        schema: VERSION,
        open_to_others: files.into_iter().filter(|file| system::is_open_to_others(file)).collect(),
        is_writable: system::is_writable(path) && system::is_writable(folder(path)),
        free_bytes: system::free_bytes(folder(path)),
    })
}

/// The name of a file that lies beside another.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
mod system {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    use rustix::fs::{Access, access, statvfs};

    pub(super) fn is_open_to_others(file: &Path) -> bool {
        fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
    }

    pub(super) fn is_writable(path: &Path) -> bool {
        access(path, Access::WRITE_OK).is_ok()
    }

    pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
        let found = statvfs(folder).ok()?;
        found.f_bavail.checked_mul(found.f_frsize)
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs;
    use std::path::Path;

    pub(super) fn is_open_to_others(_: &Path) -> bool {
        false
    }

    pub(super) fn is_writable(path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|found| !found.permissions().readonly())
    }

    pub(super) fn free_bytes(_: &Path) -> Option<u64> {
        None
    }
}

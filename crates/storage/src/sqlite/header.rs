//! The first hundred bytes of a file: enough to refuse what is not ours without touching it.
//!
//! Layout: <https://www.sqlite.org/fileformat2.html#the_database_header>.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::condition::beside;
use super::failure::InFile;
use crate::StoreError;
use crate::sql::schema;

/// `Cair`, in the header of every file of ours.
const APPLICATION_ID: i32 = 0x4361_6972;

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

const HEADER_BYTES: u64 = 100;

/// How often a file that looks cut off is looked at, and how long after each other.
const LOOKS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(10);

/// Makes an empty file one of ours. Written before the log is, so that the header of the main
/// file says it even if the process dies in the next moment.
pub(super) fn write(path: &Path) -> Result<(), StoreError> {
    let connection = Connection::open(path).in_file(path)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID).in_file(path)
}

/// Refuses what is not a store of this release or an older one.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let header = read(path)?;
    let path = || path.to_owned();
    if header.is_empty() {
        return Err(StoreError::Empty { path: path() });
    }
    if !header.starts_with(MAGIC) {
        return Err(StoreError::NotADatabase { path: path() });
    }
    let (Some(version), Some(found)) = (number(&header, 60), number(&header, 68)) else {
        return Err(StoreError::Damaged { path: path() });
    };
    if found != APPLICATION_ID {
        return Err(StoreError::OtherApplication { path: path(), found });
    }
    schema::check_is_not_newer(version.into(), &path())?;
    // Somebody else may be moving the log into the file at this moment; that is over soon.
    for _ in 0..LOOKS {
        if !is_cut_off(path().as_path())? {
            return Ok(());
        }
        std::thread::sleep(PAUSE);
    }
    Err(StoreError::Damaged { path: path() })
}

/// Whether the file is shorter than its header says, without a log that could complete it.
fn is_cut_off(path: &Path) -> Result<bool, StoreError> {
    let log = beside(path, "-wal");
    let has_log = || fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    if has_log() {
        return Ok(false);
    }
    let header = read(path)?;
    let (Some(page), Some(pages)) = (number(&header, 14), number(&header, 28)) else { return Ok(true) };
    // The bytes 16 and 17 are the size of a page; 1 stands for the one that does not fit into them.
    let page = match page & 0xffff {
        1 => 65_536,
        page => u64::from(page.unsigned_abs()),
    };
    let length = fs::metadata(path).in_file(path)?.len();
    Ok(length < page * u64::from(pages.unsigned_abs()) && !has_log())
}

fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    if !fs::metadata(path).in_file(path)?.is_file() {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut header = Vec::new();
    let file = File::open(path).in_file(path)?;
    file.take(HEADER_BYTES).read_to_end(&mut header).in_file(path)?;
    Ok(header)
}

fn number(header: &[u8], place: usize) -> Option<i32> {
    let bytes = header.get(place..place + 4)?;
    Some(i32::from_be_bytes(bytes.try_into().ok()?))
}

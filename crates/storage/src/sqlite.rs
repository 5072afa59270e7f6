//! The store in one SQLite file.
//!
//! One writer and any number of readers at a time, also from other processes. An answer that was
//! given is on the disk: write-ahead log, and a flush at every commit.

use std::fmt;
use std::path::{Path, PathBuf};

use cairn_core::{Date, Learner, LearnerId, SourceFile};
use rusqlite::{Connection, TransactionBehavior};

use crate::key::StoreKey;
use crate::sql::{Session, Trouble, bulk, edition, rebuild, seal};
use crate::storable::refuse_unstorable;
use crate::store::Records;
use crate::{
    AsOf, Context, Edition, EditionHash, Event, Fact, Listed, OpenMode, Rebuilt, Recorded, Seal, Store,
    StoreError, StoredEdition, StoredLearner, Verification,
};

mod open;

mod header;

mod migration;

mod driver;
use driver::SqliteDriver;

mod backup;

mod failure;
use failure::InFile;

/// What learners hold, in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    key: StoreKey,
}

impl SqliteStore {
    /// Opens the store in the file `path`.
    ///
    /// # Errors
    ///
    /// If there is none, there is something else, or the file cannot be used; nothing is then
    /// created, changed or repaired.
    pub fn open(path: impl AsRef<Path>, mode: OpenMode) -> Result<SqliteStore, StoreError> {
        let path = path.as_ref();
        let (connection, key) = open::open(path, mode)?;
        Ok(SqliteStore { connection, path: path.to_owned(), key })
    }

    /// A second connection to the same file, for reading, that may move to another thread.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened once more.
    pub fn reader(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path, OpenMode::ReadOnly)
    }

    /// Copies everything that is committed at this moment into a new file, while others read and
    /// write on. The copy is verified before it gets its name.
    ///
    /// # Errors
    ///
    /// If something of that name is there, the copy cannot be written, or the store is damaged.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<(), StoreError> {
        backup::backup(&self.connection, &self.path, to.as_ref())
    }

    /// Makes a new store at `to` from a copy; with `until`, without what was recorded after that
    /// instant, in microseconds since 1970-01-01 00:00 UTC. It is verified before it gets its name.
    ///
    /// # Errors
    ///
    /// If something is at `to`, or the copy is none or damaged.
    pub fn restore(
        from: impl AsRef<Path>,
        to: impl AsRef<Path>,
        until: Option<i64>,
    ) -> Result<(), StoreError> {
        backup::restore(from.as_ref(), to.as_ref(), until)
    }

    /// Moves everything into the main file.
    fn fold(&self) -> Result<(), StoreError> {
        open::checkpoint(&self.connection, &self.path)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bounds the file's size; a change that needs more fails with [`StoreError::Full`].
    ///
    /// # Errors
    ///
    /// If the connection refuses.
    pub fn limit_pages(&self, pages_max: u32) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "max_page_count", pages_max).in_file(&self.path)
    }

    /// Runs `change` in one transaction that holds the write lock from its first statement: one
    /// that asks for it later fails when another writer came between.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Session<'_, SqliteDriver<'_>>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let path = &self.path;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).in_file(path)?;
        let driver = SqliteDriver { connection: &transaction, path };
        let answer = change(&Session { driver: &driver, key: &self.key })?;
        match answer {
            Some(_) => transaction.commit().in_file(path)?,
            None => transaction.rollback().in_file(path)?,
        }
        Ok(answer)
    }

    /// Runs `question` on one unchanging state of the file.
    fn read<T>(
        &self,
        question: impl FnOnce(&Session<'_, SqliteDriver<'_>>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = &self.path;
        let transaction = self.connection.unchecked_transaction().in_file(path)?;
        let driver = SqliteDriver { connection: &transaction, path };
        question(&Session { driver: &driver, key: &self.key })
    }
}

impl fmt::Debug for SqliteStore {
    // Without the key: it must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store for SqliteStore {
    fn add(&mut self, additions: &Learner, context: &Context) -> Result<Recorded, StoreError> {
        let mut recorded = Recorded::default();
        self.write(|session| {
            let mut record = session.record_or_empty(&additions.id)?;
            record.add(additions, context, &mut recorded)?;
            session.save(&additions.id, &mut record).map(Some)
        })?;
        Ok(recorded)
    }

    fn revoke(
        &mut self,
        learner: &LearnerId,
        holding: u32,
        from: Option<Date>,
        context: &Context,
    ) -> Result<Recorded, StoreError> {
        let mut recorded = Recorded::default();
        self.write(|session| {
            let no_learner = || StoreError::NoLearner { learner: learner.clone() };
            let mut record = session.record(learner)?.ok_or_else(no_learner)?;
            record.revoke(holding, from, context, &mut recorded)?;
            session.save(learner, &mut record).map(Some)
        })?;
        Ok(recorded)
    }

    fn import(
        &mut self,
        records: &mut Records<'_>,
        context: &Context,
    ) -> Result<Option<Recorded>, StoreError> {
        let recorded = self.write(|session| bulk::add_all(session, records, context))?;
        if recorded.is_some() {
            open::checkpoint(&self.connection, &self.path)?;
        }
        Ok(recorded)
    }

    fn learner(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored(id))
    }

    fn learners(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        self.read(|session| session.listed(after, limit))
    }

    fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        self.read(|session| session.events(id))
    }

    fn learner_as_of(&self, id: &LearnerId, as_of: AsOf) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored_as_of(id, as_of))
    }

    fn note(&mut self, learner: &LearnerId, fact: Fact, context: &Context) -> Result<Recorded, StoreError> {
        let noted = self.write(|session| {
            let mut recorded = Recorded::default();
            let no_learner = || StoreError::NoLearner { learner: learner.clone() };
            let mut record = session.record(learner)?.ok_or_else(no_learner)?;
            edition::check(session, &fact)?;
            record.note(fact.clone(), context, &mut recorded)?;
            session.save(learner, &mut record)?;
            Ok(Some(recorded))
        })?;
        Ok(noted.expect("a note is always kept"))
    }

    fn publish(&mut self, published: &Edition, context: &Context) -> Result<bool, StoreError> {
        refuse_unstorable(published, context)?;
        let place = self.path.clone();
        let about = |trouble: Trouble| trouble.about_all(&place);
        let is_new =
            self.write(|session| edition::publish(session, published, context).map(Some).map_err(about))?;
        Ok(is_new.expect("an edition is always kept"))
    }

    fn editions(&self) -> Result<Vec<StoredEdition>, StoreError> {
        self.read(|session| edition::all(session).map_err(|trouble| trouble.about_all(&self.path)))
    }

    fn edition(&self, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, StoreError> {
        self.read(|session| edition::files(session, hash).map_err(|trouble| trouble.about_all(&self.path)))
    }

    fn seal(&mut self, context: &Context) -> Result<Seal, StoreError> {
        let path = self.path.clone();
        let about = |trouble: Trouble| trouble.about_all(&path);
        let sealed = self.write(|session| seal::seal(session, context).map(Some).map_err(about))?;
        Ok(sealed.expect("a seal is always kept"))
    }

    fn seals(&self) -> Result<Vec<Seal>, StoreError> {
        self.read(|session| seal::all(session).map_err(|trouble| trouble.about_all(&self.path)))
    }

    fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        let rebuilt = self.write(|session| rebuild::rebuild(session).map(Some))?;
        Ok(rebuilt.expect("a rebuilding is always kept"))
    }

    fn verify(&self) -> Result<Verification, StoreError> {
        self.read(|session| session.verify())
    }
}

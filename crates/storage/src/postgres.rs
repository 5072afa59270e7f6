//! The store in a PostgreSQL database, for many writers at a time.
//!
//! The same tables, statements and rules as in a file. One learner is one transaction and the first
//! part of every key, so the tables can be spread over servers by learner.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ::postgres::Config;
use cairn_core::{Date, Learner, LearnerId, SourceFile};

use crate::key::StoreKey;
use crate::sql::{Session, Trouble, bulk, edition, rebuild, seal};
use crate::storable::refuse_unstorable;
use crate::store::Records;
use crate::{
    AsOf, Context, Edition, EditionHash, Event, Fact, Listed, OpenMode, Rebuilt, Recorded, Seal, Store,
    StoreError, StoredEdition, StoredLearner, Verification,
};

mod address;

mod connection;
use connection::{Change, Connection, Kind};

mod driver;
use driver::PostgresDriver;

mod migration;

mod failure;

mod retry;
use retry::Retry;

/// What learners hold, in one PostgreSQL database.
pub struct PostgresStore {
    config: Config,
    place: PathBuf,
    key: StoreKey,
    connection: Mutex<Option<Connection>>,
}

impl PostgresStore {
    /// Opens the store in a database, named as `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    ///
    /// If there is no store (or, to create one, if there is one), the server does not answer, or it
    /// would not keep what it acknowledges.
    pub fn open(url: &str, mode: OpenMode) -> Result<PostgresStore, StoreError> {
        let (config, place) = address::read(url)?;
        let retry = Retry::begin();
        loop {
            match connection::open(&config, &place, mode) {
                Ok((connection, key)) => {
                    return Ok(PostgresStore {
                        config,
                        place,
                        key,
                        connection: Mutex::new(Some(connection)),
                    });
                }
                Err(error) => retry.after(error)?,
            }
        }
    }

    /// The database's address without its password.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Runs `change` in one transaction; if another one was in its way or the server was away, from
    /// the beginning. That is safe: what was recorded already is not recorded again.
    fn write<T>(
        &mut self,
        mut change: impl FnMut(&Session<'_, PostgresDriver<'_, '_>>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let retry = Retry::begin();
        loop {
            match self.once(Kind::Writing, &mut change) {
                Ok(answer) => return Ok(answer),
                Err(error) => retry.after(error)?,
            }
        }
    }

    fn read<T>(
        &self,
        question: impl Fn(&Session<'_, PostgresDriver<'_, '_>>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let retry = Retry::begin();
        loop {
            match self.once(Kind::Reading, &mut |session| question(session).map(Some)) {
                Ok(answer) => return Ok(answer.expect("a question has an answer")),
                Err(error) => retry.after(error)?,
            }
        }
    }

    /// One try. A connection that has seen a failure of the server is not used again.
    fn once<T>(&self, kind: Kind, change: &mut Change<'_, T>) -> Result<Option<T>, StoreError> {
        let mut slot = self.slot();
        let mut connection = match slot.take() {
            Some(connection) => connection,
            None => connection::connect(&self.config, &self.place)?,
        };
        let answer = connection.transaction(kind, &self.place, &self.key, change);
        if !matches!(answer, Err(StoreError::Unavailable { .. })) {
            *slot = Some(connection);
        }
        answer
    }

    fn slot(&self) -> MutexGuard<'_, Option<Connection>> {
        // A panic in between dropped the connection, and with it its transaction.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for PostgresStore {
    // Without the key and the password: they must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Store for PostgresStore {
    fn add(&mut self, additions: &Learner, context: &Context) -> Result<Recorded, StoreError> {
        let added = self.write(|session| {
            let mut recorded = Recorded::default();
            let mut record = session.record_or_empty(&additions.id)?;
            record.add(additions, context, &mut recorded)?;
            session.save(&additions.id, &mut record)?;
            Ok(Some(recorded))
        })?;
        Ok(added.expect("an addition is always kept"))
    }

    fn revoke(
        &mut self,
        learner: &LearnerId,
        holding: u32,
        from: Option<Date>,
        context: &Context,
    ) -> Result<Recorded, StoreError> {
        let revoked = self.write(|session| {
            let mut recorded = Recorded::default();
            let no_learner = || StoreError::NoLearner { learner: learner.clone() };
            let mut record = session.record(learner)?.ok_or_else(no_learner)?;
            record.revoke(holding, from, context, &mut recorded)?;
            session.save(learner, &mut record)?;
            Ok(Some(recorded))
        })?;
        Ok(revoked.expect("a revocation is always kept"))
    }

    /// Not tried again by itself when another writer was in the way: the records are read once only.
    fn import(
        &mut self,
        records: &mut Records<'_>,
        context: &Context,
    ) -> Result<Option<Recorded>, StoreError> {
        self.once(Kind::Writing, &mut |session| bulk::add_all(session, records, context))
    }

    fn learner(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored(id))
    }

    fn learner_as_of(&self, id: &LearnerId, as_of: AsOf) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored_as_of(id, as_of))
    }

    fn learners(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        self.read(|session| session.listed(after, limit))
    }

    fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        self.read(|session| session.events(id))
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
        let place = self.place.clone();
        let about = |trouble: Trouble| trouble.about_all(&place);
        let is_new =
            self.write(|session| edition::publish(session, published, context).map(Some).map_err(about))?;
        Ok(is_new.expect("an edition is always kept"))
    }

    fn editions(&self) -> Result<Vec<StoredEdition>, StoreError> {
        self.read(|session| edition::all(session).map_err(|trouble| trouble.about_all(&self.place)))
    }

    fn edition(&self, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, StoreError> {
        self.read(|session| edition::files(session, hash).map_err(|trouble| trouble.about_all(&self.place)))
    }

    fn seal(&mut self, context: &Context) -> Result<Seal, StoreError> {
        let place = self.place.clone();
        let about = |trouble: Trouble| trouble.about_all(&place);
        let sealed = self.write(|session| seal::seal(session, context).map(Some).map_err(about))?;
        Ok(sealed.expect("a seal is always kept"))
    }

    fn seals(&self) -> Result<Vec<Seal>, StoreError> {
        self.read(|session| seal::all(session).map_err(|trouble| trouble.about_all(&self.place)))
    }

    fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        let rebuilt = self.write(|session| rebuild::rebuild(session).map(Some))?;
        Ok(rebuilt.expect("a rebuilding is always kept"))
    }

    fn verify(&self) -> Result<Verification, StoreError> {
        self.read(|session| session.verify())
    }
}

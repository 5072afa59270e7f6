//! Editions as rows.

use cairn_core::SourceFile;

use super::row::{date, days};
use super::{Columns, Session, Trouble, Value, statement};
use crate::edition::{self, EditionHash, StoredEdition};
use crate::verify::Flaw;
use crate::{Context, Edition, Fact, FlawKind, StoreError, Verification, shape};

/// Keeps an edition; whether it is new.
pub(crate) fn publish(session: &Session<'_>, edition: &Edition, context: &Context) -> Result<bool, Trouble> {
    let files: Vec<_> =
        edition::sorted(&edition.files).into_iter().map(|file| (&file.path, &file.text)).collect();
    let content = shape::text(&files);
    let stored = edition.stored(context);
    let hash = stored.row_hash();
    let values = [
        Value::from(&stored.hash.0),
        stored.label.as_str().into(),
        days(stored.effective_from).into(),
        stored.recorded_at.into(),
        stored.actor.as_str().into(),
        stored.reason.as_str().into(),
        content.as_str().into(),
        Value::from(&hash),
    ];
    Ok(session.driver.execute(statement::INSERT_EDITION, &values)? > 0)
}

/// All editions; one whose row is not what was written is a flaw.
pub(crate) fn all(session: &Session<'_>) -> Result<Vec<StoredEdition>, Trouble> {
    session.driver.rows(statement::EDITIONS, &[], stored)
}

/// The files of an edition, if they are what was published.
pub(crate) fn files(session: &Session<'_>, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, Trouble> {
    let content = session
        .driver
        .rows(statement::EDITION, &[Value::from(&hash.0)], |row| Ok(row.text(0)?.to_owned()))?;
    let Some(content) = content.first() else { return Ok(None) };
    let files = read(content).ok_or(Trouble::UNREADABLE)?;
    if edition::hash_of(&files) == hash { Ok(Some(files)) } else { Err(Trouble::UNREADABLE) }
}

/// Refuses a fact that names an edition which is not there.
pub(crate) fn check(session: &Session<'_>, fact: &Fact) -> Result<(), StoreError> {
    let Some(hash) = fact.edition() else { return Ok(()) };
    let there = session.whole(files(session, hash))?;
    there.map(drop).ok_or(StoreError::NoEdition { hash })
}

/// Computes every edition anew; the hashes of those that are as they were published.
pub(crate) fn verify(
    session: &Session<'_>,
    verification: &mut Verification,
) -> Result<Vec<EditionHash>, Trouble> {
    let mut sound = Vec::new();
    for row in session.driver.rows(statement::EDITIONS, &[], |row| Ok(stored(row)))? {
        let whole = row.and_then(|edition| files(session, edition.hash).map(|_| edition.hash));
        match whole {
            Ok(hash) => sound.push(hash),
            Err(Trouble::Flaw(_)) => {
                verification.report(Flaw { learner: None, seq: None, kind: FlawKind::EditionDiffers });
            }
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(sound)
}

/// The row, if it is what was written.
fn stored(row: &dyn Columns) -> Result<StoredEdition, Trouble> {
    let edition = StoredEdition {
        hash: EditionHash(row.array(0)?),
        label: row.text(1)?.to_owned(),
        effective_from: date(row.integer(2)?)?,
        recorded_at: row.integer(3)?,
        actor: row.text(4)?.to_owned(),
        reason: row.text(5)?.to_owned(),
    };
    if edition.row_hash() == row.array(6)? { Ok(edition) } else { Err(Trouble::UNREADABLE) }
}

fn read(content: &str) -> Option<Vec<SourceFile>> {
    let files: Vec<(String, String)> = serde_json::from_str(content).ok()?;
    Some(files.into_iter().map(|(path, text)| SourceFile { path, text }).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use cairn_core::Date;

    use super::*;
    use crate::key::StoreKey;
    use crate::sql::Driver;

    /// A database with one edition, which fails when its files are read.
    struct Failing(Row);

    /// The row of an edition.
    struct Row {
        edition: StoredEdition,
        hash: [u8; 32],
    }

    impl Driver for Failing {
        fn place(&self) -> &Path {
            Path::new("failing")
        }

        fn execute(&self, _: &'static str, _: &[Value<'_>]) -> Result<u64, Trouble> {
            Ok(0)
        }

        fn each(
            &self,
            sql: &'static str,
            _: &[Value<'_>],
            read: &mut dyn FnMut(&dyn Columns) -> Result<(), Trouble>,
        ) -> Result<(), Trouble> {
            match sql {
                statement::EDITIONS => read(&self.0),
                _ => Err(Trouble::Store(StoreError::Unavailable { path: self.place().to_owned() })),
            }
        }

        fn is_sound(&self) -> Result<bool, StoreError> {
            Ok(true)
        }
    }

    impl Columns for Row {
        fn optional_integer(&self, column: usize) -> Result<Option<i64>, Trouble> {
            Ok(Some(if column == 2 { days(self.edition.effective_from) } else { self.edition.recorded_at }))
        }

        fn optional_text(&self, column: usize) -> Result<Option<&str>, Trouble> {
            Ok([(1, &self.edition.label), (4, &self.edition.actor), (5, &self.edition.reason)]
                .into_iter()
                .find_map(|(place, text)| (place == column).then_some(text.as_str())))
        }

        fn bytes(&self, column: usize) -> Result<&[u8], Trouble> {
            Ok(if column == 0 { &self.edition.hash.0 } else { &self.hash })
        }
    }

    #[test]
    fn a_database_that_fails_is_not_an_edition_that_differs() {
        let edition = Edition { label: "a".to_owned(), effective_from: Date::MIN, files: Vec::new() };
        let context = Context { recorded_at: 1, actor: "b".to_owned(), reason: "c".to_owned() };
        let edition = edition.stored(&context);
        let failing = Failing(Row { hash: edition.row_hash(), edition });
        let session = Session { driver: &failing, key: &StoreKey([0; 32]) };
        assert_eq!(all(&session).expect("the rows are sound").len(), 1);
        let mut verification = Verification::default();
        let answer = verify(&session, &mut verification);
        assert!(matches!(answer, Err(Trouble::Store(StoreError::Unavailable { .. }))), "{answer:?}");
        assert!(verification.is_clean(), "{:?}", verification.flaws);
    }
}

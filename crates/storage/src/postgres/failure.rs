//! What a server's failures mean to whoever named it.

use std::path::Path;

use ::postgres::Error;

use crate::StoreError;

/// Gives a failure the address of the server that it came from.
pub(super) trait At<T> {
    fn at(self, place: &Path) -> Result<T, StoreError>;
}

impl<T> At<T> for Result<T, Error> {
    fn at(self, place: &Path) -> Result<T, StoreError> {
        self.map_err(|error| explain(&error, place))
    }
}

/// The states are those of <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
pub(super) fn explain(error: &Error, place: &Path) -> StoreError {
    let path = place.to_owned();
    let Some(state) = error.code() else {
        // Nothing from the server: it is not there, or the connection to it is gone.
        return StoreError::Unavailable { path };
    };
    match state.code() {
        // Another transaction was in the way: it took the row, the number or the turn.
        "40001" | "40P01" | "55P03" | "23505" => StoreError::Busy { path },
        "53100" => StoreError::Full { path },
        "25006" => StoreError::ReadOnly { path },
        "3D000" => StoreError::Missing { path },
        "42501" => StoreError::Forbidden { path },
        "XX001" | "XX002" => StoreError::Damaged { path },
        // Going down, coming up, or no room for one more; and what became of a commit is not known.
        "57P01" | "57P02" | "57P03" | "53300" | "40003" => StoreError::Unavailable { path },
        code if code.starts_with("08") => StoreError::Unavailable { path },
        code if code.starts_with("28") => StoreError::Forbidden { path },
        code => StoreError::Database { path, code: code.to_owned() },
    }
}

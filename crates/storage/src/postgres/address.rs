//! The address of a database, and what of it may be shown.

use std::path::PathBuf;
use std::time::Duration;

use ::postgres::Config;
use ::postgres::config::Host;

use crate::StoreError;

/// How long a server may take to answer the first time.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings of a connection, and the address without user and password.
pub(super) fn read(url: &str) -> Result<(Config, PathBuf), StoreError> {
    let wrong = || StoreError::NotAnAddress { path: without_password(url).into() };
    let mut config: Config = url.parse().map_err(|_| wrong())?;
    config.application_name("cairn").connect_timeout(CONNECT_TIMEOUT);
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        #[cfg(unix)]
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => return Err(wrong()),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let database = config.get_dbname().ok_or_else(wrong)?;
    let place = format!("postgres://{host}:{port}/{database}");
    Ok((config, place.into()))
}

/// What follows the last `@`: nothing in front of it may be shown.
fn without_password(url: &str) -> String {
    url.rsplit_once('@').map_or_else(|| url.to_owned(), |(_, rest)| format!("postgres://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        let (_, place) = read("postgres://ada:secret@db.example:5433/records").expect("an address");
        assert_eq!(place.to_string_lossy(), "postgres://db.example:5433/records");
        for wrong in ["postgres://ada:secret@[bad/records", "postgres://ada:secret@db.example"] {
            let error = read(wrong).expect_err("no address").to_string();
            assert!(!error.contains("secret") && error.contains("is not the address"), "{error}");
        }
    }
}

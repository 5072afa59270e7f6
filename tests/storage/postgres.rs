//! The store on a real server: the whole suite, many writers, and a server that is killed.
//!
//! Each test starts a server of its own in a temporary folder. Without the server's programs the
//! tests say so and do nothing; `.ci/run` installs them.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cairn_storage::{OpenMode, PostgresStore, Store, StoreError};
use proptest::test_runner::{Config, TestRunner};
use tempfile::TempDir;

use crate::agreement::{answers_like_the_model, any_operation};
use crate::support::{at, id, learner, number_from, populate, skipped};
use crate::{conformance, hostile};

/// A server in a folder.
struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    schemas: AtomicU64,
}

impl Server {
    /// Starts a server, unless there is none on this machine.
    fn start() -> Option<Server> {
        let Some(programs) = programs() else {
            skipped("there is no PostgreSQL");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        if is_root() {
            let owned =
                Command::new("chown").arg("postgres").arg(folder.path()).status().expect("chown runs");
            assert!(owned.success());
        }
        let server = Server { folder, programs, port, schemas: AtomicU64::new(0) };
        let made = server.run("initdb", &["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server.go();
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of the server's, on its data, as a user that it accepts.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).arg("-D").arg(self.data()).args(arguments);
        command.output().expect("it runs")
    }

    /// Starts it, also where the processes of one that was killed are not all gone yet.
    fn go(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=60",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log");
        let log = log.to_str().expect("a path that is text");
        for _ in 0..40 {
            if self.run("pg_ctl", &["-w", "-l", log, "-o", &options, "start"]).status.success() {
                return;
            }
            thread::sleep(Duration::from_millis(250));
        }
        panic!("the server does not start: {}", std::fs::read_to_string(log).unwrap_or_default());
    }

    /// Kills the server process itself; its children notice and end.
    fn kill(&self) {
        let process = std::fs::read_to_string(self.data().join("postmaster.pid")).expect("a process id");
        let process = process.lines().next().expect("a line");
        assert!(Command::new("kill").args(["-9", process]).status().expect("kill runs").success());
    }

    /// The address of a new, empty part of the database.
    fn url(&self) -> String {
        let schema = format!("part{}", self.schemas.fetch_add(1, Ordering::Relaxed));
        let server = format!("postgres://postgres@127.0.0.1:{}/postgres", self.port);
        self.query(&format!("CREATE SCHEMA {schema}"));
        format!("{server}?options=-csearch_path%3D{schema}")
    }

    fn query(&self, sql: &str) {
        let port = self.port.to_string();
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-h", "127.0.0.1", "-p", &port, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", sql]);
        let output = command.output().expect("psql runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn store(&self) -> PostgresStore {
        PostgresStore::open(&self.url(), OpenMode::Create).expect("a new store")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-m", "immediate", "stop"]);
    }
}

/// The folder of the newest server that is installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<_> = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    folders.retain(|folder| folder.join("initdb").is_file());
    folders.sort();
    folders.pop()
}

fn is_root() -> bool {
    let owner = Command::new("id").arg("-u").output().expect("id runs");
    owner.stdout.starts_with(b"0\n")
}

#[test]
fn a_server_does_what_every_store_does() {
    let Some(server) = Server::start() else { return };
    for (name, behaviour) in conformance::ALL {
        writeln!(std::io::stdout(), "on the server: {name}").expect("told");
        behaviour(&mut server.store());
    }
    for text in hostile::HOSTILE {
        hostile::comes_back(&mut server.store(), text);
    }
}

#[test]
fn a_server_answers_like_the_model() {
    let Some(server) = Server::start() else { return };
    let cases = u32::try_from(number_from("CAIRN_SERVER_CASES", 25)).expect("a number");
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let operations = proptest::collection::vec(any_operation(), 1..14);
    runner
        .run(&operations, |operations| answers_like_the_model(&mut server.store(), &operations))
        .expect("equal answers");
}

#[test]
fn a_store_on_a_server_is_opened_made_and_refused() {
    let Some(server) = Server::start() else { return };
    let url = server.url();
    let open = |mode| PostgresStore::open(&url, mode).err();
    assert!(matches!(open(OpenMode::Existing), Some(StoreError::Missing { .. })));
    assert!(matches!(open(OpenMode::ReadOnly), Some(StoreError::Missing { .. })));
    let mut store = PostgresStore::open(&url, OpenMode::Create).expect("a new store");
    populate(&mut store, 2);
    assert!(matches!(open(OpenMode::Create), Some(StoreError::Exists { .. })));
    assert!(open(OpenMode::Existing).is_none() && open(OpenMode::ReadOnly).is_none());
    let schema = url.rsplit("%3D").next().expect("a part");
    server.query(&format!("INSERT INTO {schema}.schema_migration VALUES (99, 'x')"));
    assert!(matches!(open(OpenMode::Existing), Some(StoreError::SchemaTooNew { found: 99, .. })));
    server.query(&format!("UPDATE {schema}.schema_migration SET checksum = 'x' WHERE version = 1"));
    server.query(&format!("DELETE FROM {schema}.schema_migration WHERE version = 99"));
    assert!(matches!(open(OpenMode::Existing), Some(StoreError::MigrationChanged { version: 1, .. })));
    let lost = PostgresStore::open("postgres://x:secret@127.0.0.1:1/none", OpenMode::ReadOnly);
    assert!(matches!(lost, Err(StoreError::Unavailable { .. })), "{lost:?}");
}

/// Damage that somebody does on the server is found like damage in a file.
#[test]
fn damage_on_a_server_is_found() {
    let Some(server) = Server::start() else { return };
    let url = server.url();
    let mut store = PostgresStore::open(&url, OpenMode::Create).expect("a new store");
    populate(&mut store, 3);
    let schema = url.rsplit("%3D").next().expect("a part");
    server.query(&format!("UPDATE {schema}.holding SET grade_milli = 1"));
    let error = store.learner(&id("learner-001")).expect_err("damaged");
    assert!(matches!(error, StoreError::DamagedRecord { .. }), "{error:?}");
    assert_eq!(store.verify().expect("a verification").flaws_total, 6);
    assert_eq!(store.rebuild().expect("rebuilt").mended, 3);
    assert!(store.verify().expect("a verification").is_clean());
    server.query(&format!("DELETE FROM {schema}.learner_event WHERE seq = 2"));
    assert_eq!(store.verify().expect("a verification").flaws_total, 3);
    store.rebuild().expect_err("nothing follows from a broken log");
}

/// Writers that meet, until somebody says that it is enough; everything acknowledged, with its
/// learner.
fn write_until(url: &str, writers: u32, is_over: &AtomicBool, writes: u64) -> BTreeMap<String, String> {
    let acknowledged = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for writer in 0..writers {
            let acknowledged = &acknowledged;
            scope.spawn(move || {
                let mut store = PostgresStore::open(url, OpenMode::Existing).expect("the store opens");
                for number in 0..writes {
                    if is_over.load(Ordering::Relaxed) {
                        return;
                    }
                    let (whom, what) = (format!("hot-{}", number % 20), format!("cert.{writer}-{number}"));
                    // Away for longer than the store itself tries: making it again is safe.
                    while let Err(error) = store.add(&learner(&whom, &[&what]), &at(1)) {
                        assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
                    }
                    acknowledged.lock().expect("nobody panicked").insert(what, whom);
                }
            });
        }
    });
    acknowledged.into_inner().expect("nobody panicked")
}

fn assert_all_there_once(store: &PostgresStore, acknowledged: &BTreeMap<String, String>) {
    let mut held = BTreeMap::new();
    for listed in store.learners(None, 1000).expect("a list") {
        for holding in store.learner(&listed.id).expect("read").expect("there").learner.holdings {
            let before = held.insert(holding.credential.to_string(), listed.id.to_string());
            assert_eq!(before, None, "{} is there twice", holding.credential);
        }
    }
    for (what, whom) in acknowledged {
        assert_eq!(held.get(what), Some(whom), "{what} was acknowledged");
    }
    let verification = store.verify().expect("a verification");
    assert!(verification.is_clean(), "{:?}", verification.flaws);
}

#[test]
fn writers_that_meet_on_a_server_lose_nothing() {
    let Some(server) = Server::start() else { return };
    let url = server.url();
    let store = PostgresStore::open(&url, OpenMode::Create).expect("a new store");
    let writes = number_from("CAIRN_SERVER_WRITES", 60);
    let begin = Instant::now();
    let acknowledged = write_until(&url, 8, &AtomicBool::new(false), writes);
    let taken = begin.elapsed().as_millis();
    assert_eq!(acknowledged.len() as u64, 8 * writes);
    assert_all_there_once(&store, &acknowledged);
    let line = format!("8 writers on 20 learners, {} writes, 0 lost, 0 doubled, {taken} ms", 8 * writes);
    writeln!(std::io::stdout(), "figures: server: {line}").expect("told");
}

#[test]
fn a_server_that_is_killed_has_kept_what_it_acknowledged() {
    let Some(server) = Server::start() else { return };
    let url = server.url();
    let store = PostgresStore::open(&url, OpenMode::Create).expect("a new store");
    let (kills, is_over) = (number_from("CAIRN_SERVER_KILLS", 3), AtomicBool::new(false));
    let acknowledged = thread::scope(|scope| {
        let writers = scope.spawn(|| write_until(&url, 8, &is_over, u64::MAX));
        for round in 0..kills {
            thread::sleep(Duration::from_millis(400 + round * 37 % 300));
            server.kill();
            server.go();
        }
        thread::sleep(Duration::from_millis(300));
        is_over.store(true, Ordering::Relaxed);
        writers.join().expect("the writers went on through all of it")
    });
    assert_all_there_once(&store, &acknowledged);
    let line = format!("{kills} kills of the server, {} writes, 0 lost, 0 doubled", acknowledged.len());
    writeln!(std::io::stdout(), "figures: server: {line}").expect("told");
    assert!(acknowledged.len() > 100);
}

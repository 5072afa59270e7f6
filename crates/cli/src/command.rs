//! One file for each command.

use crate::{
    arguments::{Arguments, Command, DbCommand},
    failure::Failure,
    record,
};

mod audit;

mod check;

mod database;

mod database_check;

mod demo;

pub(crate) mod edition;

mod exception;

mod graph;

mod history;

mod init;

mod joint;

mod learner;

mod next;

mod program;

mod proof;

mod schema;

mod skills;

mod show;

mod test;

mod why;

/// Runs a command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let places = &arguments.places;
    match &arguments.command {
        Command::Init { folder } => init::run(folder),
        Command::Check { paths, format } => {
            check::run(if paths.is_empty() { &places.rules } else { paths }, *format, places.is_tour)
        }
        Command::Test { paths, format } => {
            test::run(if paths.is_empty() { &places.rules } else { paths }, *format)
        }
        Command::Show { name, json } => show::run(places, name.as_deref(), *json),
        Command::Graph(asked) => graph::run(places, asked),
        Command::Learner(command) => learner::run(places, command),
        Command::Audit { asked, why, require_complete, jointly: true, proof, .. } => {
            joint::audit(places, asked, why.as_deref(), *require_complete, proof)
        }
        Command::Audit { asked, why, prefer, require_complete, keep, proof, .. } => {
            let afterwards = audit::Afterwards { require: *require_complete, keep: *keep };
            audit::audit(places, asked, why.as_deref(), prefer, afterwards, proof)
        }
        Command::Exception(command) => exception::run(places, command),
        Command::Publish { label, from, actor, reason } => {
            edition::publish(places, label, *from, &record::context(actor, reason))
        }
        Command::Editions { json } => edition::list(places, *json),
        Command::Next { asked, jointly: true, .. } => joint::next(places, asked),
        Command::Next { asked, ways, .. } => next::run(places, asked, ways),
        Command::Progress { learner, when, json } => audit::progress(places, learner, *when, *json),
        Command::WhatIf { asked, add, drop } => audit::what_if(places, asked, add, drop),
        Command::Demo { keep } => demo::run(keep.as_deref()),
        Command::Verify { file } => proof::verify(file),
        Command::Db(DbCommand::Check) => database_check::run(places),
        Command::Db(DbCommand::Verify { seal }) => database::verify(places, seal),
        Command::Db(DbCommand::Seal { actor, reason }) => database::seal(places, actor, reason),
        Command::Db(DbCommand::Backup { file }) => database::backup(places, file),
        Command::Db(DbCommand::Restore { file, until }) => database::restore(places, file, *until),
        Command::Db(DbCommand::Rebuild) => database::rebuild(places),
        Command::History { learner, json } => history::run(places, learner, *json),
        Command::Skills { learner, when, json } => skills::skills(places, learner, *when, *json),
        Command::Gap(asked) => skills::gap(places, asked),
        Command::Schema => schema::run(),
        Command::Completions { shell } => program::completions(*shell),
        Command::Man { folder } => program::manual(folder),
    }
}

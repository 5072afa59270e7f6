//! `cairn demo`: the whole tour, with the real commands on rules and learners that come along.

use std::path::Path;

use clap::Parser as _;

use crate::{
    arguments::Arguments,
    command::init,
    failure::{Exit, Failure},
    output,
};

/// A real qualification beside the tutorial, as it lies in `pathways/uk-l3-business-admin`.
const REAL: [(&str, &str); 3] = [
    ("credentials.toml", include_str!("../../../../pathways/uk-l3-business-admin/credentials.toml")),
    ("l3-ba.toml", include_str!("../../../../pathways/uk-l3-business-admin/l3-ba.toml")),
    ("learners.json", include_str!("../../../../pathways/uk-l3-business-admin/learners.json")),
];

/// The day of the tour, so that it is the same every day.
const DAY: &str = "2026-03-01";

/// What is said, and the commands that show it. `FIRST` and `REAL` are the folders of rules.
const TOUR: [(&str, &[&str]); 6] = [
    (
        "Rules are TOML files. This is what they mean, and whether they are sound.",
        &["check --rules FIRST", "show web-diploma --rules FIRST"],
    ),
    (
        "Learners and what they hold go into a SQLite file.",
        &["learner import FIRST/learners.json", "learner import REAL/learners.json"],
    ),
    ("How far is a learner with everything?", &["progress certified --rules FIRST --on DAY"]),
    (
        "An audit: what counts where, what remains, what to do next, and why.",
        &["audit certified web-diploma --why --rules FIRST --on DAY"],
    ),
    ("What would be, if?", &["what-if halfway web-certificate --add css-layout --rules FIRST --on DAY"]),
    (
        "A real diploma with caps and floors in credits. 55 of 58 are held, and exactly 3 will do.",
        &["audit uk-l3-business-admin-3 L3-BA --rules REAL --on DAY"],
    ),
];

pub(super) fn run(keep: Option<&Path>) -> Result<(), Failure> {
    let temporary = tempfile::tempdir();
    let temporary =
        temporary.map_err(|error| Failure::new(Exit::File, format!("no temporary folder: {error}")))?;
    let folder = keep.unwrap_or(temporary.path());
    let (first, real) = (folder.join("first-steps"), folder.join("business-admin"));
    init::write(&first, &init::FILES)?;
    init::write(&real, &REAL)?;
    let db = folder.join("cairn.db");
    for (about, commands) in TOUR {
        output::answer(&format!("\n# {about}\n"))?;
        for command in commands {
            output::answer(&format!(
                "\n$ cairn {}\n\n",
                command.replace("DAY", DAY).replace("FIRST", "first-steps").replace("REAL", "business-admin")
            ))?;
            let place = |word: &str| {
                let word = word.replace("DAY", DAY);
                let word = word.replace("FIRST", &first.to_string_lossy());
                word.replace("REAL", &real.to_string_lossy())
            };
            let words =
                ["cairn", "--db"].into_iter().map(str::to_owned).chain([db.to_string_lossy().into_owned()]);
            let words: Vec<String> = words.chain(command.split(' ').map(place)).collect();
            let mut arguments = Arguments::try_parse_from(words).expect("the tour's commands are commands");
            arguments.places.is_tour = true;
            super::run(&arguments)?;
        }
    }
    if let Some(folder) = keep {
        output::say(&format!("\nthe rules and the database of the tour are in `{}`", folder.display()));
    }
    output::follow(&["cairn init my-pathway".to_owned(), "cairn --help".to_owned()]);
    Ok(())
}

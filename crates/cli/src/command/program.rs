//! `cairn completions` and `cairn man`: the program about itself.

use std::{fs, path::Path};

use clap::CommandFactory as _;

use crate::{
    arguments::Arguments,
    failure::{Exit, Failure},
    output,
};

pub(super) fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "cairn", &mut script);
    output::answer(&String::from_utf8_lossy(&script))
}

pub(super) fn manual(folder: &Path) -> Result<(), Failure> {
    let failed =
        |error| Failure::new(Exit::File, format!("`{}` cannot be written: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Arguments::command(), folder).map_err(failed)?;
    output::say(&format!("the manual pages are in `{}`", folder.display()));
    Ok(())
}

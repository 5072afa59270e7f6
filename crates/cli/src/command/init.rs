//! `cairn init`: a first pathway to change.

use std::{fs, path::Path};

use crate::{
    failure::{Exit, Failure},
    output,
};

/// The tutorial pathway, as it lies in `pathways/first-steps`.
pub(super) const FILES: [(&str, &str); 4] = [
    ("credentials.toml", include_str!("../../../../pathways/first-steps/credentials.toml")),
    ("web-certificate.toml", include_str!("../../../../pathways/first-steps/web-certificate.toml")),
    ("web-diploma.toml", include_str!("../../../../pathways/first-steps/web-diploma.toml")),
    ("learners.json", include_str!("../../../../pathways/first-steps/learners.json")),
];

pub(super) fn run(folder: &Path) -> Result<(), Failure> {
    write(folder, &FILES)?;
    let shown = folder.display();
    output::say(&format!("a certificate, a diploma and four learners are in `{shown}`"));
    output::follow(&[
        format!("cairn check {shown}"),
        format!("cairn learner import {shown}/learners.json"),
        format!("cairn progress halfway --rules {shown}"),
    ]);
    Ok(())
}

/// Writes files into a folder; nothing that is there is overwritten.
pub(super) fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::new(Exit::File, format!("`{}` cannot be written: {error}", path.display()))
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        let message = format!("`{}` is there already", folder.join(name).display());
        return Err(Failure::new(Exit::File, message).help("name a new folder: nothing is overwritten"));
    }
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

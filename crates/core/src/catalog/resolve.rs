//! What names mean, and what somebody probably meant.

use std::{cell::Cell, collections::BTreeMap};

use crate::{
    At, Code, Diagnostic, QualificationId, Span,
    catalog::{CredentialIx, QualificationIx},
    diagnostic::{shorten, tick},
};

/// The names of all files.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) credentials: BTreeMap<String, CredentialIx>,
    /// What stands for what could be earned elsewhere, for an open pool; nothing can name it.
    pub(crate) stand_ins: BTreeMap<String, CredentialIx>,
    /// By full id, with the edition.
    pub(crate) qualifications: BTreeMap<String, QualificationIx>,
    /// By code, without the edition.
    pub(crate) editions: BTreeMap<String, Vec<QualificationIx>>,
    /// The full ids by position.
    pub(crate) ids: Vec<QualificationId>,
    pub(crate) guesses: Guesses,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Credential(CredentialIx),
    Qualification(QualificationIx),
}

impl Names {
    /// The credential or qualification of a name.
    pub(crate) fn resolve(&self, name: &At<String>) -> Result<Meaning, Diagnostic> {
        if let Some(&credential) = self.credentials.get(&name.value) {
            return Ok(Meaning::Credential(credential));
        }
        if let Some(&qualification) = self.qualifications.get(&name.value) {
            return Ok(Meaning::Qualification(qualification));
        }
        match self.editions.get(&name.value).map(Vec::as_slice) {
            Some(&[only]) => Ok(Meaning::Qualification(only)),
            Some(_) => {
                let prefix = format!("{}@", name.value);
                let editions: Vec<_> = self
                    .qualifications
                    .keys()
                    .filter(|id| id.starts_with(&prefix))
                    .map(|id| format!("`{id}`"))
                    .collect();
                let message = format!("{} has several editions", tick(&name.value));
                let more = if editions.len() > EDITIONS_MAX { ", …" } else { "" };
                let help =
                    format!("say which: {}{more}", editions[..editions.len().min(EDITIONS_MAX)].join(", "));
                Err(Diagnostic::new(Code::AmbiguousName, name.span, message).help(help))
            }
            None => Err(self.unknown(name, "credential or qualification", |_| true)),
        }
    }

    pub(crate) fn credential(&self, name: &At<String>) -> Result<CredentialIx, Diagnostic> {
        match self.credentials.get(&name.value) {
            Some(&credential) => Ok(credential),
            None if matches!(self.resolve(name), Ok(Meaning::Qualification(_))) => {
                let message =
                    format!("{} is a qualification, and only credentials can stand here", tick(&name.value));
                let help = format!(
                    "ask for it with a requirement of its own: `award = \"{}\"`",
                    shorten(&name.value)
                );
                Err(Diagnostic::new(Code::UnknownName, name.span, message).help(help))
            }
            None => Err(self.unknown(name, "credential", |id| self.credentials.contains_key(id))),
        }
    }

    pub(crate) fn qualification(&self, name: &At<String>) -> Result<QualificationIx, Diagnostic> {
        match self.resolve(name)? {
            Meaning::Qualification(qualification) => Ok(qualification),
            Meaning::Credential(_) => {
                let message =
                    format!("{} is a credential, and only qualifications can stand here", tick(&name.value));
                let help = "name a qualification; a credential is asked for by naming it in `all` or `any`";
                Err(Diagnostic::new(Code::UnknownName, name.span, message).help(help))
            }
        }
    }

    /// The qualification of a full id, or all editions of a code.
    pub(crate) fn every_edition(&self, name: &At<String>) -> Result<&[QualificationIx], Diagnostic> {
        let one = self.qualifications.get(&name.value).map(std::slice::from_ref);
        match one.or_else(|| self.editions.get(&name.value).map(Vec::as_slice)) {
            Some(editions) => Ok(editions),
            None => self.qualification(name).map(|_| &[][..]),
        }
    }

    /// The full id of a qualification.
    pub(crate) fn id(&self, ix: QualificationIx) -> &QualificationId {
        &self.ids[ix.index()]
    }

    fn unknown(&self, name: &At<String>, what: &str, wanted: impl Fn(&str) -> bool) -> Diagnostic {
        let known = self.credentials.keys().chain(self.qualifications.keys()).chain(self.editions.keys());
        self.guesses.unknown(name, what, known.map(String::as_str).filter(|id| wanted(id)))
    }
}

/// The most editions that a finding lists.
const EDITIONS_MAX: usize = 8;

/// How many known names may be compared with misspelt ones, over a whole catalog.
///
/// A catalog in which every name is wrong would otherwise compare each with each.
const COMPARISONS_MAX: usize = 1_000_000;

/// Guesses what misspelt names stand for, as long as that is cheap.
#[derive(Debug)]
pub(crate) struct Guesses(Cell<usize>);

impl Default for Guesses {
    fn default() -> Guesses {
        Guesses(Cell::new(COMPARISONS_MAX))
    }
}

impl Guesses {
    /// The known name that a misspelt one most resembles, if one is near enough.
    pub(crate) fn closest<'a>(&self, name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = &self.0;
        closest(name, known.take(left.get()).inspect(|_| left.set(left.get() - 1)))
    }

    /// A finding about a name that nothing carries.
    pub(crate) fn unknown<'a>(
        &self,
        name: &At<String>,
        what: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Diagnostic {
        let message = format!("no {what} is named {}{}", tick(&name.value), foreign(&name.value));
        let finding = Diagnostic::new(Code::UnknownName, name.span, message);
        match self.closest(&name.value, known) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("define it, or take the name out"),
        }
    }
}

/// Points at a letter that only looks like one from a to z.
fn foreign(name: &str) -> String {
    match name.chars().find(|c| !c.is_ascii() && c.is_alphabetic()) {
        Some(c) => {
            format!(", in which `{c}` is the character U+{:04X} and not a letter a to z", u32::from(c))
        }
        None => String::new(),
    }
}

/// A finding about one id given to two things.
pub(crate) fn duplicate(what: &str, id: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, again, format!("the {what} {} is defined twice", tick(id)))
        .note("defined again here")
        .also(first, "first defined here")
        .help("take one of them out, or give it an id of its own")
}

/// The known name that a misspelt one most resembles, if one is near enough.
pub(crate) fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A hostile name may be as long as the file; nothing resembles it.
    if name.len() > crate::id::ID_LENGTH_MAX {
        return None;
    }
    let folded = name.to_ascii_lowercase();
    let length = name.chars().count();
    let begins_with_it = |candidate: &str| {
        length >= 3 && candidate.len() > name.len() && candidate.to_ascii_lowercase().starts_with(&folded)
    };
    let mut longer = None;
    let nearest = known
        .inspect(|&candidate| {
            if longer.is_none() && begins_with_it(candidate) {
                longer = Some(candidate);
            }
        })
        .filter_map(|candidate| {
            let near = slips(length.max(candidate.len()));
            if candidate.len().abs_diff(length) > near {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&folded, &candidate.to_ascii_lowercase());
            (distance <= near).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate);
    nearest.or(longer)
}

/// How many slips of the pen a name of this length may have and still be recognised.
fn slips(length: usize) -> usize {
    (length / 3).min(4)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        let known = ["cert.web-development", "cert.data", "diploma"];
        assert_eq!(closest("cert.web-develpment", known.into_iter()), Some("cert.web-development"));
        assert_eq!(closest("CERT.DATA", known.into_iter()), Some("cert.data"));
        assert_eq!(closest("something-else", known.into_iter()), None);
    }
}

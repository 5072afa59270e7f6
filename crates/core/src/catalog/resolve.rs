//! What names mean, and what somebody probably meant.

use std::collections::BTreeMap;

use crate::{
    At, Code, Diagnostic, Span,
    catalog::{CredentialIx, QualificationIx},
};

/// The names of all files.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) credentials: BTreeMap<String, CredentialIx>,
    /// By full id, with the edition.
    pub(crate) qualifications: BTreeMap<String, QualificationIx>,
    /// By code, without the edition.
    pub(crate) editions: BTreeMap<String, Vec<QualificationIx>>,
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
                let message = format!("`{}` has several editions", name.value);
                let help = format!("say which: {}", editions.join(", "));
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
                    format!("`{}` is a qualification, and only credentials can stand here", name.value);
                let help = "ask for a qualification with a requirement of its own: `award = \"…\"`";
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
                    format!("`{}` is a credential, and only qualifications can stand here", name.value);
                Err(Diagnostic::new(Code::UnknownName, name.span, message))
            }
        }
    }

    fn unknown(&self, name: &At<String>, what: &str, wanted: impl Fn(&str) -> bool) -> Diagnostic {
        let known = self.credentials.keys().chain(self.qualifications.keys()).chain(self.editions.keys());
        unknown(name, what, known.map(String::as_str).filter(|id| wanted(id)))
    }
}

/// A finding about a name that nothing carries.
pub(crate) fn unknown<'a>(name: &At<String>, what: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let finding =
        Diagnostic::new(Code::UnknownName, name.span, format!("no {what} is named `{}`", name.value));
    match closest(&name.value, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("define it, or take it out; `cairn show` lists what is defined"),
    }
}

/// A finding about one id given to two things.
pub(crate) fn duplicate(what: &str, id: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, again, format!("the {what} `{id}` is defined twice"))
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
    let near = (name.chars().count() / 3).clamp(1, 4);
    known
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= near)
        .min()
        .map(|(_, candidate)| candidate)
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

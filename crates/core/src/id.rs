//! Checked identifiers.
//!
//! Every identifier is short, printable ASCII, so that two that look alike are alike. Only
//! `FromStr` makes one, and it checks; code after that point never asks again.

use std::{fmt, str::FromStr};

/// The longest identifier, in bytes.
pub const ID_LENGTH_MAX: usize = 96;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was written.
    #[error("an id may not be empty")]
    Empty,
    /// More than [`ID_LENGTH_MAX`] bytes.
    #[error("an id has at most {ID_LENGTH_MAX} characters, this one has {0}")]
    TooLong(usize),
    /// A character outside the alphabet; look-alike letters of other scripts end here.
    #[error("an id may not contain {} (letters a to z, digits and `. _ + - / @` are allowed)", name_of_char(*.0))]
    Character(char),
    /// The first character is not a letter or digit.
    #[error("an id begins with a letter or a digit, not with `{0}`")]
    Start(char),
}

/// Names a character so that invisible and look-alike ones can be told apart.
fn name_of_char(c: char) -> String {
    if c == ' ' {
        "a space".to_owned()
    } else if c.is_ascii_graphic() {
        format!("`{c}`")
    } else {
        format!("the character U+{:04X}", u32::from(c))
    }
}

fn check(text: &str) -> Result<(), IdError> {
    let first = text.chars().next().ok_or(IdError::Empty)?;
    if text.len() > ID_LENGTH_MAX {
        return Err(IdError::TooLong(text.chars().count()));
    }
    if let Some(bad) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"._+-/@".contains(*c)) {
        return Err(IdError::Character(bad));
    }
    if !first.is_ascii_alphanumeric() {
        return Err(IdError::Start(first));
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text)?;
                Ok(Self(text.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

ids! {
    /// Identifier of a credential, for example `cert.web-development`.
    ///
    /// A holding of an awarded qualification carries that qualification's id here.
    CredentialId;
    /// Identifier of a qualification with its edition, for example `BSB50420@R1`.
    QualificationId;
    /// Name of a requirement inside its qualification, for example `electives`.
    ///
    /// A credential named directly in a list is the requirement `parent/credential`.
    RequirementId;
    /// Name of a pool inside its qualification.
    PoolId;
    /// Identifier of a credit scheme, for example `ects`.
    SchemeId;
    /// Identifier of a sharing policy.
    PolicyId;
    /// Identifier of a learner, as the institution writes it.
    LearnerId;
    /// What an attestation confirms, for example `work-placement-hours`.
    AttestationKey;
}

/// Identifier of a skill: one of the author's own, `python`, or one of a framework, `esco:S5.6.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillId(Box<str>);

impl SkillId {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The framework, if it is named.
    #[must_use]
    pub fn framework(&self) -> Option<&str> {
        self.0.split_once(':').map(|(framework, _)| framework)
    }
}

impl FromStr for SkillId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once(':') {
            Some((framework, skill)) => {
                check(framework)?;
                check(skill)?;
            }
            None => check(text)?,
        }
        if text.len() > ID_LENGTH_MAX {
            return Err(IdError::TooLong(text.chars().count()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for SkillId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alike_letters_are_refused_by_their_code_point() {
        let error = "cert.wеb".parse::<CredentialId>().expect_err("a Cyrillic letter");
        assert_eq!(error, IdError::Character('е'));
        assert!(error.to_string().contains("U+0435"));
    }

    #[test]
    fn real_codes_are_accepted() {
        for id in ["A+", "CTL.SC0x", "BSB50420@R1", "core/A1", "5N1764"] {
            assert!(id.parse::<CredentialId>().is_ok(), "{id}");
        }
    }

    #[test]
    fn an_id_is_neither_empty_nor_endless_nor_hidden() {
        assert_eq!("".parse::<PoolId>(), Err(IdError::Empty));
        assert_eq!(".x".parse::<PoolId>(), Err(IdError::Start('.')));
        assert_eq!("x".repeat(97).parse::<PoolId>(), Err(IdError::TooLong(97)));
    }
}

//! `when`: of whom a requirement is asked.

use crate::{
    At, AttestationKey, Code, Diagnostic,
    catalog::{
        Prerequisite,
        build::{
            requirement::Drafts,
            value::{ONCE, Values},
        },
        resolve::Meaning,
    },
    document::WhenTable,
};

/// Of whom a requirement is asked, with the requirements that it names still names.
pub(super) struct DraftWhen {
    pub(super) held: Option<Vec<Prerequisite>>,
    pub(super) attested: Option<AttestationKey>,
    pub(super) met: Option<Vec<String>>,
}

impl Drafts<'_> {
    pub(super) fn when(
        &self,
        own: &At<String>,
        table: &At<WhenTable>,
        values: &mut Values,
    ) -> Option<DraftWhen> {
        let At { value: WhenTable { held, attested, met, present }, span } = table;
        if ["held", "attested", "met"].iter().all(|key| present.lacks(key)) {
            let message = "it is not said of whom this is asked";
            let help = "write `held = [...]`, `attested = \"…\"` or `met = [...]`, or take `when` out";
            values.add(Diagnostic::new(Code::MissingKey, *span, message).help(help));
        }
        let held = held.as_ref().and_then(|list| values.filled(list, "held")).map(|list| {
            let mut had = values.names(list, ONCE, |name| {
                self.names.resolve(name).map(|meaning| match meaning {
                    Meaning::Credential(credential) => Prerequisite::Credential(credential),
                    Meaning::Qualification(qualification) => Prerequisite::Qualification(qualification),
                })
            });
            had.sort_unstable();
            had
        });
        let attested = attested.as_ref().and_then(|key| values.id(key));
        let met = met.as_ref().and_then(|list| values.filled(list, "met")).map(|list| {
            let mut relied = values.names(list, ONCE, |name| self.relied_on(own, name));
            relied.sort_unstable();
            relied.into_iter().map(ToOwned::to_owned).collect()
        });
        Some(DraftWhen { held, attested, met })
    }

    /// A requirement that another is asked beside.
    fn relied_on(&self, own: &At<String>, name: &At<String>) -> Result<&str, Diagnostic> {
        let message = "a requirement cannot be asked of those who rely on it alone";
        self.other(own, name, message, "name another requirement, or take `when` out")
    }

    /// A requirement of the file beside the one that names it; `itself` says what is wrong with that one.
    pub(super) fn other(
        &self,
        own: &At<String>,
        name: &At<String>,
        itself: &str,
        help: &str,
    ) -> Result<&str, Diagnostic> {
        if name.value == own.value {
            return Err(Diagnostic::new(Code::ConflictingKeys, name.span, itself).help(help));
        }
        let known = self.named.get_key_value(name.value.as_str()).map(|(known, _)| *known);
        let unknown = || self.names.guesses.unknown(name, "requirement", self.named.keys().copied());
        known.ok_or_else(unknown)
    }
}

//! One row, by the names of its columns.

use std::collections::BTreeMap;

use cairn_core::{Amount, Attestation, Attributes, CredentialId, Holding, Learner, Source, State};

use crate::shape::counted;
use crate::value::{self, Complaint, take};

/// What precedes the name of an attribute in the header.
pub(super) const ATTRIBUTE: &str = "attr.";

/// One row, by the names of its columns.
pub(super) struct Fields<'a> {
    pub(super) names: &'a [String],
    pub(super) values: &'a [&'a str],
}

impl<'a> Fields<'a> {
    /// The value of a column, unless it is empty or there is no such column.
    fn get(&self, name: &str) -> Option<&'a str> {
        let place = self.names.iter().position(|column| column == name)?;
        Some(self.values[place]).filter(|value| !value.is_empty())
    }

    fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&str, &str) -> Result<T, Complaint>,
        complaints: &mut Vec<Complaint>,
    ) -> Option<T> {
        self.get(name).and_then(|value| take(read(name, value), complaints))
    }

    pub(super) fn holding_row(&self, complaints: &mut Vec<Complaint>) -> Option<Learner> {
        let id = take(value::id("learner", self.get("learner").unwrap_or("")), complaints);
        let credential = take(value::id("credential", self.get("credential").unwrap_or("")), complaints);
        let name = self.optional("name", value::text, complaints);
        let awarded = self.optional("awarded", value::date, complaints);
        let expires = self.optional("expires", value::date, complaints);
        let grade = self.optional("grade", value::amount, complaints);
        let credits = self.optional("credits", value::amount, complaints);
        let scheme = self.optional("scheme", value::id, complaints);
        let issuer = self.optional("issuer", value::text, complaints);
        let source = self.optional("source", |_, word| value::source(word), complaints);
        let state = self.optional("state", |_, word| value::state(word), complaints);
        let evidence = self.optional("evidence", value::text, complaints);
        let attributes = self.attributes(complaints);
        let components = self.components(complaints);
        let holding = Holding {
            credential: credential?,
            awarded,
            expires,
            grade,
            credits,
            scheme,
            issuer,
            source: source.unwrap_or(Source::Earned),
            state: state.unwrap_or(State::Earned),
            evidence,
            attributes,
            components,
        };
        Some(Learner { name, holdings: vec![holding], ..Learner::new(id?) })
    }

    pub(super) fn attestation_row(&self, complaints: &mut Vec<Complaint>) -> Option<Learner> {
        let id = take(value::id("learner", self.get("learner").unwrap_or("")), complaints);
        let key = take(value::id("attestation", self.get("attestation").unwrap_or("")), complaints);
        let amount = self.optional("amount", value::amount, complaints).unwrap_or(Amount::ONE);
        let on = self.optional("on", value::date, complaints);
        let evidence = self.optional("evidence", value::text, complaints);
        let attestations = vec![Attestation { key: key?, amount, on, evidence }];
        Some(Learner { attestations, ..Learner::new(id?) })
    }

    /// What earned an award: `html; css` is two credentials.
    fn components(&self, complaints: &mut Vec<Complaint>) -> BTreeMap<CredentialId, u32> {
        let names = self.get("components").unwrap_or("").split(';').map(str::trim);
        let ids = names.filter(|name| !name.is_empty());
        counted(ids.filter_map(|name| take(value::id("components", name), complaints)).collect())
    }

    /// The attributes: `infra; app` is two values.
    fn attributes(&self, complaints: &mut Vec<Complaint>) -> Attributes {
        let mut attributes = Attributes::new();
        for (column, value) in self.names.iter().zip(self.values) {
            let Some(name) = column.strip_prefix(ATTRIBUTE) else { continue };
            let words = value.split(';').map(str::trim).filter(|word| !word.is_empty());
            let values: Vec<_> =
                words.filter_map(|word| take(value::bare_scalar(column, word), complaints)).collect();
            if !values.is_empty() {
                attributes.insert(name.to_owned(), values);
            }
        }
        attributes
    }
}

//! What the learner of a test holds.

use std::collections::BTreeMap;

use crate::{
    Amount, At, Attestation, Attributes, Code, CredentialId, Diagnostic, Holding, Source, State,
    catalog::build::{
        test::{Context, word},
        value::Values,
    },
    document::{AttestedTable, HeldFactsTable, HeldTable},
};

/// One holding of a test.
pub(super) fn holding(entry: &At<HeldTable>, context: &Context<'_>, values: &mut Values) -> Option<Holding> {
    let facts = &entry.value.facts;
    let name = match &entry.value.plain {
        Some(name) => name,
        None => values.required(facts.credential.as_ref(), entry.span, &facts.present, "credential")?,
    };
    // What no rule file knows is held by the facts that are recorded with it, if some pool is open.
    let may_be_unknown = facts.present.contains("attributes") && !context.names.stand_ins.is_empty();
    let id = if may_be_unknown { values.id(name) } else { credential(name, context, values) };
    let written = Holding {
        awarded: facts.awarded.as_ref().and_then(|day| values.date(day, "awarded")),
        expires: facts.expires.as_ref().and_then(|day| values.date(day, "expires")),
        grade: facts.grade.as_ref().and_then(|grade| values.grade(grade, "grade")),
        credits: facts.credits.as_ref().and_then(|credits| values.amount(credits, "credits")),
        scheme: facts.scheme.as_ref().and_then(|name| context.scheme(name, values)),
        issuer: facts.issuer.as_ref().map(|issuer| issuer.value.clone()),
        source: word(facts.source.as_ref(), "source", Source::ALL, Source::word, values)
            .unwrap_or(Source::Earned),
        state: word(facts.state.as_ref(), "state", State::ALL, State::word, values).unwrap_or(State::Earned),
        evidence: None,
        attributes: attributes(facts),
        components: components(facts, context, values),
        credential: id?,
    };
    Some(written)
}

/// What earned an award, and how often it counted.
fn components(
    facts: &HeldFactsTable,
    context: &Context<'_>,
    values: &mut Values,
) -> BTreeMap<CredentialId, u32> {
    let mut components = BTreeMap::new();
    for name in facts.components.iter().flat_map(|list| &list.value) {
        if values.take(context.names.credential(name)).is_some()
            && let Some(id) = values.id(name)
        {
            *components.entry(id).or_insert(0) += 1;
        }
    }
    components
}

/// A credential or a qualification of the catalog, as it is recorded.
fn credential(name: &At<String>, context: &Context<'_>, values: &mut Values) -> Option<CredentialId> {
    // An award may be recorded for every edition, see R9 in the semantics.
    if !context.names.editions.contains_key(&name.value) {
        values.take(context.names.resolve(name))?;
    }
    values.id(name)
}

fn attributes(facts: &HeldFactsTable) -> Attributes {
    let written = facts.attributes.iter().flat_map(|named| &named.value);
    let attribute = |(name, list): &(At<String>, At<Vec<At<crate::Scalar>>>)| {
        let mut scalars: Vec<_> = list.value.iter().map(|scalar| scalar.value.clone()).collect();
        scalars.sort();
        (name.value.clone(), scalars)
    };
    written.map(attribute).collect()
}

/// One attestation of a test.
pub(super) fn attestation(entry: &At<AttestedTable>, values: &mut Values) -> Option<Attestation> {
    let facts = &entry.value.facts;
    let key = match &entry.value.plain {
        Some(key) => key,
        None => values.required(facts.key.as_ref(), entry.span, &facts.present, "key")?,
    };
    let amount = match &facts.amount {
        Some(amount) => values.amount(amount, "amount"),
        None => Some(Amount::ONE),
    };
    if amount == Some(Amount::ZERO) {
        let message = "`amount = 0` confirms nothing";
        let finding = Diagnostic::new(Code::Vacuous, entry.span, message);
        values.add(finding.help("write how much is confirmed, or take the entry out"));
    }
    let on = facts.on.as_ref().and_then(|day| values.date(day, "on"));
    Some(Attestation { key: values.id(key)?, amount: amount?, on, evidence: None })
}

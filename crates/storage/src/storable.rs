//! What a record can hold: nothing that no file could state.

use cairn_core::quantity::AMOUNT_MAX;
use cairn_core::{Amount, Attestation, Holding, Learner, Relief, Scalar, SourceFile};

use crate::{Context, Edition, Fact, StoreError, value};

/// The longest answer of an audit that is kept, in bytes.
const ANSWER_BYTES_MAX: usize = 4 << 20;

/// The name of the first part of an addition that could not be read back.
pub(crate) fn unstorable(additions: &Learner) -> Option<&'static str> {
    let name = unfit(additions.name.as_deref()).then_some("name");
    let holdings = additions.holdings.iter().find_map(unstorable_holding);
    let attestations = additions.attestations.iter().find_map(unstorable_attestation);
    name.or(holdings).or(attestations)
}

/// The name of the part of a context that no record can hold.
pub(crate) fn unstorable_context(context: &Context) -> Option<&'static str> {
    let parts = [("actor", &context.actor), ("reason", &context.reason)];
    parts.into_iter().find_map(|(field, text)| unfit(Some(text)).then_some(field))
}

/// Refuses to publish what no row can hold.
pub(crate) fn refuse_unstorable(edition: &Edition, context: &Context) -> Result<(), StoreError> {
    let label = unfit(Some(&edition.label)).then_some("label");
    let has_no_meaning = |file: &SourceFile| file.path.contains('\0') || file.text.contains('\0');
    let files = edition.files.iter().any(has_no_meaning).then_some("files");
    match label.or(files).or_else(|| unstorable_context(context)) {
        Some(field) => Err(StoreError::UnstorableText { field }),
        None => Ok(()),
    }
}

/// The name of the first part of a note that no record can hold. An answer may be long.
pub(crate) fn unstorable_note(fact: &Fact) -> Option<&'static str> {
    let parts: &[(&'static str, &str)] = match fact {
        Fact::Entered(entry) => &[("qualification", &entry.qualification)],
        Fact::Audited(audit) => {
            if audit.answer.len() > ANSWER_BYTES_MAX || audit.answer.contains('\0') {
                return Some("answer");
            }
            &[("qualification", &audit.qualification), ("release", &audit.release)]
        }
        Fact::ExceptionAsked(asked) => match asked.exception.relief {
            Relief::Amount(amount) if outside(Some(amount)) => return Some("amount"),
            _ => &[],
        },
        _ => &[],
    };
    parts.iter().find_map(|(field, text)| unfit(Some(text)).then_some(*field))
}

fn unstorable_holding(holding: &Holding) -> Option<&'static str> {
    let attribute = |(name, values): (&String, &Vec<Scalar>)| {
        value::attribute_name(name).is_err() || values.iter().any(unstorable_scalar)
    };
    [
        ("grade", outside(holding.grade)),
        ("credits", outside(holding.credits)),
        ("issuer", unfit(holding.issuer.as_deref())),
        ("evidence", unfit(holding.evidence.as_deref())),
        ("attributes", holding.attributes.iter().any(attribute)),
    ]
    .into_iter()
    .find_map(|(field, bad)| bad.then_some(field))
}

fn unstorable_attestation(attestation: &Attestation) -> Option<&'static str> {
    [("amount", outside(Some(attestation.amount))), ("evidence", unfit(attestation.evidence.as_deref()))]
        .into_iter()
        .find_map(|(field, bad)| bad.then_some(field))
}

fn unstorable_scalar(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Flag(_) => false,
        Scalar::Number(amount) => outside(Some(*amount)),
        Scalar::Text(text) => unfit(Some(text)),
    }
}

fn outside(amount: Option<Amount>) -> bool {
    let most = AMOUNT_MAX * 1000 + 999;
    amount.is_some_and(|amount| !(0..=most).contains(&amount.thousandths()))
}

fn unfit(text: Option<&str>) -> bool {
    text.is_some_and(|text| value::text("", text).is_err())
}

//! Attestations that are on the record.

use cairn_core::{Amount, Date, Learner};

use crate::Question;

/// How much of an attestation is on the record on the day.
pub(crate) fn recorded(learner: &Learner, key: &str, question: &Question) -> Amount {
    let counts = |on: Option<Date>| on.is_none_or(|day| day <= question.as_of);
    let records =
        learner.attestations.iter().filter(|record| record.key.as_str() == key && counts(record.on));
    records.map(|record| record.amount).sum()
}

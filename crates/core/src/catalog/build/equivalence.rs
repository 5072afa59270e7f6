//! `[[equivalence]]`, and the qualifications toward which something counts.

use jiff::civil::Date;

use crate::{
    Amount, At, Code, Diagnostic, Document, QualificationId,
    catalog::{
        Credential, Equivalence,
        build::value::{ONCE, Values},
        resolve::Names,
    },
    diagnostic::tick,
    document::{EquivalenceTable, Name},
};

/// Writes every equivalence down with the credential that it leads from.
pub(super) fn link(
    documents: &[Document],
    names: &Names,
    credentials: &mut [Credential],
    values: &mut Values,
) {
    for table in documents.iter().filter_map(|document| document.equivalence.as_ref()).flat_map(|t| &t.value)
    {
        equivalence(table, names, credentials, values);
    }
    for credential in credentials {
        let place = |one: &Equivalence| (one.to, one.effective, one.until);
        credential.counts_as.sort_by_key(place);
        credential.counts_as.dedup_by_key(|one| place(one));
    }
}

fn equivalence(
    At { value: table, span }: &At<EquivalenceTable>,
    names: &Names,
    credentials: &mut [Credential],
    values: &mut Values,
) {
    let from = values.required(table.from.as_ref(), *span, &table.present, "from");
    let to = values.required(table.to.as_ref(), *span, &table.present, "to");
    let (effective, until) = period(table, values);
    let only_toward = only_toward(table.only_toward.as_ref(), names, values);
    let (Some(from), Some(to)) = (from, to) else { return };
    let (Some(from_ix), Some(to_ix)) =
        (values.take(names.credential(from)), values.take(names.credential(to)))
    else {
        return;
    };
    let other = &credentials[to_ix.index()];
    values.write_in(table.scheme.as_ref(), other.scheme.as_ref(), names);
    let credits = part(table, to, other.credits, values);
    if from_ix == to_ix {
        let message = format!("{} is said to count as itself", tick(&from.value));
        let finding = Diagnostic::new(Code::ConflictingKeys, to.span, message);
        return values.add(finding.help("take the equivalence out"));
    }
    let one = Equivalence { to: to_ix, effective, until, credits, only_toward, span: *span };
    credentials[from_ix.index()].counts_as.push(one);
}

fn period(table: &EquivalenceTable, values: &mut Values) -> (Option<Date>, Option<Date>) {
    let effective = table.effective.as_ref().and_then(|day| values.date(day, "effective"));
    let until = table.until.as_ref().and_then(|day| values.date(day, "until"));
    if let (Some(first), Some(last), Some(written)) = (effective, until, &table.until)
        && last < first
    {
        let message = format!("the equivalence ends on {last}, before it begins on {first}");
        let finding = Diagnostic::new(Code::InvalidValue, written.span, message);
        values.add(finding.help("exchange the two days, or correct one"));
    }
    (effective, until)
}

/// The credits that are covered; a part is less than the whole, and more than nothing.
fn part(table: &EquivalenceTable, to: &At<Name>, whole: Amount, values: &mut Values) -> Option<Amount> {
    let written = table.credits.as_ref()?;
    let credits = values.credits(written, "credits")?;
    let to = tick(&to.value);
    let (code, message, help) = if credits == Amount::ZERO {
        let message = "an equivalence to none of the credits counts for nothing".to_owned();
        (Code::Vacuous, message, "write how many are covered, or take the equivalence out")
    } else if credits >= whole {
        let message = format!("{to} has {whole} credits, and {credits} are not a part of them");
        (Code::InvalidValue, message, "write less, or take `credits` out: then the whole is covered")
    } else {
        return Some(credits);
    };
    values.add(Diagnostic::new(code, written.span, message).help(help));
    None
}

/// The qualifications of a list, each in the edition that is named, or in all.
pub(super) fn only_toward(
    list: Option<&At<Vec<At<Name>>>>,
    names: &Names,
    values: &mut Values,
) -> Option<Vec<QualificationId>> {
    let list = values.filled(list?, "only_toward")?;
    let named = values.names(list, ONCE, |name| names.every_edition(name));
    let mut ids: Vec<_> = named.into_iter().flatten().map(|&ix| names.id(ix).clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    Some(ids)
}

//! Requirements for another qualification, and for evidence.

use crate::{
    Amount, Code, Diagnostic,
    catalog::{Attest, AwardMode, QualificationIx, Rule, build::value::Values, resolve::Names},
    document::RequirementTable,
};

/// Another qualification, in each of the ways in which it must be had.
pub(super) fn award(
    table: &RequirementTable,
    names: &Names,
    values: &mut Values,
) -> Option<(QualificationIx, &'static [AwardMode])> {
    let qualification = values.take(names.qualification(table.award.as_ref()?))?;
    let words: [(_, &[AwardMode]); 4] = [
        ("held", &[AwardMode::Held]),
        ("earned", &[AwardMode::Earned]),
        ("either", &[AwardMode::Either]),
        ("maintained", &[AwardMode::Held, AwardMode::Earned]),
    ];
    let modes = match &table.mode {
        Some(text) => values.word(text, "as", &words)?,
        None => &[AwardMode::Either],
    };
    Some((qualification, modes))
}

pub(super) fn attest(table: &RequirementTable, values: &mut Values) -> Option<Rule> {
    let written = table.attest.as_ref()?;
    let key = values.id(written)?;
    let amount = match &table.at_least {
        Some(number) => values.amount(number, "at_least")?,
        None => Amount::ONE,
    };
    if amount == Amount::ZERO {
        let span = table.at_least.as_ref().map_or(written.span, |number| number.span);
        let message = "`at_least = 0` asks for no evidence, so everybody meets it";
        let finding = Diagnostic::new(Code::Vacuous, span, message);
        values.add(finding.help("ask for some, or take the requirement out"));
    }
    let unit = table.unit.as_ref().map(|unit| unit.value.clone());
    Some(Rule::Attest(Attest { key, amount, unit }))
}

//! How much a policy admits or asks for.

use super::Author;
use crate::{
    Amount, At, Code, Diagnostic, Measure, Source,
    catalog::{Part, PolicyBound, QualificationIx, Rounding, build::value::Values},
    diagnostic::tick,
    document::LimitBoundTable,
};

impl Author<'_> {
    /// Amounts; a part is of what one of `measured` requires, or of what `of` names.
    pub(super) fn bounds(
        &self,
        written: &At<LimitBoundTable>,
        key: &str,
        measured: &[QualificationIx],
        values: &mut Values,
    ) -> Option<Vec<PolicyBound>> {
        let LimitBoundTable { plain, written: table } = &written.value;
        let has = |key| table.present.contains(key);
        if let Some(number) = plain {
            let help = "write `{ count = … }` or `{ credits = … }`";
            self.conflict(number.span, "it is not said what this number counts", help, values);
            return None;
        }
        let stray = if has("fraction") {
            ["count", "credits", "sum"].into_iter().find(|key| has(key))
        } else {
            ["sum", "of", "measure", "rounding"].into_iter().find(|key| has(key))
        };
        if let Some(stray) = stray {
            let message = format!("`{stray}` does not go with this amount");
            let help = "write `{ count = … }`, `{ credits = … }`, or `{ fraction = …, measure = … }`";
            self.conflict(written.span, &message, help, values);
            return None;
        }
        let mut bounds = Vec::new();
        let mut bound = |measure, amount| bounds.push(PolicyBound { measure, amount, part: None });
        if let Some(number) = &table.count {
            bound(Measure::Count, Amount::whole(values.whole(number, "count", 0)?));
        }
        if let Some(number) = &table.credits {
            bound(Measure::Credits, values.credits_asked(number, "credits")?);
        }
        if has("fraction") {
            bounds.push(self.part(written, measured, values)?);
        }
        if bounds.is_empty() {
            let finding = Diagnostic::new(Code::MissingKey, written.span, "this policy says no amount");
            values.add(finding.help("write `{ count = … }` or `{ credits = … }`"));
        }
        let is_nothing = |bound: &PolicyBound| match &bound.part {
            Some(part) => part.fraction.numerator() == 0,
            None => bound.amount == Amount::ZERO,
        };
        if key != "at_most" && bounds.iter().any(is_nothing) {
            let finding = Diagnostic::new(Code::Vacuous, written.span, "at least nothing is always so");
            values.add(finding.help("take the policy out"));
        }
        Some(bounds)
    }

    fn part(
        &self,
        written: &At<LimitBoundTable>,
        measured: &[QualificationIx],
        values: &mut Values,
    ) -> Option<PolicyBound> {
        let table = &written.value.written;
        let fraction = values.fraction(table.fraction.as_ref()?, "fraction");
        let help = "say in what it is measured: `measure = \"credits\"` or `measure = \"count\"`";
        values.missing(written.span, &table.present, "measure", help);
        let words = [("count", Measure::Count), ("credits", Measure::Credits)];
        let measure = table.measure.as_ref().and_then(|word| values.word(word, "measure", &words));
        let words = [("up", Rounding::Up), ("down", Rounding::Down)];
        let rounding = match &table.rounding {
            Some(word) => values.word(word, "rounding", &words)?,
            None => Rounding::Exact,
        };
        let of = match &table.of {
            Some(name) => Some(values.take(self.names.qualification(name))?),
            None => None,
        };
        let measure = measure?;
        let wholes: Vec<_> = of.map_or(measured.to_vec(), |of| vec![of]);
        if wholes.is_empty() {
            let help = "say of which qualification it is a part: `of = \"…\"`";
            values.missing(written.span, &table.present, "of", help);
            return None;
        }
        for whole in wholes {
            // A qualification that could not be built has its own findings.
            let Some(whole) = self.qualifications.get(whole.index()) else { continue };
            if whole.required(measure) == Amount::ZERO && !values.has_errors() {
                let message = format!(
                    "nothing says how much {} requires in {}",
                    tick(whole.id.as_str()),
                    tick(measure.word())
                );
                let help = format!(
                    "state it there: `limits = [{{ at_least = {{ {} = … }} }}]`, or write the amount here",
                    measure.word()
                );
                values.add(Diagnostic::new(Code::MissingKey, written.span, message).help(help));
            }
        }
        let part = Some(Part { fraction: fraction?, rounding, of });
        Some(PolicyBound { measure, amount: Amount::ZERO, part })
    }

    pub(super) fn sources(&self, values: &mut Values) -> Option<Vec<Source>> {
        let list = values.filled(self.table.value.jointly_with.as_ref()?, "jointly_with")?;
        let words = [("transferred", Source::Transferred), ("recognised", Source::Recognised)];
        let mut sources = Vec::new();
        for word in &list.value {
            let source = values.word(word, "jointly_with", &words)?;
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources.sort_unstable();
        Some(sources)
    }

    /// A number of qualifications below `all`, with which the policy would demand nothing.
    pub(super) fn number(&self, key: &str, all: usize, least: u32, values: &mut Values) -> Option<u32> {
        let table = &self.table.value;
        let number = if key == "max_purposes" { &table.max_purposes } else { &table.max_partners };
        let number = number.as_ref()?;
        let amount = values.amount(number, key)?;
        let whole = u32::try_from(amount.thousandths() / 1000).ok();
        let Some(whole) = whole.filter(|&whole| Amount::whole(whole) == amount && whole >= least) else {
            let message = format!("`{key}` takes a whole number from {least} on, not `{amount}`");
            let help = "to share nothing at all, write `at_most = { count = 0 }`";
            values.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
            return None;
        };
        if whole as usize >= all {
            let message = format!("with the qualifications that it names, `{key} = {whole}` is always so");
            let help = "lower it, name more qualifications, or take the policy out";
            values.add(Diagnostic::new(Code::Vacuous, number.span, message).help(help));
        }
        Some(whole)
    }
}

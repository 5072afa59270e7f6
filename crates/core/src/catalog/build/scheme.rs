//! `[scheme.ID]`: which scheme everything is counted in, and what the others are in it.

use std::collections::BTreeMap;

use super::value::Values;
use crate::{
    Amount, At, Code, Diagnostic, Document, Fraction, SchemeId, Span,
    catalog::{
        CREDITS, Exchange, Nearness, Rounded, Scheme, Schemes,
        resolve::{Names, duplicate},
    },
    diagnostic::{shorten, tick},
    document::{Name, Number, SchemeTable},
    quantity::AMOUNT_MAX,
};

/// A scheme with the one that it is exchanged into.
struct Draft<'d> {
    scheme: Scheme,
    into: Option<&'d At<Name>>,
}

/// Builds the schemes of all files.
pub(super) fn build(documents: &[Document], values: &mut Values) -> Schemes {
    let mut drafts: BTreeMap<&str, Draft<'_>> = BTreeMap::new();
    for (id, table) in documents.iter().filter_map(|document| document.scheme.as_ref()).flat_map(|t| &t.value)
    {
        if let Some(first) = drafts.get(id.value.as_str()) {
            values.add(duplicate("scheme", &id.value, id.span, first.scheme.span));
            continue;
        }
        if let Some(draft) = scheme(id, table, values) {
            drafts.insert(&id.value, draft);
        }
    }
    one_is_common(&drafts, values);
    Schemes::new(drafts.into_values().map(|draft| draft.scheme).collect())
}

fn scheme<'d>(
    id: &'d At<Name>,
    At { value: table, span }: &'d At<SchemeTable>,
    values: &mut Values,
) -> Option<Draft<'d>> {
    let checked = values.id::<SchemeId>(id)?;
    let rounding = rounding(table, *span, values);
    let exchange = table.exchange.as_ref().and_then(|exchange| one(exchange, values));
    if rounding.is_some() && !table.present.contains("exchange") {
        let message = "what is not exchanged is not rounded";
        let finding = Diagnostic::new(Code::ConflictingKeys, *span, message);
        values.add(finding.help("add `exchange = { … }`, or take `rounding` out"));
    }
    let into = exchange.map(|(into, _)| into);
    // One that could not be read is a finding; its name is known all the same.
    let rate = exchange.and_then(|(_, rate)| values.rate(rate)).or(Fraction::new(1, 1));
    let exchange = rate.filter(|_| table.present.contains("exchange") || table.present.has_unknown());
    let exchange = exchange.map(|rate| Exchange { rate, rounding });
    let title = table.title.as_ref().map_or_else(|| id.value.clone(), |title| title.value.clone());
    Some(Draft { scheme: Scheme { id: checked, title, exchange, span: id.span }, into })
}

/// The one scheme that another is exchanged into.
fn one<'d>(
    exchange: &'d At<crate::Named<Number>>,
    values: &mut Values,
) -> Option<(&'d At<Name>, &'d At<Number>)> {
    if let [(into, rate)] = &exchange.value[..] {
        return Some((into, rate));
    }
    let (code, message) = match exchange.value.is_empty() {
        true => (Code::EmptyList, "`exchange` names no scheme"),
        false => (Code::ConflictingKeys, "a scheme is exchanged into one other"),
    };
    let help = "name the scheme that everything is counted in: `exchange = { ects = \"1/2\" }`";
    values.add(Diagnostic::new(code, exchange.span, message).help(help));
    None
}

fn rounding(table: &SchemeTable, span: Span, values: &mut Values) -> Option<Rounded> {
    let multiple_of = table.multiple_of.as_ref().map(|number| (number, values.amount(number, "multiple_of")));
    if let Some((number, Some(Amount::ZERO))) = multiple_of {
        let finding = Diagnostic::new(Code::InvalidValue, number.span, "nothing is a multiple of nothing");
        values.add(finding.help("write the smallest amount that counts, like `0.5`"));
        return None;
    }
    if multiple_of.is_some() {
        let help = "say which way: `rounding = \"down\"`, `\"up\"` or `\"nearest\"`";
        values.missing(span, &table.present, "rounding", help);
    }
    let words = [("down", Nearness::Down), ("up", Nearness::Up), ("nearest", Nearness::Nearest)];
    let way = values.word(table.rounding.as_ref()?, "rounding", &words)?;
    let multiple_of = match multiple_of {
        Some((_, amount)) => amount?,
        None => Amount::from_thousandths(1),
    };
    Some(Rounded { way, multiple_of })
}

/// Everything is counted in the one scheme that states no exchange, and that is one step away.
fn one_is_common(drafts: &BTreeMap<&str, Draft<'_>>, values: &mut Values) {
    let mut common = drafts.values().filter(|draft| draft.scheme.exchange.is_none());
    let first = common.next();
    for other in common {
        let Some(first) = first else { continue };
        let (one, again) = (&first.scheme, &other.scheme);
        let message = format!(
            "neither {} nor {} says what its credits are in the other",
            tick(one.id.as_str()),
            tick(again.id.as_str())
        );
        values.add(
            Diagnostic::new(Code::MissingKey, again.span, message)
                .also(one.span, "everything is counted in one scheme")
                .help(format!("add `exchange = {{ {} = … }}`, or the reverse", shorten(one.id.as_str()))),
        );
    }
    for into in drafts.values().filter_map(|draft| draft.into) {
        match drafts.get(into.value.as_str()) {
            Some(other) if other.scheme.exchange.is_none() => {}
            Some(_) => {
                let message = format!("{} is exchanged itself", tick(&into.value));
                let help = "say what a credit is in the scheme that states no exchange";
                values.add(Diagnostic::new(Code::ConflictingKeys, into.span, message).help(help));
            }
            None if values.has_errors() => {}
            None => {
                let message = format!("no scheme is named {}", tick(&into.value));
                let help = format!("define it: `[scheme.{}]`", shorten(&into.value));
                values.add(Diagnostic::new(Code::UnknownName, into.span, message).help(help));
            }
        }
    }
}

impl Values {
    fn rate(&mut self, number: &At<Number>) -> Option<Fraction> {
        let rate = Fraction::rate(&number.value.literal);
        rate.map_err(|error| self.add(crate::diagnostic::quantity("exchange", number.span, &error))).ok()
    }

    /// From here on, credits are written in this scheme; without a name in `otherwise`, and without
    /// that in the common one.
    pub(super) fn write_in(
        &mut self,
        written: Option<&At<Name>>,
        otherwise: Option<&SchemeId>,
        names: &Names,
    ) -> Option<SchemeId> {
        let found = match written {
            Some(name) => match self.schemes.find(&name.value) {
                Some(scheme) => Some(scheme.id.clone()),
                None => {
                    let known = self.schemes.all().iter().map(|scheme| scheme.id.as_str());
                    let finding = names.guesses.unknown(name, "scheme", known);
                    self.add(finding);
                    None
                }
            },
            None => otherwise.cloned(),
        };
        self.written_in.clone_from(&found);
        found
    }

    /// Credits that something has, in the common scheme: rounded where the scheme says how.
    pub(super) fn credits(&mut self, number: &At<Number>, key: &str) -> Option<Amount> {
        let amount = self.amount(number, key)?;
        self.exchanged(amount, number.span, Scheme::stated)
    }

    /// Credits that a rule asks for or admits, in the common scheme: exactly so many.
    pub(super) fn credits_asked(&mut self, number: &At<Number>, key: &str) -> Option<Amount> {
        let amount = self.amount(number, key)?;
        self.exchanged(amount, number.span, Scheme::exactly)
    }

    /// What a sum of an attribute asks for or admits.
    pub(super) fn sum_asked(&mut self, number: &At<Number>, of: &str) -> Option<Amount> {
        if of == CREDITS { self.credits_asked(number, "sum") } else { self.amount(number, "sum") }
    }

    /// An amount of the scheme in which credits are written, in the common one.
    pub(super) fn exchanged(
        &mut self,
        amount: Amount,
        span: Span,
        exchange: fn(&Scheme, Amount) -> Option<Amount>,
    ) -> Option<Amount> {
        let written_in = self.written_in.as_ref().and_then(|id| self.schemes.find(id.as_str()));
        let Some(scheme) = written_in.filter(|scheme| scheme.exchange.is_some()) else { return Some(amount) };
        let exchanged = exchange(scheme, amount);
        let most = Amount::from_thousandths(AMOUNT_MAX * Amount::ONE.thousandths());
        if exchanged.is_some_and(|credits| credits < most) {
            return exchanged;
        }
        let common = self.schemes.common().map_or("", |common| common.title.as_str());
        let (of, title) = (scheme.id.as_str(), &scheme.title);
        let finding = match exchanged {
            None => {
                let message =
                    format!("`{amount}` {title} credits are no whole thousandths of {common} credits");
                let help = format!(
                    "write an amount that can be exchanged; what credentials have may be rounded: `rounding = \"down\"` in `[scheme.{of}]`"
                );
                Diagnostic::new(Code::InexactExchange, span, message).help(help)
            }
            Some(_) => {
                let message = format!("`{amount}` {title} credits are {AMOUNT_MAX} {common} credits or more");
                Diagnostic::new(Code::InvalidValue, span, message).help("write a smaller amount")
            }
        };
        self.add(finding);
        None
    }
}

//! `limits`: the least and the most of a part of what is taken or counted.

use crate::{
    Amount, At, Code, Diagnostic, Fraction, Span,
    catalog::{
        Bound, Filter, Limit, Rounding, Share, Tally, Whole,
        build::{
            pool::Pools,
            value::{ONCE, Values},
        },
    },
    diagnostic::{shorten, tick},
    document::{LimitBoundTable, LimitTable, MeasuredLimitTable, Name, WhereTable},
};

mod last;

/// What `limits` belong to.
pub(super) struct Owner<'a> {
    /// The needs that are stated beside them.
    pub(super) needs: &'a [Limit],
    /// What a bare number counts, where that is clear.
    pub(super) own: Option<Tally>,
}

/// Builds `limits`.
pub(super) fn limits(
    tables: Option<&At<Vec<At<LimitTable>>>>,
    owner: &Owner<'_>,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Vec<Limit> {
    let mut limits = Vec::new();
    for table in tables.iter().flat_map(|tables| &tables.value) {
        limit(table, owner, pools, values, &mut limits);
    }
    require(owner.needs, &mut limits, values);
    sort(&mut limits);
    limits
}

/// The canonical order: the order in which limits are written carries no meaning.
pub(super) fn sort(limits: &mut [Limit]) {
    limits.sort_by_cached_key(|limit| {
        let share = limit.share.map(|share| format!("{share:?}"));
        let is_cap = limit.bound == Bound::AtMost;
        let first = (is_cap, limit.tally.clone(), limit.amount, limit.filter.pools.clone());
        (first, format!("{:?}", limit.filter), share, limit.per.clone(), limit.last.clone())
    });
}

fn limit(
    At { value: table, span }: &At<LimitTable>,
    owner: &Owner<'_>,
    pools: &Pools<'_>,
    values: &mut Values,
    limits: &mut Vec<Limit>,
) {
    if table.present.lacks("at_least") && table.present.lacks("at_most") {
        let finding =
            Diagnostic::new(Code::MissingKey, *span, "this limit says neither the least nor the most");
        values.add(finding.help("add `at_least = …` or `at_most = …`"));
    }
    let filter = filter(table.from.as_ref(), table.conditions.as_ref(), pools, values);
    let per = table.per.as_ref().map(|per| per.value.clone());
    let last = last::last(table, owner, values);
    for (written, bound) in [(&table.at_least, Bound::AtLeast), (&table.at_most, Bound::AtMost)] {
        let Some(written) = written else { continue };
        for Measured { tally, amount, share, span } in bounds(written, owner, values) {
            let is_nothing = share.map_or(amount == Amount::ZERO, |share| share.fraction.numerator() == 0);
            if bound == Bound::AtLeast && is_nothing {
                let finding = Diagnostic::new(Code::Vacuous, span, "at least nothing is always so");
                values.add(finding.help("take the limit out"));
            }
            if share.is_some_and(|share| share.of == Whole::Counted) && filter == Filter::default() {
                let message = "this compares everything that is counted with a part of itself";
                let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
                values.add(finding.help("say of which part it speaks: add `from = …` or `where = …`"));
            }
            if last.is_some() {
                last::goes_with(share, &filter, per.as_ref(), span, values);
            }
            let (filter, per, last) = (filter.clone(), per.clone(), last.clone());
            limits.push(Limit { tally, amount, share, per, last, filter, bound, span });
        }
    }
}

/// What a limit speaks of.
pub(super) fn filter(
    from: Option<&At<Vec<At<Name>>>>,
    conditions: Option<&At<WhereTable>>,
    pools: &Pools<'_>,
    values: &mut Values,
) -> Filter {
    let from = from.and_then(|list| values.filled(list, "from"));
    let pools = from.map(|list| {
        let mut named = values.names(list, ONCE, |name| pools.resolve(name));
        named.sort_unstable();
        named
    });
    Filter { pools, credential: None, conditions: values.conditions(conditions) }
}

/// A bound before it is known of what it speaks.
struct Measured {
    tally: Tally,
    amount: Amount,
    share: Option<Share>,
    span: Span,
}

impl Measured {
    fn plain(tally: Tally, amount: Amount, span: Span) -> Measured {
        Measured { tally, amount, share: None, span }
    }
}

fn bounds(bound: &At<LimitBoundTable>, owner: &Owner<'_>, values: &mut Values) -> Vec<Measured> {
    let written = &bound.value.written;
    if let Some(number) = &bound.value.plain {
        let Some(tally) = &owner.own else {
            let literal = shorten(&number.value.literal);
            let message = "it is not said what this number counts";
            let help = format!("write `{{ count = {literal} }}` or `{{ credits = {literal} }}`");
            values.add(Diagnostic::new(Code::ConflictingKeys, number.span, message).help(help));
            return Vec::new();
        };
        let amount = match tally {
            Tally::Count => values.whole(number, "count", 0).map(Amount::whole),
            Tally::Sum { of } => values.sum_asked(number, of),
            _ => values.credits_asked(number, "credits"),
        };
        let plain = |amount| Measured::plain(tally.clone(), amount, number.span);
        return amount.map(plain).into_iter().collect();
    }
    strays(written, bound.span, values);
    let mut bounds = Vec::new();
    if let Some(number) = &written.count {
        let count = values.whole(number, "count", 0);
        bounds.extend(count.map(|count| Measured::plain(Tally::Count, Amount::whole(count), number.span)));
    }
    if let Some(number) = &written.credits {
        let credits = values.credits_asked(number, "credits");
        bounds.extend(credits.map(|credits| Measured::plain(Tally::Credits, credits, number.span)));
    }
    if let (Some(number), Some(of)) = (&written.sum, &written.of) {
        let tally = Tally::Sum { of: of.value.clone() };
        bounds
            .extend(values.sum_asked(number, &of.value).map(|sum| Measured::plain(tally, sum, number.span)));
    }
    if written.fraction.is_some() {
        bounds.extend(fraction(written, owner, values));
    }
    bounds
}

/// Which keys of a bound go together.
fn strays(written: &MeasuredLimitTable, span: Span, values: &mut Values) {
    let has = |key| written.present.contains(key);
    let (sum, fraction, number) = (has("sum"), has("fraction"), has("count") || has("credits"));
    if !sum && !fraction && !number {
        let message = "this limit says no amount";
        let finding = Diagnostic::new(Code::MissingKey, span, message);
        return values.add(finding.help("write `{ count = … }` or `{ credits = … }`"));
    }
    if u8::from(sum) + u8::from(fraction) + u8::from(number) > 1 {
        let message = "`sum`, `fraction`, and `count` or `credits` are bounds of different kinds";
        let finding = Diagnostic::new(Code::ConflictingKeys, span, message);
        return values.add(finding.help("write a limit for each"));
    }
    let allowed: &[&str] = match (sum, fraction) {
        (true, _) => &["sum", "of"],
        (_, true) => &["fraction", "of", "measure", "rounding"],
        _ => &["count", "credits"],
    };
    let strays: Vec<_> = written.present.iter().filter(|key| !allowed.contains(key)).collect();
    if !strays.is_empty() {
        let (strays, go) = (strays.join("`, `"), if strays.len() == 1 { "does" } else { "do" });
        let message = format!("`{strays}` {go} not go with `{}`", allowed[0]);
        let help = format!("with `{}` the keys are: {}", allowed[0], allowed.join(", "));
        values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
    }
    if sum {
        values.missing(span, &written.present, "of", "say what is summed, an attribute: `of = \"points\"`");
    }
    if fraction {
        let help =
            "write `of = \"required\"`, of what is asked for; or `of = \"counted\"`, of what is counted";
        values.missing(span, &written.present, "of", help);
    }
}

fn fraction(written: &MeasuredLimitTable, owner: &Owner<'_>, values: &mut Values) -> Option<Measured> {
    let number = written.fraction.as_ref()?;
    let fraction = values.fraction(number, "fraction");
    let of = written.of.as_ref()?;
    // What is required is looked up when all limits are known.
    let words = [("required", Whole::Required(Amount::ZERO)), ("counted", Whole::Counted)];
    let whole = values.word(of, "of", &words);
    let words = [("up", Rounding::Up), ("down", Rounding::Down)];
    let rounding = match &written.rounding {
        Some(word) => values.word(word, "rounding", &words)?,
        None => Rounding::Exact,
    };
    if let (Some(Whole::Counted), Some(word)) = (whole, &written.rounding) {
        let message = "a part of what is counted is compared exactly, without rounding";
        let finding = Diagnostic::new(Code::ConflictingKeys, word.span, message);
        values.add(finding.help("take `rounding` out, or write `of = \"required\"`"));
    }
    let tally = match (&written.measure, &owner.own) {
        (Some(word), _) => {
            let words = [("count", false), ("credits", true)];
            if values.word(word, "measure", &words)? { Tally::Credits } else { Tally::Count }
        }
        (None, Some(own)) => own.clone(),
        (None, None) => {
            let message = "it is not said what this fraction is measured in";
            let finding = Diagnostic::new(Code::ConflictingKeys, number.span, message);
            values.add(finding.help("write `measure = \"credits\"` or `measure = \"count\"`"));
            return None;
        }
    };
    let share = Share { fraction: fraction?, of: whole?, rounding };
    Some(Measured { tally, amount: Amount::ZERO, share: Some(share), span: number.span })
}

/// Gives each share of what is required its amount.
fn require(needs: &[Limit], limits: &mut [Limit], values: &mut Values) {
    let stated: Vec<(Tally, Amount)> = needs
        .iter()
        .chain(limits.iter())
        .filter(|limit| limit.is_need() && limit.per.is_none())
        .map(|limit| (limit.tally.clone(), limit.amount))
        .collect();
    for limit in limits {
        let Some(Share { of: Whole::Required(whole), .. }) = &mut limit.share else { continue };
        let required = stated.iter().filter(|(tally, _)| *tally == limit.tally).map(|&(_, amount)| amount);
        if let Some(required) = required.max() {
            *whole = required;
            limit.amount = limit.share.map_or(Amount::ZERO, |share| share.amount(required, limit.bound));
        } else if !values.has_errors() {
            let message = format!("nothing says how much is required in {}", tick(tally_word(&limit.tally)));
            let help = "state the whole beside it: a need of the requirement, or an `at_least` limit over everything; or write `of = \"counted\"`";
            values.add(Diagnostic::new(Code::MissingKey, limit.span, message).help(help));
        }
    }
}

fn tally_word(tally: &Tally) -> &str {
    match tally {
        Tally::Count => "count",
        Tally::Sum { of } => of,
        _ => "credits",
    }
}

impl Values {
    pub(super) fn fraction(&mut self, number: &At<crate::document::Number>, key: &str) -> Option<Fraction> {
        self.parse(&number.value.literal, number.span, key)
    }
}

//! The tables that describe requirements, plain bounds and conditions.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    At, Code, Diagnostic, Scalar,
    catalog::closest,
    diagnostic::{shorten, tick},
    document::{
        AverageTable, DistinctTable, LimitTable, Name, Number, SumTable, WhenTable,
        read::{Read, Reader, table, tables},
        shape::Shape,
    },
};

tables! {
    /// `[requirement.NAME]`: exactly one of `all`, `any`, `choose`, `same`, `count`/`credits`, `award`,
    /// `attest`.
    pub struct RequirementTable {
        /// The name to show.
        title: String,
        /// All of these.
        all: Vec<At<Name>>,
        /// One of these.
        any: Vec<At<Name>>,
        /// This many of `of`.
        choose: Number,
        /// What `choose` chooses from.
        of: Vec<At<Name>>,
        /// This many credentials from the pools.
        count: Number,
        /// This many credits from the pools.
        credits: Number,
        /// The scheme of the credits that it asks for, where it is not that of the qualification.
        scheme: Name,
        /// The pools.
        from: Vec<At<Name>>,
        /// What holds of those that are taken.
        limits: Vec<At<LimitTable>>,
        /// Another qualification.
        award: Name,
        /// How it must be had: `held`, `earned` or `either`.
        mode = "as": String,
        /// What evidence must confirm.
        attest: Name,
        /// How much of it.
        at_least: Number,
        /// The unit of that, for people: `hours`.
        unit: String,
        /// Looks at what is `counted` or `held`, instead of taking.
        over: String,
        /// Requirements of one layer do not look at the same holding twice.
        layer: Name,
        /// Only holdings with at least this grade.
        min_grade: Number,
        /// Only holdings awarded at most this long ago.
        max_age: String,
        /// At least this much in the numbers of an attribute.
        sum: SumTable,
        /// How many different values of an attribute there are.
        distinct: Vec<At<DistinctTable>>,
        /// The least average of the grades.
        average: AverageTable,
        /// What counts was awarded within a period of this length.
        window: String,
        /// What counts here was awarded no earlier than what counts toward these requirements.
        after: Vec<At<Name>>,
        /// A requirement that asks for nothing, but limits what may count.
        optional: bool,
        /// Whether something new is advised for it, not only accepted.
        advise: bool,
        /// All of `each`, for one value of this attribute.
        same: String,
        /// What must hold for one value of `same`.
        each: Vec<At<Name>>,
        /// Of whom it is asked.
        when: WhenTable,
        /// What becomes of a unit larger than the room left under a limit: `refuse` or `truncate`.
        larger_than_room: String,
        /// Whether one unit's credits may be divided between this and other such requirements.
        splittable: bool,
    }
}

/// An amount with its measure, `{ credits = 9 }`, or a bare number in the requirement's own measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoundTable {
    /// A bare number.
    pub plain: Option<At<Number>>,
    /// In number of credentials.
    pub count: Option<At<Number>>,
    /// In credits.
    pub credits: Option<At<Number>>,
}

tables! {
    /// The written-out form of a bound.
    pub struct MeasuredBoundTable {
        /// In number of credentials.
        count: Number,
        /// In credits.
        credits: Number,
    }

    /// The written-out form of a condition.
    pub struct TestTable {
        /// One of these is a value.
        any: Vec<At<Scalar>>,
        /// Each of these is a value.
        all: Vec<At<Scalar>>,
        /// None of these is a value.
        none: Vec<At<Scalar>>,
        /// Some value is at least this.
        min: Number,
        /// Some value is at most this.
        max: Number,
    }
}

impl Read for BoundTable {
    fn shape() -> Shape {
        Shape::Either(vec![Number::shape(), MeasuredBoundTable::shape()])
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        if matches!(value.get_ref(), DeValue::Table(_)) {
            let bound = MeasuredBoundTable::read(value, key, reader)?;
            let read = usize::from(bound.value.count.is_some()) + usize::from(bound.value.credits.is_some());
            let complete = bound.value.present.are_exactly(read);
            let MeasuredBoundTable { count, credits, .. } = bound.value;
            return complete
                .then_some(At { value: BoundTable { plain: None, count, credits }, span: bound.span });
        }
        let plain = Number::read(value, key, reader)?;
        let span = plain.span;
        Some(At { value: BoundTable { plain: Some(plain), ..BoundTable::default() }, span })
    }
}

/// Conditions by attribute: `{ kind = "unit", level = { aqf = [4, 5] } }`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhereTable {
    /// The attribute's name and what is asked of it; a level carries its framework, `level.aqf`.
    pub conditions: Vec<(At<String>, TestTable)>,
}

impl Read for WhereTable {
    fn shape() -> Shape {
        Shape::Conditions(TestTable::TABLE)
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let (entries, span) = table(value, key, reader)?;
        let mut read = WhereTable::default();
        let mut complete = true;
        for (name, value) in entries {
            let name = At { span: reader.span(name.span()), value: name.into_inner().into_owned() };
            let tests = if name.value == "level" { levels(value, reader) } else { one(name, value, reader) };
            match tests {
                Some(tests) => read.conditions.extend(tests),
                None => complete = false,
            }
        }
        complete.then_some(At { value: read, span })
    }
}

type Tests = Vec<(At<String>, TestTable)>;

fn levels(value: Spanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Tests> {
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        reader.level_without_framework(&value);
        return None;
    }
    let (frameworks, _) = table(value, "level", reader)?;
    let mut tests = Vec::new();
    for (framework, value) in frameworks {
        let span = reader.span(framework.span());
        let name = At { value: format!("level.{}", framework.get_ref()), span };
        tests.extend(one(name, value, reader)?);
    }
    Some(tests)
}

/// A scalar and a list mean "one of these"; a table says more.
fn one(name: At<String>, value: Spanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Tests> {
    let DeValue::Table(entries) = value.get_ref() else {
        let any = Vec::<At<Scalar>>::read(value, &name.value, reader)?;
        let mut test = TestTable { any: Some(any), ..TestTable::default() };
        test.present.insert("any");
        return Some(vec![(name, test)]);
    };
    if let Some(framework) = framework(&name, entries) {
        let message = format!(
            "{} is not asked about by framework, and {} is no word of a condition",
            tick(&name.value),
            tick(&framework)
        );
        let help = format!("did you mean `level = {{ {} = … }}`?", shorten(&framework));
        reader.findings.push(Diagnostic::new(Code::UnknownKey, name.span, message).help(help));
        return None;
    }
    let test = TestTable::read(value, &name.value, reader)?.value;
    let read =
        [test.any.is_some(), test.all.is_some(), test.none.is_some(), test.min.is_some(), test.max.is_some()];
    let read = read.iter().filter(|&&is_read| is_read).count();
    test.present.are_exactly(read).then(|| vec![(name, test)])
}

/// The framework in `levl = { eqf = 4 }`, if this is a misspelt `level`.
fn framework(name: &At<String>, entries: &DeTable<'_>) -> Option<String> {
    closest(&name.value, std::iter::once("level"))?;
    let keys: Vec<_> = entries.iter().map(|(key, _)| key.get_ref()).collect();
    let first = keys.first()?.to_string();
    keys.iter().all(|key| !TestTable::KEYS.contains(&key.as_ref())).then_some(first)
}

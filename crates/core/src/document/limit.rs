//! The tables of limits: what is measured, and how much of it.

use toml::{Spanned, de::DeValue};

use crate::{
    At,
    document::{
        BoundTable, Name, Number, WhereTable,
        read::{Read, Reader, tables},
        shape::Shape,
    },
};

tables! {
    /// One entry of `limits`.
    pub struct LimitTable {
        /// The least of what the limit speaks of.
        at_least: LimitBoundTable,
        /// The most of what the limit speaks of.
        at_most: LimitBoundTable,
        /// Of these pools.
        from: Vec<At<Name>>,
        /// With these attributes.
        conditions = "where": WhereTable,
        /// For each value of this attribute.
        per: String,
        /// Only of the last so many by day of award: `{ credits = 30 }`.
        last: BoundTable,
    }

    /// The written-out form of the bound of a limit.
    pub struct MeasuredLimitTable {
        /// In number of credentials.
        count: Number,
        /// In credits.
        credits: Number,
        /// In the numbers of an attribute, `of`.
        sum: Number,
        /// A part of what `of` says: `"1/2"`.
        fraction: Number,
        /// What is summed, an attribute; or what the fraction is of, `required` or `counted`.
        of: String,
        /// What the fraction is measured in: `count` or `credits`.
        measure: String,
        /// How a fraction that is no whole number is rounded: `up` or `down`.
        rounding: String,
    }

    /// `sum`: a need in the numbers of an attribute.
    pub struct SumTable {
        /// The attribute.
        of: String,
        /// The least.
        at_least: Number,
        /// The most.
        at_most: Number,
    }

    /// `distinct`: how many different values of an attribute there must be.
    pub struct DistinctTable {
        /// The attribute.
        by: String,
        /// The least.
        at_least: Number,
        /// The most.
        at_most: Number,
    }

    /// `average`: the least average of the grades.
    pub struct AverageTable {
        /// The least.
        grade: Number,
        /// The best grade that can be earned.
        best: Number,
        /// What a grade weighs: `credits` or `count`.
        measure: String,
        /// Of these pools.
        from: Vec<At<Name>>,
        /// With these attributes.
        conditions = "where": WhereTable,
    }
}

/// The bound of a limit: a bare number in the requirement's own measure, or written out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LimitBoundTable {
    /// A bare number.
    pub plain: Option<At<Number>>,
    /// The written-out form; empty beside a bare number.
    pub written: MeasuredLimitTable,
}

impl Read for LimitBoundTable {
    fn shape() -> Shape {
        Shape::Either(vec![Number::shape(), MeasuredLimitTable::shape()])
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            let plain = Number::read(value, key, reader)?;
            let span = plain.span;
            let written = MeasuredLimitTable::default();
            return Some(At { value: LimitBoundTable { plain: Some(plain), written }, span });
        }
        let At { value: written, span } = MeasuredLimitTable::read(value, key, reader)?;
        let read = [
            written.count.is_some(),
            written.credits.is_some(),
            written.sum.is_some(),
            written.fraction.is_some(),
            written.of.is_some(),
            written.measure.is_some(),
            written.rounding.is_some(),
        ];
        let read = read.iter().filter(|&&is_read| is_read).count();
        // What could not be read is a finding already; a bound without it would be another bound.
        written
            .present
            .are_exactly(read)
            .then_some(At { value: LimitBoundTable { plain: None, written }, span })
    }
}

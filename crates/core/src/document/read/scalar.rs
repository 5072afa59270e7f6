//! Texts, flags, numbers, and what may be any of these.

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeValue, ValueDeserializer},
};

use crate::{
    At, Code, Date, Diagnostic,
    diagnostic::{is_hidden, quantity, tick},
    document::{
        read::{Read, Reader, kind},
        shape::Shape,
    },
};

/// Reads a leaf through serde. The kind was looked at before, so a failure is a refusal in words.
fn leaf<'d, T: Deserialize<'d>>(
    value: Spanned<DeValue<'d>>,
    key: &str,
    expected: &str,
    reader: &mut Reader<'_>,
) -> Option<At<T>> {
    let span = reader.span(value.span());
    let found = kind(value.get_ref());
    match T::deserialize(ValueDeserializer::from(value)) {
        Ok(value) => Some(At { value, span }),
        Err(_) => {
            reader.wrong_type(span, key, expected, found);
            None
        }
    }
}

impl Read for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let text = leaf::<String>(value, key, "a text", reader)?;
        match text.value.chars().find(|&c| is_hidden(c)) {
            None => Some(text),
            Some(hidden) => {
                let message =
                    format!("{} contains the invisible character U+{:04X}", tick(key), u32::from(hidden));
                let help = "delete it: a text must read the way it is stored";
                reader.findings.push(Diagnostic::new(Code::HiddenCharacter, text.span, message).help(help));
                None
            }
        }
    }
}

impl Read for bool {
    fn shape() -> Shape {
        Shape::Flag
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        leaf(value, key, "true or false", reader)
    }
}

/// A number, date or quoted number as it stands in the text.
///
/// Credits must never pass through a float, so the literal is kept and read exactly later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The characters of the number, without quotes.
    pub literal: String,
}

impl Number {
    /// The day that is written, `2025-09-01`; the other forms that calendars know are none.
    #[must_use]
    pub(crate) fn day(&self) -> Option<Date> {
        let is_plain =
            self.literal.len() == "2025-09-01".len() && self.literal.as_bytes().get(4) == Some(&b'-');
        is_plain.then(|| self.literal.parse().ok()).flatten()
    }
}

impl Read for Number {
    fn shape() -> Shape {
        Shape::Number
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let range = value.span();
        let span = reader.span(range.clone());
        let literal = match value.into_inner() {
            DeValue::String(text) => text.into_owned(),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                reader.text.get(range).unwrap_or_default().to_owned()
            }
            other => {
                reader.wrong_type(span, key, "a number", kind(&other));
                return None;
            }
        };
        Some(At { value: Number { literal }, span })
    }
}

/// A text, a number or a flag; or what several of them are written as, see [`Number`].
impl Read for crate::Scalar {
    fn shape() -> Shape {
        Shape::Scalar
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        match value.get_ref() {
            DeValue::Boolean(_) => bool::read(value, key, reader)
                .map(|flag| At { value: Self::Flag(flag.value), span: flag.span }),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let number = Number::read(value, key, reader)?;
                match number.value.literal.parse() {
                    Ok(amount) => Some(At { value: Self::Number(amount), span: number.span }),
                    Err(error) => {
                        reader.findings.push(quantity(key, number.span, &error));
                        None
                    }
                }
            }
            DeValue::String(_) => {
                let text = String::read(value, key, reader)?;
                Some(At { value: Self::Text(text.value), span: text.span })
            }
            other => {
                let found = kind(other);
                let span = reader.span(value.span());
                reader.wrong_type(span, key, "a text, a number, or true or false", found);
                None
            }
        }
    }
}

//! Turns parsed TOML into tables of the format, value by value.

use std::ops::Range;

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::{At, Code, Diagnostic, Named, Span};

/// A name or word as written; ids are checked when the catalog is built.
pub type Name = String;

/// What one file's values are read with, and the findings so far.
pub(super) struct Reader<'a> {
    file: u32,
    text: &'a str,
    /// Bytes before `text` in the file.
    offset: usize,
    pub(super) findings: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: u32, text: &'a str, offset: usize) -> Self {
        Reader { file, text, offset, findings: Vec::new() }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    pub(super) fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let span = self.span(error.span().unwrap_or(0..0));
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        Diagnostic::new(Code::Syntax, span, format!("this is not TOML: {message}"))
    }

    fn wrong_type(&mut self, span: Span, key: &str, expected: &str, found: &str) {
        self.findings.push(Diagnostic::new(
            Code::WrongType,
            span,
            format!("`{key}` takes {expected}, not {found}"),
        ));
    }
}

/// The kind of a TOML value, for messages.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Reads one value of the key `key`; a fault becomes a finding and no value.
pub(super) trait Read: Sized {
    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>>;
}

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
    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let text = leaf::<String>(value, key, "a text", reader)?;
        match text.value.chars().find(|&c| is_hidden(c)) {
            None => Some(text),
            Some(hidden) => {
                let message = format!("`{key}` contains the invisible character U+{:04X}", u32::from(hidden));
                let help = "delete it: a text must read the way it is stored";
                reader.findings.push(Diagnostic::new(Code::HiddenCharacter, text.span, message).help(help));
                None
            }
        }
    }
}

/// Control characters and the marks that change the direction of text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl Read for bool {
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

impl Read for Number {
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

/// One value or a list of values.
impl<T: Read> Read for Vec<At<T>> {
    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let span = reader.span(value.span());
        if !matches!(value.get_ref(), DeValue::Array(_)) {
            return T::read(value, key, reader).map(|one| At { value: vec![one], span });
        }
        let DeValue::Array(items) = value.into_inner() else { return None };
        let before = items.len();
        let read: Vec<_> = items.into_iter().filter_map(|item| T::read(item, key, reader)).collect();
        // A list with a bad item is not a shorter list: later checks must not judge it.
        (read.len() == before).then_some(At { value: read, span })
    }
}

/// Tables by name, in the order of their names.
impl<T: Read> Read for Named<T> {
    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let span = reader.span(value.span());
        let DeValue::Table(table) = value.into_inner() else {
            reader.wrong_type(span, key, &format!("tables with a name, `[{key}.NAME]`"), "this value");
            return None;
        };
        let mut named = Vec::with_capacity(table.len());
        for (name, value) in table {
            let name = At { span: reader.span(name.span()), value: name.into_inner().into_owned() };
            let inner_key = format!("{key}.{}", name.value);
            if let Some(value) = T::read(value, &inner_key, reader) {
                named.push((name, value));
            }
        }
        Some(At { value: named, span })
    }
}

/// A text, a number or a flag; or what several of them are written as, see [`Number`].
impl Read for crate::Scalar {
    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        match value.get_ref() {
            DeValue::Boolean(_) => bool::read(value, key, reader)
                .map(|flag| At { value: Self::Flag(flag.value), span: flag.span }),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let number = Number::read(value, key, reader)?;
                let amount = number.value.amount(number.span, reader)?;
                Some(At { value: Self::Number(amount), span: number.span })
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

impl Number {
    fn amount(&self, span: Span, reader: &mut Reader<'_>) -> Option<crate::Amount> {
        match self.literal.parse() {
            Ok(amount) => Some(amount),
            Err(error) => {
                reader.findings.push(Diagnostic::new(Code::InvalidValue, span, format!("{error}")));
                None
            }
        }
    }
}

/// A table of the format: reads its known keys, reports the others.
pub(super) fn unknown_key(name: &At<String>, keys: &[&str], reader: &mut Reader<'_>) {
    let finding =
        Diagnostic::new(Code::UnknownKey, name.span, format!("there is no key `{}` here", name.value));
    let help = match crate::catalog::closest(&name.value, keys.iter().copied()) {
        Some(key) => format!("did you mean `{key}`?"),
        None => format!("the keys are: {}", keys.join(", ")),
    };
    reader.findings.push(finding.help(help));
}

/// Splits a table into its entries, or says that a table was expected.
pub(super) fn table<'d>(
    value: Spanned<DeValue<'d>>,
    key: &str,
    reader: &mut Reader<'_>,
) -> Option<(DeTable<'d>, Span)> {
    let span = reader.span(value.span());
    match value.into_inner() {
        DeValue::Table(table) => Some((table, span)),
        other => {
            reader.wrong_type(span, key, "a table", kind(&other));
            None
        }
    }
}

/// Defines tables of the format: a struct whose fields are all optional and know their place.
macro_rules! tables {
    ($($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$field_doc:meta])* $field:ident $(= $key:literal)? : $type:ty,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Option<At<$type>>,)*
            /// The known keys that are written, also those whose value could not be read.
            pub present: Vec<&'static str>,
        }

        impl $name {
            const KEYS: &[&str] = &[$(crate::document::read::key!($field $($key)?)),*];

            pub(in crate::document) fn read_table(
                table: toml::de::DeTable<'_>,
                _span: crate::Span,
                reader: &mut crate::document::read::Reader<'_>,
            ) -> Self {
                let mut read = Self::default();
                for (name, value) in table {
                    let name = crate::At {
                        span: reader.span(name.span()),
                        value: name.into_inner().into_owned(),
                    };
                    match name.value.as_str() {
                        $(crate::document::read::key!($field $($key)?) => {
                            read.present.push(crate::document::read::key!($field $($key)?));
                            read.$field = crate::document::read::Read::read(value, &name.value, reader);
                        })*
                        _ => crate::document::read::unknown_key(&name, Self::KEYS, reader),
                    }
                }
                read
            }
        }

        impl crate::document::read::Read for $name {
            fn read(
                value: toml::Spanned<toml::de::DeValue<'_>>,
                key: &str,
                reader: &mut crate::document::read::Reader<'_>,
            ) -> Option<crate::At<Self>> {
                let (table, span) = crate::document::read::table(value, key, reader)?;
                Some(crate::At { value: Self::read_table(table, span, reader), span })
            }
        }
    )*};
}
pub(super) use tables;

/// The key of a field: its name, or what stands for a name that Rust keeps for itself.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
pub(super) use key;

//! Turns parsed TOML into tables of the format, value by value.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    At, Code, Diagnostic, Named, Span,
    diagnostic::{is_hidden, shorten, tick},
    document::shape::Shape,
};

mod macros;
pub(super) use macros::{key, plain_or_facts, tables};

mod scalar;
pub use scalar::Number;

mod unknown;
pub(super) use unknown::unknown_keys;

/// A name or word as written; ids are checked when the catalog is built.
pub type Name = String;

/// The keys that are written in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    known: Vec<&'static str>,
    has_unknown: bool,
}

impl Keys {
    /// Whether a key of the format is written, also one whose value could not be read.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.known.contains(&key)
    }

    /// The keys of the format that are written, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.known.iter().copied()
    }

    /// Whether the table says nothing about `key`. A key that the format does not have may be
    /// that key misspelt; it is a finding of its own, and what it would have said is not missing.
    #[must_use]
    pub fn lacks(&self, key: &str) -> bool {
        !self.has_unknown && !self.contains(key)
    }

    /// Whether a key is written that the format does not have.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        self.has_unknown
    }

    /// Whether exactly this many keys are written, and all of them belong to the format.
    pub(super) fn are_exactly(&self, number: usize) -> bool {
        !self.has_unknown && self.known.len() == number
    }

    pub(in crate::document) fn insert(&mut self, key: &'static str) {
        self.known.push(key);
    }

    pub(super) fn insert_unknown(&mut self) {
        self.has_unknown = true;
    }
}

/// What one file's values are read with, and the findings so far.
pub(super) struct Reader<'a> {
    file: u32,
    text: &'a str,
    /// Bytes before `text` in the file.
    offset: usize,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether `format` is written, but inside a table.
    pub(super) format_is_misplaced: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: u32, text: &'a str, offset: usize) -> Self {
        Reader { file, text, offset, findings: Vec::new(), format_is_misplaced: false }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    pub(super) fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let span = self.span(error.span().unwrap_or(0..0));
        let message = one_line(error.message());
        let finding = Diagnostic::new(Code::Syntax, span, format!("this is not TOML: {message}"));
        match syntax_help(&message) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    pub(super) fn wrong_type(&mut self, span: Span, key: &str, expected: &str, found: &str) {
        let message = format!("{} takes {expected}, not {found}", tick(key));
        let finding = Diagnostic::new(Code::WrongType, span, message);
        self.findings.push(finding.help(mend(key, expected, found)));
    }

    /// A level without its framework: the commonest slip, so it is shown as it should be written.
    pub(super) fn level_without_framework(&mut self, value: &Spanned<DeValue<'_>>) {
        let number = self.text.get(value.span()).filter(|text| text.len() <= 8 && !text.starts_with('['));
        let help = format!("write it with the framework: `level = {{ aqf = {} }}`", number.unwrap_or("4"));
        let span = self.span(value.span());
        let finding = Diagnostic::new(Code::WrongType, span, "`level` does not say in which framework");
        self.findings.push(finding.help(help));
    }
}

/// The longest part of a parser's message that is shown.
const PARSER_MESSAGE_MAX: usize = 300;

/// A parser's message in one line of bounded length.
fn one_line(message: &str) -> String {
    let joined = message.lines().collect::<Vec<_>>().join("; ");
    joined.chars().filter(|&c| !is_hidden(c)).take(PARSER_MESSAGE_MAX).collect()
}

fn syntax_help(message: &str) -> Option<&'static str> {
    let helps = [
        ("duplicate key", "write it once; a list of tables has double brackets, `[[…]]`"),
        ("invalid date", "write a day that exists, like `2025-09-01`"),
        ("recursion limit", "the format needs at most a few levels of brackets"),
        ("quoted key", "put names with other characters than letters, digits, `-` and `_` in quotes"),
        ("invalid basic string", "put the closing quote at the end of the text"),
    ];
    helps.iter().find(|(words, _)| message.contains(words)).map(|(_, help)| *help)
}

/// How a value of the wrong type is put right.
fn mend(key: &str, expected: &str, found: &str) -> String {
    match (expected, found) {
        ("a text", "a list") => "write one text in quotes".to_owned(),
        ("a text", "a table") => "write a text in quotes".to_owned(),
        ("a text", _) => "put it in quotes".to_owned(),
        ("a number", _) => "write one number, like `12` or `4.5`".to_owned(),
        ("true or false", _) => "write `true` or `false`, without quotes".to_owned(),
        ("a table", "a list") => format!("write it once, in single brackets: `[{}]`", shorten(key)),
        ("a table", _) => "write keys and values: `{ key = value }`".to_owned(),
        _ => format!("write {expected}"),
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

    /// What is read, as data.
    fn shape() -> Shape {
        Shape::Any
    }

    /// What stands for a named value that could not be read, so that its name is known all the same.
    fn unread() -> Option<Self> {
        None
    }
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

/// One value or a list of values.
impl<T: Read> Read for Vec<At<T>> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

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
    fn shape() -> Shape {
        Shape::Named(Box::new(T::shape()))
    }

    fn read(value: Spanned<DeValue<'_>>, key: &str, reader: &mut Reader<'_>) -> Option<At<Self>> {
        let span = reader.span(value.span());
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            match key {
                "level" => reader.level_without_framework(&value),
                "attributes" | "exchange" => reader.wrong_type(span, key, "a table", kind(value.get_ref())),
                _ => {
                    let expected = format!("tables with a name, `[{}.NAME]`", shorten(key));
                    reader.wrong_type(span, key, &expected, kind(value.get_ref()));
                }
            }
            return None;
        }
        let DeValue::Table(table) = value.into_inner() else { return None };
        let mut named = Vec::with_capacity(table.len());
        for (name, value) in table {
            let name = At { span: reader.span(name.span()), value: name.into_inner().into_owned() };
            let inner_key = format!("{key}.{}", shorten(&name.value));
            let span = reader.span(value.span());
            let read = T::read(value, &inner_key, reader);
            if let Some(value) = read.or_else(|| Some(At { value: T::unread()?, span })) {
                named.push((name, value));
            }
        }
        Some(At { value: named, span })
    }
}

//! Values as people write them: days, amounts, ids and words, read one at a time.
//!
//! CSV, JSON and the log share these readers, so that a value means the same everywhere.

use std::str::FromStr;

use cairn_core::{Amount, Date, Scalar, Source, State};

/// The longest text of one value, in bytes.
pub(crate) const TEXT_BYTES_MAX: usize = 4096;

/// What is wrong with a value, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Complaint {
    pub(crate) fn new(message: impl Into<String>) -> Complaint {
        Complaint { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Complaint {
        self.help = Some(help.into());
        self
    }
}

/// Keeps the value, or keeps what is wrong with it.
pub(crate) fn take<T>(result: Result<T, Complaint>, complaints: &mut Vec<Complaint>) -> Option<T> {
    result.map_err(|complaint| complaints.push(complaint)).ok()
}

pub(crate) fn date(field: &str, text: &str) -> Result<Date, Complaint> {
    // Only the one spelling: the library also reads `20250301`, which a person may mean otherwise.
    let day = Date::from_str(text).ok().filter(|day| day.to_string() == text);
    day.ok_or_else(|| {
        Complaint::new(format!("`{field}` is `{}`, which is not a day of the calendar", shorten(text)))
            .help("write a day that exists as YYYY-MM-DD, for example 2025-03-01")
    })
}

pub(crate) fn amount(field: &str, text: &str) -> Result<Amount, Complaint> {
    text.parse().map_err(|error| {
        Complaint::new(format!("`{field}`: {error}")).help("write a plain decimal, for example 12 or 4.5")
    })
}

pub(crate) fn id<T: FromStr<Err = cairn_core::IdError>>(field: &str, text: &str) -> Result<T, Complaint> {
    text.parse().map_err(|error| {
        let message = match text {
            "" => format!("`{field}` is empty"),
            _ => format!("`{field}` is `{}`: {error}", shorten(text)),
        };
        Complaint::new(message).help("write the id as the institution or the catalog writes it")
    })
}

pub(crate) fn source(text: &str) -> Result<Source, Complaint> {
    Source::from_word(text).ok_or_else(|| unknown_word("source", text, Source::ALL.iter().map(|s| s.word())))
}

pub(crate) fn state(text: &str) -> Result<State, Complaint> {
    State::from_word(text).ok_or_else(|| unknown_word("state", text, State::ALL.iter().map(|s| s.word())))
}

/// A text within bounds, or what is wrong with it.
pub(crate) fn text(field: &str, text: &str) -> Result<String, Complaint> {
    if text.len() > TEXT_BYTES_MAX {
        let message = format!("`{field}` has {} bytes, and at most {TEXT_BYTES_MAX} are kept", text.len());
        return Err(
            Complaint::new(message).help("shorten it, or keep the long text elsewhere and name it here")
        );
    }
    if text.contains('\0') {
        let message =
            format!("`{field}` has a character of no meaning (U+0000), which not every database keeps");
        return Err(Complaint::new(message).help("take it out: it may come from a damaged file"));
    }
    Ok(text.to_owned())
}

pub(crate) fn attribute_name(name: &str) -> Result<(), Complaint> {
    if name.is_empty() || name.len() > 96 || name.chars().any(char::is_control) {
        let message = format!("`{}` cannot name an attribute", shorten(name));
        return Err(Complaint::new(message).help("use one to 96 visible characters, for example `track`"));
    }
    Ok(())
}

/// A value written without quotes: `true`, a plain decimal, or a text.
pub(crate) fn bare_scalar(field: &str, word: &str) -> Result<Scalar, Complaint> {
    match (word, word.parse::<Amount>()) {
        ("true", _) => Ok(Scalar::Flag(true)),
        ("false", _) => Ok(Scalar::Flag(false)),
        (_, Ok(number)) => Ok(Scalar::Number(number)),
        (_, Err(_)) => text(field, word).map(Scalar::Text),
    }
}

fn unknown_word(field: &str, text: &str, words: impl Iterator<Item = &'static str>) -> Complaint {
    let words: Vec<&str> = words.collect();
    let complaint = Complaint::new(format!("no {field} is called `{}`", shorten(text)));
    match nearest(text, words.iter().copied()) {
        Some(word) => complaint.help(format!("did you mean `{word}`?")),
        None => complaint.help(format!("use one of `{}`", words.join("`, `"))),
    }
}

/// The known word that was probably meant.
pub(crate) fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = text.to_lowercase();
    known
        .map(|word| (strsim::damerau_levenshtein(&lower, word), word))
        .filter(|(distance, word)| *distance <= 1 + word.len() / 4)
        .min()
        .map(|(_, word)| word)
}

/// Keeps a hostile value from filling a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String =
        text.chars().take(60).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

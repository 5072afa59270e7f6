//! How a person's own words and numbers are shown in findings: whole, visible, and never endless.

use crate::{Code, Diagnostic, QuantityError, Span, id::ID_LENGTH_MAX};

/// What is left of a word that is too long to be shown.
const SHORTENED: usize = 40;

/// A word as it is shown between other words: in backticks.
pub(crate) fn tick(word: &str) -> String {
    format!("`{}`", shorten(word))
}

/// A word without invisible characters; one that is longer than an id may be is cut.
pub(crate) fn shorten(word: &str) -> String {
    let length = if word.chars().nth(ID_LENGTH_MAX).is_some() { SHORTENED } else { ID_LENGTH_MAX };
    let mut shown = String::new();
    for c in word.chars().take(length) {
        if is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}') {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    if length == SHORTENED {
        shown.push('…');
    }
    shown
}

/// Control characters and the marks that change the direction of text.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A number or period that cannot be used, with the key it was given to.
pub(crate) fn quantity(key: &str, span: Span, error: &QuantityError) -> Diagnostic {
    let key = tick(key);
    let (message, help) = match error {
        QuantityError::NotDecimal(literal) if literal.starts_with('-') => {
            (format!("{key} cannot be negative, and {} is", tick(literal)), "write a number from 0 up")
        }
        QuantityError::NotDecimal(literal) if !literal.starts_with(|c: char| c.is_ascii_digit()) => {
            (format!("{key} takes a number, not {}", tick(literal)), "write it in digits, like `12` or `4.5`")
        }
        QuantityError::NotDecimal(literal) => {
            (format!("{key} takes a plain number, not {}", tick(literal)), "write it like `12` or `4.5`")
        }
        QuantityError::TooFine(literal) => (
            format!("{key} is kept to three decimal places, and {} has more", tick(literal)),
            "round it to three places",
        ),
        QuantityError::TooLarge(literal) => (
            format!("{key} is at most {}, and {} is more", crate::quantity::AMOUNT_MAX, tick(literal)),
            "choose a larger unit",
        ),
        QuantityError::NotPeriod(text) => (
            format!("{key} takes a period, not {}", tick(text)),
            "write it like `3 years`, `30 months` or `90 days`",
        ),
        QuantityError::NotRate(text) => (
            format!("{key} takes a rate, not {}", tick(text)),
            "write what one credit is, like `1/2`, `2` or `0.75`; it is more than 0, and of at most a thousand parts",
        ),
        QuantityError::NotFraction(text) => (
            format!("{key} takes a part of a whole, not {}", tick(text)),
            "write it like `1/2` or `0.25`; it is at most 1, and of at most a thousand parts",
        ),
    };
    Diagnostic::new(Code::InvalidValue, span, message).help(help)
}

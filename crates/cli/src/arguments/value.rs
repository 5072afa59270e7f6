//! Words of the command line that stand for values.

use cairn_core::{CredentialId, Date, Measure, Scenario};

pub(super) fn wish(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(held, place)| (held.to_owned(), place.to_owned()));
    parts.ok_or_else(|| "write it like `html-basics=foundations`".to_owned())
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    let day: Option<Date> = text.parse().ok();
    // The calendar library reads much more than days; what it read must be what is written.
    let day = day.filter(|day| day.to_string() == text);
    day.ok_or_else(|| "not a day of the calendar; write it like `2026-03-01`".to_owned())
}

pub(super) fn scenario(word: &str) -> Result<Scenario, String> {
    Scenario::from_word(word).ok_or_else(|| "it is `earned`, `in-progress` or `planned`".to_owned())
}

pub(super) fn measure(word: &str) -> Result<Measure, String> {
    let word = if word == "number" { Measure::Count.word() } else { word };
    let known = Measure::ALL.into_iter().find(|measure| measure.word() == word);
    known.ok_or_else(|| "it is `count`, `credits`, `cost` or `effort`".to_owned())
}

pub(super) fn pair(text: &str) -> Result<(CredentialId, CredentialId), String> {
    let parts =
        text.split_once('=').and_then(|(held, wanted)| Some((held.parse().ok()?, wanted.parse().ok()?)));
    parts.ok_or_else(|| "write it like `held-credential=wanted-credential`".to_owned())
}

pub(super) fn extension(text: &str) -> Result<(CredentialId, Date), String> {
    let parts = text.split_once('=').and_then(|(held, until)| Some((held.parse().ok()?, day(until).ok()?)));
    parts.ok_or_else(|| "write it like `first-aid=2027-03-01`".to_owned())
}

//! Names and numbers of things in a sentence.

/// Names in a sentence: `a`, `a and b`, `a, b and c`; of many, the first few and how many more.
#[must_use]
pub fn list(names: &[String], and: &str) -> String {
    const SHOWN_MAX: usize = 8;
    match names.len() <= SHOWN_MAX {
        true => whole_list(names, and),
        false => format!("{} {and} {} more", names[..SHOWN_MAX - 1].join(", "), names.len() - SHOWN_MAX + 1),
    }
}

/// All names in a sentence, however many there are.
#[must_use]
pub fn whole_list(names: &[String], and: &str) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

/// A number of things: `1 confirmation`, `2 confirmations`.
#[must_use]
pub fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

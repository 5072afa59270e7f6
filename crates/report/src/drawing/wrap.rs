//! Breaks a text into lines that fit.
//!
//! Lines break at spaces and after hyphens and slashes; a word longer than a line breaks anywhere
//! between two characters that are drawn apart. What does not fit on the last line ends in `…`.

use crate::drawing::text::{Font, hundredths, is_mark, shown, width};

const ELLIPSIS: char = '…';

/// The lines of a text: at most `lines_max`, none wider than `room`.
pub(super) fn wrap(text: &str, font: Font, room: i64, lines_max: usize) -> Vec<String> {
    let text = shown(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(&text) {
        if !line.is_empty() && width(&format!("{line}{}", piece.trim_end()), font) > room {
            lines.push(std::mem::take(&mut line));
        }
        for part in parts(piece, font, room) {
            if !line.is_empty() && width(&format!("{line}{}", part.trim_end()), font) > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(part);
        }
        if lines.len() > lines_max {
            break;
        }
    }
    lines.push(line);
    let mut lines: Vec<_> = lines.iter().map(|line| line.trim().to_owned()).collect();
    lines.retain(|line| !line.is_empty());
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            *last = shortened(last, font, room);
        }
    }
    lines
}

/// The text in pieces after which a line may break.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-', '/']).filter(|piece| !piece.is_empty())
}

/// A piece in parts that each fit on a line.
fn parts(piece: &str, font: Font, room: i64) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    while start < piece.len() {
        let end = start + fitting(&piece[start..], font, room);
        parts.push(&piece[start..end]);
        start = end;
    }
    parts
}

/// How many bytes of a piece fit on a line: at least a character, and no mark without its letter
/// unless the marks alone fill the line.
fn fitting(piece: &str, font: Font, room: i64) -> usize {
    let mut used = 0;
    let mut whole = 0;
    let mut before = None;
    for (at, c) in piece.char_indices() {
        if before.is_some_and(|before| apart(before, c)) {
            whole = at;
        }
        used += hundredths(c, font);
        // The text is measured in whole pixels, rounded up.
        if used * font.size > room * 100 && at > 0 {
            return if whole > 0 { whole } else { at };
        }
        before = Some(c);
    }
    piece.len()
}

/// Whether two characters are drawn apart.
fn apart(before: char, c: char) -> bool {
    // After a joiner, an emoji belongs to the one before it.
    !is_mark(c) && before != '\u{200d}'
}

fn shortened(line: &str, font: Font, room: i64) -> String {
    let mut line = line.trim_end().to_owned();
    line.push(ELLIPSIS);
    while width(&line, font) > room && line.chars().count() > 1 {
        line.pop();
        line.pop();
        line.truncate(line.trim_end().len());
        line.push(ELLIPSIS);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use crate::drawing::text::TITLE;

    #[test]
    fn lines_break_at_words() {
        assert_eq!(wrap("Certificate in Web Pages", TITLE, 100, 3), ["Certificate in", "Web Pages"]);
    }

    #[test]
    fn a_long_word_is_broken_and_the_rest_left_out() {
        assert_eq!(wrap("Donaudampfschifffahrt", TITLE, 60, 2), ["Donauda", "mpfsc…"]);
    }

    #[test]
    fn a_text_of_spaces_has_no_lines() {
        assert!(wrap(" \n ", TITLE, 100, 3).is_empty());
    }
}

//! How wide a text is at most, and what of it can be shown.
//!
//! The widths are the greatest of DejaVu Sans, Liberation Sans (as wide as Arial) and Noto Sans,
//! in hundredths of the font size; DejaVu is as wide as Verdana. Other scripts are estimated by
//! their widest letters. A viewer's system font is narrower than that or about as wide.

/// A font of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    /// In pixels.
    pub(super) size: i64,
    pub(super) bold: bool,
}

/// Titles of boxes.
pub(super) const TITLE: Font = Font { size: 13, bold: false };
/// Titles of qualifications.
pub(super) const STRONG: Font = Font { size: 13, bold: true };
/// Captions, and all words that stand beside the drawing.
pub(super) const SMALL: Font = Font { size: 12, bold: false };

const REGULAR: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 56, 84, 32, 37, 32, 38, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 34, 50, 67, 56, 91, 76, 79, 67, 79, 73, 67,
    62, 74, 69, 99, 69, 67, 69, 40, 38, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98,
    64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 56, 64, 84,
];

const BOLD: [u8; 95] = [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 55, 84, 38, 42, 38, 42, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70,
    40, 40, 84, 84, 84, 62, 100, 78, 77, 74, 84, 69, 69, 83, 84, 39, 56, 78, 64, 100, 84, 86, 74, 86, 78, 73,
    69, 82, 78, 111, 78, 73, 73, 46, 42, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105,
    72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 56, 72, 84,
];

/// The greatest width of a text, in pixels.
pub(super) fn width(text: &str, font: Font) -> i64 {
    let hundredths: i64 = text.chars().map(|c| hundredths(c, font)).sum();
    (hundredths * font.size + 99) / 100
}

/// The greatest width of a character, in hundredths of the font size.
pub(super) fn hundredths(c: char, font: Font) -> i64 {
    let table = if font.bold { &BOLD } else { &REGULAR };
    let ascii = u32::from(c).checked_sub(32).and_then(|at| table.get(at as usize));
    match ascii {
        Some(&width) => i64::from(width),
        None if font.bold => other(c) * 6 / 5,
        None => other(c),
    }
}

fn other(c: char) -> i64 {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' => 0,
        // Most marks take no room of their own, but a long row of them should not look like none.
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => 30,
        '\u{590}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}' if is_mark(c) => 30,
        '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin(c),
        'ω' | 'ώ' | 'ψ' | 'φ' | 'ϖ' | 'ϡ' | 'ϣ' => 87,
        '\u{3b1}'..='\u{3ce}' => 68,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => 95,
        '\u{400}'..='\u{45f}' => cyrillic(c),
        '\u{590}'..='\u{5ff}' => 72,
        '\u{600}'..='\u{6ff}' => arabic(c),
        '\u{900}'..='\u{dff}' => 130,
        '\u{e00}'..='\u{e7f}' => 85,
        '‘' | '’' | '‚' | '“' | '”' | '„' | '–' | '•' | '†' => 64,
        '…' | '—' => 100,
        '‱' => 175,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' => 104,
        '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' => 104,
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => 145,
        '\u{2e3a}' | '\u{2e3b}' | '\u{fb50}'..='\u{fdff}' => 310,
        // Cuneiform and hieroglyphs have signs many times as wide as they are high.
        '\u{12000}'..='\u{143ff}' => 900,
        _ => 170,
    }
}

/// Whether a character is drawn on the one before it, in the scripts where that is common.
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' => true,
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' => true,
        // The blocks of India have one plan: signs at 00, the nukta and vowel signs from 3C to 4D.
        '\u{900}'..='\u{dff}' => matches!(u32::from(c) & 0x7f, 0..=3 | 0x3c | 0x3e..=0x4d),
        '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' => true,
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => true,
        '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => true,
        _ => false,
    }
}

fn latin(c: char) -> i64 {
    match c {
        '¼' | '½' | '¾' | '©' | '®' | '±' | '×' | '÷' | '¬' | 'æ' | 'ǣ' | 'ǽ' | 'œ' => 104,
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' | 'ẇ' | 'ẉ' | 'ẘ' => 84,
        'ḿ' | 'ṁ' | 'ṃ' | 'ƕ' | 'ȸ' | 'ȹ' => 102,
        'Œ' | 'Ƣ' | 'Ƕ' | 'ǆ' | 'ǳ' | 'Ǆ' | 'Ǳ' | 'Ǉ' | 'ǈ' | 'Ǌ' | 'ǋ' | 'ǅ' | 'ǲ' => 145,
        _ if c.is_lowercase() => 74,
        _ => 104,
    }
}

fn cyrillic(c: char) -> i64 {
    match c {
        'ж' | 'м' | 'ф' | 'ш' | 'щ' | 'ы' | 'ю' | 'љ' | 'њ' => 98,
        'Ж' | 'М' | 'Ф' | 'Ш' | 'Щ' | 'Ъ' | 'Ы' | 'Ю' | 'Љ' | 'Њ' => 115,
        _ if c.is_lowercase() => 72,
        _ => 88,
    }
}

fn arabic(c: char) -> i64 {
    match c {
        'آ' | 'أ' | 'إ' | 'ا' => 34,
        'د' | 'ذ' | 'ر' | 'ز' | 'و' | 'ؤ' | 'ء' | 'ة' | 'ه' | '٠'..='٩' => 60,
        'ع' | 'غ' | 'م' | 'ج' | 'ح' | 'خ' => 70,
        'ل' | 'ن' | 'ق' | 'ئ' | 'ى' | 'ي' | 'ك' => 88,
        'ط' | 'ظ' | 'ب' | 'ت' | 'ث' | 'ف' => 106,
        _ => 125,
    }
}

/// The text as it can be shown: one line, nothing that XML forbids, that turns lines around, or
/// that is wider than a box.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Controls that reorder what follows would be cut off from their ends by wrapping.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            // One character for four words; these are its compatibility decomposition.
            '\u{fdfd}' => out.push_str("بسم الله الرحمن الرحيم"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{STRONG, TITLE, shown, width};

    #[test]
    fn what_xml_forbids_is_not_shown() {
        assert_eq!(shown("a\0b\u{1b}c\u{ffff}\n\u{202e}d"), "a\u{fffd}b\u{fffd}c\u{fffd} d");
    }

    #[test]
    fn the_widest_font_is_assumed() {
        assert_eq!(width("Web", TITLE), 30);
        assert!(width("Web", STRONG) > width("Web", TITLE));
    }
}

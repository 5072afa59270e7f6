//! The colours of a picture, light and dark.
//!
//! Text has a contrast of at least 4.5 with what is behind it, lines and borders as well
//! (WCAG 2.2, success criteria 1.4.3 and 1.4.11; for lines 3 would do).

/// A place in the picture that has a colour, with its colour in the light and in the dark.
pub(super) struct Colour {
    pub(super) selector: &'static str,
    pub(super) property: &'static str,
    pub(super) light: &'static str,
    pub(super) dark: &'static str,
}

const fn colour(
    selector: &'static str,
    property: &'static str,
    light: &'static str,
    dark: &'static str,
) -> Colour {
    Colour { selector, property, light, dark }
}

/// All colours.
pub(super) const COLOURS: [Colour; 15] = [
    colour(".paper", "fill", "#ffffff", "#14171b"),
    colour("text", "fill", "#1b1f24", "#eef1f5"),
    colour(".caption", "fill", "#454e58", "#b9c2cc"),
    colour(".credential .box", "fill", "#ffffff", "#1d2228"),
    colour(".credential .box", "stroke", "#4d5661", "#b3bcc7"),
    colour(".group .box", "fill", "#fff5d6", "#3a2d07"),
    colour(".group .box", "stroke", "#7a4d00", "#ffd479"),
    colour(".requirement .box", "fill", "#e6f4ea", "#15301d"),
    colour(".requirement .box", "stroke", "#1b6430", "#8fdca6"),
    colour(".qualification .box", "fill", "#e8f0fd", "#14294a"),
    colour(".qualification .box", "stroke", "#12478f", "#a9c9ff"),
    colour(".counts", "stroke", "#5b6470", "#9aa4b0"),
    colour(".counts.tip", "fill", "#5b6470", "#9aa4b0"),
    colour(".before", "stroke", "#a3150f", "#ffb4ad"),
    colour(".before.tip", "fill", "#a3150f", "#ffb4ad"),
];

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "relative luminance is defined with real numbers")]
    #![expect(clippy::unwrap_used, reason = "a colour that is no number fails the test")]

    use super::{COLOURS, Colour};

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn everything_stands_out_from_what_is_behind_it() {
        let behind = |colour: &&Colour| {
            colour.selector == ".paper" || colour.selector.ends_with(".box") && colour.property == "fill"
        };
        for ground in COLOURS.iter().filter(behind) {
            let group = ground.selector.split(' ').next();
            let on = |colour: &&Colour| {
                let text = matches!(colour.selector, "text" | ".caption");
                let border = colour.property == "stroke" && colour.selector.split(' ').next() == group;
                let line = ground.selector == ".paper" && colour.property == "stroke";
                text || border || line
            };
            for colour in COLOURS.iter().filter(on) {
                for (above, below) in [(colour.light, ground.light), (colour.dark, ground.dark)] {
                    let contrast = contrast(above, below);
                    assert!(contrast >= 4.5, "{} on {}: {contrast}", colour.selector, ground.selector);
                }
            }
        }
    }
}

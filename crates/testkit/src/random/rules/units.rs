//! The random file that is about all: credentials, and what is said about several of them.

use super::Author;

impl Author {
    pub(super) fn units(&mut self) -> String {
        let mut text = "format = 1\n".to_owned();
        self.schemes(&mut text);
        self.credentials(&mut text);
        self.equivalences(&mut text);
        self.exclusion(&mut text);
        self.editions(&mut text);
        if self.uses("issuer", 4) {
            text.push_str("[issuer.x]\ntitle = \"College X\"\nurl = \"https://x.example\"\n");
        }
        text
    }

    /// A credential that is not this one.
    pub(super) fn other(&mut self, one: usize) -> usize {
        (one + 1 + self.dice.below(self.credentials - 1)) % self.credentials
    }
}

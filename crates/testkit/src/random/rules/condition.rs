//! Random conditions on attributes.

use super::Author;

/// What can be asked of attributes; every attribute is one that all credentials have.
const CONDITIONS: [(&str, &str); 16] = [
    ("test.one", "kind = \"k\""),
    ("test.list", "kind = [\"k\", \"m\"]"),
    ("test.min", "level = { x = { min = 1 } }"),
    ("test.list", "level = { x = [0, 2] }"),
    ("test.one", "live = true"),
    ("test.one", "tags = \"t0\""),
    ("test.none", "tags = { none = [\"t0\"] }"),
    ("test.all", "tags = { all = [\"t1\", \"u\"] }"),
    ("test.max", "credits = { max = 4 }"),
    ("test.min", "credits = { min = 2.5, max = 5 }"),
    ("test.any", "track = { any = [\"a\", 7] }"),
    ("test.one", "issuer = \"x\""),
    ("test.one", "subject = \"s0\""),
    ("test.none", "kind = { any = [\"k\"] }, tags = { none = [\"t1\"] }"),
    ("where source", "source = [\"recognised\", \"transferred\"]"),
    ("where source", "source = { none = [\"recognised\"] }"),
];

impl Author {
    pub(super) fn condition(&mut self) -> &'static str {
        let (construct, text) = self.dice.pick(&CONDITIONS);
        self.note(construct);
        text
    }
}

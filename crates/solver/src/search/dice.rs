//! Numbers that look random and are the same every time.

/// "xorshift" (Marsaglia 2003).
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Default for Dice {
    fn default() -> Dice {
        Dice(0x9E37_79B9_7F4A_7C15)
    }
}

impl Dice {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    pub(super) fn shuffle(&mut self, all: &mut [usize]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

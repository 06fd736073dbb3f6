//! Random numbers whose seed is printed, so that a failure can be seen again.

/// Numbers of the generator `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Numbers(u64);

impl Numbers {
    /// Numbers from the seed in `PILLBOX_SEED`, else from one of this run; printed either way.
    pub fn seeded() -> Self {
        let given = std::env::var("PILLBOX_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        println!("PILLBOX_SEED={seed}");
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

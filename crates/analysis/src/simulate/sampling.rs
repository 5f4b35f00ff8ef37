//! Streams of chance: one for each input, by its name.
//!
//! A stream is SplitMix64 seeded with the seed and the hash of the input's path, so another input,
//! another order of the file or another number of threads changes no draw.

/// SplitMix64, by Steele, Lea and Flood (2014).
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    state: u64,
}

/// What the state grows by with each draw.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    /// The stream of an input: the seed and the FNV-1a hash of its path.
    pub fn of(seed: u64, path: &str) -> Self {
        Self { state: seed ^ fnv1a(path.as_bytes()) }
    }

    /// A stream from a bare seed.
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number inside (0, 1): `(floor(x / 2^12) + 0.5) / 2^52`, exact in a double.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// The stream this many draws further on.
    pub fn skip(self, draws: u64) -> Self {
        Self { state: self.state.wrapping_add(STEP.wrapping_mul(draws)) }
    }
}

/// FNV-1a, 64 bits.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A Latin hypercube of one input: every stratum of (0, 1) holds exactly one sample.
#[derive(Clone, Debug)]
pub struct Hypercube {
    /// The stratum of each sample.
    strata: Vec<u32>,
    /// The stream where it places samples within their strata.
    within: Stream,
}

impl Hypercube {
    /// The hypercube of an input: first a Fisher-Yates permutation from its stream, then a place
    /// within the stratum for each sample.
    pub fn of(seed: u64, path: &str, samples: usize) -> Self {
        let mut stream = Stream::of(seed, path);
        let mut strata: Vec<u32> = (0..samples as u32).collect();
        for i in (1..samples).rev() {
            let j = (stream.uniform() * (i + 1) as f64) as usize;
            strata.swap(i, j);
        }
        Self { strata, within: stream }
    }

    /// The place of a sample in (0, 1).
    pub fn uniform(&self, sample: usize) -> f64 {
        const MAX: f64 = 1.0 - f64::EPSILON / 2.0;
        let within = self.within.skip(sample as u64).uniform();
        ((f64::from(self.strata[sample]) + within) / self.strata.len() as f64).min(MAX)
    }
}

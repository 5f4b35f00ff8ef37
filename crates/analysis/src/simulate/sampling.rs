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

/// How the samples of an input are spread over (0, 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// A Latin hypercube: every stratum, one of as many as there are samples, holds exactly one of them.
    #[default]
    Hypercube,
    /// Each sample on its own.
    Independent,
}

impl Sampling {
    /// Its name in data and in print.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hypercube => "hypercube",
            Self::Independent => "independent",
        }
    }
}

/// Where the samples of one input lie in (0, 1).
#[derive(Clone, Debug)]
pub struct Places {
    /// The stratum of each sample; none where samples are independent.
    strata: Vec<u32>,
    /// The stream that places samples, within their strata if they have any.
    within: Stream,
}

impl Places {
    /// The places of an input. A hypercube is a Fisher-Yates permutation from the stream of the input, then a place
    /// within the stratum for each sample; independent samples are the stream itself.
    pub fn of(sampling: Sampling, seed: u64, path: &str, samples: usize) -> Self {
        let mut stream = Stream::of(seed, path);
        if sampling == Sampling::Independent {
            return Self { strata: Vec::new(), within: stream };
        }
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
        match self.strata.get(sample) {
            Some(stratum) => ((f64::from(*stratum) + within) / self.strata.len() as f64).min(MAX),
            None => within,
        }
    }
}

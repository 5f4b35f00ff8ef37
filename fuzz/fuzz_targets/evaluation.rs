//! An evaluation: see `comanage_fuzz::targets::evaluation`.
#![no_main]

use comanage_fuzz::targets::evaluation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("it is the first"),
    |bytes: &[u8]| evaluation::run(bytes)
);

//! Hours of the week: see `comanage_fuzz::targets::hours`.
#![no_main]

use comanage_fuzz::targets::hours;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("it is the first"),
    |bytes: &[u8]| hours::run(bytes)
);

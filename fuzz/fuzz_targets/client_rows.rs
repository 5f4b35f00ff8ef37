//! A table of clients: see `comanage_fuzz::targets::client_rows`.
#![no_main]

use comanage_fuzz::targets::client_rows;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("it is the first"),
    |bytes: &[u8]| client_rows::run(bytes)
);

//! comanage
fn main() {}

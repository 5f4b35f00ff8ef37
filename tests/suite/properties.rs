//! What holds for every scenario, tried on the samples and on random ones.

mod contracts;
mod coverage;
mod flow;
mod order;
mod phases;
mod same;
mod sums;
mod traced;
mod years;

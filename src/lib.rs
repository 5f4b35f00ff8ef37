//! What co-managed IT costs, and what is then covered.

pub mod diagnostic;
pub mod load;
pub mod money;
pub mod month;
pub mod number;
pub mod scenario;
pub mod source;
pub mod week;

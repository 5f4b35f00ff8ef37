//! What co-managed IT costs, and what is then covered.

pub mod counts;
pub mod coverage;
pub mod diagnostic;
pub mod evaluate;
pub mod expect;
pub mod explain;
pub mod failure;
pub mod ledger;
pub mod load;
pub mod money;
pub mod month;
pub mod number;
pub mod output;
pub mod plan;
pub mod presence;
pub mod price;
pub mod render;
pub mod report;
pub mod scenario;
pub mod source;
pub mod trace;
pub mod week;
pub mod work;

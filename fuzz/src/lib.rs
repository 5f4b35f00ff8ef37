//! What the fuzz targets share.

/// What the tests draw their scenarios with.
#[path = "../../tests/suite"]
mod suite {
    pub mod random;
}

pub mod targets;

pub use suite::random;

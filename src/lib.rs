//! comanage

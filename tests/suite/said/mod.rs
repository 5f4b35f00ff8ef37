//! What outputs say to people: that nothing is claimed that is not so, that names are names and not keys, that
//! headers are in the glossary. Every output of every sample is searched.

mod claims;
mod keys;
mod outputs;
mod passages;

//! The packs that come with the program, as they are in their files.

/// The packs: the name of the file and its text, in the order they are listed.
pub const PACKS: [(&str, &str); 9] = [
    ("co_managed.toml", include_str!("packs/co_managed.toml")),
    ("fully_managed.toml", include_str!("packs/fully_managed.toml")),
    ("devices.toml", include_str!("packs/devices.toml")),
    ("hours.toml", include_str!("packs/hours.toml")),
    ("pay.toml", include_str!("packs/pay.toml")),
    ("employment.toml", include_str!("packs/employment.toml")),
    ("terms.toml", include_str!("packs/terms.toml")),
    ("tools.toml", include_str!("packs/tools.toml")),
    ("demand.toml", include_str!("packs/demand.toml")),
];

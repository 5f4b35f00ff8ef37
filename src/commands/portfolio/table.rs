//! How the table of clients is written.

use clap::{Args, ValueEnum};

use comanage_format::load::clients::{Encoding, Naming};

/// How the table of clients is written, where it is not as it must be.
#[derive(Debug, Args)]
#[command(next_help_heading = "The table of clients")]
pub struct TableArgs {
    /// What a column means, such as \"Staff=organization.users\" or \"Client=id\". May be given several
    /// times.
    #[arg(long = "map", value_name = "HEADER=PATH", value_parser = map)]
    maps: Vec<(String, String)>,
    /// Pass over columns that are neither `id`, `name` nor a value of the scenario.
    #[arg(long)]
    ignore_unknown: bool,
    /// What separates decimals in numbers.
    #[arg(long, value_enum, value_name = "SIGN", default_value_t = DecimalSign::Point)]
    decimal: DecimalSign,
    /// How the text is stored [default: UTF-8, or what the first bytes say].
    #[arg(long, value_enum, value_name = "NAME")]
    encoding: Option<TextEncoding>,
}

/// What separates decimals in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DecimalSign {
    /// 1250.50, with commas, apostrophes or spaces between thousands.
    Point,
    /// 1250,50, with points, apostrophes or spaces between thousands.
    Comma,
}

/// How text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TextEncoding {
    /// UTF-8.
    #[value(name = "utf-8")]
    Utf8,
    /// Windows-1252, the usual encoding of Western Europe before UTF-8.
    #[value(name = "windows-1252")]
    Windows1252,
}

fn map(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=').map(|(header, path)| (header.trim(), path.trim())) {
        Some((header, path)) if !header.is_empty() && !path.is_empty() => Ok((header.into(), path.into())),
        _ => Err("write the header and the path, such as \"Staff=organization.users\"".into()),
    }
}

impl TableArgs {
    /// How headers are read.
    pub fn naming(&self) -> Naming {
        Naming { maps: self.maps.clone(), ignores_unknown: self.ignore_unknown }
    }

    /// Whether a comma separates decimals.
    pub fn has_decimal_comma(&self) -> bool {
        self.decimal == DecimalSign::Comma
    }

    /// How the text is stored, if that is said.
    pub fn encoding(&self) -> Option<Encoding> {
        self.encoding.map(|encoding| match encoding {
            TextEncoding::Utf8 => Encoding::Utf8,
            TextEncoding::Windows1252 => Encoding::Windows1252,
        })
    }
}

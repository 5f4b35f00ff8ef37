//! How cells look: one hand for every sheet.
//!
//! What can be changed is blue on yellow, as people who work with models expect; what is a value and
//! follows nothing is grey and slanted; everything else is a formula.

use rust_xlsxwriter::{
    ChartFormat, ChartLine, ChartLineDashType, ChartPatternFill, ChartPatternFillType, ChartSolidFill, Color, Format,
    FormatAlign, FormatBorder,
};

use crate::chart::marker;
use comanage_model::ledger::Category;
use comanage_model::money::Currency;
use comanage_model::scenario::Kind;

/// The dark blue of headers.
pub const BLUE: Color = Color::RGB(0x34_568B);
/// Text.
pub const INK: Color = Color::RGB(0x1B_2733);
/// Text that is read second.
pub const GREY: Color = Color::RGB(0x5A_6675);
/// Lines.
pub const LINE: Color = Color::RGB(0xCD_D3DA);
/// Rows that sum others.
pub const PALE: Color = Color::RGB(0xEE_F2F7);
/// Cells that can be changed.
pub const YELLOW: Color = Color::RGB(0xFF_F6D1);
/// What is written into them.
const PEN: Color = Color::RGB(0x0B_3FB5);
/// Something is wrong.
pub const WARNING: Color = Color::RGB(0xA3_4700);

/// The strokes of lines in charts: with the colours they tell lines apart without colour.
const DASHES: [ChartLineDashType; 4] =
    [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot, ChartLineDashType::LongDashDot];

/// The line of the alternative of this number, in the colour that it has in every chart.
pub fn series(number: usize) -> ChartLine {
    let dash = DASHES[number % DASHES.len()];
    ChartLine::new().set_color(Color::RGB(marker::color(number))).set_width(2.25).set_dash_type(dash).clone()
}

/// The colour of a category: pay in blues, changes of people in purples, tools green, providers in
/// oranges, so that what belongs together is seen together.
fn color_of(category: Category) -> Color {
    Color::RGB(match category {
        Category::Salaries => 0x34_568B,
        Category::PayrollTaxes => 0x7F_A6D3,
        Category::Benefits => 0xB9_D2EC,
        Category::Bonus => 0x1F_345C,
        Category::Training => 0x57_7FB5,
        Category::Software => 0x8F_A0B8,
        Category::Overhead => 0x5C_6B80,
        Category::Equipment => 0x86_436A,
        Category::Recruiting => 0xCC_79A7,
        Category::Turnover => 0xE8_C3D8,
        Category::OnCall => 0x6A_4C93,
        Category::Severance => 0x4A_2545,
        Category::Tools => 0x00_9E73,
        Category::ProviderRecurring => 0xE6_9F00,
        Category::ProviderHours => 0xD5_5E00,
        Category::ProviderOneTime => 0xF6_D086,
        Category::OutOfScope => 0x96_4200,
        Category::ProviderTax => 0x7A_4A1F,
        Category::Other => 0x9A_A5B1,
    })
}

/// How a category is filled in a chart. Tools and providers are hatched, each in its own way, so that
/// families stay apart without colour.
pub fn category(category: Category) -> ChartFormat {
    let pattern = match category {
        Category::Tools => Some(ChartPatternFillType::DiagonalStripesLightDownwards),
        Category::ProviderRecurring
        | Category::ProviderHours
        | Category::ProviderOneTime
        | Category::OutOfScope
        | Category::ProviderTax => Some(ChartPatternFillType::DiagonalStripesLightUpwards),
        Category::Other => Some(ChartPatternFillType::VerticalStripesLight),
        Category::Equipment | Category::Recruiting | Category::Turnover | Category::OnCall | Category::Severance => {
            Some(ChartPatternFillType::Dotted10Percent)
        }
        _ => None,
    };
    let color = color_of(category);
    let mut format = ChartFormat::new();
    match pattern {
        None => format.set_solid_fill(ChartSolidFill::new().set_color(color)),
        Some(pattern) => format.set_pattern_fill(
            ChartPatternFill::new().set_pattern(pattern).set_background_color(color).set_foreground_color(Color::White),
        ),
    };
    format.set_border(ChartLine::new().set_color(GREY).set_width(0.5));
    format
}

/// A name as it is at the head of a row.
pub fn headed(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Formats of a workbook in a currency.
pub struct Style {
    /// Whole amounts or with decimals, as the currency has them.
    money: String,
    code: &'static str,
}

impl Style {
    /// The style of a currency.
    pub fn new(currency: Currency) -> Self {
        let decimals = match currency.digits {
            0 => String::new(),
            digits => format!(".{}", "0".repeat(digits as usize)),
        };
        Self { money: format!("#,##0{decimals};[Red]-#,##0{decimals};-"), code: currency.code }
    }

    /// Plain text.
    pub fn text(&self) -> Format {
        Format::new()
            .set_font_name("Calibri")
            .set_font_size(10)
            .set_font_color(INK)
            .set_align(FormatAlign::VerticalCenter)
    }

    /// Text that breaks into lines.
    pub fn wrapped(&self) -> Format {
        self.text().set_text_wrap().set_align(FormatAlign::Top)
    }

    /// The title of a sheet.
    pub fn title(&self) -> Format {
        self.text().set_font_size(16).set_bold().set_font_color(BLUE)
    }

    /// What is under a title.
    pub fn note(&self) -> Format {
        self.text().set_font_color(GREY)
    }

    /// The head of a column.
    pub fn head(&self) -> Format {
        self.text().set_bold().set_font_color(Color::White).set_background_color(BLUE).set_text_wrap()
    }

    /// The head of a column of numbers.
    pub fn number_head(&self) -> Format {
        self.head().set_align(FormatAlign::Right)
    }

    /// The head of a section.
    pub fn section(&self) -> Format {
        self.text()
            .set_bold()
            .set_font_color(BLUE)
            .set_font_size(11)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(BLUE)
    }

    /// An amount of money.
    pub fn money(&self) -> Format {
        self.text().set_num_format(&self.money).set_align(FormatAlign::Right)
    }

    /// An amount that bears its currency.
    pub fn money_with_code(&self) -> Format {
        let code = format!("[${}] ", self.code);
        let parts: Vec<String> = self.money.split(';').map(|part| part.replace("#,", &format!("{code}#,"))).collect();
        self.text().set_num_format(parts.join(";")).set_align(FormatAlign::Right)
    }

    /// A price: as fine as it is written.
    pub fn price(&self) -> Format {
        self.text().set_num_format("#,##0.00####").set_align(FormatAlign::Right)
    }

    /// A share.
    pub fn share(&self) -> Format {
        self.text().set_num_format("0.0%").set_align(FormatAlign::Right)
    }

    /// A count.
    pub fn count(&self) -> Format {
        self.text().set_num_format("#,##0").set_align(FormatAlign::Right)
    }

    /// Hours and other numbers.
    pub fn number(&self) -> Format {
        self.text().set_num_format("#,##0.####").set_align(FormatAlign::Right)
    }

    /// Words among numbers.
    pub fn word(&self) -> Format {
        self.text().set_align(FormatAlign::Right)
    }

    /// The value of an input.
    pub fn input(&self, kind: Kind) -> Format {
        match kind {
            Kind::Money => self.price(),
            Kind::Share => self.text().set_num_format("0.00##%").set_align(FormatAlign::Right),
            Kind::Number => self.number(),
            Kind::Count | Kind::Months => self.count(),
        }
    }
}

/// The same for a row that sums others.
pub fn total(format: Format) -> Format {
    format.set_bold().set_background_color(PALE).set_border_top(FormatBorder::Thin).set_border_top_color(LINE)
}

/// The same for a figure that is a value and follows no input.
pub fn value(format: Format) -> Format {
    format.set_italic().set_font_color(GREY)
}

/// The same for a cell that can be changed.
pub fn open(format: Format) -> Format {
    format
        .set_unlocked()
        .set_background_color(YELLOW)
        .set_font_color(PEN)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
}

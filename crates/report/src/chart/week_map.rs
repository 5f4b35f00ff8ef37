//! The week of one alternative as a heat map: one strip a service, Monday to Sunday.
//!
//! Hours that are required and staffed are blue, darker the surer someone is there; on call
//! is striped, no one is orange with a dark edge, and hours that are not required are almost
//! paper. So the four states stay apart in grey print as well. Neighbouring hours that look
//! the same are drawn as one rectangle, which keeps the picture small.

use plotters::style::RGBColor;

use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::place::Area;
use super::text::{LABEL, SMALL, STRONG, block, fit};
use super::theme::{GREY, MARGIN, PALE, WARNING_INK, WHITE, WIDTH};
use super::{Chart, Heading};

/// The strip is 672 pixels wide, so that a quarter of an hour is one pixel.
const HOUR: f64 = 4.0;
const DAY: f64 = 24.0 * HOUR;
const LEFT: f64 = MARGIN + 168.0;
const WIDEST_FIGURE: f64 = WIDTH - MARGIN - LEFT - 7.0 * DAY - 8.0;
const STRIP: f64 = 26.0;
const ROW: f64 = 38.0;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const NOBODY: RGBColor = RGBColor(0xf5, 0xb0, 0x6b);
const ON_CALL: RGBColor = RGBColor(0x54, 0x88, 0xc4);
const STRIPE: f64 = 1.7;
const STRIPE_STEP: f64 = 5.2;
/// Presence from this share on has this colour and this name.
pub(super) const STEPS: [(f64, RGBColor, &str); 4] = [
    (0.95, RGBColor(0x1f, 0x4e, 0x8c), "staffed 95% or more"),
    (0.80, RGBColor(0x54, 0x88, 0xc4), "80 to 95%"),
    (0.50, RGBColor(0x90, 0xb6, 0xde), "50 to 80%"),
    (f64::NEG_INFINITY, RGBColor(0xc3, 0xd9, 0xef), "under 50%"),
];

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekMap {
    /// What is above the chart.
    pub heading: Heading,
    /// The services, from the top.
    pub services: Vec<ServiceWeek>,
    /// What the figures at the right are, such as "coverage".
    pub figure_title: String,
}

/// The week of one service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceWeek {
    /// Its name, at the left.
    pub name: String,
    /// Its coverage as text, at the right.
    pub figure: String,
    /// The week from Monday 00:00 in cells of equal length, usually 168 hours or 672
    /// quarters of an hour.
    pub cells: Vec<Cell>,
}

/// What is going on in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Cell {
    /// No one is asked for.
    #[default]
    NotWanted,
    /// Someone is on duty; the share of the time that someone is expected to be there,
    /// from 0 to 1.
    Staffed(f64),
    /// Someone can be called, no one is on duty.
    OnCall,
    /// Someone is asked for, and no one is there.
    Nobody,
}

/// How a cell looks: the place of its kind in the legend.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Staffed(usize),
    OnCall,
    Nobody,
    NotWanted,
}

impl Chart for WeekMap {
    fn drawing(&self) -> Drawing {
        if self.services.is_empty() {
            return nothing(&self.heading);
        }
        picture(&self.heading, |canvas, top| {
            let looks = looks_shown(&self.services);
            let names: Vec<String> = looks.iter().map(|look| look.name().to_owned()).collect();
            let top = canvas.legend(top, &names, |canvas, entry, field| looks[entry].draw(canvas, field));
            let top = top + 22.0;
            draw_days(canvas, top, self);
            for (row, service) in self.services.iter().enumerate() {
                draw_service(canvas, service, top + row as f64 * ROW + (ROW - STRIP) / 2.0);
            }
            let bottom = top + self.services.len() as f64 * ROW;
            draw_hours(canvas, top, bottom);
            bottom + 18.0
        })
    }
}

fn looks_shown(services: &[ServiceWeek]) -> Vec<Look> {
    let mut looks: Vec<Look> = services.iter().flat_map(|service| &service.cells).map(Look::of).collect();
    looks.sort_unstable();
    looks.dedup();
    looks
}

impl Look {
    fn of(cell: &Cell) -> Self {
        match *cell {
            Cell::NotWanted => Look::NotWanted,
            Cell::OnCall => Look::OnCall,
            Cell::Nobody => Look::Nobody,
            Cell::Staffed(share) => {
                let reached = |step: &(f64, RGBColor, &str)| share >= step.0;
                Look::Staffed(STEPS.iter().position(reached).unwrap_or(STEPS.len() - 1))
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Look::Staffed(step) => STEPS[step].2,
            Look::OnCall => "on call, not in time",
            Look::Nobody => "required, no one there",
            Look::NotWanted => "not required",
        }
    }

    fn draw(self, canvas: &mut Canvas, area: Area) {
        match self {
            Look::Staffed(step) => canvas.rect(area, STEPS[step].1),
            Look::NotWanted => canvas.rect(area, PALE),
            Look::OnCall => draw_stripes(canvas, area),
            Look::Nobody => {
                canvas.rect(area, NOBODY);
                canvas.rect(Area { top: area.bottom - 3.0, ..area }, WARNING_INK);
            }
        }
    }
}

/// Level stripes: they run through any width without more elements.
fn draw_stripes(canvas: &mut Canvas, area: Area) {
    canvas.rect(area, PALE);
    let stripes = ((area.bottom - area.top) / STRIPE_STEP).round();
    for n in 0..stripes as i32 {
        let middle = area.top + (f64::from(n) + 0.5) * (area.bottom - area.top) / stripes;
        let (top, bottom) = (middle - STRIPE / 2.0, middle + STRIPE / 2.0);
        canvas.rect(Area { top, bottom, ..area }, ON_CALL);
    }
}

fn draw_days(canvas: &mut Canvas, top: f64, chart: &WeekMap) {
    for (day, name) in DAYS.iter().enumerate() {
        canvas.text((LEFT + day as f64 * DAY, top - 6.0), name, SMALL.bold());
    }
    canvas.text((WIDTH - MARGIN, top - 6.0), &fit(&chart.figure_title, WIDEST_FIGURE, SMALL), SMALL.right());
}

fn draw_service(canvas: &mut Canvas, service: &ServiceWeek, top: f64) {
    let middle = top + STRIP / 2.0;
    let name = block(&service.name, LEFT - MARGIN - 12.0, 2, LABEL);
    canvas.block((MARGIN, middle), &name);
    let cell = 7.0 * DAY / service.cells.len().max(1) as f64;
    let mut from = 0;
    for run in service.cells.chunk_by(|a, b| Look::of(a) == Look::of(b)) {
        let area = Area::sized(LEFT + from as f64 * cell, top, run.len() as f64 * cell, STRIP);
        Look::of(&run[0]).draw(canvas, area);
        from += run.len();
    }
    canvas.text((WIDTH - MARGIN, middle + STRONG.drop()), &fit(&service.figure, WIDEST_FIGURE, STRONG), STRONG.right());
}

/// White lines between the days, over the strips, and the hours at the foot.
fn draw_hours(canvas: &mut Canvas, top: f64, bottom: f64) {
    for day in 1..7 {
        let x = LEFT + f64::from(day) * DAY;
        canvas.line((x, top), (x, bottom), WHITE, 2.0);
    }
    for hour in (0..=7 * 24).step_by(6) {
        let x = LEFT + f64::from(hour) * HOUR;
        let of_day = if hour == 7 * 24 { 24 } else { hour % 24 };
        let long = if hour % 24 == 0 { 5.0 } else { 3.0 };
        canvas.line((x, bottom), (x, bottom + long), GREY, 1.0);
        canvas.text((x, bottom + 17.0), &of_day.to_string(), SMALL.centred());
    }
}

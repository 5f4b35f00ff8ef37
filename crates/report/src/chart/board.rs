//! Two pages for a board: the answer, the alternatives side by side, cost by year; then the week, the risks and
//! the assumptions.
//!
//! Every text is ready to be shown. What does not fit is counted and named, not cut.

use std::sync::Arc;

use plotters::style::RGBColor;

use super::canvas::{Canvas, page};
use super::drawing::Drawing;
use super::place::Area;
use super::text::{LABEL, SMALL, STRONG, Style, fit, width, wrap};
use super::theme::{CHOSEN_INK, GREY, GRID, INK, MARGIN, PALE, WARNING_INK, WHITE, WIDTH};
use super::{Chart, Emphasis, Note};

/// The height of a page that has the proportions of A4 within its border.
const HEIGHT: f64 = 1380.0;
/// Nothing but the line at the foot is lower.
const BOTTOM: f64 = HEIGHT - 46.0;
const RIGHT: f64 = WIDTH - MARGIN;
const BETWEEN: f64 = 20.0;
/// The room after the sentence that is read first.
const AFTER_ANSWER: f64 = 7.0;
const BETWEEN_CARDS: f64 = 16.0;
const PADDING: f64 = 16.0;
const ROW: f64 = 23.0;
const SIGNATURE: f64 = 64.0;

const TITLE: Style = Style { size: 29.0, bold: true, ..LABEL };
const HEADING: Style = Style { size: 18.0, bold: true, ..LABEL };
const ANSWER: Style = Style { size: 18.0, bold: true, ..LABEL };
const TEXT: Style = Style { size: 14.5, ..LABEL };
const NAME: Style = Style { size: 16.0, bold: true, ..LABEL };
const TOTAL: Style = Style { size: 26.0, bold: true, ..LABEL };

/// What is on the pages.
#[derive(Clone, Debug)]
pub struct Board {
    /// The title.
    pub title: String,
    /// What the figures are of.
    pub subtitle: String,
    /// For whom and by whom it is, its date.
    pub details: Vec<String>,
    /// Who may not see it, if anyone.
    pub edition: Option<String>,
    /// The colour of headings and rules.
    pub accent: Option<(u8, u8, u8)>,
    /// The answer, the sentence that is read first at the beginning.
    pub answer: Vec<String>,
    /// The alternatives side by side, three at most.
    pub cards: Vec<Card>,
    /// All alternatives: column headers, and the cells of each. The first column names the rows.
    pub alternatives: Grid,
    /// Cost by year.
    pub years: Arc<dyn Chart>,
    /// Charts that fill what is left of a page.
    pub more: Vec<Arc<dyn Chart>>,
    /// The week; none where no hours are required.
    pub week: Option<Arc<dyn Chart>>,
    /// What the risk is, a sentence each, the most serious first.
    pub risks: Vec<String>,
    /// What the figures rest on.
    pub assumptions: Grid,
    /// Who signs, a line each.
    pub signatures: Vec<String>,
    /// Who and what made it.
    pub colophon: String,
}

/// An alternative among others.
#[derive(Clone, Debug)]
pub struct Card {
    /// What it is recommended or known for.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Its total.
    pub total: String,
    /// What the total is.
    pub unit: String,
    /// Further figures by what they are.
    pub figures: Vec<(String, String)>,
    /// Whether it meets the targets.
    pub note: Note,
    /// Whether it is the one that the document is about.
    pub is_chosen: bool,
}

/// A table of a page.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// What it is.
    pub title: String,
    /// Its columns: the header, the share of the width, and whether its cells are on the right.
    pub columns: Vec<(String, f64, bool)>,
    /// Its rows, the one to point out in bold.
    pub rows: Vec<(bool, Vec<String>)>,
}

impl Board {
    /// The two pages.
    pub fn pages(&self) -> [Drawing; 2] {
        let charts: Vec<Drawing> = self.more.iter().map(|chart| chart.drawing()).collect();
        let mut shown = 0;
        let first = page(&format!("{}, page 1 of 2", self.title), HEIGHT, |canvas| {
            let end = self.first(canvas);
            shown = fill(canvas, end, &charts);
            self.foot(canvas, 1);
        });
        let rest = &charts[shown..];
        // Further charts come after the week, where all that follows still fits.
        let room = BOTTOM - self.second_end(&[]);
        let fits = |count: &usize| height(&rest[..*count]) <= room;
        let count = (0..=rest.len()).rev().find(fits).unwrap_or(0);
        let second = page(&format!("{}, page 2 of 2", self.title), HEIGHT, |canvas| {
            self.second(canvas, &rest[..count]);
            self.foot(canvas, 2);
        });
        [first, second]
    }

    fn accent(&self) -> RGBColor {
        self.accent.map_or(CHOSEN_INK, |(red, green, blue)| RGBColor(red, green, blue))
    }

    fn first(&self, canvas: &mut Canvas) -> f64 {
        let y = self.head(canvas);
        let y = self.answer(canvas, y);
        let y = self.cards(canvas, y);
        let y = chart(canvas, y, &self.years.drawing());
        self.grid(canvas, y, &self.alternatives)
    }

    fn second_end(&self, charts: &[Drawing]) -> f64 {
        let mut end = 0.0;
        page("", HEIGHT, |canvas| end = self.second(canvas, charts));
        end
    }

    fn second(&self, canvas: &mut Canvas, charts: &[Drawing]) -> f64 {
        let mut y = MARGIN + 16.0;
        canvas.text((MARGIN, y), &fit(&self.title, RIGHT - MARGIN, HEADING), HEADING.color(self.accent()));
        y += 12.0;
        canvas.rect(Area { left: MARGIN, top: y, right: RIGHT, bottom: y + 2.0 }, self.accent());
        y += 6.0;
        if let Some(week) = &self.week {
            y = chart(canvas, y, &week.drawing());
        }
        y = charts.iter().fold(y, |y, drawing| chart(canvas, y, drawing));
        let signatures = self.signatures_height();
        let assumptions = 70.0 + ROW * self.assumptions.rows.len().min(5) as f64;
        y = self.risks(canvas, y + BETWEEN, BOTTOM - signatures - assumptions);
        y = self.assumptions(canvas, y, BOTTOM - signatures);
        self.marker(canvas, y)
    }

    fn head(&self, canvas: &mut Canvas) -> f64 {
        canvas.rect(Area { left: MARGIN, top: 14.0, right: RIGHT, bottom: 20.0 }, self.accent());
        let mut y = 28.0;
        for line in wrap(&self.title, RIGHT - MARGIN, 2, TITLE) {
            y += TITLE.leading();
            canvas.text((MARGIN, y - 8.0), &line, TITLE.color(self.accent()));
        }
        for line in wrap(&self.details.join("  \u{b7}  "), RIGHT - MARGIN, 2, TEXT) {
            canvas.text((MARGIN, y + 15.0), &line, TEXT);
            y += TEXT.leading() + 2.0;
        }
        for line in wrap(&self.subtitle, RIGHT - MARGIN, 2, TEXT) {
            canvas.text((MARGIN, y + 15.0), &line, TEXT.color(GREY));
            y += TEXT.leading() + 2.0;
        }
        if let Some(edition) = &self.edition {
            canvas.text((MARGIN, y + 15.0), edition, TEXT.bold().color(WARNING_INK));
            y += TEXT.leading() + 2.0;
        }
        y + 14.0
    }

    fn answer(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let room = RIGHT - MARGIN - 2.0 * PADDING;
        let styled = |(place, text): (usize, &String)| {
            let (style, max) = if place == 0 { (ANSWER, 5) } else { (TEXT, 3) };
            wrap(text, room, max, style).into_iter().map(move |line| (line, style))
        };
        let lines: Vec<(String, Style)> = self.answer.iter().enumerate().flat_map(styled).collect();
        let after = if self.answer.len() > 1 { AFTER_ANSWER } else { 0.0 };
        let height: f64 = after + lines.iter().map(|(_, style)| style.leading() + 1.0).sum::<f64>();
        let area = Area::sized(MARGIN, top, RIGHT - MARGIN, height + 2.0 * PADDING - 4.0);
        canvas.rect(area, PALE);
        canvas.rect(Area { right: MARGIN + 5.0, ..area }, self.accent());
        let mut y = top + PADDING - 4.0;
        for (place, (line, style)) in lines.iter().enumerate() {
            if place > 0 && lines[place - 1].1.bold && !style.bold {
                y += after;
            }
            y += style.leading() + 1.0;
            canvas.text((MARGIN + PADDING, y - 5.0), line, *style);
        }
        area.bottom + BETWEEN
    }

    fn heading(&self, canvas: &mut Canvas, top: f64, text: &str) -> f64 {
        canvas.text((MARGIN, top + 18.0), &fit(text, RIGHT - MARGIN, HEADING), HEADING.color(self.accent()));
        top + 32.0
    }

    fn cards(&self, canvas: &mut Canvas, top: f64) -> f64 {
        if self.cards.is_empty() {
            return top;
        }
        let many = self.cards.len() as f64;
        let top = self.heading(canvas, top, "Alternatives side by side, from the least to the most coverage");
        let wide = (RIGHT - MARGIN - (many - 1.0) * BETWEEN_CARDS) / many;
        let names: Vec<Vec<String>> =
            self.cards.iter().map(|card| wrap(&card.name, wide - 2.0 * PADDING, 2, NAME)).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let rows = self.cards.iter().map(|card| card.figures.len()).max().unwrap_or(0) as f64;
        let name_end = top + 40.0 + lines * NAME.leading();
        let bottom = name_end + 62.0 + rows * ROW + 30.0;
        for (place, (card, name)) in self.cards.iter().zip(&names).enumerate() {
            let left = MARGIN + place as f64 * (wide + BETWEEN_CARDS);
            self.card(canvas, card, name, (Area { left, top, right: left + wide, bottom }, name_end));
        }
        bottom + BETWEEN
    }

    fn card(&self, canvas: &mut Canvas, card: &Card, name: &[String], (area, name_end): (Area, f64)) {
        let (edge, thick) = if card.is_chosen { (self.accent(), 2.5) } else { (GRID, 1.5) };
        canvas.rect(area, WHITE);
        let Area { left, top, right, bottom } = area;
        canvas.path(&[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], edge, thick);
        let inner = area.width() - 2.0 * PADDING;
        let x = left + PADDING;
        let role = fit(&card.role, inner, SMALL.bold());
        if card.is_chosen {
            canvas.rect(Area { bottom: top + 28.0, ..area }, self.accent());
            canvas.text((x, top + 19.0), &role, SMALL.bold().color(WHITE));
        } else {
            canvas.rect(Area { left: left + 1.0, top: top + 1.0, right: right - 1.0, bottom: top + 28.0 }, PALE);
            canvas.text((x, top + 19.0), &role, SMALL.bold());
        }
        for (line, place) in name.iter().zip(1..) {
            canvas.text((x, top + 30.0 + f64::from(place) * NAME.leading()), line, NAME);
        }
        canvas.text((x, name_end + 24.0), &fit(&card.total, inner, TOTAL), TOTAL);
        canvas.text((x, name_end + 43.0), &fit(&card.unit, inner, SMALL), SMALL);
        let mut y = name_end + 54.0;
        for (label, value) in &card.figures {
            canvas.line((x, y), (right - PADDING, y), GRID, 1.0);
            let value = fit(value, inner * 0.62, STRONG);
            let room = inner - width(&value, STRONG) - 8.0;
            canvas.text((x, y + 16.0), &fit(label, room, LABEL), LABEL.color(GREY));
            canvas.text((right - PADDING, y + 16.0), &value, STRONG.right());
            y += ROW;
        }
        canvas.line((x, y), (right - PADDING, y), GRID, 1.0);
        let style = super::text::remark(card.note.tone);
        canvas.text((x, y + 20.0), &fit(&card.note.text, inner, style), style);
    }

    /// A table with as many rows as fit above the foot of the page; the others are counted.
    fn grid(&self, canvas: &mut Canvas, top: f64, grid: &Grid) -> f64 {
        let max = ((BOTTOM - top - 32.0 - 2.0 * ROW) / ROW).max(0.0) as usize;
        if grid.rows.is_empty() || max == 0 {
            return top;
        }
        let top = self.heading(canvas, top, &grid.title);
        let whole = RIGHT - MARGIN;
        let (mut left, mut places) = (MARGIN, Vec::new());
        for (header, share, is_right) in &grid.columns {
            let place = (left, left + share * whole - 10.0, *is_right);
            cell(canvas, top + 12.0, place, header, SMALL.bold());
            places.push(place);
            left += share * whole;
        }
        let mut y = top + 18.0;
        canvas.line((MARGIN, y), (RIGHT, y), GREY, 1.0);
        let shown = if grid.rows.len() > max { max - 1 } else { grid.rows.len() };
        for (is_bold, cells) in &grid.rows[..shown] {
            for (place, text) in places.iter().zip(cells) {
                cell(canvas, y + 16.0, *place, text, if *is_bold { STRONG } else { LABEL });
            }
            y += ROW;
            canvas.line((MARGIN, y), (RIGHT, y), GRID, 1.0);
        }
        if shown < grid.rows.len() {
            let more = format!("{} more in the report", grid.rows.len() - shown);
            canvas.text((MARGIN, y + 17.0), &more, SMALL);
            y += ROW;
        }
        y + BETWEEN
    }

    fn risks(&self, canvas: &mut Canvas, top: f64, bottom: f64) -> f64 {
        let mut y = self.heading(canvas, top, "Risks and points to review");
        for (place, risk) in self.risks.iter().enumerate() {
            let lines = wrap(risk, RIGHT - MARGIN - 18.0, 2, TEXT);
            let next = y + lines.len() as f64 * (TEXT.leading() + 1.0) + 4.0;
            if next + TEXT.leading() > bottom && place > 0 {
                let more = format!("{} more in the report", self.risks.len() - place);
                canvas.text((MARGIN + 18.0, y + 14.0), &more, SMALL);
                return y + BETWEEN + 12.0;
            }
            canvas.rect(Area::sized(MARGIN + 2.0, y + 6.5, 6.0, 6.0), self.accent());
            for (line, row) in lines.iter().zip(0..) {
                canvas.text((MARGIN + 18.0, y + 14.0 + f64::from(row) * (TEXT.leading() + 1.0)), line, TEXT);
            }
            y = next;
        }
        y + BETWEEN - 4.0
    }

    fn assumptions(&self, canvas: &mut Canvas, top: f64, bottom: f64) -> f64 {
        let room = ((bottom - top - 66.0) / ROW).max(2.0) as usize;
        let rows = &self.assumptions.rows;
        let kept = if rows.len() > room { &rows[..room - 1] } else { &rows[..] };
        let end = self.grid(canvas, top, &Grid { rows: kept.to_vec(), ..self.assumptions.clone() });
        if kept.len() == rows.len() {
            return end;
        }
        let more = format!("{} more in the report", rows.len() - kept.len());
        canvas.text((MARGIN, end - BETWEEN + 17.0), &more, SMALL);
        end + ROW
    }

    fn signatures_height(&self) -> f64 {
        let rows = self.signatures.len().min(MAX_SIGNATURES).div_ceil(2) as f64;
        if rows > 0.0 { 44.0 + rows * SIGNATURE } else { 0.0 }
    }

    /// The lines to sign on, two in a row.
    fn marker(&self, canvas: &mut Canvas, top: f64) -> f64 {
        if self.signatures.is_empty() {
            return top;
        }
        let top = self.heading(canvas, top, "Signatures");
        let wide = (RIGHT - MARGIN - 2.0 * BETWEEN) / 2.0;
        for (place, name) in self.signatures.iter().take(MAX_SIGNATURES).enumerate() {
            let left = MARGIN + (place % 2) as f64 * (wide + 2.0 * BETWEEN);
            let y = top + (place / 2) as f64 * SIGNATURE + 34.0;
            canvas.line((left, y), (left + wide * 0.66, y), INK, 1.0);
            canvas.line((left + wide * 0.7, y), (left + wide, y), INK, 1.0);
            canvas.text((left, y + 16.0), &fit(name, wide * 0.66, SMALL), SMALL);
            canvas.text((left + wide * 0.7, y + 16.0), "Date", SMALL);
        }
        top + self.signatures_height() - 32.0
    }

    fn foot(&self, canvas: &mut Canvas, number: usize) {
        let y = HEIGHT - 14.0;
        canvas.line((MARGIN, y - 18.0), (RIGHT, y - 18.0), GRID, 1.0);
        let number = format!("Page {number} of 2");
        let room = RIGHT - MARGIN - width(&number, SMALL) - BETWEEN;
        canvas.text((MARGIN, y), &fit(&self.colophon, room, SMALL), SMALL);
        canvas.text((RIGHT, y), &number, SMALL.right());
    }
}

/// As many sign on a page; a document with more signers has a page for them.
const MAX_SIGNATURES: usize = 6;

fn cell(canvas: &mut Canvas, baseline: f64, (left, right, is_right): (f64, f64, bool), text: &str, style: Style) {
    let text = fit(text, right - left, style);
    if is_right {
        canvas.text((right, baseline), &text, style.right());
    } else {
        canvas.text((left, baseline), &text, style);
    }
}

fn chart(canvas: &mut Canvas, top: f64, drawing: &Drawing) -> f64 {
    canvas.place(drawing, top - 12.0);
    top + f64::from(drawing.height) - 12.0
}

fn height(charts: &[Drawing]) -> f64 {
    charts.iter().map(|chart| f64::from(chart.height) - 12.0).sum()
}

/// Draws as many charts as fit; how many.
fn fill(canvas: &mut Canvas, top: f64, charts: &[Drawing]) -> usize {
    let mut y = top;
    for (place, drawing) in charts.iter().enumerate() {
        if y + f64::from(drawing.height) - 12.0 > BOTTOM {
            return place;
        }
        y = chart(canvas, y, drawing);
    }
    charts.len()
}

/// A plain remark.
pub fn remark(text: impl Into<String>, tone: Emphasis) -> Note {
    Note { text: text.into(), tone }
}

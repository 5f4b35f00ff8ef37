//! The sheet that is read first: every alternative a column, what it costs, what it covers, what is
//! recommended, and the charts.
//!
//! Money is live. Coverage and work are values and say so; whether a target is reached, who is
//! cheapest, who is recommended and who is beaten by no one follow from both, and are live again.

use crate::targets::the_targets;
use rust_xlsxwriter::utility::{row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::charts;
use super::inputs;
use super::page::Page;
use super::rows::Layout;
use super::style::{self, Style};
use super::workings::Workings;
use comanage_analysis::compare::{Compared, Comparison};
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::{Input, Scenario};

/// The name of the sheet.
pub const SHEET: &str = "Comparison";

/// The row with the names of the alternatives.
pub const NAMES: u32 = 7;

/// What cells of words say.
const NOTHING: &str = "-";
const NOT_APPLICABLE: &str = "not applicable";
const NONE_COMPLETE: &str = "None: no price is complete.";
const NO_TARGETS: &str = "None: no required hours or work, so only prices are compared.";

/// Writes the sheet.
pub struct Summary<'a> {
    /// What is compared.
    pub comparison: &'a Comparison<'a>,
    /// The sheets of the alternatives.
    pub layouts: &'a [Layout],
    /// Where the users stand.
    pub workings: &'a Workings,
    /// How cells look.
    pub style: &'a Style,
    /// Which edition it is; none if it is the client's.
    pub edition: Option<&'a str>,
}

/// A figure of one alternative: the formula and what it comes to now.
type Figure = (String, String);

/// Rows that formulas of other rows refer to.
#[derive(Clone, Copy, Default)]
struct At {
    total: u32,
    present_value: u32,
    expected: u32,
    work: u32,
    covered_hours: u32,
    reaches_coverage: u32,
    reaches_work: u32,
    reaching: u32,
    useful: u32,
    /// Whose price can be held against others; only where not every price can.
    ranked: u32,
}

impl Summary<'_> {
    /// Writes it.
    ///
    /// # Errors
    /// A cell cannot be written.
    pub fn write(&self) -> Result<Worksheet, XlsxError> {
        let mut page = Page::new(SHEET, self.style)?;
        let scenario = self.scenario();
        let edition = self.edition.map(|edition| format!("{edition} ")).unwrap_or_default();
        let details: String = scenario.document.details().iter().map(|detail| format!("{detail}. ")).collect();
        let note = format!(
            "{edition}{details}{} months from {}, amounts in {}. Amounts are formulas based on the Inputs sheet; figures in \
             grey italics are fixed values.",
            scenario.term_months, scenario.start, scenario.currency.code
        );
        page.title(scenario.title(), &note)?;
        self.names(&mut page)?;
        let mut at = At::default();
        let mut row = NAMES + 3;
        row = self.costs(&mut page, row, &mut at)?;
        row = self.coverage(&mut page, row + 1, &mut at)?;
        row = self.targets(&mut page, row + 1, &mut at)?;
        self.per_covered_hour(&mut page, row, &at)?;
        let categories = row + 2;
        let shown = self.categories(&mut page, categories)?;
        let last = shown.last().map_or(categories, |(_, row)| *row);
        self.answer(&mut page, &at)?;
        charts::insert(&mut page, self.comparison, self.layouts, &shown, last + 3)?;
        self.finish(page, last)
    }

    fn scenario(&self) -> &Scenario {
        self.comparison.scenario
    }

    fn digits(&self) -> u32 {
        self.scenario().currency.digits
    }

    fn columns(&self) -> impl Iterator<Item = (u16, usize, &Compared<'_>)> {
        self.comparison.alternatives.iter().enumerate().map(|(index, of)| (index as u16 + 1, index, of))
    }

    fn last_column(&self) -> u16 {
        self.layouts.len() as u16
    }

    /// The cells of a row, all alternatives.
    fn all(&self, row: u32) -> String {
        format!("{}:{}", row_col_to_cell_absolute(row, 1), row_col_to_cell_absolute(row, self.last_column()))
    }

    fn cell_of_sheet(&self, index: usize, row: u32, column: u16) -> String {
        format!("{}!{}", self.layouts[index].name, row_col_to_cell(row, column))
    }

    /// The months of a row of an alternative's sheet.
    fn months_of(&self, index: usize, row: u32) -> String {
        let layout = &self.layouts[index];
        let (first, last) = (layout.month(0), layout.month(layout.months));
        format!("{}!{}:{}", layout.name, row_col_to_cell(row, first), row_col_to_cell(row, last))
    }

    fn names(&self, page: &mut Page) -> Result<(), XlsxError> {
        page.text(NAMES, 0, "", &self.style.head())?;
        for (column, _, of) in self.columns() {
            page.text(NAMES, column, of.name(), &self.style.number_head())?;
        }
        page.sheet.set_row_height(NAMES, 42)?;
        self.words(page, NAMES + 1, "Kind", |_, of| of.kind.name().to_string())?;
        self.words(page, NAMES + 2, "Pricing model", |_, of| {
            of.pricing_model.map_or(NOTHING, |model| model.name()).to_string()
        })
    }

    fn words(
        &self,
        page: &mut Page,
        row: u32,
        label: &str,
        words: impl Fn(usize, &Compared) -> String,
    ) -> Result<(), XlsxError> {
        page.text(row, 0, label, &self.style.text())?;
        for (column, index, of) in self.columns() {
            page.text(row, column, &words(index, of), &style::value(self.style.word().set_text_wrap()))?;
        }
        Ok(())
    }

    fn section(&self, page: &mut Page, row: u32, title: &str) -> Result<(), XlsxError> {
        for column in 0..=self.last_column() {
            page.text(row, column, if column == 0 { title } else { "" }, &self.style.section())?;
        }
        Ok(())
    }

    /// A row of formulas, a word where there is none.
    fn figures(
        &self,
        page: &mut Page,
        row: u32,
        label: &str,
        format: &Format,
        figure: impl Fn(usize, &Compared) -> Option<Figure>,
    ) -> Result<(), XlsxError> {
        page.text(row, 0, label, &self.style.text())?;
        for (column, index, of) in self.columns() {
            match figure(index, of) {
                Some((formula, result)) => page.formula(row, column, &formula, result, format)?,
                None => page.text(row, column, NOTHING, &self.style.word())?,
            }
        }
        Ok(())
    }

    /// A row of values.
    fn values(
        &self,
        page: &mut Page,
        row: u32,
        label: &str,
        format: Format,
        value: impl Fn(&Compared) -> Option<f64>,
    ) -> Result<(), XlsxError> {
        page.text(row, 0, label, &self.style.text())?;
        let format = style::value(format);
        for (column, _, of) in self.columns() {
            match value(of) {
                Some(value) => page.number(row, column, value, &format)?,
                None => page.text(row, column, NOT_APPLICABLE, &format)?,
            }
        }
        Ok(())
    }

    fn costs(&self, page: &mut Page, first: u32, at: &mut At) -> Result<u32, XlsxError> {
        let (scenario, digits) = (self.scenario(), self.digits());
        let money = self.style.money();
        let result = |money: Money| money.0.to_string();
        self.section(page, first, "Cost")?;
        let mut row = first + 1;
        let years = self.layouts[0].years;
        for year in 0..years {
            let figure = |index: usize, of: &Compared| {
                let cell = self.cell_of_sheet(index, Layout::TOTAL, self.layouts[index].year(year));
                Some((cell, result(of.sums.years[year as usize])))
            };
            self.figures(page, row, &format!("Year {}", year + 1), &money, figure)?;
            row += 1;
        }
        at.total = row;
        let months = scenario.term_months;
        let label = format!("Total over {months} months");
        let bold = style::total(self.style.money_with_code());
        self.figures(page, row, &label, &bold, |index, of| {
            Some((self.cell_of_sheet(index, Layout::TOTAL, Layout::TERM), result(of.sums.total)))
        })?;
        page.text(row, 0, &label, &style::total(self.style.text()))?;
        let own = |index: usize| row_col_to_cell(at.total, index as u16 + 1);
        self.figures(page, row + 1, "Monthly average", &money, |index, of| {
            Some((format!("ROUND({}/{months},{digits})", own(index)), result(of.monthly_average)))
        })?;
        let users = self.workings.users(months);
        self.figures(page, row + 2, "Per user per month", &money, |index, of| {
            let average = format!("IF(SUM({users})=0,\"{NOTHING}\",ROUND({}/SUM({users}),{digits}))", own(index));
            Some((average, of.per_user_month.map_or_else(|| NOTHING.to_string(), result)))
        })?;
        at.present_value = row + 3;
        let discount = &scenario.inputs.about(scenario.discount_rate).path;
        self.figures(page, row + 3, "Present value", &money, |index, of| {
            let (totals, months) = (self.months_of(index, Layout::TOTAL), self.months_of(index, Layout::MONTHS));
            let formula = format!("ROUND(SUMPRODUCT({totals},(1+{discount})^(-{months}/12)),{digits})");
            Some((formula, result(of.present_value)))
        })?;
        self.against_baseline(page, row + 4, at)?;
        self.paper(page, row + 7)?;
        Ok(row + 9)
    }

    fn against_baseline(&self, page: &mut Page, row: u32, at: &At) -> Result<(), XlsxError> {
        let digits = self.digits();
        let money = self.style.money();
        let other_than = |index: usize| self.comparison.baseline.filter(|&baseline| baseline != index);
        let difference = |of: u32, index: usize, result: Option<Money>| {
            let base = row_col_to_cell_absolute(of, other_than(index)? as u16 + 1);
            let formula = format!("ROUND({base}-{},{digits})", row_col_to_cell(of, index as u16 + 1));
            Some((formula, result?.0.to_string()))
        };
        let label = match self.comparison.baseline {
            Some(baseline) => format!("Saving against {}", self.comparison.alternatives[baseline].name()),
            None => "Saving: there is no baseline".to_string(),
        };
        self.figures(page, row, &label, &money, |index, of| difference(at.total, index, of.saving))?;
        self.figures(page, row + 1, "Saving in present value", &money, |index, of| {
            difference(at.present_value, index, of.saving_present_value)
        })?;
        self.figures(page, row + 2, "Payback, month", &self.style.count(), |index, of| {
            let baseline = other_than(index)?;
            let [base, own] = [baseline, index].map(|index| self.months_of(index, Layout::CUMULATIVE));
            let months = self.months_of(index, Layout::MONTHS);
            // One after the last month in which less was saved than spent.
            let since = format!("SUMPRODUCT(MAX((ROUND({base}-{own},{digits})<0)*({months}+1)))");
            let formula = format!("IF({since}>{},\"none\",{since})", self.scenario().term_months);
            let result = of.payback_month.map_or_else(|| "none".to_string(), |month| month.to_string());
            Some((formula, result))
        })
    }

    /// Paper and expected cost: sums over the lines of providers.
    fn paper(&self, page: &mut Page, row: u32) -> Result<(), XlsxError> {
        let digits = self.digits();
        let sum = |index: usize, kinds: &[&str]| {
            let layout = &self.layouts[index];
            let column = |column: u16| {
                let last = row_col_to_cell_absolute(layout.last_row(), column);
                format!("{}!{}:{last}", layout.name, row_col_to_cell_absolute(Layout::CUMULATIVE + 1, column))
            };
            let of_kind = |kind: &&str| format!("SUMIF({},\"{kind}\",{})", column(Layout::PAPER), column(Layout::TERM));
            format!("ROUND({},{digits})", kinds.iter().map(of_kind).collect::<Vec<_>>().join("+"))
        };
        let money = self.style.money();
        self.figures(page, row, "Providers: quoted price", &money, |index, of| {
            of.sums.paper.map(|paper| (sum(index, &["paper"]), paper.0.to_string()))
        })?;
        self.figures(page, row + 1, "Providers: expected cost", &money, |index, of| {
            of.sums.practice.map(|practice| (sum(index, &["paper", "practice"]), practice.0.to_string()))
        })
    }

    fn coverage(&self, page: &mut Page, row: u32, at: &mut At) -> Result<u32, XlsxError> {
        self.section(page, row, "Coverage and work done (fixed values, as evaluated)")?;
        (at.expected, at.work, at.covered_hours) = (row + 1, row + 6, row + 8);
        let share = || self.style.share();
        self.values(page, row + 1, "Expected coverage, steady state", share(), |of| of.evaluation.coverage.expected)?;
        self.values(page, row + 2, "Expected coverage, term", share(), |of| of.evaluation.coverage.expected_term)?;
        self.values(page, row + 3, "Scheduled coverage", share(), |of| of.evaluation.coverage.scheduled)?;
        self.values(page, row + 4, "On duty", share(), |of| of.evaluation.coverage.on_duty)?;
        self.words(page, row + 5, "Weakest service", |_, of| {
            let weakest = of.evaluation.coverage.weakest.map(|service| self.scenario().services[service].name.clone());
            weakest.unwrap_or_else(|| NOTHING.into())
        })?;
        self.values(page, row + 6, "Work done, steady state", share(), |of| of.work.share)?;
        self.values(page, row + 7, "Work done, term", share(), |of| of.work.share_term)?;
        let covered = |of: &Compared| Some(of.evaluation.coverage.covered_hours);
        self.values(page, row + 8, "Covered hours of the term", self.style.count(), covered)?;
        Ok(row + 9)
    }

    fn targets(&self, page: &mut Page, row: u32, at: &mut At) -> Result<u32, XlsxError> {
        let scenario = self.scenario();
        self.section(page, row, "Targets")?;
        (at.reaches_coverage, at.reaches_work, at.reaching, at.useful) = (row + 1, row + 2, row + 3, row + 4);
        at.ranked = row + 6;
        let word = self.style.word();
        let reaches = |share: u32, target| {
            let target = &scenario.inputs.about(target).path;
            move |index: usize| {
                let share = row_col_to_cell(share, index as u16 + 1);
                format!("IF(ISNUMBER({share}),IF({share}>={target}-0.000000001,\"yes\",\"no\"),\"{NOT_APPLICABLE}\")")
            }
        };
        let yes = |is: bool| if is { "yes" } else { "no" }.to_string();
        let met = |is: Option<bool>| is.map_or_else(|| NOT_APPLICABLE.to_string(), yes);
        let (coverage, work) = (reaches(at.expected, scenario.coverage_target), reaches(at.work, scenario.work_target));
        self.figures(page, row + 1, "Meets the coverage target", &word, |index, of| {
            Some((coverage(index), met(of.meets_coverage_target)))
        })?;
        self.figures(page, row + 2, "Meets the work target", &word, |index, of| {
            Some((work(index), met(of.meets_work_target)))
        })?;
        let own = |row: u32, index: usize| row_col_to_cell(row, index as u16 + 1);
        let money = self.style.money();
        let words = match scenario.budget.is_none() {
            true => "Total if both targets met",
            false => "Total if both targets met within the budget",
        };
        self.figures(page, row + 3, words, &money, |index, of| {
            let (a, b) = (own(at.reaches_coverage, index), own(at.reaches_work, index));
            let targets = format!("{a}<>\"no\",{b}<>\"no\",OR({a}=\"yes\",{b}=\"yes\")");
            let conditions = std::iter::once(targets).chain(self.within_budget(index, at)).collect::<Vec<_>>();
            let formula = format!("IF(AND({}),{},\"{NOTHING}\")", conditions.join(","), own(at.total, index));
            let result = if of.may_be_recommended() { of.sums.total.0.to_string() } else { NOTHING.to_string() };
            of.standing.price.is_ranked().then_some((formula, result))
        })?;
        let useful = self.comparison.may_be_cheapest();
        self.figures(page, row + 4, "Total if anything is covered or done", &money, |index, of| {
            useful[index].then(|| (own(at.total, index), of.sums.total.0.to_string()))
        })?;
        self.figures(page, row + 5, "Efficient", &word, |index, of| {
            let is_ranked = of.standing.price.is_ranked();
            is_ranked.then(|| (self.frontier(index, at), yes(self.comparison.frontier.contains(&index))))
        })?;
        if self.all_ranked() {
            return Ok(row + 6);
        }
        page.text(at.ranked, 0, "Price complete, and anything bought", &self.style.text())?;
        for (column, _, of) in self.columns() {
            page.text(at.ranked, column, if of.standing.price.is_ranked() { "yes" } else { "no" }, &word)?;
        }
        Ok(row + 7)
    }

    /// The conditions of the budget on an alternative, limit by limit; none without a budget.
    fn within_budget(&self, index: usize, at: &At) -> Vec<String> {
        let scenario = self.scenario();
        let (budget, layout) = (&scenario.budget, &self.layouts[index]);
        let keeps = |amount: String, limit: Input| {
            let limit = scenario.decimal(limit).normalize();
            format!("ROUND({amount},{})<={limit}", scenario.currency.digits)
        };
        let total = budget.total.map(|limit| keeps(row_col_to_cell(at.total, index as u16 + 1), limit));
        let in_term = budget.years.iter().filter(|(year, _)| *year <= u32::from(layout.years));
        let of_year = |&(year, limit): &(u32, Input)| {
            keeps(self.cell_of_sheet(index, Layout::TOTAL, layout.year(year as u16 - 1)), limit)
        };
        let monthly =
            budget.monthly.map(|limit| keeps(format!("MAX({})", self.months_of(index, Layout::TOTAL)), limit));
        total.into_iter().chain(in_term.map(of_year)).chain(monthly).collect()
    }

    /// Whether every price can be held against others.
    fn all_ranked(&self) -> bool {
        self.comparison.alternatives.iter().all(|of| of.standing.price.is_ranked())
    }

    /// Whether no other alternative has a total as low and a coverage as high with one of them better.
    fn frontier(&self, index: usize, at: &At) -> String {
        let total = row_col_to_cell(at.total, index as u16 + 1);
        let totals = self.all(at.total);
        let is_known = self.comparison.alternatives.iter().all(|of| of.evaluation.coverage.expected.is_some());
        let among = match self.all_ranked() {
            true => String::new(),
            false => format!("({}=\"yes\")*", self.all(at.ranked)),
        };
        if !is_known {
            return format!("IF(SUMPRODUCT({among}({totals}<{total})*1)=0,\"yes\",\"no\")");
        }
        let covered = row_col_to_cell(at.expected, index as u16 + 1);
        let all = self.all(at.expected);
        let as_good = format!("({totals}<={total})*({all}>={covered}-0.000000001)");
        let better = format!("((({totals}<{total})+({all}>{covered}+0.000000001))>0)");
        format!("IF(SUMPRODUCT({among}{as_good}*{better})=0,\"yes\",\"no\")")
    }

    fn per_covered_hour(&self, page: &mut Page, row: u32, at: &At) -> Result<(), XlsxError> {
        self.figures(page, row, "Cost per covered hour", &self.style.money(), |index, of| {
            let [total, hours] = [at.total, at.covered_hours].map(|row| row_col_to_cell(row, index as u16 + 1));
            let formula = format!("ROUND({total}/{hours},{})", self.digits());
            of.cost_per_covered_hour.map(|cost| (formula, cost.0.to_string()))
        })
    }

    /// Totals by category; returns the row of each.
    fn categories(&self, page: &mut Page, row: u32) -> Result<Vec<(Category, u32)>, XlsxError> {
        self.section(page, row, "Cost by category over the term")?;
        let shown: Vec<(Category, u32)> = self.categories_shown().zip(row + 1..).collect();
        for &(category, at) in &shown {
            self.figures(page, at, &style::headed(category.name()), &self.style.money(), |index, of| {
                let own = self.layouts[index].category_at.iter().find(|(other, _)| *other == category)?;
                let cell = self.cell_of_sheet(index, own.1, Layout::TERM);
                Some((cell, of.sums.category(category).0.to_string()))
            })?;
        }
        Ok(shown)
    }

    fn categories_shown(&self) -> impl Iterator<Item = Category> {
        let has = |category: &Category| {
            self.layouts.iter().any(|layout| layout.category_at.iter().any(|(other, _)| other == category))
        };
        Category::ALL.into_iter().filter(has)
    }

    /// Who is recommended, who is cheapest, and whether the inputs are what they may be.
    fn answer(&self, page: &mut Page, at: &At) -> Result<(), XlsxError> {
        let comparison = self.comparison;
        let names = self.all(NAMES);
        let lowest = |row: u32| {
            let all = self.all(row);
            format!("INDEX({names},MATCH(MIN({all}),{all},0))")
        };
        let name = |index: usize| comparison.alternatives[index].name();
        let complete = if self.all_ranked() { "" } else { " with a complete price" };
        let none = format!("None: no alternative{complete} meets {}.", the_targets(comparison.scenario));
        // Coverage is a value, so this one is whatever the targets are set to.
        let (otherwise, said) = match comparison.closest_to_any_targets() {
            None => (format!("\"{NO_TARGETS}\""), NO_TARGETS.to_string()),
            Some(index) => {
                let cell = row_col_to_cell_absolute(NAMES, index as u16 + 1);
                (
                    format!("\"{none} Highest coverage: \"&{cell}&\".\""),
                    format!("{none} Highest coverage: {}.", name(index)),
                )
            }
        };
        let recommended = format!(
            "IF(SUMPRODUCT(--ISERROR({}))>0,NA(),IF(COUNT({})=0,{otherwise},{}))",
            self.all(at.total),
            self.all(at.reaching),
            lowest(at.reaching)
        );
        let now = comparison.recommended.map_or(said, |index| name(index).to_string());
        let strong = self.style.text().set_bold().set_font_size(12);
        let label = format!("Recommended: cheapest that meets {}", the_targets(comparison.scenario));
        page.text(3, 0, &label, &self.style.text())?;
        page.formula(3, 1, &recommended, now, &strong)?;
        page.text(4, 0, "Cheapest", &self.style.text())?;
        let strong_text = self.style.text().set_bold();
        match comparison.cheapest {
            Some(cheapest) => page.formula(4, 1, &lowest(at.useful), name(cheapest), &strong_text)?,
            None => page.text(4, 1, NONE_COMPLETE, &strong_text)?,
        }
        page.text(5, 0, "Inputs", &self.style.text())?;
        page.formula(5, 1, inputs::STATUS, inputs::FINE, &self.style.text())
    }

    fn finish(&self, mut page: Page, last: u32) -> Result<Worksheet, XlsxError> {
        page.sheet.set_column_width(0, 42)?;
        let width = self.last_column().max(charts::COLUMNS);
        for column in 1..=width {
            page.sheet.set_column_width(column, 17)?;
        }
        page.sheet.set_freeze_panes(NAMES + 1, 1)?;
        page.sheet.set_print_area(0, 0, last + 3 + charts::ROWS, width)?.set_print_fit_to_pages(1, 0);
        page.sheet.set_page_breaks(&[last + 2])?;
        Ok(page.sheet)
    }
}

//! A line of the ledger, and the sums over lines.

use super::charge::BlockAccount;
use super::source::LineSource;
use crate::scenario::Scenario;
use comanage_expr::number::Number;

/// Decimal places of a quantity of hours on a line.
const HOUR_DIGITS: u32 = 4;

/// The lines of an alternative, by month.
#[derive(Clone, Debug)]
pub struct Ledger<N> {
    /// The lines, by month and then in the order in which they are made.
    pub lines: Vec<Line<N>>,
    /// The outcome of hours bought in blocks, by engagement.
    pub blocks: Vec<Option<BlockAccount<N>>>,
}

/// A quantity at a unit price in a month.
#[derive(Clone, Debug)]
pub struct Line<N> {
    /// Month of the term; 0 is signature.
    pub month: u32,
    /// What it is part of.
    pub category: Category,
    /// What made it.
    pub source: LineSource,
    /// How many.
    pub quantity: N,
    /// Of what.
    pub unit: Unit,
    /// What one costs.
    pub unit_price: N,
    /// The product, rounded to the minor unit.
    pub amount: N,
    /// Whether the quoted price holds it.
    pub on_paper: bool,
    /// When it is in the ledger.
    pub stands: KeepIf,
}

/// When a line is in the ledger. Lines that come to nothing are kept until everything is
/// computed, so that what is computed does not depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepIf {
    /// In any case.
    Always,
    /// If there is some of it.
    IfQuantity,
    /// If it costs something.
    IfPrice,
}

impl<N: Number> Ledger<N> {
    /// The ledger without the lines that came to nothing.
    pub fn without_empty_lines(mut self) -> Self {
        let is_nothing = |number: N| number.exact().0.is_some_and(|value| value.is_zero());
        self.lines.retain(|line| match line.stands {
            KeepIf::Always => true,
            KeepIf::IfQuantity => !is_nothing(line.quantity),
            KeepIf::IfPrice => !is_nothing(line.unit_price),
        });
        self
    }
}

/// Categories of cost, in the order of print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Pay.
    Salaries,
    /// The employer's taxes on pay.
    PayrollTaxes,
    /// Health, pension and the like.
    Benefits,
    /// Bonuses.
    Bonus,
    /// Training.
    Training,
    /// Software for the person.
    Software,
    /// Desk, phone, management.
    Overhead,
    /// Once a hire.
    Equipment,
    /// Once a hire.
    Recruiting,
    /// Finding the next one, spread over the years.
    Turnover,
    /// Pay for being reachable.
    OnCall,
    /// When a team is replaced.
    Severance,
    /// Tools.
    Tools,
    /// Fixed charges of providers.
    ProviderRecurring,
    /// Hours of providers.
    ProviderHours,
    /// Onboarding and the like.
    ProviderOneTime,
    /// Work that no one covers, by the hour.
    OutOfScope,
    /// Tax on providers' invoices.
    ProviderTax,
    /// Anything else.
    Other,
}

impl Category {
    /// Every category, in the order of print.
    pub const ALL: [Self; 19] = [
        Self::Salaries,
        Self::PayrollTaxes,
        Self::Benefits,
        Self::Bonus,
        Self::Training,
        Self::Software,
        Self::Overhead,
        Self::Equipment,
        Self::Recruiting,
        Self::Turnover,
        Self::OnCall,
        Self::Severance,
        Self::Tools,
        Self::ProviderRecurring,
        Self::ProviderHours,
        Self::ProviderOneTime,
        Self::OutOfScope,
        Self::ProviderTax,
        Self::Other,
    ];

    /// Its name in print and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salaries => "salaries",
            Self::PayrollTaxes => "payroll taxes",
            Self::Benefits => "benefits",
            Self::Bonus => "bonus",
            Self::Training => "training",
            Self::Software => "software",
            Self::Overhead => "overhead",
            Self::Equipment => "equipment",
            Self::Recruiting => "recruiting",
            Self::Turnover => "turnover",
            Self::OnCall => "on-call",
            Self::Severance => "severance",
            Self::Tools => "tools",
            Self::ProviderRecurring => "provider recurring",
            Self::ProviderHours => "provider hours",
            Self::ProviderOneTime => "provider one-time",
            Self::OutOfScope => "out of scope",
            Self::ProviderTax => "provider tax",
            Self::Other => "other",
        }
    }

    /// Whether a provider's invoice holds it.
    pub fn is_provider(self) -> bool {
        matches!(
            self,
            Self::ProviderRecurring
                | Self::ProviderHours
                | Self::ProviderOneTime
                | Self::OutOfScope
                | Self::ProviderTax
        )
    }
}

/// What a quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A month of something.
    Month,
    /// Users.
    User,
    /// Devices.
    Device,
    /// Sites.
    Site,
    /// Another counted thing.
    Thing,
    /// Tickets.
    Ticket,
    /// Hours of work.
    Hour,
    /// Blocks of hours.
    Block,
    /// Bundles of units.
    Bundle,
    /// A tier at one price.
    Tier,
    /// Months of recurring lines, for an onboarding fee.
    RecurringMonth,
    /// Once.
    Once,
    /// Money that a tax is taken from.
    Money,
}

impl Unit {
    /// Its name in print and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::User => "user",
            Self::Device => "device",
            Self::Site => "site",
            Self::Thing => "unit",
            Self::Ticket => "ticket",
            Self::Hour => "hour",
            Self::Block => "block",
            Self::Bundle => "bundle",
            Self::Tier => "tier",
            Self::RecurringMonth => "recurring month",
            Self::Once => "once",
            Self::Money => "money",
        }
    }
}

impl<N: Number> Line<N> {
    /// A line of the house: its amount is the product, rounded to the minor unit.
    pub fn new(
        scenario: &Scenario,
        month: u32,
        category: Category,
        source: LineSource,
        (quantity, unit): (N, Unit),
        unit_price: N,
    ) -> Self {
        let amount = (quantity * unit_price).round(scenario.currency.digits);
        Self { month, category, source, quantity, unit, unit_price, amount, on_paper: true, stands: KeepIf::Always }
    }

    /// A line of work, which is carried in minutes: `cents(minutes * price / 60)`; its quantity is in hours, to
    /// 0.0001.
    pub fn of_minutes(
        scenario: &Scenario,
        month: u32,
        category: Category,
        source: LineSource,
        minutes: N,
        rate: N,
    ) -> Self {
        let sixty = N::whole(60);
        let quantity = (minutes / sixty).round(HOUR_DIGITS);
        let amount = (minutes * rate / sixty).round(scenario.currency.digits);
        Self { amount, ..Self::new(scenario, month, category, source, (quantity, Unit::Hour), rate) }
    }

    /// An amount that is already rounded, for a month or once.
    pub fn amount(month: u32, category: Category, source: LineSource, unit: Unit, amount: N) -> Self {
        Self {
            month,
            category,
            source,
            quantity: N::one(),
            unit,
            unit_price: amount,
            amount,
            on_paper: true,
            stands: KeepIf::Always,
        }
    }

    /// The same line in another month.
    pub fn in_month(&self, month: u32) -> Self {
        Self { month, ..self.clone() }
    }
}

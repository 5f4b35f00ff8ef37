//! Which inputs may be changed, and between which values.

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::{ToNegativeInfinity, ToPositiveInfinity};

use comanage_expr::tape::LaneInput;
use comanage_expr::trace::record;
use comanage_format::load::Template;
use comanage_format::load::path::{Step, parse};
use comanage_model::money::{Currency, Money};
use comanage_model::scenario::{Input, InputInfo, Kind, Origin, Scenario};
use comanage_model::totals;

/// An input that may be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// The input.
    pub input: Input,
    /// Its path, as `--set` takes it.
    pub path: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// Its decimal places: the values below are whole numbers of the last of them.
    pub digits: u32,
    /// The minimum.
    pub min: i128,
    /// The maximum.
    pub max: i128,
    /// How far one step goes; the ends and the value of the scenario are whole steps apart.
    pub step: i128,
    /// The value of the scenario.
    pub value: i128,
}

/// How many there are at most.
const MAX: usize = 10;
/// Of how many inputs it is tried what they move.
const MAX_TRIED: usize = 120;

/// What an input is to a reader, in the order in which sliders stand, and how many of each there are before the rest
/// is filled up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Range,
    Users,
    Salary,
    Heads,
    Rate,
    Rise,
    Other,
}

impl Class {
    fn of(about: &InputInfo) -> Option<Self> {
        let steps = parse(&about.path)?;
        let names: Vec<&str> = steps.iter().filter_map(Step::name).collect();
        let last = *names.last()?;
        Some(match names[0] {
            _ if about.range.is_some() => Self::Range,
            "organization" if names.get(1) == Some(&"users") => Self::Users,
            _ if last == "salary" => Self::Salary,
            _ if last == "headcount" => Self::Heads,
            _ if ["raise", "uplift"].contains(&last) || names.contains(&"uplift") || names.contains(&"growth") => {
                Self::Rise
            }
            "offers" if about.kind == Kind::Money => Self::Rate,
            _ => Self::Other,
        })
    }

    fn max(self) -> usize {
        match self {
            Self::Range => 6,
            Self::Users => 1,
            Self::Salary | Self::Heads | Self::Rate | Self::Rise => 2,
            Self::Other => 0,
        }
    }
}

impl Slider {
    /// A whole number of the last decimal place as a value.
    pub fn decimal(&self, units: i128) -> Decimal {
        Decimal::try_from_i128_with_scale(units, self.digits).unwrap_or_default()
    }

    /// The input as programs take it.
    pub fn lane(&self) -> LaneInput {
        LaneInput { input: self.input, digits: self.digits, min: self.min, max: self.max }
    }

    /// The values that whole steps reach.
    pub fn steps(&self) -> impl Iterator<Item = i128> + Clone + use<> {
        let Self { min, max, step, .. } = *self;
        (0..=(max - min) / step).map(move |number| min + number * step)
    }

    /// The value a part of the way from end to end.
    pub fn at(&self, part: i128, of: i128) -> i128 {
        self.min + (self.max - self.min) * part / of
    }

    fn new(input: Input, value: Decimal, about: &InputInfo, currency: Currency) -> Option<Self> {
        let value = value.normalize();
        let (low, high) = ends(value, about)?;
        let own = about.range.as_ref().map_or(value.scale(), |range| range.digits_written().max(value.scale()));
        let digits = own.max(shown_digits(about.kind, currency));
        let units = |value: Decimal| value.checked_mul(Decimal::from(10_i64.checked_pow(digits)?)).and_then(whole);
        let low = about.min.map_or(low, |min| low.max(min)).round_dp_with_strategy(digits, ToPositiveInfinity);
        let high = about.max.map_or(high, |max| high.min(max)).round_dp_with_strategy(digits, ToNegativeInfinity);
        let (low, high, value) = (units(low)?, units(high)?, units(value)?);
        let slider =
            Self { input, path: about.path.clone(), kind: about.kind, digits, min: low, max: high, step: 1, value };
        let is_within = low <= value && value <= high && low < high;
        let is_exact = about.range.is_some();
        is_within.then(|| if is_exact { slider.with_exact_ends() } else { slider.with_round_ends() })
    }

    /// The largest round step that meets both ends and the value.
    fn with_exact_ends(self) -> Self {
        let Self { min, max, value, .. } = self;
        let meets = |step: &i128| (value - min) % step == 0 && (max - value) % step == 0;
        let step = round_steps((max - min) / 20).into_iter().rev().find(meets).unwrap_or(1);
        Self { step, ..self }
    }

    /// A round step, and the ends that are whole steps from the value.
    fn with_round_ends(self) -> Self {
        let Self { min, max, value, .. } = self;
        let of_kind = match self.kind {
            Kind::Number => 5 * 10_i128.pow(self.digits.saturating_sub(1)),
            Kind::Money | Kind::Share | Kind::Count | Kind::Months => 1,
        };
        let round = round_steps((max - min) / 20).last().copied().unwrap_or(1);
        let step = if (max - min) / of_kind <= 20 { of_kind } else { round };
        Self { min: value - (value - min) / step * step, max: value + (max - value) / step * step, step, ..self }
    }
}

/// 1, 2, 5, 10, 20 and so on up to a maximum, at least 1.
fn round_steps(max: i128) -> Vec<i128> {
    let powers = std::iter::successors(Some(1_i128), |power| power.checked_mul(10));
    let steps = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    let mut steps: Vec<i128> = steps.take_while(|&step| step <= max).collect();
    if steps.is_empty() {
        steps.push(1);
    }
    steps
}

/// The decimal places that a reader may write at least.
fn shown_digits(kind: Kind, currency: Currency) -> u32 {
    match kind {
        Kind::Money => currency.digits,
        Kind::Share => 4,
        Kind::Number => 1,
        Kind::Count | Kind::Months => 0,
    }
}

/// Between which values an input may be changed: its range, else half to double a count, none to double of people and
/// rises, half to half as much again of the rest.
fn ends(value: Decimal, about: &InputInfo) -> Option<(Decimal, Decimal)> {
    if let Some(range) = &about.range {
        return Some((range.low.min(value), range.high.max(value)));
    }
    let (half, two) = (Decimal::new(5, 1), Decimal::TWO);
    let times = |factor: Decimal| value.checked_mul(factor);
    match Class::of(about)? {
        Class::Heads => Some((Decimal::ZERO, times(two)?.max(value.checked_add(two)?))),
        Class::Rise => Some((Decimal::ZERO, times(two)?.max(Decimal::new(5, 2)))),
        Class::Users => Some((times(half)?, times(two)?)),
        _ => Some((times(half)?, times(Decimal::new(15, 1))?)),
    }
}

fn whole(value: Decimal) -> Option<i128> {
    let value = value.normalize();
    (value.scale() == 0).then(|| value.mantissa())
}

/// A candidate: its class, how much it moves a total, and itself.
struct Candidate {
    class: Class,
    effect: Decimal,
    slider: Slider,
}

/// Chooses the inputs that matter most: of ranges, users, salaries, people, prices and rises those that move a total
/// most, then whatever else does. Together they keep every rule between the numbers of a scenario.
pub fn choose(template: &Template, scenario: &Scenario) -> Vec<Slider> {
    let candidates = candidates(template, scenario);
    let (mut chosen, mut others): (Vec<Candidate>, Vec<Candidate>) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let own = chosen.iter().filter(|other| other.class == candidate.class).count();
        if own < candidate.class.max() { &mut chosen } else { &mut others }.push(candidate);
    }
    others.sort_by_key(|of| std::cmp::Reverse(of.effect));
    chosen.extend(others);
    chosen.truncate(MAX);
    chosen.sort_by(|a, b| a.class.cmp(&b.class).then(b.effect.cmp(&a.effect)));
    let mut sliders: Vec<Slider> = chosen.into_iter().map(|of| of.slider).collect();
    while let Some(broken) = breaks_rules(template, scenario, &sliders) {
        sliders.remove(broken);
    }
    sliders
}

/// The inputs that a file states and that move a total, by class and then by how much they do.
fn candidates(template: &Template, scenario: &Scenario) -> Vec<Candidate> {
    let may_be_set = |input: Input, about: &InputInfo| {
        let is_written = matches!(about.origin, Origin::Written(_) | Origin::Pack { .. });
        is_written && is_plain(&about.path) && about.kind != Kind::Months && template.input(&about.path) == Some(input)
    };
    let inputs = scenario.inputs.iter().filter(|(input, _, about)| may_be_set(*input, about));
    let slider = |(input, value, about): (Input, Decimal, &InputInfo)| {
        Some((Class::of(about)?, Slider::new(input, value, about, scenario.currency)?))
    };
    let mut sliders: Vec<(Class, Slider)> = inputs.filter_map(slider).collect();
    sliders.sort_by_key(|(class, _)| *class);
    sliders.truncate(MAX_TRIED);
    let candidate = |(class, slider): (Class, Slider)| {
        let effect = effect(scenario, &slider).filter(|effect| !effect.is_zero())?;
        Some(Candidate { class, effect, slider })
    };
    let mut candidates: Vec<Candidate> = sliders.into_par_iter().filter_map(candidate).collect();
    candidates.sort_by(|a, b| a.class.cmp(&b.class).then(b.effect.cmp(&a.effect)));
    candidates
}

/// Whether a path can be shown and copied as it is: it has letters, digits and the signs of a keyboard alone.
fn is_plain(path: &str) -> bool {
    path.chars().all(|letter| letter.is_alphanumeric() || letter == ' ' || letter.is_ascii_graphic())
}

/// How far apart the totals of an alternative lie at the ends of a slider, of the one that it moves most; none where
/// the scenario has no figures there.
fn effect(scenario: &Scenario, slider: &Slider) -> Option<Decimal> {
    let at = |units: i128| {
        let mut scenario = scenario.clone();
        scenario.inputs.set(slider.input, slider.decimal(units));
        totals::totals(&scenario).ok()
    };
    let apart = |(low, high): (Money, Money)| (high - low).abs().0;
    at(slider.min)?.into_iter().zip(at(slider.max)?).map(apart).max()
}

/// A slider that makes the scenario break a rule between numbers. Rules are inequalities, so what is allowed at the
/// ends is allowed in between.
fn breaks_rules(template: &Template, scenario: &Scenario, sliders: &[Slider]) -> Option<usize> {
    let mut inputs = scenario.inputs.clone();
    let mut looked_at: Vec<usize> = Vec::new();
    let mut corner = 0_u64;
    // Corners differ in what rules look at only; that can grow on the way.
    while corner < 1_u64.checked_shl(looked_at.len() as u32)? {
        for (bit, &at) in looked_at.iter().enumerate() {
            let of: &Slider = &sliders[at];
            inputs.set(of.input, of.decimal(if corner >> bit & 1 == 0 { of.min } else { of.max }));
        }
        let (keeps, read) = record(|| template.check(&inputs).is_ok());
        let read = read.inputs_read();
        let is_read = |at: &usize| read.get(sliders[*at].input.0 as usize).copied().unwrap_or(false);
        let more: Vec<usize> = (0..sliders.len()).filter(|at| is_read(at) && !looked_at.contains(at)).collect();
        if !more.is_empty() {
            looked_at.extend(more);
            corner = 0;
            continue;
        }
        if !keeps {
            return looked_at.last().copied().or(sliders.len().checked_sub(1));
        }
        corner += 1;
    }
    None
}

//! Expected coverage: which required hours, who counts in them, and with which chance.

use std::fmt::Write;

use super::figure::{months, number, share};
use super::steps::{Steps, origin, written_value};
use comanage_expr::trace::{Traced, record};
use comanage_model::availability;
use comanage_model::coverage::{
    Attendance, Coverage, Group, Source, Stretch, cover, months_judged, sources, stretches,
};
use comanage_model::scenario::{Alternative, Cover, Duty, Input, Mode, Role, Scenario};
use comanage_model::staffing::{Staffing, Who};
use comanage_model::week::duration;

/// The coverage of an alternative, of one service or of all.
pub(super) fn told(scenario: &Scenario, alternative: &Alternative, service: Option<usize>) -> String {
    let attendance = Attendance::new(scenario);
    let staffing = Staffing::new(scenario, alternative);
    let of = Explained { coverage: cover(&staffing, &attendance), staffing: &staffing, attendance: &attendance };
    let mut out = if service.is_none() { of.mean() } else { String::new() };
    let services: Vec<usize> = service.map_or_else(|| (0..scenario.services.len()).collect(), |service| vec![service]);
    services.iter().for_each(|&service| of.service(service, &mut out));
    of.people(&services, &mut out);
    out
}

struct Explained<'a> {
    staffing: &'a Staffing<'a>,
    attendance: &'a Attendance,
    coverage: Coverage,
}

impl Explained<'_> {
    fn scenario(&self) -> &Scenario {
        self.staffing.scenario
    }

    /// The mean over services.
    fn mean(&self) -> String {
        let scenario = self.scenario();
        let name = &self.staffing.alternative.name;
        let Some(expected) = self.coverage.expected else {
            return format!("expected coverage of {name}: n/a, no hours are required\n");
        };
        let judged = scenario.judged_months();
        let span = months(*judged.start(), *judged.end());
        let mut out = format!("expected coverage of {name}, {span}: {}\n", share(expected));
        out.push_str("  mean of the services by required hours x weight x months in which each is required\n");
        for (index, (service, of)) in scenario.services.iter().zip(&self.coverage.services).enumerate() {
            let Some(expected) = of.expected else { continue };
            let hours = number(f64::from(service.hours.minutes()) / 60.0, 4);
            let required = months_judged(scenario, index).len();
            let weight = number(scenario.f64(service.weight), 6);
            let weighs = format!("{hours} h/week x {weight} x {required} months");
            let _ = writeln!(out, "  {}: {} x {weighs}", service.name, share(expected));
        }
        out
    }

    /// A service: its months, and the hours of the last one by who counts in them.
    fn service(&self, index: usize, out: &mut String) {
        let scenario = self.scenario();
        let (service, of) = (&scenario.services[index], &self.coverage.services[index]);
        let judged = months_judged(scenario, index);
        let (Some(expected), Some(&last)) = (of.expected, judged.last()) else {
            let _ = writeln!(out, "{}: n/a, no hours are required", service.name);
            return;
        };
        let hours = number(f64::from(service.hours.minutes()) / 60.0, 4);
        let _ = writeln!(out, "{}: {} of {hours} required hours/week", service.name, share(expected));
        if let Some(minutes) = service.respond_within {
            let _ = writeln!(out, "  anyone who answers within {} counts", duration(minutes));
        }
        let runs = judged.chunk_by(|&a, &b| of.by_month[a as usize - 1] == of.by_month[b as usize - 1]);
        for run in runs {
            let (Some(first), Some(end)) = (run.first(), run.last()) else { continue };
            let _ = writeln!(out, "  {}: {}", months(*first, *end), share(of.by_month[*first as usize - 1]));
        }
        let sources = sources(self.staffing, index, self.attendance);
        let stretches = stretches(self.staffing, index, &sources, last);
        let holidays =
            if service.open_on_holidays { "; people with fixed hours are off on public holidays" } else { "" };
        let _ = writeln!(out, "  in month {last}, everyone independent of the others{holidays}:");
        stretches.iter().for_each(|stretch| self.stretch(stretch, &sources, last, out));
        self.uncounted(index, &sources, &stretches, out);
    }

    fn stretch(&self, of: &Stretch, sources: &[Source], month: u32, out: &mut String) {
        let hours = number(f64::from(of.hours.minutes()) / 60.0, 4);
        let people = if of.people == 1 { "1 person".to_string() } else { format!("{} people", of.people) };
        let _ = writeln!(out, "    {} ({hours} h), {people} required: {}", of.hours.words(), share(of.chance));
        let on_call = of.on_call.iter().filter(|index| !of.there.contains(index));
        let there = of.there.iter().map(|&index| (index, false)).chain(on_call.map(|&index| (index, true)));
        let mut is_anyone = false;
        for (index, is_on_call) in there.filter(|(index, _)| sources[*index].live(month) > 0.0) {
            is_anyone = true;
            let source = &sources[index];
            let who = self.staffing.name_of(source.who);
            let live = source.live(month);
            let live = if live < 1.0 { format!(", {} taken over", share(live)) } else { String::new() };
            let _ = writeln!(out, "      {who}: {}{live}", presence(source, is_on_call));
        }
        if !is_anyone {
            out.push_str("      no one\n");
        }
    }

    /// Who holds the service, or covers it, and counts in none of its hours.
    fn uncounted(&self, service: usize, sources: &[Source], stretches: &[Stretch], out: &mut String) {
        let counts = |index: &usize| {
            stretches.iter().any(|stretch| stretch.there.contains(index) || stretch.on_call.contains(index))
        };
        for source in (0..sources.len()).filter(|index| !counts(index)).map(|index| &sources[index]) {
            let wanted = self.scenario().services[service].respond_within;
            let on_call = source.on_call.as_ref().map(|on_call| on_call.response);
            let why = match (on_call.unwrap_or(source.response), wanted) {
                (None, Some(_)) => "no response time is stated".to_string(),
                (Some(promised), Some(wanted)) if promised > wanted => {
                    format!("it answers within {}, which is too slow", duration(promised))
                }
                _ => "not in these hours".to_string(),
            };
            let _ = writeln!(out, "    does not count: {}: {why}", self.staffing.name_of(source.who));
        }
        for (index, engaged) in self.staffing.engagements.iter().enumerate() {
            if engaged.offer.cover(service).is_some_and(|cover| cover.mode == Mode::BestEffort) {
                let who = self.staffing.name_of(Who::Provider(index));
                let _ = writeln!(out, "    does not count: {who}: best effort, without an obligation to respond");
            }
        }
    }

    /// What the chances of people and providers come from.
    fn people(&self, services: &[usize], out: &mut String) {
        for position in &self.staffing.positions {
            if services.iter().any(|service| position.role.services.contains(service)) {
                self.role(position.role, out);
            }
        }
        for engaged in &self.staffing.engagements {
            let covers = services.iter().filter_map(|&service| engaged.offer.cover(service));
            let counts = |cover: &&Cover| cover.mode != Mode::BestEffort && !engaged.offer.is_staff_augmentation();
            let mut shares: Vec<Input> = covers.filter(counts).map(|cover| cover.availability).collect();
            shares.dedup();
            for share in shares {
                let path = &self.scenario().inputs.about(share).path;
                let value = written_value(self.scenario(), share);
                let _ = writeln!(out, "{path} = {value}{}", origin(self.scenario(), share));
            }
            if let Some(terms) = engaged.offer.contractors().filter(|_| engaged.offer.is_staff_augmentation()) {
                let _ = writeln!(
                    out,
                    "{}: {} people on duty",
                    engaged.offer.name,
                    written_value(self.scenario(), terms.headcount)
                );
                self.steps(out, || {
                    availability::presence_on_workdays::<Traced>(self.scenario(), &self.scenario().employment)
                });
            }
        }
    }

    fn role(&self, role: &Role, out: &mut String) {
        let scenario = self.scenario();
        let headcount = written_value(scenario, role.headcount);
        match &role.duty {
            Duty::Hours(_) => {
                let _ = writeln!(out, "{} ({headcount}): chance that one is there on a working day", role.name);
                self.steps(out, || availability::fixed_presence(scenario, &role.employment));
                self.holidays(role, out);
            }
            Duty::Rota(rota) => {
                let _ = writeln!(out, "{} ({headcount}): people there at any minute of the rota", role.name);
                self.steps(out, || availability::people_of_rota(scenario, role.headcount, &role.employment, rota));
            }
        }
        if role.on_call.is_some() {
            let _ = writeln!(out, "{} ({headcount}): chance that one is available on call", role.name);
            self.steps(out, || availability::on_call_presence(scenario, &role.employment));
        }
    }

    fn holidays(&self, role: &Role, out: &mut String) {
        let is_open = |service: &usize| self.scenario().services[*service].open_on_holidays;
        if role.services.iter().any(is_open) {
            let _ =
                writeln!(out, "{}: share of the days that are holidays, without people with fixed hours", role.name);
            self.steps(out, || availability::holiday_share(self.scenario(), &role.employment));
        }
    }

    fn steps(&self, out: &mut String, of: impl FnOnce() -> Traced) {
        let (number, record) = record(of);
        Steps { scenario: self.scenario(), record: &record, invoiced: None }.tell(number, out);
    }
}

/// Who is there of a source, and with which chance.
fn presence(source: &Source, is_on_call: bool) -> String {
    let response = |minutes: Option<u32>| {
        minutes.map_or_else(String::new, |minutes| format!(", answers within {}", duration(minutes)))
    };
    if let (Some(on_call), Some(turns), true) = (&source.on_call, source.presence.turns, is_on_call) {
        return format!(
            "on call, {} of {} in turn, each available with {}{}",
            turns.people,
            turns.heads(),
            share(turns.each),
            response(on_call.response)
        );
    }
    match source.presence.group {
        Group::Fixed(fixed) => {
            let part = if fixed.part > 0.0 {
                format!(", a part-time person with {}", share(fixed.part))
            } else {
                String::new()
            };
            let whole = match fixed.whole {
                0 => String::new(),
                1 => format!("1 person with {}", share(fixed.each)),
                many => format!("{many} people, each with {}", share(fixed.each)),
            };
            format!("on duty, {}", format!("{whole}{part}").trim_start_matches(", "))
        }
        Group::Rota(rota) => {
            format!("rota, {} there for certain, one more with {}", rota.certain, share(rota.one_more))
        }
        Group::Provider(provider) => {
            let duty = if source.is_on_duty { "on duty" } else { "on call" };
            let people =
                provider.people.map_or_else(|| "as many as required".to_string(), |people| format!("{people} at once"));
            format!("{duty}, {people}, with {}{}", share(provider.availability), response(source.response))
        }
    }
}

//! Who is employed, and what that costs.

use super::{Writer, names, quoted};

/// Hours that one person may be on duty in.
const SHIFTS: [&str; 7] = [
    "mon-fri 08:00-17:00",
    "mon-fri 09:00-17:30",
    "mon-fri 14:00-22:00",
    "tue-sat 07:30-15:30",
    "sat-sun 08:00-20:00",
    "mon-thu 22:00-08:00",
    "mon,wed,fri 08:00-12:30",
];
const ROTAS: [&str; 5] =
    ["24x7", "mon-sun 06:00-22:00", "mon-fri 17:00-08:00", "sat-sun 00:00-24:00", "fri-mon 22:00-06:00"];

/// Writes `[employment]`, the team and the hires.
pub fn write(writer: &mut Writer) {
    writer.line("[employment]");
    for index in 0..KEYS {
        if writer.dice.chance(55) {
            employment(writer, index);
        }
    }
    writer.annotations();
    for role in writer.team.clone() {
        writer.line("[[team]]");
        person(writer, "team", role);
        if writer.dice.chance(20) {
            writer.maybe(80, "from_month", |w| w.months(1, 5));
            writer.maybe(50, "until_month", |w| w.months(8, 30));
        }
    }
    for (role, is_optional) in writer.hires.clone() {
        writer.line("[[hire]]");
        person(writer, "hire", role);
        writer.maybe(60, "months_to_fill", |w| w.months(0, 7));
        writer.maybe(50, "ramp_months", |w| w.months(0, 4));
        writer.maybe(50, "qualified_after", |w| w.months(0, 3));
        writer.maybe(10, "until_month", |w| w.months(20, 60));
        if is_optional {
            writer.line("optional = true");
        }
    }
}

fn person(writer: &mut Writer, list: &str, role: &'static str) {
    let services = writer.services.clone();
    let services = names(&writer.dice.some(&services, 1, 4));
    let salary = writer.money(30_000, 190_000);
    let salary =
        if role.contains('"') { salary } else { writer.at(format!("{list}.{}.salary", spelled(role)), salary) };
    writer.line(format!("role = \"{role}\"\nservices = {services}\nsalary = {salary}"));
    if writer.dice.chance(25) {
        let headcount = writer.dice.one(&["1", "2", "3.5", "5", "6.25"]);
        let hours = writer.dice.one(&ROTAS);
        let rota = match writer.dice.below(4) {
            0 => {
                let handover = writer.dice.one(&["", ", handover_minutes = 15", ", handover_minutes = 30"]);
                let shift = writer.dice.one(&["6", "8", "10", "12"]);
                format!("{{ hours = \"{hours}\", shift_hours = {shift}{handover} }}")
            }
            _ => quoted(hours),
        };
        writer.line(format!("headcount = {headcount}\nrota = {rota}"));
    } else {
        let headcount = writer.dice.one(&["1", "1", "0.5", "2", "1.5", "0.75", "{ low = 1, likely = 1.5, high = 3 }"]);
        let headcount = if headcount.starts_with('{') { writer.number(1, 3) } else { headcount.into() };
        let hours = writer.dice.one(&SHIFTS);
        writer.line(format!("headcount = {headcount}\nhours = \"{hours}\""));
    }
    if writer.dice.chance(30) {
        on_call(writer);
    }
    for (index, name) in NAMES.iter().enumerate().take(KEYS) {
        // What a hire says of its months is written above.
        if !["months_to_fill", "ramp_months"].contains(name) && writer.dice.chance(6) {
            employment(writer, index);
        }
    }
    writer.annotations();
}

/// Being on call: hours alone, or a table of them.
fn on_call(writer: &mut Writer) {
    if writer.dice.chance(30) {
        let (hours, pay) = (writer.hours(), writer.money(0, 500));
        writer.line(format!("on_call = {hours}\non_call_pay = {pay}"));
        return;
    }
    let mut keys = vec![format!("hours = {}", writer.hours())];
    if writer.dice.chance(80) {
        keys.push(format!("response = {}", quoted(writer.dice.one(&["10m", "30m", "2h"]))));
    }
    if writer.dice.chance(40) {
        keys.push(format!("people = {}", writer.count(1, 3)));
    }
    if writer.dice.chance(50) {
        keys.push(format!("pay_per_week = {}", writer.money(0, 500)));
    }
    if writer.dice.chance(50) {
        let (calls, minutes, pay) = (writer.number(0, 20), writer.number(5, 90), writer.money(0, 120));
        let lieu = writer.share(0, 150);
        keys.push(format!("calls_per_month = {calls}, minutes_per_call = {minutes}"));
        keys.push(format!("pay_per_call = {pay}, time_off_in_lieu = {lieu}"));
    }
    writer.line(format!("on_call = {{ {} }}", keys.join(", ")));
}

/// A role in a path: quoted if it holds a dot or a space.
pub fn spelled(role: &str) -> String {
    if role.contains(['.', ' ']) { format!("\"{role}\"") } else { role.to_string() }
}

const KEYS: usize = NAMES.len();
const NAMES: [&str; 23] = [
    "payroll_taxes",
    "bonus",
    "benefits",
    "benefits_per_person",
    "benefits_on",
    "training",
    "software",
    "overhead",
    "equipment",
    "recruiting",
    "recruiting_fee",
    "raise",
    "inflation",
    "turnover",
    "months_to_fill",
    "ramp_months",
    "leave_days",
    "sick_days",
    "training_days",
    "holidays",
    "workdays_per_year",
    "weekly_hours",
    "utilization",
];

/// One key of employment; the days together stay below the workdays.
fn employment(writer: &mut Writer, index: usize) {
    let value = match NAMES[index] {
        "payroll_taxes" => payroll_taxes(writer),
        "bonus" => writer.share(0, 12),
        "benefits" => writer.share(0, 35),
        "benefits_on" => writer.dice.one(&["\"salary\"", "\"pay\""]).to_string(),
        "recruiting_fee" | "benefits_per_person" | "training" | "software" | "overhead" | "equipment" => {
            writer.money(0, 5_000)
        }
        "recruiting" => writer.share(0, 30),
        "raise" | "inflation" => writer.share(0, 6),
        "turnover" => writer.share(0, 60),
        "months_to_fill" => writer.months(0, 8),
        "ramp_months" => writer.months(0, 6),
        "leave_days" => writer.number(5, 30),
        "sick_days" | "training_days" => writer.number(0, 10),
        "holidays" => writer.number(0, 14),
        "workdays_per_year" => writer.count(248, 262),
        "weekly_hours" => (writer.dice.one(&["40", "37.5", "38", "38.5"])).into(),
        _ => writer.share(50, 100),
    };
    writer.line(format!("{} = {value}", NAMES[index]));
}

fn payroll_taxes(writer: &mut Writer) -> String {
    let mut taxes = Vec::new();
    for _ in 0..writer.dice.below(4) {
        let rate = writer.share(0, 10);
        let cap =
            if writer.dice.chance(60) { format!(", cap = {}", writer.money(5_000, 190_000)) } else { String::new() };
        let from = if writer.dice.chance(30) { format!(", from = {}", writer.money(0, 20_000)) } else { String::new() };
        taxes.push(format!("{{ rate = {rate}{cap}{from} }}"));
    }
    format!("[{}]", taxes.join(", "))
}

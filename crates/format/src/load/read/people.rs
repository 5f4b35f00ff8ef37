//! `[employment]`, `[[team]]` and `[[hire]]`.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{BenefitsOn, Duty, Employment, Hiring, Input, OnCall, Origin, PayrollTax, Role, Rota};
use comanage_model::week::Week;

use super::super::fields::Fields;
use super::super::format::{HIRE, ON_CALL, PAYROLL_TAX, ROLE, ROTA};
use super::super::names::Names;
use super::super::reader::{Annotations, Reader};
use super::Places;

/// What is said about people.
pub(super) struct People {
    /// What holds where a role does not say otherwise.
    pub employment: Employment,
    /// `[[team]]`, in the order of the file.
    pub team: Vec<Role>,
    /// `[[hire]]`, in the order of the file.
    pub hires: Vec<Role>,
}

/// Reads everyone.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, places: &mut Places, services: &Names) -> People {
    let fields = root.open_or_empty(reader, "employment");
    let employment = read_employment(&fields, reader, None);
    let mut read = |name: &str, format, is_hire| -> Vec<Role> {
        let tables = root.tables(reader, name, format);
        for role in &tables {
            let place = |key: &str| role.get(key).map(|node| node.span.clone());
            places.roles.push(place("role").unwrap_or_else(|| role.span.clone()));
            places.duties.push(place("hours").unwrap_or_else(|| role.span.clone()));
        }
        tables.iter().map(|role| read_role(role, reader, &employment, services, is_hire)).collect()
    };
    let team = read("team", &ROLE, false);
    let hires = read("hire", &HIRE, true);
    People { employment, team, hires }
}

/// The employment of `[employment]`, or that of a role, which shares what it does not set.
fn read_employment(fields: &Fields<'_>, reader: &mut Reader, general: Option<&Employment>) -> Employment {
    let mut field = |name: &str, shared: fn(&Employment) -> Input| match general {
        Some(general) if fields.get(name).is_none() => shared(general),
        _ => fields.input(reader, name),
    };
    let mut employment = Employment {
        payroll_taxes: Vec::new(),
        bonus: field("bonus", |all| all.bonus),
        benefits: field("benefits", |all| all.benefits),
        benefits_on: BenefitsOn::Salary,
        benefits_per_person: field("benefits_per_person", |all| all.benefits_per_person),
        training: field("training", |all| all.training),
        software: field("software", |all| all.software),
        overhead: field("overhead", |all| all.overhead),
        equipment: field("equipment", |all| all.equipment),
        recruiting: field("recruiting", |all| all.recruiting),
        recruiting_fee: field("recruiting_fee", |all| all.recruiting_fee),
        raise: field("raise", |all| all.raise),
        inflation: field("inflation", |all| all.inflation),
        turnover: field("turnover", |all| all.turnover),
        months_to_fill: field("months_to_fill", |all| all.months_to_fill),
        ramp_months: field("ramp_months", |all| all.ramp_months),
        leave_days: field("leave_days", |all| all.leave_days),
        sick_days: field("sick_days", |all| all.sick_days),
        training_days: field("training_days", |all| all.training_days),
        holidays: field("holidays", |all| all.holidays),
        workdays_per_year: field("workdays_per_year", |all| all.workdays_per_year),
        weekly_hours: field("weekly_hours", |all| all.weekly_hours),
        utilization: field("utilization", |all| all.utilization),
    };
    employment.payroll_taxes = match general {
        Some(general) if fields.get("payroll_taxes").is_none() => general.payroll_taxes.clone(),
        _ => fields.tables(reader, "payroll_taxes", &PAYROLL_TAX).iter().map(|tax| read_tax(tax, reader)).collect(),
    };
    employment.benefits_on = fields
        .choice(reader, "benefits_on")
        .unwrap_or_else(|| general.map_or(BenefitsOn::Salary, |all| all.benefits_on));
    employment
}

fn read_tax(fields: &Fields<'_>, reader: &mut Reader) -> PayrollTax {
    PayrollTax {
        rate: fields.input(reader, "rate"),
        cap: fields.maybe_input(reader, "cap"),
        from: fields.input(reader, "from"),
    }
}

fn read_role(fields: &Fields<'_>, reader: &mut Reader, general: &Employment, services: &Names, is_hire: bool) -> Role {
    let name = fields.name(reader, "role").unwrap_or_default();
    let employment = read_employment(fields, reader, Some(general));
    let held = fields.names(reader, "services");
    if is_hire {
        check_whole_months(fields, reader, employment.months_to_fill);
    }
    Role {
        name,
        headcount: fields.input(reader, "headcount"),
        salary: fields.input(reader, "salary"),
        services: services.find_all(reader, held, &fields.path_of("services")),
        duty: read_duty(fields, reader),
        on_call: read_on_call(fields, reader),
        on_call_pay: fields.input(reader, "on_call_pay"),
        from_month: if is_hire { first_month(fields, reader) } else { fields.input(reader, "from_month") },
        until_month: fields.maybe_input(reader, "until_month"),
        months: super::organization::months(fields, reader),
        employment,
        hiring: is_hire.then(|| Hiring {
            qualified_after: fields.input(reader, "qualified_after"),
            optional: fields.flag(reader, "optional"),
        }),
        source: fields.source.map(String::from),
        note: fields.note.map(String::from),
        span: fields.span.clone(),
    }
}

/// Being on call: its hours as a text, or a table that says more. Hours of none are not on call.
fn read_on_call(fields: &Fields<'_>, reader: &mut Reader) -> Option<OnCall> {
    let node = fields.get("on_call")?;
    let path = fields.path_of("on_call");
    let (table, hours) = if node.text().is_some() {
        (Fields::nothing(node.span.clone(), &ON_CALL, path.clone()), reader.hours(node, &path))
    } else {
        let table = Fields::open(reader, node, &ON_CALL, path, fields.inherited());
        let hours = table.hours(reader, "hours");
        (table, hours)
    };
    let on_call = OnCall {
        hours: hours.unwrap_or_else(Week::none),
        response: table.duration(reader, "response"),
        people: table.input(reader, "people"),
        pay_per_week: table.input(reader, "pay_per_week"),
        calls_per_month: table.input(reader, "calls_per_month"),
        minutes_per_call: table.input(reader, "minutes_per_call"),
        pay_per_call: table.input(reader, "pay_per_call"),
        time_off_in_lieu: table.input(reader, "time_off_in_lieu"),
    };
    Some(on_call).filter(|on_call| !on_call.hours.is_empty())
}

/// A rota: its hours as a text, or a table that says more.
fn read_rota(fields: &Fields<'_>, reader: &mut Reader) -> Option<Rota> {
    let node = fields.get("rota")?;
    let path = fields.path_of("rota");
    if node.text().is_some() {
        let hours = reader.hours(node, &path).unwrap_or_else(Week::none);
        return Some(Rota { hours, shift_hours: None, handover_minutes: None });
    }
    let table = Fields::open(reader, node, &ROTA, path, fields.inherited());
    let hours = table.hours(reader, "hours").unwrap_or_else(Week::none);
    let rota = Rota {
        hours,
        shift_hours: table.maybe_input(reader, "shift_hours"),
        handover_minutes: table.maybe_input(reader, "handover_minutes"),
    };
    if rota.shift_hours.is_none()
        && let Some(node) = table.get("handover_minutes")
    {
        let message = format!("`{}` needs `shift_hours` too", table.path_of("handover_minutes"));
        let diagnostic =
            Diagnostic::error("handover-without-shifts", message).at(node.span.clone(), "of which shifts?");
        reader.report(diagnostic.path(&table.path).hint("say how long a shift is: shift_hours = 8"));
    }
    Some(rota)
}

/// The first month of a hire, which follows from its months to fill.
fn first_month(fields: &Fields<'_>, reader: &mut Reader) -> Input {
    let quantity = super::super::format::FIRST_MONTH;
    let beside = Annotations { path: fields.path_of("from_month"), ..Annotations::default() };
    reader.add(rust_decimal::Decimal::ONE, &quantity, Origin::LeftOut, None, beside)
}

/// How a role is on duty: in hours, or in a rota.
fn read_duty(fields: &Fields<'_>, reader: &mut Reader) -> Duty {
    let hours = fields.hours(reader, "hours");
    let rota = read_rota(fields, reader);
    let (message, label, hint) = match (fields.get("hours"), fields.get("rota")) {
        (Some(_), None) => return Duty::Hours(hours.unwrap_or_else(Week::none)),
        (None, Some(_)) => return rota.map_or_else(|| Duty::Hours(Week::none()), Duty::Rota),
        (Some(_), Some(_)) => (
            "has both `hours` and `rota`",
            "one of them",
            "use `hours` if everyone is on duty, `rota` if people share the hours",
        ),
        (None, None) => {
            ("needs `hours` or `rota`", "needed here", "add hours = \"mon-fri 08:00-17:00\", or a shared rota")
        }
    };
    let place = fields.get("rota").map_or(&fields.span, |node| &node.span).clone();
    let code = if fields.get("hours").is_some() { "both-hours-and-rota" } else { "missing-key" };
    reader.report(
        Diagnostic::error(code, format!("`{}` {message}", fields.path)).at(place, label).path(&fields.path).hint(hint),
    );
    Duty::Hours(Week::none())
}

/// A hire starts in a month, so its months to fill are whole, also where `[employment]` says them.
fn check_whole_months(fields: &Fields<'_>, reader: &mut Reader, months: Input) {
    if reader.good(months).is_none_or(|value| value.fract().is_zero()) {
        return;
    }
    let path = fields.path_of("months_to_fill");
    let place = reader.written(months).unwrap_or(&fields.span).clone();
    let diagnostic = Diagnostic::error("not-whole", format!("`{path}` must be a whole number of months"));
    let hint = format!("a hire starts at the beginning of a month: set whole `months_to_fill` on `{}`", fields.path);
    reader.report(diagnostic.at(place, "this number").path(path).hint(hint));
}

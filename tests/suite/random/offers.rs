//! Offers of providers.

use super::people::spelled;
use super::{Writer, key, names, price_list, quoted};

/// What an offer charges for.
#[derive(Default)]
struct Charges {
    /// Contractors and nothing else.
    contractors_only: bool,
    /// Whether an hour of work has a price.
    has_hours: bool,
    /// Whether hours are billed as they come.
    is_hourly: bool,
    /// The names of the price list.
    named: Vec<&'static str>,
    /// Whether something is paid for months in advance.
    in_advance: bool,
}

/// The text of an offer.
pub fn block(writer: &mut Writer, index: usize) -> String {
    let before = std::mem::take(&mut writer.text);
    let offer = writer.offers[index];
    writer.line(format!("[offers.{}]", key(offer)));
    writer.maybe(70, "name", |_| format!("\"Offer {offer}\""));
    writer.maybe(40, "provider", |_| "\"Northwind <IT> & Co\"".into());
    let charges = charges(writer, offer);
    terms(writer, offer, &charges);
    writer.maybe(30, "respond_within", |w| quoted(w.dice.one(&["30m", "2h", "1d"])));
    papers(writer);
    writer.annotations();
    covers(writer, offer, &charges);
    std::mem::replace(&mut writer.text, before)
}

fn charges(writer: &mut Writer, offer: &'static str) -> Charges {
    match writer.dice.below(20) {
        0 | 1 => {
            contractors(writer);
            Charges { contractors_only: true, ..Charges::default() }
        }
        2..=5 => {
            let is_hourly = hours(writer);
            Charges { has_hours: true, is_hourly, ..Charges::default() }
        }
        6 => {
            let price = writer.money(100, 9_000);
            writer.line(format!("once = {{ \"Assessment\" = {price} }}"));
            Charges::default()
        }
        _ => {
            let kinds = writer.dice.some(&[0, 0, 0, 1, 1, 2, 3, 3, 4], 0, 2);
            let mut told = Vec::new();
            for kind in kinds {
                if !told.contains(&kind) {
                    flat(writer, offer, kind);
                    told.push(kind);
                }
            }
            let has_list = told.is_empty() || writer.dice.chance(35);
            let (named, in_advance) = if has_list { price_list::write(writer, offer) } else { (Vec::new(), false) };
            let has_hours = writer.dice.chance(45);
            let is_hourly = has_hours && hours(writer);
            if writer.dice.chance(5) {
                contractors(writer);
            }
            writer.maybe(25, "once", |w| format!("{{ \"Assessment\" = {} }}", w.money(100, 9_000)));
            Charges { has_hours, is_hourly, named, in_advance, ..Charges::default() }
        }
    }
}

fn flat(writer: &mut Writer, offer: &str, kind: u64) {
    let (users, devices) = (writer.users.clone(), writer.devices.clone());
    match kind {
        0 => per_user(writer, offer, &users),
        1 => {
            let rates = writer.rates(&devices, 5, 120);
            writer.line(format!("per_device = {rates}"));
        }
        2 => {
            let rate = writer.rate(100, 900);
            writer.line(format!("per_site = {rate}"));
        }
        3 => {
            let monthly = writer.money(300, 7_000);
            let mut keys = format!("monthly = {monthly}");
            if writer.dice.chance(70) {
                keys += &format!(", included_hours = {}", writer.number(2, 100));
                if writer.dice.chance(50) {
                    keys += &format!(", overage_rate = {}", writer.money(90, 200));
                }
            }
            writer.line(format!("retainer = {{ {keys} }}"));
        }
        _ => {
            let (backup, soc) = (writer.money(10, 900), writer.money(0, 900));
            writer.line(format!("monthly = {{ \"Backup service\" = {backup}, soc = {soc} }}"));
        }
    }
}

fn per_user(writer: &mut Writer, offer: &str, users: &[&'static str]) {
    if writer.dice.chance(30) {
        let rates = writer.rates(users, 20, 190);
        writer.line(format!("per_user = {rates}"));
        return;
    }
    let rates = writer.rates(users, 20, 190);
    let rates = writer.at(format!("offers.{}.per_user.rate", spelled(offer)), rates);
    let mut keys = format!("rate = {rates}");
    if writer.dice.chance(50) {
        keys += &format!(", minimum = {}", writer.number(1, 120));
    }
    if writer.dice.chance(40) {
        keys += &format!(", included_devices = {}, extra_device_rate = {}", writer.number(0, 2), writer.rate(3, 15));
    }
    writer.line(format!("per_user = {{ {keys} }}"));
}

/// Writes blocks or an hourly rate; returns whether there is a rate.
fn hours(writer: &mut Writer) -> bool {
    let which = writer.dice.below(4);
    if which > 0 {
        let mut keys = format!("hours = {}, price = {}", writer.number(5, 60), writer.money(500, 9_000));
        if writer.dice.chance(60) {
            keys += &format!(", every_months = {}", writer.months(1, 6));
            if writer.dice.chance(50) {
                keys += &format!(", overage_rate = {}", writer.money(90, 250));
            }
        }
        if writer.dice.chance(50) {
            keys += &format!(", count = {}", writer.count(1, 3));
        }
        if writer.dice.chance(60) {
            keys += &format!(", expires_months = {}", writer.months(1, 9));
        }
        writer.line(format!("block_hours = {{ {keys} }}"));
    }
    let is_hourly = which == 0 || which == 3;
    if is_hourly {
        let rate = writer.money(80, 220);
        let is_published = writer.dice.chance(20) && writer.currency.0 == "USD";
        let rate = if is_published { "{ from = \"price.hourly.us-2026\" }".into() } else { rate };
        let mut keys = format!("rate = {rate}");
        if writer.dice.chance(30) {
            keys += &format!(", minimum_hours = {}", writer.number(1, 20));
        }
        writer.line(format!("hourly = {{ {keys} }}"));
    }
    is_hourly
}

fn contractors(writer: &mut Writer) {
    let headcount = writer.dice.one(&["1", "2", "0.5", "1.5"]);
    let (rate, hours) = (writer.money(60, 150), writer.number(40, 170));
    let shift = writer.dice.one(&["mon-fri 08:00-17:00", "sat-sun 08:00-20:00", "mon-fri 16:00-01:00"]);
    writer.line(format!(
        "contractors = {{ headcount = {headcount}, rate = {rate}, hours_per_month = {hours}, hours = \"{shift}\" }}"
    ));
}

fn terms(writer: &mut Writer, offer: &str, charges: &Charges) {
    writer.maybe(55, "onboarding", |w| {
        let instalments =
            if w.dice.chance(20) { format!("instalments = {}, ", w.months(1, 14)) } else { String::new() };
        let fee = match w.dice.below(4) {
            0 => String::new(),
            1 => format!("fee = {}, {instalments}", w.money(0, 9_000)),
            2 if !charges.named.is_empty() => {
                let of: Vec<String> = charges.named.iter().map(|name| format!("\"{name}\"")).collect();
                format!("fee_months = {}, of = [{}], {instalments}", w.number(0, 3), of.join(", "))
            }
            _ if w.dice.chance(10) => "fee_months = { from = \"onboarding.fee_months.us-technoir\" }, ".into(),
            _ => format!("fee_months = {}, ", w.number(0, 3)),
        };
        let days = w.dice.one(&["0", "15", "30", "45", "60", "100"]);
        format!("{{ {fee}days = {days} }}")
    });
    let path = format!("offers.{}.uplift", spelled(offer));
    writer.maybe(60, "uplift", |w| {
        let uplift = price_list::uplift(w);
        w.at(path, uplift)
    });
    writer.maybe(15, "uplift_from_year", |w| w.count(2, 5));
    writer.maybe(20, "free_months", |w| w.months(0, 3));
    price_list::invoice(writer, charges.in_advance);
    writer.maybe(40, "after_hours", |w| {
        let (evenings, sundays) = (w.number(1, 3), w.number(1, 3));
        let hours = w.hours();
        let evenings = match charges.is_hourly && w.dice.chance(40) {
            true => format!("rate = {}", w.money(100, 400)),
            false => format!("multiplier = {evenings}"),
        };
        format!("[{{ outside = \"mon-fri 08:00-18:00\", {evenings} }}, {{ hours = {hours}, multiplier = {sundays} }}]")
    });
    writer.maybe(40, "increment_minutes", |w| (w.dice.one(&["6", "15", "30", "7.5"])).into());
    writer.maybe(20, "minimum_minutes", |w| (w.dice.one(&["10", "20", "45"])).into());
    writer.maybe(40, "out_of_scope_rate", |w| w.money(90, 250));
    writer.maybe(30, "tax", |w| w.share(0, 25));
    writer.maybe(15, "tax_recoverable", |w| w.dice.chance(60).to_string());
    writer.maybe(40, "coordination_hours", |w| w.number(0, 30));
    writer.maybe(30, "availability", |w| w.share(85, 100));
    writer.maybe(40, "bill_from", |w| quoted(w.dice.one(&["signature", "go_live"])));
    writer.maybe(40, "includes_tools", |w| {
        let tools = w.tools.clone();
        names(&w.dice.some(&tools, 0, 2))
    });
    writer.maybe(25, "replaces_team", |w| {
        let team = w.team.clone();
        let keep = names(&w.dice.some(&team, 0, 2));
        format!("{{ keep = {keep}, handover_months = {}, severance_weeks = {} }}", w.months(0, 5), w.number(0, 8))
    });
}

fn papers(writer: &mut Writer) {
    writer.maybe(30, "contract", |w| {
        let notice = w.count(0, 90);
        let (months, renewal) = match w.dice.below(3) {
            0 => (w.dice.between(1, 40), String::new()),
            1 => (w.dice.between(1, 40), ", renews_months = 6".into()),
            _ => (w.dice.between(1, 3) * 12, format!(", renews_months = 12, renewal_uplift = {}", w.share(-2, 12))),
        };
        let exit = match w.dice.below(3) {
            0 => String::new(),
            1 => format!(", exit = {{ months = {} }}", w.months(0, 9)),
            _ => format!(", exit = {{ share_of_remaining = {} }}", w.share(0, 100)),
        };
        format!("{{ months = {months}, notice_days = {notice}{renewal}{exit} }}")
    });
    writer.maybe(20, "stated", |w| {
        let (monthly, year, onboarding) = (w.money(100, 9_000), w.money(1_000, 99_000), w.money(0, 9_000));
        let lines = format!("{{ \"per user\" = {} }}", w.money(100, 9_000));
        format!("{{ monthly = {monthly}, year_1 = {year}, onboarding = {onboarding}, lines = {lines} }}")
    });
    writer.maybe(20, "answers", |w| {
        let asked = [
            "shared_documentation",
            "named_engineer",
            "escalation_path",
            "offboarding_plan",
            "tool_lock_in",
            "absorbs_team",
        ];
        let mut answers: Vec<String> =
            w.dice.some(&asked, 1, 6).into_iter().map(|key| format!("{key} = {}", key.len() % 2 == 0)).collect();
        answers.push(format!("co_managed_clients = {}, references = {}", w.count(0, 30), w.count(0, 5)));
        format!("{{ {} }}", answers.join(", "))
    });
}

fn covers(writer: &mut Writer, offer: &str, charges: &Charges) {
    match writer.dice.below(12) {
        0 => return,
        1 | 2 => return writer.line("covers = \"all\""),
        _ => {}
    }
    writer.line(format!("[offers.{}.covers]", key(offer)));
    let services = writer.services.clone();
    for service in writer.dice.some(&services, 1, 5) {
        let cover = if writer.dice.chance(45) { writer.hours() } else { cover(writer, charges, true) };
        writer.line(format!("{} = {cover}", key(service)));
    }
    if writer.dice.chance(15) {
        let cover = if writer.dice.chance(50) { writer.hours() } else { cover(writer, charges, false) };
        writer.line(format!("all = {cover}"));
    }
}

fn cover(writer: &mut Writer, charges: &Charges, is_named: bool) -> String {
    let mut keys = Vec::new();
    if (is_named && !charges.contractors_only) || writer.dice.chance(50) {
        keys.push(format!("hours = {}", writer.hours()));
    }
    if writer.dice.chance(40) {
        keys.push(format!("share = {}", writer.share(0, 100)));
    }
    if writer.dice.chance(30) {
        keys.push(format!("mode = {}", quoted(writer.dice.one(&["duty", "duty", "on_call", "best_effort"]))));
    }
    if !charges.contractors_only && writer.dice.chance(15) {
        keys.push(format!("rate = {}", writer.money(80, 220)));
    } else if writer.dice.chance(35) {
        let billed = if charges.has_hours && writer.dice.chance(70) { "hours" } else { "flat" };
        keys.push(format!("billed = \"{billed}\""));
    }
    if writer.dice.chance(35) {
        keys.push(format!("overflow = {}", !charges.contractors_only && writer.dice.chance(50)));
    }
    if writer.dice.chance(20) {
        keys.push(format!("availability = {}", writer.share(80, 100)));
    }
    if writer.dice.chance(25) {
        keys.push(format!("respond_within = {}", quoted(writer.dice.one(&["15m", "1h", "3d"]))));
    }
    if writer.dice.chance(15) {
        keys.push(format!("people = {}", writer.count(1, 3)));
    }
    if writer.dice.chance(15) {
        keys.push("accountable = true".into());
    }
    format!("{{ {} }}", keys.join(", "))
}

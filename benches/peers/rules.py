"""The rules of docs/model.md for the clients of base.toml, once for every peer that works on columns.

All figures are whole numbers: cents, basis points, 0.0001 of a ticket or a person, 1/20000 of an hour.
Counts, prices and pay change at anniversaries only, so a year is worked out once and counted twelve
times. What a column is, `op` knows: an array, an expression, a cell.
"""
import tomllib
from decimal import Decimal
from fractions import Fraction
from math import lcm
from pathlib import Path

HERE = Path(__file__).parent
BASE = tomllib.loads((HERE / "base.toml").read_text(), parse_float=Decimal)
YEARS = BASE["term_months"] // 12
ALTERNATIVES = ["in_house", "per_user", "per_device", "retainer", "blocks", "hybrid"]
WITH_TECHNICIANS = ("in_house", "retainer", "blocks", "hybrid")
WITH_TOOL = ("in_house", "retainer", "blocks")
PEOPLE = TICKETS = BP = 10_000  # what is one


def share(text):
    """A share as a fraction: "4%" is 1/25."""
    return Fraction(text[:-1]) / 100


def cents(value):
    return int(Decimal(value) * 100)


OFFERS, PAY, TEAM = BASE["offers"], BASE["employment"], {role["role"]: role for role in BASE["team"]}
SUPPORT, ORGANIZATION = BASE["services"]["support"], BASE["organization"]
HOUR = TICKETS * 60 // SUPPORT["minutes_per_ticket"]
DISCOUNTS = [(1 + float(share(BASE["discount_rate"]))) ** (-month / 12) for month in range(BASE["term_months"] + 1)]

# The columns of a portfolio: a name for the formulas, the path, and what one of it is in whole numbers.
COLUMNS = {
    "users": ("organization.users", 1),
    "workstations": ("organization.devices.workstation", 1),
    "servers": ("organization.devices.server", 1),
    "users_growth": ("organization.growth.users", BP),
    "devices_growth": ("organization.growth.devices", BP),
    "tickets": ("services.support.tickets_per_user", TICKETS),
    "headcount": ("team.Technician.headcount", PEOPLE),
    "salary": ("team.Technician.salary", 100),
    "hybrid_rate": ("offers.hybrid.per_user.rate", 100),
    "hybrid_uplift": ("offers.hybrid.uplift", BP),
}


def at(scenario, path):
    """What a scenario has at a path; none where it has nothing."""
    value = scenario
    for key in path.split("."):
        if isinstance(value, list):
            value = next((role for role in value if role["role"] == key), {})
        else:
            value = value.get(key, {})
    return value if value != {} else None


# Columns whose cells end in a percent sign.
SHARES = [path for path, _ in COLUMNS.values() if isinstance(at(BASE, path), str)]


def uplift(offer):
    return int(share(OFFERS[offer]["uplift"]) * BP)


# What the formulas use beside the columns of a portfolio; a simulation draws these three as well.
BASE_VALUES = {
    "raise_": int(share(PAY["raise"]) * BP),
    "overage_rate": cents(OFFERS["retainer"]["retainer"]["overage_rate"]),
    "block_price": cents(OFFERS["blocks"]["block_hours"]["price"]),
}


def rounded(op, number, divisor):
    """A quotient rounded half up; no amount here is negative."""
    if divisor == 1:
        return number
    return (2 * number + divisor) // (2 * divisor) if isinstance(number, int) else op.rounded(number, divisor)


def risen(op, value, rate, year):
    """`value * (1 + rate)^year`, rounded."""
    if isinstance(rate, int):
        factor = Fraction(BP + rate, BP) ** year
        return rounded(op, value * factor.numerator, factor.denominator)
    factor = rate + BP
    return value if year == 0 else rounded(op, value * factor if year == 1 else value * factor * factor, BP**year)


def pay(op, salary, people):
    """The six items of a role and year."""
    def part(fraction):
        return rounded(op, people * salary * fraction.numerator, PEOPLE * fraction.denominator)

    whole = people // PEOPLE * PEOPLE if isinstance(people, int) else op.whole(people, PEOPLE) * PEOPLE
    rest = people - whole
    taxes = [(share(tax["rate"]), tax.get("cap")) for tax in PAY["payroll_taxes"]]
    unit = lcm(*(rate.denominator for rate, _ in taxes))
    sum_of_taxes = 0
    for rate, cap in taxes:
        if cap is None:
            base = people * salary
        else:
            base = whole * least(op, salary, cents(cap)) + least(op, rest * salary, cents(cap) * PEOPLE)
        sum_of_taxes = base * (rate.numerator * unit // rate.denominator) + sum_of_taxes
    return [
        part(Fraction(1)),
        rounded(op, sum_of_taxes, PEOPLE * unit),
        part(share(PAY["benefits"])),
        rounded(op, people * cents(PAY["training"]), PEOPLE),
        rounded(op, people * cents(PAY["software"]), PEOPLE),
        part(share(PAY["turnover"]) * share(PAY["recruiting"])),
    ]


def least(op, a, b):
    return min(a, b) if isinstance(a, int) and isinstance(b, int) else op.least(a, b)


def tiers(op, rate, quantity, rise, year):
    """Graduated tiers: each unit at the price of its own."""
    amount, below = 0, 0
    for tier in rate["tiers"]:
        here = op.most(quantity - below, 0) if below else quantity
        if "up_to" in tier:
            here = op.least(here, tier["up_to"] - below)
            below = tier["up_to"]
        amount = here * risen(op, cents(tier["rate"]), rise, year) + amount
    return amount


def overage(op, hours, included, rate):
    """Hours beyond those included, to 0.0001 of an hour, at a rate."""
    beyond = op.rounded(op.most(hours - included * HOUR, 0), HOUR // 10_000)
    return op.rounded(beyond * rate, 10_000)


def parts(op, x, by_month=False):
    """Every amount of the term: the alternatives that pay it, the cents, how often, and what all of
    them are worth today. `by_month` buys blocks month by month; the totals are the same without."""
    lots, used = 0, 0
    for year in range(YEARS):
        months = range(12 * year + 1, 12 * year + 13)
        worth = sum(DISCOUNTS[month] for month in months)
        users = op.keep(f"users_{year}", risen(op, x["users"], x["users_growth"], year))
        workstations = op.keep(f"workstations_{year}", risen(op, x["workstations"], x["devices_growth"], year))
        servers = op.keep(f"servers_{year}", risen(op, x["servers"], x["devices_growth"], year))
        hours = op.keep(f"hours_{year}", users * x["tickets"])

        manager = risen(op, cents(TEAM["Manager"]["salary"]), x["raise_"], year)
        if not isinstance(manager, int):
            manager = op.keep(f"manager_{year}", manager)
        for amount in pay(op, manager, PEOPLE):
            yield tuple(ALTERNATIVES), amount, 1, worth / 12
        salary = op.keep(f"salary_{year}", risen(op, x["salary"], x["raise_"], year))
        items = [op.keep(f"pay_{year}_{index}", item) for index, item in enumerate(pay(op, salary, x["headcount"]))]
        for amount in items:
            yield WITH_TECHNICIANS, amount, 1, worth / 12
        if year == 0:
            yield from leaving(op, items, salary, x["headcount"])

        yield WITH_TOOL, users * cents(BASE["tools"]["endpoint_protection"]["per_user"]), 12, worth
        yield ("per_user",), tiers(op, OFFERS["per_user"]["per_user"]["rate"], users, uplift("per_user"), year), 12, worth

        rates, rise = OFFERS["per_device"]["per_device"], uplift("per_device")
        devices = tiers(op, rates["workstation"], workstations, rise, year)
        devices = servers * risen(op, cents(rates["server"]), rise, year) + devices
        minimum = risen(op, cents(OFFERS["per_device"]["minimum_monthly"]), rise, year)
        yield ("per_device",), op.most(devices, minimum), 12, worth

        charge, rise = OFFERS["retainer"]["retainer"], uplift("retainer")
        yield ("retainer",), risen(op, cents(charge["monthly"]), rise, year), 12, worth
        rate = risen(op, x["overage_rate"], rise, year)
        yield ("retainer",), overage(op, hours, charge["included_hours"], rate), 12, worth

        price = risen(op, x["block_price"], uplift("blocks"), year)
        size = OFFERS["blocks"]["block_hours"]["hours"] * HOUR
        for month in months if by_month else months[-1:]:
            bought = op.up(hours * (month - months[0] + 1) + used, size)
            yield ("blocks",), (bought - lots) * price, 1, DISCOUNTS[month]
            lots = bought
        lots = op.keep(f"lots_{year}", lots)
        used = hours * 12 + used

        charge, rise = OFFERS["hybrid"]["retainer"], x["hybrid_uplift"]
        seats = op.most(users, OFFERS["hybrid"]["per_user"]["minimum"])
        yield ("hybrid",), seats * risen(op, x["hybrid_rate"], rise, year), 12, worth
        yield ("hybrid",), risen(op, cents(charge["monthly"]), rise, year), 12, worth
        rate = risen(op, cents(charge["overage_rate"]), rise, year)
        yield ("hybrid",), overage(op, hours, charge["included_hours"], rate), 12, worth

    for name, offer in OFFERS.items():
        yield (name,), cents(offer.get("onboarding", {}).get("fee", 0)), 1, 1.0


def leaving(op, items, salary, people):
    """The technicians' last months and their severance, where an offer replaces them."""
    for name in ("per_user", "per_device"):
        terms = OFFERS[name]["replaces_team"]
        last = terms["handover_months"]
        for amount in items:
            yield (name,), op.rounded(amount * last, 12), 1, sum(DISCOUNTS[1 : last + 1]) / last
        yield (name,), op.rounded(people * salary * terms["severance_weeks"], PEOPLE * 52), 1, DISCOUNTS[last + 1]


def totals(op, x, present_values=False):
    """The total of each alternative in cents, then, if asked for, the present value of each."""
    shared, worths = {}, {}
    for names, amount, times, worth in parts(op, x, by_month=present_values):
        shared[names] = amount * times + shared.get(names, 0)
        if present_values:
            worths[names] = amount * worth + worths.get(names, 0)
    return [
        sum((amount for names, amount in sums.items() if name in names and not isinstance(amount, int)),
            sum(amount for names, amount in sums.items() if name in names and isinstance(amount, int)))
        for sums in ((shared, worths) if present_values else (shared,))
        for name in ALTERNATIVES
    ]

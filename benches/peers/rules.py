"""The rules of docs/model.md for the clients of base.toml, once for every peer that works on columns.

All figures are whole numbers: cents, basis points, 0.0001 of a ticket or a person, 1/20000 of an hour.
What holds for a contract year (wages, prices, growth) is worked out once a year. What holds for a month
(counts, hours, lines) is worked out month by month, or once a year and counted twelve times: these
clients change at anniversaries only. What a column is, `op` knows: an array, an expression, a cell.
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
LAST = {name: offer["replaces_team"]["handover_months"] for name, offer in OFFERS.items() if "replaces_team" in offer}
SUPPORT, ORGANIZATION = BASE["services"]["support"], BASE["organization"]
HOUR = TICKETS * 60 // SUPPORT["minutes_per_ticket"]
BLOCK = OFFERS["blocks"]["block_hours"]["hours"] * HOUR
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


# The forms of a peer: how many months it works out at once.
FORMS = {"months": 1, "years": 12}


def factor(op, rate, year):
    """`(1 + rate)^year` over a divisor; for a range of years one of each."""
    if isinstance(year, range):
        return [factor(op, rate, one) for one in year]
    if isinstance(rate, int):
        return (Fraction(BP + rate, BP) ** year).as_integer_ratio()
    one = rate + BP
    return (1 if year == 0 else one if year == 1 else one * one), BP**year


def risen(op, value, factor):
    """A value times a factor, rounded."""
    if isinstance(factor, list):
        return op.of_year([risen(op, value, one) for one in factor])
    numerator, divisor = factor
    return value if divisor == 1 else rounded(op, value * numerator, divisor)


def pay(op, salary, people):
    """The six items of a role and year."""
    def part(fraction):
        return rounded(op, people * salary * fraction.numerator, PEOPLE * fraction.denominator)

    whole = people // PEOPLE * PEOPLE if isinstance(people, int) else op.whole(people, PEOPLE) * PEOPLE
    rest = people - whole
    taxes = [(share(tax["rate"]), tax.get("cap")) for tax in PAY["payroll_taxes"]]
    unit = lcm(*(rate.denominator for rate, _ in taxes))
    taxed = []
    for rate, cap in taxes:
        if cap is None:
            base = people * salary
        else:
            base = whole * least(op, salary, cents(cap)) + least(op, rest * salary, cents(cap) * PEOPLE)
        taxed.append(base * (rate.numerator * unit // rate.denominator))
    return [
        part(Fraction(1)),
        rounded(op, sum(taxed[1:], taxed[0]), PEOPLE * unit),
        part(share(PAY["benefits"])),
        rounded(op, people * cents(PAY["training"]), PEOPLE),
        rounded(op, people * cents(PAY["software"]), PEOPLE),
        part(share(PAY["turnover"]) * share(PAY["recruiting"])),
    ]


def least(op, a, b):
    return min(a, b) if isinstance(a, int) and isinstance(b, int) else op.least(a, b)


def tiers(op, prices, quantity):
    """Graduated tiers: each unit at the price of its own."""
    amounts, below = [], 0
    for up_to, price in prices:
        here = op.most(quantity - below, 0) if below else quantity
        if up_to is not None:
            here = op.least(here, up_to - below)
            below = up_to
        amounts.append(here * price)
    return sum(amounts[1:], amounts[0])


def overage(op, hours, included, rate):
    """Hours beyond those included, to 0.0001 of an hour, at a rate."""
    beyond = op.rounded(op.most(hours - included * HOUR, 0), HOUR // 10_000)
    return op.rounded(beyond * rate, 10_000)


def manager(op, x, year):
    """The items of the manager, who stays in every alternative."""
    return pay(op, risen(op, cents(TEAM["Manager"]["salary"]), factor(op, x["raise_"], year)), PEOPLE)


class Year:
    """What holds for a contract year: growth, wages, prices. A range of years stands for any of them."""

    def __init__(self, op, x, year):
        def kept(name, value):
            at = "now" if isinstance(year, range) else year
            return value if isinstance(value, int) else op.keep(f"{name}_{at}", value)

        self.users_growth = factor(op, x["users_growth"], year)
        self.devices_growth = factor(op, x["devices_growth"], year)
        self.manager = manager(op, x, year)
        salary = kept("salary", risen(op, x["salary"], factor(op, x["raise_"], year)))
        items = pay(op, salary, x["headcount"])
        self.technicians = [kept(f"pay_{index}", item) for index, item in enumerate(items)]
        self.wages = x["headcount"] * salary

        rise = {name: factor(op, uplift(name), year) for name in OFFERS}
        rise["hybrid"] = factor(op, x["hybrid_uplift"], year)

        def price(offer, item, value):
            return kept(f"{offer}_{item}", risen(op, value, rise[offer]))

        def tiered(offer, rate):
            return [(tier.get("up_to"), price(offer, f"tier_{index}", cents(tier["rate"])))
                    for index, tier in enumerate(rate["tiers"])]

        devices = OFFERS["per_device"]["per_device"]
        self.seats = tiered("per_user", OFFERS["per_user"]["per_user"]["rate"])
        self.workstations = tiered("per_device", devices["workstation"])
        self.server = price("per_device", "server", cents(devices["server"]))
        self.minimum = price("per_device", "minimum", cents(OFFERS["per_device"]["minimum_monthly"]))
        self.retainer, self.hybrid = (
            price(name, "monthly", cents(OFFERS[name]["retainer"]["monthly"])) for name in ("retainer", "hybrid"))
        self.overage = price("retainer", "overage", x["overage_rate"])
        self.hybrid_overage = price("hybrid", "overage", cents(OFFERS["hybrid"]["retainer"]["overage_rate"]))
        self.hybrid_seat = price("hybrid", "seat", x["hybrid_rate"])
        self.block = price("blocks", "block", x["block_price"])


class Month:
    """The counts and hours of a month, and the lines that follow from them."""

    def __init__(self, op, x, of, at):
        self.users = op.keep(f"users_{at}", risen(op, x["users"], of.users_growth))
        self.workstations = op.keep(f"workstations_{at}", risen(op, x["workstations"], of.devices_growth))
        self.servers = risen(op, x["servers"], of.devices_growth)
        self.hours = op.keep(f"hours_{at}", self.users * x["tickets"])

    def lines(self, op, of):
        """What each alternative pays, without the team and blocks."""
        yield WITH_TOOL, self.users * cents(BASE["tools"]["endpoint_protection"]["per_user"])
        yield ("per_user",), tiers(op, of.seats, self.users)
        devices = self.servers * of.server + tiers(op, of.workstations, self.workstations)
        yield ("per_device",), op.most(devices, of.minimum)
        yield ("retainer",), of.retainer
        yield ("retainer",), overage(op, self.hours, OFFERS["retainer"]["retainer"]["included_hours"], of.overage)
        yield ("hybrid",), of.hybrid
        yield ("hybrid",), op.most(self.users, OFFERS["hybrid"]["per_user"]["minimum"]) * of.hybrid_seat
        yield ("hybrid",), overage(op, self.hours, OFFERS["hybrid"]["retainer"]["included_hours"], of.hybrid_overage)


def mean(months):
    """What a cent paid in these months, in equal parts, is worth today."""
    return sum(DISCOUNTS[month] for month in months) / len(months)


def paid(op, items, months):
    """What of yearly amounts is paid by the end of so many months of the year, each rounded."""
    if not isinstance(months, int) or months < 12:
        items = [rounded(op, item * months, 12) for item in items]
    return sum(items[1:], items[0])


def team(op, of, year, step):
    """What the people of a year are paid, and who pays it: all, or until an offer takes their place."""
    managers = technicians = 0
    for end in range(step, 13, step):
        months = range(12 * year + end - step + 1, 12 * year + end + 1)
        before, managers = managers, paid(op, of.manager, end)
        yield tuple(ALTERNATIVES), managers - before, 1, mean(months)
        before, technicians = technicians, paid(op, of.technicians, end)
        staying = tuple(name for name in ALTERNATIVES if LAST.get(name, months[-1]) >= months[-1])
        yield staying, technicians - before, 1, mean(months)
        for name, last in LAST.items():
            if last in months[:-1]:
                amount = paid(op, of.technicians, last - 12 * year) - before
                yield (name,), amount, 1, mean(range(months[0], last + 1))
            if last + 1 in months:
                yield (name,), severance(op, of, name), 1, DISCOUNTS[last + 1]


def severance(op, of, name):
    return op.rounded(of.wages * OFFERS[name]["replaces_team"]["severance_weeks"], PEOPLE * 52)


class Blocks:
    """Blocks of hours that do not expire, bought when they are wanted."""

    def __init__(self):
        self.used = self.bought = 0

    def buy(self, op, hours, at):
        """How many more there must be for more hours."""
        before, self.used = self.bought, hours + self.used
        self.bought = op.keep(f"bought_{at}", op.up(self.used, BLOCK))
        return self.bought - before


def onboarding(name):
    return cents(OFFERS.get(name, {}).get("onboarding", {}).get("fee", 0))


def parts(op, x, step, by_month=False):
    """Every amount of the term: the alternatives that pay it, the cents, how often, and what all of
    them are worth today. Blocks are bought once a step, or `by_month`; the totals are the same."""
    blocks = Blocks()
    for year in range(YEARS):
        of = Year(op, x, year)
        yield from team(op, of, year, step)
        for first in range(12 * year + 1, 12 * year + 13, step):
            months = range(first, first + step)
            month = Month(op, x, of, first)
            for names, amount in month.lines(op, of):
                yield names, amount, step, mean(months) * step
            each = 1 if by_month else step
            for last in months[each - 1 :: each]:
                lots = blocks.buy(op, month.hours * each, last)
                yield ("blocks",), lots * of.block, 1, DISCOUNTS[last]
    for name in OFFERS:
        yield (name,), onboarding(name), 1, 1.0


def totals(op, x, form="years", present_values=False):
    """The total of each alternative in cents, then, if asked for, the present value of each."""
    shared, worths = {}, {}
    for names, amount, times, worth in parts(op, x, FORMS[form], by_month=present_values):
        every = amount if times == 1 else amount * times
        shared[names] = every + shared[names] if names in shared else every
        if present_values:
            worths[names] = amount * worth + worths.get(names, 0)
    return [
        sum((amount for names, amount in sums.items() if name in names and not isinstance(amount, int)),
            sum(amount for names, amount in sums.items() if name in names and isinstance(amount, int)))
        for sums in ((shared, worths) if present_values else (shared,))
        for name in ALTERNATIVES
    ]

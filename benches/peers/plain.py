"""Plain Python, line by line as docs/model.md tells it: python plain.py decimal|float IN OUT [ROWS]

With decimals this is the yardstick of the race; with floats it is what is usually written.
"""
import csv
import math
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

from rules import ALTERNATIVES, BASE, COLUMNS, OFFERS, PAY, SUPPORT, TEAM

getcontext().prec = 40


class Decimals:
    number = Decimal

    @staticmethod
    def round(value, digits=2):
        return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


class Floats:
    number = float

    @staticmethod
    def round(value, digits=2):
        return round(value, digits)


class Client:
    """One client: the base scenario with the cells of a row laid over it."""

    def __init__(self, kind, cells):
        self.kind, self.cents = kind, kind.round
        number = kind.number
        self.at = {
            name: self.share(cells[path]) if cells[path].endswith("%") else number(cells[path])
            for name, (path, _) in COLUMNS.items()
        }
        self.number, self.in_blocks = number, number(0)

    def share(self, text):
        return self.kind.number(text[:-1]) / 100

    def count(self, start, growth, year):
        return self.kind.round(start * (1 + growth) ** year, 0)

    def price(self, value, offer, year):
        rise = self.at["hybrid_uplift"] if offer == "hybrid" else self.share(OFFERS[offer]["uplift"])
        return self.cents(self.number(value) * (1 + rise) ** year)

    def pay(self, salary, people, year):
        """The items of a role for a year."""
        number, cents = self.number, self.cents
        wage = cents(salary * (1 + self.share(PAY["raise"])) ** year)
        whole = number(int(people))

        def tax(wages):
            return sum(
                self.share(rate["rate"]) * min(wages, number(rate["cap"]) if "cap" in rate else wages)
                for rate in PAY["payroll_taxes"]
            )

        return wage, [
            cents(people * wage),
            cents(whole * tax(wage) + tax((people - whole) * wage)),
            cents(people * wage * self.share(PAY["benefits"])),
            cents(people * number(PAY["training"])),
            cents(people * number(PAY["software"])),
            cents(people * wage * self.share(PAY["turnover"]) * self.share(PAY["recruiting"])),
        ]

    def of_month(self, items, k):
        return sum(self.cents(item * k / 12) - self.cents(item * (k - 1) / 12) for item in items)

    def tiers(self, rate, quantity, offer, year):
        amount, below = self.number(0), 0
        for tier in rate["tiers"]:
            here = max(quantity - below, 0)
            if "up_to" in tier:
                here = min(here, tier["up_to"] - below)
                below = tier["up_to"]
            amount += here * self.price(tier["rate"], offer, year)
        return amount

    def retainer(self, offer, hours, year):
        charge = OFFERS[offer]["retainer"]
        beyond = self.kind.round(max(hours - charge["included_hours"], self.number(0)), 4)
        return self.price(charge["monthly"], offer, year) + self.cents(
            beyond * self.price(charge["overage_rate"], offer, year)
        )

    def totals(self):
        number = self.number
        sums = {name: number(OFFERS.get(name, {}).get("onboarding", {}).get("fee", 0)) for name in ALTERNATIVES}
        for year in range(BASE["term_months"] // 12):
            self.add_people(sums, year)
            self.add_providers(sums, year)
        return [sums[name] for name in ALTERNATIVES]

    def add_people(self, sums, year):
        people = self.at["headcount"]
        _, manager = self.pay(self.number(TEAM["Manager"]["salary"]), self.number(1), year)
        wage, technicians = self.pay(self.at["salary"], people, year)
        months = [(self.of_month(manager, k), self.of_month(technicians, k)) for k in range(1, 13)]
        for name in ALTERNATIVES:
            leave = OFFERS.get(name, {}).get("replaces_team")
            for month, (always, until) in enumerate(months, start=12 * year + 1):
                sums[name] += always
                if leave is None or month <= leave["handover_months"]:
                    sums[name] += until
                elif month == leave["handover_months"] + 1:
                    sums[name] += self.cents(people * wage / 52 * leave["severance_weeks"])

    def add_providers(self, sums, year):
        at, number = self.at, self.number
        users = self.count(at["users"], at["users_growth"], year)
        workstations = self.count(at["workstations"], at["devices_growth"], year)
        servers = self.count(at["servers"], at["devices_growth"], year)
        hours = users * at["tickets"] * SUPPORT["minutes_per_ticket"] / 60

        tool = self.cents(users * number(BASE["tools"]["endpoint_protection"]["per_user"]))
        rates = OFFERS["per_device"]["per_device"]
        devices = self.tiers(rates["workstation"], workstations, "per_device", year)
        devices += servers * self.price(rates["server"], "per_device", year)
        seats = max(users, number(OFFERS["hybrid"]["per_user"]["minimum"]))
        monthly = {
            "in_house": tool,
            "per_user": self.tiers(OFFERS["per_user"]["per_user"]["rate"], users, "per_user", year),
            "per_device": max(devices, self.price(OFFERS["per_device"]["minimum_monthly"], "per_device", year)),
            "retainer": tool + self.retainer("retainer", hours, year),
            "blocks": tool,
            "hybrid": seats * self.price(at["hybrid_rate"], "hybrid", year) + self.retainer("hybrid", hours, year),
        }
        for name, amount in monthly.items():
            sums[name] += 12 * amount

        charge = OFFERS["blocks"]["block_hours"]
        price = self.price(charge["price"], "blocks", year)
        for _ in range(12):
            lots = math.ceil(max(hours - self.in_blocks, number(0)) / charge["hours"])
            self.in_blocks += lots * charge["hours"] - hours
            sums["blocks"] += lots * price


def main(kind, source, target, rows=None):
    with open(source, newline="") as read, open(target, "w", newline="") as write:
        out = csv.writer(write, lineterminator="\n")
        out.writerow(["id", *ALTERNATIVES, "cheapest"])
        for number, cells in enumerate(csv.DictReader(read)):
            if rows is not None and number >= rows:
                break
            totals = Client(kind, cells).totals()
            cheapest = ALTERNATIVES[totals.index(min(totals))]
            out.writerow([cells["id"], *(f"{total:.2f}" for total in totals), cheapest])


if __name__ == "__main__":
    main({"decimal": Decimals, "float": Floats}[sys.argv[1]], *sys.argv[2:4], *map(int, sys.argv[4:]))

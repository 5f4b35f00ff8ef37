"""The portfolio with DuckDB: python with_duckdb.py IN OUT months|years"""
import sys

import duckdb

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, LAST, SHARES, WITH_TECHNICIANS, YEARS
from rules import Blocks, Month, Year, factor, manager, onboarding, paid, risen, severance, totals, uplift


class Sql:
    """An expression in SQL, in doubles."""

    def __init__(self, text):
        self.text = text

    def infix(self, sign, other):
        return Sql(f"({self.text} {sign} {sql(other)})")

    def __add__(self, other):
        return self if isinstance(other, int) and other == 0 else self.infix("+", other)

    def __sub__(self, other):
        return self if isinstance(other, int) and other == 0 else self.infix("-", other)

    def __mul__(self, other):
        return self if isinstance(other, int) and other == 1 else self.infix("*", other)

    __radd__, __rmul__ = __add__, __mul__


def sql(value):
    return value.text if isinstance(value, Sql) else f"{value}::DOUBLE"


class Query:
    """What the rules do with SQL; what they keep is a column of a query of its own."""

    def __init__(self, query):
        self.query = query

    @staticmethod
    def rounded(number, divisor):
        return Sql(f"floor({sql(number)} / {divisor}::DOUBLE + 0.5::DOUBLE)")

    @staticmethod
    def up(number, divisor):
        return Sql(f"ceil({sql(number)} / {divisor}::DOUBLE)")

    @staticmethod
    def whole(number, divisor):
        return Sql(f"floor({sql(number)} / {divisor}::DOUBLE)")

    @staticmethod
    def least(a, b):
        return Sql(f"least({sql(a)}, {sql(b)})")

    @staticmethod
    def most(a, b):
        return Sql(f"greatest({sql(a)}, {sql(b)})")

    def keep(self, name, value):
        self.query = f"SELECT *, {sql(value)} AS {name} FROM ({self.query})"
        return Sql(name)


class Months(Query):
    """The same where a row is a month of the contract year `y`."""

    @staticmethod
    def of_year(values):
        cases = " ".join(f"WHEN {year} THEN {sql(value)}" for year, value in enumerate(values))
        return Sql(f"(CASE y {cases} END)")


def in_years(clients, x):
    """A query with the totals, from one with the clients: one expression an alternative."""
    op = Query(clients)
    return op, totals(op, x)


def in_months(clients, x):
    """The same, clients by years by months, and a group a client.

    Blocks are bought by the hours up to a year's end: a running sum by month takes longer than all else.
    """
    op = Months(f"SELECT * FROM ({clients}), range({YEARS}) AS years(y)")
    of = Year(op, x, range(YEARS))
    op.query = f"SELECT *, 12 * y + k AS month FROM ({op.query}), range(1, 13) AS months(k)"
    month = Month(op, x, of, "now")
    k = Sql("k::DOUBLE")
    team = op.keep("team", paid(op, of.technicians, k) - paid(op, of.technicians, k - 1))
    lines = [(WITH_TECHNICIANS, team), *month.lines(op, of)]
    for name, last in LAST.items():
        leaving = f"WHEN month = {last + 1} THEN {sql(severance(op, of, name))}"
        lines.append(((name,), Sql(f"CASE WHEN month <= {last} THEN team {leaving} ELSE 0 END")))
    sums = []
    for name in ALTERNATIVES:
        amounts = [amount for names, amount in lines if name in names]
        sums.append(f"sum({sum(amounts[1:], amounts[0]).text}) AS {name}")
    sums += [f"sum({month.hours.text}) FILTER (y = {year}) AS hours_{year}" for year in range(YEARS)]
    op.query = f"SELECT id, {', '.join(sums)} FROM ({op.query}) GROUP BY id ORDER BY id"

    blocks = Blocks()
    bought = [
        blocks.buy(op, Sql(f"hours_{year}"), year) * risen(op, x["block_price"], factor(op, uplift("blocks"), year))
        for year in range(YEARS)
    ]
    managers = sum(sum(manager(op, x, year)) for year in range(YEARS))
    sums = {name: Sql(name) + (managers + onboarding(name)) for name in ALTERNATIVES}
    sums["blocks"] = sum(bought, sums["blocks"])
    return op, list(sums.values())


def main(source, target, form):
    def column(name, path, unit):
        if path in SHARES:
            return f"round(rtrim(\"{path}\", '%')::DOUBLE * 100) AS {name}"
        return f'round("{path}"::DOUBLE * {unit}) AS {name}'

    columns = ", ".join(column(name, path, unit) for name, (path, unit) in COLUMNS.items())
    clients = f"SELECT id, {columns} FROM read_csv('{source}')"
    x = BASE_VALUES | {name: Sql(name) for name in COLUMNS}
    op, sums = {"years": in_years, "months": in_months}[form](clients, x)
    named = ", ".join(f"{total.text} AS {name}" for name, total in zip(ALTERNATIVES, sums))
    printed = ", ".join(f"({name} / 100)::DECIMAL(15, 2) AS {name}" for name in ALTERNATIVES)
    cases = " ".join(f"WHEN {name} THEN '{name}'" for name in ALTERNATIVES)
    cheapest = f"CASE least({', '.join(ALTERNATIVES)}) {cases} END AS cheapest"
    query = f"SELECT id, {printed}, {cheapest} FROM (SELECT id, {named} FROM ({op.query}))"
    duckdb.execute(f"COPY ({query}) TO '{target}' (HEADER)")


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""The portfolio with DuckDB: python with_duckdb.py IN OUT"""
import sys

import duckdb

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, SHARES, totals


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


def main(source, target):
    def column(name, path, unit):
        if path in SHARES:
            return f"round(rtrim(\"{path}\", '%')::DOUBLE * 100) AS {name}"
        return f'round("{path}"::DOUBLE * {unit}) AS {name}'

    columns = ", ".join(column(name, path, unit) for name, (path, unit) in COLUMNS.items())
    op = Query(f"SELECT id, {columns} FROM read_csv('{source}')")
    sums = totals(op, BASE_VALUES | {name: Sql(name) for name in COLUMNS})
    named = ", ".join(f"{total.text} AS {name}" for name, total in zip(ALTERNATIVES, sums))
    printed = ", ".join(f"({name} / 100)::DECIMAL(15, 2) AS {name}" for name in ALTERNATIVES)
    cases = " ".join(f"WHEN {name} THEN '{name}'" for name in ALTERNATIVES)
    cheapest = f"CASE least({', '.join(ALTERNATIVES)}) {cases} END AS cheapest"
    query = f"SELECT id, {printed}, {cheapest} FROM (SELECT id, {named} FROM ({op.query}))"
    duckdb.execute(f"COPY ({query}) TO '{target}' (HEADER)")


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""The portfolio with polars, lazily and streaming: python with_polars.py IN OUT months|years"""
import sys

import polars as pl

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, SHARES, totals


class Expressions:
    """What the rules do with an expression; what they keep becomes a column.

    Polars divides by a number as it multiplies by the reciprocal, which misses a half by a hair; a
    quarter of a whole number more is enough to be exact.
    """

    def __init__(self, frame):
        self.frame = frame

    @staticmethod
    def rounded(number, divisor):
        return ((number + (divisor / 2 + 0.25)) / divisor).floor()

    @staticmethod
    def up(number, divisor):
        return ((number - 0.25) / divisor).ceil()

    @staticmethod
    def whole(number, divisor):
        return ((number + 0.25) / divisor).floor()

    @staticmethod
    def least(a, b):
        return a.clip(upper_bound=float(b)) if isinstance(b, int) else pl.min_horizontal(a, b)

    @staticmethod
    def most(a, b):
        return a.clip(lower_bound=float(b)) if isinstance(b, int) else pl.max_horizontal(a, b)

    def keep(self, name, values):
        self.frame = self.frame.with_columns(values.alias(name))
        return pl.col(name)


def main(source, target, form):
    frame = pl.scan_csv(source, schema_overrides={path: pl.String for path in SHARES})
    columns = {}
    for name, (path, unit) in COLUMNS.items():
        column = pl.col(path)
        if path in SHARES:
            column, unit = column.str.strip_suffix("%").cast(pl.Float64), 100
        columns[name] = (column.cast(pl.Float64) * unit).round()
    op = Expressions(frame.select("id", **columns))
    sums = totals(op, BASE_VALUES | {name: pl.col(name) for name in COLUMNS}, form)
    frame = op.frame.select("id", **dict(zip(ALTERNATIVES, sums)))
    cheapest = pl.lit(ALTERNATIVES[-1])
    for name in reversed(ALTERNATIVES[:-1]):
        cheapest = pl.when(pl.col(name) == pl.min_horizontal(ALTERNATIVES)).then(pl.lit(name)).otherwise(cheapest)
    frame = frame.with_columns(cheapest=cheapest).with_columns(pl.col(ALTERNATIVES) / 100)
    frame.sink_csv(target, float_precision=2)


if __name__ == "__main__":
    main(*sys.argv[1:4])

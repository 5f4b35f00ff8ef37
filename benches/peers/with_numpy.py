"""The portfolio with numpy and pyarrow: python with_numpy.py IN OUT months|years

Blocks of rows that stay in the cache, two of them at a time. Whole numbers in doubles: exact, as no
figure reaches 2^51.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, SHARES, totals

BLOCK = 32_768
THREADS = 2


class Arrays:
    """What the rules do with an array."""

    least, most = np.minimum, np.maximum

    @staticmethod
    def rounded(number, divisor):
        quotient = number / divisor
        quotient += 0.5
        return np.floor(quotient, out=quotient)

    @staticmethod
    def up(number, divisor):
        quotient = number / divisor
        return np.ceil(quotient, out=quotient)

    @staticmethod
    def whole(number, divisor):
        return np.floor(number / divisor)

    @staticmethod
    def keep(_name, values):
        return values


def main(source, target, form):
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    shares = dict.fromkeys(SHARES, pa.string())
    table = csv.read_csv(source, convert_options=csv.ConvertOptions(column_types=shares)).combine_chunks()
    names = pa.array(ALTERNATIVES)

    def block(start):
        here = table.slice(start, BLOCK).combine_chunks()
        x = dict(BASE_VALUES)
        for name, (path, unit) in COLUMNS.items():
            column = here[path]
            if path in shares:
                column, unit = pc.cast(pc.utf8_rtrim(column, "%"), pa.float64()), 100
            x[name] = np.rint(column.to_numpy() * unit)
        sums = np.stack(totals(Arrays, x, form))
        amounts = dict(zip(ALTERNATIVES, sums / 100))
        result = pa.table({"id": here["id"], **amounts, "cheapest": names.take(pa.array(sums.argmin(axis=0)))})
        lines = pa.BufferOutputStream()
        csv.write_csv(result, lines, csv.WriteOptions(include_header=start == 0, quoting_style="none"))
        return lines.getvalue()

    with ThreadPoolExecutor(THREADS) as threads, open(target, "wb") as file:
        for lines in threads.map(block, range(0, table.num_rows, BLOCK)):
            file.write(lines)


if __name__ == "__main__":
    main(*sys.argv[1:4])

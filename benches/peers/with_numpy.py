"""The portfolio with numpy and pyarrow: python with_numpy.py IN OUT

Blocks of rows that stay in the cache, two of them at a time. Whole numbers in doubles: exact, as no
figure reaches 2^51.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, SHARES, totals

BLOCK = 16_384
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
        return np.ceil(number / divisor)

    @staticmethod
    def whole(number, divisor):
        return np.floor(number / divisor)

    @staticmethod
    def keep(_name, values):
        return values


def main(source, target):
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    shares = dict.fromkeys(SHARES, pa.string())
    table = csv.read_csv(source, convert_options=csv.ConvertOptions(column_types=shares)).combine_chunks()
    columns = {}
    for name, (path, unit) in COLUMNS.items():
        column = table[path]
        if path in shares:
            column, unit = pc.cast(pc.utf8_rtrim(column, "%"), pa.float64()), 100
        columns[name] = np.rint(column.to_numpy() * unit)
    rows = table.num_rows
    out = np.empty((len(ALTERNATIVES), rows))

    def block(start):
        here = slice(start, min(start + BLOCK, rows))
        x = BASE_VALUES | {name: column[here] for name, column in columns.items()}
        for place, total in zip(out, totals(Arrays, x)):
            place[here] = total

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(block, range(0, rows, BLOCK)))
    cheapest = pa.DictionaryArray.from_arrays(pa.array(out.argmin(axis=0).astype(np.int8)), pa.array(ALTERNATIVES))
    amounts = {name: out[index] / 100 for index, name in enumerate(ALTERNATIVES)}
    result = pa.table({"id": table["id"], **amounts, "cheapest": cheapest.cast(pa.string())})
    csv.write_csv(result, target, csv.WriteOptions(quoting_style="none"))


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""The portfolio as a sheet that LibreOffice recalculates: python with_libreoffice.py IN OUT [ROWS]

A row a client, a column for each count, wage and amount that is used more than once. The sheet holds
formulas and no results, so to convert it to CSV is to calculate it.
"""
import csv
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

from rules import ALTERNATIVES, BASE_VALUES, COLUMNS, totals
from with_duckdb import Sql

OFFICE = shutil.which("soffice") or "/usr/lib/libreoffice/program/soffice"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="clients">
"""
TAIL = "</table:table></office:spreadsheet></office:body></office:document>\n"


class Cell(Sql):
    """A formula; `#` stands for the number of the row."""

    def infix(self, sign, other):
        return Cell(f"({self.text}{sign}{cell(other)})")


def cell(value):
    return value.text if isinstance(value, Sql) else str(value)


def letters(index):
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


class Sheet:
    """What the rules do with formulas; what they keep is a column of its own."""

    def __init__(self, columns):
        self.columns, self.formulas = columns, []

    @staticmethod
    def rounded(number, divisor):
        return Cell(f"ROUND({cell(number)}/{divisor};0)")

    @staticmethod
    def up(number, divisor):
        return Cell(f"ROUNDUP({cell(number)}/{divisor};0)")

    @staticmethod
    def whole(number, divisor):
        return Cell(f"QUOTIENT({cell(number)};{divisor})")

    @staticmethod
    def least(a, b):
        return Cell(f"MIN({cell(a)};{cell(b)})")

    @staticmethod
    def most(a, b):
        return Cell(f"MAX({cell(a)};{cell(b)})")

    def keep(self, _name, value):
        self.formulas.append(cell(value))
        return Cell(f"[.{letters(self.columns + len(self.formulas) - 1)}#]")


def main(source, target, rows=10_000):
    given = {name: Cell(f"[.{letters(index)}#]") for index, name in enumerate(COLUMNS, start=1)}
    sheet = Sheet(1 + len(COLUMNS))
    sums = [Cell(f"({total.text}/100)") for total in totals(sheet, BASE_VALUES | given)]
    first = sheet.columns + len(sheet.formulas)
    ends = f"[.{letters(first)}#:.{letters(first + len(sums) - 1)}#]"
    names = ";".join(f'"{name}"' for name in ALTERNATIVES)
    sheet.formulas += [total.text for total in sums] + [f"CHOOSE(MATCH(MIN({ends});{ends};0);{names})"]
    formulas = [escape(formula, {'"': "&quot;"}) for formula in sheet.formulas]

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "clients.fods")
        with open(source, newline="") as read, open(file, "w") as write:
            write.write(HEAD)
            for number, cells in enumerate(csv.DictReader(read), start=1):
                if number > rows:
                    break
                write.write(f"<table:table-row><table:table-cell><text:p>{cells['id']}</text:p></table:table-cell>")
                for path, unit in COLUMNS.values():
                    text = cells[path]
                    value = int(Decimal(text[:-1]) * 100 if text.endswith("%") else Decimal(text) * unit)
                    write.write(f'<table:table-cell office:value-type="float" office:value="{value}"/>')
                for formula in formulas:
                    write.write(f'<table:table-cell table:formula="of:={formula.replace("#", str(number))}"/>')
                write.write("</table:table-row>\n")
            write.write(TAIL)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = [OFFICE, profile, "--headless", "--convert-to", "csv", "--outdir", folder, str(file)]
        subprocess.run(convert, check=True, capture_output=True)
        with open(Path(folder, "clients.csv"), newline="") as read, open(target, "w", newline="") as write:
            out = csv.writer(write, lineterminator="\n")
            out.writerow(["id", *ALTERNATIVES, "cheapest"])
            for row in csv.reader(read):
                out.writerow([row[0], *row[first : first + len(sums) + 1]])


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))

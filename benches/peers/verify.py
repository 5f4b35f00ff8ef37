"""The yardstick held to the program: rows of a portfolio written out as scenarios and compared."""
import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path

from rules import ALTERNATIVES, COLUMNS, HERE

SCENARIO = """schema = 1
extends = "{base}"
name = "Client"
currency = "USD"
term_months = 36
[organization]
users = {users}
devices = {{ workstation = {workstations}, server = {servers} }}
growth = {{ users = "{users_growth}", devices = "{devices_growth}" }}
[services.support]
tickets_per_user = {tickets}
[[team]]
role = "Manager"
headcount = 1
salary = 105_000
services = ["operations"]
hours = "mon-fri 08:00-17:00"
[[team]]
role = "Technician"
headcount = {headcount}
salary = {salary}
services = ["operations"]
hours = "mon-fri 08:00-17:00"
[offers.hybrid]
per_user = {{ rate = {hybrid_rate}, minimum = 20 }}
uplift = "{hybrid_uplift}"
"""


def verify(program, clients, yardstick, folder, rows):
    """Compares so many clients, each as a scenario of its own; says how many totals were the same cent."""
    scenarios, output = folder / "scenarios", folder / "compared"
    scenarios.mkdir(exist_ok=True)
    with open(clients, newline="") as file:
        cells = [row for row, _ in zip(csv.DictReader(file), range(rows))]
    for row in cells:
        values = {name: row[path] for name, (path, _) in COLUMNS.items()}
        text = SCENARIO.format(base=HERE / "base.toml", **values)
        (scenarios / f"{row['id']}.toml").write_text(text)
    command = [program, "compare", *sorted(scenarios.glob("*.toml")), "--no-png", "--quiet", "--output", output]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    same = 0
    with open(yardstick, newline="") as file:
        for row, right in zip(cells, csv.DictReader(file)):
            found = json.loads((output / row["id"] / "comparison.json").read_text())
            for alternative in found["alternatives"]:
                total = right[alternative["id"]]
                if Decimal(alternative["total"]) != Decimal(total):
                    raise SystemExit(f"{row['id']} {alternative['id']}: {alternative['total']} here, {total} there")
                same += 1
    assert same == rows * len(ALTERNATIVES)
    return same

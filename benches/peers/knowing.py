"""Holds the value of knowing an input, and regret, to numpy over the same draws.

    python knowing.py PROGRAM SCENARIO…

The draws, the totals and who meets the targets in each are those that `comanage simulate --draws` writes; what follows
from them is worked out here once more: the draws sorted by an input into floor(sqrt(N)) bins of equal count, the least
mean total less the mean over bins of the least mean in each; what an alternative costs beyond the cheapest that meets
the targets in the same draw. One chooses among those that meet the targets at the likely values.
"""
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np


def drawn(program, scenario, folder):
    draws = folder / "draws.csv"
    run = subprocess.run(
        [program, "simulate", scenario, "--no-png", "--quiet", "--format", "json", "--draws", draws, "--output", folder],
        check=True, capture_output=True)
    with draws.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return json.loads(run.stdout), {name: [row[name] for row in rows] for name in rows[0]}


def numbers(column):
    return np.array([float(value.rstrip("%")) for value in column])


def knowing(known, totals):
    """The value of knowing an input before one of some alternatives is chosen."""
    bins = int(np.sqrt(len(known)))
    order = np.argsort(known, kind="stable")
    ends = [len(known) * place // bins for place in range(bins + 1)]
    best = [totals[:, order[a:b]].mean(axis=1).min() * (b - a) for a, b in zip(ends, ends[1:])]
    return totals.mean(axis=1).min() - sum(best) / len(known)


def hold(program, scenario, folder):
    found, columns = drawn(program, scenario, folder)
    compared = json.loads(subprocess.run(
        [program, "compare", scenario, "--no-png", "--quiet", "--format", "json", "--output", folder],
        check=True, capture_output=True).stdout)
    judged = ("meets_coverage_target", "meets_work_target", "meets_budget")
    chosen = [of["id"] for of in compared["alternatives"] if all(of[key] is not False for key in judged)]
    totals = np.array([numbers(columns[f"total.{id}"]) for id in chosen])
    looked = 0
    for of in found["decision"]["inputs"]:
        value = knowing(numbers(columns[of["path"]]), totals)
        assert abs(value - float(of["value_of_knowing"])) <= 0.01 + 1e-9 * abs(value), (of, value)
        looked += 1
    recommended = columns["recommended"]
    least = np.array([float(columns[f"total.{id}"][row]) if id else np.nan for row, id in enumerate(recommended)])
    for of in found["alternatives"]:
        if of["chance_meets_targets"] is None or of["chance_meets_targets"]["value"] < 1:
            continue
        regret = np.nanmean(numbers(columns[f"total.{of['id']}"]) - least)
        assert abs(regret - float(of["regret_recommended_mean"])) <= 0.01, (of["id"], regret)
        looked += 1
    return looked


def main():
    program, *scenarios = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for scenario in scenarios:
            print(f"{scenario}: {hold(program, scenario, Path(folder))} values agree")


if __name__ == "__main__":
    main()

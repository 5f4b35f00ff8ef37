"""Whether two sides came to the same."""
import csv
import json
from math import sqrt

from rules import ALTERNATIVES

# Standard errors within which two independent estimates must lie.
FAR = 5


def cents(yardstick, file, rows=None):
    """How many totals differ by how many cents at most, and how many rows name another cheapest."""
    totals = most = others = count = 0
    with open(yardstick, newline="") as right, open(file, newline="") as own:
        for ours, theirs in zip(csv.reader(right), csv.reader(own)):
            if ours[0] == "id":
                continue
            assert ours[0] == theirs[0], (ours, theirs)
            differences = [abs(round(float(a) * 100) - round(float(b) * 100)) for a, b in zip(ours[1:7], theirs[1:7])]
            totals += sum(difference > 0 for difference in differences)
            most = max(most, *differences)
            others += ours[7] != theirs[7]
            count += 1
            if count == rows:
                break
    return count, totals, most, others


def everywhere(ours, theirs):
    """How many rows of two files of totals have other totals, or another cheapest."""
    from pyarrow import compute, csv

    one, other = (csv.read_csv(file) for file in (ours, theirs))
    assert one.num_rows == other.num_rows
    same = compute.equal(one.column(0), other.column(0))
    for index in range(1, 8):
        same = compute.and_(same, compute.equal(one.column(index), other.column(index)))
    return one.num_rows - compute.sum(same).as_py()


def simulations(ours, theirs):
    """The results of two simulations that lie further apart than chance explains, and how many were looked at.

    An interval of a chance gives its error; that of a percentile is found from its neighbours.
    """
    n = ours["samples"]
    looked, apart = 0, []

    def look(what, a, b, error):
        nonlocal looked
        looked += 1
        if b is None or not abs(float(a) - float(b)) <= FAR * sqrt(2) * error + 0.01:
            apart.append(f"{what}: {a} and {b}, error {error:.4g}")

    def chances(what, a, b):
        assert (a is None) == (b is None), what
        if a is not None:
            look(what, a["value"], b["value"], max((a["high"] - a["low"]) / 3.92, 1 / n))

    for a, b in zip(ours["alternatives"], theirs["alternatives"]):
        for figure in ("total", "present_value"):
            error = a[figure]["standard_error"]
            look(f"{a['id']} {figure} mean", a[figure]["mean"], b[figure]["mean"], error)
            # Where the sd of a normal lies, doubled for shapes that are none.
            look(f"{a['id']} {figure} sd", a[figure]["sd"], b[figure]["sd"], 2 * error / sqrt(2))
            for p in (5, 10, 25, 50, 75, 90, 95):
                # sqrt(p (1 - p) / n) over the density, which is 0.10 / sd at the ends for a normal.
                share = p / 100
                look(f"{a['id']} {figure} P{p}", a[figure][f"p{p}"], b[figure][f"p{p}"], sqrt(share * (1 - share)) * error / 0.08)
        for chance in ("chance_cheapest", "chance_below_baseline", "chance_recommended"):
            chances(f"{a['id']} {chance}", a[chance], b[chance])
        spread = a["total"]["standard_error"]
        for kind in ("regret", "regret_recommended"):
            if a[f"{kind}_mean"] is not None:
                look(f"{a['id']} {kind}", a[f"{kind}_mean"], b[f"{kind}_mean"], 2 * spread)
                look(f"{a['id']} {kind} P90", a[f"{kind}_p90"], b[f"{kind}_p90"], 8 * spread)
    for a, b in zip(ours["pairs"], theirs["pairs"]):
        assert (a["a"], a["b"]) == (b["a"], b["b"])
        chances(f"{a['a']} below {a['b']}", a["chance_a_below_b"], b["chance_a_below_b"])
    look("value of perfect information", ours["value_of_perfect_information"], theirs["value_of_perfect_information"],
         2 * max(one["total"]["standard_error"] for one in ours["alternatives"]))

    rows = {(row["alternative"], row["against"], row["path"]): row for row in theirs["tornado"]}
    assert len(rows) == len(ours["tornado"])
    for a in ours["tornado"]:
        key = a["alternative"], a["against"], a["path"]
        b = rows[key]
        for end in ("total_at_low", "total_at_high", "swing"):
            look(f"{key} {end}", a[end], b[end], 0)
        if a["rank_correlation"] is not None:
            look(f"{key} rank correlation", a["rank_correlation"], b["rank_correlation"], 1 / sqrt(n))
    return looked, apart

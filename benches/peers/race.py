"""The races and their tables; `run` prepares what they need."""
import argparse
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import agree
import growth
import with_libreoffice
from measure import in_turn, machine, median, ratio, run, table
from rules import HERE
from verify import verify

REPOSITORY = HERE.parents[1]
FOLDER = REPOSITORY / "target" / "peers"
OURS = "comanage"


def peer(name, *arguments):
    return [sys.executable, HERE / name, *arguments]


def simulate(args):
    """One million samples of twelve uncertain inputs, every result."""
    command = [args.program, "simulate", HERE / "uncertain.toml", "--samples", args.samples]
    results = {name: FOLDER / f"simulation-{index}.json" for index, name in enumerate((OURS, "independent", "hypercube"))}
    sides = {
        OURS: ([*command, "--no-png", "--quiet", "--format", "json", "--output", FOLDER / "output"], results[OURS]),
        f"numpy {version('numpy')}": (peer("simulate_numpy.py", args.samples), results["independent"]),
        f"numpy and scipy {version('scipy')}, Latin hypercube as ours": (
            peer("simulate_numpy.py", args.samples, "--lhs"), results["hypercube"]),
    }
    done = in_turn(sides, args.runs)
    print(f"\n### simulate: {args.samples:,} samples, 12 inputs, 6 alternatives\n\n{machine()}; median of {args.runs}\n")
    rows = [
        [name, f"{median(times):.2f}", f"{median(times, 'processor'):.2f}", f"{median(times, 'memory'):.0f}",
         f"{ratio(times, done[OURS]):.2f}"]
        for name, times in done.items()
    ]
    print(table(["side", "s", "processor s", "MB", "times ours"], rows))
    found = {name: json.loads(path.read_text()) for name, path in results.items()}
    print()
    for name in ("independent", "hypercube"):
        looked, apart = agree.simulations(found[OURS], found[name])
        print(f"Results of ours beside those of {name} draws: {looked} looked at, {len(apart)} further apart than chance explains.")
        print("".join(f"  {line}\n" for line in apart), end="")


def portfolio(args):
    """A total an alternative for each of many clients, in CSV."""
    clients, small = FOLDER / f"clients-{args.rows}.csv", args.rows_of_slow
    if not clients.exists():
        run(peer("generate.py", args.rows, clients))
    yardstick = FOLDER / "yardstick.csv"
    run(peer("plain.py", "decimal", clients, yardstick, small))
    same = verify(args.program, clients, yardstick, FOLDER, args.verified)
    print(f"\n### portfolio: {args.rows:,} clients, {clients.stat().st_size / 1e6:.1f} MB of CSV\n\n{machine()}; median of {args.runs}\n")
    print(f"The yardstick, plain Python with decimals, gives the totals of `comanage compare` to the cent: {same} totals "
          f"of {args.verified} clients.\n")

    def out(name):
        return FOLDER / f"totals-{name}.csv"

    sides = {}
    has_portfolio = subprocess.run([args.program, "portfolio", "--help"], capture_output=True).returncode == 0
    if has_portfolio:
        ours = [args.program, "portfolio", HERE / "base.toml", clients, "--totals", "--quiet", "--output", FOLDER / "output"]
        sides[OURS] = (ours, None)
    for name in ("polars", "duckdb", "numpy"):
        sides[f"{name} {version(name)}"] = (peer(f"with_{name}.py", clients, out(name)), None)
    done = in_turn(sides, args.runs)
    files = {side: out(side.split()[0]) for side in sides}
    if has_portfolio:
        files[OURS] = FOLDER / "output" / "base" / "totals.csv"
    first = next(iter(done.values()))
    rows = []
    for name, times in done.items():
        _, differ, most, others = agree.cents(yardstick, files[name], small)
        rows.append([name, f"{args.rows:,}", f"{median(times):.2f}", f"{median(times, 'memory'):.0f}",
                     f"{median(times) / args.rows * 1e6:.2f}", f"{ratio(times, first):.1f}", differ, f"{most / 100:.2f}", others])

    slow = {f"plain Python, {kind}": peer("plain.py", kind, clients, out(kind)) for kind in ("float", "decimal")}
    if os.path.exists(with_libreoffice.OFFICE):
        slow["LibreOffice, a sheet"] = peer("with_libreoffice.py", clients, out("sheet"))
    for name, command in slow.items():
        files[name] = Path(command[-1])
        start, whole = run([*command, 1]), run([*command, small])
        each = (whole.wall - start.wall) / small * 1e6
        _, differ, most, others = agree.cents(yardstick, files[name], small)
        ours = median(first) / args.rows * 1e6
        rows.append([name, f"{small:,}", f"{whole.wall:.2f}", f"{whole.memory:.0f}", f"{each:.2f}", f"{each / ours:,.0f}",
                     differ, f"{most / 100:.2f}", others])
    head = ["side", "clients", "s", "MB", "µs a client", "times the first", f"of {6 * small:,} totals not the yardstick's",
            "by at most", "another cheapest"]
    print(table(head, rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("race", choices=["simulate", "portfolio", "growth", "all"])
    parser.add_argument("--program", type=Path, default=REPOSITORY / "target" / "release" / "comanage")
    parser.add_argument("--samples", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rows-of-slow", type=int, default=10_000, help="clients of plain Python and the sheet")
    parser.add_argument("--verified", type=int, default=48, help="clients that are compared one by one")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    races = {"simulate": simulate, "portfolio": portfolio, "growth": lambda args: growth.growth(args.program, FOLDER, args.runs)}
    for name, race in races.items():
        if args.race in (name, "all"):
            race(args)


if __name__ == "__main__":
    main()

"""The races and their tables; `run` prepares what they need."""
import argparse
import json
import os
import re
import shutil
import statistics
import sys
from importlib.metadata import version
from pathlib import Path

import agree
import growth
import with_libreoffice
from measure import in_turn, machine, median, ratio, run, table, told
from rules import HERE
from verify import verify

REPOSITORY = HERE.parents[1]
FOLDER = REPOSITORY / "target" / "peers"
OURS = "comanage"


def peer(name, *arguments):
    return [sys.executable, HERE / name, *arguments]


def simulate(args):
    """One million samples of twelve uncertain inputs, every result."""
    command = [args.program, "simulate", HERE / "uncertain.toml", "--samples", args.samples,
               "--no-png", "--quiet", "--format", "json", "--output", FOLDER / "output"]
    alone = f"{OURS}, independent draws"
    results = {name: FOLDER / f"simulation-{index}.json"
               for index, name in enumerate((OURS, alone, "independent", "hypercube"))}
    sides = {
        OURS: (command, results[OURS]),
        alone: ([*command, "--sampling", "independent"], results[alone]),
        f"numpy {version('numpy')}": (peer("simulate_numpy.py", args.samples), results["independent"]),
        f"numpy and scipy {version('scipy')}, Latin hypercube as ours": (
            peer("simulate_numpy.py", args.samples, "--lhs"), results["hypercube"]),
    }
    done = in_turn(sides, args.runs)
    print(f"\n### simulate: {args.samples:,} samples, 12 inputs, 6 alternatives\n\n{machine()}; median of {args.runs}\n")
    rows = [
        [name, f"{median(times):.2f}", f"{median(times, 'processor'):.2f}", f"{median(times, 'memory'):.0f}",
         told(ratio(times, done[OURS]))]
        for name, times in done.items()
    ]
    print(table(["side", "s", "processor s", "MB", "times ours"], rows))
    found = {name: json.loads(path.read_text()) for name, path in results.items()}
    print()
    for own, name in ((alone, "independent"), (OURS, "hypercube")):
        looked, apart = agree.simulations(found[own], found[name])
        print(f"Results of {own} and those of {name} draws of numpy: {looked} looked at, {len(apart)} further apart than chance explains.")
        print("".join(f"  {line}\n" for line in apart), end="")


def clients_of(rows):
    """The file of so many clients; made if it is not there."""
    clients = FOLDER / f"clients-{rows}.csv"
    if not clients.exists():
        run(peer("generate.py", rows, clients))
    return clients


def portfolio(args):
    """A total an alternative for each of many clients, in CSV."""
    clients, small = clients_of(args.rows), args.rows_of_slow
    yardstick = FOLDER / "yardstick.csv"
    run(peer("plain.py", "decimal", clients, yardstick, small))
    same = verify(args.program, clients, yardstick, FOLDER, args.verified)
    print(f"\n### portfolio: {args.rows:,} clients, {clients.stat().st_size / 1e6:.1f} MB of CSV\n\n{machine()}; median of {args.runs}\n")
    print(f"The yardstick, plain Python with decimals, gives the totals of `comanage compare` to the cent: {same} totals "
          f"of {args.verified} clients.\n")

    def out(name):
        return FOLDER / f"totals-{name}.csv"

    ours = [args.program, "portfolio", HERE / "base.toml", clients, "--totals", "--to", out(OURS), "--no-png", "--quiet"]
    sides = {OURS: ([*ours, "--output", FOLDER / "output"], None)}
    files = {OURS: out(OURS)}
    for form, told_as in (("months", "month by month"), ("years", "by hand in whole years")):
        for name in ("polars", "DuckDB", "numpy"):
            side, file = f"{name} {version(name)}, {told_as}", out(f"{name.lower()}-{form}")
            sides[side] = (peer(f"with_{name.lower()}.py", clients, file, form), None)
            files[side] = file
    all_figures, bytes_alone = f"{OURS}, every figure", "reading and writing the same bytes"
    every = [part for part in ours if part != "--totals"]
    every[every.index("--to") + 1] = out("every-figure")
    beside = {all_figures: ([*every, "--output", FOLDER / "output"], None),
              bytes_alone: (peer("copies.py", clients, out("copy"), out(OURS)), None)}
    run(sides[OURS][0])
    done = in_turn({**sides, **beside}, args.runs, {**files, all_figures: out("every-figure"), bytes_alone: out("copy")})
    first = done[OURS]
    rows = []
    for name, times in ((name, done[name]) for name in sides):
        _, differ, most, others = agree.cents(yardstick, files[name], small)
        rows.append([name, f"{args.rows:,}", f"{median(times):.2f}", f"{median(times, 'processor'):.2f}",
                     f"{median(times, 'memory'):.0f}", f"{median(times) / args.rows * 1e6:.2f}", told(ratio(times, first)),
                     differ, f"{most / 100:.2f}", others])

    slow = {f"plain Python, {kind}": peer("plain.py", kind, clients, out(kind)) for kind in ("float", "decimal")}
    if os.path.exists(with_libreoffice.OFFICE):
        slow["LibreOffice, a sheet"] = peer("with_libreoffice.py", clients, out("sheet"))
    for name, command in slow.items():
        files[name] = Path(command[-1])
        start, whole = run([*command, 1]), run([*command, small])
        each = (whole.wall - start.wall) / small * 1e6
        _, differ, most, others = agree.cents(yardstick, files[name], small)
        ours = median(first) / args.rows * 1e6
        rows.append([name, f"{small:,}", f"{whole.wall:.2f}", f"{whole.processor:.2f}", f"{whole.memory:.0f}", f"{each:.2f}",
                     told(each / ours), differ, f"{most / 100:.2f}", others])
    apart = {name: agree.everywhere(files[OURS], files[name]) for name in sides}
    head = ["side", "clients", "s", "processor s", "MB", "µs a client", "times ours", f"of {6 * small:,} totals not the yardstick's",
            "by at most", "another cheapest"]
    print(table(head, rows))
    print(f"\nOf {args.rows:,} clients of {len(sides) - 1} peers on columns, {sum(apart.values())} have another total or "
          "cheapest than ours.\n")
    head = ["side", "MB in", "MB out", "s", "processor s", "times ours"]
    print(table(head, [
        [name, f"{clients.stat().st_size / 1e6:.1f}", f"{file.stat().st_size / 1e6:.1f}", f"{median(done[name]):.2f}",
         f"{median(done[name], 'processor'):.2f}", told(ratio(done[name], first))]
        for name, file in ((OURS, out(OURS)), (all_figures, out("every-figure")), (bytes_alone, out("copy")))
    ]))


def spark(args):
    """The same clients by one process and by Spark on the same cores, both ways of the example."""
    clients, base = clients_of(args.rows), HERE / "base.toml"
    whole = FOLDER / "totals-whole.csv"
    one = [args.program, "portfolio", base, clients, "--totals", "--to", whole, "--no-png", "--quiet"]
    sides = {OURS: ([*one, "--output", FOLDER / "output"], None)}
    folders = {way: FOLDER / f"spark-{way}" for way in ("pipe", "shard")}
    for way, folder in folders.items():
        command = [sys.executable, REPOSITORY / "examples" / "pyspark_portfolio.py", way, base, clients, folder]
        sides[way] = ([*command, "--program", args.program, "--master", "local[2]"], FOLDER / f"spark-{way}.txt")
    done = {name: [] for name in sides}
    inside = {way: [] for way in folders}
    for _ in range(args.runs):
        for name, side in sides.items():
            shutil.rmtree(folders.get(name, "none"), ignore_errors=True)
            done[name] += in_turn({name: side}, 1)[name]
            if name in inside:
                inside[name].append(float(re.search(r"the rows took ([0-9.]+) s", side[1].read_text())[1]))
    right = whole.read_bytes().split(b"\n", 1)[1]
    for way, folder in folders.items():
        parts = [part.read_bytes() for part in sorted(folder.glob("rows/part-*"))]
        own = b"".join(part.split(b"\n", 1)[1] if part.startswith(b"id,") else part for part in parts)
        if own != right:
            raise SystemExit(f"Spark, {way}: not the bytes of one process")
    first = median(done[OURS])
    rows = [[OURS, f"{first:.2f}", "", "1.0"]]
    for way, times in inside.items():
        took = statistics.median(times)
        rows.append([f"PySpark {version('pyspark')}, {way}", f"{took:.2f}", f"{median(done[way]) - took:.1f}", told(took / first)])
    print(f"\n### Spark: {args.rows:,} clients on local[2]\n\n{machine()}; median of {args.runs}\n")
    print(table(["side", "s", "start and end of Spark, s", "times ours"], rows))
    print("\nThe results are, byte for byte, those of one process.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("race", choices=["simulate", "portfolio", "spark", "growth", "all"])
    parser.add_argument("--program", type=Path, default=REPOSITORY / "target" / "release" / "comanage")
    parser.add_argument("--samples", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rows-of-slow", type=int, default=10_000, help="clients of plain Python and the sheet")
    parser.add_argument("--verified", type=int, default=48, help="clients that are compared one by one")
    parser.add_argument("--most", type=int, default=10_000_000, help="samples and clients that growth goes up to")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    races = {"simulate": simulate, "portfolio": portfolio, "spark": spark}
    races["growth"] = lambda args: growth.growth(args.program, FOLDER, args.runs, args.most, clients_of)
    for name, race in races.items():
        if args.race in (name, "all"):
            race(args)


if __name__ == "__main__":
    main()

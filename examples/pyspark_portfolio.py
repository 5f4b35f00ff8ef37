"""A portfolio on Spark: python pyspark_portfolio.py pipe|shard BASE.toml CLIENTS.csv OUT

Two ways, both with one process of comanage for each task and the order of the rows kept:

pipe    the rows go through Spark: each partition is written to `comanage portfolio BASE.toml -` and read
        back. Takes rows from wherever Spark has them; pays for every line twice, in Java and in Python.
shard   only numbers go through Spark: task I of N runs `--shard I/N` on the file, which each worker
        must see, and writes its own part. Nothing but the file system moves rows.

OUT/rows/part-* are the results, in the order of the rows: of `shard` each with a row of heads, of `pipe`
without. OUT/files/* has the summary and the rejects of each task. `pip install pyspark`, Java 17 or
later; --master is spark://... on a cluster, --program where comanage is.
"""
import argparse
import os
import shlex
import subprocess
import sys
import time

from pyspark.sql import SparkSession


def command(args, rows, files, *more):
    """One process, on one thread: Spark has the cores shared out."""
    return [
        args.program, "portfolio", args.base, rows, args.shape, *more,
        "--jobs", "1", "--quiet", "--no-png", "--output", files,
    ]


def pipe(spark, args, heads):
    """Each partition through a process."""
    ours = command(args, "-", f"{args.out}/files/", "--no-header", "--columns", heads, "--to", "-")
    # The last argument is a folder: the shell makes it one of this process alone.
    in_shell = ["sh", "-c", f'exec {shlex.join(ours)}"$(hostname)-$$"']
    lines = spark.sparkContext.textFile(args.clients, args.tasks).filter(lambda line: line != heads)
    lines.pipe(shlex.join(in_shell), env=dict(os.environ), checkCode=True).saveAsTextFile(f"{args.out}/rows")


def shard(spark, args, _heads):
    """Each task opens its own part of the file."""
    def task(number):
        part = f"{args.out}/rows/part-{number:05d}"
        ours = command(args, args.clients, f"{args.out}/files/{number}", "--shard", f"{number}/{args.tasks}", "--to", part)
        subprocess.run(ours, check=True, stdout=subprocess.DEVNULL)
        return part

    os.makedirs(f"{args.out}/rows", exist_ok=True)
    spark.sparkContext.parallelize(range(1, args.tasks + 1), args.tasks).map(task).collect()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["pipe", "shard"])
    for name in ("base", "clients", "out"):
        parser.add_argument(name, type=os.path.abspath)
    parser.add_argument("--shape", choices=["--totals", "--best"], default="--totals", help="what a row of the result is")
    parser.add_argument("--tasks", type=int, default=8)
    parser.add_argument("--master", default="local[*]")
    parser.add_argument("--program", default="comanage")
    args = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with open(args.clients) as file:
        heads = file.readline().rstrip("\n")
    start = time.perf_counter()
    spark = SparkSession.builder.master(args.master).config("spark.ui.enabled", "false")
    spark = spark.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.parallelize([0]).count()
    ready = time.perf_counter()
    {"pipe": pipe, "shard": shard}[args.way](spark, args, heads)
    done = time.perf_counter()
    print(f"{args.way}: Spark was ready after {ready - start:.1f} s, the rows took {done - ready:.1f} s")
    spark.stop()


if __name__ == "__main__":
    main()

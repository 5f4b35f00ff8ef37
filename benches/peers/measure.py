"""Whole processes, measured in turn so that a machine that slows down slows every side."""
import datetime
import os
import platform
import resource
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))[:2]


class Times:
    """A process that has ended: seconds from start to end, of the processor, and the most memory in MB."""

    def __init__(self, wall, processor, memory):
        self.wall, self.processor, self.memory = wall, processor, memory


def run(command, output=None):
    """Runs a command on the cores of the race; its standard output goes to a file or nowhere."""
    with open(output or os.devnull, "wb") as to, tempfile.TemporaryFile() as problems:
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=to, stderr=problems)
        watched = Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            problems.seek(0)
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{problems.read().decode()}")
    # A process inherits the peak of the one that starts it: below that the system's figure says nothing.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = used.ru_maxrss if used.ru_maxrss > own else watched.peak
    return Times(wall, used.ru_utime + used.ru_stime, peak / 1024)


class Watch(threading.Thread):
    """Looks at the peak memory of a process until it is gone, in KB."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.file, self.peak = Path(f"/proc/{process}/status"), 0
        self.start()

    def run(self):
        while True:
            try:
                lines = self.file.read_text().splitlines()
                self.peak = max(self.peak, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM")))
            except (OSError, TypeError):
                return
            time.sleep(0.002)


def in_turn(sides, runs, files=None):
    """Runs each side so often, A B C A B C; `sides` is name to (command, file of its output). What a side
    writes, in `files`, is removed before it runs: nobody's time has the removal of an older file in it."""
    os.sched_setaffinity(0, CORES)
    done = {name: [] for name in sides}
    for _ in range(runs):
        for name, (command, output) in sides.items():
            if files:
                files[name].unlink(missing_ok=True)
            done[name].append(run(command, output))
    return done


def median(times, what="wall"):
    return statistics.median(getattr(one, what) for one in times)


def ratio(times, first):
    """How many times as long as the first side, round by round: the median of the ratios."""
    return statistics.median(one.wall / other.wall for one, other in zip(times, first))


def told(times):
    """How many times as long, in as many digits as such a figure bears."""
    return f"{times:,.0f}" if times >= 10 else f"{times:.2g}"


def machine():
    model = next(line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {len(CORES)} cores, {memory:.0f} GB, {platform.system()}, {datetime.date.today()}"


def table(head, rows):
    """A table in Markdown, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)

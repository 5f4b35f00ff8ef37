"""How time and memory grow with what is asked: months, alternatives, services, samples, clients."""
import os
import subprocess
import sys

from measure import in_turn, machine, median, run, table
from rules import HERE

OFFER = """
[offers.more_{number}]
per_user = {{ rate = {rate}, minimum = 20 }}
retainer = {{ monthly = 900, included_hours = 10, overage_rate = 125 }}
uplift = "4%"
covers = "all"
"""
SERVICE = """
[services.more_{number}]
hours = "mon-fri 08:00-17:00"
hours_per_month = {hours}
"""
SAMPLES = 10_000


def scenario(folder, months=36, alternatives=6, services=2):
    """base.toml with another term, more offers, more services; the team holds the services."""
    text = (HERE / "base.toml").read_text().replace("term_months = 36", f"term_months = {months}")
    text += "".join(OFFER.format(number=number, rate=30 + number) for number in range(alternatives - 6))
    text += "".join(SERVICE.format(number=number, hours=2 + number % 5) for number in range(services - 2))
    held = ", ".join(['"operations"', *(f'"more_{number}"' for number in range(services - 2))])
    text = text.replace('services = ["operations"]', f"services = [{held}]")
    # One figure is uncertain, and something follows from it in every alternative.
    text = text.replace("headcount = 2\n", "headcount = { low = 1.2, likely = 2, high = 3.5 }\n")
    text = text.replace("tickets_per_user = 0.9", "tickets_per_user = { low = 0.4, likely = 0.9, high = 1.8 }")
    file = folder / f"growth-{months}-{alternatives}-{services}.toml"
    file.write_text(text)
    return file


def growth(program, folder, runs):
    output = ["--output", folder / "output", "--quiet"]
    print(f"\n### growth\n\n{machine()}; median of {runs}\n")
    grown = {
        "months": [{"months": count} for count in (12, 36, 60, 120)],
        "alternatives": [{"alternatives": count} for count in (6, 12, 24, 48)],
        "services": [{"services": count} for count in (2, 8, 16, 32)],
    }
    rows = []
    for what, cases in grown.items():
        for case in cases:
            file = scenario(folder, **case)
            done = in_turn({
                "check": ([program, "check", file], None),
                "compare": ([program, "compare", file, "--no-png", *output], None),
                "simulate": ([program, "simulate", file, "--no-png", "--samples", SAMPLES, *output], None),
            }, runs)
            rows.append([f"{case[what]} {what}", *(f"{median(done[one]) * 1e3:.0f}" for one in done),
                         *(f"{median(done[one], 'memory'):.0f}" for one in ("compare", "simulate"))])
    print(table(["base client with", "check, ms", "compare, ms", f"simulate, {SAMPLES:,} samples, ms", "compare, MB", "simulate, MB"], rows))

    rows = []
    for samples in (1_000, 10_000, 100_000, 1_000_000):
        command = [program, "simulate", HERE / "uncertain.toml", "--samples", samples, "--no-png", *output]
        times = in_turn({"": (command, None)}, runs if samples < 1_000_000 else 1)[""]
        rows.append([f"{samples:,}", f"{median(times):.2f}", f"{median(times) / samples * 1e6:.1f}", f"{median(times, 'memory'):.0f}"])
    print("\n" + table(["samples, 12 inputs", "s", "µs a sample", "MB"], rows))

    if subprocess.run([program, "portfolio", "--help"], capture_output=True).returncode != 0:
        return
    rows = []
    for clients in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        file = folder / f"clients-{clients}.csv"
        if not file.exists():
            run([sys.executable, HERE / "generate.py", clients, file])
        command = [program, "portfolio", HERE / "base.toml", file, "--no-png", "--totals", "--to", os.devnull, *output]
        times = in_turn({"": (command, None)}, runs if clients < 10_000_000 else 1)[""]
        rows.append([f"{clients:,}", f"{median(times):.2f}", f"{median(times) / clients * 1e6:.2f}", f"{median(times, 'memory'):.0f}"])
    print("\n" + table(["clients", "s", "µs a client", "MB"], rows))

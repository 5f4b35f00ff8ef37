"""How time and memory grow with what is asked: months, alternatives, services, samples, clients."""
from measure import in_turn, machine, median, table
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
RANGES = {
    "headcount = 2\n": "headcount = { low = 1.2, likely = 2, high = 3.5 }\n",
    "tickets_per_user = 0.9": "tickets_per_user = { low = 0.4, likely = 0.9, high = 1.8 }",
}
GROWN = {"months": (12, 36, 60, 120), "alternatives": (6, 12, 24, 48), "services": (2, 8, 16, 32)}


def scenarios(folder, months=36, alternatives=6, services=2):
    """base.toml with another term, more offers, more services that the team holds: without ranges, and
    with two from which something follows in every alternative."""
    text = (HERE / "base.toml").read_text().replace("term_months = 36", f"term_months = {months}")
    text += "".join(OFFER.format(number=number, rate=30 + number) for number in range(alternatives - 6))
    text += "".join(SERVICE.format(number=number, hours=2 + number % 5) for number in range(services - 2))
    held = ", ".join(['"operations"', *(f'"more_{number}"' for number in range(services - 2))])
    certain = text.replace('services = ["operations"]', f"services = [{held}]")
    uncertain = certain
    for value, range_ in RANGES.items():
        uncertain = uncertain.replace(value, range_)
    files = [folder / f"growth-{months}-{alternatives}-{services}-{kind}.toml" for kind in ("certain", "uncertain")]
    for file, text in zip(files, (certain, uncertain)):
        file.write_text(text)
    return files


def shape(program, folder, output, runs):
    """How one comparison and one simulation grow with what the file holds."""
    sides = {}
    for what, counts in GROWN.items():
        for count in counts:
            certain, uncertain = scenarios(folder, **{what: count})
            simulate = [program, "simulate", uncertain, "--no-png", "--samples", SAMPLES, *output]
            sides[count, what, "compare"] = ([program, "compare", certain, "--no-png", *output], None)
            sides[count, what, "simulate"] = (simulate, None)
    done = in_turn(sides, runs)
    rows = []
    for count, what, command in sides:
        if command == "compare":
            both = [done[count, what, command], done[count, what, "simulate"]]
            figures = [(f"{median(one) * 1e3:.0f}", f"{median(one, 'processor') * 1e3:.0f}", f"{median(one, 'memory'):.0f}") for one in both]
            rows.append([f"{count} {what}", *figures[0], *figures[1]])
    simulated = f"simulate {SAMPLES:,}"
    head = ["base client with"]
    head += [f"{one}, {unit}" for one in ("compare", simulated) for unit in ("ms", "processor ms", "MB")]
    print(table(head, rows))


def many(what, counts, command_of, runs):
    """How a command grows with how many samples or clients it has; the largest counts once."""
    rows = []
    for count in counts:
        times = in_turn({count: (command_of(count), None)}, runs if count < 1_000_000 else 1)[count]
        each = median(times) / count * 1e6
        processor = f"{median(times, 'processor'):.2f}"
        rows.append([f"{count:,}", f"{median(times):.2f}", processor, f"{each:.2f}", f"{median(times, 'memory'):.0f}"])
    print("\n" + table([what, "s", "processor s", "µs each", "MB"], rows))


def growth(program, folder, runs, most, clients_of):
    """All tables; counts stop at `most`, `clients_of` makes a file of so many clients."""
    output = ["--output", folder / "output", "--quiet"]
    print(f"\n### growth\n\n{machine()}; median of {runs}\n")
    shape(program, folder, output, runs)
    samples = [count for count in (1_000, 10_000, 100_000, 1_000_000) if count <= most]
    many("samples of 12 inputs", samples,
         lambda count: [program, "simulate", HERE / "uncertain.toml", "--samples", count, "--no-png", *output], runs)
    clients = [10**power for power in range(3, 8) if 10**power <= most]
    for count in clients:
        clients_of(count)
    many("clients", clients,
         lambda count: [program, "portfolio", HERE / "base.toml", clients_of(count), "--totals", "--to", "/dev/null",
                        "--no-png", *output], runs)

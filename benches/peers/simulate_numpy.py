"""The simulation of uncertain.toml with numpy, every result that `comanage simulate` gives.

    python simulate_numpy.py SAMPLES [--lhs] > results.json

Beta-PERT draws come from `Generator.beta`, independently; with --lhs from a Latin hypercube through
scipy's inverse of the beta distribution. Draws are rounded to what one could write, amounts to cents.
Blocks of samples stay in the cache; two threads work, as numpy lets go of Python's lock.
"""
import json
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import numpy as np

from rules import ALTERNATIVES, BP, COLUMNS, HERE, ORGANIZATION, at, share, totals
from with_numpy import Arrays

BLOCK = 8_192
THREADS = 2
BASELINE = ALTERNATIVES.index("in_house")
# Who reaches the targets is settled by the exact result, once.
ON_TARGET = [index for index, _ in enumerate(ALTERNATIVES) if index != BASELINE]
PERCENTILES = [5, 10, 25, 50, 75, 90, 95]
UNCERTAIN = tomllib.loads((HERE / "uncertain.toml").read_text(), parse_float=Decimal)
OTHERS = {
    "raise_": ("employment.raise", BP),
    "overage_rate": ("offers.retainer.retainer.overage_rate", 100),
    "block_price": ("offers.blocks.block_hours.price", 100),
}


def whole(value, unit):
    return int((share(value) if isinstance(value, str) else Decimal(value)) * unit)


class Input:
    """An uncertain input: its ends in whole numbers, its column of draws and their ranks."""

    def __init__(self, name, path, unit, samples):
        self.name, self.path, range_ = name, path, at(UNCERTAIN, path)
        self.low, self.likely, self.high = (whole(range_[key], unit) for key in ("low", "likely", "high"))
        width = self.high - self.low
        self.alpha = 1 + 4 * (self.likely - self.low) / width
        self.beta = 1 + 4 * (self.high - self.likely) / width
        self.draws = np.empty(samples)


def draw(input_, generator, here):
    values = generator.beta(input_.alpha, input_.beta, here.stop - here.start)
    values *= input_.high - input_.low
    values += input_.low
    input_.draws[here] = np.rint(values, out=values)


def draw_hypercube(input_, seed, samples):
    from scipy.special import betaincinv

    generator = np.random.default_rng(seed)
    u = (generator.permutation(samples) + generator.random(samples)) / samples
    input_.draws[:] = np.rint(input_.low + (input_.high - input_.low) * betaincinv(input_.alpha, input_.beta, u))


def mean_ranks(values):
    """Ranks from 0, ties at their mean, less their mean; by counting where there are few values."""
    low, high = values.min(), values.max()
    if high - low < 1 << 20:
        places = (values - low).astype(np.int64)
        counts = np.bincount(places)
        ranks = (np.cumsum(counts) - (counts + 1) / 2)[places]
    else:
        order = np.argsort(values)
        ordered = values[order]
        new = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        counts = np.diff(np.append(new, len(values)))
        ranks = np.empty(len(values))
        ranks[order] = np.repeat(new + (counts - 1) / 2, counts)
    ranks -= (len(values) - 1) / 2
    return ranks


def rank_correlation(a, b):
    spread = (a @ a) * (b @ b)
    return float(a @ b / np.sqrt(spread)) if spread > 0 else None


def summary(values):
    ordered = np.sort(values)
    place = (len(ordered) - 1) * np.array(PERCENTILES) / 100
    below = place.astype(np.int64)
    low, high = ordered[below], ordered[below + 1]
    found = low + (place - below) * (high - low)
    sd = values.std(ddof=1)
    return {
        "mean": values.mean(), "sd": sd, "standard_error": sd / np.sqrt(len(values)),
        **{f"p{p}": value for p, value in zip(PERCENTILES, found)},
    }


def chance(held, samples):
    z = 1.959963984540054
    p = held / samples
    middle = (p + z * z / (2 * samples)) / (1 + z * z / samples)
    half = z / (1 + z * z / samples) * np.sqrt(p * (1 - p) / samples + z * z / (4 * samples * samples))
    return {"value": p, "low": middle - half if held > 0 else 0.0, "high": middle + half if held < samples else 1.0}


def below(a, b):
    return chance(np.count_nonzero(a < b) + np.count_nonzero(a == b) / 2, len(a))


def contest(sums, players):
    """The cheapest of each draw, and how often each is that, ties in parts."""
    best = sums[players].min(axis=0)
    wins = np.stack([sums[player] == best for player in players])
    parts = 1 / wins.sum(axis=0, dtype=np.int8)
    return best, {player: chance(float(won @ parts), len(best)) for player, won in zip(players, wins)}


def regret(own, best):
    lost = (own - best) / 100
    place = 0.9 * (len(lost) - 1)
    low = int(place)
    found = np.partition(lost, [low, low + 1])
    return {"mean": lost.mean(), "p90": found[low] + (place - low) * (found[low + 1] - found[low])}


def swings(inputs, likely):
    """Totals with each input at its low and its high end."""
    ends = {input_.name: np.array([input_.low, input_.high], float) for input_ in inputs}
    return {name: np.array(totals(Arrays, likely | {name: both})) for name, both in ends.items()}


def main(samples, hypercube):
    units = COLUMNS | OTHERS
    inputs = [
        Input(name, path, unit, samples) for name, (path, unit) in units.items() if isinstance(at(UNCERTAIN, path), dict)
    ]
    certain = {"servers": ORGANIZATION["devices"]["server"]}
    sums = np.empty((2 * len(ALTERNATIVES), samples))
    blocks = [slice(start, min(start + BLOCK, samples)) for start in range(0, samples, BLOCK)]
    seeds = np.random.SeedSequence(1).spawn(max(len(blocks), len(inputs)))

    def evaluate(block):
        here, seed = block
        if not hypercube:
            generator = np.random.default_rng(seed)
            for input_ in inputs:
                draw(input_, generator, here)
        x = certain | {input_.name: input_.draws[here] for input_ in inputs}
        for place, values in zip(sums, totals(Arrays, x, present_values=True)):
            place[here] = values

    with ThreadPoolExecutor(THREADS) as threads:
        each = threads.map
        if hypercube:
            list(each(lambda pair: draw_hypercube(*pair, samples), zip(inputs, seeds)))
        list(each(evaluate, zip(blocks, seeds)))
        costs, worths = sums[: len(ALTERNATIVES)], sums[len(ALTERNATIVES) :]

        everyone = range(len(ALTERNATIVES))
        total = list(each(lambda index: summary(costs[index] / 100), everyone))
        worth = list(each(lambda index: summary(worths[index] / 100), everyone))
        (best, cheapest), (best_on_target, recommended) = each(
            lambda players: contest(costs, players), [list(everyone), ON_TARGET]
        )
        lost = list(each(lambda index: regret(costs[index], best), everyone))
        lost_on_target = dict(zip(ON_TARGET, each(lambda index: regret(costs[index], best_on_target), ON_TARGET)))
        pairs = [(a, b) for a in everyone for b in everyone if a < b]
        chances = dict(zip(pairs, each(lambda pair: below(costs[pair[0]], costs[pair[1]]), pairs)))
        under = list(each(lambda index: None if index == BASELINE else below(costs[index], costs[BASELINE]), everyone))

        likely = certain | {input_.name: np.full(2, float(input_.likely)) for input_ in inputs}
        ends = swings(inputs, likely)
        ranks = list(each(lambda input_: mean_ranks(input_.draws), inputs))
        figures = [(index, None) for index in everyone] + [(index, BASELINE) for index in everyone if index != BASELINE]

        def tornado(figure):
            index, against = figure
            column = costs[index] if against is None else costs[index] - costs[against]
            own = mean_ranks(column)
            rows = []
            for input_, of_input in zip(inputs, ranks):
                low, high = ends[input_.name][index] - (0 if against is None else ends[input_.name][against])
                rows.append({
                    "alternative": ALTERNATIVES[index], "against": None if against is None else ALTERNATIVES[against],
                    "path": input_.path, "total_at_low": low / 100, "total_at_high": high / 100,
                    "swing": abs(high - low) / 100, "rank_correlation": rank_correlation(of_input, own),
                })
            return sorted(rows, key=lambda row: (-row["swing"], row["path"]))

        table = [row for rows in each(tornado, figures) for row in rows]

    return {
        "samples": samples,
        "alternatives": [
            {
                "id": name, "total": total[index], "present_value": worth[index],
                "chance_cheapest": cheapest[index], "chance_below_baseline": under[index],
                "regret_mean": lost[index]["mean"], "regret_p90": lost[index]["p90"],
                "chance_recommended": recommended.get(index, chance(0, samples)),
                "regret_recommended_mean": lost_on_target.get(index, {}).get("mean"),
                "regret_recommended_p90": lost_on_target.get(index, {}).get("p90"),
            }
            for index, name in enumerate(ALTERNATIVES)
        ],
        "pairs": [{"a": ALTERNATIVES[a], "b": ALTERNATIVES[b], "chance_a_below_b": found} for (a, b), found in chances.items()],
        "value_of_perfect_information": min(total[index]["mean"] for index in ON_TARGET) - best_on_target.mean() / 100,
        "tornado": table,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), "--lhs" in sys.argv[2:])))
